//! Real feeds, court pages and date strings, where they lie beside the project. They are not part
//! of it, so without them these checks say that they were skipped.

use std::{
    fs,
    path::{Path, PathBuf},
};

use haguewatch::{
    model::{Document, SourceKind, Validators},
    parse::{DateText, Parsed, Recipe, RecipeText, parse},
};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

fn shared(part: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")).join(part);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: ../shared is not here");
    None
}

fn read(kind: SourceKind, recipe: Option<&Recipe>, bytes: Vec<u8>) -> Parsed {
    let document = Document {
        bytes,
        content_type: None,
        final_url: "https://court.example/feed".parse().expect("a fixed address is sound"),
        validators: Validators::default(),
    };
    parse(kind, recipe, &document)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the corpus is readable") {
        let path = entry.expect("the corpus is readable").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
    found.sort();
}

/// Whether the bytes plainly hold an item with a title, in a charset that shows it.
fn has_items(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let whole = text.contains("</item>") || text.contains("</entry>");
    let first = text.find("<item").or_else(|| text.find("<entry"));
    let titled = first.is_some_and(|at| text[at..].contains("<title>"));
    whole && titled && ["<rss", "<feed", "RDF"].iter().any(|root| text.contains(root))
}

#[test]
fn the_feed_suites_are_read() {
    let Some(folder) = shared("feeds") else { return };
    let mut total = (0, 0);
    for suite in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if !suite.is_dir() {
            continue;
        }
        let mut paths = Vec::new();
        files(&suite, &mut paths);
        // The snapshots are hundreds of the same five feeds.
        let every = if suite.ends_with("news-snapshots") { 20 } else { 1 };
        let (mut with, mut read_well) = (0, 0);
        for path in paths.iter().step_by(every) {
            let extension = path.extension().and_then(|extension| extension.to_str());
            if !matches!(extension, Some("xml" | "rss" | "atom" | "html" | "rdf" | "json")) {
                continue;
            }
            let bytes = fs::read(path).unwrap();
            let expected = has_items(&bytes) && extension != Some("html");
            let parsed = read(SourceKind::Feed, None, bytes);
            assert!(parsed.problems.len() <= 51);
            with += usize::from(expected);
            read_well += usize::from(expected && !parsed.postings.is_empty());
            if expected && parsed.postings.is_empty() && std::env::var_os("CORPUS_SHOW").is_some() {
                println!("nothing read: {} {:?}", path.display(), parsed.problems);
            }
        }
        println!(
            "{}: {read_well} of {with} feeds with titled items give postings",
            suite.display()
        );
        total = (total.0 + with, total.1 + read_well);
    }
    println!("in all: {} of {}", total.1, total.0);
    assert!(total.1 * 1_000 >= total.0 * FLOOR, "{} of {}", total.1, total.0);
}

/// Documents in a thousand that must give postings. The rest are broken on purpose, or the title
/// is that of something inside the item.
const FLOOR: usize = 980;

fn recipe(item: &str, title: &str, link: &str, date: &str) -> Recipe {
    Recipe::compile(&RecipeText {
        item: item.into(),
        title: Some(title.into()),
        link: Some(link.into()),
        date: Some(DateText {
            selector: date.into(),
            format: vec!["%d %B %Y".into()],
            timezone: TimeZone::UTC,
        }),
        text: None,
    })
    .expect("the selectors are sound")
}

/// Stands for a title that is not ours to repeat.
fn fingerprint(title: &str) -> String {
    blake3::hash(title.as_bytes()).to_hex()[..8].to_owned()
}

fn check_court(part: &str, recipe: Option<&Recipe>, expected: &[(&str, &str)]) {
    let Some(path) = shared(part) else { return };
    let kind = if recipe.is_some() { SourceKind::Page } else { SourceKind::Feed };
    let parsed = read(kind, recipe, fs::read(path).expect("the corpus is readable"));
    let found: Vec<(String, String)> = parsed
        .postings
        .iter()
        .map(|posting| {
            let date = posting.published.map_or(String::new(), |moment| moment.to_string());
            (fingerprint(&posting.title), date)
        })
        .collect();
    let expected: Vec<(String, String)> =
        expected.iter().map(|(title, date)| ((*title).into(), (*date).into())).collect();
    assert_eq!(found, expected, "{part}");
    assert_eq!(parsed.problems, [], "{part}");
    assert!(parsed.postings.iter().all(|posting| posting.url.is_some()), "{part}");
}

