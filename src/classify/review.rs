//! What in rules and lexicon cannot do what its author wants, though each part of it is well-formed.
//!
//! Returns plain values: where ([`Spot`]) and what ([`Fault`]). Certain ones come from what is
//! written alone ([`names`], [`needs`], [`overlap`]); that two rules compete on a sentence
//! ([`rivals`]) is evidence to look at. Does not know files: the room of the configuration finds
//! the places and the words.

mod names;
mod needs;
mod overlap;
mod phrases;
mod rivals;

use jiff::civil::Date;

use super::{Rules, definition::Rule};

/// Where in the definitions something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// The sort of definition, as it is written: `state`, `rule`.
    pub list: &'static str,
    /// Its id, code or name.
    pub id: &'a str,
    /// The key.
    pub key: &'static str,
    /// The text at the key, or one of its alternatives; empty for the key as a whole.
    pub text: &'a str,
}

/// Something to tell whoever wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark<'a> {
    /// Where.
    pub at: Spot<'a>,
    /// What.
    pub fault: Fault<'a>,
}

/// What is the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'a> {
    /// With a phrase, a cue or a body.
    Phrase(PhraseFault<'a>),
    /// With a rule.
    Rule(RuleFault<'a>),
}

/// What may be the matter with a phrase, a cue or a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseFault<'a> {
    /// A phrase without a letter or digit, which no text has.
    Unreadable,
    /// A phrase that is not found in a text that has it, because of its marks.
    NotFound,
    /// The phrase means something else too.
    TwoThings(Spot<'a>),
    /// A phrase that is said not to mean the thing is also one of its names.
    OwnName(Spot<'a>),
    /// An acronym that is not all capitals counts only where everything is.
    SmallLetters,
    /// Words beside an acronym, for a body that has none.
    NoAcronym,
    /// A phrase that is said not to mean the thing is read as meaning it all the same.
    KeepsNothingApart,
    /// A cue that neither gives a status nor opens a clause nor asserts.
    Effectless,
}

/// What may be the matter with a rule. Where it is `fatal`, the rule can never fire; else only a
/// part of it is idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleFault<'a> {
    /// Nothing has this class.
    Wordless {
        /// Whether the rule cannot do without it.
        fatal: bool,
    },
    /// Every phrase of this class is also of a class that the rule excludes.
    ShutOut {
        /// The class in `without`.
        by: &'a str,
        /// Whether the rule cannot do without it.
        fatal: bool,
    },
    /// A status that no cue gives to a single step.
    NeverGiven {
        /// Whether the rule reads nothing else.
        fatal: bool,
    },
    /// The best that a match can be worth does not reach what is reported.
    TooLow {
        /// How much it lacks.
        lacks: i32,
    },
    /// The body to assume is none of those that the rule can belong to.
    BodyOutside,
    /// The same rule stands before.
    Twice(&'a Rule),
    /// Whatever this rule reads, the other reads as the same step.
    Covered(&'a Rule),
    /// Whatever this rule reads, the other reads too, as another action of its kind.
    Overlapped {
        /// The other rule.
        by: &'a Rule,
        /// A class that this rule wants and the other could exclude.
        apart: Option<&'a str>,
    },
    /// An example of this rule fits the other as well, for another action with the same score.
    Rivalled {
        /// The other rule.
        by: &'a Rule,
        /// A class of the example that this rule wants and the other could exclude.
        apart: Option<&'a str>,
    },
}

impl Fault<'_> {
    /// Whether something certainly cannot do what it is there for; what is not certain is only
    /// worth a look.
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Phrase(fault) => matches!(
                fault,
                PhraseFault::TwoThings(_) | PhraseFault::OwnName(_) | PhraseFault::Effectless
            ),
            Self::Rule(fault) => match *fault {
                RuleFault::Wordless { fatal }
                | RuleFault::ShutOut { fatal, .. }
                | RuleFault::NeverGiven { fatal } => fatal,
                RuleFault::Covered(_) | RuleFault::Rivalled { .. } => false,
                RuleFault::TooLow { .. }
                | RuleFault::BodyOutside
                | RuleFault::Twice(_)
                | RuleFault::Overlapped { .. } => true,
            },
        }
    }
}

/// Looks at names, cues and rules, and reads every example of every rule as of `day`.
pub fn review(rules: &Rules, day: Date) -> Vec<Remark<'_>> {
    let mut remarks = names::remarks(&rules.0);
    remarks.extend(needs::remarks(&rules.0));
    remarks.extend(overlap::remarks(rules.definitions()));
    // What is certain of two rules need not be shown by an example.
    let certain: Vec<(&str, &str)> = remarks.iter().filter_map(Remark::pair).collect();
    let shown = rivals::remarks(&rules.0, day);
    remarks.extend(shown.into_iter().filter(|remark| {
        remark.pair().is_none_or(|(one, other)| {
            !certain.contains(&(one, other)) && !certain.contains(&(other, one))
        })
    }));
    remarks
}

impl<'a> Remark<'a> {
    fn on_rule(rule: &'a Rule, key: &'static str, text: &'a str, fault: RuleFault<'a>) -> Self {
        let at = Spot { list: "rule", id: rule.id.as_str(), key, text };
        Self { at, fault: Fault::Rule(fault) }
    }

    /// The two rules that it is about, if it is about two.
    fn pair(&self) -> Option<(&'a str, &'a str)> {
        match self.fault {
            Fault::Rule(
                RuleFault::Twice(other)
                | RuleFault::Overlapped { by: other, .. }
                | RuleFault::Rivalled { by: other, .. },
            ) => Some((self.at.id, other.id.as_str())),
            _ => None,
        }
    }
}

/// The classes that a rule wants and the other does not ask for, in any of its roles.
fn only_in<'a>(rule: &'a Rule, other: &'a Rule) -> impl Iterator<Item = &'a str> {
    let asked = |rule: &'a Rule| {
        let groups = [&rule.object].into_iter().chain(&rule.with).chain([&rule.context]);
        groups.chain(&rule.about).flatten().map(String::as_str)
    };
    asked(rule).filter(move |class| {
        !other.subject.iter().any(|own| own == class) && !asked(other).any(|own| own == *class)
    })
}
