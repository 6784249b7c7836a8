//! Developments and the ledger as rows of JSON, tables and CSV.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{DevelopmentQuery, LedgerQuery};
use crate::{
    ledger::Ledger,
    model::{
        Development, DevelopmentId, Evidence, Fact, Held, Item, ItemKey, Origin, Report, Subject,
    },
    state::{StateError, Store},
};

/// A development.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevelopmentRow {
    /// Its short id.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// Which stage.
    pub action: String,
    /// Before or by which body.
    pub body: Option<String>,
    /// In which case.
    pub case: Option<String>,
    /// States concerned.
    pub states: Vec<String>,
    /// Persons concerned.
    pub persons: Vec<String>,
    /// The day of the act.
    pub date: String,
    /// How well it is established.
    pub status: String,
    /// The headline that stands for it.
    pub title: String,
    /// Whether it was told; one that was known when its source was first read was not.
    pub announced: bool,
    /// Why it waits, where it was fresh and still was not told: `beside`, `behind` or `review`.
    #[serde(default)]
    pub held: Option<String>,
    /// How many independent owners report it.
    #[serde(default)]
    pub owners: usize,
    /// When it was first reported.
    pub first_reported: String,
    /// When the last report came.
    pub last_reported: String,
    /// Why it was taken for new.
    pub why: String,
    /// Who reports it, first report first.
    pub reports: Vec<ReportRow>,
    /// The rows of the ledger that are known from it.
    #[serde(default)]
    pub ledger: Vec<LedgerRow>,
}

/// One report of a development.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The key of the item in the archive.
    #[serde(default)]
    pub item: String,
    /// The source.
    pub source: String,
    /// Its owner.
    pub owner: String,
    /// The body whose own voice it is.
    pub voice: Option<String>,
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub at: String,
    /// The score of its reading.
    #[serde(default)]
    pub score: i32,
    /// The rules that read it, each once.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The spans that the reading rests on.
    #[serde(default)]
    pub evidence: Vec<SpanRow>,
    /// Whether it reports the development, denies it, or takes back an earlier report.
    #[serde(default)]
    pub stance: String,
    /// The owner whose text it carries, where it is wire copy.
    #[serde(default)]
    pub copy_of: Option<String>,
    /// Why it was taken for a report of this development.
    #[serde(default)]
    pub joined: String,
}

/// A span of a report's text. Offsets count Unicode scalar values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanRow {
    /// `title` or `text`.
    pub field: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The rule that used it.
    pub rule: String,
}

impl From<&Report> for ReportRow {
    fn from(report: &Report) -> Self {
        Self {
            item: report.item.to_string(),
            source: report.source.to_string(),
            owner: report.owner.to_string(),
            voice: report.voice.as_ref().map(ToString::to_string),
            title: report.title.clone(),
            url: report.url.clone(),
            at: report.at.to_string(),
            score: report.score,
            rules: rules(report),
            evidence: report.evidence.iter().map(SpanRow::from).collect(),
            stance: report.joined.stance.as_str().to_owned(),
            copy_of: report.joined.copy_of.as_ref().map(ToString::to_string),
            joined: report.joined.why.clone(),
        }
    }
}

