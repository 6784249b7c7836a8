//! How much was acknowledged, written down outside the database.
//!
//! Where a byte of sled's log is damaged, sled may open without a word, as if that commit and all
//! after it had never been. So every batch counts itself in the database, and the count is noted
//! in a file beside it once the commit is safe. A database that then counts less than the note is
//! damaged. The note is not synced: it may lag behind after a loss of power, but as it is written
//! last it never runs ahead.

use std::{
    fs::{self, File},
    io::{self, Seek, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

const FILE: &str = "commits";

/// The note of a store that is open.
#[derive(Debug)]
pub(super) struct Witness(Mutex<File>);

impl Witness {
    /// Opens the note for writing.
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(directory.join(FILE))?;
        Ok(Self(Mutex::new(file)))
    }

    /// Notes how many commits are safe. The width is fixed, so that one note covers another.
    pub(super) fn note(&self, commits: u64) -> io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.rewind()?;
        file.write_all(format!("{commits:020}\n").as_bytes())
    }
}

/// How many commits were noted as safe. A note that is missing or cannot be read says nothing.
pub(super) fn noted(directory: &Path) -> u64 {
    let note = fs::read_to_string(directory.join(FILE));
    note.ok().and_then(|note| note.trim().parse().ok()).unwrap_or(0)
}
