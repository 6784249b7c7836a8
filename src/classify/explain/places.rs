//! Stretches of the text: known phrases and clauses, by the characters where they stand.

use super::super::{
    frames::View,
    lexicon::{Mention, What},
};
use crate::model::{Because, BodyId, CaseId, Field, PersonName, StateCode};

/// A stretch of the text. Offsets count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Title or text.
    pub field: Field,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A stretch of the text with its words, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where it stands.
    pub place: Place,
    /// What stands there.
    pub words: String,
}

/// A known phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Title or text.
    pub field: Field,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it stands for, in the words of rules (`court`, `@issue`, `cue:urge`).
    pub meanings: Vec<String>,
    /// Whom or what of the lexicon it names or points to.
    pub names: Option<Entity>,
}

/// An entry of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entity {
    /// A body, by name, organ or treaty.
    Body(BodyId),
    /// A state.
    State(StateCode),
    /// A person.
    Person(PersonName),
    /// A case.
    Case(CaseId),
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseNote {
    /// Where it stands: a main clause may go on behind another.
    pub places: Vec<Place>,
    /// The phrase that opens it, where it is a dependent one.
    pub opened_by: Option<Quote>,
    /// What its opening makes of what it says; `None` for a main clause.
    pub because: Option<Because>,
}

impl View<'_> {
    /// How many characters of a field are read.
    pub(super) fn read_of(&self, field: Field) -> usize {
        let last = self.tokens.list.iter().rev().find(|token| token.field == field);
        last.map_or(0, |token| token.end as usize)
    }

    /// Where these tokens stand, as few stretches as there are.
    pub(super) fn places(&self, tokens: impl Iterator<Item = usize>) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut before = None;
        for at in tokens {
            let token = self.tokens.list[at];
            let (start, end) = (token.start as usize, token.end as usize);
            match places.last_mut() {
                Some(last) if before == at.checked_sub(1) && last.field == token.field => {
                    last.end = end;
                }
                _ if start == end => continue,
                _ => places.push(Place { field: token.field, start, end }),
            }
            before = Some(at);
        }
        places
    }

    pub(super) fn quote(&self, index: usize) -> Quote {
        let place = self.place_of(&self.mentions[index]);
        let text = match place.field {
            Field::Title => self.article.title,
            Field::Text => self.article.text,
        };
        let words = text.chars().skip(place.start).take(place.end - place.start).collect();
        Quote { place, words }
    }

    fn place_of(&self, mention: &Mention) -> Place {
        let (first, last) = (self.tokens.list[mention.from], self.tokens.list[mention.to - 1]);
        Place { field: first.field, start: first.start as usize, end: last.end as usize }
    }

    pub(super) fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for mention in self.mentions {
            let Place { field, start, end } = self.place_of(mention);
            let class_names = self.compiled.lexicon.class_names();
            let entry = &self.compiled.lexicon.entries[mention.entry];
            let mut meanings: Vec<String> = entry
                .classes
                .iter()
                .map(|class| class_names[usize::from(*class)].clone())
                .collect();
            let names = self.entity(entry.what);
            if let Some(Entity::State(_) | Entity::Person(_) | Entity::Case(_)) = &names {
                meanings.extend(names.as_ref().map(ToString::to_string));
            }
            let known = spans
                .iter_mut()
                .find(|span| (span.field, span.start, span.end) == (field, start, end));
            match known {
                Some(span) => {
                    span.meanings.extend(meanings);
                    span.names = span.names.take().or(names);
                }
                None => spans.push(Span { field, start, end, meanings, names }),
            }
        }
        for span in &mut spans {
            span.meanings.sort();
            span.meanings.dedup();
        }
        spans
    }

    fn entity(&self, what: What) -> Option<Entity> {
        let definitions = &self.compiled.definitions;
        Some(match what {
            What::Body(index) | What::Organ(index) | What::Treaty(index) => {
                Entity::Body(definitions.bodies[index].id.clone())
            }
            What::State(index) => Entity::State(definitions.states[index].code),
            What::Person(index) => Entity::Person(definitions.persons[index].name.clone()),
            What::Case(index) => Entity::Case(definitions.cases[index].id.clone()),
            _ => return None,
        })
    }

    pub(super) fn clause_notes(&self) -> Vec<ClauseNote> {
        let notes = (0..self.clauses.list.len()).map(|clause| ClauseNote {
            places: self.places(self.tokens_of(clause)),
            opened_by: self.opener(clause).map(|index| self.quote(index)),
            because: self.clauses.list[clause].because,
        });
        notes.filter(|note| !note.places.is_empty()).collect()
    }

    pub(super) fn tokens_of(&self, clause: usize) -> impl Iterator<Item = usize> {
        (0..self.tokens.list.len()).filter(move |&at| self.clauses.of[at] == clause)
    }

    /// The mention that opens a clause.
    pub(super) fn opener(&self, clause: usize) -> Option<usize> {
        let cue = self.clauses.list[clause].opened_by?;
        let first = self.tokens_of(clause).next()?;
        (0..self.mentions.len()).rev().find(|&index| {
            self.mentions[index].from == first
                && self.compiled.lexicon.what(&self.mentions[index]) == What::Cue(cue)
        })
    }
}

impl std::fmt::Display for Entity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Body(id) => id.fmt(f),
            Self::State(code) => code.fmt(f),
            Self::Person(name) => name.fmt(f),
            Self::Case(id) => id.fmt(f),
        }
    }
}
