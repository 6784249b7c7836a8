//! What to tell to which channel.

use crate::model::{BodyId, CaseId, ChannelId, Kind, PersonName, StateCode, Status, Step};

/// A Discord channel and what it wants to hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its snowflake.
    pub id: ChannelId,
    /// Its name in logs and messages to operators.
    pub name: String,
    /// What it wants to hear.
    pub filter: Filter,
    /// Whom it pings.
    pub mention: Vec<Mention>,
}

/// What a channel wants to hear. An empty list lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Steps.
    pub steps: Vec<Step>,
    /// Bodies.
    pub bodies: Vec<BodyId>,
    /// Cases.
    pub cases: Vec<CaseId>,
    /// States; one of them is enough.
    pub states: Vec<StateCode>,
    /// Persons; one of them is enough.
    pub persons: Vec<PersonName>,
    /// The weakest status that is told.
    pub min_status: Option<Status>,
    /// From how many independent owners on it is told.
    pub min_owners: u32,
}

/// A role that a channel pings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The role's snowflake.
    pub role: u64,
    /// For which kinds; empty for all.
    pub kinds: Vec<Kind>,
}
