//! Whom a step concerns: states, persons, case.

use super::{
    definition::{Definitions, PersonClass},
    frames::{Frame, View},
    lexicon::{Mention, What},
    targets::{Who, is_personal},
    tokens::Shape,
    words::{Traits, Words},
};
use crate::model::{Action, CaseId, Field, Kind, PersonName, StateCode, Step};

/// Verbs with which somebody says something.
const SAYS: &[&str] = &[
    "says",
    "said",
    "claims",
    "claimed",
    "tells",
    "told",
    "insists",
    "calls",
    "called",
    "confirmed",
    "confirms",
];

/// Notes which verbs are of saying.
pub(crate) fn mark(words: &mut Words) {
    words.mark(SAYS.iter().copied(), Traits::SAYS);
}

/// Whom a step concerns, as places in the definitions.
#[derive(Clone, Debug)]
pub(crate) struct Concerned {
    states: Vec<usize>,
    persons: Vec<Who>,
    case: Option<usize>,
}

impl Concerned {
    /// Adds what another report of the step names.
    pub(crate) fn join(&mut self, other: Self) {
        self.states.extend(other.states);
        self.persons.extend(other.persons);
        self.case = self.case.or(other.case);
    }

    /// The names, sorted.
    pub(crate) fn named(
        self,
        definitions: &Definitions,
    ) -> (Vec<StateCode>, Vec<PersonName>, Option<CaseId>) {
        let mut states: Vec<StateCode> =
            self.states.into_iter().map(|state| definitions.states[state].code).collect();
        states.sort_unstable();
        states.dedup();
        let mut persons: Vec<PersonName> = self
            .persons
            .into_iter()
            .map(|who| match who {
                Who::Known(person) => definitions.persons[person].name.clone(),
                Who::Unlisted(name) => name,
            })
            .collect();
        persons.sort_unstable();
        persons.dedup();
        (states, persons, self.case.map(|case| definitions.cases[case].id.clone()))
    }
}

/// Where a mention stands, as seen from the sentence of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Own,
    Title,
    Elsewhere,
}

