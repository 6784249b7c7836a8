//! What can go wrong with the store, as far as a caller acts differently.

use std::{io, path::PathBuf};

use super::Holder;

/// Why the store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Another process has it open.
    #[error("the state in {} is in use by {}", path.display(), said(holder.as_ref()))]
    Locked {
        /// The state directory.
        path: PathBuf,
        /// Who has it, as far as it said.
        holder: Option<Holder>,
    },
    /// Its files are not what was written.
    #[error(
        "the state in {} is damaged ({detail}); move the directory aside and put back a copy of it that was made while the daemon was stopped",
        path.display()
    )]
    Damaged {
        /// The state directory.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer haguewatch wrote it.
    #[error(
        "the state has format {found}, but this haguewatch knows formats up to {known}; run the version that wrote it, or a newer one"
    )]
    TooNew {
        /// The format found.
        found: u32,
        /// The newest format that this program reads.
        known: u32,
    },
    /// One record cannot be read, or is not where it must be.
    #[error("the record of {key} cannot be read: {detail}")]
    Record {
        /// Which record, for people: `development K7Q2M`.
        key: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The disk refused: full, read-only, no permission.
    #[error("the state in {} cannot be read or written", path.display())]
    Disk {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A write failed earlier, so that what the disk holds is not known; the store must be opened again.
    #[error("nothing more is written to the state since a write failed ({detail}); start again")]
    Halted {
        /// How it failed.
        detail: String,
    },
}

fn said(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "a process that did not say who it is".into(), ToString::to_string)
}
