//! What the words around a verb make of it: voice, tense, and whether it is a verb at all.

use super::{
    forms::Form,
    frames::View,
    lexicon::What,
    tokens::Shape,
    words::{Traits, Words},
};

/// What the words before a verb make of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that a form can be, or not")]
pub(crate) struct Grammar {
    pub(crate) passive: bool,
    /// A passive without its auxiliary (`warrant issued for`), as headlines have; before another
    /// verb it only describes (`the warrant issued in March is…`).
    pub(crate) reduced: bool,
    /// `had issued`.
    pub(crate) pluperfect: bool,
    /// `to issue`.
    pub(crate) infinitive: bool,
    /// `for issuing`.
    pub(crate) after_preposition: bool,
    pub(crate) nominal: bool,
}

const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "being", "gets", "got", "get", "becomes", "became"];
const HAVE: &[&str] = &["has", "have", "having"];
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "for", "against", "from", "with", "over", "between", "under", "by",
    "de", "del", "en", "por", "para", "contra", "sobre", "du", "des", "au", "aux", "dans", "par",
    "pour", "contre", "to", "into", "about", "near", "inside", "via", "through", "without",
    "toward", "towards", "per", "within", "along", "among",
];
const SKIPPED: &[&str] = &[
    "not", "now", "also", "then", "just", "soon", "thus", "still", "again", "yet", "even", "ever",
    "never", "already", "today", "once",
];

const BEFORE_NOUNS: &[&str] = &[
    "a",
    "an",
    "the",
    "its",
    "his",
    "her",
    "their",
    "our",
    "this",
    "that",
    "any",
    "no",
    "new",
    "'s",
    "first",
    "landmark",
    "emergency",
];
const BEFORE_VERBS: &[&str] = &[
    "to", "not", "will", "would", "can", "could", "may", "might", "should", "must", "shall", "did",
    "does", "do", "cannot", "won't", "n't",
];
/// Nouns of many people that do not end in `s`.
const MANY: &[&str] = &[
    "police", "people", "women", "men", "children", "youth", "youths", "majority", "trio", "dozen",
];
const CONJUNCTIONS: &[&str] = &["and", "but", "then", "y", "et", "e", "und", "pero", "mais", "ma"];
const ARTICLES: &[&str] = &["the", "a", "an", "its", "their"];

/// Notes what the small words of grammar are good for.
pub(crate) fn mark(words: &mut Words) {
    for (list, what) in [
        (BE, Traits::BE),
        (HAVE, Traits::HAVE),
        (PREPOSITIONS, Traits::PREPOSITION),
        (SKIPPED, Traits::SKIPPED),
        (ARTICLES, Traits::ARTICLE),
        (MANY, Traits::MANY),
        (CONJUNCTIONS, Traits::JOIN),
        (BEFORE_NOUNS, Traits::BEFORE_NOUN),
        (BEFORE_VERBS, Traits::BEFORE_VERB),
        (&["by"], Traits::BY),
    ] {
        words.mark(list.iter().copied(), what);
    }
}

