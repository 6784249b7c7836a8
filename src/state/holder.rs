//! One process at a time: the lock on a state directory, and the note that says who has it.
//!
//! sled locks its own file too, but only in the middle of opening, after the point where this
//! program must already be alone to clear what a killed start left behind, and without saying who
//! the other one is.

use std::{
    fmt, fs,
    fs::{File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::StateError;

const LOCK: &str = "lock";
const NOTE: &str = "holder";

/// Who has a store open, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process id.
    pub pid: u32,
    /// What it was started as: `haguewatch run`.
    pub command: Option<String>,
    /// Since when it has it.
    pub since: Option<Timestamp>,
    /// Where it can be asked instead: `127.0.0.1:9464`.
    pub ops: Option<String>,
}

impl Holder {
    /// This process, which runs `command` since `since`.
    pub fn this_process(command: impl Into<String>, since: Timestamp) -> Self {
        Self { command: Some(command.into()), since: Some(since), ..Self::unnamed() }
    }

    /// The same, reachable at an ops address.
    #[must_use]
    pub fn with_ops(mut self, address: impl Into<String>) -> Self {
        self.ops = Some(address.into());
        self
    }

    fn unnamed() -> Self {
        Self { pid: std::process::id(), command: None, since: None, ops: None }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.command {
            Some(command) => write!(f, "`{command}`, process {}", self.pid)?,
            None => write!(f, "process {}", self.pid)?,
        }
        if let Some(since) = self.since {
            write!(f, ", since {since:.0}")?;
        }
        match &self.ops {
            Some(address) => write!(f, ", which answers at {address}"),
            None => Ok(()),
        }
    }
}

/// The lock on a state directory, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    directory: PathBuf,
    /// The kernel gives the lock up when this is closed, however the process ends.
    file: File,
}

impl Lock {
    /// Takes the lock, or says who has it. Leaves a note with the process id; [`Lock::announce`]
    /// says the rest.
    pub(super) fn take(directory: &Path) -> Result<Self, StateError> {
        let disk = |source| StateError::Disk { path: directory.to_owned(), source };
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(directory.join(LOCK))
            .map_err(disk)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(locked(directory)),
            Err(TryLockError::Error(source)) => return Err(disk(source)),
        }
        let lock = Self { directory: directory.to_owned(), file };
        lock.announce(&Holder::unnamed()).map_err(disk)?;
        Ok(lock)
    }

    /// Writes the note anew. A reader finds the old one or the new one, never half of one.
    pub(super) fn announce(&self, holder: &Holder) -> io::Result<()> {
        let draft = self.directory.join("holder.new");
        let note = serde_json::to_vec(&HolderV1::from(holder)).map_err(io::Error::other)?;
        File::create(&draft)?.write_all(&note)?;
        fs::rename(draft, self.directory.join(NOTE))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A note that stays behind does no harm: it is read only while somebody has the lock.
        let _ = fs::remove_file(self.directory.join(NOTE));
        let _ = self.file.unlock();
    }
}

/// The error for a directory whose lock another process has.
pub(super) fn locked(directory: &Path) -> StateError {
    let note = fs::read(directory.join(NOTE)).ok();
    let holder = note.and_then(|note| serde_json::from_slice::<HolderV1>(&note).ok());
    StateError::Locked { path: directory.to_owned(), holder: holder.map(Holder::from) }
}

#[derive(Serialize, Deserialize)]
struct HolderV1 {
    pid: u32,
    command: Option<String>,
    since: Option<String>,
    ops: Option<String>,
}

impl From<&Holder> for HolderV1 {
    fn from(holder: &Holder) -> Self {
        Self {
            pid: holder.pid,
            command: holder.command.clone(),
            since: holder.since.map(|since| since.to_string()),
            ops: holder.ops.clone(),
        }
    }
}

impl From<HolderV1> for Holder {
    fn from(note: HolderV1) -> Self {
        let since = note.since.and_then(|since| since.parse().ok());
        Self { pid: note.pid, command: note.command, since, ops: note.ops }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_says_who_it_is_in_a_phrase() {
        let since = "2026-03-01T08:00:00.25Z".parse().unwrap();
        let holder = Holder { pid: 71, ..Holder::this_process("haguewatch run", since) };
        assert_eq!(
            holder.with_ops("127.0.0.1:9464").to_string(),
            "`haguewatch run`, process 71, since 2026-03-01T08:00:00Z, which answers at 127.0.0.1:9464"
        );
        assert_eq!(Holder { pid: 71, ..Holder::unnamed() }.to_string(), "process 71");
    }

    #[test]
    fn the_note_is_gone_with_the_lock() {
        let directory = tempfile::tempdir().unwrap();
        let lock = Lock::take(directory.path()).unwrap();
        assert!(directory.path().join(NOTE).exists());
        drop(lock);
        assert!(!directory.path().join(NOTE).exists());
        Lock::take(directory.path()).unwrap();
    }

    #[test]
    fn a_note_that_cannot_be_read_is_no_holder() {
        let directory = tempfile::tempdir().unwrap();
        let _lock = Lock::take(directory.path()).unwrap();
        fs::write(directory.path().join(NOTE), "{").unwrap();
        let error = Lock::take(directory.path()).unwrap_err();
        assert!(matches!(error, StateError::Locked { holder: None, .. }), "{error}");
    }
}
