//! What the stages cost: reading headlines, parsing a feed, identifying items, taking in and
//! committing what is new. `cargo bench` prints items a second.

use std::sync::LazyLock;

use divan::{Bencher, black_box, counter::ItemsCount};
use haguewatch::{
    classify::{Article, classify},
    config::{self, Config},
    dedup, intake,
    ledger::Ledger,
    model::{
        Document, Fetched, Outcome, Pacing, Posting, Source, SourceKind, SourceRecord, Validators,
    },
    parse, schedule,
    state::Store,
};
use jiff::{Timestamp, civil::date};
use url::Url;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

fn main() {
    divan::main();
}

/// Headlines that say something: the examples and counter-examples of the shipped rules.
fn headlines() -> Vec<String> {
    let rules = &CONFIG.rules.definitions().rules;
    rules.iter().flat_map(|rule| rule.examples.iter().chain(&rule.counter).cloned()).collect()
}

const LEAD: &str = "Officials of both sides met in the capital on Tuesday for talks about trade and \
    the climate. A further round is planned for the autumn, a spokeswoman said after the meeting.";

#[divan::bench]
fn classify_headlines_that_say_something(bencher: Bencher<'_, '_>) {
    let headlines = headlines();
    bencher.counter(ItemsCount::new(headlines.len())).bench(|| {
        for title in &headlines {
            let published = date(2026, 1, 15);
            black_box(classify(
                &CONFIG.rules,
                &Article { title, text: LEAD, published, voice: None },
            ));
        }
    });
}

#[divan::bench]
fn classify_headlines_of_other_things(bencher: Bencher<'_, '_>) {
    let headlines: Vec<String> = (0..256)
        .map(|n| format!("Farmers and ministers agree on a price for milk, round {n}"))
        .collect();
    bencher.counter(ItemsCount::new(headlines.len())).bench(|| {
        for title in &headlines {
            let published = date(2026, 1, 15);
            black_box(classify(
                &CONFIG.rules,
                &Article { title, text: LEAD, published, voice: None },
            ));
        }
    });
}

#[divan::bench]
fn parse_a_feed_of_30_items(bencher: Bencher<'_, '_>) {
    let document = document(30);
    bencher
        .counter(ItemsCount::new(30_usize))
        .bench(|| black_box(parse::parse(SourceKind::Feed, None, &document)));
}

#[divan::bench]
fn identify_30_items(bencher: Bencher<'_, '_>) {
    let source = source();
    let postings: Vec<Posting> = parse::parse(SourceKind::Feed, None, &document(30)).postings;
    bencher
        .counter(ItemsCount::new(postings.len()))
        .with_inputs(|| postings.clone())
        .bench_values(|postings| dedup::identify_all(&source, postings, Timestamp::UNIX_EPOCH));
}

#[divan::bench(sample_count = 20)]
fn take_in_and_commit_500_new_items(bencher: Bencher<'_, '_>) {
    let source = source();
    let fetched = Fetched {
        source: source.id.clone(),
        url: source.urls[0].clone(),
        at: Timestamp::UNIX_EPOCH,
        outcome: Outcome::Body(document(500)),
        pacing: Pacing::default(),
    };
    bencher
        .counter(ItemsCount::new(500_usize))
        .with_inputs(|| {
            let ledger = Ledger::new(CONFIG.baseline.clone(), Vec::new(), Vec::new());
            (Store::temporary().expect("a temporary folder can be made"), ledger)
        })
        .bench_values(|(store, mut ledger)| {
            let record =
                SourceRecord { baseline: Some(Timestamp::UNIX_EPOCH), ..SourceRecord::default() };
            let batch = intake::read(&source, None, &record, &fetched);
            let keys = batch.as_ref().map(intake::Batch::keys).unwrap_or_default();
            let seen = store.seen(&keys).expect("the store can be read");
            let context = intake::Context {
                source: &source,
                rules: &CONFIG.rules,
                pace: schedule::Policy::USUAL,
            };
            let memory = intake::Memory { record, seen: &seen, ledger: &mut ledger };
            let intake = intake::take_in(&context, memory, &fetched, batch);
            store.commit_intakes(&[intake]).expect("the store can be written");
            store
        });
}

fn source() -> Source {
    Source {
        id: "bench".into(),
        kind: SourceKind::Feed,
        urls: vec![address("https://news.example/feed.xml")],
        every: std::time::Duration::from_mins(15),
        voice: None,
        owner: "bench".into(),
    }
}

/// A feed of made-up items of about the length that newsrooms give.
fn document(items: usize) -> Document {
    let item = |n: usize| {
        format!(
            "<item><title>Ministers agree on milk prices, round {n}</title>\
             <link>https://news.example/{n}?utm_source=feed</link><guid>news-{n}</guid>\
             <pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>\
             <description>&lt;p&gt;{LEAD} {LEAD}&lt;/p&gt;</description></item>"
        )
    };
    let items: Vec<String> = (0..items).map(item).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>\
         <title>Example</title>{}</channel></rss>",
        items.concat()
    );
    Document {
        bytes: xml.into_bytes(),
        content_type: Some("application/rss+xml".to_owned()),
        final_url: address("https://news.example/feed.xml"),
        validators: Validators::default(),
    }
}

fn address(text: &str) -> Url {
    Url::parse(text).expect("the literal is an address")
}