impl View<'_> {
    /// Whether a base form is a noun here: behind an article or possessive, or joined to a singular
    /// noun that would need another form of the verb (`court order`).
    pub(crate) fn stands_as_noun(&self, trigger: usize) -> bool {
        let at = self.mentions[trigger].from;
        let Some(before) = at.checked_sub(1) else { return false };
        let joined = self.before(trigger, 1).any(|index| {
            self.mentions[index].to == at
                && matches!(
                    self.compiled.lexicon.what(&self.mentions[index]),
                    What::Body(_) | What::Noun
                )
                && !self.is_plural(before)
                && !self.has_plural_head(index)
        });
        let preposition = self.is_preposition(before) && self.tokens.word(before) != "to";
        self.tokens.is(before, Traits::BEFORE_NOUN) || preposition || joined
    }

    /// Whether a noun is of many (`judges`, `police`).
    fn is_plural(&self, at: usize) -> bool {
        self.tokens.word(at).ends_with('s') || self.tokens.is(at, Traits::MANY)
    }

    /// Whether a body or place stands in a phrase about many (`judges at the Court issue`).
    fn has_plural_head(&self, index: usize) -> bool {
        let from = self.mentions[index].from;
        let clause = self.clauses.of[from];
        let mut at = from;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1).filter(|at| self.clauses.of[*at] == clause) else {
                return false;
            };
            at = before;
            if self.is_preposition(at) {
                return at.checked_sub(1).is_some_and(|head| self.is_plural(head));
            }
        }
        false
    }

    /// The verb whose actor a verb shares: `convicts the general and acquits his aide`.
    pub(crate) fn joined_verb(&self, trigger: usize) -> Option<usize> {
        let mut at = self.mentions[trigger].from;
        let clause = self.clauses.of[at];
        if let Some(verb) = self.sharing_verb(clause) {
            return Some(verb);
        }
        loop {
            at = at.checked_sub(1).filter(|before| self.clauses.of[*before] == clause)?;
            if self.tokens.is(at, Traits::JOIN) {
                break;
            }
            if !self.tokens.is(at, Traits::SKIPPED) && !self.tokens.word(at).ends_with("ly") {
                return None;
            }
        }
        let earlier = |index: &usize| self.mentions[*index].to <= at && self.is_finite(*index);
        self.before(trigger, 16).find(earlier)
    }

    /// The first verb of the clause whose actor a clause shares.
    pub(crate) fn sharing_verb(&self, clause: usize) -> Option<usize> {
        self.clauses.list[clause].shares?;
        let shared = self.clauses.first_of(clause);
        (0..self.mentions.len()).find(|&index| {
            self.clauses.of[self.mentions[index].from] == shared && self.is_finite(index)
        })
    }

    fn is_finite(&self, index: usize) -> bool {
        let finite = Form::THIRD.with(Form::PAST).with(Form::BASE);
        matches!(self.compiled.lexicon.what(&self.mentions[index]), What::Verb(form) if form.has(finite))
    }

    /// Whether a base form gives an order: it opens a clause, and nobody acts (`Arrest him, groups
    /// tell Ruritania`).
    pub(crate) fn commands(&self, trigger: usize) -> bool {
        let at = self.mentions[trigger].from;
        let clause = self.clauses.of[at];
        let opens = at.checked_sub(1).is_none_or(|before| {
            self.clauses.of[before] != clause || self.tokens.list[before].shape == Shape::Break
        });
        let form = self.form(trigger);
        // `arrest` can be a noun: then somebody must follow whom the order is about.
        let aimed = || {
            let to = self.mentions[trigger].to;
            self.beginning(to).any(|mention| {
                let what = self.compiled.lexicon.what(mention);
                matches!(what, What::Person(_) | What::State(_) | What::Body(_))
            })
        };
        opens && (form == Form::BASE || form.has(Form::BASE) && form.has(Form::NOMINAL) && aimed())
    }

    /// Whether a mention stands behind a preposition, or beside one that does (`in Darfur, Sudan,`).
    pub(crate) fn in_preposition(&self, index: usize) -> bool {
        let mention = self.mentions[index];
        let beside = self.mentions[..index].iter().rposition(|other| {
            other.to + 1 == mention.from && self.tokens.list[other.to].shape == Shape::Comma
        });
        let state = |index: usize| {
            matches!(self.compiled.lexicon.what(&self.mentions[index]), What::State(_))
        };
        match beside {
            Some(other) if state(index) && state(other) && self.closed_by_comma(mention.to) => {
                self.in_preposition(other)
            }
            _ => self.follows_preposition(mention.from),
        }
    }

    fn closed_by_comma(&self, at: usize) -> bool {
        self.tokens.list.get(at).is_some_and(|token| token.shape == Shape::Comma)
    }

    /// Whether the token is a preposition.
    pub(crate) fn is_preposition(&self, at: usize) -> bool {
        self.tokens.is(at, Traits::PREPOSITION)
    }

    pub(crate) fn follows_preposition(&self, at: usize) -> bool {
        let mut back = at;
        while back > 0 && self.tokens.is(back - 1, Traits::ARTICLE) {
            back -= 1;
        }
        back > 0 && self.is_preposition(back - 1)
    }

    pub(crate) fn form(&self, trigger: usize) -> Form {
        match self.compiled.lexicon.what(&self.mentions[trigger]) {
            What::Verb(form) => form,
            _ => Form::NOMINAL,
        }
    }

    /// Reads the words before a verb.
    pub(crate) fn grammar(&self, trigger: usize) -> Grammar {
        let form = self.form(trigger);
        let mention = self.mentions[trigger];
        if form == Form::NOMINAL || form.has(Form::NOMINAL) && !self.acts_as_verb(mention.from) {
            return Grammar { nominal: true, ..Grammar::default() };
        }
        let mut grammar = Grammar::default();
        let clause = self.clauses.of[mention.from];
        let mut at = mention.from;
        let mut seen = 0;
        while at > 0 && seen < 4 && self.clauses.of[at - 1] == clause {
            at -= 1;
            if self.tokens.list[at].shape != Shape::Word {
                break;
            }
            let word = self.tokens.word(at);
            if self.tokens.is(at, Traits::SKIPPED) || word.ends_with("ly") {
                seen += 1;
                continue;
            }
            self.auxiliary(word, at, form, &mut grammar);
            break;
        }
        if form.has(Form::PARTICIPLE) && self.tokens.is(mention.to, Traits::BY) {
            grammar.reduced = !grammar.passive;
            grammar.passive = true;
        }
        grammar
    }

    /// Whether a word that can be a noun or a verb (`arrest`, `vote`) stands where verbs do.
    pub(crate) fn acts_as_verb(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.tokens.is(before, Traits::BEFORE_VERB) || self.tokens.word(before).ends_with("n't")
        })
    }

    fn auxiliary(&self, word: &str, at: usize, form: Form, grammar: &mut Grammar) {
        if self.tokens.is(at, Traits::BE) && form.has(Form::PARTICIPLE) {
            grammar.passive = true;
            let before = at.checked_sub(1).map_or("", |before| self.tokens.word(before));
            grammar.pluperfect = before == "had";
            grammar.infinitive = before == "to";
        } else if word == "had" && form.has(Form::PARTICIPLE) {
            grammar.pluperfect = true;
        } else if self.tokens.is(at, Traits::HAVE) || self.tokens.is(at, Traits::BE) {
            // `has issued`, `is suspending`: asserted as they stand.
        } else if word == "to" && form.has(Form::BASE) {
            grammar.infinitive = true;
        } else if form == Form::GERUND && self.is_preposition(at) {
            grammar.after_preposition = true;
        }
    }
}
