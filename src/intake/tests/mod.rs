//! What one fetch after another changes, with a made-up way to read headlines.

use std::time::Duration;

use proptest::prelude::*;
use url::Url;

mod edits;

use super::*;
use crate::ledger::Baseline;
use crate::model::{Decision, Document, Finding, Posting, SourceKind, Step, Validators};

/// A source, what is remembered of it and of the world, as the shell would keep it.
#[derive(Default)]
struct World {
    record: SourceRecord,
    seen: HashMap<ItemKey, SeenMark>,
    ledger: Ledger,
    minutes: i64,
}

fn source(id: &str) -> Source {
    Source {
        id: id.into(),
        kind: SourceKind::Feed,
        urls: vec![address()],
        every: Duration::from_mins(15),
        voice: (id == "icj").then(|| "ICJ".into()),
        owner: id.into(),
    }
}

fn address() -> Url {
    Url::parse("https://gazette.example/rss").unwrap()
}

/// A headline `ruling.order AAA …` reports that; anything else says nothing.
fn reader(article: &Article<'_>) -> Reading {
    let mut words = article.title.split_whitespace();
    let step = words.next().and_then(Step::parse);
    let state = words.next().and_then(crate::model::StateCode::parse);
    let finding = step.map(|step| Finding {
        step,
        body: Some("ICJ".into()),
        case: None,
        states: state.into_iter().collect(),
        persons: vec![],
        date: article.published,
        dated: false,
        again: false,
        score: 80,
        evidence: vec![],
    });
    Reading { developments: finding.into_iter().collect(), background: vec![] }
}

/// `guid: headline`, or `guid -30d: headline` for what was published so many days ago.
fn posting(text: &str, now: jiff::Timestamp) -> Posting {
    let (guid, title) = text.split_once(": ").unwrap();
    let (guid, days) = guid.split_once(" -").unwrap_or((guid, "0d"));
    let days: i64 = days.trim_end_matches('d').parse().unwrap();
    Posting {
        guid: Some(guid.into()),
        url: Some(format!("https://gazette.example/{guid}")),
        title: title.into(),
        published: Some(now - jiff::SignedDuration::from_hours(24 * days)),
        ..Posting::default()
    }
}

impl World {
    fn now(&self) -> jiff::Timestamp {
        "2026-03-02T08:00:00Z".parse::<jiff::Timestamp>().unwrap()
            + jiff::SignedDuration::from_mins(self.minutes)
    }

    fn fetched(&self, outcome: Outcome) -> Fetched {
        let pacing = crate::model::Pacing::default();
        Fetched { source: "gazette".into(), url: address(), at: self.now(), outcome, pacing }
    }

    fn batch(&self, source: &Source, lines: &[&str]) -> Batch {
        let postings = lines.iter().map(|line| posting(line, self.now())).collect();
        Batch {
            items: identify_all(source, postings, self.now()),
            problems: vec![],
            body_hash: *blake3::hash(lines.join("\n").as_bytes()).as_bytes(),
            ttl: None,
            without_rows: false,
        }
    }

    /// Takes in a fetch, remembers as the store would, and lets a quarter of an hour pass.
    fn take(&mut self, source: &Source, outcome: Outcome, batch: Option<Batch>) -> Intake {
        let fetched = self.fetched(outcome);
        let record = self.record.clone();
        let (rules, pace) = (Rules::default(), schedule::Policy::USUAL);
        let context = Context { source, rules: &rules, pace };
        let memory = Memory { record, seen: &self.seen, ledger: &mut self.ledger };
        let intake = take_in_by(&reader, &context, memory, (&fetched, batch));
        self.seen.extend(intake.seen.iter().copied());
        self.record = intake.record.clone();
        self.minutes += 15;
        intake
    }

    fn publish(&mut self, lines: &[&str]) -> Intake {
        let source = source("gazette");
        let batch = self.batch(&source, lines);
        self.take(&source, body("v"), Some(batch))
    }

    /// Publishes, and expects so many alerts.
    #[track_caller]
    fn check(&mut self, lines: &[&str], told: usize) -> Intake {
        let intake = self.publish(lines);
        assert_eq!(intake.tells.len(), told, "{:?}", intake.tells);
        intake
    }
}

fn body(etag: &str) -> Outcome {
    Outcome::Body(Document {
        bytes: etag.as_bytes().to_vec(),
        content_type: None,
        final_url: address(),
        validators: Validators { etag: Some(etag.into()), last_modified: None },
    })
}

fn problem() -> Problem {
    Problem { place: "document".into(), what: "no feed".into() }
}

/// A document that gave nothing but a problem.
fn unreadable(without_rows: bool) -> Batch {
    let (body_hash, ttl) = ([7; 32], Some(Duration::from_hours(99)));
    Batch { items: vec![], problems: vec![problem()], body_hash, ttl, without_rows }
}

