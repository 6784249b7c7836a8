//! Against whom: the persons that an act of a court is about, as the lexicon names them or as they
//! are written. Whoever is only mentioned beside them (`Putin's generals`, `an ally of`) is not.

use super::{
    forms::Form,
    frames::{Frame, View},
    lexicon::{Mention, What},
    tokens::{Case, Shape},
    words::{Traits, Words},
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
    "administration",
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
    "bodyguard",
    "brother",
    "cabinet",
    "circle",
    "clan",
    "commander",
    "commanders",
    "critic",
    "critics",
    "cronies",
    "daughter",
    "deputies",
    "deputy",
    "envoy",
    "era",
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
    "predecessor",
    "regime",
    "rival",
    "rivals",
    "son",
    "sons",
    "spokesman",
    "successor",
    "supporter",
    "supporters",
    "wife",
    "witness",
    "witnesses",
];
/// What is done to somebody or is somebody's own doing, whoever's it is called (`for his rival's
/// arrest`).
const DONE_TO: &[&str] = &[
    "acquittal",
    "acquittals",
    "appeal",
    "application",
    "arrest",
    "bail",
    "capture",
    "case",
    "charges",
    "complaint",
    "conviction",
    "crackdown",
    "custody",
    "defence",
    "defense",
    "detention",
    "drug",
    "execution",
    "extradition",
    "fitness",
    "freedom",
    "handover",
    "hearing",
    "immunity",
    "indictment",
    "indictments",
    "interim",
    "jail",
    "killing",
    "life",
    "murder",
    "objections",
    "petition",
    "plea",
    "poisoning",
    "presidency",
    "prison",
    "provisional",
    "punishment",
    "release",
    "request",
    "right",
    "rights",
    "sentence",
    "sentences",
    "sentencing",
    "surrender",
    "term",
    "transfer",
    "trial",
    "verdict",
    "war",
    "warrant",
];

/// Notes which words lead to persons, stand between them and beside them.
pub(crate) fn mark(words: &mut Words) {
    for (list, what) in [
        (LEADS, Traits::LEAD),
        (JOINS, Traits::LIST),
        (BESIDE, Traits::BESIDE),
        (DONE_TO, Traits::DONE_TO),
    ] {
        words.mark(list.iter().copied(), what);
    }
}

/// How many words a list of persons may run over.
const LIST: usize = 40;

