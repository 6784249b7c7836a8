//! A message in the outbox and how far it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Unreadable,
    message::{MessageV1, MessageV2},
    scalar::Text,
};
use crate::model::{Delivery, DeliveryState, Message, Receipt, Setback};

#[derive(Serialize, Deserialize)]
enum DeliveryRecord {
    #[serde(rename = "1")]
    V1(DeliveryOf<MessageV1>),
    #[serde(rename = "2")]
    V2(DeliveryOf<MessageV2>),
}

#[derive(Serialize, Deserialize)]
struct DeliveryOf<M> {
    sequence: u64,
    message: M,
    enqueued: Text<Timestamp>,
    attempts: u32,
    next_attempt: Text<Timestamp>,
    state: DeliveryStateV1,
    /// Missing in records of before it was kept.
    #[serde(default)]
    last_trouble: Option<SetbackV1>,
}

#[derive(Serialize, Deserialize)]
struct SetbackV1 {
    why: String,
    needs_person: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DeliveryStateV1 {
    Pending,
    Sending { since: Text<Timestamp> },
    Sent { message_id: Option<u64>, at: Text<Timestamp> },
    Dead { reason: String },
    Folded { into: String },
}

pub(in crate::state) fn encode(delivery: &Delivery) -> Vec<u8> {
    super::encode(&DeliveryRecord::V2(delivery.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Delivery, Unreadable> {
    match super::decode(bytes)? {
        DeliveryRecord::V1(record) => Ok(record.into()),
        DeliveryRecord::V2(record) => Ok(record.into()),
    }
}

impl From<&Delivery> for DeliveryOf<MessageV2> {
    fn from(delivery: &Delivery) -> Self {
        Self {
            sequence: delivery.sequence,
            message: (&delivery.message).into(),
            enqueued: Text(delivery.enqueued),
            attempts: delivery.attempts,
            next_attempt: Text(delivery.next_attempt),
            state: (&delivery.state).into(),
            last_trouble: delivery.last_trouble.as_ref().map(|trouble| SetbackV1 {
                why: trouble.why.clone(),
                needs_person: trouble.needs_person,
            }),
        }
    }
}

impl<M: Into<Message>> From<DeliveryOf<M>> for Delivery {
    fn from(record: DeliveryOf<M>) -> Self {
        Self {
            sequence: record.sequence,
            message: record.message.into(),
            enqueued: record.enqueued.0,
            attempts: record.attempts,
            next_attempt: record.next_attempt.0,
            state: record.state.into(),
            last_trouble: record
                .last_trouble
                .map(|SetbackV1 { why, needs_person }| Setback { why, needs_person }),
        }
    }
}

impl From<&DeliveryState> for DeliveryStateV1 {
    fn from(state: &DeliveryState) -> Self {
        match state {
            DeliveryState::Pending => Self::Pending,
            DeliveryState::Sending(since) => Self::Sending { since: Text(*since) },
            DeliveryState::Sent(Receipt { message_id, at }) => {
                Self::Sent { message_id: *message_id, at: Text(*at) }
            }
            DeliveryState::Dead(reason) => Self::Dead { reason: reason.clone() },
            DeliveryState::Folded(into) => Self::Folded { into: into.as_str().into() },
        }
    }
}

impl From<DeliveryStateV1> for DeliveryState {
    fn from(record: DeliveryStateV1) -> Self {
        match record {
            DeliveryStateV1::Pending => Self::Pending,
            DeliveryStateV1::Sending { since } => Self::Sending(since.0),
            DeliveryStateV1::Sent { message_id, at } => {
                Self::Sent(Receipt { message_id, at: at.0 })
            }
            DeliveryStateV1::Dead { reason } => Self::Dead(reason),
            DeliveryStateV1::Folded { into } => Self::Folded(into.into()),
        }
    }
}
