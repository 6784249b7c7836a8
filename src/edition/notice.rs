//! What operators are told, as messages with keys of their own.

use crate::{
    model::{ChannelId, Message, MessageKey, Standing},
    render::{self, Notice},
};

use super::base32;

/// A notice for the operators' channel, which calls the channel concerned `place`. Its key is what
/// happened and since when, so that a spell of trouble is told once.
pub fn notice(what: &Notice<'_>, place: &str, operators: ChannelId) -> Message {
    let of = |of: Standing| match of {
        Standing::Bot => "bot".to_owned(),
        Standing::Channel(channel) => format!("channel {channel}"),
    };
    let what_happened = match what {
        Notice::Stopped(spell) => format!("stopped\0{}\0{}", of(spell.of), spell.since),
        Notice::Resumed(spell) => format!("resumed\0{}\0{}", of(spell.of), spell.since),
        Notice::Undelivered { message, .. } => format!("undelivered\0{}", message.key),
    };
    let mut hasher = blake3::Hasher::new_derive_key("haguewatch notice key 1");
    hasher.update(&operators.0.to_be_bytes()).update(what_happened.as_bytes());
    let key = MessageKey::from(base32(&hasher.finalize().as_bytes()[..15]));
    render::notice(what, place, render::To { key, channel: operators, roles: Vec::new() })
}
