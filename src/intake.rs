//! Composition of the reading stages: from what was fetched to the complete list of writes.
//!
//! Two steps, because the shell must look up in between what is kept of the items: [`read`] makes
//! items of a document, [`take_in`] judges them. Owns what is remembered of a source's documents
//! and which items are told at all. Does not read texts, keep developments or set the pace: those
//! are the stages' to do.

mod correction;
mod record;
mod rekey;
mod weigh;

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use jiff::SignedDuration;

pub use weigh::{in_order, replay_item, replayed, rerun};

use crate::{
    classify::{Article, Rules, classify},
    dedup::{identify_all, novelty},
    ledger::Ledger,
    model::{
        Cause, DevelopmentId, Failure, Fetched, Intake, Item, ItemKey, Novelty, Outcome, Problem,
        Reading, SeenMark, Source, SourceRecord, Taken, Tell, TellKind,
    },
    parse::{Parsed, Recipe, parse},
    schedule,
};

/// The items of one document.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The items, in the order of the document.
    pub items: Vec<Item>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// BLAKE3 of the document.
    pub body_hash: [u8; 32],
    /// How long the document asks not to be fetched again.
    pub ttl: Option<Duration>,
    /// The page is there, but has no rows.
    pub without_rows: bool,
}

impl Batch {
    /// The keys whose marks [`take_in`] needs.
    pub fn keys(&self) -> Vec<ItemKey> {
        self.items.iter().flat_map(|item| item.rungs.iter().copied()).collect()
    }

    /// Whether the document was understood: it had items, or it is legitimately empty.
    fn was_read(&self) -> bool {
        !self.items.is_empty() || self.problems.is_empty()
    }

    /// Whether this may be a page with nothing to say yet: no rows, and none were ever seen there.
    /// One that had rows before has changed its shape.
    fn is_quiet(&self, record: &SourceRecord) -> bool {
        self.without_rows && record.postings == 0
    }

    /// Why the document counts as a failed fetch. One that nobody can read is no better than one
    /// that never came, whatever its status said.
    fn failure(&self, record: &SourceRecord) -> Option<Failure> {
        let first = self.problems.first().filter(|_| !self.was_read() && !self.is_quiet(record))?;
        let detail = format!("unreadable: {}", first.what);
        Some(Failure { cause: Cause::Protocol, detail })
    }
}

/// Reads what was fetched. `None` where there is nothing to read: no document came, or it has the
/// same bytes as the last one.
pub fn read(
    source: &Source,
    recipe: Option<&Recipe>,
    record: &SourceRecord,
    fetched: &Fetched,
) -> Option<Batch> {
    let Outcome::Body(document) = &fetched.outcome else { return None };
    let body_hash = *blake3::hash(&document.bytes).as_bytes();
    if record.body_hash == Some(body_hash) {
        return None;
    }
    let parsed = parse(source.kind, recipe, document);
    let items = identify_all(source, parsed.postings, fetched.at);
    let Parsed { problems, ttl, without_rows, .. } = parsed;
    Some(Batch { items, problems, body_hash, ttl, without_rows })
}

/// What does not change between fetches.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The source.
    pub source: &'a Source,
    /// How its texts are read.
    pub rules: &'a Rules,
    /// The pace of every source.
    pub pace: schedule::Policy,
}

/// What is remembered.
#[derive(Debug)]
pub struct Memory<'a> {
    /// Of the source.
    pub record: SourceRecord,
    /// Of the batch's items, by [`Batch::keys`].
    pub seen: &'a HashMap<ItemKey, SeenMark>,
    /// Of the world.
    pub ledger: &'a mut Ledger,
}

/// Everything that one fetch changes. `batch` is what [`read`] made of it.
pub fn take_in(
    context: &Context<'_>,
    memory: Memory<'_>,
    fetched: &Fetched,
    batch: Option<Batch>,
) -> Intake {
    take_in_by(&|article| classify(context.rules, article), context, memory, (fetched, batch))
}

