//! The ledger told in stories: reports in, decisions out.

use std::sync::{Arc, LazyLock};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

mod beside;
mod correction;
mod count;
mod denial;
mod moves;
mod owners;
mod shuffles;

use super::*;
use crate::model::{
    Decision, Evidence, Fact, Field, Finding, Held, ItemKey, Joined, Origin, PersonName, Report,
    StateCode, Status, Step, Subject, TellKind,
};

/// One report: `DAY OWNER STEP BODY STATES PERSONS CASE`, with `-` for what is missing and nothing
/// for what is left out at the end. `DAY@ACT` says that the text dates the act; `?DAY` is an item
/// that is not fresh; `OWNER!` speaks with the body's own voice.
fn read(text: &str) -> (Finding, Report, bool) {
    let mut words = text.split_whitespace().map(|word| (word != "-").then_some(word));
    let mut next = || words.next().flatten();
    let when = next().unwrap();
    let fresh = !when.starts_with('?');
    let (day, act) = when.trim_start_matches('?').split_once('@').unwrap_or((when, ""));
    let day: Date = day.trim_start_matches('?').parse().unwrap();
    let owner = next().unwrap();
    let step = Step::parse(next().unwrap()).unwrap();
    let body = next().map(Into::into);
    let states = next().map_or(vec![], codes);
    let persons = next().map_or(vec![], |names| names.split(',').map(PersonName::from).collect());
    let finding = Finding {
        step,
        body,
        case: next().map(Into::into),
        states,
        persons,
        date: act.parse().unwrap_or(day),
        dated: !act.is_empty(),
        again: false,
        score: 80,
        evidence: vec![],
    };
    let report = Report {
        item: ItemKey(*blake3::hash(text.as_bytes()).as_bytes().first_chunk().unwrap()),
        source: owner.into(),
        owner: owner.into(),
        voice: owner.ends_with('!').then(|| finding.body.clone()).flatten(),
        title: text.into(),
        url: None,
        at: TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap(),
        score: 80,
        evidence: vec![],
        joined: Joined::default(),
    };
    (finding, report, fresh)
}

fn codes(text: &str) -> Vec<StateCode> {
    text.split(',').map(|code| StateCode::parse(code).unwrap()).collect()
}

fn fact(since: &str, step: &str, body: &str, subject: Subject) -> Fact {
    let step = Step::parse(step).unwrap();
    Fact {
        kind: step.kind,
        body: body.into(),
        subject,
        step,
        since: since.parse().unwrap(),
        status: Status::Confirmed,
        origin: Origin::Baseline,
        sources: vec!["https://court.example/1".into()],
    }
}

fn baseline() -> Baseline {
    Baseline { facts: facts(), moves: Arc::clone(&SHIPPED) }
}

/// The moves of the shipped configuration.
static SHIPPED: LazyLock<Arc<Moves>> = LazyLock::new(|| crate::config::embedded().baseline.moves);

fn facts() -> Vec<Fact> {
    let state = |code| Subject::State(StateCode::parse(code).unwrap());
    vec![
        fact("2002-07-01", "membership.joined", "ICC", state("AAA")),
        fact("2002-07-01", "membership.joined", "ICC", state("BBB")),
        fact("2023-03-17", "warrant.issued", "ICC", Subject::Person("Ann Old".into())),
        fact("2024-01-26", "ruling.provisional-measures", "ICJ", Subject::Case("c1".into())),
        fact("2024-07-19", "ruling.advisory-opinion", "ICJ", Subject::Case("c9".into())),
    ]
}

fn run(ledger: &mut Ledger, text: &str) -> Applied {
    let (finding, report, fresh) = read(text);
    ledger.apply(&finding, report, fresh)
}

/// Feeds the reports to one ledger with the baseline above; each line is a report, an arrow, its
/// decision, and where it matters a fragment of the reason.
#[track_caller]
fn check(story: &str) -> Ledger {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (report, expected) = line.split_once("->").unwrap();
        let applied = run(&mut ledger, report);
        let (decision, why) = expected.trim().split_once(' ').unwrap_or((expected.trim(), ""));
        assert_eq!(applied.decided.decision.as_str(), decision, "{line}: {}", applied.decided.why);
        assert!(applied.decided.why.contains(why), "{line}: {}", applied.decided.why);
        let told = applied.tell == Some(TellKind::New);
        assert_eq!(told, applied.decided.decision == Decision::Announce, "{line}");
    }
    ledger
}

