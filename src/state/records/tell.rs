//! A tell: a development that the channels should hear of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Unreadable, scalar::Text};
use crate::model::{Tell, TellKind};

#[derive(Serialize, Deserialize)]
enum TellRecord {
    #[serde(rename = "1")]
    V1(TellV1),
}

#[derive(Serialize, Deserialize)]
pub(super) struct TellV1 {
    development: String,
    kind: TellKindV1,
    at: Text<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TellKindV1 {
    New,
    Grown,
    Update,
}

pub(in crate::state) fn encode(tell: &Tell) -> Vec<u8> {
    super::encode(&TellRecord::V1(tell.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Tell, Unreadable> {
    match super::decode(bytes)? {
        TellRecord::V1(record) => Ok(record.into()),
    }
}

impl From<&Tell> for TellV1 {
    fn from(tell: &Tell) -> Self {
        let development = tell.development.as_str().into();
        Self { development, kind: tell.kind.into(), at: Text(tell.at) }
    }
}

impl From<TellV1> for Tell {
    fn from(record: TellV1) -> Self {
        let development = record.development.into();
        Self { development, kind: record.kind.into(), at: record.at.0 }
    }
}

impl From<TellKind> for TellKindV1 {
    fn from(kind: TellKind) -> Self {
        match kind {
            TellKind::New => Self::New,
            TellKind::Grown => Self::Grown,
            TellKind::Update => Self::Update,
        }
    }
}

impl From<TellKindV1> for TellKind {
    fn from(kind: TellKindV1) -> Self {
        match kind {
            TellKindV1::New => Self::New,
            TellKindV1::Grown => Self::Grown,
            TellKindV1::Update => Self::Update,
        }
    }
}
