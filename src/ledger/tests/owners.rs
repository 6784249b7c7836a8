//! Sources that count.

use super::*;
use crate::model::Sketch;

/// A report whose text is the given number's: two of one number carry the same text.
fn carrying(text: u32, line: &str) -> (Finding, Report) {
    let (finding, mut report, _) = read(line);
    report.joined.sketch = Sketch((0..12).map(|n| n * 1000 + text).collect());
    (finding, report)
}

#[track_caller]
fn check(reports: &[(u32, &str)], owners: usize, status: Status) {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    for (text, line) in reports {
        let (finding, report) = carrying(*text, line);
        ledger.apply(&finding, report, true);
    }
    let development = ledger.developments().next().unwrap();
    assert_eq!((development.owners(), development.status), (owners, status));
}

#[test]
fn wire_copy_counts_once_however_many_carry_it() {
    let gazette = (1, "2024-05-24 gazette ruling.order ICJ AAA");
    let herald = (1, "2024-05-24 herald ruling.order ICJ AAA");
    let tribune = (1, "2024-05-24 tribune ruling.order ICJ AAA");
    let own = (2, "2024-05-24 tribune ruling.order ICJ AAA");
    check(&[gazette, herald, tribune], 1, Status::Reported);
    check(&[gazette, herald, own], 2, Status::Corroborated);
    // Whoever carries it first, it is one account beside that of the other.
    check(&[own, herald, gazette], 2, Status::Corroborated);
}

#[test]
fn the_body_confirms_even_in_words_that_all_carry() {
    let gazette = (1, "2024-05-24 gazette ruling.order ICJ AAA");
    let court = (1, "2024-05-24 icj! ruling.order ICJ AAA");
    check(&[gazette, court], 1, Status::Confirmed);
}

#[test]
fn every_report_says_why_it_joined() {
    let ledger = super::check(
        "2024-05-24 gazette ruling.provisional-measures ICJ AAA,BBB - c2 -> announce
         2024-05-24 herald  ruling.order ICJ AAA -> corroborate
         2024-05-28 tribune ruling.order ICJ -> corroborate",
    );
    let reports = &ledger.developments().next().unwrap().reports;
    let whys: Vec<&str> = reports.iter().map(|report| report.joined.why.as_str()).collect();
    assert_eq!(
        whys,
        [
            "the first report of ruling.provisional-measures",
            "one more report of ruling.order: shared slots",
            "one more report of ruling.order: the nearest of its body in these days",
        ]
    );
}
