//! Why a rule does not fit, in plain words.

use super::words::clean;
use crate::{
    classify::{Demand, Key, Quote, Wanted},
    model::BodyId,
    render::Names,
};

/// How many things that would do are named.
const MOST: usize = 4;

/// What is wrong with a demand that is not met, and what would have to be there.
pub(super) fn reason(demand: &Demand, names: &Names) -> String {
    let wants = any(&demand.wants, names);
    let found = demand.found.as_ref().map(said).unwrap_or_default();
    match (demand.key, &demand.found) {
        (Key::Subject, Some(_)) => format!("{found} acts; the rule wants {wants}"),
        (Key::Subject, None) => format!("nobody known acts; the rule wants {wants}"),
        (Key::Object, _) => format!("no object that the rule wants: {wants}"),
        (Key::With, _) => format!("the sentence lacks what the rule wants: {wants}"),
        (Key::Without, _) => format!("{found} stands in the clause, which the rule excludes"),
        (Key::Context | Key::About, _) => {
            format!("headline and lead lack what the rule wants: {wants}")
        }
        (Key::Bodies, _) => format!("no body of the rule is named; it wants {wants}"),
        (Key::Verb, _) => format!("{found} is no verb here; the rule wants it as one"),
        (Key::Accept, _) => format!("the rule reads only what is {wants}; this is told as done"),
    }
}

/// Words of the text, as written but harmless.
pub(super) fn said(quote: &Quote) -> String {
    format!("“{}”", clean(&quote.words))
}

/// `a court, a bench (“judge”) or 2 more`
fn any(wants: &[Wanted], names: &Names) -> String {
    let shown = if wants.len() > MOST + 1 { MOST } else { wants.len() };
    let mut parts: Vec<String> = wants[..shown].iter().map(|want| name(want, names)).collect();
    let last = if shown < wants.len() {
        format!("{} more", wants.len() - shown)
    } else {
        parts.pop().unwrap_or_default()
    };
    if parts.is_empty() { last } else { format!("{} or {last}", parts.join(", ")) }
}

/// A class of words, as somebody would say it who does not write rules.
fn name(want: &Wanted, names: &Names) -> String {
    let class = want.class.as_str();
    if let Some(body) = class.strip_prefix("body:") {
        let id = BodyId::from(body);
        return names.bodies.get(&id).map_or(body.to_owned(), |_| format!("the {body}"));
    }
    let own = match class {
        "body" => "a body by name",
        "court" => "a court by name",
        "organ" => "an organ such as the Security Council",
        "coalition" => "a coalition",
        "union" => "a union of states",
        "part" => "a part of a body",
        "treaty" => "a treaty",
        "state" => "a state",
        "demonym" => "a people",
        "person" => "a known person",
        "suspect" => "a known suspect",
        "officer" => "a known judge or prosecutor",
        "official" => "a known official",
        "known-case" => "a known case",
        _ => return listed(want),
    };
    own.to_owned()
}

/// A class of the word lists: its name, and its first word where that says something else.
fn listed(want: &Wanted) -> String {
    let class = want.class.trim_start_matches("cue:");
    let bare = class.trim_start_matches('@').replace('-', " ");
    let first = want.words.first().map(|word| clean(word)).unwrap_or_default();
    match class.strip_prefix('@') {
        Some(_) if first.is_empty() => format!("an act such as “{bare}”"),
        Some(_) => format!("an act such as “{first}”"),
        None if first.is_empty() => bare,
        None if first == bare => format!("“{first}”"),
        None => format!("{bare} (“{first}”)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{classify::Place, model::Field, render::BodyName};

    fn wants(classes: &[(&str, &str)]) -> Vec<Wanted> {
        let wanted = |(class, word): &(&str, &str)| Wanted {
            class: (*class).into(),
            words: (!word.is_empty()).then(|| (*word).into()).into_iter().collect(),
        };
        classes.iter().map(wanted).collect()
    }

    #[track_caller]
    fn check(key: Key, classes: &[(&str, &str)], found: Option<&str>, expected: &str) {
        let place = Place { field: Field::Title, start: 0, end: 1 };
        let found = found.map(|words| Quote { place, words: words.into() });
        let demand = Demand { key, wants: wants(classes), met: false, found };
        let mut names = Names::default();
        names.bodies.insert("ICC".into(), BodyName::default());
        assert_eq!(reason(&demand, &names), expected);
    }

    #[test]
    fn each_reason_says_what_would_have_to_be_there() {
        let judges = [("court", ""), ("bench", "judge")];
        check(
            Key::Subject,
            &judges,
            Some("Hungary"),
            "“Hungary” acts; the rule wants a court by name or bench (“judge”)",
        );
        check(
            Key::Subject,
            &judges[..1],
            None,
            "nobody known acts; the rule wants a court by name",
        );
        check(
            Key::Object,
            &[("@arrest", "arrest"), ("warrant", "warrant"), ("body:ICC", "")],
            None,
            "no object that the rule wants: an act such as “arrest”, “warrant” or the ICC",
        );
        check(
            Key::Without,
            &[],
            Some("pol\u{1b}ice"),
            "“pol ice” stands in the clause, which the rule excludes",
        );
        check(Key::Verb, &[], Some("order"), "“order” is no verb here; the rule wants it as one");
        check(
            Key::Accept,
            &[("planned", ""), ("denied", "")],
            None,
            "the rule reads only what is planned or denied; this is told as done",
        );
    }

    #[test]
    fn a_long_list_is_cut() {
        let many = [("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", ""), ("f", "")];
        let five = "headline and lead lack what the rule wants: a, b, c, d or e";
        check(Key::Context, &many[..5], None, five);
        let six = "headline and lead lack what the rule wants: a, b, c, d or 2 more";
        check(Key::Context, &many, None, six);
    }
}
