//! What the words around a verb make of it: voice, tense, and whether it is a verb at all.

use super::{forms::Form, frames::View, lexicon::What, tokens::Shape};

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

impl View<'_> {
    /// Whether a base form is a noun here: behind an article or possessive, or joined to a singular
    /// noun that would need another form of the verb (`court order`).
    pub(crate) fn stands_as_noun(&self, trigger: usize) -> bool {
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
        let at = self.mentions[trigger].from;
        let Some(before) = at.checked_sub(1).map(|before| self.tokens.word(before)) else {
            return false;
        };
        let joined = self.before(trigger, 1).any(|index| {
            self.mentions[index].to == at
                && matches!(
                    self.compiled.lexicon.what(&self.mentions[index]),
                    What::Body(_) | What::Noun
                )
                && !before.ends_with('s')
        });
        let preposition = before != "to" && PREPOSITIONS.contains(&before);
        BEFORE_NOUNS.contains(&before) || preposition || joined
    }

    /// Whether the token is a preposition.
    pub(crate) fn is_preposition(&self, at: usize) -> bool {
        PREPOSITIONS.contains(&self.tokens.word(at))
    }

    pub(crate) fn follows_preposition(&self, at: usize) -> bool {
        let mut back = at;
        while back > 0 && matches!(self.tokens.word(back - 1), "the" | "a" | "an" | "its" | "their")
        {
            back -= 1;
        }
        back > 0 && PREPOSITIONS.contains(&self.tokens.word(back - 1))
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
            let word = self.tokens.word(at);
            if self.tokens.list[at].shape != Shape::Word {
                break;
            }
            if SKIPPED.contains(&word) || word.ends_with("ly") {
                seen += 1;
                continue;
            }
            self.auxiliary(word, at, form, &mut grammar);
            break;
        }
        let by = self.tokens.list.len() > mention.to && self.tokens.word(mention.to) == "by";
        if form.has(Form::PARTICIPLE) && by {
            grammar.passive = true;
        }
        grammar
    }

    /// Whether a word that can be a noun or a verb (`arrest`, `vote`) stands where verbs do.
    pub(crate) fn acts_as_verb(&self, at: usize) -> bool {
        const BEFORE_VERBS: &[&str] = &[
            "to", "not", "will", "would", "can", "could", "may", "might", "should", "must",
            "shall", "did", "does", "do", "cannot", "won't", "n't",
        ];
        let before = at.checked_sub(1).map(|before| self.tokens.word(before));
        before.is_some_and(|word| BEFORE_VERBS.contains(&word) || word.ends_with("n't"))
    }

    fn auxiliary(&self, word: &str, at: usize, form: Form, grammar: &mut Grammar) {
        if BE.contains(&word) && form.has(Form::PARTICIPLE) {
            grammar.passive = true;
            let before = at.checked_sub(1).map_or("", |before| self.tokens.word(before));
            grammar.pluperfect = before == "had";
            grammar.infinitive = before == "to";
        } else if word == "had" && form.has(Form::PARTICIPLE) {
            grammar.pluperfect = true;
        } else if HAVE.contains(&word) || BE.contains(&word) {
            // `has issued`, `is suspending`: asserted as they stand.
        } else if word == "to" && form.has(Form::BASE) {
            grammar.infinitive = true;
        } else if form == Form::GERUND && PREPOSITIONS.contains(&word) {
            grammar.after_preposition = true;
        }
    }
}
