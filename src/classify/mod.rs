//! What one text says happened: rules as data, applied to headline and lead.
//!
//! Reading goes in steps, each in its own file: [`tokens`] folds the text, [`mod@scan`] finds every
//! known phrase of the [`lexicon`] in one walk of its [`trie`], [`clauses`] parts what is said from
//! what is recalled, [`frames`] fits the rules' roles around each trigger with the [`grammar`] of
//! its verb, [`weigh`] adds up what speaks for it, [`status`] asks what speaks against taking it as
//! news, [`bodies`] and [`slots`] say whom it concerns, and [`mod@gather`] makes one finding of what
//! headline and lead say of a step. [`explain`](explain()) goes the same way and writes everything
//! down; [`review`] tells what in the rules cannot do what its author wants.
//!
//! The same text gives the same reading, whatever came before it, in time linear in the few hundred
//! bytes that are read of it; whether the fact is new is the ledger's to say.

mod asides;
mod bodies;
mod classes;
mod clauses;
mod compile;
mod dates;
pub mod definition;
mod ends;
mod explain;
mod fill;
mod forms;
mod frames;
mod gates;
mod gather;
mod grammar;
mod lexicon;
mod marks;
mod noted;
mod packed;
pub mod review;
mod roles;
mod scan;
mod slots;
mod status;
mod targets;
mod tokens;
mod trie;
mod weigh;
mod words;
mod written;

use jiff::civil::Date;

use clauses::{Clauses, Openers};
use compile::Compiled;
pub use compile::UnknownWord;
use definition::Definitions;
pub use explain::{
    Attempt, ClauseNote, CueNote, Demand, DoubtNote, Entity, Explanation, Fate, Fitted, GroundNote,
    Key, Place, Points, Quote, Span, Wanted, explain,
};
use frames::View;
use gather::gather;
use marks::Marks;
use noted::Noted;
use scan::scan;
use tokens::Tokens;

use crate::model::{BodyId, Reading};

/// The compiled lexicon, rules and cues.
#[derive(Debug, Default)]
pub struct Rules(Compiled);

impl Rules {
    /// Compiles definitions; words that nothing defines are reported and left out.
    pub fn compile(definitions: Definitions) -> (Self, Vec<UnknownWord>) {
        let (compiled, unknown) = Compiled::new(definitions);
        (Self(compiled), unknown)
    }

    /// What it was compiled from.
    pub fn definitions(&self) -> &Definitions {
        &self.0.definitions
    }
}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The headline.
    pub title: &'a str,
    /// The lead.
    pub text: &'a str,
    /// The day of publication.
    pub published: Date,
    /// The body whose own voice this is.
    pub voice: Option<&'a BodyId>,
}

/// Reads an article.
pub fn classify(rules: &Rules, article: &Article<'_>) -> Reading {
    let compiled = &rules.0;
    let tokens = Tokens::read(compiled.lexicon.words(), article.title, article.text);
    let mentions = scan(compiled, &tokens);
    if !mentions.iter().any(|mention| compiled.lexicon.marks(mention).has(Marks::TRIGGER)) {
        return Reading::default();
    }
    let openers = Openers { lexicon: &compiled.lexicon, cues: compiled.cues() };
    let clauses = Clauses::part(&tokens, &mentions, &openers);
    let noted = Noted::of(compiled, &tokens, &mentions, &clauses);
    let view = View {
        article,
        compiled,
        tokens: &tokens,
        mentions: &mentions,
        clauses: &clauses,
        noted: &noted,
    };
    read(&view, article)
}

/// Tries every rule on every trigger, and weighs what fits.
fn read(view: &View<'_>, article: &Article<'_>) -> Reading {
    let genre = view.genre().map(|doubt| doubt.because);
    let bodies = view.possible_bodies(article.voice);
    // Whether the article has what a rule needs is asked once, however many words trigger the rule.
    let mut fitting: Vec<Option<bool>> = vec![None; view.compiled.rules.len()];
    let mut candidates = Vec::new();
    for (trigger, mention) in view.mentions.iter().enumerate() {
        let entry = &view.compiled.lexicon.entries[mention.entry];
        if !entry.marks.has(Marks::TRIGGER) {
            continue;
        }
        for &class in entry.classes.iter() {
            for &index in &view.compiled.by_trigger[usize::from(class)] {
                let may_fit = *fitting[index].get_or_insert_with(|| {
                    view.compiled.gates.let_pass(index, bodies, &view.noted.presence)
                });
                if may_fit && !view.cannot_fit(index, trigger) {
                    let frame = view.fit(index, trigger).ok();
                    candidates.extend(frame.and_then(|frame| view.weigh(frame, genre, article)));
                }
            }
        }
    }
    gather(view, candidates)
}

impl View<'_> {
    /// Every trigger with every rule that it triggers, in order.
    fn triggered(&self) -> impl Iterator<Item = (usize, usize)> {
        self.mentions.iter().enumerate().flat_map(move |(trigger, mention)| {
            let classes = &self.compiled.lexicon.entries[mention.entry].classes;
            classes.iter().flat_map(move |class| {
                let rules = &self.compiled.by_trigger[usize::from(*class)];
                rules.iter().map(move |&rule| (trigger, rule))
            })
        })
    }
}