#[test]
fn the_first_sight_is_quiet_and_the_next_item_is_told() {
    let mut world = World::default();
    let first = world.check(&["1: ruling.order AAA"], 0);
    assert_eq!(first.decisions[0].1, Novelty::Backfill);
    assert_eq!((first.items.len(), first.developments.len()), (1, 1));
    let second = world.check(&["2: ruling.judgment BBB", "1: ruling.order AAA"], 1);
    assert_eq!(second.items.len(), 1);
    assert_eq!(second.tells[0].development, second.developments[0].id);
}

#[test]
fn an_empty_first_sight_is_a_baseline_too() {
    let mut world = World::default();
    world.check(&[], 0);
    assert!(world.record.baseline.is_some());
    world.check(&["1: ruling.order AAA"], 1);
}

#[test]
fn taken_in_twice_says_nothing_the_second_time() {
    let mut world = World::default();
    world.check(&[], 0);
    let lines = ["3: ruling.order AAA", "2: ruling.order AAA", "1: warrant.issued BBB"];
    let first = world.check(&lines, 2);
    assert_eq!((first.items.len(), first.developments.len()), (3, 2));
    let second = world.check(&lines, 0);
    assert!(second.seen.is_empty() && second.items.is_empty() && second.developments.is_empty());
    assert!(second.changes.is_empty() && second.decisions.is_empty());
}

#[test]
fn after_a_restart_nothing_is_told_again() {
    let mut world = World::default();
    world.check(&[], 0);
    let intake = world.check(&["1: ruling.order AAA"], 1);
    world.ledger = Ledger::new(Baseline::default(), vec![], intake.developments);
    world.check(&["1: ruling.order AAA"], 0);
    world.check(&["2: ruling.order AAA", "1: ruling.order AAA"], 0);
}

#[test]
fn another_source_corroborates_and_the_court_confirms() {
    let mut world = World::default();
    world.check(&[], 0);
    world.check(&["1: ruling.order AAA"], 1);
    let court = source("icj");
    let batch = world.batch(&court, &["press/1: ruling.order AAA"]);
    let intake = world.take(&court, body("v"), Some(batch));
    let told: Vec<_> = intake.tells.iter().map(|tell| tell.kind).collect();
    assert_eq!(told, [TellKind::Grown], "only for channels that wait for more");
    assert_eq!(intake.decisions[0].2[0].decision, Decision::Corroborate);
    assert_eq!(intake.developments[0].status, crate::model::Status::Confirmed);
}

#[test]
fn an_edited_headline_is_read_again_and_told_once() {
    let mut world = World::default();
    world.check(&["1: Judges to rule today"], 0);
    let intake = world.check(&["1: ruling.order AAA"], 1);
    assert_eq!(intake.decisions[0].1, Novelty::Revised);
    world.check(&["1: ruling.order AAA and more"], 0);
}

#[test]
fn an_undated_item_edited_weeks_later_is_not_told_again() {
    let mut world = World::default();
    let gazette = source("gazette");
    world.check(&[], 0);
    for (title, told) in [("ruling.order AAA", 1), ("ruling.order AAA, corrected", 0)] {
        let mut batch = world.batch(&gazette, &[&format!("1: {title}")]);
        batch.items[0].posting.published = None;
        let intake = world.take(&gazette, body("v"), Some(batch));
        assert_eq!(intake.tells.len(), told);
        world.minutes += 60 * 24 * 40;
    }
}

#[test]
fn an_item_that_changes_at_every_fetch_is_read_a_bounded_number_of_times() {
    let mut world = World::default();
    world.check(&[], 0);
    let read =
        (0..40).filter(|n| !world.publish(&[&format!("1: ruling.order AAA {n}")]).items.is_empty());
    assert_eq!(read.count(), 25);
}

#[test]
fn an_old_item_that_comes_to_light_is_remembered_only() {
    let mut world = World::default();
    world.check(&[], 0);
    let intake = world.check(&["1 -30d: ruling.order AAA", "2 -10d: ruling.order BBB"], 1);
    assert_eq!(intake.developments.len(), 2);
}

#[test]
fn the_oldest_item_leads_the_development() {
    let mut world = World::default();
    world.check(&[], 0);
    let intake = world.check(
        &["3: ruling.order AAA late", "2: ruling.order AAA", "1 -1d: ruling.order AAA first"],
        1,
    );
    let titles: Vec<_> =
        intake.developments[0].reports.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["ruling.order AAA first", "ruling.order AAA", "ruling.order AAA late"]);
}

#[test]
fn a_document_that_nobody_could_read_keeps_the_old_validators() {
    let mut world = World::default();
    let gazette = source("gazette");
    let unreadable = unreadable(false);
    world.take(&gazette, body("broken"), Some(unreadable.clone()));
    assert_eq!((world.record.baseline, world.record.body_hash), (None, None));
    assert_eq!(world.record.validators, None);
    world.check(&["1: ruling.order AAA"], 0);
    let kept = world.record.clone();
    let intake = world.take(&gazette, body("broken"), Some(unreadable));
    assert_eq!(world.record.validators, kept.validators);
    assert_eq!(world.record.body_hash, kept.body_hash);
    assert_eq!(world.record.last_outcome, "unreadable: no feed");
    assert_eq!(intake.problems, [problem()]);
}

