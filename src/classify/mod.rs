//! What one text says happened: rules as data, applied to headline and lead.
//!
//! Reading goes in steps, each in its own file, on a [`desk`] that the next article uses again:
//! [`tokens`] folds the text, [`mod@scan`] finds every known phrase of the [`lexicon`] in one walk of
//! its [`trie`], [`gates`] passes by the rules whose needs the article cannot meet, [`clauses`] parts
//! what is said from what is recalled, [`frames`] fits the rules' roles around each trigger with the [`grammar`] of
//! its verb, [`weigh`] adds up what speaks for it, [`status`] asks what speaks against taking it as
//! news, [`bodies`] and [`slots`] say whom it concerns, and [`mod@gather`] makes one finding of what
//! headline and lead say of a step. [`explain`](explain()) goes the same way and writes everything
//! down; [`review`] tells what in the rules cannot do what its author wants.
//!
//! The same text gives the same reading, whatever came before it, in time linear in the few hundred
//! bytes that are read of it; whether the fact is new is the ledger's to say.

mod around;
mod asides;
mod bodies;
mod classes;
mod clauses;
mod compile;
mod content;
mod dates;
pub mod definition;
mod desk;
mod ends;
mod explain;
mod fill;
mod forms;
mod frames;
mod gates;
mod gather;
mod grammar;
mod lexicon;
mod letters;
mod marks;
mod noted;
mod packed;
mod persons;
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

use std::collections::BTreeSet;

use classes::ClassSet;
use jiff::civil::Date;

use compile::Compiled;
pub use compile::UnknownWord;
use definition::Definitions;
use desk::Desk;
pub use explain::{
    Attempt, ClauseNote, CueNote, Demand, DoubtNote, Entity, Explanation, Fate, Fitted, GroundNote,
    Key, Place, Points, Quote, Span, Wanted, explain,
};
use frames::View;
use gather::gather;
use marks::Marks;

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

/// Reads articles in memory that is used again.
#[derive(Debug)]
pub struct Classifier<'r> {
    rules: &'r Rules,
    desks: Vec<Desk>,
}

impl<'r> Classifier<'r> {
    /// One that reads by these rules.
    pub fn new(rules: &'r Rules) -> Self {
        Self { rules, desks: Vec::new() }
    }

    /// Reads articles together, step by step, so that each step's code and tables stay at hand: a
    /// dozen are read a little faster than one by one.
    pub fn read_all(&mut self, articles: &[Article<'_>]) -> Vec<Reading> {
        let compiled = &self.rules.0;
        if self.desks.len() < articles.len() {
            self.desks.resize_with(articles.len(), Desk::default);
        }
        for (desk, article) in self.desks.iter_mut().zip(articles) {
            desk.split(compiled, article);
        }
        for (desk, article) in self.desks.iter_mut().zip(articles) {
            desk.look(compiled, article);
        }
        let desks = self.desks.iter_mut().zip(articles);
        desks
            .map(|(desk, article)| match desk.part(compiled, article) {
                Some(view) => read(&view),
                None => Reading::default(),
            })
            .collect()
    }
}

/// Reads one article.
pub fn classify(rules: &Rules, article: &Article<'_>) -> Reading {
    let mut readings = Classifier::new(rules).read_all(std::slice::from_ref(article));
    readings.pop().unwrap_or_default()
}

/// Tries every rule that could fit on every trigger, and weighs what fits.
fn read(view: &View<'_>) -> Reading {
    let genre = view.genre().map(|doubt| doubt.because);
    let mut candidates = Vec::new();
    for (trigger, mention) in view.mentions.iter().enumerate() {
        let entry = &view.compiled.lexicon.entries[mention.entry];
        if !entry.marks.has(Marks::TRIGGER) {
            continue;
        }
        for &rule in view.open {
            let triggered = entry.classes.iter().any(|class| view.triggers(rule).has(*class));
            if triggered && !view.cannot_fit(rule, trigger) {
                let frame = view.fit(rule, trigger).ok();
                candidates.extend(frame.and_then(|frame| view.weigh(frame, genre)));
            }
        }
    }
    if candidates.is_empty() {
        return Reading::default();
    }
    gather(view, candidates)
}

impl View<'_> {
    /// The classes of words that trigger a rule.
    fn triggers(&self, rule: usize) -> &ClassSet {
        &self.compiled.rules[rule].triggers
    }

    /// Every trigger with every rule that it triggers, in order.
    fn triggered(&self) -> impl Iterator<Item = (usize, usize)> {
        self.mentions.iter().enumerate().flat_map(move |(trigger, mention)| {
            let classes = &self.compiled.lexicon.entries[mention.entry].classes;
            let rules =
                classes.iter().flat_map(|class| &self.compiled.by_trigger[usize::from(*class)]);
            let rules: BTreeSet<usize> = rules.copied().collect();
            rules.into_iter().map(move |rule| (trigger, rule))
        })
    }
}
