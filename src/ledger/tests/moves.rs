//! Legal moves, by the shipped tables.

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Whether `step` on a day is known by the history (`step day` each).
#[track_caller]
fn check(history: &[(&str, &str)], step: &str, on: &str, known: Option<&str>) {
    let history: Vec<Fact> = history
        .iter()
        .map(|(step, since)| {
            let step = Step::parse(step).unwrap();
            Fact {
                kind: step.kind,
                body: "ICC".into(),
                subject: Subject::State(StateCode::parse("AAA").unwrap()),
                step,
                since: day(since),
                status: Status::Confirmed,
                origin: Origin::Baseline,
                sources: vec![],
            }
        })
        .collect();
    let found = SHIPPED.known_by(Step::parse(step).unwrap(), &history, day(on));
    assert_eq!(found.map(|fact| fact.since), known.map(day));
}

#[test]
fn a_higher_rung_makes_the_lower_ones_old() {
    let joined = [("membership.joined", "2002-07-01")];
    check(&joined, "membership.joined", "2024-01-01", Some("2002-07-01"));
    check(&joined, "membership.signed", "2024-01-01", Some("2002-07-01"));
    check(&joined, "membership.left", "2024-01-01", None);
    check(&[("warrant.sought", "2024-05-20")], "warrant.issued", "2024-11-21", None);
    let issued = [("warrant.sought", "2024-05-20"), ("warrant.issued", "2024-11-21")];
    check(&issued, "warrant.sought", "2025-01-01", Some("2024-05-20"));
    check(&issued, "warrant.unsealed", "2025-01-01", None);
}

#[test]
fn what_was_undone_may_happen_again() {
    let left = [("membership.joined", "2011-11-01"), ("membership.left", "2019-03-17")];
    check(&left, "membership.joined", "2027-01-01", None);
    check(&left, "membership.withdrawal-announced", "2027-01-01", Some("2019-03-17"));
    let lifted = [("warrant.issued", "2020-01-01"), ("warrant.withdrawn", "2021-01-01")];
    check(&lifted, "warrant.issued", "2022-01-01", None);
    check(&lifted, "warrant.withdrawn", "2022-01-01", Some("2021-01-01"));
    let back = [
        ("membership.withdrawal-notified", "2016-10-19"),
        ("membership.withdrawal-reversed", "2017-03-07"),
    ];
    check(&back, "membership.withdrawal-announced", "2023-04-25", None);
}

#[test]
fn votes_and_orders_may_come_again_after_their_window() {
    let vote = [("membership.withdrawal-approved", "2025-12-02")];
    check(&vote, "membership.withdrawal-approved", "2025-12-05", Some("2025-12-02"));
    check(&vote, "membership.withdrawal-approved", "2025-12-11", None);
    let order = [("ruling.provisional-measures", "2024-01-26")];
    check(&order, "ruling.provisional-measures", "2024-01-30", Some("2024-01-26"));
    check(&order, "ruling.provisional-measures", "2024-05-24", None);
    let opinion = [("ruling.advisory-opinion", "2024-07-19")];
    check(&opinion, "ruling.advisory-opinion", "2025-07-19", Some("2024-07-19"));
}

#[test]
fn what_came_later_is_not_known_yet() {
    check(&[("membership.joined", "2024-11-01")], "membership.joined", "2024-01-01", None);
}
