//! Every phrase of the definitions, with its place and how it is meant.

use super::Spot;
use crate::classify::definition::{Definitions, NamedPlace};

/// How a phrase is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It names a body, its part or treaty, a state or a person.
    Name,
    /// It names a body, and others too, by design.
    Shared,
    /// It does in capitals only, which keeps it apart from names.
    Acronym,
    /// It names a case.
    Case,
    /// It names a place, which a state may be named by too.
    Place,
    /// It does not mean the thing.
    Not,
    /// Near it, the acronym of the body is somebody else's.
    Beside,
    /// It is of a class or a cue.
    Word,
}

impl Sort {
    /// What it is when nothing else shares it.
    pub(super) fn unshared(self) -> Self {
        if self == Self::Shared { Self::Name } else { self }
    }
}

/// A phrase with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alias<'a> {
    pub(super) at: Spot<'a>,
    pub(super) sort: Sort,
}

impl Alias<'_> {
    /// Whether the two are phrases of one thing.
    pub(super) fn same_thing(&self, other: &Self) -> bool {
        (self.at.list, self.at.id) == (other.at.list, other.at.id)
    }
}

/// Every phrase; of one thing the names come before what they must not be.
pub(super) fn aliases(definitions: &Definitions) -> Vec<Alias<'_>> {
    let mut all = Vec::new();
    for body in &definitions.bodies {
        let mut phrases = Phrases { all: &mut all, list: "body", id: body.id.as_str() };
        phrases.one(Sort::Name, "name", &body.name);
        phrases.many(Sort::Name, "names", &body.names);
        phrases.many(Sort::Shared, "shared", &body.shared);
        phrases.many(Sort::Name, "organs", &body.organs);
        phrases.many(Sort::Name, "treaties", &body.treaties);
        phrases.many(Sort::Acronym, "acronyms", &body.acronyms);
        phrases.many(Sort::Beside, "not_beside", &body.not_beside);
    }
    for state in &definitions.states {
        let mut phrases = Phrases { all: &mut all, list: "state", id: state.code.as_str() };
        phrases.one(Sort::Name, "name", &state.name);
        phrases.many(Sort::Name, "names", &state.names);
        phrases.many(Sort::Name, "demonyms", &state.demonyms);
        phrases.many(Sort::Name, "seats", &state.seats);
        phrases.many(Sort::Acronym, "acronyms", &state.acronyms);
        phrases.many(Sort::Not, "not", &state.not);
    }
    for place in &definitions.places {
        let mut phrases = Phrases { all: &mut all, list: "place", id: id_of(place) };
        phrases.many(Sort::Place, "names", &place.names);
    }
    for person in &definitions.persons {
        let mut phrases = Phrases { all: &mut all, list: "person", id: person.name.as_str() };
        phrases.one(Sort::Name, "name", person.name.as_str());
        phrases.many(Sort::Name, "names", &person.names);
        phrases.many(Sort::Not, "not", &person.not);
    }
    for case in &definitions.cases {
        let mut phrases = Phrases { all: &mut all, list: "case", id: case.id.as_str() };
        phrases.one(Sort::Case, "name", &case.name);
        phrases.many(Sort::Case, "names", &case.names);
    }
    for noun in &definitions.nouns {
        let mut phrases = Phrases { all: &mut all, list: "noun", id: &noun.id };
        phrases.many(Sort::Word, "words", &noun.words);
    }
    for verb in &definitions.verbs {
        let mut phrases = Phrases { all: &mut all, list: "verb", id: &verb.id };
        phrases.many(Sort::Word, "words", &verb.words);
        phrases.many(Sort::Word, "finite", &verb.finite);
        phrases.many(Sort::Word, "nominal", &verb.nominal);
    }
    for cue in &definitions.cues {
        let mut phrases = Phrases { all: &mut all, list: "cue", id: &cue.id };
        phrases.many(Sort::Word, "words", &cue.words);
        phrases.many(Sort::Word, "verbs", &cue.verbs);
    }
    all
}

/// A place has no id; its first name is as good.
pub(super) fn id_of(place: &NamedPlace) -> &str {
    place.names.first().map_or("", String::as_str)
}

/// The phrases of one definition on their way to the list of all.
struct Phrases<'l, 'a> {
    all: &'l mut Vec<Alias<'a>>,
    list: &'static str,
    id: &'a str,
}

impl<'a> Phrases<'_, 'a> {
    fn one(&mut self, sort: Sort, key: &'static str, text: &'a str) {
        let at = Spot { list: self.list, id: self.id, key, text };
        self.all.push(Alias { at, sort });
    }

    fn many(&mut self, sort: Sort, key: &'static str, texts: &'a [String]) {
        for text in texts {
            self.one(sort, key, text);
        }
    }
}
