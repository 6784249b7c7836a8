//! Complete lists of writes: committed whole or not at all.

use jiff::Timestamp;

use super::{
    ChannelId, Decided, Delivery, Development, DevelopmentId, Item, ItemKey, LedgerChange,
    MessageKey, Novelty, Problem, SeenMark, SourceId, SourceRecord,
};

/// Every write that one fetch causes.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The source.
    pub source: SourceId,
    /// What to remember of it.
    pub record: SourceRecord,
    /// Marks of the items seen.
    pub seen: Vec<(ItemKey, SeenMark)>,
    /// Items to archive: the new and the revised.
    pub items: Vec<Item>,
    /// Developments that were made or changed.
    pub developments: Vec<Development>,
    /// Rows that were added to the ledger.
    pub changes: Vec<LedgerChange>,
    /// What to tell.
    pub tells: Vec<Tell>,
    /// What was decided of each item that said something, for logs and previews; not stored.
    pub decisions: Vec<(Item, Novelty, Vec<Decided>)>,
    /// What could not be read; not stored.
    pub problems: Vec<Problem>,
}

/// A development that the channels should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// Which.
    pub development: DevelopmentId,
    /// As what.
    pub kind: TellKind,
    /// When it was decided.
    pub at: Timestamp,
}

/// As what a development is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TellKind {
    /// As new.
    New,
    /// As new, to channels that wait for more than a first report: it gained an owner or a status.
    Grown,
    /// As a change of status of what was told.
    Update,
}

/// A tell that a channel hears later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The channel.
    pub channel: ChannelId,
    /// What it is to hear.
    pub tell: Tell,
}

/// Every write that one publishing pass causes: deliveries in, tells out.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Messages to enqueue, in order. Sequences are given by the store.
    pub deliveries: Vec<Delivery>,
    /// Tells that are done with: enqueued, or held, for every channel that wants them.
    pub done: Vec<Tell>,
    /// What channels hear later.
    pub held: Vec<Waiting>,
    /// What was held and is told now.
    pub released: Vec<Waiting>,
    /// Messages that are never to be enqueued, because a digest tells the same: the key of each with
    /// that of the digest's part among the deliveries.
    pub covered: Vec<(MessageKey, MessageKey)>,
}
