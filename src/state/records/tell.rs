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
struct TellV1 {
    development: String,
    kind: TellKindV1,
    at: Text<Timestamp>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TellKindV1 {
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
        let kind = match tell.kind {
            TellKind::New => TellKindV1::New,
            TellKind::Grown => TellKindV1::Grown,
            TellKind::Update => TellKindV1::Update,
        };
        Self { development: tell.development.as_str().into(), kind, at: Text(tell.at) }
    }
}

impl From<TellV1> for Tell {
    fn from(record: TellV1) -> Self {
        let kind = match record.kind {
            TellKindV1::New => TellKind::New,
            TellKindV1::Grown => TellKind::Grown,
            TellKindV1::Update => TellKind::Update,
        };
        Self { development: record.development.into(), kind, at: record.at.0 }
    }
}
