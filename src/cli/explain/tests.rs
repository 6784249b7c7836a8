//! Whole explanations over rules that are made up here, so that nobody who edits the shipped ones
//! changes them.

mod made_up;

use jiff::civil::date;
use serde_json::Value;

use super::{
    json,
    page::{Look, Page},
    told::Told,
};
use crate::{
    app,
    classify::{Article, explain},
    ops::ItemRow,
};

/// What `tell` makes of a headline and a lead.
fn told<T>(title: &str, text: &str, tell: impl FnOnce(&Told<'_>) -> T) -> T {
    let rules = made_up::rules();
    let article = Article { title, text, published: date(2026, 11, 2), voice: None };
    let item = ItemRow {
        key: String::new(),
        source: String::new(),
        title: title.into(),
        text: text.into(),
        url: None,
        at: "2026-11-02T10:00:00Z".into(),
    };
    tell(&Told {
        item: &item,
        explanation: explain(&rules, &article),
        names: &app::names(&rules),
        joined: Vec::new(),
        ledger: Vec::new(),
    })
}

fn page(title: &str, text: &str, look: Look) -> String {
    told(title, text, |told| {
        let mut page = Page::new(look);
        told.write(&mut page);
        page.text().to_owned()
    })
}

const LOOK: Look = Look { width: 80, colour: false, full: false };

#[track_caller]
fn check(title: &str, text: &str, expected: &str) {
    let shown = page(title, text, LOOK);
    assert_eq!(shown, expected, "\n{shown}");
}

#[test]
fn what_is_reported_is_said_first_and_summed_up_last() {
    check(
        "CT issues arrest warrant for Zero",
        "",
        "\
Reported: the Court of Tides issued an arrest warrant for Hans Zero
  (warrant.issued).
  body: CT; states: Ruritania; persons: Hans Zero; on 2026-11-02 (day of
    publication); score 110

  CT issues arrest warrant for Zero
  ^^ ^^^^^^ ^^^^^^^^^^^^^^     ----
  |  |      object             Hans Zero
  |  warrant.issued
  actor

  ^^^ what a rule reads, --- known names

Rules that fit
  warrant.issued on “issues”: reported
    by “CT”, on “arrest warrant”
    rule 75 + body in the clause 15 + headline 20 = 110, at least 90 needed
",
    );
}

#[test]
fn a_cue_is_shown_with_what_it_reaches() {
    check(
        "Freedonia urges CT to issue warrant for Zero",
        "",
        "\
Not news: that the Court of Tides issued an arrest warrant for Hans Zero is only
  urged, because of “urges” (warrant.issued).
  body: CT; states: Freedonia, Ruritania; persons: Hans Zero; on 2026-11-02 (day
    of publication); score 110

  Freedonia urges CT to issue warrant for Zero
  --------- ~~~~~ ^^    ^^^^^ ^^^^^^^     ----
            urged actor |     object      Hans Zero
                        warrant.issued

  ^^^ what a rule reads, ~~~ cues, --- known names

Cues
  “urges” (cue urge): what follows it in its clause is urged
    Freedonia urges CT to issue warrant for Zero
              ~~~~~ ............................

Rules that fit
  warrant.issued on “issue”: is only urged, because of “urges”
    by “CT”, on “warrant”
    rule 75 + body in the clause 15 + headline 20 = 110, at least 90 needed
",
    );
}

#[test]
fn a_rule_that_nearly_fits_says_what_it_wants() {
    check(
        "Ruritania issues arrest warrant for Zero",
        "",
        "\
Not news: no rule fits. Nearest is warrant.issued: “Ruritania” acts; the rule
  wants a court by name or bench (“judges”).

  Ruritania issues arrest warrant for Zero
  --------- ^^^^^^                    ----
            nearly warrant.issued     Hans Zero

  ^^^ what nearly sets off a rule, --- known names

Rules that nearly fit, nearest first
  warrant.issued on “issues”: 2 of 4 demands met
    “Ruritania” acts; the rule wants a court by name or bench (“judges”)
  … and 1 more: -v shows them all
",
    );
}

#[test]
fn clauses_and_the_lead_are_shown() {
    check(
        "Zero flees after CT issued a warrant",
        "Police were there. It rained.",
        "\
Not news: that the Court of Tides issued an arrest warrant for Hans Zero is only
  recalled, because it stands in a clause that opens with “after”
  (warrant.issued).
  body: CT; states: Ruritania; persons: Hans Zero; on 2026-11-02 (day of
    publication); score 110

  Zero flees after CT issued a warrant
  ----       ~~~~~ ^^ ^^^^^^   ^^^^^^^
  Hans Zero  |     |  |        object
             |     |  warrant.issued
             |     actor
             recalled

  Police were there. It rained.

  ^^^ what a rule reads, ~~~ cues, --- known names

Clauses
  recalled    “after CT issued a warrant”

Rules that fit
  warrant.issued on “issued”: is only recalled, because it stands in a clause
    that opens with “after”
    by “CT”, on “warrant”
    rule 75 + body in the clause 15 + headline 20 = 110, at least 90 needed
",
    );
}

#[test]
fn a_rule_that_fits_somewhere_is_not_told_as_one_that_nearly_does() {
    let shown = page("CT issues arrest warrant for Zero", "Ruritania issues a warrant.", LOOK);
    assert!(shown.contains("warrant.issued on “issues”: reported"), "{shown}");
    assert!(!shown.contains("warrant.issued on “issues” in the lead"), "{shown}");
}

#[test]
fn where_nothing_is_read_that_is_said() {
    check("", " \n", "Nothing to read: the text is empty.\n");
    check("Rain", "", "Not news: no word in it sets off a rule.\n\n  Rain\n");
}

#[test]
fn a_terminal_is_sent_nothing_to_act_upon() {
    let shown =
        page("CT \u{1b}]0;x\u{7} is\u{202e}sues\r\n warrant\u{9b}2J for Zero", "\u{1b}c", LOOK);
    assert!(!shown.contains(|sign: char| sign.is_control() && sign != '\n'), "{shown:?}");
    assert!(!shown.contains('\u{202e}'), "{shown:?}");
}

#[test]
fn no_line_is_wider_than_the_terminal_unless_a_word_is() {
    let lead = "The Court of Tides issued the warrant in May. Police urged judges to withdraw it. "
        .repeat(9_000);
    for width in [40, 57, 80, 200] {
        let look = Look { width, colour: false, full: true };
        let shown =
            page("Judges of the 逮捕状 Court of Tides issue a warrant for Zero", &lead, look);
        let widest = shown.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest <= Some(width.min(100)), "{widest:?} {shown}");
        assert!(shown.len() < 20_000, "only what is read is shown");
    }
}

