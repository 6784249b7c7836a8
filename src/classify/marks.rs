//! What the engine itself asks of a meaning, as bits that are made once: a mention that is asked
//! whether it can act, points to a court or triggers a rule answers from one place in memory.

use super::{
    classes::ClassSet,
    compile::Known,
    definition::{Definitions, PersonClass, Reach},
    lexicon::{Class, Entry, What},
};

/// What a meaning is good for. It can have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u16);

impl Marks {
    /// Triggers a rule.
    pub(crate) const TRIGGER: Self = Self(1);
    /// Can act.
    pub(crate) const ACTOR: Self = Self(1 << 1);
    /// Points to an international court without naming it.
    pub(crate) const HINT: Self = Self(1 << 2);
    /// Shows that a headline is about the field.
    pub(crate) const TOPIC: Self = Self(1 << 3);
    /// A court or judges without a name.
    pub(crate) const BENCH: Self = Self(1 << 4);
    /// A court of a state.
    pub(crate) const LOCAL: Self = Self(1 << 5);
    /// Names a body, or points to it.
    pub(crate) const BODY: Self = Self(1 << 6);
    /// Names a state, a place, a person, an office or a case.
    pub(crate) const NAME: Self = Self(1 << 7);
    /// A cue.
    pub(crate) const CUE: Self = Self(1 << 8);
    /// A cue that opens a clause.
    pub(crate) const OPENS: Self = Self(1 << 9);
    /// A cue that only keeps others from being found.
    pub(crate) const ASSERTS: Self = Self(1 << 10);
    /// Says something of its neighbours only, and is no mention in the end.
    pub(crate) const ASIDE: Self = Self(1 << 11);

    /// Prosecutors without a name.
    pub(crate) const PROSECUTOR: Self = Self(1 << 12);

    /// Those of either.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have one in common.
    #[inline]
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What decides the marks of a meaning.
pub(crate) struct Marker<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) known: &'a Known,
    pub(crate) triggers: &'a ClassSet,
    pub(crate) actors: &'a ClassSet,
}

impl Marker<'_> {
    /// The marks of a meaning.
    pub(crate) fn marks(&self, entry: &Entry) -> Marks {
        let any = |set: &ClassSet| entry.classes.iter().any(|class| set.has(*class));
        let is = |class: Class| entry.classes.contains(&class);
        let of_class = [
            (any(self.triggers), Marks::TRIGGER),
            (any(self.actors), Marks::ACTOR),
            (any(&self.known.hints), Marks::HINT),
            (any(&self.known.topic), Marks::TOPIC),
            (is(self.known.bench), Marks::BENCH),
            (is(self.known.local), Marks::LOCAL),
            (is(self.known.prosecutor), Marks::PROSECUTOR),
        ];
        let held = of_class.iter().filter(|(holds, _)| *holds);
        held.fold(self.of_what(entry.what), |marks, (_, mark)| marks.or(*mark))
    }

    fn of_what(&self, what: What) -> Marks {
        match what {
            What::Body(_) | What::Organ(_) | What::Treaty(_) => Marks::BODY,
            What::Person(person)
                if self.definitions.persons[person].class == PersonClass::Suspect =>
            {
                Marks::NAME.or(Marks::HINT)
            }
            What::State(_) | What::Place(_) | What::Person(_) | What::Title(_) | What::Case(_) => {
                Marks::NAME
            }
            What::Cue(cue) => match &self.definitions.cues[cue] {
                cue if cue.reach.opens() => Marks::CUE.or(Marks::OPENS),
                cue if cue.reach == Reach::Forward && cue.because.is_none() => {
                    Marks::CUE.or(Marks::ASSERTS)
                }
                _ => Marks::CUE,
            },
            What::Beside(_) | What::Nothing => Marks::ASIDE,
            What::Noun | What::Verb(_) => Marks::default(),
        }
    }
}
