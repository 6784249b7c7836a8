//! Corrections and what they take back.

use super::*;

/// Reports and then one correction; the statuses of what was told, oldest first, and whether the
/// correction is told of each.
#[track_caller]
fn check(reports: &[&str], correction: &str, told: usize, statuses: &[Status]) {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    for text in reports {
        run(&mut ledger, text);
    }
    let (finding, report, _) = read(correction);
    let taken_back = ledger.correct(std::slice::from_ref(&finding), &report, false);
    let updates = taken_back.iter().filter(|it| it.tell == Some(TellKind::Update)).count();
    assert_eq!(updates, told);
    let again = ledger.correct(&[finding], &report, false);
    assert!(again.iter().all(|it| it.tell.is_none()), "it is told once");
    let mut all: Vec<_> = ledger.developments().collect();
    all.sort_by_key(|it| it.first_reported);
    assert_eq!(all.iter().map(|it| it.status).collect::<Vec<_>>(), statuses);
}

const WRONG: &str = "2024-06-01 gazette warrant.issued ICC CCC Cem";
const RIGHT: &str = "2024-06-02 gazette warrant.issued ICC CCC Dan";

#[test]
fn who_named_the_wrong_person_takes_the_report_back() {
    check(&[WRONG], RIGHT, 1, &[Status::Retracted]);
}

#[test]
fn what_others_report_too_is_disputed() {
    check(&[WRONG, "2024-06-01 herald warrant.issued ICC CCC Cem"], RIGHT, 1, &[Status::Disputed]);
}

#[test]
fn a_correction_of_something_else_takes_nothing_back() {
    let same = "2024-06-02 gazette warrant.issued ICC CCC Cem";
    check(&[WRONG], same, 0, &[Status::Reported]);
    let other = "2024-06-02 herald warrant.issued ICC CCC Dan";
    check(&[WRONG], other, 0, &[Status::Reported]);
    let late = "2024-06-09 gazette warrant.issued ICC CCC Dan";
    check(&[WRONG], late, 0, &[Status::Reported]);
    let stage = "2024-06-02 gazette warrant.sought ICC CCC Dan";
    check(&[WRONG], stage, 0, &[Status::Reported]);
}

#[test]
fn of_two_that_may_be_meant_none_is_taken_back() {
    let second = "2024-06-01 gazette warrant.issued ICC DDD Eve";
    check(&[WRONG, second], RIGHT, 0, &[Status::Reported, Status::Reported]);
}

#[test]
fn a_note_below_one_report_takes_back_no_other_report_of_its_owner() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    run(&mut ledger, WRONG);
    let (finding, mut report, _) = read(RIGHT);
    assert!(ledger.correct(std::slice::from_ref(&finding), &report, true).is_empty());
    let (_, first, _) = read(WRONG);
    report.item = first.item;
    assert_eq!(ledger.correct(&[finding], &report, true).len(), 1);
}

#[test]
fn a_retraction_takes_back_what_it_repeats() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    run(&mut ledger, WRONG);
    let (finding, report, _) = read("2024-06-02 gazette warrant.issued ICC CCC Cem");
    let taken_back = ledger.retract(&finding, &report).unwrap();
    assert_eq!(taken_back.tell, Some(TellKind::Update));
    assert_eq!(taken_back.decided.development.status, Status::Retracted);
    assert_eq!(ledger.retract(&finding, &report), None, "it is told once");
    let (finding, report, _) = read("2024-06-02 herald warrant.issued ICC CCC Cem");
    assert_eq!(ledger.retract(&finding, &report), None, "who did not report it takes nothing back");
}

#[test]
fn what_was_taken_back_makes_no_later_report_old() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    run(&mut ledger, WRONG);
    let (finding, report, _) = read("2024-06-02 gazette warrant.issued ICC CCC Cem");
    ledger.retract(&finding, &report).unwrap();
    let (finding, report, _) = read("2024-07-20 herald warrant.issued ICC CCC Cem");
    let applied = ledger.apply(&finding, report, true);
    assert_eq!(applied.decided.decision, Decision::Announce, "{}", applied.decided.why);
}
