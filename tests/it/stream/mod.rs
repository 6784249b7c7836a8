//! A simulated stream through the real pipeline: no development is missed, none is told twice, and
//! neither order nor repetition nor a second run of the archive changes anything.

mod generator;

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
    time::Duration,
};

use haguewatch::{
    classify::Rules,
    config::{self, Config},
    dedup::identify_all,
    intake::{self, Batch, Context, Memory},
    ledger::{Baseline, Ledger},
    model::{
        Development, DevelopmentId, Document, Fact, Fetched, ItemKey, Origin, Outcome, Pacing,
        PersonName, Posting, SeenMark, Source, SourceKind, SourceRecord, StateCode, Status,
        TellKind, Validators,
    },
    schedule,
    state::Store,
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

pub(crate) use generator::Dice;
use generator::{OUTLETS, Published, SMALL, Size, Stream, WHOLE};

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

fn rules() -> &'static Rules {
    &CONFIG.rules
}

/// The shipped moves, and nothing known: what the stream makes up happened nowhere.
fn nothing_known() -> Baseline {
    Baseline { facts: Vec::new(), ..CONFIG.baseline.clone() }
}

fn outlet(number: usize) -> Source {
    let id = format!("outlet-{number:02}");
    Source {
        urls: vec![Url::parse(&format!("https://{id}.example/rss")).unwrap()],
        owner: id.as_str().into(),
        id: id.as_str().into(),
        kind: SourceKind::Feed,
        every: Duration::from_mins(15),
        voice: None,
    }
}

/// The poll loop's memory without its network.
struct World {
    records: Vec<SourceRecord>,
    seen: HashMap<ItemKey, SeenMark>,
    ledger: Ledger,
    store: Store,
    /// Every tell, with the day on which it was decided.
    tells: Vec<(DevelopmentId, TellKind)>,
}

impl World {
    /// A world in which every outlet was read once, and had nothing.
    fn new() -> Self {
        let baseline = Some(Timestamp::UNIX_EPOCH);
        let record = SourceRecord { baseline, ..SourceRecord::default() };
        Self {
            records: vec![record; OUTLETS],
            seen: HashMap::new(),
            ledger: Ledger::new(nothing_known(), vec![], vec![]),
            store: Store::temporary().unwrap(),
            tells: Vec::new(),
        }
    }

    /// Takes in what an outlet published on a day.
    fn take(&mut self, number: usize, at: Timestamp, published: &[&Published]) {
        let source = outlet(number);
        let posting = |one: &&Published| {
            let id = blake3::hash(format!("{one:?}").as_bytes()).to_hex();
            Posting {
                guid: Some(id.to_string()),
                url: Some(format!("https://outlet-{number:02}.example/{id}")),
                title: one.title.clone(),
                text: one.text.clone(),
                published: Some(moment(one.day, 8)),
                updated: None,
            }
        };
        let batch = Batch {
            items: identify_all(&source, published.iter().map(posting).collect(), at),
            problems: vec![],
            body_hash: *blake3::hash(format!("{published:?}").as_bytes()).as_bytes(),
            ttl: None,
            without_rows: false,
        };
        let url = source.urls[0].clone();
        let document = Document {
            bytes: vec![],
            content_type: None,
            final_url: url.clone(),
            validators: Validators::default(),
        };
        let (outcome, pacing) = (Outcome::Body(document), Pacing::default());
        let fetched = Fetched { source: source.id.clone(), url, at, outcome, pacing };
        let context = Context { source: &source, rules: rules(), pace: schedule::Policy::USUAL };
        let record = self.records[number].clone();
        let memory = Memory { record, seen: &self.seen, ledger: &mut self.ledger };
        let intake = intake::take_in(&context, memory, &fetched, Some(batch));
        self.store.commit_intakes(std::slice::from_ref(&intake)).unwrap();
        self.seen.extend(intake.seen);
        self.records[number] = intake.record;
        self.tells.extend(intake.tells.into_iter().map(|tell| (tell.development, tell.kind)));
    }

    /// Lets the days pass; `dice` says in which order the outlets are asked.
    fn live(&mut self, size: Size, stream: &[Published], dice: &mut Dice) {
        for day in 0..size.days + 5 {
            let mut outlets: Vec<usize> = (0..OUTLETS).collect();
            dice.shuffle(&mut outlets);
            for (minute, number) in (0..).zip(outlets) {
                let here = |one: &&Published| one.day == day && one.outlet == number;
                let mut published: Vec<&Published> = stream.iter().filter(here).collect();
                dice.shuffle(&mut published);
                let at = moment(day, 9) + SignedDuration::from_mins(minute);
                self.take(number, at, &published);
            }
        }
    }