impl View<'_> {
    /// The states, the persons and the case that a frame concerns. A step against persons concerns
    /// its targets; where it names none, the suspects of its sentence, of the headline, of the rest.
    pub(crate) fn concerned(&self, frame: &Frame, step: Step, body: Option<usize>) -> Concerned {
        let persons = self.persons(frame, step);
        let mut states = self.states(frame, step, &persons);
        let case = body.and_then(|body| self.case(body, &states, &persons));
        if takes_parties(step)
            && let Some((case, true)) = case
        {
            states.extend(self.compiled.cases.list[case].parties.iter().copied());
        }
        Concerned { states, persons, case: case.map(|(case, _)| case) }
    }

    fn persons(&self, frame: &Frame, step: Step) -> Vec<Who> {
        if step.kind == Kind::Resolution {
            return Vec::new();
        }
        let mut persons = if is_personal(step) { self.targets(frame) } else { Vec::new() };
        for stand in [Stand::Own, Stand::Title, Stand::Elsewhere] {
            if persons.is_empty() {
                let concerned = self.named().filter_map(|mention| {
                    let who = self.bystander(mention, step)?;
                    (self.stand(mention, frame) == stand).then_some(who)
                });
                persons = concerned.collect();
            }
        }
        if persons.is_empty() && is_personal(step) {
            let own = self.named().filter(|m| self.stand(m, frame) == Stand::Own);
            let holders = own.filter_map(|mention| self.office_holder(mention));
            let class = |person: usize| self.compiled.definitions.persons[person].class;
            let wanted = holders.filter(|person| class(*person) != PersonClass::Officer);
            persons = wanted.map(Who::Known).collect();
        }
        if persons.is_empty() && decides_on_people(step) {
            let written = self.written_names(self.mentions[frame.trigger].from);
            persons = written.into_iter().map(Who::Unlisted).collect();
        }
        if step.action == Action::Sought {
            persons.extend(self.acting_officer(frame));
        }
        persons
    }

    /// The officer of a court who acts, where he or she is named.
    fn acting_officer(&self, frame: &Frame) -> Option<Who> {
        let clause = self.clauses.of[self.mentions[frame.trigger].from];
        let officer = |mention: &Mention| match self.compiled.lexicon.what(mention) {
            What::Person(person)
                if self.compiled.definitions.persons[person].class == PersonClass::Officer =>
            {
                Some(Who::Known(person))
            }
            _ => None,
        };
        let before = self.mentions[..frame.trigger].iter().rev();
        let mut own = before.filter(|mention| self.clauses.of[mention.from] == clause);
        own.find_map(officer)
    }

    /// The mentions that name somebody, some place or a case, in order.
    fn named(&self) -> impl Iterator<Item = &Mention> {
        self.noted.names.iter().map(|&index| &self.mentions[index])
    }

    fn stand(&self, mention: &Mention, frame: &Frame) -> Stand {
        let sentence = self.clauses.at(self.mentions[frame.trigger].from).sentence;
        if self.clauses.at(mention.from).sentence == sentence {
            Stand::Own
        } else if self.tokens.list[mention.from].field == Field::Title {
            Stand::Title
        } else {
            Stand::Elsewhere
        }
    }

    /// A person who is concerned without being aimed at by name.
    fn bystander(&self, mention: &Mention, step: Step) -> Option<Who> {
        let What::Person(index) = self.compiled.lexicon.what(mention) else { return None };
        // Who comments on what others decide is not concerned; who announces is.
        let decided = is_personal(step)
            || matches!(step.kind, Kind::Ruling | Kind::Resolution | Kind::Pressure)
            || step.action == Action::InvestigationOpened;
        let beside =
            self.stands_beside(mention.from, mention.to) || decided && self.speaks(mention.to);
        let concerned = match self.compiled.definitions.persons[index].class {
            PersonClass::Suspect => step.action != Action::Sanctions && !beside,
            PersonClass::Officer => !is_personal(step),
            PersonClass::Official => step.kind != Kind::Warrant && !beside,
        };
        concerned.then_some(Who::Known(index))
    }

    /// Whether whoever was just named says something: `…, the minister says`.
    fn speaks(&self, at: usize) -> bool {
        self.tokens.is(at, Traits::SAYS)
    }

    /// The states that are concerned, as places in the definitions. Memberships are those of the
    /// states that act, whoever else the sentence names.
    fn states(&self, frame: &Frame, step: Step, persons: &[Who]) -> Vec<usize> {
        if step.kind == Kind::Membership {
            let acting = self.acting_states(frame);
            if !acting.is_empty() {
                return acting;
            }
        }
        let personal = is_personal(step);
        let mut states = self.states_at(Stand::Own, frame, step);
        for who in persons {
            if let Who::Known(person) = *who {
                states.extend(self.states_of(person, step));
            }
        }
        if !personal || states.is_empty() && persons.is_empty() {
            states.extend(self.states_at(Stand::Title, frame, step));
        }
        if states.is_empty() {
            states = self.states_at(Stand::Elsewhere, frame, step);
        }
        states
    }

    /// The states that a frame makes act: those on the side of its subject.
    fn acting_states(&self, frame: &Frame) -> Vec<usize> {
        let trigger = self.mentions[frame.trigger].from;
        let clause = self.clauses.of[trigger];
        let acts = |mention: &&Mention| {
            self.clauses.of[mention.from] == clause
                && (mention.from < trigger || frame.grammar.nominal || frame.grammar.passive)
        };
        let states: Vec<usize> =
            self.named().filter(acts).filter_map(|mention| self.state_at(mention)).collect();
        if !states.is_empty() {
            return states;
        }
        // `The Sahel trio quits`.
        let acting = self.mentions.iter().filter(acts);
        let places = acting.flat_map(|mention| match self.compiled.lexicon.what(mention) {
            What::Place(place) => &self.compiled.cases.places[place][..],
            _ => &[],
        });
        places.copied().collect()
    }

    /// The states named there, those that places stand for, and those of suspects.
    fn states_at(&self, stand: Stand, frame: &Frame, step: Step) -> Vec<usize> {
        let mut states = Vec::new();
        for mention in self.named() {
            let what = self.compiled.lexicon.what(mention);
            if !matches!(what, What::Place(_) | What::Person(_) | What::State(_))
                || self.stand(mention, frame) != stand
            {
                continue;
            }
            match what {
                What::Place(place) if takes_places(step) => {
                    states.extend(&self.compiled.cases.places[place]);
                }
                // `After Trump's order`: who is only named beside it still tells which state.
                What::Person(index)
                    if self.compiled.definitions.persons[index].class == PersonClass::Suspect
                        || self.stands_beside(mention.from, mention.to) =>
                {
                    states.extend(self.states_of(index, step));
                }
                _ => states.extend(self.state_at(mention)),
            }
        }
        states
    }

    /// The state that a mention names, unless it only says where a city lies (`The Hague, the
    /// Netherlands`).
    fn state_at(&self, mention: &Mention) -> Option<usize> {
        let What::State(state) = self.compiled.lexicon.what(mention) else { return None };
        let seats = &self.compiled.known.seat;
        let comma =
            |at: usize| self.tokens.list.get(at).is_some_and(|token| token.shape == Shape::Comma);
        let seat = self.noted.presence.article_has(seats)
            && self.mentions.iter().any(|other| {
                comma(other.to)
                    && (other.to + 1..other.to + 3).contains(&mention.from)
                    && self.compiled.lexicon.is_any(other, seats)
            });
        (!seat).then_some(state)
    }

    /// The states of a known person who is no officer of a court. What is done to or for others
    /// because of a suspect concerns the suspect's own state alone, the first that is given.
    fn states_of(&self, person: usize, step: Step) -> &[usize] {
        let states = &self.compiled.cases.states[person][..];
        let own = matches!(step.kind, Kind::Pressure | Kind::Enforcement)
            || step.action == Action::NonCompliance;
        match self.compiled.definitions.persons[person].class {
            PersonClass::Officer => &[],
            _ if own => &states[..states.len().min(1)],
            _ => states,
        }
    }

    /// The case, and whether it is named: the one that the article names, or the only one before
    /// the body whose parties or accused are all concerned.
    fn case(&self, body: usize, states: &[usize], persons: &[Who]) -> Option<(usize, bool)> {
        let index = &self.compiled.cases;
        let named = self.named().find_map(|mention| match self.compiled.lexicon.what(mention) {
            What::Case(case) if index.list[case].body == body => Some(case),
            _ => None,
        });
        if let Some(case) = named {
            return Some((case, true));
        }
        let accused = persons.iter().flat_map(|who| match who {
            Who::Known(person) => &index.of_person[*person][..],
            Who::Unlisted(_) => &[],
        });
        let disputes = states.iter().flat_map(|&state| &index.of_state[state]);
        let between = disputes.filter(|&&case| index.list[case].is_between(states));
        let mut fitting: Vec<usize> = accused.chain(between).copied().collect();
        fitting.retain(|&case| index.list[case].body == body);
        let first = *fitting.first()?;
        fitting.iter().all(|case| *case == first).then_some((first, false))
    }
}

/// Whether a step in a case that is named concerns its parties, also where the text leaves one out.
fn takes_parties(step: Step) -> bool {
    matches!(step.kind, Kind::Ruling | Kind::Proceedings)
}

/// Whether a court decides so on what was done to somebody, who may be named.
fn decides_on_people(step: Step) -> bool {
    matches!(step.action, Action::Judgment | Action::ProvisionalMeasures | Action::Reparations)
}

/// Whether a place stands for the states that are at odds about it.
fn takes_places(step: Step) -> bool {
    matches!(step.kind, Kind::Resolution | Kind::Statement)
        || step.action == Action::InvestigationOpened
}