#[test]
fn many_report_one_ruling_and_it_is_told_once() {
    let ledger = check(
        "2024-05-24 gazette ruling.provisional-measures ICJ AAA,BBB - c2 -> announce
         2024-05-24 herald  ruling.order ICJ AAA -> corroborate shared slots
         2024-05-24 herald  ruling.provisional-measures - AAA,BBB -> corroborate
         2024-05-25 icj!    ruling.provisional-measures ICJ AAA,BBB - c2 -> corroborate
         2024-05-28 tribune ruling.order ICJ -> corroborate the nearest of its body",
    );
    let development = ledger.developments().next().unwrap();
    assert_eq!(ledger.developments().count(), 1);
    assert_eq!(development.reports.len(), 5);
    assert_eq!(development.status, Status::Confirmed);
}

#[test]
fn a_report_that_names_nobody_joins_the_only_one_it_can_mean() {
    check(
        "2024-05-24 gazette ruling.advisory-opinion ICJ AAA -> announce
         2024-05-24 herald  ruling.advisory-opinion -> corroborate the only one in these days
         2024-05-24 herald  ruling.advisory-opinion IACTHR BBB -> announce
         2024-05-25 tribune ruling.advisory-opinion -> announce",
    );
    check(
        "2024-05-24 gazette enforcement.measure - AAA -> announce
         2024-05-24 herald  enforcement.measure -> announce",
    );
}

#[test]
fn owners_count_once_and_the_body_confirms() {
    let status = |story: &str| check(story).developments().next().unwrap().status;
    let one = "2024-05-24 gazette ruling.order ICJ AAA -> announce\n";
    let again = "2024-05-25 gazette ruling.order ICJ AAA -> corroborate\n";
    let other = "2024-05-25 herald ruling.order ICJ AAA -> corroborate\n";
    let body = "2024-05-25 icj! ruling.order ICJ AAA -> corroborate\n";
    assert_eq!(status(one), Status::Reported);
    assert_eq!(status(&format!("{one}{again}")), Status::Reported);
    assert_eq!(status(&format!("{one}{again}{other}")), Status::Corroborated);
    assert_eq!(status(&format!("{one}{body}{other}")), Status::Confirmed);
}

#[test]
fn stages_are_events_of_their_own() {
    check(
        "2024-05-20 gazette warrant.sought ICC CCC Cem -> announce
         2024-05-20 herald  warrant.sought ICC CCC Cem -> corroborate
         2024-05-22 gazette warrant.issued ICC CCC Cem -> announce
         2024-05-23 gazette warrant.executed ICC CCC Cem -> announce
         2024-05-24 gazette warrant.sought ICC CCC Cem -> corroborate
         2024-06-20 gazette warrant.issued ICC CCC Cem -> background known since 22 May 2024",
    );
}

#[test]
fn what_the_baseline_knows_is_background() {
    check(
        "2024-06-01 gazette warrant.issued ICC DDD Ann,- - -> announce
         2024-06-01 herald membership.joined ICC AAA -> background known since 1 July 2002, from https://court
         2024-06-01 herald ruling.advisory-opinion ICJ EEE - c9 -> announce",
    );
    check(
        "2025-06-01 herald ruling.advisory-opinion ICJ EEE - c9 -> background known since 19 July",
    );
    check("2024-01-28 herald ruling.provisional-measures ICJ EEE - c1 -> background known since");
    check("2024-03-28 herald ruling.provisional-measures ICJ EEE - c1 -> announce");
}

#[test]
fn criminal_rulings_are_known_by_person_and_situations_by_state() {
    check(
        "2024-06-01 gazette ruling.conviction ICC DDD Cem c4 -> announce
         2024-09-01 herald  ruling.conviction ICC DDD Cem -> background known since 1 June 2024
         2024-09-01 herald  ruling.conviction ICC DDD Dan c4 -> announce
         2024-09-01 herald  proceedings.investigation-opened ICC DDD -> announce
         2024-12-01 herald  proceedings.investigation-opened ICC DDD -> announce",
    );
}

