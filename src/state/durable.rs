//! Making sure that what was committed is on the disk.
//!
//! sled's `flush` hands the log to the kernel; a killed process loses nothing after it, but a
//! machine that loses power may, because on Linux it asks for write-back (`sync_file_range`) and
//! not for the data to be safe. Values past 128 KiB lie in files of their own under `blobs`, which
//! sled never syncs at all. So both are synced here, after the flush.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{StateError, open, witness::Witness};

/// Where the files of a store lie, and how far they are trusted to be on the disk.
#[derive(Debug)]
pub(super) struct Disk {
    directory: PathBuf,
    /// `None` for a scratch store, whose loss is nothing.
    files: Option<Files>,
}

#[derive(Debug)]
struct Files {
    log: File,
    blobs: PathBuf,
    witness: Witness,
    /// The blobs that are safe already. A blob is written once and never changed.
    synced: Mutex<HashSet<OsString>>,
}

impl Disk {
    /// The disk under a store that was just opened. What its opening wrote is safe on return.
    pub(super) fn new(directory: &Path) -> io::Result<Self> {
        let files = Files {
            log: File::open(directory.join("db"))?,
            blobs: directory.join("blobs"),
            witness: Witness::open(directory)?,
            synced: Mutex::default(),
        };
        File::open(directory.join("conf"))?.sync_all()?;
        files.log.sync_all()?;
        files.sync_blobs()?;
        sync_directory(directory)?;
        Ok(Self { directory: directory.to_owned(), files: Some(files) })
    }

    /// The disk under a scratch store: nothing on it need be safe.
    pub(super) fn scratch(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), files: None }
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Returns once everything written to `db` before is on the disk.
    pub(super) fn settle(&self, db: &sled::Db) -> Result<(), StateError> {
        let Some(files) = self.files.as_ref().filter(|_| !flaw!("unflushed")) else {
            return Ok(());
        };
        db.flush().map_err(|error| open::failure(&self.directory, error))?;
        point!("state.flushed");
        files
            .sync_blobs()
            .and_then(|()| files.log.sync_data())
            .map_err(|source| StateError::Disk { path: self.directory.clone(), source })?;
        point!("state.synced");
        Ok(())
    }

    /// Notes how many commits were made safe.
    pub(super) fn note(&self, commits: u64) -> Result<(), StateError> {
        let Some(files) = &self.files else { return Ok(()) };
        let noted = files.witness.note(commits);
        point!("state.noted");
        noted.map_err(|source| StateError::Disk { path: self.directory.clone(), source })
    }
}

impl Files {
    fn sync_blobs(&self) -> io::Result<()> {
        let mut synced = self.synced.lock().unwrap_or_else(PoisonError::into_inner);
        let mut present = HashSet::new();
        let mut fresh = false;
        for blob in fs::read_dir(&self.blobs)? {
            let name = blob?.file_name();
            if !synced.contains(&name) {
                fresh = true;
                sync_if_there(&self.blobs.join(&name))?;
            }
            present.insert(name);
        }
        if fresh {
            sync_directory(&self.blobs)?;
        }
        *synced = present;
        Ok(())
    }
}

/// Makes the names in a directory safe: a new file is lost with its directory's old contents.
pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// A blob that is gone was superseded and removed by sled meanwhile.
fn sync_if_there(blob: &Path) -> io::Result<()> {
    match File::open(blob).and_then(|file| file.sync_all()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
