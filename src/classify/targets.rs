//! Against whom: the persons that an act of a court is about, as the lexicon names them or as they
//! are written. Whoever is only mentioned beside them (`Putin's generals`, `an ally of`) is not.

use super::{
    frames::{Frame, View},
    lexicon::What,
    tokens::{Case, Shape},
};
use crate::model::{Action, Field, Kind, PersonName, Step};

/// Whether a step is taken against persons.
pub(crate) fn is_personal(step: Step) -> bool {
    use Action as A;
    match step.kind {
        Kind::Warrant => true,
        Kind::Ruling => {
            matches!(step.action, A::ChargesConfirmed | A::Conviction | A::Acquittal | A::Sentence)
        }
        Kind::Proceedings => matches!(step.action, A::Charges | A::TrialOpened),
        Kind::Enforcement => {
            matches!(step.action, A::Surrendered | A::Refused | A::NotArrested | A::Cooperated)
        }
        Kind::Membership | Kind::Pressure | Kind::Resolution | Kind::Statement => false,
    }
}

/// What leads to the person: `a warrant for`, `charges against`.
const LEADS: &[&str] =
    &["for", "against", "of", "contra", "contre", "para", "pour", "de", "gegen", "on"];
const JOINS: &[&str] = &["and", "or", "y", "et", "e", "und", "as", "well"];
/// Who stands beside a person without being that person.
const BESIDE: &[&str] = &[
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "aide",
    "aides",
    "allies",
    "ally",
    "associate",
    "associates",
    "brother",
    "circle",
    "commander",
    "commanders",
    "cronies",
    "daughter",
    "deputies",
    "deputy",
    "family",
    "general",
    "generals",
    "government",
    "insiders",
    "lawyer",
    "lawyers",
    "loyalist",
    "loyalists",
    "men",
    "minister",
    "ministers",
    "official",
    "officials",
    "regime",
    "son",
    "sons",
    "spokesman",
    "supporter",
    "supporters",
    "wife",
];
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
/// How many words a list of persons may run over.
const LIST: usize = 40;

