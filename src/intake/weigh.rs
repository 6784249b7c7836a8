//! One item through classification and the ledger: the step that polling and `replay` share, so
//! that a replay measures the real thing.

use jiff::tz::TimeZone;
use url::Url;

use crate::{
    classify::{Article, Rules, classify},
    dedup::identify,
    ledger::{Applied, Ledger},
    model::{
        BodyId, Decided, DevelopmentId, Finding, Item, LedgerChange, Posting, Reading, Report,
        Source, SourceKind, TellKind,
    },
};

/// What one item did.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    pub(super) decisions: Vec<Decided>,
    pub(super) changes: Vec<LedgerChange>,
    pub(super) touched: Vec<DevelopmentId>,
    pub(super) tells: Vec<(DevelopmentId, TellKind)>,
}

/// Applies a reading of an item to the ledger. What the text only mentions is decided last and
/// changes nothing.
pub(super) fn weigh(
    ledger: &mut Ledger,
    item: &Item,
    (reading, voice): (&Reading, Option<&BodyId>),
    fresh: bool,
) -> Weighed {
    let mut weighed = Weighed::default();
    for finding in &reading.developments {
        let Applied { decided, changes, touched, tell } =
            ledger.apply(finding, report(item, finding, voice), fresh);
        weighed.tells.extend(tell.map(|kind| (decided.development.id.clone(), kind)));
        weighed.touched.extend(touched.into_iter().map(|development| development.id));
        weighed.changes.extend(changes);
        weighed.decisions.push(decided);
    }
    for recalled in &reading.background {
        weighed.decisions.push(ledger.recall(recalled, report(item, &recalled.finding, voice)));
    }
    weighed
}

/// Runs one item of a replay through classification and the ledger.
pub fn replay_item(
    rules: &Rules,
    ledger: &mut Ledger,
    item: &Item,
    voice: Option<&BodyId>,
) -> Vec<Decided> {
    let reading = classify(rules, &article(item, voice));
    weigh(ledger, item, (&reading, voice), super::is_fresh(item)).decisions
}

/// The item of a replay's line, as it would have been seen at the moment of its publication. Its
/// owner is the source as named there. An id in `guid` keeps a line that comes twice one item.
pub fn replayed(source: &str, posting: Posting) -> Item {
    let address = "https://replay.invalid/";
    let source = Source {
        id: source.into(),
        kind: SourceKind::Feed,
        urls: vec![Url::parse(address).expect("the literal is an address")],
        every: std::time::Duration::ZERO,
        voice: None,
        owner: source.into(),
    };
    let seen = posting.published.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    identify(&source, posting, seen)
}

/// What of an item is read.
pub(super) fn article<'a>(item: &'a Item, voice: Option<&'a BodyId>) -> Article<'a> {
    Article {
        title: &item.posting.title,
        text: &item.posting.text,
        published: TimeZone::UTC.to_datetime(item.moment()).date(),
        voice,
    }
}

fn report(item: &Item, finding: &Finding, voice: Option<&BodyId>) -> Report {
    Report {
        item: item.key,
        source: item.source.clone(),
        owner: item.owner.clone(),
        voice: voice.cloned(),
        title: item.posting.title.clone(),
        url: item.url.clone(),
        at: item.moment(),
        score: finding.score,
        evidence: finding.evidence.clone(),
    }
}
