//! What stands around a word: the mentions of its sentence, before it, behind it, in its place.

use std::ops::Range;

use super::{clauses::Sentence, frames::View, lexicon::Mention};

impl View<'_> {
    /// The mentions of a sentence.
    pub(crate) fn in_sentence(&self, sentence: usize) -> Range<usize> {
        let Sentence { from, to, .. } = self.clauses.sentences[sentence];
        let first = |token: usize| self.mentions.partition_point(|mention| mention.from < token);
        first(from)..first(to)
    }

    /// The mentions that begin at a token.
    pub(crate) fn beginning(&self, at: usize) -> impl Iterator<Item = &Mention> + Clone {
        let first = self.mentions.partition_point(|mention| mention.from < at);
        self.mentions[first..].iter().take_while(move |mention| mention.from == at)
    }

    /// The mentions before a trigger in its clause, nearest first.
    pub(crate) fn before(&self, trigger: usize, reach: usize) -> impl Iterator<Item = usize> {
        let at = self.mentions[trigger].from;
        let clause = self.clauses.of[at];
        (0..trigger).rev().take_while(move |&index| self.mentions[index].to + reach > at).filter(
            move |&index| {
                self.mentions[index].to <= at
                    && self.clauses.of[self.mentions[index].from] == clause
            },
        )
    }

    /// The mentions after a trigger in its clause, nearest first.
    pub(crate) fn after(&self, trigger: usize, reach: usize) -> impl Iterator<Item = usize> {
        let at = self.mentions[trigger].to;
        let clause = self.clauses.of[self.mentions[trigger].from];
        (trigger + 1..self.mentions.len())
            .take_while(move |&index| self.mentions[index].from < at + reach)
            .filter(move |&index| {
                self.mentions[index].from >= at
                    && self.clauses.of[self.mentions[index].from] == clause
            })
    }

    pub(crate) fn same_span(&self, index: usize) -> impl Iterator<Item = usize> {
        let span = (self.mentions[index].from, self.mentions[index].to);
        let first = index.saturating_sub(4);
        let last = (index + 5).min(self.mentions.len());
        (first..last)
            .filter(move |&other| (self.mentions[other].from, self.mentions[other].to) == span)
    }
}
