//! Moves that are illegal by the ledger: they were not told and wait for a person.

use serde::{Deserialize, Serialize};

use super::DevelopmentRow;

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// The development's short id.
    pub development: String,
    /// The step.
    pub what: String,
    /// Why it is illegal.
    pub why: String,
    /// The headline that reports it.
    pub title: String,
}

impl From<&DevelopmentRow> for ReviewRow {
    fn from(row: &DevelopmentRow) -> Self {
        Self {
            development: row.id.clone(),
            what: format!("{}.{}", row.kind, row.action),
            why: row.why.clone(),
            title: row.title.clone(),
        }
    }
}