#[test]
fn the_courts_own_documents_are_read() {
    check_court(
        "courts/icc/rss_xml_fragment_2026-07.xml",
        None,
        &[("eebe74cc", "2026-07-06T14:24:09Z")],
    );
    check_court(
        "courts/echr/hudoc_rss_fragment_2026-10.xml",
        None,
        &[("e3eee814", "2026-07-16T00:00:00Z")],
    );
    check_court(
        "courts/icj/rss_xml_fragment_retired_2026-07.xml",
        None,
        &[("07262fa9", "2026-06-30T15:23:40Z"), ("e90fa83c", "2026-06-30T15:23:38Z")],
    );
    check_court(
        "courts/icj/press_releases_row_shape.html",
        Some(&recipe(
            ".view-press-releases .views-row",
            ".views-field-field-document-long-title",
            ".views-field-field-press-release-number a[href]",
            ".views-field-field-date-of-the-document time",
        )),
        &[("e90fa83c", "2026-06-30T12:00:00Z")],
    );
    check_court(
        "courts/pca/news_2026-07-27_trimmed.html",
        Some(&recipe("section.news-items > article.news-item", "h4", "h4 a[href]", ".date")),
        &[
            ("e687d29e", "2026-07-20T00:00:00Z"),
            ("5e05c8df", "2026-07-14T00:00:00Z"),
            ("47bf46e9", "2026-07-07T00:00:00Z"),
        ],
    );
}

/// What a feed gives for a date string.
fn date(text: &str) -> Option<Timestamp> {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let feed = format!(
        "<rss version='2.0'><channel><item><title>T</title><pubDate>{text}</pubDate></item></channel></rss>"
    );
    read(SourceKind::Feed, None, feed.into_bytes()).postings.first()?.published
}

#[test]
fn dates_as_they_occur_are_read() {
    let Some(path) = shared("feeds/date_strings.tsv") else { return };
    let (mut all, mut good) = (0_u64, 0_u64);
    for line in fs::read_to_string(path).unwrap().lines() {
        let Some((count, text)) = line.split_once('\t') else { continue };
        let count: u64 = count.trim().parse().unwrap_or(0);
        all += count;
        good += if date(text).is_some() { count } else { 0 };
    }
    println!("{good} of {all} date strings are read");
    assert!(good * 1_000 >= all * 995, "{good} of {all}");
}

#[test]
fn odd_dates_agree_with_another_reader() {
    let Some(path) = shared("feeds/date_oracle_feedparser.json") else { return };
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut same = 0;
    for case in &cases {
        let (text, expected) = (case["input"].as_str().unwrap(), case["expected_utc"].as_str());
        let expected = expected.map(|text| text.parse::<Timestamp>().unwrap());
        let found = date(text);
        same += usize::from(found == expected);
        if found != expected {
            println!("{text}: {found:?}, expected {expected:?}");
        }
        // To miss an odd form is no harm, to misread one is.
        assert!(found.is_none() || expected.is_some(), "{text} is no date");
    }
    println!("{same} of {} odd dates agree", cases.len());
    assert!(same * 100 >= cases.len() * 75, "{same} of {}", cases.len());
}

const FIXTURES: [&[u8]; 6] = [
    include_bytes!("../fixtures/feeds/tribunal.rss.xml"),
    include_bytes!("../fixtures/feeds/ministry.atom.xml"),
    include_bytes!("../fixtures/feeds/gazette.rdf"),
    include_bytes!("../fixtures/feeds/outlet.json"),
    include_bytes!("../fixtures/feeds/unclosed-field.rss.xml"),
    include_bytes!("../fixtures/pages/arbitration-court.html"),
];

fn holds(bytes: &[u8]) {
    let recipe = recipe("article, item, entry", "h4, title", "a", "time, .date");
    for kind in [SourceKind::Feed, SourceKind::Page] {
        let parsed = read(kind, Some(&recipe), bytes.to_vec());
        assert!(parsed.problems.len() <= 51 && parsed.postings.len() <= 500);
        for url in parsed.postings.iter().filter_map(|posting| posting.url.as_deref()) {
            assert!(url.starts_with("http://") || url.starts_with("https://"), "{url}");
        }
        assert_eq!(
            parsed,
            read(kind, Some(&recipe), bytes.to_vec()),
            "the same bytes, the same reading"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        holds(&bytes);
    }

    #[test]
    fn any_damage_is_read_without_panic(
        fixture in 0..FIXTURES.len(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[<>&\"'/=\\[\\]{}!é\u{0}\u{feff}a-z ]{0,12}"), 1..8),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = FIXTURES[fixture].to_vec();
        for (at, len, with) in cuts {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let until = (at + len).min(bytes.len());
            bytes.splice(at..until, with.into_bytes());
        }
        if end.index(3) == 0 {
            bytes.truncate(end.index(bytes.len().max(1)));
        }
        holds(&bytes);
    }
}
