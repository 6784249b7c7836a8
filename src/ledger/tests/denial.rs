//! Denials and what they change.

use super::*;
use crate::model::{Because, Recalled};

/// The status of the told development after reports and then denials, and what the last denial
/// decided. A denial is written like a report.
#[track_caller]
fn check(reports: &[&str], denials: &[&str], status: Status, decision: Decision) -> Ledger {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    for text in reports {
        run(&mut ledger, text);
    }
    let last = denials.iter().map(|text| deny(&mut ledger, text, true)).last().unwrap();
    assert_eq!(last.decided.decision, decision, "{}", last.decided.why);
    let told = (decision == Decision::Update).then_some(TellKind::Update);
    assert_eq!(last.tell, told);
    assert_eq!(ledger.developments().next().unwrap().status, status);
    ledger
}

fn deny(ledger: &mut Ledger, text: &str, denies: bool) -> Applied {
    let (mut finding, report, _) = read(text);
    let span = Evidence { field: Field::Title, start: 0, end: 1, rule: "made.up".into() };
    finding.evidence = vec![span];
    ledger.recall(&Recalled { finding, because: Because::Denied }, report, denies)
}

const LEAVES: &str = "2024-06-01 gazette membership.withdrawal-announced ICC AAA";

#[test]
fn a_denial_disputes_what_was_told_and_is_told_once() {
    let no = "2024-06-02 herald membership.withdrawal-announced ICC AAA";
    let again = "2024-06-02 tribune membership.withdrawal-announced ICC AAA";
    check(&[LEAVES], &[no], Status::Disputed, Decision::Update);
    let ledger = check(&[LEAVES], &[no, again], Status::Disputed, Decision::Background);
    assert_eq!(ledger.developments().next().unwrap().owners(), 1, "who denies is no reporter");
    let row = ledger.facts().find(|fact| fact.step.action.as_str() == "withdrawal-announced");
    assert_eq!(row.unwrap().status, Status::Disputed, "the row is as doubtful as its development");
}

#[test]
fn the_bodys_own_word_weighs_more_than_a_denial_of_others() {
    let own = "2024-06-01 icc! warrant.issued ICC CCC Cem";
    let no = "2024-06-02 herald warrant.issued ICC CCC Cem";
    check(&[own], &[no], Status::Confirmed, Decision::Background);
    let press = "2024-06-01 gazette warrant.issued ICC CCC Cem";
    check(
        &[press],
        &["2024-06-02 icc! warrant.issued ICC CCC Cem"],
        Status::Retracted,
        Decision::Update,
    );
}

#[test]
fn what_its_only_source_takes_back_is_retracted() {
    let ledger = check(&[LEAVES], &[LEAVES], Status::Retracted, Decision::Update);
    let reports = &ledger.developments().next().unwrap().reports;
    assert_eq!(reports.len(), 1, "the item is one report, whatever it says now");
    let other = "2024-06-01 herald membership.withdrawal-announced ICC AAA";
    check(&[LEAVES, other], &[LEAVES], Status::Disputed, Decision::Update);
}

#[test]
fn a_denial_of_what_was_not_told_is_background() {
    check(
        &[LEAVES],
        &["2024-06-02 herald membership.withdrawal-announced ICC BBB"],
        Status::Reported,
        Decision::Background,
    );
    // Another stage was not told either.
    check(
        &[LEAVES],
        &["2024-06-02 herald membership.left ICC AAA"],
        Status::Reported,
        Decision::Background,
    );
}

#[test]
fn what_a_court_did_not_order_denies_nothing() {
    check(
        &["2024-06-01 gazette ruling.provisional-measures ICJ AAA,BBB - c2"],
        &["2024-06-01 herald ruling.provisional-measures ICJ AAA,BBB - c2"],
        Status::Reported,
        Decision::Background,
    );
}

#[test]
fn a_denial_beside_news_is_no_denial() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    run(&mut ledger, LEAVES);
    let text = "2024-06-02 herald membership.withdrawal-announced ICC AAA";
    let applied = deny(&mut ledger, text, false);
    assert_eq!(applied.decided.decision, Decision::Background);
    assert!(applied.touched.is_empty());
}
