//! What many rules ask of one article, noted once.

use std::cell::OnceCell;

use super::{
    bodies::case_bodies,
    classes::Presence,
    compile::Compiled,
    dates::Named,
    lexicon::{Mention, What},
    marks::Marks,
    tokens::Tokens,
};
use crate::model::Field;

/// Notes of an article.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    /// Which classes stand where.
    pub(crate) presence: Presence,
    /// The cues, as places in the list of mentions.
    pub(crate) cues: Vec<usize>,
    /// The mentions that name a body or point to it, with the body.
    pub(crate) bodies: Vec<(usize, usize)>,
    /// The bodies before which the cases are that the article is about.
    pub(crate) case_bodies: Vec<usize>,
    /// The mentions that name a state, a place, a person, an office or a case.
    pub(crate) names: Vec<usize>,
    /// What all mentions together are good for.
    pub(crate) marks: Marks,
    /// Whether something points to an international court without naming it.
    pub(crate) hinted: bool,
    /// Whether the headline is about the field at all.
    pub(crate) topical: bool,
    /// The days that the article names, read when first asked for.
    pub(crate) days: OnceCell<Vec<Named>>,
    /// Whether headline and lead are written with capitals everywhere, asked when first needed.
    pub(crate) capitals: [OnceCell<bool>; 2],
}

impl Noted {
    /// Looks once through what an article mentions. Where it stands is noted later, if need be.
    pub(crate) fn look(&mut self, compiled: &Compiled, tokens: &Tokens, mentions: &[Mention]) {
        let lexicon = &compiled.lexicon;
        self.cues.clear();
        self.bodies.clear();
        self.names.clear();
        self.days.take();
        self.capitals = Default::default();
        self.presence.begin(lexicon);
        self.topical = false;
        let mut all = Marks::default();
        for (index, mention) in mentions.iter().enumerate() {
            let entry = &lexicon.entries[mention.entry];
            self.presence.add(&entry.classes);
            all = all.or(entry.marks);
            self.topical |=
                entry.marks.has(Marks::TOPIC) && tokens.list[mention.from].field == Field::Title;
            if entry.marks.has(Marks::NAME) {
                self.names.push(index);
            } else if entry.marks.has(Marks::CUE) {
                self.cues.push(index);
            } else if let What::Body(body) | What::Organ(body) | What::Treaty(body) = entry.what {
                self.bodies.push((index, body));
            }
        }
        self.marks = all;
        self.hinted = all.has(Marks::HINT);
        self.case_bodies = case_bodies(compiled, mentions, self);
    }
}