#[test]
fn programs_get_everything_with_places() {
    let shown = told("Freedonia urges CT to issue 逮 warrant for Zero", "", |told| {
        serde_json::to_value(json::Out::of(None, std::slice::from_ref(told))).unwrap()
    });
    let item = &shown["items"][0];
    let keys: Vec<&String> = item.as_object().unwrap().keys().collect();
    let expected = [
        "at", "clauses", "cues", "genre", "joined", "key", "read", "reading", "rules", "source",
        "spans", "text", "title", "url", "verdict",
    ];
    assert_eq!(keys, expected);
    assert_eq!(item["read"], serde_json::json!({"title": 46, "text": 0}));
    assert_eq!(
        item["cues"],
        serde_json::json!([{
            "cue": "urge", "field": "title", "start": 10, "end": 15, "words": "urges",
            "because": "urged", "reach": "forward", "decides": true,
            "scope": [{"field": "title", "start": 16, "end": 46}],
        }])
    );
    let rule = &item["rules"][0];
    assert_eq!(rule["outcome"], "background");
    assert_eq!(rule["why"], "is only urged, because of “urges”");
    assert_eq!(
        rule["fit"],
        serde_json::json!({
            "subject": {"field": "title", "start": 16, "end": 18, "words": "CT"},
            "object": {"field": "title", "start": 30, "end": 37, "words": "warrant"},
            "body": "CT",
            "doubt": {"because": "urged", "why": "because of “urges”", "accepted": false},
            "score": {"sum": 110, "needed": 90, "parts": [
                {"part": "rule", "points": 75},
                {"part": "body in the clause", "points": 15},
                {"part": "headline", "points": 20},
            ]},
            "evidence": {"field": "title", "start": 16, "end": 37},
        })
    );
    let missed = &item["rules"][1];
    assert_eq!((&missed["rule"], &missed["fit"]), (&"ruling.order".into(), &Value::Null));
    assert_eq!(
        missed["demands"][0],
        serde_json::json!({
            "demand": "subject", "wants": ["state"], "met": false,
            "found": {"field": "title", "start": 16, "end": 18, "words": "CT"},
        })
    );
}
