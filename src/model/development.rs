//! What happened, how well it is established, and what is thereby known of the world.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};

use super::{
    BodyId, CaseId, DevelopmentId, Finding, Kind, PersonName, Report, Stance, StateCode, Step,
};

/// Something that happened, however many report it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Development {
    /// The short id that people see.
    pub id: DevelopmentId,
    /// What happened.
    pub step: Step,
    /// Before or by which body.
    pub body: Option<BodyId>,
    /// In which case.
    pub case: Option<CaseId>,
    /// States concerned, sorted.
    pub states: Vec<StateCode>,
    /// Persons concerned, sorted.
    pub persons: Vec<PersonName>,
    /// The day of the act.
    pub date: Date,
    /// How well it is established.
    pub status: Status,
    /// When it was first reported here.
    pub first_reported: Timestamp,
    /// When the last report came.
    pub last_reported: Timestamp,
    /// Who reports it, first report first. The first one's headline stands for it.
    pub reports: Vec<Report>,
    /// Why it was taken for new: the ledger row, the rule, in a sentence.
    pub why: String,
    /// Whether an alert was decided for it. One known from a backfill only has none yet.
    pub announced: bool,
    /// Why it waits, where it was fresh and still was not told.
    pub held: Option<Held>,
    /// What the ledger counted when it was first told: members of the body once the state had joined
    /// or left, warrants of the body against the person, rulings of the sort in the case, with this
    /// one. `None` where it does not really count that.
    pub count: Option<u32>,
}

/// Why a development is kept without an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// It was told beside another story only: it waits for a report of its own.
    Beside,
    /// A later stage of it was told before.
    Behind,
    /// The move is illegal by the ledger: operators are shown it.
    Review,
}

impl Held {
    /// Every reason.
    pub const ALL: &'static [Self] = &[Self::Beside, Self::Behind, Self::Review];

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Beside => "beside",
            Self::Behind => "behind",
            Self::Review => "review",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|held| held.as_str() == word)
    }
}

impl Development {
    /// How many independent owners report it: those of one owner count once, and wire copy counts
    /// as its origin's however many carry it.
    pub fn owners(&self) -> usize {
        let reporting = self.reports.iter().filter(|it| it.joined.stance == Stance::Reports);
        reporting.map(Report::origin).collect::<BTreeSet<_>>().len()
    }
}

/// How well a development is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// By one owner.
    Reported,
    /// By two independent owners.
    Corroborated,
    /// By the body itself or the state's own organ.
    Confirmed,
    /// Denied or corrected by someone.
    Disputed,
    /// Taken back.
    Retracted,
}

impl Status {
    /// Every status, weakest first.
    pub const ALL: &'static [Self] =
        &[Self::Reported, Self::Corroborated, Self::Confirmed, Self::Disputed, Self::Retracted];

    /// The word in JSON and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Corroborated => "corroborated",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Retracted => "retracted",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.as_str() == word)
    }
}

/// What is decided of one finding of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// A new development: an alert.
    Announce,
    /// A stage or status changed: an alert of its own kind.
    Update,
    /// One more report of what was told.
    Corroborate,
    /// Already known, or only recalled.
    Background,
    /// An illegal move: shown to operators, not told.
    Review,
}

impl Decision {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announce => "announce",
            Self::Update => "update",
            Self::Corroborate => "corroborate",
            Self::Background => "background",
            Self::Review => "review",
        }
    }
}

/// One decision with its reason and the development as it stood then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was decided.
    pub decision: Decision,
    /// Why, in a sentence (`known since 26 January 2024, from https://…`).
    pub why: String,
    /// What the item itself says, which can be less than what is known of the development.
    pub said: Finding,
    /// The development that the finding belongs to, after the decision.
    pub development: Development,
}

/// Whom a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A state's membership.
    State(StateCode),
    /// A person's warrant.
    Person(PersonName),
    /// A case's ruling.
    Case(CaseId),
}

/// One row of the ledger: a step that a subject reached on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The kind of ledger: membership, warrant, ruling or proceedings.
    pub kind: Kind,
    /// The body.
    pub body: BodyId,
    /// Whom it is about.
    pub subject: Subject,
    /// The step reached.
    pub step: Step,
    /// The day it was reached.
    pub since: Date,
    /// How well it is established.
    pub status: Status,
    /// How it is known.
    pub origin: Origin,
    /// Addresses that show it.
    pub sources: Vec<String>,
}

/// How a fact is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the dated baseline in `ledger/`.
    Baseline,
    /// From a development.
    Development(DevelopmentId),
}

/// Before and after of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerChange {
    /// The latest fact of the same body, kind and subject before, if any.
    pub before: Option<Fact>,
    /// The fact that was added.
    pub after: Fact,
}
