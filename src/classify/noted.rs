//! What many rules ask of one article, noted once.

use std::cell::OnceCell;

use super::{
    classes::Presence,
    clauses::Clauses,
    compile::Compiled,
    dates::Named,
    definition::PersonClass,
    lexicon::{Mention, What},
    tokens::Tokens,
};
use crate::model::Field;

/// Notes of an article.
#[derive(Debug)]
pub(crate) struct Noted {
    /// Which classes stand where.
    pub(crate) presence: Presence,
    /// The cues, as places in the list of mentions.
    pub(crate) cues: Vec<usize>,
    /// The mentions that name a body or point to it, with the body.
    pub(crate) bodies: Vec<(usize, usize)>,
    /// Whether something points to an international court without naming it.
    pub(crate) hinted: bool,
    /// Whether the headline is about the field at all.
    pub(crate) topical: bool,
    /// The days that the article names, read when first asked for.
    pub(crate) days: OnceCell<Vec<Named>>,
}

impl Noted {
    /// Looks once through an article.
    pub(crate) fn of(
        compiled: &Compiled,
        tokens: &Tokens,
        mentions: &[Mention],
        clauses: &Clauses,
    ) -> Self {
        let lexicon = &compiled.lexicon;
        let (mut cues, mut bodies) = (Vec::new(), Vec::new());
        let (mut hinted, mut topical) = (false, false);
        for (index, mention) in mentions.iter().enumerate() {
            hinted |= lexicon.is_any(mention, &compiled.known.hints);
            topical |= tokens.list[mention.from].field == Field::Title
                && lexicon.is_any(mention, &compiled.known.topic);
            match lexicon.what(mention) {
                What::Cue(_) => cues.push(index),
                What::Body(body) | What::Organ(body) | What::Treaty(body) => {
                    bodies.push((index, body));
                }
                What::Person(person) => {
                    hinted |= compiled.definitions.persons[person].class == PersonClass::Suspect;
                }
                _ => {}
            }
        }
        let presence = Presence::of(lexicon, mentions, clauses);
        Self { presence, cues, bodies, hinted, topical, days: OnceCell::new() }
    }
}
