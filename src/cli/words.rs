//! Findings and developments in one line, for people.

use crate::{
    model::{Decided, Finding, PersonName, StateCode, Step},
    render::safe,
};

/// A text that comes from outside, without anything that a terminal would act upon.
pub(super) fn clean(text: &str) -> String {
    safe::clean(text)
}

/// A finding: step, body, whom it concerns, day, score.
pub(super) fn finding(finding: &Finding) -> String {
    let body = finding.body.as_ref().map(ToString::to_string);
    let case = finding.case.as_ref().map(ToString::to_string);
    let whom = whom(&finding.states, &finding.persons);
    let words = line(finding.step, [body, case, whom], finding.date);
    format!("{words} (score {})", finding.score)
}

/// What an item says, as it was decided: the development it belongs to and how that stands, with
/// the step, the body, whom it concerns and the day that the item itself gives.
pub(super) fn decided(decided: &Decided) -> String {
    let Decided { said, development, .. } = decided;
    let body = said.body.as_ref().map(ToString::to_string);
    let case = said.case.as_ref().map(ToString::to_string);
    let whom = whom(&said.states, &said.persons);
    let words = line(said.step, [body, case, whom], said.date);
    format!("#{} {words}, {}", development.id, development.status.as_str())
}

fn line(step: Step, slots: [Option<String>; 3], date: jiff::civil::Date) -> String {
    let slots: Vec<String> = slots.into_iter().flatten().collect();
    let slots = clean(&slots.join(" "));
    let space = if slots.is_empty() { "" } else { " " };
    format!("{step} {slots}{space}on {date}")
}

/// States and persons in one text.
pub(super) fn whom(states: &[StateCode], persons: &[PersonName]) -> Option<String> {
    let states = states.iter().map(ToString::to_string);
    let persons = persons.iter().map(ToString::to_string);
    let all: Vec<String> = states.chain(persons).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
