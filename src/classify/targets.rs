//! Against whom: the persons that an act of a court is about, as the lexicon names them or as they
//! are written. Whoever is only mentioned beside them (`Putin's generals`, `an ally of`) is not.

use super::{
    frames::{Frame, View},
    lexicon::What,
    tokens::Shape,
};
use crate::model::{Action, Kind, PersonName, Step};

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

/// A person of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A place in the list of known persons.
    Known(usize),
    /// As written.
    Unlisted(PersonName),
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
/// How many words a list of persons may run over.
const LIST: usize = 40;

impl View<'_> {
    /// The persons that the frame's act is aimed at, in the order in which they stand.
    pub(crate) fn targets(&self, frame: &Frame) -> Vec<Who> {
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
    fn read_list(&self, from: usize, targets: &mut Vec<Who>) {
        let Some(&clause) = self.clauses.of.get(from) else { return };
        let mut at = from;
        let end = self.tokens.list.len().min(from + LIST);
        while at < end && self.clauses.of[at] == clause {
            if let Some((person, to)) = self.person_at(at) {
                if !self.stands_beside(at, to) {
                    targets.push(person);
                }
                at = to;
            } else if let Some(run) = self.capital_run(at) {
                targets.extend(run.name.map(Who::Unlisted));
                at = run.to;
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
        // `minister of defence`: what follows `of` belongs to the role.
        (word == "of" || !self.is_preposition(at)).then_some(at + 1)
    }

    fn person_at(&self, at: usize) -> Option<(Who, usize)> {
        self.mentions.iter().filter(|mention| mention.from == at).find_map(|mention| {
            match self.compiled.lexicon.what(mention) {
                What::Person(index) => Some((Who::Known(index), mention.to)),
                _ => None,
            }
        })
    }

    /// The person whose name ends right before a token: `Putin arrest warrant`.
    fn person_before(&self, at: usize) -> Option<(Who, usize)> {
        self.mentions.iter().filter(|mention| mention.to == at).find_map(|mention| {
            let (name, _) = self.person_at(mention.from)?;
            matches!(self.compiled.lexicon.what(mention), What::Person(_))
                .then_some((name, mention.from))
        })
    }
}
