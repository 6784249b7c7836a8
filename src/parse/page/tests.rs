use jiff::tz::TimeZone;

use crate::{
    model::{Document, SourceKind, Validators},
    parse::{DateText, Parsed, Recipe, RecipeText, parse},
};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/pages/", $name))
    };
}

/// A recipe of the parts in this order: title, link, date, date format, text; empty for none.
fn recipe(item: &str, [title, link, date, format, text]: [&str; 5]) -> Recipe {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Recipe::compile(&RecipeText {
        item: item.into(),
        title: given(title),
        link: given(link),
        date: given(date).map(|selector| DateText {
            selector,
            format: given(format).into_iter().collect(),
            timezone: TimeZone::get("Europe/Amsterdam").unwrap(),
        }),
        text: given(text),
    })
    .unwrap()
}

fn read(bytes: &[u8], recipe: &Recipe) -> Parsed {
    let document = Document {
        bytes: bytes.to_vec(),
        content_type: Some("text/html; charset=utf-8".into()),
        final_url: "https://court.example/press-releases".parse().unwrap(),
        validators: Validators::default(),
    };
    parse(SourceKind::Page, Some(recipe), &document)
}

/// One line a posting: address, date, title, text; then one a problem.
fn check(bytes: &[u8], recipe: &Recipe, expected: &[&str]) {
    let parsed = read(bytes, recipe);
    let mut found: Vec<String> = parsed
        .postings
        .iter()
        .map(|posting| {
            let date = posting.published.map_or("-".into(), |moment| moment.to_string());
            let url = posting.url.as_deref().unwrap_or("-");
            format!("{url} | {date} | {} | {}", posting.title, posting.text)
        })
        .collect();
    found.extend(
        parsed.problems.iter().map(|problem| format!("! {}: {}", problem.place, problem.what)),
    );
    assert_eq!(found, expected);
}

#[test]
fn rows_with_the_link_on_a_number_and_the_date_in_an_attribute() {
    let recipe = recipe(
        ".view-press-releases .views-row",
        [
            ".views-field-field-document-long-title",
            ".views-field-field-press-release-number a[href]",
            "time",
            "%d %B %Y",
            "",
        ],
    );
    check(
        fixture!("world-court.html"),
        &recipe,
        &[
            "https://court.example/sites/default/files/200/200-20260630-pre-01-00-en.pdf | 2026-06-30T12:00:00Z | Jorland files a declaration of intervention in Korland v. Lorland | ",
            "https://court.example/sites/default/files/199/199-20260612-pre-01-00-en.pdf | 2026-06-11T22:00:00Z | Morland v. Norland Hearings to open on 1 September | ",
        ],
    );
    let matched = read(fixture!("world-court.html"), &recipe).matched;
    let dates: Vec<_> = matched.iter().filter(|found| found.field == "date").collect();
    assert_eq!((dates[0].posting, dates[0].raw.as_str()), (0, "2026-06-30T12:00:00Z"));
    assert_eq!((dates[1].posting, dates[1].raw.as_str()), (1, "12 June 2026"));
    assert_eq!(dates[1].selector, "time");
}

#[test]
fn rows_that_begin_with_an_empty_link_and_end_with_read_more() {
    let expected = [
        "https://arbitration.example/en/news/9001/ | 2026-07-19T22:00:00Z | Press Release – Accession of Orland to the Convention | ",
        "https://arbitration.example/en/news/porland-agreement/ | 2026-07-06T22:00:00Z | Host Country Agreement with Porland | ",
    ];
    let page = fixture!("arbitration-court.html");
    let rows = "section.news-items > article.news-item";
    check(page, &recipe(rows, ["h4", "h4 a[href]", ".date", "%d %B %Y", ""]), &expected);
    // Without selectors, the first link with text gives link and title.
    check(page, &recipe(rows, ["", "", ".date", "", ""]), &expected);
}

#[test]
fn one_row_may_lack_what_others_have() {
    check(
        fixture!("sea-tribunal.html"),
        &recipe("#calendar .event", ["h3", "a", "span", "%d %B %Y", ":scope > p"]),
        &[
            "- | 2026-09-17T22:00:00Z | Atelier sur les différends | Ouvert par le Président.",
            "https://court.example/pdf/C41.pdf | 2026-08-03T22:00:00Z | Affaire no 41 | Ordonnance du 4 août 2026.",
            "https://court.example/pdf/C42.pdf | - | Audience | ",
            "! item 1: the link `javascript:void(0)` is no web address; left out",
            "! item 3: says nothing; left out",
        ],
    );
}

#[test]
fn a_part_that_no_row_has_is_a_problem() {
    check(
        fixture!("sea-tribunal.html"),
        &recipe("#calendar .event:first-child", ["h3", "", "time", "%d %B %Y", "h3"]),
        &[
            "- | - | Atelier sur les différends | Atelier sur les différends",
            "! item 1: the link `javascript:void(0)` is no web address; left out",
            "! selector `time`: no row has a date here",
        ],
    );
}

#[test]
fn a_page_without_rows_is_a_fault() {
    check(
        fixture!("challenge.html"),
        &recipe("article", ["h2", "", "", "", ""]),
        &["! document: no rows matched `article` in the page “Just a moment...”"],
    );
    check(b"", &recipe("li", ["", "", "", "", ""]), &["! document: no rows matched `li`"]);
}

#[test]
fn a_quiet_page_is_told_from_another_page_in_its_place() {
    let recipe = recipe("li", ["", "", "", "", ""]);
    let quiet = |page: &str| read(page.as_bytes(), &recipe).without_rows;
    assert!(quiet("<title>Press releases</title><ul></ul>"));
    assert!(!quiet("<title>Press releases</title><ul><li>One</ul>"));
    assert!(!quiet("<title>Just a moment...</title>"));
    assert!(!quiet("<title>503 Service Unavailable</title>"));
    assert!(!quiet(" "));
}

#[test]
fn a_row_that_is_itself_a_link_or_stands_in_one() {
    check(
        b"<ul><a class=row href=/1><h3>One</h3></a><a href=/2><li class=row><h3>Two</h3></li></a></ul>",
        &recipe(".row", ["h3", ".row", "", "", ""]),
        &["https://court.example/1 | - | One | ", "https://court.example/2 | - | Two | "],
    );
}

#[test]
fn without_a_selector_a_row_in_a_link_has_that_link() {
    check(
        b"<a href=/2><li class=row><h3>Two</h3></li></a>",
        &recipe(".row", ["h3", "", "", "", ""]),
        &["https://court.example/2 | - | Two | "],
    );
}

#[test]
fn rows_inside_of_rows_are_one_row() {
    check(
        b"<div class=r><p>A</p><div class=r><p>B</p></div></div><div class=r><p>C</p></div>",
        &recipe(".r", ["p", "", "", "", ""]),
        &["- | - | A | ", "- | - | C | "],
    );
}

#[test]
fn a_bomb_gives_what_stood_before_it() {
    let page = format!("<article><h2>Kept</h2></article>{}", "<div>".repeat(40_000));
    let parsed = read(page.as_bytes(), &recipe("article", ["h2", "", "", "", ""]));
    assert_eq!(parsed.postings[0].title, "Kept");
    assert_eq!(parsed.problems.len(), 1);
}
