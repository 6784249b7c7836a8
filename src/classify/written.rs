//! Names that no lexicon knows, read as they are written: two words or more with capitals, where
//! capitals mean something.

use super::{
    frames::View,
    lexicon::What,
    marks::Marks,
    tokens::{Case, Shape, Token},
    words::{Traits, Words},
};
use crate::model::{Field, PersonName};

/// Words with capitals that follow each other.
#[derive(Debug)]
pub(crate) struct CapitalRun {
    /// The person that they name, unless they name something else.
    pub(crate) name: Option<PersonName>,
    /// One past the last token.
    pub(crate) to: usize,
}

/// Titles before a name that are no part of it.
const TITLES: &[&str] = &[
    "admiral",
    "ayatollah",
    "brigadier",
    "captain",
    "chief",
    "col",
    "colonel",
    "commander",
    "dr",
    "emir",
    "former",
    "gen",
    "general",
    "king",
    "leader",
    "lieutenant",
    "lt",
    "maj",
    "major",
    "marshal",
    "minister",
    "mr",
    "mrs",
    "ms",
    "pm",
    "premier",
    "president",
    "prime",
    "prince",
    "prof",
    "senator",
    "sheikh",
    "sir",
];
/// What may stand inside a name without a capital.
const PARTICLES: &[&str] = &["al", "el", "bin", "ibn", "de", "da", "van", "von", "der", "la"];
/// Last words of names that are no person's.
const NO_PERSON: &[&str] = &[
    "act",
    "agency",
    "agreement",
    "airport",
    "aligned",
    "allied",
    "army",
    "assembly",
    "association",
    "authority",
    "aviation",
    "backed",
    "bank",
    "bay",
    "brigade",
    "case",
    "chamber",
    "chambers",
    "church",
    "city",
    "commission",
    "committee",
    "company",
    "convention",
    "corporation",
    "corps",
    "council",
    "court",
    "day",
    "declaration",
    "district",
    "federation",
    "fleet",
    "forces",
    "front",
    "group",
    "guard",
    "gulf",
    "herald",
    "hospital",
    "island",
    "islands",
    "kingdom",
    "law",
    "led",
    "linked",
    "massacre",
    "mechanism",
    "ministry",
    "monitor",
    "mountains",
    "movement",
    "news",
    "ocean",
    "office",
    "organisation",
    "organization",
    "party",
    "plan",
    "police",
    "post",
    "prison",
    "province",
    "region",
    "republic",
    "review",
    "revolution",
    "rights",
    "river",
    "sea",
    "senate",
    "ship",
    "square",
    "state",
    "states",
    "statute",
    "strait",
    "street",
    "support",
    "times",
    "treaty",
    "tribunal",
    "union",
    "university",
    "valley",
    "village",
    "war",
    "watch",
    "week",
];

/// Notes which words stand in and beside names.
pub(crate) fn mark(words: &mut Words) {
    for (list, what) in
        [(TITLES, Traits::TITLE), (PARTICLES, Traits::PARTICLE), (NO_PERSON, Traits::THING)]
    {
        words.mark(list.iter().copied(), what);
    }
}

impl View<'_> {
    /// The persons that the sentence of a token names without the lexicon knowing them: behind a
    /// word in small letters, which mostly says who they are (`journalist Anna Beispiel`).
    pub(crate) fn written_names(&self, token: usize) -> Vec<PersonName> {
        let sentence = self.clauses.sentence_at(token);
        let mut names = Vec::new();
        let mut at = sentence.from + 1;
        while at < sentence.to {
            let Some(run) = self.capital_run(at) else {
                at += 1;
                continue;
            };
            let before = self.tokens.list[at - 1];
            if before.shape == Shape::Word && before.case == Case::Lower {
                names.extend(run.name);
            }
            at = run.to;
        }
        names
    }

    /// The run of words with capitals that begins at a token and that the lexicon does not know.
    /// Behind `the` or `of` stands an organisation or a place, not a person, and so with the words
    /// that end their names.
    pub(crate) fn capital_run(&self, from: usize) -> Option<CapitalRun> {
        let Token { field, shape, case, .. } = self.tokens.list[from];
        if (shape, case) != (Shape::Word, Case::Capital) || self.capitals_everywhere(field) {
            return None;
        }
        let named = |at: usize| {
            let token = self.tokens.list[at];
            let known = || {
                self.mentions.iter().any(|mention| {
                    mention.from <= at
                        && at < mention.to
                        && !matches!(self.compiled.lexicon.what(mention), What::Cue(_))
                })
            };
            token.field == field
                && token.shape == Shape::Word
                && token.case == Case::Capital
                && !known()
        };
        let particle = |at: usize| {
            self.tokens.is(at, Traits::PARTICLE) && at + 1 < self.tokens.list.len() && named(at + 1)
        };
        // `Kim Jong-un`: what a hyphen joins belongs to the name.
        let joined = |at: usize| {
            at > from
                && self.tokens.list[at].shape == Shape::Word
                && self.tokens.list[at].field == field
                && self.tokens.list[at].start == self.tokens.list[at - 1].end + 1
                && self.written(field, self.tokens.list[at - 1].end, self.tokens.list[at].start)
                    == "-"
        };
        let end = (from..self.tokens.list.len())
            .find(|&at| !(named(at) || at > from && (particle(at) || joined(at))))?;
        let first = (from..end).find(|&at| !self.tokens.is(at, Traits::TITLE))?;
        if end - first < 2 {
            return None;
        }
        let behind = from.checked_sub(1).map_or("", |before| self.tokens.word(before));
        let article = self.tokens.is(first, Traits::ARTICLE);
        let thing = behind == "the" || article || self.tokens.is(end - 1, Traits::THING);
        let (start, stop) = (self.tokens.list[first].start, self.tokens.list[end - 1].end);
        let name = (!thing).then(|| PersonName::from(self.written(field, start, stop)));
        Some(CapitalRun { name, to: end })
    }

    /// The text between two characters, as it is written.
    fn written(&self, field: Field, start: u32, end: u32) -> String {
        let text = match field {
            Field::Title => self.article.title,
            Field::Text => self.article.text,
        };
        text.chars().skip(start as usize).take((end - start) as usize).collect()
    }

    /// Whether most words of a field begin with a capital, as some headlines are written.
    pub(crate) fn capitals_everywhere(&self, field: Field) -> bool {
        let known = match field {
            Field::Title => &self.noted.capitals[0],
            Field::Text => &self.noted.capitals[1],
        };
        *known.get_or_init(|| self.has_capitals_everywhere(field))
    }

    /// The first word and the names that the lexicon knows tell nothing.
    fn has_capitals_everywhere(&self, field: Field) -> bool {
        let first = self.tokens.list.iter().position(|token| token.field == field);
        let named = |at: usize| {
            self.mentions.iter().any(|mention| {
                let names = Marks::NAME.or(Marks::BODY);
                mention.from <= at
                    && at < mention.to
                    && self.compiled.lexicon.marks(mention).has(names)
            })
        };
        let words = self.tokens.list.iter().enumerate().filter(|(at, token)| {
            token.field == field
                && token.shape == Shape::Word
                && token.end - token.start > 3
                && Some(*at) != first
                && !named(*at)
        });
        let (all, capital) = words.fold((0, 0), |(all, capital), (_, token)| {
            (all + 1, capital + usize::from(token.case != Case::Lower))
        });
        capital * 10 > all * 7
    }
}
