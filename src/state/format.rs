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

/// Reads the file beside the database: `None` where there was no store before.
pub(super) fn announced(directory: &Path) -> Result<Option<u32>, StateError> {
    let path = directory.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StateError::Disk { path, source }),
    };
    let found = text.trim().parse().map_err(|_| StateError::Damaged {
        path: directory.to_owned(),
        detail: "its file `format` does not hold a number".into(),
    })?;
    known(found).map(Some)
}

/// Checks the record against the file, and writes either where it is missing and may be.
/// `safe` must return once everything written is on the disk.
pub(super) fn settle(
    db: &sled::Db,
    directory: &Path,
    announced: Option<u32>,
    safe: impl FnOnce() -> Result<(), StateError>,
) -> Result<(), StateError> {
    let key = keys::meta(keys::FORMAT);
    let failed = |error| open::failure(directory, error);
    let recorded = db.get(&key).map_err(failed)?;
    if let Some(bytes) = recorded {
        let version = bytes.as_ref().try_into().map(u32::from_be_bytes);
        known(version.map_err(|_| keys::unreadable(&key, "it is not four bytes"))?)?;
    } else if announced.is_some() || !db.is_empty() {
        let detail = "what was recorded in it is gone".into();
        return Err(StateError::Damaged { path: directory.to_owned(), detail });
    } else {
        db.insert(key, &KNOWN.to_be_bytes()).map_err(failed)?;
        safe()?;
    }
    if announced.is_none() {
        write(directory)
            .map_err(|source| StateError::Disk { path: directory.to_owned(), source })?;
    }
    Ok(())
}

fn known(found: u32) -> Result<u32, StateError> {
    if found > KNOWN { Err(StateError::TooNew { found, known: KNOWN }) } else { Ok(found) }
}

fn write(directory: &Path) -> io::Result<()> {
    let draft = directory.join("format.new");
    let mut file = File::create(&draft)?;
    writeln!(file, "{KNOWN}")?;
    file.sync_all()?;
    fs::rename(draft, directory.join(FILE))?;
    durable::sync_directory(directory)
}
