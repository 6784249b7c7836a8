//! What is made of an article before rules are tried on it, in memory that the next article uses
//! again.

use super::{
    Article,
    bodies::possible_bodies,
    clauses::{Clauses, Openers},
    compile::Compiled,
    frames::View,
    lexicon::Mention,
    marks::Marks,
    noted::Noted,
    scan::scan,
    tokens::Tokens,
};

/// An article, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    tokens: Tokens,
    mentions: Vec<Mention>,
    clauses: Clauses,
    noted: Noted,
    /// The rules for which the article has what they need, wherever it stands, in order.
    open: Vec<usize>,
}

impl Desk {
    /// Takes an article apart whether or not a rule can fit it.
    pub(crate) fn take<'a>(
        &'a mut self,
        compiled: &'a Compiled,
        article: &'a Article<'a>,
    ) -> View<'a> {
        self.split(compiled, article);
        self.look(compiled, article);
        self.view(compiled, article)
    }

    /// Splits the text into words.
    pub(crate) fn split(&mut self, compiled: &Compiled, article: &Article<'_>) {
        self.tokens.read(compiled.lexicon.words(), article.title, article.text);
    }

    /// Finds what is mentioned, and the rules that could fit.
    pub(crate) fn look(&mut self, compiled: &Compiled, article: &Article<'_>) {
        self.open.clear();
        self.mentions.clear();
        scan(compiled, &self.tokens, &mut self.mentions);
        self.noted.look(compiled, &self.tokens, &self.mentions);
        if self.noted.marks.has(Marks::TRIGGER) {
            let bodies = possible_bodies(compiled, &self.noted, article.voice);
            compiled.gates.open(&self.noted.presence, bodies, &mut self.open);
            self.open.sort_unstable();
            self.open.dedup();
        }
    }

    /// Parts the sentences, unless no rule can fit, as most articles show by now.
    pub(crate) fn part<'a>(
        &'a mut self,
        compiled: &'a Compiled,
        article: &'a Article<'a>,
    ) -> Option<View<'a>> {
        if self.open.is_empty() { None } else { Some(self.view(compiled, article)) }
    }

    /// Parts the sentences.
    fn view<'a>(&'a mut self, compiled: &'a Compiled, article: &'a Article<'a>) -> View<'a> {
        debug_assert!(self.mentions.is_sorted_by_key(|mention| mention.from));
        let openers = Openers { lexicon: &compiled.lexicon, cues: compiled.cues() };
        self.clauses.part(&self.tokens, &self.mentions, &openers);
        self.noted.presence.part(&compiled.lexicon, &self.mentions, &self.clauses);
        View {
            article,
            compiled,
            tokens: &self.tokens,
            mentions: &self.mentions,
            clauses: &self.clauses,
            noted: &self.noted,
            open: &self.open,
        }
    }
}
