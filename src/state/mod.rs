//! The store: everything that must outlive the process.
//!
//! **Needs.** A development must not be lost and must not be told twice, whenever the process dies.
//! So all that one fetch causes, or one publishing pass, becomes visible whole or not at all, and
//! a commit that returned is on the disk.
//!
//! **Design.** sled 0.34, one tree. A key is one byte that names its table and then the id
//! (`keys`), so that one batch spans all tables by itself, related rows lie side by side and the
//! file does not pay for trees. Each [`Intake`](crate::model::Intake) and each
//! [`Edition`](crate::model::Edition) is one such batch; a mutex makes what it reads (sequences,
//! marks of what was told) and what it writes one step. sled acknowledges before the bytes are
//! safe and its flush does not reach the device, so every commit flushes and then syncs the files
//! itself (`durable`); a group of intakes shares one sync. Values are versioned records of their
//! own (`records`).
//!
//! **Properties.** Tells keep the order in which they were decided. A development is told as new
//! once, for ever. A message key is enqueued once, for ever. After a write that failed half-way
//! nothing more is written until the store is opened again, because what the disk then holds is
//! not known. Damage is an error that says what to do, never a panic and never an empty start.
//!
//! **Accepted.** A commit that was cut off by death may be there or not, but not in part. Reading
//! walks the tables without a snapshot: every table has one loop that writes it, and a reader of
//! another loop sees the newest commit or the one before.
//!
//! What is decided here is only how things are kept. Retention, export and import are not here.

mod commit;
mod counts;
mod durable;
mod error;
mod format;
mod holder;
mod keys;
mod open;
mod outbox;
mod read;
mod records;
mod witness;

#[cfg(test)]
mod tests;

pub use counts::{Counts, OutboxCounts};
pub use error::StateError;
pub use holder::Holder;
pub use read::item_of_line;

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use durable::Disk;
use holder::Lock;

/// The store. Clones share it; it closes when the last of them is dropped.
#[derive(Clone)]
pub struct Store(Arc<Open>);

/// An open store. The fields are dropped in this order: the database must be closed before its
/// lock is given up, and a scratch directory removed after both.
struct Open {
    db: sled::Db,
    disk: Disk,
    /// Taken by every commit. Holds the reason once a write has failed.
    writing: Mutex<Option<String>>,
    lock: Lock,
    #[expect(dead_code, reason = "held for its drop, which removes the directory")]
    scratch: Option<tempfile::TempDir>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // sled's own would print every record.
        f.debug_tuple("Store").field(&self.0.disk.directory()).finish()
    }
}
