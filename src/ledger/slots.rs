//! Same event or not, by slots: what two reports say of who, where and in which case. Words are
//! not compared; how alike two headlines are says little about whether they tell one event.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::steps::{interchangeable, is_act_of_a_body, is_act_of_states, is_founding, is_personal};
use crate::model::{BodyId, CaseId, Development, Finding, Kind, PersonName, StateCode, Step};

/// What is compared of a development or a finding.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    pub(super) step: Step,
    pub(super) body: Option<BodyId>,
    pub(super) case: Option<CaseId>,
    pub(super) states: Vec<StateCode>,
    /// Folded surnames: reports shorten names, and spell what stands before the surname anyhow.
    pub(super) surnames: Vec<String>,
}

impl From<&Development> for Slots {
    fn from(development: &Development) -> Self {
        Self {
            step: development.step,
            body: development.body.clone(),
            case: development.case.clone(),
            states: development.states.clone(),
            surnames: surnames(&development.persons),
        }
    }
}

impl From<&Finding> for Slots {
    fn from(finding: &Finding) -> Self {
        Self {
            step: finding.step,
            body: finding.body.clone(),
            case: finding.case.clone(),
            states: finding.states.clone(),
            surnames: surnames(&finding.persons),
        }
    }
}

impl Slots {
    /// Whether they name a subject of the step that a development which names some does not: each
    /// state becomes a member, and each person is sought, by itself.
    pub(super) fn adds_a_subject(&self, known: &Self) -> bool {
        fn adds<T: PartialEq>(ours: &[T], known: &[T]) -> bool {
            !known.is_empty() && ours.iter().any(|one| !known.contains(one))
        }
        match self.step.kind {
            Kind::Membership if !is_founding(self.step) => adds(&self.states, &known.states),
            Kind::Warrant => adds(&self.surnames, &known.surnames),
            _ => false,
        }
    }
}

/// How well two sets of slots agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They cannot be one event.
    Conflict,
    /// Nothing speaks against it, and only the step for it: one does not name the body.
    Faint,
    /// Nothing speaks against it, and the body for it.
    Weak,
    /// A state, person or case in common; the number grows with what is shared.
    Strong(u32),
}

impl Agreement {
    pub(super) fn is_strong(self) -> bool {
        matches!(self, Self::Strong(_))
    }
}

/// Compares two sets of slots. Dates are the caller's to compare.
pub(super) fn agreement(one: &Slots, other: &Slots) -> Agreement {
    if !interchangeable(one.step, other.step)
        || differ(one.body.as_ref(), other.body.as_ref())
        || differ(one.case.as_ref(), other.case.as_ref())
    {
        return Agreement::Conflict;
    }
    let personal = is_personal(one.step) || is_personal(other.step);
    let persons = shared(&one.surnames, &other.surnames);
    if personal && persons == 0 && !one.surnames.is_empty() && !other.surnames.is_empty() {
        return Agreement::Conflict;
    }
    let case = one.case.is_some() && one.case == other.case;
    // A shared person of a warrant or a shared case outweighs other countries beside it; not so
    // where each state's act is an event of its own.
    let acts = is_act_of_states(one.step) || is_act_of_states(other.step);
    let founded = is_founding(one.step) && one.body.is_some() && one.body == other.body;
    let settled = founded || !acts && (case || personal && persons > 0);
    let states = shared(&one.states, &other.states);
    if !settled && states_conflict(one, other, states, acts) {
        return Agreement::Conflict;
    }
    let weight = 100 * u32::from(case) + if personal { 10 } else { 1 } * persons + states;
    // A warrant for somebody unnamed of one country is not the one for somebody of whom no country
    // is named: only a report that says nothing of whom can mean either.
    let says_whom = |slots: &Slots| !slots.surnames.is_empty() || !slots.states.is_empty();
    if weight == 0 && personal && says_whom(one) && says_whom(other) {
        return Agreement::Conflict;
    }
    match weight {
        0 if one.body.is_some() && one.body == other.body => Agreement::Weak,
        0 if one.body != other.body && is_act_of_a_body(one.step) => Agreement::Faint,
        0 => Agreement::Conflict,
        weight => Agreement::Strong(weight),
    }
}

