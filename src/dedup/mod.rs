//! Whether a posting was seen before.
//!
//! Owns the identity of items (a ladder of keys, because no single key holds: feeds rewrite guids,
//! sites change addresses, editors change headlines) and the judgement of old against new. Does
//! not judge what a text says: whether the *fact* is new is the ledger's to say.

mod address;
mod identity;
mod novelty;
mod sketch;

pub use address::canonical_url;
pub use identity::{identify, identify_all, title_mark};
pub use novelty::{MAX_REVISIONS, novelty};
pub use sketch::sketch;
