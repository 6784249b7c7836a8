//! What taking in one item costs when the state holds ten thousand items, and when it holds a
//! million: the curve should be flat. `cargo bench --bench growth` prints the time of one item; the
//! largest state takes minutes to fill.

use std::sync::LazyLock;

use divan::{Bencher, black_box, counter::ItemsCount};
use haguewatch::{
    config::{self, Config},
    dedup,
    intake::{self, Batch, Context, Memory},
    ledger::{Baseline, Ledger},
    model::{
        Document, Fetched, Outcome, Pacing, Posting, Source, SourceKind, SourceRecord, Validators,
    },
    schedule,
    state::Store,
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

/// Items in the state.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// One item in so many reports something: real streams have fewer.
const TELLING: usize = 100;

/// Items of one fetch while the state is filled.
const CHUNK: usize = 1_000;

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn take_in_a_headline_that_says_nothing(bencher: Bencher<'_, '_>, size: usize) {
    measure(bencher, size, |_| "Ministers agree on milk prices".to_owned());
}

#[divan::bench(args = SIZES)]
fn take_in_a_report(bencher: Bencher<'_, '_>, size: usize) {
    measure(bencher, size, report);
}

fn measure(bencher: Bencher<'_, '_>, size: usize, title: fn(usize) -> String) {
    let mut world = World::filled(size);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let next = world.items;
        world.take(1, &title(next));
        black_box(&world.record);
    });
}

/// A report of one of very many developments: another state, another year.
fn report(number: usize) -> String {
    let states = &CONFIG.rules.definitions().states;
    let state = &states[number / TELLING % states.len()].name;
    format!("{state} imposes sanctions on ICC judges")
}

/// A source's poll loop without its network.
struct World {
    source: Source,
    record: SourceRecord,
    ledger: Ledger,
    store: Store,
    items: usize,
}

impl World {
    fn filled(size: usize) -> Self {
        let url = Url::parse("https://news.example/feed.xml").expect("the literal is an address");
        let source = Source {
            id: "bench".into(),
            kind: SourceKind::Feed,
            urls: vec![url],
            every: std::time::Duration::from_mins(15),
            voice: None,
            owner: "bench".into(),
        };
        let baseline = Baseline { facts: Vec::new(), ..CONFIG.baseline.clone() };
        let known = Some(Timestamp::UNIX_EPOCH);
        let mut world = Self {
            source,
            record: SourceRecord { baseline: known, ..SourceRecord::default() },
            ledger: Ledger::new(baseline, Vec::new(), Vec::new()),
            store: Store::temporary().expect("a temporary folder can be made"),
            items: 0,
        };
        while world.items < size {
            let count = CHUNK.min(size - world.items);
            world.take(count, "");
        }
        world
    }

    /// Takes in so many new items; without a title every hundredth is a report. Twenty come in an
    /// hour, so that a larger state is an older one.
    fn take(&mut self, count: usize, title: &str) {
        let moment = |number: usize| {
            let minutes = i64::try_from(number * 3).expect("minutes of a few years");
            Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
        };
        let postings = (self.items..self.items + count).map(|number| Posting {
            guid: Some(format!("news-{number}")),
            url: Some(format!("https://news.example/{number}")),
            title: match title {
                "" if number % TELLING == 0 => report(number),
                "" => format!("Ministers agree on milk prices, round {number}"),
                title => title.to_owned(),
            },
            text: "Officials of both sides met in the capital on Tuesday.".to_owned(),
            published: Some(moment(number)),
            updated: None,
        });
        let at = moment(self.items + count);
        let batch = Batch {
            items: dedup::identify_all(&self.source, postings.collect(), at),
            problems: Vec::new(),
            body_hash: *blake3::hash(&self.items.to_le_bytes()).as_bytes(),
            ttl: None,
            without_rows: false,
        };
        let final_url = self.source.urls[0].clone();
        let fetched = Fetched {
            source: self.source.id.clone(),
            url: final_url.clone(),
            at,
            outcome: Outcome::Body(Document {
                bytes: Vec::new(),
                content_type: None,
                final_url,
                validators: Validators::default(),
            }),
            pacing: Pacing::default(),
        };
        let seen = self.store.seen(&batch.keys()).expect("the store can be read");
        let context =
            Context { source: &self.source, rules: &CONFIG.rules, pace: schedule::Policy::USUAL };
        let memory = Memory { record: self.record.clone(), seen: &seen, ledger: &mut self.ledger };
        let intake = intake::take_in(&context, memory, &fetched, Some(batch));
        self.record = intake.record.clone();
        self.store.commit_intakes(&[intake]).expect("the store can be written");
        self.items += count;
    }
}