fn rules(report: &Report) -> Vec<String> {
    let mut rules: Vec<String> = report.evidence.iter().map(|it| it.rule.to_string()).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

impl From<&Evidence> for SpanRow {
    fn from(span: &Evidence) -> Self {
        Self {
            field: span.field.as_str().to_owned(),
            start: span.start,
            end: span.end,
            rule: span.rule.to_string(),
        }
    }
}

impl From<&Development> for DevelopmentRow {
    fn from(development: &Development) -> Self {
        let Development { step, reports, .. } = development;
        Self {
            id: development.id.to_string(),
            kind: step.kind.to_string(),
            action: step.action.to_string(),
            body: development.body.as_ref().map(ToString::to_string),
            case: development.case.as_ref().map(ToString::to_string),
            states: development.states.iter().map(ToString::to_string).collect(),
            persons: development.persons.iter().map(ToString::to_string).collect(),
            date: development.date.to_string(),
            status: development.status.as_str().to_owned(),
            title: reports.first().map(|report| report.title.clone()).unwrap_or_default(),
            announced: development.announced,
            held: development.held.map(|held| held.as_str().to_owned()),
            owners: development.owners(),
            first_reported: moment(development.first_reported),
            last_reported: moment(development.last_reported),
            why: development.why.clone(),
            reports: reports.iter().map(ReportRow::from).collect(),
            ledger: Vec::new(),
        }
    }
}

fn moment(moment: Timestamp) -> String {
    format!("{moment:.0}")
}

/// The developments that are asked for, newest first.
pub fn developments(ledger: &Ledger, query: &DevelopmentQuery) -> Vec<DevelopmentRow> {
    let wanted = |development: &&Development| {
        query.since.is_none_or(|since| development.date >= since)
            && (!query.review || development.held == Some(Held::Review))
            && (query.kinds.is_empty() || query.kinds.contains(&development.step.kind))
    };
    let mut found: Vec<&Development> = ledger.developments().filter(wanted).collect();
    found.sort_by_key(|development| {
        std::cmp::Reverse((development.date, development.first_reported, development.id.clone()))
    });
    let mut rows: HashMap<&DevelopmentId, Vec<LedgerRow>> = HashMap::new();
    for fact in ledger.facts() {
        if let Origin::Development(id) = &fact.origin
            && let Some(development) = ledger.development(id)
        {
            rows.entry(&development.id).or_default().push(LedgerRow::from(fact));
        }
    }
    let row = |development: &Development| DevelopmentRow {
        ledger: rows.remove(&development.id).unwrap_or_default(),
        ..DevelopmentRow::from(development)
    };
    found.into_iter().map(row).collect()
}

/// A row of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The kind of ledger.
    pub kind: String,
    /// The body.
    pub body: String,
    /// The state that it is about…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// …or the person…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// …or the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The stage that it reached.
    pub action: String,
    /// The day on which it did.
    pub since: String,
    /// How well that is established.
    pub status: String,
    /// The development by which it is known…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub development: Option<String>,
    /// …or whether it was known from the beginning.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub baseline: bool,
    /// Addresses that show it.
    pub sources: Vec<String>,
}

impl LedgerRow {
    /// Whom it is about.
    pub fn subject(&self) -> &str {
        let named = [&self.state, &self.person, &self.case];
        named.into_iter().flatten().next().map_or("", String::as_str)
    }
}

impl From<&Fact> for LedgerRow {
    fn from(fact: &Fact) -> Self {
        let (state, person, case) = match &fact.subject {
            Subject::State(state) => (Some(state.to_string()), None, None),
            Subject::Person(person) => (None, Some(person.to_string()), None),
            Subject::Case(case) => (None, None, Some(case.to_string())),
        };
        let (development, baseline) = match &fact.origin {
            Origin::Baseline => (None, true),
            Origin::Development(id) => (Some(id.to_string()), false),
        };
        Self {
            kind: fact.kind.to_string(),
            body: fact.body.to_string(),
            state,
            person,
            case,
            action: fact.step.action.to_string(),
            since: fact.since.to_string(),
            status: fact.status.as_str().to_owned(),
            development,
            baseline,
            sources: fact.sources.clone(),
        }
    }
}

/// The rows that are asked for, by kind, body and subject.
pub fn ledger(ledger: &Ledger, query: &LedgerQuery, today: Date) -> Vec<LedgerRow> {
    let kind = query.topic.map(super::Topic::kind);
    let wanted = |fact: &&Fact| {
        kind.is_none_or(|kind| fact.kind == kind)
            && query.body.as_ref().is_none_or(|body| fact.body == *body)
    };
    let mut found = ledger.as_of(query.as_of.unwrap_or(today));
    found.retain(wanted);
    found.sort_by(|one, other| {
        (one.kind, &one.body, &one.subject).cmp(&(other.kind, &other.body, &other.subject))
    });
    found.into_iter().map(LedgerRow::from).collect()
}

/// An item of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Its key.
    pub key: String,
    /// The source that brought it.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// Its lead.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
    /// The moment that stands for it.
    pub at: String,
}

impl From<&Item> for ItemRow {
    fn from(item: &Item) -> Self {
        Self {
            key: item.key.to_string(),
            source: item.source.to_string(),
            title: item.posting.title.clone(),
            text: item.posting.text.clone(),
            url: item.url.clone(),
            at: item.moment().to_string(),
        }
    }
}

/// The key that is written like this, if it is one.
pub(super) fn key(text: &str) -> Option<ItemKey> {
    let number = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)?;
    Some(ItemKey(number.to_be_bytes()))
}

/// The items of the archive with this key or at this address.
pub fn items(store: &Store, what: &str) -> Result<Vec<ItemRow>, StateError> {
    if let Some(item) = key(what).map(|key| store.item(&key)).transpose()?.flatten() {
        return Ok(vec![ItemRow::from(&item)]);
    }
    let is_it = |item: &Item| {
        item.key.to_string() == what
            || item.url.as_deref() == Some(what)
            || item.posting.url.as_deref() == Some(what)
    };
    let found = store.items().filter(|item| item.as_ref().map_or(true, is_it));
    found.map(|item| item.map(|item| ItemRow::from(&item))).collect()
}
