//! What a source says, and its identity.

use jiff::Timestamp;

use super::{ItemKey, OwnerId, SourceId};

/// What the page or feed says, untouched by judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// The feed's own id.
    pub guid: Option<String>,
    /// The link, absolute, http(s) only.
    pub url: Option<String>,
    /// The headline as plain text; empty where there is none.
    pub title: String,
    /// The lead or summary as plain text; empty where there is none.
    pub text: String,
    /// When it claims to have been published.
    pub published: Option<Timestamp>,
    /// When it claims to have been changed.
    pub updated: Option<Timestamp>,
}

/// Something that could not be read, with its place. Never loses what could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `item 3`, `line 12`, `selector "time"`, `document`.
    pub place: String,
    /// What is wrong there and what was done about it.
    pub what: String,
}

/// A posting with an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its identity: the first of [`Item::rungs`].
    pub key: ItemKey,
    /// Every key by which it may be recognised, best first: guid, canonical address, content.
    pub rungs: Vec<ItemKey>,
    /// Hash of title and text, without dates: feeds touch those for nothing.
    pub content: [u8; 16],
    /// The source that brought it.
    pub source: SourceId,
    /// The source's owner.
    pub owner: OwnerId,
    /// What it says.
    pub posting: Posting,
    /// Canonical address: no fragment, no tracking parameters.
    pub url: Option<String>,
    /// When it was first seen here.
    pub seen: Timestamp,
    /// How it was taken in.
    pub taken: Taken,
}

/// How an item was taken in: with it the archive can be run again as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its place among the items of its document.
    pub order: u32,
    /// Whether it could be news: not what its source had when it was first read, and not old.
    pub fresh: bool,
}

impl Default for Taken {
    fn default() -> Self {
        Self { order: 0, fresh: true }
    }
}

impl Item {
    /// The moment that stands for the item: when it says it was published, unless that lies in
    /// the future or is missing; then when it was first seen.
    pub fn moment(&self) -> Timestamp {
        self.posting.published.filter(|published| *published <= self.seen).unwrap_or(self.seen)
    }
}

/// Whether the item is new. Whether the *fact* is new is the ledger's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Novelty {
    /// Never seen.
    New,
    /// Seen, but its title or text changed.
    Revised,
    /// Seen as it is.
    Known,
    /// The source was read for the first time: remember, do not tell.
    Backfill,
}

/// What is kept for ever of an item that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenMark {
    /// The item's content hash when it was last read.
    pub content: [u8; 16],
    /// How often it was revised; past a bound, revisions are no longer read.
    pub revisions: u8,
}
