//! What only describes: participles and phrases beside the main clause, whose acts are not its news.

use super::{
    forms::Form,
    frames::View,
    lexicon::{Mention, What},
    marks::Marks,
    tokens::Shape,
    words::Traits,
};

impl View<'_> {
    /// Whether a participle stands beside what it describes, between commas or before the subject:
    /// `Putin, wanted by the Court, lands`; `Acquitted by the Court, he returns`.
    pub(crate) fn is_aside(&self, trigger: usize) -> bool {
        let mention = self.mentions[trigger];
        let sentence = self.clauses.sentence_at(mention.from);
        let mark = |at: usize| self.tokens.list[at].shape == Shape::Comma;
        // `Acquitted by the Court, he…`: whatever he does next is the news.
        let opens = mention.from == sentence.from;
        let behind_comma = mention.from > sentence.from && mark(mention.from - 1);
        let closed = (mention.to..sentence.to.saturating_sub(2)).find(|&at| mark(at));
        let verb_follows = |from: usize| {
            self.mentions.iter().any(|other| {
                other.from > from
                    && other.from < sentence.to
                    && match self.compiled.lexicon.what(other) {
                        What::Verb(form) => form.has(Form::THIRD) || form.has(Form::PAST),
                        _ => false,
                    }
            })
        };
        closed.is_some_and(|comma| opens || behind_comma && verb_follows(comma))
    }

    /// Whether what a participle describes goes on to act: `the man convicted by the Court wins`.
    pub(crate) fn has_verb_of_its_own(&self, trigger: usize) -> bool {
        let from = self.mentions[trigger].to;
        let beyond = |at: usize| {
            let words = &self.tokens.list[from..(at + 2).min(self.tokens.list.len())];
            words.len() == at + 2 - from
                && words.iter().all(|token| token.shape == Shape::Word)
                && !self.follows_preposition(at)
        };
        let known_as = |at: usize, what: &dyn Fn(&Mention) -> bool| {
            self.mentions.iter().any(|other| (other.from, other.to) == (at, at + 1) && what(other))
        };
        let noun = |other: &Mention| matches!(self.compiled.lexicon.what(other), What::Noun);
        let actor = |other: &Mention| self.compiled.lexicon.marks(other).has(Marks::ACTOR);
        // Right behind the court even an unknown word in `s` is what he does (`convicted by the Court
        // dies`).
        let acts = |at: usize| {
            let word = self.tokens.list.get(at).map_or("", |_| self.tokens.word(at));
            word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
        };
        let agent = |body: &Mention| {
            let marks = self.compiled.lexicon.marks(body);
            marks.has(Marks::BODY) && self.tokens.is(from, Traits::BY) && body.from <= from + 2
        };
        self.after(trigger, 12).any(|index| {
            let mention = self.mentions[index];
            if agent(&mention) && acts(mention.to) {
                beyond(mention.to) && !known_as(mention.to, &actor)
            } else {
                self.form(index) == Form::THIRD
                    && beyond(mention.from)
                    && !known_as(mention.from, &noun)
            }
        })
    }

    /// Where the aside begins that ends right before a token: `The trial of a man, accused of selling
    /// women, opens`. It needs an actor before it.
    pub(crate) fn aside_before(&self, at: usize) -> Option<usize> {
        let comma = |at: usize| self.tokens.list[at].shape == Shape::Comma;
        let closes = at.checked_sub(1).filter(|&before| comma(before))?;
        let clause = self.clauses.of[at];
        let sentence = self.clauses.sentence_at(at);
        let inside = |token: &usize| self.clauses.of[*token] == clause;
        let opens = (sentence.from..closes).rev().filter(inside).find(|&token| comma(token))?;
        // A bracket only explains the word before it.
        if self.tokens.list[opens].start > self.tokens.list[opens.checked_sub(1)?].end {
            return None;
        }
        let acts = |mention: &Mention| {
            mention.from >= sentence.from
                && mention.to <= opens
                && self.compiled.lexicon.marks(mention).has(Marks::ACTOR)
        };
        self.mentions.iter().any(acts).then_some(opens)
    }

    /// Whether a token stands in the phrase with a preposition that opens its sentence, before the
    /// main clause: `With a warrant against him, he stays at home`.
    pub(crate) fn is_fronted(&self, at: usize) -> bool {
        let sentence = self.clauses.sentence_at(at);
        let comma = (sentence.from..sentence.to)
            .find(|&token| self.tokens.list[token].shape == Shape::Comma);
        // `Fresh from an acquittal, …`.
        let telling = Marks::ACTOR.or(Marks::NAME).or(Marks::BODY).or(Marks::TRIGGER);
        let known = self.mentions.iter().any(|mention| {
            mention.from == sentence.from && self.compiled.lexicon.marks(mention).has(telling)
        });
        (self.is_preposition(sentence.from) || !known && self.is_preposition(sentence.from + 1))
            && comma.is_some_and(|comma| at < comma && comma + 2 < sentence.to)
    }

    /// Whether what is done to somebody is what something is for: `a warrant for Kony's arrest`,
    /// `for the arrest of Kony`.
    pub(crate) fn is_purpose(&self, at: usize) -> bool {
        let clause = self.clauses.of[at];
        let word = |token: usize| self.tokens.word(token);
        let Some(before) = at.checked_sub(1) else { return false };
        let owned = word(before) == "'s";
        let from = if owned { before.saturating_sub(4) } else { before.saturating_sub(1) };
        (from..at).rev().take_while(|&token| self.clauses.of[token] == clause).any(|token| {
            let direct = owned || token == before || self.tokens.is(before, Traits::ARTICLE);
            word(token) == "for" && direct
        }) && (owned || matches!(word(at), "arrest" | "detention" | "surrender" | "extradition"))
    }

    /// Whether a participle only describes the noun that follows it (`Convicted war criminal moved`,
    /// `the wanted leader`).
    pub(crate) fn describes(&self, trigger: usize) -> bool {
        let mention = self.mentions[trigger];
        let clause = self.clauses.of[mention.from];
        let alone =
            |at: usize| self.tokens.list[at].shape == Shape::Break || self.clauses.of[at] != clause;
        let opens = mention.from.checked_sub(1).is_none_or(alone);
        let determined =
            !opens && self.tokens.is(mention.from - 1, Traits::BEFORE_NOUN.or(Traits::ARTICLE));
        let noun_follows = self.tokens.list.get(mention.to).is_some_and(|next| {
            next.shape == Shape::Word
                && !next.traits.has(Traits::PREPOSITION.or(Traits::SKIPPED).or(Traits::BEFORE_NOUN))
        });
        noun_follows && (opens || determined)
    }
}
