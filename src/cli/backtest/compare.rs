//! What two runs tell, side by side.
//!
//! Developments of the two runs are one where they share a report, the closest first: the same id,
//! the same step, the same kind, the most reports. Ids alone would not do: a rule that reads one
//! more state changes the id of the same event.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use jiff::{civil::Date, tz::TimeZone};

use super::Run;
use crate::model::{Decided, Decision, Development, DevelopmentId, Item, ItemKey};

/// One thing that is told by one of the runs.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) development: &'a Development,
    /// The item with which it was told.
    pub(super) item: Option<&'a Item>,
    /// What the other run decided of that item.
    pub(super) instead: &'a [Decided],
}

/// One thing that both tell, each in its own way.
#[derive(Debug)]
pub(super) struct Otherwise<'a> {
    pub(super) before: Told<'a>,
    pub(super) after: Told<'a>,
    /// In what they differ: the word, the old value, the new one.
    pub(super) changes: Vec<(&'static str, String, String)>,
}

/// What is told more, less and otherwise.
#[derive(Debug, Default)]
pub(super) struct Difference<'a> {
    pub(super) more: Vec<Told<'a>>,
    pub(super) less: Vec<Told<'a>>,
    pub(super) otherwise: Vec<Otherwise<'a>>,
    /// How many are told alike.
    pub(super) alike: usize,
}

/// Compares what the runs tell since that day.
pub(super) fn compare<'a>(
    before: &'a Run<'a>,
    after: &'a Run<'a>,
    since: Option<Date>,
) -> Difference<'a> {
    let (old, new) = (told(before), told(after));
    let late = |development: &Development| {
        let last = TimeZone::UTC.to_datetime(development.last_reported).date();
        since.is_none_or(|since| last >= since)
    };
    let (old_alerts, new_alerts) = (alerts(before), alerts(after));
    let pairs = pairs(&old, &new);
    let mut difference = Difference::default();
    let (mut old_left, mut new_left): (BTreeSet<usize>, BTreeSet<usize>) =
        ((0..old.len()).collect(), (0..new.len()).collect());
    for (one, other) in pairs {
        old_left.remove(&one);
        new_left.remove(&other);
        let (one, other) = (old[one], new[other]);
        if !late(one) && !late(other) {
            continue;
        }
        let changes = changes(one, other);
        if changes.is_empty() {
            difference.alike += 1;
            continue;
        }
        difference.otherwise.push(Otherwise {
            before: alert(one, before, &old_alerts, after),
            after: alert(other, after, &new_alerts, before),
            changes,
        });
    }
    old_left.retain(|&index| late(old[index]));
    new_left.retain(|&index| late(new[index]));
    let less = old_left.into_iter().map(|index| alert(old[index], before, &old_alerts, after));
    difference.less = less.collect();
    let more = new_left.into_iter().map(|index| alert(new[index], after, &new_alerts, before));
    difference.more = more.collect();
    difference.otherwise.sort_by_key(|it| it.after.development.first_reported);
    difference
}

/// What a run tells, oldest first.
fn told<'a>(run: &'a Run<'a>) -> Vec<&'a Development> {
    let told = run.ledger.developments().filter(|development| development.announced);
    let mut told: Vec<&Development> = told.collect();
    told.sort_by_key(|it| (it.first_reported, it.id.clone()));
    told
}

/// With which item each development was told, by its index.
fn alerts(run: &Run<'_>) -> HashMap<DevelopmentId, usize> {
    let mut alerts = HashMap::new();
    for (index, decisions) in run.decisions.iter().enumerate() {
        for decided in decisions.iter().filter(|it| it.decision == Decision::Announce) {
            // What became one with an older development goes by that one's id.
            if let Some(development) = run.ledger.development(&decided.development.id) {
                alerts.entry(development.id.clone()).or_insert(index);
            }
        }
    }
    alerts
}

fn alert<'a>(
    development: &'a Development,
    run: &'a Run<'a>,
    alerts: &HashMap<DevelopmentId, usize>,
    other: &'a Run<'a>,
) -> Told<'a> {
    let index = alerts.get(&development.id).copied();
    let instead = index.and_then(|index| other.decisions.get(index));
    Told {
        development,
        item: index.and_then(|index| run.items.get(index)),
        instead: instead.map_or(&[], Vec::as_slice),
    }
}

/// Which of the old and the new are one.
fn pairs(old: &[&Development], new: &[&Development]) -> Vec<(usize, usize)> {
    let mut by_item: HashMap<ItemKey, Vec<usize>> = HashMap::new();
    for (index, development) in old.iter().enumerate() {
        for report in &development.reports {
            by_item.entry(report.item).or_default().push(index);
        }
    }
    let mut candidates = Vec::new();
    for (index, development) in new.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for report in &development.reports {
            for &other in by_item.get(&report.item).into_iter().flatten() {
                *shared.entry(other).or_default() += 1;
            }
        }
        candidates.extend(shared.into_iter().map(|(other, count)| {
            let (one, two) = (old[other], development);
            let (same_step, same_kind) = (one.step == two.step, one.step.kind == two.step.kind);
            (Reverse((one.id == two.id, same_step, same_kind, count)), other, index)
        }));
    }
    candidates.sort_unstable();
    let (mut taken_old, mut taken_new) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, one, other) in candidates {
        if !taken_old.contains(&one) && !taken_new.contains(&other) {
            taken_old.insert(one);
            taken_new.insert(other);
            pairs.push((one, other));
        }
    }
    pairs
}

/// One side of a development as text.
type Facet = fn(&Development) -> String;

fn changes(one: &Development, other: &Development) -> Vec<(&'static str, String, String)> {
    let facets: [(&'static str, Facet); 8] = [
        ("what", |it| it.step.to_string()),
        ("body", |it| it.body.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("case", |it| it.case.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("states", |it| listed(&it.states)),
        ("persons", |it| listed(&it.persons)),
        ("date", |it| it.date.to_string()),
        ("status", |it| it.status.as_str().to_owned()),
        ("owners", |it| it.owners().to_string()),
    ];
    let differing = facets.into_iter().map(|(name, of)| (name, of(one), of(other)));
    differing.filter(|(_, before, after)| before != after).collect()
}

fn listed<T: std::fmt::Display>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
