//! What the ledger counts at a development, in words: "126th State Party of …".
//!
//! Said only where the ledger gave the development a number; the first warrant or ruling of its
//! sort is not remarkable, and a ledger that begins somewhere could not vouch for it.

use crate::model::{Action, Development, Kind};

use super::names::Names;

/// What is to say of the development's number, as plain text; `None` where nothing is.
pub(super) fn counted(development: &Development, names: &Names) -> Option<String> {
    let body = development.body.as_ref()?;
    let (count, name) = (development.count?, names.body(body));
    let repeated = (count > 1).then(|| ordinal(count));
    match (development.step.kind, development.step.action) {
        (Kind::Membership, Action::Joined) => {
            let known = names.bodies.get(body).map(|body| body.member.as_str());
            let member = known.filter(|member| !member.is_empty()).unwrap_or("member");
            Some(format!("{} {member} of {name}", ordinal(count)))
        }
        (Kind::Membership, Action::Left) => Some(format!("Members of {name} now: {count}")),
        (Kind::Warrant, Action::Issued) => {
            let person = development.persons.first()?;
            Some(format!("{} arrest warrant of {name} for {person}", repeated?))
        }
        (Kind::Ruling, action) => Some(format!("{} {} in this case", repeated?, sort(action)?)),
        _ => None,
    }
}

/// What rulings are called that a case has several of.
fn sort(action: Action) -> Option<&'static str> {
    match action {
        Action::ProvisionalMeasures => Some("order of provisional measures"),
        Action::Judgment => Some("judgment"),
        Action::Order => Some("order"),
        Action::NonCompliance => Some("finding of non-compliance"),
        _ => None,
    }
}

/// `Second`, `Tenth`, `11th`, `22nd`.
fn ordinal(number: u32) -> String {
    const WORDS: [&str; 10] = [
        "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
        "Tenth",
    ];
    let word = number.checked_sub(1).and_then(|place| WORDS.get(place as usize));
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    word.map_or_else(|| format!("{number}{suffix}"), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Step,
        render::discord::tests::{development, names},
    };

    #[track_caller]
    fn check(step: &str, count: Option<u32>, expected: Option<&str>) {
        let mut one = development(Vec::new());
        (one.step, one.count) = (Step::parse(step).unwrap(), count);
        assert_eq!(counted(&one, &names()).as_deref(), expected);
    }

    #[test]
    fn what_the_ledger_counts_is_said() {
        let court = "of the International Criminal Court";
        check("membership.joined", Some(126), Some(&format!("126th State Party {court}")));
        check("membership.joined", Some(1), Some(&format!("First State Party {court}")));
        check(
            "membership.left",
            Some(124),
            Some("Members of the International Criminal Court now: 124"),
        );
        check(
            "warrant.issued",
            Some(3),
            Some(&format!("Third arrest warrant {court} for Ann Example")),
        );
        check(
            "ruling.provisional-measures",
            Some(2),
            Some("Second order of provisional measures in this case"),
        );
        check("ruling.judgment", Some(2), Some("Second judgment in this case"));
        check("ruling.order", Some(12), Some("12th order in this case"));
        check(
            "ruling.non-compliance",
            Some(2),
            Some("Second finding of non-compliance in this case"),
        );
    }

    #[test]
    fn what_it_does_not_count_is_not_said() {
        check("membership.joined", None, None);
        check("warrant.issued", Some(1), None);
        check("ruling.judgment", Some(1), None);
        check("ruling.acquittal", Some(2), None);
        check("warrant.sought", Some(2), None);
        check("statement.call", Some(2), None);
    }

    #[test]
    fn numbers_have_the_endings_that_are_spoken() {
        let all = [1, 10, 11, 12, 13, 21, 22, 23, 24, 111, 112, 121].map(ordinal);
        let expected = [
            "First", "Tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th", "111th",
            "112th", "121st",
        ];
        assert_eq!(all, expected);
    }
}
