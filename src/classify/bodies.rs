//! Which body a step belongs to: named, pointed to by a part, known by its case, or assumed.

use super::{
    compile::Compiled,
    frames::{Frame, View},
    gates::Possible,
    lexicon::{Mention, What},
    marks::Marks,
    noted::Noted,
};
use crate::model::{BodyId, Field};

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
        let mut meant: Option<Vec<usize>> = None;
        let acts = |mention: Mention| {
            let same_span = |index: usize| {
                (self.mentions[index].from, self.mentions[index].to) == (mention.from, mention.to)
            };
            roles.iter().flatten().any(|index| same_span(*index))
        };
        let best = self
            .noted
            .bodies
            .iter()
            .filter_map(|&(index, body)| {
                let preference = rule.bodies.iter().position(|known| *known == body)?;
                let mention = self.mentions[index];
                let place = if acts(mention) {
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
                // A name of several bodies (`the Hague judges`) is that of the one before which the
                // case is. Else the rule's preference decides, then the nearer one.
                let strange = self.is_shared(index)
                    && !meant
                        .get_or_insert_with(|| {
                            known_by_case(self.compiled, self.mentions, &self.noted.names)
                        })
                        .contains(&body);
                Some(((place, strange, preference, mention.from.abs_diff(trigger)), body))
            })
            .min();
        // Where a local court is about, a bare `the court` is that one, unless its sentence says else.
        let known = &self.compiled.known;
        let bare = frame
            .subject
            .is_some_and(|index| self.compiled.lexicon.is(&self.mentions[index], known.bench));
        let local = || self.noted.marks.has(Marks::LOCAL);
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
        let known_case = self.noted.case_bodies.iter().find(|body| rule.bodies.contains(body));
        if let Some(&known) = known_case {
            return Some((Some(known), 10));
        }
        rule.body.filter(|_| self.noted.hinted && !local()).map(|body| (Some(body), 0))
    }

    /// Whether a name is that of several bodies.
    fn is_shared(&self, index: usize) -> bool {
        let body = self.body_of(index);
        self.same_span(index)
            .any(|other| self.body_of(other).is_some() && self.body_of(other) != body)
    }

    /// The body that a mention names or points to.
    pub(crate) fn body_of(&self, index: usize) -> Option<usize> {
        match self.compiled.lexicon.what(&self.mentions[index]) {
            What::Body(body) | What::Organ(body) | What::Treaty(body) => Some(body),
            _ => None,
        }
    }
}

/// The bodies that any rule could find in an article.
pub(super) fn possible_bodies(
    compiled: &Compiled,
    noted: &Noted,
    voice: Option<&BodyId>,
) -> Possible {
    let bodies = &compiled.definitions.bodies;
    let voice = voice.and_then(|voice| bodies.iter().position(|body| body.id == *voice));
    let named = noted.bodies.iter().map(|(_, body)| *body);
    let known = named.chain(voice).chain(noted.case_bodies.iter().copied()).collect();
    Possible { known, hinted: noted.hinted }
}

/// The bodies before which the cases are that the article is about, the surest first: those named,
/// then, where the article names no body at all, those known by an accused or by all the parties of
/// disputes before one body. Where a local court is about, only a name tells.
pub(super) fn case_bodies(compiled: &Compiled, mentions: &[Mention], noted: &Noted) -> Vec<usize> {
    let named = names(compiled, mentions, &noted.names).filter_map(|what| match what {
        What::Case(case) => Some(compiled.cases.list[case].body),
        _ => None,
    });
    let mut found: Vec<usize> = named.collect();
    if noted.bodies.is_empty() && !noted.marks.has(Marks::LOCAL) {
        found.extend(known_by_case(compiled, mentions, &noted.names));
    }
    found
}

/// What the names stand for, in order.
fn names(compiled: &Compiled, mentions: &[Mention], names: &[usize]) -> impl Iterator<Item = What> {
    names.iter().map(|&index| compiled.lexicon.what(&mentions[index]))
}

/// The bodies before which the persons named are accused or hold an office, and the one before
/// which all disputes between the states named are.
fn known_by_case(compiled: &Compiled, mentions: &[Mention], named: &[usize]) -> Vec<usize> {
    let cases = &compiled.cases;
    let persons = names(compiled, mentions, named).flat_map(|what| match what {
        What::Person(person) => &cases.accused[person][..],
        _ => &[],
    });
    let mut found: Vec<usize> = persons.copied().collect();
    let states = names(compiled, mentions, named).filter_map(|what| match what {
        What::State(state) => Some(state),
        _ => None,
    });
    let states: Vec<usize> = states.collect();
    if states.iter().any(|state| *state != states[0]) {
        let known = states.iter().flat_map(|&state| &cases.of_state[state]);
        let disputes = known.map(|&case| &cases.list[case]);
        let between = disputes.filter(|case| case.is_between(&states));
        let mut fitting: Vec<usize> = between.map(|case| case.body).collect();
        fitting.sort_unstable();
        fitting.dedup();
        found.extend((fitting.len() == 1).then(|| fitting[0]));
    }
    found
}
