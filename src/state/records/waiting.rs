//! A tell that a channel hears later.

use serde::{Deserialize, Serialize};

use super::{Unreadable, tell::TellV1};
use crate::model::{ChannelId, Waiting};

#[derive(Serialize, Deserialize)]
enum WaitingRecord {
    #[serde(rename = "1")]
    V1(WaitingV1),
}

#[derive(Serialize, Deserialize)]
struct WaitingV1 {
    channel: u64,
    tell: TellV1,
}

pub(in crate::state) fn encode(waiting: &Waiting) -> Vec<u8> {
    let record = WaitingV1 { channel: waiting.channel.0, tell: (&waiting.tell).into() };
    super::encode(&WaitingRecord::V1(record))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Waiting, Unreadable> {
    match super::decode(bytes)? {
        WaitingRecord::V1(record) => {
            Ok(Waiting { channel: ChannelId(record.channel), tell: record.tell.into() })
        }
    }
}
