//! What many rules ask of one article, noted once.

use std::cell::OnceCell;

use super::{
    classes::Presence,
    clauses::Clauses,
    compile::Compiled,
    dates::Named,
    lexicon::{Mention, What},
    marks::Marks,
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
    /// Looks once through an article.
    pub(crate) fn of(
        compiled: &Compiled,
        tokens: &Tokens,
        mentions: &[Mention],
        clauses: &Clauses,
    ) -> Self {
        let lexicon = &compiled.lexicon;
        let (mut cues, mut bodies, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let mut all = Marks::default();
        let mut topical = false;
        for (index, mention) in mentions.iter().enumerate() {
            let marks = lexicon.marks(mention);
            all = all.or(marks);
            topical |= marks.has(Marks::TOPIC) && tokens.list[mention.from].field == Field::Title;
            if marks.has(Marks::NAME) {
                names.push(index);
            } else if marks.has(Marks::CUE) {
                cues.push(index);
            } else if let What::Body(body) | What::Organ(body) | What::Treaty(body) =
                lexicon.what(mention)
            {
                bodies.push((index, body));
            }
        }
        Self {
            presence: Presence::of(lexicon, mentions, clauses),
            cues,
            bodies,
            names,
            marks: all,
            hinted: all.has(Marks::HINT),
            topical,
            days: OnceCell::new(),
            capitals: [OnceCell::new(), OnceCell::new()],
        }
    }
}
