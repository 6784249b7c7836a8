//! Which of its sort a development is, as far as the ledger counts that.

use super::{Ledger, facts::is_admission};
use crate::model::{Action, BodyId, Development, Fact, Kind, Status, Subject};

impl Ledger {
    /// The number that the ledger gives a development whose rows it has just learned: after a state
    /// joined or left, how many members the body has; for a warrant, which one of that body against
    /// that person it is; for a ruling, which one of its sort in that case. `None` where the ledger
    /// does not know the body's members, or where several states or persons are concerned at once.
    pub(super) fn count(&self, development: &Development) -> Option<u32> {
        let body = development.body.as_ref()?;
        let count = match (development.step.kind, development.step.action) {
            (Kind::Membership, Action::Joined | Action::Left) => {
                let single = development.states.len() == 1;
                let known = single && self.facts.knows_members(body, development.date);
                known.then(|| self.members(body, development))?
            }
            (Kind::Warrant, Action::Issued) => {
                let [person] = &development.persons[..] else { return None };
                self.times(body, &Subject::Person(person.clone()), development)
            }
            (Kind::Ruling, _) => {
                self.times(body, &Subject::Case(development.case.clone()?), development)
            }
            _ => return None,
        };
        u32::try_from(count).ok().filter(|count| *count > 0)
    }

    fn members(&self, body: &BodyId, development: &Development) -> usize {
        let rows = self.facts.of_body(Kind::Membership, body);
        let is_member = |row: &&[Fact]| {
            let turns = |fact: &&Fact| is_admission(fact.step) || fact.step.action == Action::Left;
            let last = standing(row, development).filter(turns).last();
            last.is_some_and(|fact| is_admission(fact.step))
        };
        rows.filter(is_member).count()
    }

    fn times(&self, body: &BodyId, subject: &Subject, development: &Development) -> usize {
        let row = self.facts.of(development.step.kind, body, subject);
        standing(row, development).filter(|fact| fact.step == development.step).count()
    }
}

/// What of a row was so on the development's day.
fn standing<'a>(row: &'a [Fact], development: &Development) -> impl Iterator<Item = &'a Fact> {
    let day = development.date;
    row.iter().filter(move |fact| fact.since <= day && fact.status != Status::Retracted)
}
