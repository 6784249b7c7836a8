//! What somebody denies: a clause of its own behind the verb, as `denies leaving`, `denies that it
//! left`, `denies reports of its departure`.

use super::{
    clauses::Openers,
    compile::CompiledRule,
    frames::View,
    lexicon::{Mention, What},
    marks::Marks,
    tokens::{Shape, Tokens},
    words::Traits,
};

/// Words behind which a clause or its noun begins in any case.
const INTRODUCE: &[&str] = &["that", "que", "of", "dass", "che", "having", "avoir", "haber", "ter"];
/// Words with which a clause begins whose actor is whoever denies.
const OWN: &[&str] = &["it", "he", "she", "they", "its", "his", "her", "their", "any", "plans"];

impl Openers<'_> {
    /// Whether a clause begins at a token, right behind a verb that can have one: a gerund, a
    /// pronoun, somebody who acts.
    pub(super) fn begins_content(&self, tokens: &Tokens, mentions: &[Mention], at: usize) -> bool {
        let Some(next) = tokens.list.get(at).filter(|next| next.shape == Shape::Word) else {
            return false;
        };
        let word = tokens.word(at);
        let acts = || {
            let actor = actor_at(self, tokens, mentions, at);
            actor.is_some_and(|to| {
                let helps = tokens.is(to, Traits::HAVE.or(Traits::BE).or(Traits::BEFORE_VERB));
                let word = tokens.list.get(to).map_or("", |_| tokens.word(to));
                let finite = |mention: &Mention| {
                    let verb = matches!(self.lexicon.what(mention), What::Verb(_));
                    verb && mention.from == to && (word.ends_with('s') || word.ends_with("ed"))
                };
                helps || mentions.iter().any(finite)
            })
        };
        INTRODUCE.contains(&tokens.word(at - 1))
            || next.field == tokens.list[at - 1].field
                && (OWN.contains(&word) || word.len() > 5 && word.ends_with("ing") || acts())
    }

    /// Whether nobody acts at the beginning of what is denied but whoever denies it.
    pub(super) fn lacks_actor(&self, tokens: &Tokens, mentions: &[Mention], at: usize) -> bool {
        actor_at(self, tokens, mentions, at).is_none()
    }
}

/// One past the actor who is named at a token, an article aside.
fn actor_at(
    openers: &Openers<'_>,
    tokens: &Tokens,
    mentions: &[Mention],
    at: usize,
) -> Option<usize> {
    let from = at + usize::from(at < tokens.list.len() && tokens.is(at, Traits::ARTICLE));
    let here = mentions.iter().take_while(|mention| mention.from <= from);
    let names = Marks::NAME.or(Marks::BODY).or(Marks::ACTOR);
    let actors =
        here.filter(|mention| mention.from == from && openers.lexicon.marks(mention).has(names));
    actors.map(|mention| mention.to).max()
}

impl View<'_> {
    /// Who acts in what he denies, where the clause itself has nobody.
    pub(super) fn actor_of_content(&self, rule: &CompiledRule, trigger: usize) -> Option<usize> {
        let clause = self.clauses.of[self.mentions[trigger].from];
        self.clauses.list[clause].opened_by?;
        let first = self.clauses.list[clause].shares?;
        (0..trigger).rev().find(|&index| {
            self.clauses.of[self.mentions[index].from] == first
                && self.may_act(rule, index)
                && !self.in_preposition(index)
        })
    }
}
