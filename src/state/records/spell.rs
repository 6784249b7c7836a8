//! A spell of trouble.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Unreadable, scalar::Text};
use crate::model::{ChannelId, Spell, Standing};

#[derive(Serialize, Deserialize)]
enum SpellRecord {
    #[serde(rename = "1")]
    V1(SpellV1),
}

#[derive(Serialize, Deserialize)]
struct SpellV1 {
    /// Missing where the bot itself is refused.
    channel: Option<u64>,
    since: Text<Timestamp>,
    why: String,
}

pub(in crate::state) fn encode(spell: &Spell) -> Vec<u8> {
    let channel = match spell.of {
        Standing::Bot => None,
        Standing::Channel(channel) => Some(channel.0),
    };
    let (since, why) = (Text(spell.since), spell.why.clone());
    super::encode(&SpellRecord::V1(SpellV1 { channel, since, why }))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Spell, Unreadable> {
    let SpellRecord::V1(SpellV1 { channel, since, why }) = super::decode(bytes)?;
    let of = channel.map_or(Standing::Bot, |channel| Standing::Channel(ChannelId(channel)));
    Ok(Spell { of, since: since.0, why })
}
