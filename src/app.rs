//! From configuration to the parts of a running bot.
//!
//! Owns the wall clock's only reading outside `tasks`, and what is made of a [`Config`] for those
//! who run it. Does not decide anything about sources, developments or messages.

use jiff::Timestamp;

use crate::{
    classify::{Rules, definition::PersonClass},
    render::{BodyName, Names},
};

/// The moment, by the wall clock.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// What messages call bodies, states and cases, from the lexicon that the rules were made of.
pub fn names(rules: &Rules) -> Names {
    let lexicon = rules.definitions();
    let body = |body: &crate::classify::definition::Body| {
        let name = BodyName { name: body.name.clone(), member: body.member.clone() };
        (body.id.clone(), name)
    };
    let officials = lexicon.persons.iter().filter(|person| person.class != PersonClass::Suspect);
    Names {
        bodies: lexicon.bodies.iter().map(body).collect(),
        states: lexicon.states.iter().map(|state| (state.code, state.name.clone())).collect(),
        cases: lexicon.cases.iter().map(|case| (case.id.clone(), case.name.clone())).collect(),
        not_accused: officials.map(|person| person.name.clone()).collect(),
    }
}