#[test]
fn one_new_subject_among_known_ones_is_news() {
    check("2024-06-01 gazette membership.joined ICC AAA,CCC -> announce");
}

#[test]
fn an_act_that_the_text_dates_long_ago_is_background() {
    check(
        "2024-06-01@2024-05-01 gazette ruling.judgment ICJ FFF -> background dates it to 1 May 2024
         2024-06-01@2024-05-28 gazette ruling.judgment ICJ FFF -> announce
         2024-06-01@2024-05-20 gazette membership.joined ICC FFF -> announce
         2024-06-01@2025-05-20 gazette membership.left ICC BBB -> announce",
    );
}

#[test]
fn nobody_leaves_what_they_never_joined() {
    check(
        "2024-06-01 gazette membership.left ICC CCC -> review not known as a member of ICC: CCC
         2024-06-01 gazette membership.withdrawal-announced ICC CCC -> review
         2024-06-01 gazette membership.withdrawal-announced ICC AAA,CCC -> announce
         2024-06-01 gazette membership.withdrawal-notified ICC CCC -> announce
         2024-06-01 gazette membership.left HAGUE-GROUP CCC -> announce
         2024-06-01 gazette warrant.executed ICC CCC Cem -> announce",
    );
}

#[test]
fn an_illegal_move_is_kept_for_review_until_the_ledger_knows_better() {
    let mut ledger = check(
        "2024-06-01 gazette membership.left ICC CCC -> review
         2024-06-01 herald  membership.left ICC CCC -> review",
    );
    let held = ledger.developments().next().unwrap();
    assert_eq!((held.held, held.announced, held.reports.len()), (Some(Held::Review), false, 2));
    assert!(ledger.facts().all(|fact| fact.origin == Origin::Baseline), "no row of it");

    // Who corrects the baseline hears of it with the next report.
    let joined = Subject::State(StateCode::parse("CCC").unwrap());
    let joined = fact("2010-01-01", "membership.joined", "ICC", joined);
    let mut corrected = baseline();
    corrected.facts.push(joined);
    let stored = ledger.developments().cloned().collect();
    ledger = Ledger::new(corrected, vec![], stored);
    let applied = run(&mut ledger, "2024-06-02 tribune membership.left ICC CCC");
    assert_eq!(applied.decided.decision, Decision::Announce);
    assert_eq!(ledger.developments().next().unwrap().held, None);
}

#[test]
fn each_state_that_joins_a_case_is_news_and_its_announcement_is_old_after_it() {
    check(
        "2024-06-01 gazette proceedings.intervention ICJ CCC,AAA - c1 -> announce
         2024-06-03 gazette proceedings.intervention ICJ DDD,AAA - c1 -> announce
         2024-06-03 herald  proceedings.intervention-announced ICJ CCC - c1 -> background a later stage",
    );
}

#[test]
fn a_reversal_is_news_and_opens_the_way_again() {
    check(
        "2024-06-01 gazette warrant.withdrawn ICC DDD Ann_Old -> announce a reversal
         2024-06-01 gazette membership.withdrawal-notified ICC AAA -> announce
         2024-08-01 gazette membership.withdrawal-notified ICC AAA -> background known since 1 June
         2024-09-01 gazette membership.withdrawal-reversed ICC AAA -> announce a reversal
         2025-09-01 gazette membership.withdrawal-notified ICC AAA -> announce",
    );
}

#[test]
fn what_is_not_fresh_is_remembered_and_told_when_a_fresh_report_comes() {
    let ledger = check(
        "?2024-06-01 gazette ruling.judgment ICJ AAA - c3 -> background not fresh
         ?2024-06-01 herald  ruling.judgment ICJ AAA - c3 -> background
         2024-06-03 herald   ruling.judgment ICJ AAA - c3 -> announce
         2024-06-03 tribune  ruling.judgment ICJ AAA - c3 -> corroborate",
    );
    assert_eq!(ledger.developments().count(), 1);
    assert!(ledger.facts().any(|fact| fact.subject == Subject::Case("c3".into())));
}

