//! What to tell to which channel.
//!
//! A [`Channel`] is what an operator wrote: filters, when it hears and who is pinged. [`wants`] holds
//! a development against the filters, [`due`] a moment against the times. How it is said and how it
//! is sent are decided elsewhere.

mod schedule;
mod select;

pub use schedule::{Quiet, When, due};
pub use select::{roles, waits, wants};

use crate::model::{Action, BodyId, CaseId, ChannelId, Kind, PersonName, StateCode, Status, Step};

/// A channel of `channels.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its snowflake; 0 stands for the terminal.
    pub id: ChannelId,
    /// Its name in config, logs and status.
    pub name: String,
    /// What it wants to hear of.
    pub filters: Filters,
    /// Whom to ping and when.
    pub mention: Vec<Mention>,
    /// When it hears.
    pub when: When,
    /// When it hears of nothing.
    pub quiet: Option<Quiet>,
}

impl Channel {
    /// A channel that wants to hear of everything at once and pings nobody.
    pub fn open(id: ChannelId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            filters: Filters::default(),
            mention: Vec::new(),
            when: When::AtOnce,
            quiet: None,
        }
    }
}

/// What a channel wants. An empty list asks for nothing in particular; every list that is not
/// empty must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Actions, alone or of one kind.
    pub actions: Vec<ActionFilter>,
    /// Bodies; a development without one is not of any.
    pub bodies: Vec<BodyId>,
    /// Cases.
    pub cases: Vec<CaseId>,
    /// States, one of which must be concerned.
    pub states: Vec<StateCode>,
    /// Persons, one of whom must be concerned.
    pub persons: Vec<PersonName>,
    /// How well it must be established.
    pub min_status: Option<Status>,
    /// How many independent owners must report it.
    pub min_owners: usize,
}

/// An action as an operator writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionFilter {
    /// `issued`: of whatever kind.
    Word(Action),
    /// `warrant.issued`.
    Step(Step),
}

impl ActionFilter {
    /// Reads `issued` or `warrant.issued`.
    pub fn parse(text: &str) -> Option<Self> {
        Step::parse(text).map(Self::Step).or_else(|| Action::parse(text).map(Self::Word))
    }

    fn admits(self, step: Step) -> bool {
        match self {
            Self::Word(action) => step.action == action,
            Self::Step(only) => step == only,
        }
    }
}

/// A role and the kinds for which it is pinged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The role's snowflake.
    pub role: u64,
    /// Kinds; empty for all.
    pub kinds: Vec<Kind>,
}
