//! Whom a step concerns: states, persons, case.

use super::{
    definition::{Definitions, PersonClass},
    frames::{Frame, View},
    lexicon::{Mention, What},
    targets::{Who, is_personal},
    tokens::Shape,
};
use crate::model::{Action, CaseId, Field, Kind, PersonName, StateCode, Step};

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
pub(super) enum Stand {
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

    /// The mentions that name somebody, some place or a case, in order.
    pub(super) fn named(&self) -> impl Iterator<Item = &Mention> {
        self.noted.names.iter().map(|&index| &self.mentions[index])
    }

    pub(super) fn stand(&self, mention: &Mention, frame: &Frame) -> Stand {
        let sentence = self.clauses.at(self.mentions[frame.trigger].from).sentence;
        if self.clauses.at(mention.from).sentence == sentence {
            Stand::Own
        } else if self.tokens.list[mention.from].field == Field::Title {
            Stand::Title
        } else {
            Stand::Elsewhere
        }
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

/// Whether a place stands for the states that are at odds about it.
fn takes_places(step: Step) -> bool {
    matches!(step.kind, Kind::Resolution | Kind::Statement)
        || step.action == Action::InvestigationOpened
}
