//! A development and its reports.

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    Unreadable,
    scalar::{Hex, Text},
    step, unknown,
};
use crate::model::{
    Development, Evidence, Field, Held, ItemKey, Joined, Report, Sketch, Stance, StateCode, Status,
};

#[derive(Serialize, Deserialize)]
enum DevelopmentRecord<'a> {
    #[serde(rename = "1", borrow)]
    V1(DevelopmentV1<'a>),
}

#[derive(Serialize, Deserialize)]
struct DevelopmentV1<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    action: Cow<'a, str>,
    body: Option<Cow<'a, str>>,
    case: Option<Cow<'a, str>>,
    states: Vec<Cow<'a, str>>,
    persons: Vec<Cow<'a, str>>,
    date: Text<Date>,
    #[serde(borrow)]
    status: Cow<'a, str>,
    first_reported: Text<Timestamp>,
    last_reported: Text<Timestamp>,
    #[serde(borrow)]
    reports: Vec<ReportV1<'a>>,
    #[serde(borrow)]
    why: Cow<'a, str>,
    announced: bool,
    #[serde(default)]
    held: Option<Cow<'a, str>>,
    /// Missing in records of before it was counted.
    #[serde(default)]
    count: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct ReportV1<'a> {
    item: Hex<16>,
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    owner: Cow<'a, str>,
    voice: Option<Cow<'a, str>>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    url: Option<Cow<'a, str>>,
    at: Text<Timestamp>,
    score: i32,
    #[serde(borrow)]
    evidence: Vec<EvidenceV1<'a>>,
    #[serde(borrow, default)]
    stance: Cow<'a, str>,
    #[serde(default)]
    copy_of: Option<Cow<'a, str>>,
    #[serde(default)]
    sketch: Vec<u32>,
    #[serde(borrow, default)]
    joined: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
struct EvidenceV1<'a> {
    #[serde(borrow)]
    field: Cow<'a, str>,
    start: usize,
    end: usize,
    #[serde(borrow)]
    rule: Cow<'a, str>,
}

pub(in crate::state) fn encode(development: &Development) -> Vec<u8> {
    super::encode(&DevelopmentRecord::V1(development.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Development, Unreadable> {
    match super::decode(bytes)? {
        DevelopmentRecord::V1(record) => record.try_into(),
    }
}

impl<'a> From<&'a Development> for DevelopmentV1<'a> {
    fn from(development: &'a Development) -> Self {
        Self {
            id: development.id.as_str().into(),
            kind: development.step.kind.as_str().into(),
            action: development.step.action.as_str().into(),
            body: development.body.as_ref().map(|body| body.as_str().into()),
            case: development.case.as_ref().map(|case| case.as_str().into()),
            states: development.states.iter().map(|state| state.as_str().into()).collect(),
            persons: development.persons.iter().map(|person| person.as_str().into()).collect(),
            date: Text(development.date),
            status: development.status.as_str().into(),
            first_reported: Text(development.first_reported),
            last_reported: Text(development.last_reported),
            reports: development.reports.iter().map(ReportV1::from).collect(),
            why: development.why.as_str().into(),
            announced: development.announced,
            held: development.held.map(|held| held.as_str().into()),
            count: development.count,
        }
    }
}

impl TryFrom<DevelopmentV1<'_>> for Development {
    type Error = Unreadable;

    fn try_from(record: DevelopmentV1<'_>) -> Result<Self, Unreadable> {
        let state =
            |code: &Cow<'_, str>| StateCode::parse(code).ok_or_else(|| unknown("state code", code));
        Ok(Self {
            id: record.id.as_ref().into(),
            step: step(&record.kind, &record.action)?,
            body: record.body.map(|body| body.as_ref().into()),
            case: record.case.map(|case| case.as_ref().into()),
            states: record.states.iter().map(state).collect::<Result<_, _>>()?,
            persons: record.persons.iter().map(|person| person.as_ref().into()).collect(),
            date: record.date.0,
            status: Status::parse(&record.status)
                .ok_or_else(|| unknown("status", &record.status))?,
            first_reported: record.first_reported.0,
            last_reported: record.last_reported.0,
            reports: record.reports.into_iter().map(Report::try_from).collect::<Result<_, _>>()?,
            why: record.why.into_owned(),
            announced: record.announced,
            held: record
                .held
                .map(|word| Held::parse(&word).ok_or_else(|| unknown("reason to wait", &word)))
                .transpose()?,
            count: record.count,
        })
    }
}

impl<'a> From<&'a Report> for ReportV1<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            item: Hex(report.item.0),
            source: report.source.as_str().into(),
            owner: report.owner.as_str().into(),
            voice: report.voice.as_ref().map(|voice| voice.as_str().into()),
            title: report.title.as_str().into(),
            url: report.url.as_deref().map(Cow::from),
            at: Text(report.at),
            score: report.score,
            evidence: report.evidence.iter().map(EvidenceV1::from).collect(),
            stance: report.joined.stance.as_str().into(),
            copy_of: report.joined.copy_of.as_ref().map(|owner| owner.as_str().into()),
            sketch: report.joined.sketch.0.to_vec(),
            joined: report.joined.why.as_str().into(),
        }
    }
}

impl TryFrom<ReportV1<'_>> for Report {
    type Error = Unreadable;

    fn try_from(record: ReportV1<'_>) -> Result<Self, Unreadable> {
        // What was stored before stances were has none, and reports.
        let stance = match record.stance.as_ref() {
            "" => Stance::Reports,
            word => Stance::parse(word).ok_or_else(|| unknown("stance", word))?,
        };
        let joined = Joined {
            stance,
            copy_of: record.copy_of.map(|owner| owner.as_ref().into()),
            sketch: Sketch(record.sketch.into()),
            why: record.joined.into_owned(),
        };
        Ok(Self {
            item: ItemKey(record.item.0),
            source: record.source.as_ref().into(),
            owner: record.owner.as_ref().into(),
            voice: record.voice.map(|voice| voice.as_ref().into()),
            title: record.title.into_owned(),
            url: record.url.map(Cow::into_owned),
            at: record.at.0,
            score: record.score,
            evidence: record
                .evidence
                .into_iter()
                .map(Evidence::try_from)
                .collect::<Result<_, _>>()?,
            joined,
        })
    }
}

impl<'a> From<&'a Evidence> for EvidenceV1<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            field: evidence.field.as_str().into(),
            start: evidence.start,
            end: evidence.end,
            rule: evidence.rule.as_str().into(),
        }
    }
}

impl TryFrom<EvidenceV1<'_>> for Evidence {
    type Error = Unreadable;

    fn try_from(record: EvidenceV1<'_>) -> Result<Self, Unreadable> {
        let field = match record.field.as_ref() {
            "title" => Field::Title,
            "text" => Field::Text,
            other => return Err(unknown("field of an item", other)),
        };
        let rule = record.rule.as_ref().into();
        Ok(Self { field, start: record.start, end: record.end, rule })
    }
}