#[test]
fn a_report_that_fills_the_gap_joins_two_developments() {
    let mut ledger = check(
        "2024-06-01 gazette warrant.issued ICC CCC Cem -> announce
         2024-06-01 herald  warrant.issued ICC CCC Dan -> announce",
    );
    let ids: Vec<_> = ledger.developments().map(|it| it.id.clone()).collect();
    let before: Vec<_> = ledger.developments().cloned().collect();
    let applied = run(&mut ledger, "2024-06-02 tribune warrant.issued ICC CCC Cem,Dan");
    assert_eq!(applied.decided.decision, Decision::Corroborate);
    assert_eq!(ledger.developments().count(), 1);
    assert_eq!(ledger.development(&ids[0]), ledger.development(&ids[1]));
    assert_eq!(applied.decided.development.reports.len(), 3);

    // The store still has a row for each: they become one again.
    let stored = before.into_iter().filter(|it| it.id != applied.decided.development.id);
    let stored = stored.chain(applied.touched).collect();
    let learned = ledger.facts().filter(|fact| fact.origin != Origin::Baseline).cloned().collect();
    let again = Ledger::new(baseline(), learned, stored);
    assert_eq!(again.developments().collect::<Vec<_>>(), ledger.developments().collect::<Vec<_>>());
    assert_eq!(again.development(&ids[0]), again.development(&ids[1]));
}

#[test]
fn a_vague_report_does_not_join_what_two_states_did() {
    let ledger = check(
        "2024-06-01 gazette enforcement.measure - AAA,CCC -> announce
         2024-06-01 herald  enforcement.measure - BBB,CCC -> announce
         2024-06-02 tribune enforcement.measure - CCC -> corroborate",
    );
    assert_eq!(ledger.developments().count(), 2);
}

#[test]
fn the_ledger_shows_any_day() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    let applied = run(&mut ledger, "2024-06-01 gazette membership.withdrawal-notified ICC AAA");
    let change = &applied.changes[0];
    assert_eq!(change.before.as_ref().map(|fact| fact.step.action.as_str()), Some("joined"));
    let step_of = |day: &str| {
        let rows = ledger.as_of(day.parse().unwrap());
        let row = rows.into_iter().find(|row| row.subject == change.after.subject);
        row.map(|row| row.step.action.as_str())
    };
    assert_eq!(step_of("2000-01-01"), None);
    assert_eq!(step_of("2024-05-31"), Some("joined"));
    assert_eq!(step_of("2024-06-01"), Some("withdrawal-notified"));
}

#[test]
fn a_row_is_as_well_established_as_its_development() {
    let ledger = check(
        "2024-06-01 gazette warrant.issued ICC CCC Cem -> announce
         2024-06-01 icc!    warrant.issued ICC CCC Cem -> corroborate",
    );
    let row = ledger.facts().find(|fact| fact.subject == Subject::Person("Cem".into())).unwrap();
    assert_eq!(row.status, Status::Confirmed);
}

#[test]
fn a_report_fed_twice_changes_nothing() {
    let mut ledger = Ledger::new(baseline(), vec![], vec![]);
    let text = "2024-06-01 gazette membership.withdrawal-notified ICC AAA";
    run(&mut ledger, text);
    let again = run(&mut ledger, text);
    assert_eq!(again.decided.decision, Decision::Corroborate);
    assert_eq!((again.touched, again.changes, again.tell), (vec![], vec![], None));
}

#[test]
fn the_moment_of_a_report_is_noon() {
    let (_, report, _) = read("2024-06-01 gazette ruling.order ICJ AAA");
    assert_eq!(report.at, "2024-06-01T12:00:00Z".parse::<Timestamp>().unwrap());
}

#[test]
fn whoever_a_later_report_adds_is_news() {
    check(
        "2024-06-02 gazette membership.joined HAGUE-GROUP CCC -> announce
         2024-06-03 herald membership.joined HAGUE-GROUP CCC,DDD -> corroborate
         2024-06-09 courier membership.joined HAGUE-GROUP CCC,EEE -> announce
         2024-06-09 post membership.joined HAGUE-GROUP EEE -> corroborate",
    );
    check(
        "2024-06-02 gazette warrant.issued ICC CCC Cem -> announce
         2024-06-06 herald warrant.issued ICC CCC Cem,Dan -> announce
         2024-06-06 post warrant.issued ICC CCC Dan -> corroborate",
    );
}
