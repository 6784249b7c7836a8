//! On the shipped words, as far as nobody who edits rules changes what is asked here.

use jiff::civil::date;

use super::*;
use crate::config;

fn explained(title: &str, text: &str) -> Explanation {
    let published = date(2026, 1, 15);
    explain(&config::embedded().rules, &Article { title, text, published, voice: None })
}

#[test]
fn an_example_of_every_rule_fits_and_its_score_is_the_sum_of_its_parts() {
    let rules = config::embedded().rules;
    for rule in &rules.definitions().rules {
        for title in rule.examples.iter().take(1) {
            let published = date(2026, 1, 15);
            let article = Article { title, text: "", published, voice: None };
            let Explanation { reading, tried, .. } = explain(&rules, &article);
            let told = |attempt: &&Attempt| {
                attempt.fitted.as_ref().is_some_and(|fitted| fitted.fate == Fate::Reported)
            };
            for finding in &reading.developments {
                let fits = tried.iter().filter(told).filter(|one| one.step == finding.step);
                let fits = fits.filter_map(|one| one.fitted.as_ref());
                let mut sums = fits.filter(|one| one.body == finding.body).map(Fitted::sum);
                assert!(sums.any(|sum| sum == finding.score), "{title}: {finding:?}");
            }
            for attempt in &tried {
                assert_eq!(attempt.fitted.is_some(), attempt.missed() == 0, "{title}: {attempt:?}");
            }
        }
    }
}

#[test]
fn rules_stand_in_the_order_of_what_they_miss() {
    let tried = explained("Hungary orders arrest of Taliban leaders", "").tried;
    assert!(tried.len() > 1);
    assert!(tried.is_sorted_by_key(Attempt::missed), "{tried:#?}");
}

#[test]
fn all_that_is_missed_is_told_and_not_only_the_first() {
    let tried = explained("Hungary orders rain", "").tried;
    let most = tried.iter().map(Attempt::missed).max();
    assert!(most > Some(1), "{tried:#?}");
}

#[test]
fn a_place_counts_characters_and_reaches_what_is_read() {
    let lead = "é".repeat(10) + &" The ICC judges were urged to act.".repeat(100);
    let Explanation { spans, clauses, cues, title_read, text_read, .. } =
        explained("Félicien Kabuga’s trial: ICC", &lead);
    assert_eq!((title_read, text_read < 600), (28, true));
    let court = spans.iter().find(|span| span.names == Some(Entity::Body("ICC".into())));
    assert_eq!(court.map(|span| (span.start, span.end)), Some((25, 28)));
    let scopes = cues.iter().flat_map(|cue| &cue.scope);
    for place in clauses.iter().flat_map(|clause| &clause.places).chain(scopes) {
        let read = if place.field == Field::Title { title_read } else { text_read };
        assert!(place.start < place.end && place.end <= read, "{place:?}");
    }
}

#[test]
fn a_doubt_says_what_it_rests_on() {
    let check = |title: &str, expected: &str| {
        let tried = explained(title, "").tried;
        let doubts = tried.iter().filter_map(|one| one.fitted.as_ref()?.doubt.as_ref());
        let doubts: Vec<String> = doubts.map(ToString::to_string).collect();
        assert!(doubts.iter().any(|doubt| doubt == expected), "{doubts:?}");
    };
    check("Kenya urges ICC to issue arrest warrant for Putin", "urged, because of “urges”");
    check(
        "Putin visits Mongolia after ICC issues arrest warrant",
        "recalled, because it stands in a clause that opens with “after”",
    );
}
