//! A row of the ledger that was learned from a development.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Unreadable, scalar::Text, step, unknown};
use crate::model::{Fact, Origin, StateCode, Status, Subject};

#[derive(Serialize, Deserialize)]
enum FactRecord {
    #[serde(rename = "1")]
    V1(FactV1),
}

#[derive(Serialize, Deserialize)]
struct FactV1 {
    /// The ledger's kind, which may differ from that of the step.
    ledger: String,
    body: String,
    subject: SubjectV1,
    kind: String,
    action: String,
    since: Text<Date>,
    status: String,
    /// The development that taught it; `None` for a row of the baseline.
    development: Option<String>,
    sources: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SubjectV1 {
    State(String),
    Person(String),
    Case(String),
}

pub(in crate::state) fn encode(fact: &Fact) -> Vec<u8> {
    super::encode(&FactRecord::V1(fact.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Fact, Unreadable> {
    match super::decode(bytes)? {
        FactRecord::V1(record) => record.try_into(),
    }
}

impl From<&Fact> for FactV1 {
    fn from(fact: &Fact) -> Self {
        Self {
            ledger: fact.kind.as_str().into(),
            body: fact.body.as_str().into(),
            subject: match &fact.subject {
                Subject::State(code) => SubjectV1::State(code.as_str().into()),
                Subject::Person(name) => SubjectV1::Person(name.as_str().into()),
                Subject::Case(case) => SubjectV1::Case(case.as_str().into()),
            },
            kind: fact.step.kind.as_str().into(),
            action: fact.step.action.as_str().into(),
            since: Text(fact.since),
            status: fact.status.as_str().into(),
            development: match &fact.origin {
                Origin::Baseline => None,
                Origin::Development(id) => Some(id.as_str().into()),
            },
            sources: fact.sources.clone(),
        }
    }
}

impl TryFrom<FactV1> for Fact {
    type Error = Unreadable;

    fn try_from(record: FactV1) -> Result<Self, Unreadable> {
        let step = step(&record.kind, &record.action)?;
        Ok(Self {
            kind: crate::model::Kind::parse(&record.ledger)
                .ok_or_else(|| unknown("kind", &record.ledger))?,
            body: record.body.into(),
            subject: match record.subject {
                SubjectV1::State(code) => Subject::State(
                    StateCode::parse(&code).ok_or_else(|| unknown("state code", &code))?,
                ),
                SubjectV1::Person(name) => Subject::Person(name.into()),
                SubjectV1::Case(case) => Subject::Case(case.into()),
            },
            step,
            since: record.since.0,
            status: Status::parse(&record.status)
                .ok_or_else(|| unknown("status", &record.status))?,
            origin: record
                .development
                .map_or(Origin::Baseline, |id| Origin::Development(id.into())),
            sources: record.sources,
        })
    }
}
