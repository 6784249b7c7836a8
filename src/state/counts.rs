//! How much is in the store, for status pages.

use super::{StateError, Store, keys::Table};
use crate::model::DeliveryState;

/// How many records of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sources that were ever polled.
    pub sources: usize,
    /// Seen marks: one for every rung of every item.
    pub seen: usize,
    /// Items in the archive.
    pub items: usize,
    /// Developments.
    pub developments: usize,
    /// Rows of the ledger that were learned.
    pub facts: usize,
    /// Tells that no edition has taken up yet.
    pub untold: usize,
    /// Deliveries.
    pub outbox: OutboxCounts,
}

/// How many deliveries are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Waiting for their turn.
    pub pending: usize,
    /// Begun.
    pub sending: usize,
    /// Received by Discord.
    pub sent: usize,
    /// Given up.
    pub dead: usize,
}

impl Store {
    /// Counts everything. It walks the whole store, which takes about a second for a million
    /// records: for a status page, not for every turn of a loop. [`Store::outbox_counts`] is
    /// cheaper.
    pub fn counts(&self) -> Result<Counts, StateError> {
        Ok(Counts {
            sources: self.count(Table::Source)?,
            seen: self.count(Table::Seen)?,
            items: self.count(Table::Item)?,
            developments: self.count(Table::Development)?,
            facts: self.count(Table::Fact)?,
            untold: self.count(Table::Tell)?,
            outbox: self.outbox_counts()?,
        })
    }

    /// Counts the deliveries alone.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StateError> {
        let open = self.outbox()?;
        let is_sending = |state: &DeliveryState| matches!(state, DeliveryState::Sending(_));
        let sending = open.iter().filter(|delivery| is_sending(&delivery.state)).count();
        Ok(OutboxCounts {
            pending: open.len() - sending,
            sending,
            sent: self.count(Table::Sent)?,
            dead: self.count(Table::Dead)?,
        })
    }

    fn count(&self, table: Table) -> Result<usize, StateError> {
        self.rows(table).try_fold(0, |count, row| row.map(|_| count + 1))
    }
}