    /// How often each development was told as new, by step and whom it concerns.
    fn told(&self) -> BTreeMap<(String, String), usize> {
        let mut told = BTreeMap::new();
        for (id, _) in self.tells.iter().filter(|(_, kind)| *kind == TellKind::New) {
            *told.entry(key(self.ledger.development(id).unwrap())).or_default() += 1;
        }
        told
    }
}

fn moment(day: usize, hour: i64) -> Timestamp {
    let first: Timestamp = "2026-01-05T00:00:00Z".parse().unwrap();
    first + SignedDuration::from_hours(24 * i64::try_from(day).unwrap() + hour)
}

fn key(development: &Development) -> (String, String) {
    let persons: Vec<&str> = development.persons.iter().map(PersonName::as_str).collect();
    let states: Vec<&str> = development.states.iter().map(StateCode::as_str).collect();
    let whom = if persons.is_empty() { states.join(" ") } else { persons.join(" ") };
    (development.step.to_string(), whom)
}

#[test]
fn in_sixty_days_no_development_is_missed_and_none_is_told_twice() {
    let stream = Stream::of(WHOLE, 7);
    assert_eq!(stream.truths.len(), 120);
    let mut world = World::new();
    world.live(WHOLE, &stream.published, &mut Dice::new(1));

    let once: BTreeMap<_, _> = stream
        .truths
        .iter()
        .map(|truth| ((truth.step.to_owned(), truth.whom.clone()), 1))
        .collect();
    assert_eq!(world.told(), once);
    let told: BTreeMap<_, _> = world.ledger.developments().map(|it| (key(it), it)).collect();
    for truth in &stream.truths {
        let development = told[&(truth.step.to_owned(), truth.whom.clone())];
        assert_eq!(development.owners(), truth.owners, "{truth:?}");
        let status = match (truth.denied, truth.owners) {
            (true, _) => Status::Disputed,
            (false, 1) => Status::Reported,
            (false, _) => Status::Corroborated,
        };
        assert_eq!(development.status, status, "{truth:?}");
        assert!(
            development
                .reports
                .iter()
                .all(|report| !report.joined.why.is_empty() && !report.evidence.is_empty()),
            "{truth:?}"
        );
    }
    let corrections = stream.truths.iter().filter(|truth| truth.denied).count();
    let updates = world.tells.iter().filter(|(_, kind)| *kind == TellKind::Update).count();
    assert!(corrections > 0);
    assert_eq!(updates, corrections, "each correction is told once");
}

#[test]
fn twenty_shuffles_within_a_day_and_a_second_feeding_give_the_same_developments() {
    let stream = Stream::of(SMALL, 3);
    let developments = |world: &World| -> BTreeMap<_, _> {
        let all = world.ledger.developments();
        all.map(|it| (it.id.clone(), (key(it), it.status, it.owners(), it.reports.len()))).collect()
    };
    let mut first = World::new();
    first.live(SMALL, &stream.published, &mut Dice::new(0));
    let (known, told) = (developments(&first), first.told());
    assert_eq!(told.len(), stream.truths.len());
    for seed in 1..=20 {
        let mut world = World::new();
        world.live(SMALL, &stream.published, &mut Dice::new(seed));
        assert_eq!((developments(&world), world.told()), (known.clone(), told.clone()), "{seed}");
    }
    first.tells.clear();
    first.live(SMALL, &stream.published, &mut Dice::new(21));
    assert_eq!((developments(&first), first.tells.len()), (known, 0));
}

#[test]
fn the_archive_run_again_rebuilds_the_ledger_byte_for_byte() {
    let stream = Stream::of(SMALL, 11);
    let mut world = World::new();
    world.live(SMALL, &stream.published, &mut Dice::new(5));

    let mut items: Vec<_> = world.store.items().collect::<Result<_, _>>().unwrap();
    intake::in_order(&mut items);
    let mut again = Ledger::new(nothing_known(), vec![], vec![]);
    for item in &items {
        intake::rerun(rules(), &mut again, item, None);
    }
    let bytes = |developments: Vec<Development>, facts: Vec<Fact>| {
        let mut facts: Vec<String> = facts.iter().map(|fact| format!("{fact:?}")).collect();
        facts.sort();
        (format!("{developments:#?}"), facts)
    };
    let rebuilt = bytes(
        again.developments().cloned().collect(),
        again.facts().filter(|fact| fact.origin != Origin::Baseline).cloned().collect(),
    );
    let stored = bytes(world.store.developments().unwrap(), world.store.facts().unwrap());
    assert!(stored.0.len() > 1_000 && stored.1.len() > 5);
    assert_eq!(rebuilt, stored);
}