#[test]
fn a_page_that_is_first_seen_without_rows_is_a_baseline_too() {
    let mut world = World::default();
    let gazette = source("gazette");
    world.take(&gazette, body("quiet"), Some(unreadable(true)));
    assert_eq!(world.record.body_hash, None, "it is read again, for the list may have moved");
    world.check(&["1: ruling.order AAA"], 1);
}

#[test]
fn a_document_that_nobody_can_read_is_a_failure_and_the_next_address_is_asked() {
    let mut world = World::default();
    let fallback = Url::parse("https://mirror.example/rss").unwrap();
    let gazette = Source { urls: vec![address(), fallback.clone()], ..source("gazette") };
    let good = world.batch(&gazette, &["1: ruling.order AAA"]);
    world.take(&gazette, body("v"), Some(good.clone()));
    let last_good = world.record.last_good;
    for failures in 1..=3 {
        world.take(&gazette, body("broken"), Some(unreadable(false)));
        assert_eq!((world.record.failures, world.record.last_good), (failures, last_good));
    }
    assert_eq!(schedule::request(&gazette, &world.record, world.now()).url, fallback);
    assert_eq!(world.record.last_outcome, "unreadable: no feed");
    world.take(&gazette, body("v"), Some(good));
    assert_eq!(world.record.failures, 0);
    assert!(world.record.last_good > last_good);
}

#[test]
fn a_page_without_rows_is_quiet_until_it_had_some() {
    let mut world = World::default();
    let gazette = source("gazette");
    for _ in 0..2 {
        world.take(&gazette, body("quiet"), Some(unreadable(true)));
        assert_eq!((world.record.failures, &*world.record.last_outcome), (0, "no feed"));
        assert!(world.record.last_good.is_some());
    }
    world.check(&["1: ruling.order AAA"], 1);
    world.take(&gazette, body("quiet"), Some(unreadable(true)));
    let record = &world.record;
    assert_eq!((record.failures, &*record.last_outcome), (1, "unreadable: no feed"));
}

#[test]
fn the_same_bytes_are_not_read_and_renew_the_validators() {
    let mut world = World::default();
    let gazette = source("gazette");
    world.record.body_hash = Some(*blake3::hash(b"v").as_bytes());
    let fetched = world.fetched(body("v"));
    assert!(read(&gazette, None, &world.record, &fetched).is_none());
    world.take(&gazette, body("v"), None);
    assert_eq!(world.record.validators.as_ref().unwrap().1.etag.as_deref(), Some(&b"v"[..]));
    let fetched = world.fetched(body("w"));
    assert!(read(&gazette, None, &world.record, &fetched).is_some());
}

#[test]
fn a_304_replaces_what_it_carries_and_a_failure_nothing() {
    let mut world = World::default();
    let gazette = source("gazette");
    world.check(&[], 0);
    let newer = Validators { etag: None, last_modified: Some(b"today".to_vec()) };
    world.take(&gazette, Outcome::NotModified(newer), None);
    let validators = world.record.validators.clone().unwrap().1;
    assert_eq!(validators.etag.as_deref(), Some(&b"v"[..]));
    assert_eq!(validators.last_modified.as_deref(), Some(&b"today"[..]));
    let failure = Failure { cause: Cause::Connect, detail: "refused".into() };
    world.take(&gazette, Outcome::Failed(failure), None);
    assert_eq!(world.record.validators.clone().unwrap().1, validators);
}

#[test]
fn a_replayed_line_is_one_item_however_often_it_comes() {
    let at = Some("2026-03-02T08:00:00Z".parse().unwrap());
    let posting = Posting { guid: Some("a1".into()), published: at, ..Posting::default() };
    let item = replayed("The Gazette", posting.clone());
    assert_eq!(item.key, replayed("The Gazette", posting).key);
    assert_eq!(item.owner.as_str(), "The Gazette");
    assert!(is_fresh(&item));
}

proptest! {
    #[test]
    fn a_document_taken_in_twice_changes_nothing_the_second_time(
        before in proptest::collection::vec((0..6u8, 0..4usize), 0..6),
        after in proptest::collection::vec((0..6u8, 0..4usize), 0..6),
    ) {
        const TITLES: [&str; 4] = ["ruling.order AAA", "ruling.order BBB", "Nothing", "warrant.issued"];
        let lines = |drawn: Vec<(u8, usize)>| -> Vec<String> {
            drawn.into_iter().map(|(guid, title)| format!("{guid}: {}", TITLES[title])).collect()
        };
        let (before, after) = (lines(before), lines(after));
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
        let mut world = World::default();
        world.publish(&before);
        world.publish(&after);
        let again = world.publish(&after);
        prop_assert!(again.seen.is_empty() && again.items.is_empty() && again.tells.is_empty());
    }
}