impl View<'_> {
    /// The persons that the frame's act is aimed at, in the order in which they stand.
    pub(crate) fn targets(&self, frame: &Frame) -> Vec<Who> {
        let mut targets = Vec::new();
        let mention = self.mentions[frame.object.unwrap_or(frame.trigger)];
        let clause = self.clauses.of[mention.from];
        let trigger = self.mentions[frame.trigger];
        if frame.grammar.passive || self.tokens.word(trigger.from).ends_with("ed") {
            self.read_list(self.patient_from(frame.trigger), &mut targets);
        }
        if self.person_at(mention.from).is_some() {
            self.read_list(mention.from, &mut targets);
        } else if !frame.grammar.nominal && !frame.grammar.passive {
            self.read_list(trigger.to, &mut targets);
        }
        self.read_back(mention.from, &mut targets);
        if let Some(opens) = self.apposition_before(trigger.from) {
            self.read_back(opens, &mut targets);
        }
        let end = self.tokens.list.len().min(mention.to + LIST);
        let leads = (mention.to..end)
            .take_while(|&at| self.clauses.of[at] == clause)
            .filter(|&at| self.tokens.is(at, Traits::LEAD));
        for (place, lead) in leads.enumerate() {
            // `… for one and, in another case, for the other`.
            let near = place == 0 && lead < mention.to + 8;
            if near || place > 0 && self.leads_on(lead) {
                self.read_list(lead + 1, &mut targets);
            }
        }
        targets
    }

    /// Where the words for whom a passive verb acts on begin: behind the verb before it.
    fn patient_from(&self, trigger: usize) -> usize {
        let at = self.mentions[trigger].from;
        let clause = self.clauses.of[at];
        let verb = |index: &usize| {
            matches!(self.compiled.lexicon.what(&self.mentions[*index]), What::Verb(_))
        };
        let sentence = self.clauses.sentence_at(at);
        let begins = (sentence.from..at).find(|&token| self.clauses.of[token] == clause);
        let verb = self.before(trigger, LIST).find(verb);
        verb.map_or(begins.unwrap_or(at), |index| self.mentions[index].to)
    }

    /// Where the apposition opens that ends right before a verb: `Hans Muster, a lawyer, surrenders`.
    fn apposition_before(&self, at: usize) -> Option<usize> {
        let comma = |at: &usize| self.tokens.list[*at].shape == Shape::Comma;
        let closes = at.checked_sub(1).filter(comma)?;
        (self.clauses.sentence_at(at).from..closes).rev().find(comma)
    }

    /// Whether what leads to a person stands behind a comma or joint.
    fn leads_on(&self, lead: usize) -> bool {
        let before = self.tokens.list[lead - 1].shape == Shape::Comma;
        let word = self.tokens.word(lead - 1);
        before
            || self.tokens.is(lead - 1, Traits::LIST.or(Traits::DONE_TO))
            || ["another", "one", "second", "third"].contains(&word)
    }

    /// Whether the person who is mentioned there only stands beside another (`Putin aide`, `ally of
    /// Putin`).
    pub(crate) fn stands_beside(&self, from: usize, to: usize) -> bool {
        let word = |at: usize| self.tokens.list.get(at).map_or("", |_| self.tokens.word(at));
        let is = |at: usize, what| self.tokens.is(at, what);
        let owns = word(to) == "'s" && !is(to + 1, Traits::DONE_TO) || is(to, Traits::BESIDE);
        // `the government of Ruritanian President Rufus Firefly`.
        let mut first = from;
        while let Some(before) = first.checked_sub(1)
            && (is(before, Traits::TITLE) || self.beginning(before).any(|it| self.is_state(it)))
        {
            first = before;
        }
        let owned = first > 1
            && is(first - 2, Traits::BESIDE)
            && matches!(word(first - 1), "of" | "to" | "de");
        owns || owned
    }

    fn is_state(&self, mention: &Mention) -> bool {
        matches!(self.compiled.lexicon.what(mention), What::State(_))
    }

    /// Reads persons from a token on, until something else begins.
    pub(crate) fn read_list(&self, from: usize, targets: &mut Vec<Who>) {
        let Some(&clause) = self.clauses.of.get(from) else { return };
        let mut at = from;
        let end = self.tokens.list.len().min(from + LIST);
        while at < end && self.clauses.of[at] == clause {
            if let Some((person, to)) = self.person_at(at) {
                if !self.stands_beside(at, to) {
                    targets.push(person);
                }
                at = to;
            } else if self.tokens.word(at) == "a"
                && at + 1 < end
                && self.capital_run(at + 1).is_some()
            {
                // `arrêté à Neuilly-sur-Seine`.
                break;
            } else if let Some(run) = self.capital_run(at) {
                let beside = self.stands_beside(at, run.to);
                targets.extend(run.name.filter(|_| !beside).map(Who::Unlisted));
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
        if token.traits.has(Traits::LIST) || word == "'s" {
            return Some(at + 1);
        }
        let mut here = self.beginning(at).peekable();
        let known = here.peek().is_some();
        let what = |what| matches!(what, What::Verb(_) | What::Cue(_) | What::Body(_));
        if here.clone().any(|mention| what(self.compiled.lexicon.what(mention))) {
            let noun =
                |mention: &&Mention| matches!(self.compiled.lexicon.what(mention), What::Noun);
            let beside = token.traits.has(Traits::BESIDE);
            let noun = here.clone().find(noun).filter(|_| beside).map(|mention| mention.to);
            return noun.or_else(|| here.find_map(|verb| self.part_of_role(verb)));
        }
        if known {
            return here.map(|mention| mention.to).max();
        }
        // `minister of defence`: what follows `of` belongs to the role.
        (word == "of" || !self.is_preposition(at)).then_some(at + 1)
    }

    /// One past a word that could be a verb and is the last of a role: `the leader of the military
    /// wing Hans Muster`, `commander of the Border Forces`.
    fn part_of_role(&self, verb: &Mention) -> Option<usize> {
        let What::Verb(form) = self.compiled.lexicon.what(verb) else { return None };
        let token = self.tokens.list[verb.from];
        if token.case == Case::Capital && !self.capitals_everywhere(token.field) {
            return Some(verb.to);
        }
        let before = self.tokens.list[verb.from.checked_sub(1)?];
        let small = (before.shape, before.case) == (Shape::Word, Case::Lower)
            && !before.traits.has(Traits::BEFORE_VERB)
            && !self.tokens.word(verb.from - 1).ends_with('s');
        let named = self.tokens.list.get(verb.to).is_some_and(|next| next.case == Case::Capital);
        (form == Form::BASE && small && named).then_some(verb.to)
    }

    fn person_at(&self, at: usize) -> Option<(Who, usize)> {
        self.beginning(at).find_map(|mention| match self.compiled.lexicon.what(mention) {
            What::Person(index) => Some((Who::Known(index), mention.to)),
            _ => None,
        })
    }

    /// Reads the persons whose names end right before a token: `Putin arrest warrant`, `Putin's
    /// arrest`, `Putin and Shoigu wanted`.
    fn read_back(&self, mut at: usize, targets: &mut Vec<Who>) {
        let mark = |at: usize| {
            self.tokens.word(at) == "'s"
                || self.tokens.list[at].shape == Shape::Comma
                || self.tokens.is(at, Traits::LIST)
        };
        let clause = self.clauses.of.get(at).copied();
        while let Some(before) = at.checked_sub(1)
            && self.clauses.of.get(before).copied() == clause
        {
            let end = if mark(before) { before } else { at };
            let Some((who, from)) = self.person_ending(end) else { break };
            if !self.stands_beside(from, end) {
                targets.push(who);
            }
            at = from;
        }
    }

    /// The person whose name ends at a token, and where it begins.
    pub(crate) fn person_ending(&self, end: usize) -> Option<(Who, usize)> {
        let known =
            self.mentions.iter().filter(|mention| mention.to == end).find_map(|mention| match self
                .compiled
                .lexicon
                .what(mention)
            {
                What::Person(person) => Some((Who::Known(person), mention.from)),
                _ => None,
            });
        known.or_else(|| {
            let first = self.clauses.sentence_at(end.checked_sub(1)?).from;
            let written = |from| self.capital_run(from).filter(|run| run.to == end);
            let (from, run) = (first..end).find_map(|from| Some((from, written(from)?)))?;
            Some((Who::Unlisted(run.name?), from))
        })
    }
}