/// [`take_in`] with any way to read a text.
fn take_in_by(
    reader: &dyn Fn(&Article<'_>) -> Reading,
    context: &Context<'_>,
    memory: Memory<'_>,
    (fetched, batch): (&Fetched, Option<Batch>),
) -> Intake {
    let source = context.source;
    let Memory { record, seen, ledger } = memory;
    // What a source had when it was first read is no news, even where it was seen before.
    let known = record.baseline.is_some();
    let titles = record.titles.clone();
    let record = paced(context, &record, fetched, batch.as_ref());
    let mut intake = empty(source, record::after_reading(record, fetched, batch.as_ref()));
    let Some(batch) = batch else { return intake };
    intake.problems = batch.problems;

    let mut marks = Marks { kept: seen, now: HashMap::new() };
    let mut touched = BTreeSet::new();
    let unmarked = |item: &Item| item.rungs.iter().all(|key| marks.get(key).is_none());
    let renamed = rekey::renamed(&batch.items, &titles, unmarked);
    for (order, mut item) in (0..).zip(oldest_first(batch.items)) {
        let (mut novelty, mark) = novelty(&item, |key| marks.get(key), known);
        if novelty == Novelty::New && rekey::mark(&item).is_some_and(|it| renamed.contains(&it)) {
            novelty = Novelty::Known;
        }
        intake.seen.extend(marks.note(&item, novelty, mark));
        if novelty == Novelty::Known {
            continue;
        }
        if novelty == Novelty::New {
            intake.record.last_new = Some(fetched.at);
        }
        let fresh = known && is_fresh(&item);
        item.taken = Taken { order, fresh };
        let reading = reader(&weigh::article(&item, source.voice.as_ref()));
        let weighed = weigh::weigh(ledger, &item, (&reading, source.voice.as_ref()), fresh);
        touched.extend(weighed.touched);
        intake.changes.extend(weighed.changes);
        intake.tells.extend(
            weighed.tells.into_iter().map(|(development, kind)| tell(development, kind, fetched)),
        );
        if !weighed.decisions.is_empty() {
            intake.decisions.push((item.clone(), novelty, weighed.decisions));
        }
        intake.items.push(item);
    }
    // One that was joined to an older one meanwhile is told, and stored, as that one.
    for tell in &mut intake.tells {
        if let Some(kept) = ledger.development(&tell.development) {
            tell.development = kept.id.clone();
        }
    }
    // A development may be touched by several items: stored once, as it stands at the end.
    let ids: BTreeSet<_> =
        touched.iter().filter_map(|id| ledger.development(id)).map(|it| &it.id).collect();
    intake.developments =
        ids.into_iter().filter_map(|id| ledger.development(id)).cloned().collect();
    intake
}

/// The record with the pace that what came deserves.
fn paced(
    context: &Context<'_>,
    record: &SourceRecord,
    fetched: &Fetched,
    batch: Option<&Batch>,
) -> SourceRecord {
    let after = |fetched: &Fetched, ttl| {
        schedule::after(context.pace, context.source, record, fetched, ttl)
    };
    match batch.and_then(|batch| batch.failure(record)) {
        Some(failure) => {
            let (source, url) = (fetched.source.clone(), fetched.url.clone());
            let outcome = Outcome::Failed(failure);
            after(&Fetched { source, url, outcome, ..*fetched }, None)
        }
        None => after(fetched, batch.and_then(|batch| batch.ttl)),
    }
}

fn empty(source: &Source, record: SourceRecord) -> Intake {
    Intake {
        source: source.id.clone(),
        record,
        seen: vec![],
        items: vec![],
        developments: vec![],
        changes: vec![],
        tells: vec![],
        decisions: vec![],
        problems: vec![],
    }
}

fn tell(development: DevelopmentId, kind: TellKind, fetched: &Fetched) -> Tell {
    Tell { development, kind, at: fetched.at }
}

/// Documents list the newest first; the ledger wants to hear of things as they happened.
fn oldest_first(mut items: Vec<Item>) -> Vec<Item> {
    items.reverse();
    items.sort_by_key(Item::moment);
    items
}

/// An item that comes to light later than this after its publication is remembered, not told: a
/// feed that suddenly lists its archive brings no news.
const FRESH: SignedDuration = SignedDuration::from_hours(14 * 24);

fn is_fresh(item: &Item) -> bool {
    item.seen.duration_since(item.moment()) <= FRESH
}

/// The marks kept of items, with those that this batch adds.
struct Marks<'a> {
    kept: &'a HashMap<ItemKey, SeenMark>,
    now: HashMap<ItemKey, SeenMark>,
}

impl Marks<'_> {
    fn get(&self, key: &ItemKey) -> Option<SeenMark> {
        self.now.get(key).or_else(|| self.kept.get(key)).copied()
    }

    /// Marks the rungs of an item, and returns the marks that this adds. The mark of a known item
    /// is only lent to rungs that have none, so that two items that share a rung do not overwrite
    /// it in turn at every fetch.
    fn note(&mut self, item: &Item, novelty: Novelty, mark: SeenMark) -> Vec<(ItemKey, SeenMark)> {
        let unmarked = |key: &ItemKey| novelty != Novelty::Known || self.get(key).is_none();
        let rungs = item.rungs.iter().copied();
        let added: Vec<_> = rungs.filter(unmarked).map(|key| (key, mark)).collect();
        self.now.extend(added.iter().copied());
        added
    }
}

#[cfg(test)]
mod tests;
