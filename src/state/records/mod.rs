//! How values are written down: one versioned record type for each, apart from the model.
//!
//! A record is JSON inside an envelope that names its version (`{"1":{…}}`), so that a store can
//! be read by eye and a second version can live beside the first. The envelope is an enum: adding
//! a variant breaks every `match` that must learn of it. Seen marks, of which there are most by
//! far, are bytes instead. Encoding borrows from the value; decoding checks every word, and says
//! in a sentence what it could not read.
//!
//! Which record lies under which key is not decided here.

pub(super) mod delivery;
pub(super) mod development;
pub(super) mod fact;
pub(super) mod item;
pub(super) mod message;
mod scalar;
pub(super) mod seen;
pub(super) mod source;
pub(super) mod spell;
pub(super) mod tell;
pub(super) mod waiting;

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Action, Kind, Step};

/// Why a record could not be read.
pub(super) type Unreadable = String;

fn encode(record: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(record).expect("a record holds text, numbers and lists only")
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

fn step(kind: &str, action: &str) -> Result<Step, Unreadable> {
    let parsed = Kind::parse(kind)
        .and_then(|kind| Action::parse(action).and_then(|action| Step::new(kind, action)));
    parsed.ok_or_else(|| format!("`{kind}.{action}` is no step"))
}

fn unknown(what: &str, word: impl fmt::Display) -> Unreadable {
    format!("`{word}` is no {what}")
}
