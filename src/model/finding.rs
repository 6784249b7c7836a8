//! What one text says happened.

use jiff::civil::Date;

use super::{BodyId, CaseId, PersonName, RuleId, StateCode, Step};

/// Everything that classification found in one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Reported as news.
    pub developments: Vec<Finding>,
    /// Only recalled, urged, planned, denied…
    pub background: Vec<Recalled>,
}

/// A step that a text reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What happened.
    pub step: Step,
    /// Before or by which body; `None` for a state acting alone.
    pub body: Option<BodyId>,
    /// In which case, where the lexicon knows it.
    pub case: Option<CaseId>,
    /// The actor and those whom the act concerns, sorted.
    pub states: Vec<StateCode>,
    /// Persons concerned, sorted.
    pub persons: Vec<PersonName>,
    /// The day of the act: as written, else the day of publication.
    pub date: Date,
    /// Whether the text itself names the day.
    pub dated: bool,
    /// Whether the text calls it a further one (`a second warrant`): what the ledger knows is then
    /// another.
    pub again: bool,
    /// The sum of what speaks for and against it.
    pub score: i32,
    /// The spans that it rests on.
    pub evidence: Vec<Evidence>,
}

/// A span of the text and the rule that used it. Offsets count Unicode scalar values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Title or text.
    pub field: Field,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The rule.
    pub rule: RuleId,
}

/// A field of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The lead.
    Text,
}

impl Field {
    /// The field's name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// A step that a text mentions but does not report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// The step with its slots.
    pub finding: Finding,
    /// Why it is not news.
    pub because: Because,
}

/// Why a mention is not news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// Told as something of the past.
    Recalled,
    /// Called for or demanded.
    Urged,
    /// Announced or scheduled for later.
    Planned,
    /// Weighed, sought by a party or talked about.
    Considered,
    /// Said not to have happened.
    Denied,
    /// Would, could, if.
    Hypothetical,
    /// Asked.
    Question,
    /// Opinion, explainer, digest, podcast, quiz.
    Opinion,
    /// Another court or another thing of the same name.
    OutOfScope,
    /// Too little speaks for it.
    Weak,
}

impl Because {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recalled => "recalled",
            Self::Urged => "urged",
            Self::Planned => "planned",
            Self::Considered => "considered",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
            Self::Question => "question",
            Self::Opinion => "opinion",
            Self::OutOfScope => "out-of-scope",
            Self::Weak => "weak",
        }
    }
}
