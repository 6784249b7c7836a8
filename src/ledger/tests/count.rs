//! Which of its sort a development is.

use super::{check, fact};
use crate::model::{StateCode, Subject};

#[track_caller]
fn counted(story: &str, expected: &[Option<u32>]) {
    let ledger = check(story);
    let mut all: Vec<_> = ledger.developments().collect();
    all.sort_by_key(|one| one.first_reported);
    let counts: Vec<_> = all.iter().map(|one| one.count).collect();
    assert_eq!(counts, expected);
}

#[test]
fn members_are_counted_as_they_join_and_leave() {
    counted(
        "2024-06-01 gazette membership.joined ICC CCC -> announce
         2024-06-02 herald  membership.joined ICC CCC -> corroborate
         2024-08-01 gazette membership.joined ICC DDD -> announce
         2024-10-01 gazette membership.left ICC AAA -> announce",
        &[Some(3), Some(4), Some(3)],
    );
}

#[test]
fn nothing_is_counted_where_the_members_are_not_known_or_several_act() {
    counted("2024-06-01 gazette membership.joined OIC CCC -> announce", &[None]);
    counted("2024-06-01 gazette membership.joined ICC CCC,DDD -> announce", &[None]);
    counted("2024-06-01 gazette membership.join-announced ICC CCC -> announce", &[None]);
}

#[test]
fn warrants_are_counted_by_person_and_rulings_by_sort_and_case() {
    counted(
        "2024-05-22 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-23 gazette warrant.issued ICC DDD Dan,Eva -> announce",
        &[Some(1), None],
    );
    counted(
        "2024-03-28 herald ruling.provisional-measures ICJ EEE - c1 -> announce
         2024-08-24 herald ruling.judgment ICJ EEE - c1 -> announce",
        &[Some(2), Some(1)],
    );
}

#[test]
fn a_state_that_came_back_is_one_member() {
    let state = Subject::State(StateCode::parse("AAA").unwrap());
    let mut baseline = super::baseline();
    baseline.facts.push(fact("2010-01-01", "membership.left", "ICC", state.clone()));
    baseline.facts.push(fact("2020-01-01", "membership.joined", "ICC", state));
    let mut ledger = super::Ledger::new(baseline, vec![], vec![]);
    let applied = super::run(&mut ledger, "2024-06-01 gazette membership.joined ICC CCC");
    assert_eq!(applied.decided.development.count, Some(3));
}
