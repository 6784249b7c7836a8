//! One item through classification and the ledger: the step that polling and `replay` share, so
//! that a replay measures the real thing.

use jiff::tz::TimeZone;
use url::Url;

use super::correction::{Corrects, corrects};
use crate::{
    classify::{Article, Rules, classify},
    dedup::{identify, sketch},
    ledger::{Applied, Ledger},
    model::{
        BodyId, Decided, DevelopmentId, Finding, Item, Joined, LedgerChange, Posting, Reading,
        Report, Sketch, Source, SourceKind, TellKind,
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

impl Weighed {
    fn add(&mut self, Applied { decided, changes, touched, tell }: Applied) {
        self.tells.extend(tell.map(|kind| (decided.development.id.clone(), kind)));
        self.touched.extend(touched.into_iter().map(|development| development.id));
        self.changes.extend(changes);
        self.decisions.push(decided);
    }
}

/// Applies a reading of an item to the ledger. What the text only mentions is decided last.
pub(super) fn weigh(
    ledger: &mut Ledger,
    item: &Item,
    (reading, voice): (&Reading, Option<&BodyId>),
    fresh: bool,
) -> Weighed {
    let sketch = sketch(&item.posting);
    let of = |finding: &Finding| report(item, finding, (voice, &sketch));
    let mut weighed = Weighed::default();
    let corrects = corrects(&item.posting);
    if corrects == Some(Corrects::Retracts) {
        // What it repeats was wrong: it is a report of nothing.
        let recalled = reading.background.iter().map(|recalled| &recalled.finding);
        for finding in reading.developments.iter().chain(recalled).filter(|_| fresh) {
            ledger.retract(finding, &of(finding)).into_iter().for_each(|it| weighed.add(it));
        }
        return weighed;
    }
    let corrects = corrects.filter(|_| fresh);
    if let (Some(first), Some(corrects)) = (reading.developments.first(), corrects) {
        let itself = corrects == Corrects::Itself;
        for applied in ledger.correct(&reading.developments, &of(first), itself) {
            weighed.add(applied);
        }
    }
    for applied in ledger.apply_all(&reading.developments, of, fresh) {
        weighed.add(applied);
    }
    for recalled in &reading.background {
        let report = of(&recalled.finding);
        let denies = fresh && reading.developments.is_empty();
        weighed.add(ledger.recall(recalled, report, denies));
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
    read_again(rules, ledger, (item, voice), super::is_fresh(item))
}

/// Brings items of the archive into the order in which they were taken in.
pub fn in_order(items: &mut [Item]) {
    items.sort_by(|one, other| {
        let (first, second) = (one.taken.order, other.taken.order);
        (one.seen, &one.source, first).cmp(&(other.seen, &other.source, second))
    });
}

/// Runs an item of the archive again, as fresh as it was when it was taken in.
pub fn rerun(
    rules: &Rules,
    ledger: &mut Ledger,
    item: &Item,
    voice: Option<&BodyId>,
) -> Vec<Decided> {
    read_again(rules, ledger, (item, voice), item.taken.fresh)
}

fn read_again(
    rules: &Rules,
    ledger: &mut Ledger,
    (item, voice): (&Item, Option<&BodyId>),
    fresh: bool,
) -> Vec<Decided> {
    let reading = classify(rules, &article(item, voice));
    weigh(ledger, item, (&reading, voice), fresh).decisions
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

fn report(item: &Item, finding: &Finding, (voice, sketch): (Option<&BodyId>, &Sketch)) -> Report {
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
        joined: Joined { sketch: sketch.clone(), ..Joined::default() },
    }
}