fn states_conflict(one: &Slots, other: &Slots, shared: u32, acts: bool) -> bool {
    let (ours, theirs) = (count(&one.states), count(&other.states));
    if ours == 0 || theirs == 0 {
        return false;
    }
    shared == 0 || acts && shared < ours && shared < theirs
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

fn shared<T: PartialEq>(one: &[T], other: &[T]) -> u32 {
    one.iter().filter(|value| other.contains(value)).map(|_| 1).sum()
}

fn count<T>(values: &[T]) -> u32 {
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}

/// The surnames without accents and case, each once.
fn surnames(persons: &[PersonName]) -> Vec<String> {
    let mut surnames: Vec<String> = persons.iter().filter_map(surname).collect();
    surnames.sort();
    surnames.dedup();
    surnames
}

fn surname(person: &PersonName) -> Option<String> {
    let plain: String = person.as_str().nfkd().filter(|c| !is_combining_mark(*c)).collect();
    plain
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .rfind(|word| !word.is_empty() && !matches!(word.as_str(), "jr" | "sr"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Agreement::{Conflict, Faint, Strong, Weak};

    /// `warrant.issued ICC RUS,UKR Putin|Lvova-Belova #ICC-1`: `-` for no body or no states.
    fn slots(text: &str) -> Slots {
        let mut words = text.split_whitespace();
        let mut next = || words.next().filter(|word| *word != "-");
        let step = Step::parse(next().unwrap()).unwrap();
        let body = next().map(BodyId::from);
        let states = next().map_or(vec![], |states| {
            states.split(',').map(|state| StateCode::parse(state).unwrap()).collect()
        });
        let persons: Vec<PersonName> =
            next().map_or(vec![], |persons| persons.split('|').map(PersonName::from).collect());
        let case = next().map(CaseId::from);
        Slots { step, body, case, states, surnames: surnames(&persons) }
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: Agreement) {
        let (one, other) = (slots(one), slots(other));
        assert_eq!(agreement(&one, &other), expected);
        assert_eq!(agreement(&other, &one), expected);
    }

    #[test]
    fn a_slot_in_common_and_none_in_conflict() {
        check("warrant.issued ICC AAA Ann", "warrant.issued ICC AAA,BBB Ann|Bob", Strong(11));
        check("ruling.judgment ICJ AAA,BBB", "ruling.judgment - AAA", Strong(1));
        check("ruling.judgment ICJ AAA - c1", "ruling.judgment ICJ BBB - c1", Strong(100));
    }

    #[test]
    fn other_persons_body_case_or_states_are_another_event() {
        check("warrant.issued ICC AAA Ann", "warrant.issued ICC AAA Bob", Conflict);
        check("ruling.judgment ICJ AAA", "ruling.judgment ECTHR AAA", Conflict);
        check("ruling.judgment ICJ AAA - c1", "ruling.judgment ICJ AAA - c2", Conflict);
        check("ruling.judgment ICJ AAA", "ruling.judgment ICJ BBB", Conflict);
    }

    #[test]
    fn who_spoke_of_a_ruling_does_not_part_it() {
        check("ruling.judgment ICJ AAA Ann", "ruling.judgment ICJ AAA Bob", Strong(1));
    }

    #[test]
    fn the_acts_of_two_states_against_a_third_are_two() {
        check("enforcement.measure - AAA,CCC", "enforcement.measure - BBB,CCC", Conflict);
        check("enforcement.measure - AAA,CCC", "enforcement.measure - CCC", Strong(1));
        let (one, other) = ("AAA,CCC - c1", "BBB,CCC - c1");
        let step = "proceedings.intervention ICJ";
        check(&format!("{step} {one}"), &format!("{step} {other}"), Conflict);
    }

    #[test]
    fn a_body_is_founded_once_whoever_is_named() {
        check("membership.founded ICC AAA", "membership.founded ICC BBB,CCC", Weak);
        check("membership.founded ICC AAA", "membership.founded ICJ AAA", Conflict);
        check("membership.joined ICC AAA", "membership.joined ICC BBB", Conflict);
    }

    #[test]
    fn one_package_of_sanctions_has_targets_of_many_countries() {
        check("pressure.sanctions ICC AAA,BBB", "pressure.sanctions ICC AAA,CCC", Strong(1));
        check("pressure.sanctions ICC AAA,BBB", "pressure.sanctions ICC DDD,CCC", Conflict);
        check("pressure.threat ICC AAA,BBB", "pressure.threat ICC AAA,CCC", Conflict);
    }

    #[test]
    fn only_the_body_in_common_is_weak() {
        check("pressure.cyberattack ICC", "pressure.cyberattack ICC AAA", Weak);
        check("warrant.issued ICC - Ann", "warrant.issued ICC", Weak);
        check("warrant.issued ICC - Ann", "warrant.issued ICC AAA", Conflict);
        check("enforcement.measure - AAA", "enforcement.measure", Conflict);
        check("ruling.advisory-opinion", "ruling.advisory-opinion ICJ AAA", Faint);
    }

    #[test]
    fn surnames_are_compared_without_accents_and_suffixes() {
        let name = |name: &str| surname(&PersonName::from(name));
        assert_eq!(name("Zoé Müller"), name("muller"));
        assert_eq!(name("Ann Smith Jr."), name("A. Smith"));
        assert_eq!(name("—"), None);
    }
}
