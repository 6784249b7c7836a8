//! What speaks against taking something as news, in words.

use std::fmt;

use jiff::civil::Date;

use super::{
    super::{
        frames::{Frame, View},
        status::{Doubt, Ground},
    },
    places::Quote,
};
use crate::model::Because;

/// What speaks against taking something as news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtNote {
    /// What it makes of it.
    pub because: Because,
    /// What it rests on.
    pub ground: GroundNote,
    /// Whether the rule takes it for news all the same.
    pub accepted: bool,
}

/// What a doubt rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroundNote {
    /// A cue.
    Cue(Quote),
    /// A clause, with the phrase that opens it.
    Clause(Option<Quote>),
    /// The verb's own form.
    Form,
    /// A question.
    Question,
    /// A day that the sentence names.
    Day(Date),
}

impl View<'_> {
    /// A doubt of the whole article, or of what a frame says.
    pub(super) fn doubt_note(&self, doubt: Doubt, frame: Option<&Frame>) -> DoubtNote {
        let ground = match doubt.ground {
            Ground::Cue(index) => GroundNote::Cue(self.quote(index)),
            Ground::Clause(_) => GroundNote::Clause(frame.and_then(|frame| {
                let clause = self.clauses.of[self.mentions[frame.trigger].from];
                self.opener(clause).map(|index| self.quote(index))
            })),
            Ground::Form => GroundNote::Form,
            Ground::Question => GroundNote::Question,
            Ground::Day(day) => GroundNote::Day(day),
        };
        let accepted = frame.is_some_and(|frame| {
            self.compiled.definitions.rules[frame.rule].accept.contains(&doubt.because)
        });
        DoubtNote { because: doubt.because, ground, accepted }
    }
}

impl fmt::Display for DoubtNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.because.as_str(), self.ground)
    }
}

impl fmt::Display for GroundNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cue(Quote { words, .. }) => write!(f, "because of “{words}”"),
            Self::Clause(Some(Quote { words, .. })) => {
                write!(f, "because it stands in a clause that opens with “{words}”")
            }
            Self::Clause(None) => f.write_str("because of the clause in which it stands"),
            Self::Form => f.write_str("by the form of the verb"),
            Self::Question => f.write_str("because it is asked"),
            Self::Day(day) => write!(f, "because the text dates it to {day}"),
        }
    }
}
