//! The developments and the index that finds those which a finding may belong to. The cost of a
//! look depends on what happened around its day, not on how much is known.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use jiff::{ToSpan, civil::Date};

use super::{
    moves::{Moves, days_between},
    slots::{Agreement, Slots, agreement},
};
use crate::model::{BodyId, CaseId, Development, DevelopmentId, ItemKey, Kind, Report, StateCode};

/// How many days after an act a report may still name more subjects of it. What comes later and
/// names another one tells another act: a second state joined, a second person is sought.
const SAME_ACT: i32 = 1;

/// By what a development can be found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Handle {
    Body(Option<BodyId>),
    Case(CaseId),
    State(StateCode),
    Surname(String),
    Kind(Kind),
}

/// Every development under its id, and what became one with another.
#[derive(Clone, Debug, Default)]
pub(super) struct Developments {
    by_id: BTreeMap<DevelopmentId, Development>,
    aliases: BTreeMap<DevelopmentId, DevelopmentId>,
    index: BTreeSet<(Handle, Date, DevelopmentId)>,
    by_item: BTreeSet<(ItemKey, DevelopmentId)>,
}

impl Developments {
    /// Takes in what is stored. The store keeps a row for a development that was joined to an
    /// older one, whose reports then include all of its own: such a row is only another name.
    pub(super) fn new(mut stored: Vec<Development>) -> Self {
        stored.sort_by(|a, b| (a.first_reported, &a.id).cmp(&(b.first_reported, &b.id)));
        let mut developments = Self::default();
        for development in stored {
            let slots = Slots::from(&development);
            // What was joined left its reports with the older one: only holders of its items count.
            let held = |report: &Report| developments.reported_by(report.item, &slots);
            let older = development.reports.first().and_then(held).filter(|(id, _)| {
                developments.by_id.get(id).is_some_and(|older| includes(older, &development))
            });
            match older {
                Some((id, _)) => drop(developments.aliases.insert(development.id, id)),
                None => developments.put(development),
            }
        }
        developments
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Development> {
        self.by_id.values()
    }

    /// The development of that id, under whatever name.
    pub(super) fn get(&self, id: &DevelopmentId) -> Option<&Development> {
        self.by_id.get(self.aliases.get(id).unwrap_or(id))
    }

    /// Whether the id is or was a development's.
    pub(super) fn is_taken(&self, id: &DevelopmentId) -> bool {
        self.by_id.contains_key(id) || self.aliases.contains_key(id)
    }

    /// Stores a development, in place of what has its id.
    pub(super) fn put(&mut self, development: Development) {
        self.remove(&development.id);
        for handle in handles(&Slots::from(&development)) {
            self.index.insert((handle, development.date, development.id.clone()));
        }
        for report in &development.reports {
            self.by_item.insert((report.item, development.id.clone()));
        }
        self.by_id.insert(development.id.clone(), development);
    }

    fn remove(&mut self, id: &DevelopmentId) -> Option<Development> {
        let development = self.by_id.remove(id)?;
        for handle in handles(&Slots::from(&development)) {
            self.index.remove(&(handle, development.date, id.clone()));
        }
        for report in &development.reports {
            self.by_item.remove(&(report.item, id.clone()));
        }
        Some(development)
    }

    /// Makes one development another name of an older one, and hands it over.
    pub(super) fn join(
        &mut self,
        newer: &DevelopmentId,
        older: &DevelopmentId,
    ) -> Option<Development> {
        let joined = self.remove(newer)?;
        for target in self.aliases.values_mut().filter(|target| *target == newer) {
            *target = older.clone();
        }
        self.aliases.insert(newer.clone(), older.clone());
        Some(joined)
    }

    /// The developments that are the same event as `slots` on `day`, best first: what shares most,
    /// then what is nearest in time, then what is older. Those that only share the body count
    /// where nothing shares more, and one that shares just the step where it is the only one.
    pub(super) fn matching(
        &self,
        moves: &Moves,
        slots: &Slots,
        day: Date,
    ) -> Vec<(DevelopmentId, Agreement)> {
        let mut candidates = BTreeSet::new();
        let mut keys = handles(slots);
        // Nothing is found by its kind alone, unless the report does not even name the body.
        keys.retain(|key| slots.body.is_none() || !matches!(key, Handle::Kind(_)));
        keys.extend(slots.body.as_ref().map(|_| Handle::Body(None)));
        for key in keys {
            candidates.extend(self.near(&key, day, moves.widest()));
        }
        let mut found: Vec<_> = candidates
            .into_iter()
            .filter_map(|id| {
                let development = self.by_id.get(id)?;
                let known = Slots::from(development);
                let agreement = agreement(slots, &known);
                let days = days_between(development.date, day);
                if days > SAME_ACT && slots.adds_a_subject(&known) {
                    return None;
                }
                let reach = moves.window(slots.step).min(moves.window(development.step));
                (agreement != Agreement::Conflict && days <= reach).then_some((
                    agreement,
                    days,
                    development,
                ))
            })
            .collect();
        if found.iter().any(|(agreement, ..)| agreement.is_strong()) {
            found.retain(|(agreement, ..)| agreement.is_strong());
        }
        let faint =
            |(agreement, ..): &(Agreement, i32, &Development)| *agreement == Agreement::Faint;
        if found.len() > 1 {
            found.retain(|candidate| !faint(candidate));
        }
        found.sort_by_cached_key(|(agreement, days, it)| {
            (Reverse(*agreement), !it.announced, *days, it.first_reported, it.id.clone())
        });
        found.into_iter().map(|(agreement, _, it)| (it.id.clone(), agreement)).collect()
    }

    /// The development that this item reports already: one that comes again, or was edited, stays
    /// with what it was told as, however late that is and whatever came up since.
    pub(super) fn reported_by(
        &self,
        item: ItemKey,
        slots: &Slots,
    ) -> Option<(DevelopmentId, Agreement)> {
        let first = (item, DevelopmentId::from(""));
        let own = self.by_item.range(first..).take_while(|(known, _)| *known == item);
        own.filter_map(|(_, id)| {
            let development = self.by_id.get(id)?;
            let agreement = agreement(slots, &Slots::from(development));
            (agreement != Agreement::Conflict).then(|| (id.clone(), agreement))
        })
        .max_by_key(|(_, agreement)| *agreement)
    }

    /// The developments of a body around that day.
    pub(super) fn of_body(
        &self,
        body: Option<&BodyId>,
        day: Date,
        reach: i32,
    ) -> Vec<&Development> {
        let handle = Handle::Body(body.cloned());
        self.near(&handle, day, reach).filter_map(|id| self.by_id.get(id)).collect()
    }

    fn near(&self, handle: &Handle, day: Date, reach: i32) -> impl Iterator<Item = &DevelopmentId> {
        let from = day.saturating_sub(reach.days());
        let to = day.saturating_add((reach + 1).days());
        let first = (handle.clone(), from, DevelopmentId::from(""));
        let end = (handle.clone(), to, DevelopmentId::from(""));
        self.index.range(first..end).map(|(.., id)| id)
    }
}

fn handles(slots: &Slots) -> Vec<Handle> {
    let mut handles = vec![Handle::Body(slots.body.clone())];
    handles.push(Handle::Kind(slots.step.kind));
    handles.extend(slots.case.clone().map(Handle::Case));
    handles.extend(slots.states.iter().copied().map(Handle::State));
    handles.extend(slots.surnames.iter().cloned().map(Handle::Surname));
    handles
}

fn includes(older: &Development, newer: &Development) -> bool {
    !newer.reports.is_empty()
        && newer.reports.iter().all(|report| older.reports.iter().any(|it| it.item == report.item))
}
