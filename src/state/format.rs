//! The format of the whole store: what it is, whether this program may touch it, and the place
//! where a migration will stand.
//!
//! It is written twice. The record `format` inside the database is what the store is. The file
//! `format` beside it is read before the database is opened, so that an older program does not
//! touch a newer store; and as it is written only once the record is safe, a database that turns
//! up empty beside it is a damaged one, not a new one.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use super::{StateError, durable, keys, open};

/// The newest format that this program reads, and the one it writes.
pub(super) const KNOWN: u32 = 1;

const FILE: &str = "format";

/// What is to be seen of a store before its database is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    /// The file beside the database is there: a store was once opened here to the end.
    announced: bool,
    /// The database's file has bytes in it.
    bytes: bool,
}

impl Before {
    /// Removes what a first start left that was killed while sled wrote its settings: it would
    /// refuse half of them for ever, and nothing was stored yet.
    pub(super) fn remove_unfinished_start(self, directory: &Path) -> io::Result<()> {
        if self.announced || self.bytes {
            return Ok(());
        }
        match fs::remove_file(directory.join("conf")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}

/// Looks at a directory before its database is opened, and refuses a newer format.
pub(super) fn before(directory: &Path) -> Result<Before, StateError> {
    let path = directory.join(FILE);
    let bytes = fs::metadata(directory.join("db")).is_ok_and(|file| file.len() > 0);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Before { announced: false, bytes });
        }
        Err(source) => return Err(StateError::Disk { path, source }),
    };
    let Ok(found) = text.trim().parse() else {
        let detail = "its file `format` does not hold a number".into();
        return Err(StateError::Damaged { path: directory.to_owned(), detail });
    };
    known(found)?;
    Ok(Before { announced: true, bytes })
}

/// Checks the record against the file, and writes either where it is missing and may be.
/// `safe` must return once everything written is on the disk.
pub(super) fn settle(
    db: &sled::Db,
    directory: &Path,
    before: Before,
    safe: impl FnOnce() -> Result<(), StateError>,
) -> Result<(), StateError> {
    let key = keys::meta(keys::FORMAT);
    let failed = |error| open::failure(directory, error);
    let recorded = db.get(&key).map_err(failed)?;
    if let Some(bytes) = recorded {
        let Ok(version) = bytes.as_ref().try_into() else {
            return Err(keys::unreadable(&key, "it is not four bytes"));
        };
        known(u32::from_be_bytes(version))?;
    } else if before.announced || !db.is_empty() || (before.bytes && !db.was_recovered()) {
        // A first start that was killed leaves nothing, or a log that sled knows for its own.
        let detail = "what was recorded in it is gone".into();
        return Err(StateError::Damaged { path: directory.to_owned(), detail });
    } else {
        db.insert(key, &KNOWN.to_be_bytes()).map_err(failed)?;
        safe()?;
    }
    if !before.announced {
        write(directory)
            .map_err(|source| StateError::Disk { path: directory.to_owned(), source })?;
    }
    Ok(())
}

fn known(found: u32) -> Result<(), StateError> {
    if found > KNOWN { Err(StateError::TooNew { found, known: KNOWN }) } else { Ok(()) }
}

fn write(directory: &Path) -> io::Result<()> {
    let draft = directory.join("format.new");
    let mut file = File::create(&draft)?;
    writeln!(file, "{KNOWN}")?;
    file.sync_all()?;
    fs::rename(draft, directory.join(FILE))?;
    durable::sync_directory(directory)
}
