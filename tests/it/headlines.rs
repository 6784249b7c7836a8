//! How well the shipped rules read headlines that they were not written from.
//!
//! `tests/fixtures/headlines/` holds several hundred made-up headlines and leads on events of the
//! field. Each was labelled before it was first read, by people who did not know the rules; the
//! rules were then mended in general terms, never by example. The floors lie a little below what
//! was measured, so that an edit which breaks a way of saying things shows here.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use haguewatch::{
    classify::{Article, Classifier, classify},
    config::{self, Config},
    intake,
    ledger::{Baseline, Ledger},
    model::{Decision, Fact, Finding, Item, Posting, Reading},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

/// A headline with its label.
#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    title: String,
    text: String,
    published: String,
    gold: Gold,
}

impl Line {
    fn article(&self) -> Article<'_> {
        let published: Timestamp = self.published.parse().unwrap();
        let published = TimeZone::UTC.to_datetime(published).date();
        Article { title: &self.title, text: &self.text, published, voice: None }
    }
}

/// What a careful reader says of it.
#[derive(Debug, Deserialize)]
struct Gold {
    new: bool,
    kind: Option<String>,
    action: Option<String>,
    /// Another reading that is as right.
    #[serde(default)]
    also: Option<(String, Option<String>)>,
    body: Option<String>,
    states: Vec<String>,
    /// States that may be named or left out.
    #[serde(default)]
    also_states: Vec<String>,
    persons: Vec<String>,
    why_not: Option<String>,
    borderline: bool,
}

impl Gold {
    fn is_step(&self, finding: &Finding) -> bool {
        let step = (Some(finding.step.kind.as_str()), Some(finding.step.action.as_str()));
        let also = self.also.as_ref();
        let other = also.map(|(kind, action)| (Some(kind.as_str()), action.as_deref()));
        step == (self.kind.as_deref(), self.action.as_deref()) || Some(step) == other
    }
}

/// Right, too much, too little.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: u32,
    extra: u32,
    missing: u32,
}

impl Tally {
    fn add(&mut self, mine: &[String], theirs: &[String], free: &[String]) {
        let counts = |name: &&String| !free.contains(name);
        let known = |one: &[String], other: &[String], both: bool| {
            let some = one.iter().filter(counts).filter(|name| other.contains(name) == both);
            u32::try_from(some.count()).unwrap()
        };
        self.right += known(mine, theirs, true);
        self.extra += known(mine, theirs, false);
        self.missing += known(theirs, mine, false);
    }

    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.extra).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missing).max(1))
    }

    fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((2 * self.right + self.extra + self.missing).max(1))
    }
}

/// The figures of a set.
#[derive(Debug, Default)]
struct Figures {
    new: Tally,
    steps: Tally,
    states: Tally,
    persons: Tally,
    /// Per reason why an item is not new, how many were told of how many.
    told: BTreeMap<String, (u32, u32)>,
}

fn read(line: &Line) -> Reading {
    let article = line.article();
    classify(&CONFIG.rules, &article)
}

fn measure(lines: &[Line]) -> Figures {
    let mut figures = Figures::default();
    for line in lines.iter().filter(|line| !line.gold.borderline) {
        let reading = read(line);
        let gold = &line.gold;
        let found = reading.developments.iter();
        let best = found.max_by_key(|finding| gold.is_step(finding));
        let told = best.is_some();
        figures.new.right += u32::from(gold.new && told);
        figures.new.extra += u32::from(!gold.new && told);
        figures.new.missing += u32::from(gold.new && !told);
        if !gold.new {
            let why = gold.why_not.clone().unwrap_or_default();
            let class = figures.told.entry(why).or_default();
            *class = (class.0 + u32::from(told), class.1 + 1);
        }
        let right = gold.new && best.is_some_and(|best| gold.is_step(best));
        figures.steps.right += u32::from(right);
        figures.steps.extra += u32::from(told && !right);
        figures.steps.missing += u32::from(gold.new && !right);
        if let Some(best) = best.filter(|_| gold.new) {
            let states: Vec<String> = best.states.iter().map(ToString::to_string).collect();
            figures.states.add(&states, &gold.states, &gold.also_states);
            let persons: Vec<String> = best.persons.iter().map(|it| surname(it.as_str())).collect();
            let named: Vec<String> = gold.persons.iter().map(|it| surname(it)).collect();
            figures.persons.add(&persons, &named, &[]);
        }
        if gold.new != told || told && !right {
            let said: Vec<String> =
                reading.developments.iter().map(|finding| finding.step.to_string()).collect();
            println!("{} {:?} {:?}: {said:?} {}", line.id, gold.kind, gold.body, line.title);
        }
    }
    figures
}

fn surname(name: &str) -> String {
    name.split([' ', '.']).next_back().unwrap_or_default().to_lowercase()
}

/// The sets that were made first, read first and worked on first.
const EARLY: &[&str] = &["first", "second", "third", "fourth", "fifth", "sixth"];
/// The sets on events from 2002 on, with many names that nothing lists.
const LATE: &[&str] = &["seventh", "eighth"];

fn lines_of(sets: &[&str]) -> Vec<Line> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/headlines");
    let mut lines: Vec<Line> = Vec::new();
    for set in sets {
        let text = fs::read_to_string(folder.join(format!("{set}.jsonl"))).unwrap();
        lines.extend(text.lines().map(|line| serde_json::from_str::<Line>(line).unwrap()));
    }
    lines
}