impl View<'_> {
    /// The persons that the frame's act is aimed at, in the order in which they stand.
    pub(crate) fn targets(&self, frame: &Frame) -> Vec<PersonName> {
        let mut targets = Vec::new();
        let object = frame.object.unwrap_or(frame.trigger);
        let mention = self.mentions[object];
        if self.person_at(mention.from).is_some() {
            self.read_list(mention.from, &mut targets);
        }
        if let Some((person, from)) = self.person_before(mention.from)
            && !self.stands_beside(from, mention.from)
        {
            targets.push(person);
        }
        let clause = self.clauses.of[mention.from];
        let lead = (mention.to..self.tokens.list.len().min(mention.to + 8))
            .take_while(|&at| self.clauses.of[at] == clause)
            .find(|&at| LEADS.contains(&self.tokens.word(at)));
        if let Some(lead) = lead {
            self.read_list(lead + 1, &mut targets);
        }
        targets
    }

    /// Whether the person who is mentioned there only stands beside another (`Putin aide`, `ally of
    /// Putin`).
    pub(crate) fn stands_beside(&self, from: usize, to: usize) -> bool {
        let word = |at: usize| self.tokens.list.get(at).map_or("", |_| self.tokens.word(at));
        let owns = word(to) == "'s" || BESIDE.contains(&word(to));
        let owned = from > 1
            && matches!(word(from - 1), "of" | "to" | "de")
            && BESIDE.contains(&word(from - 2));
        owns || owned
    }

    /// Reads persons from a token on, until something else begins.
    fn read_list(&self, from: usize, targets: &mut Vec<PersonName>) {
        let Some(&clause) = self.clauses.of.get(from) else { return };
        let mut at = from;
        let end = self.tokens.list.len().min(from + LIST);
        while at < end && self.clauses.of[at] == clause {
            if let Some((person, to)) = self.person_at(at) {
                if !self.stands_beside(at, to) {
                    targets.push(person);
                }
                at = to;
            } else if let Some((person, to)) = self.unlisted(at) {
                targets.push(person);
                at = to;
            } else if let Some(to) = self.passed_over(at) {
                at = to;
            } else {
                break;
            }
        }
    }

    /// What may stand between the persons of a list: joints, states, roles, adjectives.
    fn passed_over(&self, at: usize) -> Option<usize> {
        let token = self.tokens.list[at];
        match token.shape {
            Shape::Comma | Shape::Quote => return Some(at + 1),
            Shape::Word => {}
            Shape::Stop | Shape::Question | Shape::Break => return None,
        }
        let word = self.tokens.word(at);
        if JOINS.contains(&word) || word == "'s" {
            return Some(at + 1);
        }
        let mut here = self.mentions.iter().filter(|mention| mention.from == at).peekable();
        let known = here.peek().is_some();
        let what = |what| matches!(what, What::Verb(_) | What::Cue(_) | What::Body(_));
        if here.clone().any(|mention| what(self.compiled.lexicon.what(mention))) {
            let noun = |mention: &&super::lexicon::Mention| {
                matches!(self.compiled.lexicon.what(mention), What::Noun)
            };
            return here.find(noun).filter(|_| BESIDE.contains(&word)).map(|mention| mention.to);
        }
        if known {
            return here.map(|mention| mention.to).max();
        }
        (!self.is_preposition(at)).then_some(at + 1)
    }

    fn person_at(&self, at: usize) -> Option<(PersonName, usize)> {
        self.mentions.iter().filter(|mention| mention.from == at).find_map(|mention| {
            match self.compiled.lexicon.what(mention) {
                What::Person(index) => {
                    let person = &self.compiled.definitions.persons[index];
                    Some((person.name.clone(), mention.to))
                }
                _ => None,
            }
        })
    }

    /// The person whose name ends right before a token: `Putin arrest warrant`.
    fn person_before(&self, at: usize) -> Option<(PersonName, usize)> {
        self.mentions.iter().filter(|mention| mention.to == at).find_map(|mention| {
            let (name, _) = self.person_at(mention.from)?;
            matches!(self.compiled.lexicon.what(mention), What::Person(_))
                .then_some((name, mention.from))
        })
    }

    /// A name that the lexicon does not know: two words or more with capitals, where capitals mean
    /// something.
    fn unlisted(&self, from: usize) -> Option<(PersonName, usize)> {
        let field = self.tokens.list[from].field;
        if self.capitals_everywhere(field) {
            return None;
        }
        let named = |at: usize| {
            let token = self.tokens.list[at];
            let known = self.mentions.iter().any(|mention| {
                mention.from <= at
                    && at < mention.to
                    && !matches!(self.compiled.lexicon.what(mention), What::Cue(_))
            });
            token.field == field
                && token.shape == Shape::Word
                && token.case == Case::Capital
                && !known
        };
        let particle = |at: usize| {
            PARTICLES.contains(&self.tokens.word(at))
                && at + 1 < self.tokens.list.len()
                && named(at + 1)
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
        let first = (from..end).find(|&at| !TITLES.contains(&self.tokens.word(at)))?;
        if end - first < 2 {
            return None;
        }
        let (start, stop) = (self.tokens.list[first].start, self.tokens.list[end - 1].end);
        Some((PersonName::from(self.written(field, start, stop)), end))
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
    fn capitals_everywhere(&self, field: Field) -> bool {
        let words = self.tokens.list.iter().filter(|token| {
            token.field == field && token.shape == Shape::Word && token.end - token.start > 3
        });
        let (all, capital) = words.fold((0, 0), |(all, capital), token| {
            (all + 1, capital + usize::from(token.case != Case::Lower))
        });
        capital * 10 > all * 7
    }
}
