//! What is remembered of a source between polls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    Unreadable,
    scalar::{Hex, Latin1, Text},
};
use crate::model::{SourceRecord, Validators};

#[derive(Serialize, Deserialize)]
enum SourceEnvelope {
    #[serde(rename = "1")]
    V1(SourceV1),
}

/// There is one of these a source, so it owns what it holds: the few copies cost nothing.
#[derive(Serialize, Deserialize)]
struct SourceV1 {
    validators: Option<ValidatorsV1>,
    body_hash: Option<Hex<32>>,
    baseline: Option<Text<Timestamp>>,
    next_due: Option<Text<Timestamp>>,
    forbidden_until: Option<Text<Timestamp>>,
    gone: bool,
    #[serde(default)]
    gone_addresses: Vec<Text<Url>>,
    #[serde(default)]
    addresses: Vec<Text<Url>>,
    failures: u32,
    address: usize,
    last_asked: Option<Text<Timestamp>>,
    last_good: Option<Text<Timestamp>>,
    last_new: Option<Text<Timestamp>>,
    last_outcome: String,
    postings: u32,
    #[serde(default)]
    titles: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct ValidatorsV1 {
    url: Text<Url>,
    etag: Option<Latin1>,
    last_modified: Option<Latin1>,
}

pub(in crate::state) fn encode(record: &SourceRecord) -> Vec<u8> {
    super::encode(&SourceEnvelope::V1(record.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<SourceRecord, Unreadable> {
    match super::decode(bytes)? {
        SourceEnvelope::V1(record) => Ok(record.into()),
    }
}

impl From<&SourceRecord> for SourceV1 {
    fn from(record: &SourceRecord) -> Self {
        Self {
            validators: record.validators.as_ref().map(|(url, validators)| ValidatorsV1 {
                url: Text(url.clone()),
                etag: validators.etag.clone().map(Latin1),
                last_modified: validators.last_modified.clone().map(Latin1),
            }),
            body_hash: record.body_hash.map(Hex),
            baseline: record.baseline.map(Text),
            next_due: record.next_due.map(Text),
            forbidden_until: record.forbidden_until.map(Text),
            gone: record.gone,
            gone_addresses: record.gone_addresses.iter().cloned().map(Text).collect(),
            addresses: record.addresses.iter().cloned().map(Text).collect(),
            failures: record.failures,
            address: record.address,
            last_asked: record.last_asked.map(Text),
            last_good: record.last_good.map(Text),
            last_new: record.last_new.map(Text),
            last_outcome: record.last_outcome.clone(),
            postings: record.postings,
            titles: record.titles.clone(),
        }
    }
}

impl From<SourceV1> for SourceRecord {
    fn from(record: SourceV1) -> Self {
        let moment = |at: Option<Text<Timestamp>>| at.map(|Text(at)| at);
        let addresses =
            |urls: Vec<Text<Url>>| urls.into_iter().map(|Text(url)| url).collect::<Vec<Url>>();
        let header = |value: Option<Latin1>| value.map(|Latin1(bytes)| bytes);
        Self {
            validators: record.validators.map(|v| {
                let last_modified = header(v.last_modified);
                (v.url.0, Validators { etag: header(v.etag), last_modified })
            }),
            body_hash: record.body_hash.map(|Hex(bytes)| bytes),
            baseline: moment(record.baseline),
            next_due: moment(record.next_due),
            forbidden_until: moment(record.forbidden_until),
            gone: record.gone,
            gone_addresses: addresses(record.gone_addresses),
            addresses: addresses(record.addresses),
            failures: record.failures,
            address: record.address,
            last_asked: moment(record.last_asked),
            last_good: moment(record.last_good),
            last_new: moment(record.last_new),
            last_outcome: record.last_outcome,
            postings: record.postings,
            titles: record.titles,
        }
    }
}
