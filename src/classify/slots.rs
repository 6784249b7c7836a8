//! Whom a step concerns: body, case, states, persons.

use super::{
    classes::ClassSet,
    compile::CompiledRule,
    definition::PersonClass,
    frames::{Frame, View},
    lexicon::{Class, Mention, What},
    targets::is_personal,
};
use crate::model::{BodyId, CaseId, Field, Kind, PersonName, StateCode, Step};

/// The bodies that a text could be about.
#[derive(Debug)]
pub(crate) struct Possible {
    known: ClassSet,
    hinted: bool,
}

impl Possible {
    /// Whether one of a rule's bodies is among them, or assumed.
    pub(crate) fn allow(&self, rule: &CompiledRule) -> bool {
        rule.bodies.is_empty()
            || self.hinted && rule.body.is_some()
            || rule.bodies.iter().any(|body| self.known.has(place(*body)))
    }
}

fn place(body: usize) -> Class {
    Class::try_from(body).expect("there are a few dozen bodies")
}

impl View<'_> {
    /// The body that the step belongs to, and how near it is named: 15 in the clause, 10 in the
    /// sentence, 5 elsewhere, 0 where it is only assumed. `None` where the rule needs one and the
    /// article names none.
    pub(crate) fn body(
        &self,
        frame: &Frame,
        voice: Option<&BodyId>,
    ) -> Option<(Option<usize>, i32)> {
        let rule = &self.compiled.rules[frame.rule];
        if rule.bodies.is_empty() {
            return Some((None, 10));
        }
        let trigger = self.mentions[frame.trigger].from;
        let clause = self.clauses.of[trigger];
        let sentence = self.clauses.at(trigger).sentence;
        let roles = [frame.subject, frame.object];
        let best = (0..self.mentions.len())
            .filter_map(|index| {
                let body = self.body_of(index).filter(|body| rule.bodies.contains(body))?;
                let mention = self.mentions[index];
                let place = if roles.contains(&Some(index)) {
                    0
                } else if self.clauses.of[mention.from] == clause {
                    1
                } else if self.clauses.at(mention.from).sentence == sentence {
                    2
                } else if self.tokens.list[mention.from].field == Field::Title {
                    3
                } else {
                    4
                };
                // Of two in one place the rule's preference decides, then the nearer one.
                let preference = rule.bodies.iter().position(|known| *known == body);
                Some(((place, preference, mention.from.abs_diff(trigger)), body))
            })
            .min();
        // Where a local court is about, a bare `the court` is that one, unless its sentence says else.
        let known = &self.compiled.known;
        let bare = frame
            .subject
            .is_some_and(|index| self.compiled.lexicon.is(&self.mentions[index], known.bench));
        let local =
            || self.mentions.iter().any(|mention| self.compiled.lexicon.is(mention, known.local));
        let best = best.filter(|((place, ..), _)| *place <= 2 || !bare || !local());
        if let Some(((place, ..), body)) = best {
            return Some((Some(body), [15, 15, 10, 5, 5][place]));
        }
        let bodies = &self.compiled.definitions.bodies;
        if let Some(body) = voice
            .and_then(|voice| rule.bodies.iter().copied().find(|&body| bodies[body].id == *voice))
        {
            return Some((Some(body), 15));
        }
        let known_case = self.case_bodies().into_iter().find(|body| rule.bodies.contains(body));
        if let Some(known) = known_case {
            return Some((Some(known), 10));
        }
        rule.body.filter(|_| self.hinted()).map(|body| (Some(body), 0))
    }

    /// The bodies that any rule could find here.
    pub(crate) fn possible_bodies(&self, voice: Option<&BodyId>) -> Possible {
        let bodies = &self.compiled.definitions.bodies;
        let mut known = ClassSet::with_room(bodies.len());
        let named = (0..self.mentions.len()).filter_map(|index| self.body_of(index));
        let voice = bodies.iter().position(|body| Some(&body.id) == voice);
        for body in named.chain(voice).chain(self.case_bodies()) {
            known.insert(place(body));
        }
        Possible { known, hinted: self.hinted() }
    }

    /// Whether something points to an international court without naming it.
    fn hinted(&self) -> bool {
        self.mentions.iter().any(|mention| {
            self.compiled.lexicon.is_any(mention, &self.compiled.known.hints)
                || matches!(self.compiled.lexicon.what(mention), What::Person(person)
                    if self.compiled.definitions.persons[person].class == PersonClass::Suspect)
        })
    }

    /// The bodies before which the cases are that the article is about, the surest first: those
    /// named, then, where the article names no body at all, those known by an accused or by all the
    /// parties of disputes before one body. Where a local court is about, only a name tells.
    fn case_bodies(&self) -> Vec<usize> {
        let cases = &self.compiled.cases;
        let what = |mention: &Mention| self.compiled.lexicon.what(mention);
        let mut found: Vec<usize> = Vec::new();
        found.extend(self.mentions.iter().filter_map(|mention| match what(mention) {
            What::Case(case) => Some(cases.bodies[case]),
            _ => None,
        }));
        let local = self.compiled.known.local;
        let elsewhere = |index: usize| {
            self.body_of(index).is_some() || self.compiled.lexicon.is(&self.mentions[index], local)
        };
        if (0..self.mentions.len()).any(elsewhere) {
            return found;
        }
        found.extend(self.mentions.iter().flat_map(|mention| match what(mention) {
            What::Person(person) => &cases.accused[person][..],
            _ => &[],
        }));
        let mut states: Vec<usize> = Vec::new();
        states.extend(self.mentions.iter().filter_map(|mention| match what(mention) {
            What::State(state) => Some(state),
            _ => None,
        }));
        if states.iter().any(|state| *state != states[0]) {
            let mut fitting: Vec<usize> =
                cases.parties.iter().filter_map(|dispute| dispute.before(&states)).collect();
            fitting.dedup();
            found.extend((fitting.len() == 1).then(|| fitting[0]));
        }
        found
    }

    /// The body that a mention names or points to.
    pub(crate) fn body_of(&self, index: usize) -> Option<usize> {
        match self.compiled.lexicon.what(&self.mentions[index]) {
            What::Body(body) | What::Organ(body) | What::Treaty(body) => Some(body),
            _ => None,
        }
    }

    /// The states that a frame makes act: those on the side of its subject. Memberships are theirs
    /// alone, whoever else the sentence names.
    fn acting_states(&self, frame: &Frame) -> Vec<StateCode> {
        let trigger = self.mentions[frame.trigger].from;
        let clause = self.clauses.of[trigger];
        let mut states: Vec<StateCode> = self
            .mentions
            .iter()
            .filter(|mention| {
                self.clauses.of[mention.from] == clause
                    && (mention.from < trigger || frame.grammar.nominal || frame.grammar.passive)
            })
            .filter_map(|mention| match self.compiled.lexicon.what(mention) {
                What::State(state) => Some(self.compiled.definitions.states[state].code),
                _ => None,
            })
            .collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    /// The states and persons that a frame concerns. A step against persons concerns its targets;
    /// where it names none, the suspects of its sentence. What the headline names counts too, unless
    /// the sentence is another one with names of its own.
    pub(crate) fn concerned(&self, frame: &Frame, step: Step) -> (Vec<StateCode>, Vec<PersonName>) {
        let sentence = self.clauses.at(self.mentions[frame.trigger].from).sentence;
        let of_sentence = |mention: &&Mention| self.clauses.at(mention.from).sentence == sentence;
        let of_title = |mention: &&Mention| self.tokens.list[mention.from].field == Field::Title;
        let own: Vec<&Mention> = self.mentions.iter().filter(of_sentence).collect();
        let title: Vec<&Mention> = self.mentions.iter().filter(of_title).collect();
        let personal = is_personal(step);
        let mut persons = if personal { self.targets(frame) } else { Vec::new() };
        for mentions in [&own, &title] {
            if persons.is_empty() {
                let there =
                    mentions.iter().filter_map(|mention| self.bystander(mention, frame, step));
                persons = there.collect();
            }
        }
        let mut states = self.states_of(&own, &persons);
        if !personal || states.is_empty() && persons.is_empty() {
            states.extend(self.states_of(&title, &[]));
        }
        if step.kind == Kind::Membership {
            let acting = self.acting_states(frame);
            states = if acting.is_empty() { states } else { acting };
            persons.clear();
        }
        states.sort_unstable();
        states.dedup();
        persons.sort_unstable();
        persons.dedup();
        (states, persons)
    }

    /// A person who is concerned without being aimed at by name.
    fn bystander(&self, mention: &Mention, frame: &Frame, step: Step) -> Option<PersonName> {
        let What::Person(index) = self.compiled.lexicon.what(mention) else { return None };
        let person = &self.compiled.definitions.persons[index];
        let clause = self.clauses.of[self.mentions[frame.trigger].from];
        let concerned = match person.class {
            PersonClass::Suspect => !self.stands_beside(mention.from, mention.to),
            PersonClass::Officer => !is_personal(step),
            PersonClass::Official => {
                self.clauses.of[mention.from] == clause
                    && !matches!(step.kind, Kind::Warrant | Kind::Ruling)
            }
        };
        concerned.then(|| person.name.clone())
    }

    /// The states among mentions, those of their suspects, and those of named persons.
    fn states_of(&self, mentions: &[&Mention], persons: &[PersonName]) -> Vec<StateCode> {
        let definitions = &self.compiled.definitions;
        let mut states: Vec<StateCode> = mentions
            .iter()
            .flat_map(|mention| match self.compiled.lexicon.what(mention) {
                What::State(state) => vec![definitions.states[state].code],
                What::Person(index) if definitions.persons[index].class == PersonClass::Suspect => {
                    definitions.persons[index].states.clone()
                }
                _ => Vec::new(),
            })
            .collect();
        let named = definitions.persons.iter().filter(|person| {
            person.class != PersonClass::Officer && persons.contains(&person.name)
        });
        states.extend(named.flat_map(|person| person.states.iter().copied()));
        states
    }

    /// The case: the one that the article names, or the only one before the body whose parties
    /// are all concerned.
    pub(crate) fn case(
        &self,
        body: Option<usize>,
        states: &[StateCode],
        persons: &[PersonName],
    ) -> Option<CaseId> {
        let cases = &self.compiled.definitions.cases;
        let id = &self.compiled.definitions.bodies[body?].id;
        let named =
            self.mentions.iter().find_map(|mention| match self.compiled.lexicon.what(mention) {
                What::Case(case) if cases[case].body == *id => Some(case),
                _ => None,
            });
        if let Some(case) = named {
            return Some(cases[case].id.clone());
        }
        let mut fitting = cases.iter().filter(|case| {
            let parties = case.parties.len() > 1 && case.parties.iter().all(|s| states.contains(s));
            let accused = persons.iter().any(|person| case.accused.contains(person));
            case.body == *id && (parties || accused)
        });
        let first = fitting.next()?;
        fitting.next().is_none().then(|| first.id.clone())
    }
}
