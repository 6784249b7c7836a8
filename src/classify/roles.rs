//! Who is meant where only an office is named (`the Ruritanian president`, `Ruritania's former
//! premier`): whoever the lexicon knows to have held it on the day of publication, or before.

use jiff::civil::Date;

use super::{
    definition::{PersonClass, Role},
    frames::View,
    lexicon::{Mention, What},
    words::{Traits, Words},
};

/// Whose office it is, as a place in the definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    State(usize),
    Body(usize),
}

/// Words that say that somebody held an office and holds it no more.
const FORMER: &[&str] = &["former", "ex", "ousted", "deposed", "onetime", "ancien", "expresidente"];

/// Notes which words say that an office was held once.
pub(crate) fn mark(words: &mut Words) {
    words.mark(FORMER.iter().copied(), Traits::FORMER);
}

impl View<'_> {
    /// The person who is meant by an office, where nobody is named beside it and the lexicon knows
    /// exactly one.
    pub(crate) fn office_holder(&self, title: &Mention) -> Option<usize> {
        let What::Title(index) = self.compiled.lexicon.what(title) else { return None };
        // `The president's aide` is somebody else.
        if self.is_named(title.to) || self.stands_beside(title.from, title.to) {
            return None;
        }
        let (holder, former) = self.whose(title)?;
        let definitions = &self.compiled.definitions;
        let published = self.article.published;
        let title = &self.compiled.lexicon.titles[index];
        let held = |role: &Role| {
            role.title == *title && self.is_of(role, holder) && holds(role, former, published)
        };
        let fitting: Vec<usize> = (0..definitions.persons.len())
            .filter(|&person| definitions.persons[person].roles.iter().any(held))
            .collect();
        let suspects: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|&person| definitions.persons[person].class == PersonClass::Suspect)
            .collect();
        match (&fitting[..], &suspects[..]) {
            // Of several who held it once, the one whom a court wants is meant.
            ([one], _) | (_, [one]) if former => Some(*one),
            ([one], _) => Some(*one),
            _ => None,
        }
    }

    /// Whether a person is named right there.
    fn is_named(&self, at: usize) -> bool {
        let person =
            |mention: &Mention| matches!(self.compiled.lexicon.what(mention), What::Person(_));
        self.beginning(at).any(person)
            || self.tokens.list.get(at).is_some_and(|_| self.capital_run(at).is_some())
    }

    /// Whose office a title is, and whether it is a former one: the state or body right before it,
    /// or behind `of`.
    fn whose(&self, title: &Mention) -> Option<(Holder, bool)> {
        let mut at = title.from;
        let mut former = false;
        while let Some(before) = at.checked_sub(1) {
            let word = self.tokens.word(before);
            let is_former = self.tokens.is(before, Traits::FORMER);
            if !is_former && !matches!(word, "'s" | "then") {
                break;
            }
            former |= is_former;
            at = before;
        }
        let before = self.mentions.iter().find_map(|mention| {
            (mention.to == at).then(|| self.holder(mention)).flatten().map(|it| (it, mention.from))
        });
        if let Some((holder, from)) = before {
            let earlier = from.checked_sub(1);
            let was = |before| self.tokens.is(before, Traits::FORMER);
            return Some((holder, former || earlier.is_some_and(was)));
        }
        let of = self.tokens.list.get(title.to).map(|_| self.tokens.word(title.to));
        if !matches!(of, Some("of" | "de" | "du")) {
            return None;
        }
        let behind = self.mentions.iter().find_map(|mention| {
            let near = (title.to + 1..title.to + 3).contains(&mention.from);
            near.then(|| self.holder(mention)).flatten()
        });
        behind.map(|holder| (holder, former))
    }

    fn holder(&self, mention: &Mention) -> Option<Holder> {
        match self.compiled.lexicon.what(mention) {
            What::State(state) => Some(Holder::State(state)),
            What::Body(body) => Some(Holder::Body(body)),
            _ => None,
        }
    }

    fn is_of(&self, role: &Role, holder: Holder) -> bool {
        let definitions = &self.compiled.definitions;
        match holder {
            Holder::State(state) => role.state == Some(definitions.states[state].code),
            Holder::Body(body) => role.body.as_ref() == Some(&definitions.bodies[body].id),
        }
    }
}

/// Whether a role is held on a day, or was before it.
fn holds(role: &Role, former: bool, on: Date) -> bool {
    let ended = role.until.is_some_and(|until| until <= on);
    if former { ended } else { !ended && role.from.is_none_or(|from| from <= on) }
}
