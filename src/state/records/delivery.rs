//! A message in the outbox and how far it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Unreadable, scalar::Text};
use crate::model::{
    ChannelId, Delivery, DeliveryState, Embed, EmbedField, Message, Receipt, Setback,
};

#[derive(Serialize, Deserialize)]
enum DeliveryRecord {
    #[serde(rename = "1")]
    V1(DeliveryV1),
}

#[derive(Serialize, Deserialize)]
struct DeliveryV1 {
    sequence: u64,
    message: MessageV1,
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
struct MessageV1 {
    key: String,
    channel: u64,
    development: String,
    content: String,
    mention_roles: Vec<u64>,
    embed: EmbedV1,
}

#[derive(Serialize, Deserialize)]
struct EmbedV1 {
    title: String,
    url: Option<String>,
    description: String,
    colour: u32,
    fields: Vec<EmbedFieldV1>,
    footer: String,
    timestamp: Option<Text<Timestamp>>,
}

#[derive(Serialize, Deserialize)]
struct EmbedFieldV1 {
    name: String,
    value: String,
    inline: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DeliveryStateV1 {
    Pending,
    Sending { since: Text<Timestamp> },
    Sent { message_id: Option<u64>, at: Text<Timestamp> },
    Dead { reason: String },
}

pub(in crate::state) fn encode(delivery: &Delivery) -> Vec<u8> {
    super::encode(&DeliveryRecord::V1(delivery.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Delivery, Unreadable> {
    match super::decode(bytes)? {
        DeliveryRecord::V1(record) => Ok(record.into()),
    }
}

impl From<&Delivery> for DeliveryV1 {
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

impl From<DeliveryV1> for Delivery {
    fn from(record: DeliveryV1) -> Self {
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

impl From<&Message> for MessageV1 {
    fn from(message: &Message) -> Self {
        Self {
            key: message.key.as_str().into(),
            channel: message.channel.0,
            development: message.development.as_str().into(),
            content: message.content.clone(),
            mention_roles: message.mention_roles.clone(),
            embed: (&message.embed).into(),
        }
    }
}

impl From<MessageV1> for Message {
    fn from(record: MessageV1) -> Self {
        Self {
            key: record.key.into(),
            channel: ChannelId(record.channel),
            development: record.development.into(),
            content: record.content,
            mention_roles: record.mention_roles,
            embed: record.embed.into(),
        }
    }
}

impl From<&Embed> for EmbedV1 {
    fn from(embed: &Embed) -> Self {
        let field = |field: &EmbedField| EmbedFieldV1 {
            name: field.name.clone(),
            value: field.value.clone(),
            inline: field.inline,
        };
        Self {
            title: embed.title.clone(),
            url: embed.url.clone(),
            description: embed.description.clone(),
            colour: embed.colour,
            fields: embed.fields.iter().map(field).collect(),
            footer: embed.footer.clone(),
            timestamp: embed.timestamp.map(Text),
        }
    }
}

impl From<EmbedV1> for Embed {
    fn from(record: EmbedV1) -> Self {
        let field = |f: EmbedFieldV1| EmbedField { name: f.name, value: f.value, inline: f.inline };
        Self {
            title: record.title,
            url: record.url,
            description: record.description,
            colour: record.colour,
            fields: record.fields.into_iter().map(field).collect(),
            footer: record.footer,
            timestamp: record.timestamp.map(|Text(at)| at),
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
        }
    }
}
