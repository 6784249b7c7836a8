//! The rows of the ledger: which step which subject reached when, from the dated baseline and from
//! developments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::steps::{is_about_a_state, is_intervention, is_personal};
use crate::model::{
    Action, BodyId, CaseId, Development, Fact, Finding, Kind, LedgerChange, Origin, PersonName,
    StateCode, Step, Subject,
};

type Row = (Kind, BodyId, Subject);

/// Every fact, by row and there by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    rows: BTreeMap<Row, Vec<Fact>>,
    /// Bodies whose members are known, and since when the first of them is one.
    rosters: BTreeMap<BodyId, Date>,
}

impl Facts {
    pub(super) fn new(baseline: Vec<Fact>, learned: Vec<Fact>) -> Self {
        let mut facts = Self::default();
        for fact in &baseline {
            if is_admission(fact.step) {
                let first = facts.rosters.entry(fact.body.clone()).or_insert(fact.since);
                *first = fact.since.min(*first);
            }
        }
        for fact in baseline.into_iter().chain(learned) {
            facts.add(fact);
        }
        facts
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.rows.values().flatten()
    }

    /// The latest fact of each row on that day.
    pub(super) fn as_of(&self, day: Date) -> Vec<&Fact> {
        self.rows.values().filter_map(|row| row.iter().rfind(|fact| fact.since <= day)).collect()
    }

    /// What is known of one subject, oldest first.
    pub(super) fn of(&self, kind: Kind, body: &BodyId, subject: &Subject) -> &[Fact] {
        self.rows.get(&(kind, body.clone(), subject.clone())).map_or(&[], Vec::as_slice)
    }

    /// The rows of every subject of a body, each oldest first.
    pub(super) fn of_body<'a>(
        &'a self,
        kind: Kind,
        body: &'a BodyId,
    ) -> impl Iterator<Item = &'a [Fact]> {
        let rows = self.rows.iter().filter(move |((of, by, _), _)| *of == kind && by == body);
        rows.map(|(_, row)| row.as_slice())
    }

    /// Whether the members of the body are known by that day.
    pub(super) fn knows_members(&self, body: &BodyId, day: Date) -> bool {
        self.rosters.get(body).is_some_and(|first| *first <= day)
    }

    /// Adds a fact; `None` where it is known already.
    pub(super) fn learn(&mut self, fact: Fact) -> Option<LedgerChange> {
        let row = self.of(fact.kind, &fact.body, &fact.subject);
        if row.iter().any(|known| known.step == fact.step && known.since == fact.since) {
            return None;
        }
        let before = row.iter().rfind(|known| known.since <= fact.since).cloned();
        self.add(fact.clone());
        Some(LedgerChange { before, after: fact })
    }

    /// Brings the rows that a development gave up to its status.
    pub(super) fn restate(&mut self, development: &Development) -> Vec<LedgerChange> {
        let Some(body) = &development.body else { return vec![] };
        let origin = Origin::Development(development.id.clone());
        let kind = development.step.kind;
        let mut changes = Vec::new();
        for subject in subjects_of_development(development) {
            let row = self.rows.get_mut(&(kind, body.clone(), subject));
            for fact in row.into_iter().flatten() {
                if fact.origin == origin && fact.status != development.status {
                    let before = Some(fact.clone());
                    fact.status = development.status;
                    changes.push(LedgerChange { before, after: fact.clone() });
                }
            }
        }
        changes
    }

    fn add(&mut self, fact: Fact) {
        let key = (fact.kind, fact.body.clone(), fact.subject.clone());
        let row = self.rows.entry(key).or_default();
        let place = row.partition_point(|known| known.since <= fact.since);
        row.insert(place, fact);
    }
}

/// Whether the step makes a state a member.
pub(super) fn is_admission(step: Step) -> bool {
    step.kind == Kind::Membership && matches!(step.action, Action::Joined | Action::Founded)
}

/// Whom the ledger keeps rows about, for a finding.
pub(super) fn subjects_of_finding(finding: &Finding) -> Vec<Subject> {
    subjects(finding.step, &finding.states, &finding.persons, finding.case.as_ref())
}

/// Whom the ledger keeps rows about, for a development.
pub(super) fn subjects_of_development(development: &Development) -> Vec<Subject> {
    let case = development.case.as_ref();
    subjects(development.step, &development.states, &development.persons, case)
}

fn subjects(
    step: Step,
    states: &[StateCode],
    persons: &[PersonName],
    case: Option<&CaseId>,
) -> Vec<Subject> {
    let of_states = || states.iter().copied().map(Subject::State).collect();
    let of_persons = || persons.iter().cloned().map(Subject::Person).collect();
    let subjects: BTreeSet<Subject> = match (step.kind, case) {
        (Kind::Membership, _) => of_states(),
        (Kind::Warrant, _) => of_persons(),
        // Of a case that one state joins it is not known that another did.
        _ if is_intervention(step) => BTreeSet::new(),
        (Kind::Ruling | Kind::Proceedings, _) if is_personal(step) && !persons.is_empty() => {
            of_persons()
        }
        (Kind::Ruling | Kind::Proceedings, Some(case)) => [Subject::Case(case.clone())].into(),
        // Of two states it cannot be told which one the step is about.
        (Kind::Ruling | Kind::Proceedings, None) if is_about_a_state(step) && states.len() == 1 => {
            of_states()
        }
        _ => BTreeSet::new(),
    };
    subjects.into_iter().collect()
}
