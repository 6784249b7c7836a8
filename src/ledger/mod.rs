//! The world as known: who is a member, who is sought, what was ruled, and what happened of late.
//!
//! Owns the judgement whether a *fact* is new. A finding is, in this order: told of a day long
//! past; one more report of a development within its window; a step that its subject had reached
//! before; an illegal move, which waits for a person; an earlier stage of what was told, or
//! something told beside a current story, which wait for a report of their own; or a new
//! development. A denial or a correction changes how well a development is established. Which
//! moves are legal is data ([`Moves`]). Arithmetic on values: the same findings in the same order
//! give the same ledger, and a finding fed twice changes nothing the second time.
//!
//! Does not read texts, does not keep anything (what changed is handed back to be stored), and
//! does not decide who is told.

mod apply;
mod beside;
mod correction;
mod count;
mod denial;
mod developments;
mod facts;
mod grow;
mod identity;
mod join;
mod moves;
mod rows;
mod slots;
mod steps;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;

pub use apply::Applied;
pub use moves::{Ladder, Moves, Window};

use crate::model::{Development, DevelopmentId, Fact};

/// What is known before anything is reported.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The dated facts.
    pub facts: Vec<Fact>,
    /// What may follow what.
    pub moves: Arc<Moves>,
}

/// Everything known: facts from the baseline, facts learned, developments.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    moves: Arc<Moves>,
    facts: facts::Facts,
    developments: developments::Developments,
}

impl Ledger {
    /// A ledger from the dated baseline and from what was stored of earlier developments.
    pub fn new(baseline: Baseline, learned: Vec<Fact>, developments: Vec<Development>) -> Self {
        Self {
            moves: baseline.moves,
            facts: facts::Facts::new(baseline.facts, learned),
            developments: developments::Developments::new(developments),
        }
    }

    /// Every fact, by kind, body and subject, there oldest first.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter()
    }

    /// The latest fact of each kind, body and subject on that day.
    pub fn as_of(&self, day: Date) -> Vec<&Fact> {
        self.facts.as_of(day)
    }

    /// Every development, in the order of ids. Those that became one with an older one are left out.
    pub fn developments(&self) -> impl Iterator<Item = &Development> {
        self.developments.iter()
    }

    /// The development that goes, or ever went, by that id.
    pub fn development(&self, id: &DevelopmentId) -> Option<&Development> {
        self.developments.get(id)
    }
}
