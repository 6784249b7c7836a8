//! What an item tells beside its story.

use super::*;

/// Feeds items to one ledger: each line is the reports of one item, parted by `|`, an arrow and the
/// decisions. A report that begins with `~` is read in the item's text, the others in its headline.
#[track_caller]
fn check(story: &str) -> Ledger {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (item, expected) = line.split_once("->").unwrap();
        let (mut findings, mut reports) = (vec![], vec![]);
        for text in item.split('|').map(str::trim) {
            let (mut finding, report, _) = read(text.trim_start_matches('~'));
            let field = if text.starts_with('~') { Field::Text } else { Field::Title };
            let rule = "made.up".into();
            finding.evidence = vec![Evidence { field, start: 0, end: 1, rule }];
            findings.push(finding);
            reports.push(report);
        }
        let report = Report { title: item.into(), ..reports[0].clone() };
        let applied = ledger.apply_all(&findings, |_| report.clone(), true);
        let decisions: Vec<&str> =
            applied.iter().map(|applied| applied.decided.decision.as_str()).collect();
        let reasons: Vec<&str> =
            applied.iter().map(|applied| applied.decided.why.as_str()).collect();
        assert_eq!(decisions.join(" "), expected.trim(), "{line}: {reasons:?}");
    }
    ledger
}

#[test]
fn what_one_more_report_tells_beside_its_story_waits_for_a_report_of_its_own() {
    let ledger = check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-20 herald warrant.issued ICC CCC Cem | ~2024-05-20 herald ruling.dismissed ICC CCC -> corroborate background
         2024-05-21 tribune warrant.issued ICC CCC Cem | ~2024-05-21 tribune ruling.dismissed ICC CCC -> corroborate background
         2024-05-22 courier ruling.dismissed ICC CCC -> announce
         2024-05-22 herald ruling.dismissed ICC CCC -> corroborate",
    );
    assert!(ledger.developments().all(|it| it.announced && it.held.is_none()));
}

#[test]
fn two_steps_that_are_both_new_are_both_told() {
    check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem | ~2024-05-20 gazette ruling.dismissed ICC CCC -> announce announce",
    );
}

#[test]
fn a_headline_of_its_own_is_told_though_the_text_recalls_the_known_story() {
    check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-21 herald enforcement.refused ICC CCC,DDD Cem | ~2024-05-21 herald warrant.issued ICC CCC Cem -> announce corroborate",
    );
}

#[test]
fn the_act_of_another_state_in_the_same_headline_is_told() {
    check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-21 herald warrant.issued ICC CCC Cem | 2024-05-21 herald enforcement.refused ICC CCC,DDD Cem -> corroborate announce
         2024-05-21 tribune warrant.issued ICC CCC Cem | 2024-05-21 tribune enforcement.cooperated ICC CCC Cem -> corroborate background",
    );
}

#[test]
fn a_later_stage_on_a_later_day_is_told_beside_the_earlier_one() {
    check(
        "2024-05-20 gazette warrant.sought ICC CCC Cem -> announce
         2024-05-20 herald warrant.sought ICC CCC Cem | 2024-05-20 herald warrant.issued ICC CCC Cem -> corroborate background
         2024-05-22 herald warrant.sought ICC CCC Cem | 2024-05-22 herald warrant.issued ICC CCC Cem -> corroborate announce",
    );
}

#[test]
fn an_old_story_holds_nothing_back() {
    check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-25 herald warrant.issued ICC CCC Cem | ~2024-05-25 herald ruling.dismissed ICC CCC -> corroborate announce",
    );
}

#[test]
fn what_is_held_leaves_no_row_in_the_ledger() {
    let ledger = check(
        "2024-05-20 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-20 herald warrant.issued ICC CCC Cem | 2024-05-20 herald warrant.executed ICC CCC Cem -> corroborate background
         2024-08-20 herald warrant.executed ICC CCC Cem -> announce",
    );
    let held: Vec<_> = ledger.developments().filter(|it| it.held == Some(Held::Beside)).collect();
    assert_eq!(held.len(), 1);
    assert!(held[0].why.contains("waits for a report of its own"));
}
