//! Complete lists of writes: committed whole or not at all.

use jiff::Timestamp;

use super::{
    ChannelId, Decided, Delivery, Development, DevelopmentId, Item, ItemKey, LedgerChange, Message,
    MessageKey, Novelty, Problem, SeenMark, SourceId, SourceRecord, Spell,
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
    /// How messages that were enqueued before should read now.
    pub wanted: Vec<Message>,
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

/// Every write that one attempt to send or to edit a message causes.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The message and how far it is.
    pub delivery: Delivery,
    /// How it was wanted to read, where nothing is left to be done about that.
    pub settled: Option<Message>,
    /// Trouble that began or ended by it.
    pub turns: Vec<Turn>,
    /// What the operators are told of the message itself.
    pub notice: Option<Delivery>,
}

/// Trouble that begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The trouble.
    pub spell: Spell,
    /// Whether it ends.
    pub is_over: bool,
    /// What the operators are told of it.
    pub notice: Option<Delivery>,
}

impl From<Delivery> for Attempt {
    /// An attempt that changes nothing else.
    fn from(delivery: Delivery) -> Self {
        Self { delivery, settled: None, turns: Vec::new(), notice: None }
    }
}

/// Every write by which messages that wait become a digest.
#[derive(Clone, Debug)]
pub struct Folding {
    /// The messages, in sequence: all [`Pending`](super::DeliveryState::Pending) and of one channel.
    pub members: Vec<Delivery>,
    /// The digest in their place, in parts.
    pub parts: Vec<Delivery>,
}