#[test]
fn headlines_are_read_together_as_one_by_one() {
    let lines = lines_of(&[EARLY, LATE].concat());
    let mut classifier = Classifier::new(&CONFIG.rules);
    for some in lines.chunks(7) {
        let articles: Vec<Article<'_>> = some.iter().map(Line::article).collect();
        let together = classifier.read_all(&articles);
        let alone: Vec<Reading> =
            articles.iter().map(|article| classify(&CONFIG.rules, article)).collect();
        assert_eq!(together, alone);
    }
}

#[test]
fn labelled_headlines_are_read_well() {
    check(
        &lines_of(EARLY),
        &Floors { new: (0.98, 0.95), steps: 0.94, states: 0.92, persons: 0.90 },
    );
}

#[test]
fn headlines_of_other_years_and_names_are_read_well() {
    check(&lines_of(LATE), &Floors { new: (0.95, 0.87), steps: 0.86, states: 0.90, persons: 0.85 });
}

/// What the figures must not fall below: precision and recall of news, F1 of the rest.
struct Floors {
    new: (f64, f64),
    steps: f64,
    states: f64,
    persons: f64,
}

#[track_caller]
fn check(lines: &[Line], floors: &Floors) {
    assert!(lines.len() > 300, "{} headlines", lines.len());
    let figures = measure(lines);
    let Figures { new, steps, states, persons, told } = &figures;
    println!(
        "{} headlines; new: P {:.3} R {:.3}; step F1 {:.3}; states F1 {:.3}; persons F1 {:.3}; {told:?}",
        lines.len(),
        new.precision(),
        new.recall(),
        steps.f1(),
        states.f1(),
        persons.f1(),
    );
    let floors = [
        ("precision", new.precision(), floors.new.0),
        ("recall", new.recall(), floors.new.1),
        ("steps", steps.f1(), floors.steps),
        ("states", states.f1(), floors.states),
        ("persons", persons.f1(), floors.persons),
    ];
    for (what, measured, floor) in floors {
        assert!(measured >= floor, "{what}: {measured:.3} is below {floor}: {figures:#?}");
    }
    for (why, (told, of)) in told {
        // One slip is allowed where there are few.
        let limit = if why.as_str() == "local-court" { 0.015 } else { 0.05 };
        let share = f64::from(told.saturating_sub(1)) / f64::from(*of);
        assert!(share <= limit, "{told} of {of} that are only {why} were told");
    }
}

/// An extra check on real, labelled headlines where they are at hand: floors well below what was
/// measured, so that a rule which breaks something shows.
#[test]
fn labelled_headlines_of_the_shared_set_are_read_well() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/dev.jsonl");
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared is not here");
        return;
    };
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = told(&lines);
    let (mut right, mut false_alarms, mut missed) = (0_u32, 0_u32, 0_u32);
    for line in &lines {
        let gold = &line["gold"];
        let new = gold["new"].as_bool().unwrap();
        let scope = gold["scope"].as_str().unwrap();
        let counts = scope == "core" || !new && scope == "out";
        if gold["borderline"].as_bool().unwrap() || !counts {
            continue;
        }
        match (new, told[line["id"].as_str().unwrap()]) {
            (true, true) => right += 1,
            (true, false) => missed += 1,
            (false, true) => false_alarms += 1,
            (false, false) => {}
        }
    }
    let precision = f64::from(right) / f64::from(right + false_alarms);
    let recall = f64::from(right) / f64::from(right + missed);
    eprintln!("new: precision {precision:.3}, recall {recall:.3}");
    assert!(precision > 0.90 && recall > 0.80, "precision {precision:.3}, recall {recall:.3}");
}

/// Which lines are told, by id, when the stream is run through reading and ledger.
fn told(lines: &[serde_json::Value]) -> BTreeMap<String, bool> {
    let text = |line: &serde_json::Value, key: &str| {
        line[key].as_str().map(str::to_owned).unwrap_or_default()
    };
    let mut items: Vec<(String, Item)> = lines
        .iter()
        .map(|line| {
            let posting = Posting {
                guid: Some(text(line, "id")),
                title: text(line, "title"),
                text: text(line, "text"),
                published: Some(text(line, "published").parse().unwrap()),
                ..Posting::default()
            };
            (text(line, "id"), intake::replayed(&text(line, "source"), posting))
        })
        .collect();
    items.sort_by_key(|(id, item)| (item.posting.published, id.clone()));
    let first = TimeZone::UTC.to_datetime(items[0].1.moment()).date();
    let known: Vec<Fact> =
        CONFIG.baseline.facts.iter().filter(|fact| fact.since < first).cloned().collect();
    let baseline = Baseline { facts: known, ..CONFIG.baseline.clone() };
    let mut ledger = Ledger::new(baseline, Vec::new(), Vec::new());
    let tells = |decision| {
        matches!(decision, Decision::Announce | Decision::Update | Decision::Corroborate)
    };
    items
        .into_iter()
        .map(|(id, item)| {
            let decided = intake::replay_item(&CONFIG.rules, &mut ledger, &item, None);
            (id, decided.iter().any(|decided| tells(decided.decision)))
        })
        .collect()
}
