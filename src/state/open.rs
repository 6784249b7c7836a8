//! Opening a store: for good, as a scratch one, or as a scratch copy of one.

use std::{
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use super::{
    Holder, Open, StateError, Store,
    durable::{self, Disk},
    format,
    holder::{self, Lock},
    witness,
};

/// Memory that sled may use for pages. Its default is a gigabyte.
const CACHE: u64 = 32 << 20;
/// How often sled's own thread writes out and cleans segments; without it the file only grows.
const FLUSH_EVERY_MS: u64 = 500;
/// How often a database that was closed a moment ago in this process is tried again, and how long
/// to wait in between: sled's threads give its lock up a little after its last handle is dropped.
const TRIES: u32 = 200;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

impl Store {
    /// Opens the store in `directory`, which is made if it is missing.
    pub fn open(directory: &Path) -> Result<Self, StateError> {
        let disk = |source| StateError::Disk { path: directory.to_owned(), source };
        if !directory.is_dir() {
            fs::create_dir_all(directory).map_err(disk)?;
            let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty());
            durable::sync_directory(parent.unwrap_or(Path::new("."))).map_err(disk)?;
        }
        let lock = patiently(|| Lock::take(directory))?;
        let before = format::before(directory)?;
        point!("open.locked");
        remove_unfinished_snapshots(directory).map_err(disk)?;
        before.remove_unfinished_start(directory).map_err(disk)?;
        read_through(directory).map_err(disk)?;
        let db = open_database(directory)?;
        point!("open.read");
        let disk = Disk::new(directory).map_err(disk)?;
        format::settle(&db, directory, before, || disk.settle(&db))?;
        point!("open.settled");
        Self::of(db, disk, lock, None).not_less_than(witness::noted(directory))
    }

    /// A store in a temporary directory, which is gone when it is dropped and whose commits do not
    /// wait for the disk.
    pub fn temporary() -> Result<Self, StateError> {
        Self::scratch(|_| Ok(()))
    }

    /// A temporary store that begins as a copy of the one in `directory`, or empty where there is
    /// none. The original is locked while it is copied and nothing of it is written, so that a dry
    /// run can go the whole way and leave no trace.
    pub fn scratch_copy(directory: &Path) -> Result<Self, StateError> {
        if !directory.join("db").exists() {
            return Self::temporary();
        }
        let lock = patiently(|| Lock::take(directory))?;
        format::before(directory)?;
        let store = Self::scratch(|scratch| copy(directory, scratch));
        drop(lock);
        // What is wrong with the copy is wrong with the original, and that is what to name.
        store.map_err(|error| match error {
            StateError::Damaged { detail, .. } => {
                StateError::Damaged { path: directory.to_owned(), detail }
            }
            other => other,
        })
    }

    /// Says who holds this store, for whoever finds it locked.
    pub fn announce(&self, holder: &Holder) -> Result<(), StateError> {
        let path = self.0.disk.directory();
        let disk = |source| StateError::Disk { path: path.to_owned(), source };
        self.0.lock.announce(holder).map_err(disk)
    }

    fn scratch(fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<Self, StateError> {
        let scratch = tempfile::tempdir().map_err(|source| StateError::Disk {
            path: "the temporary directory".into(),
            source,
        })?;
        let directory = scratch.path();
        fill(directory)
            .map_err(|source| StateError::Disk { path: directory.to_owned(), source })?;
        let lock = Lock::take(directory)?;
        let before = format::before(directory)?;
        let db = open_database(directory)?;
        format::settle(&db, directory, before, || Ok(()))?;
        let noted = witness::noted(directory);
        Self::of(db, Disk::scratch(directory), lock, Some(scratch)).not_less_than(noted)
    }

    /// Refuses a store in which commits that were noted as safe are missing.
    fn not_less_than(self, noted: u64) -> Result<Self, StateError> {
        let found = self.commits()?;
        if found >= noted || flaw!("unwitnessed") {
            return Ok(self);
        }
        let detail = format!("{noted} commits were made safe in it, but it holds {found}");
        Err(StateError::Damaged { path: self.0.disk.directory().to_owned(), detail })
    }

    fn of(db: sled::Db, disk: Disk, lock: Lock, scratch: Option<tempfile::TempDir>) -> Self {
        Self(Arc::new(Open { db, disk, writing: Mutex::default(), lock, scratch }))
    }
}

/// Tries again for two seconds while another process has the lock and does not say where it can be
/// asked: a command that only shows something has it for a moment.
fn patiently<T>(take: impl Fn() -> Result<T, StateError>) -> Result<T, StateError> {
    patiently_with(take, || thread::sleep(BETWEEN_TRIES))
}

fn patiently_with<T>(
    take: impl Fn() -> Result<T, StateError>,
    mut pause: impl FnMut(),
) -> Result<T, StateError> {
    for _ in 1..TRIES {
        match take() {
            Err(StateError::Locked { holder, .. }) if !stays(holder.as_ref()) => pause(),
            taken => return taken,
        }
    }
    take()
}

/// Whether waiting is of no use: the holder gave an address to ask, or it is this process.
fn stays(holder: Option<&Holder>) -> bool {
    holder.is_some_and(|holder| holder.ops.is_some() || holder.pid == std::process::id())
}

/// The system's number for a device that fails; the standard library has no name for it.
const EIO: i32 = 5;

/// What a failure of sled means. Only the plain refusals of the system are the disk's; anything
/// else it meets while reading its own files is damage.
pub(super) fn failure(directory: &Path, error: sled::Error) -> StateError {
    use io::ErrorKind as Io;
    let path = directory.to_owned();
    match error {
        sled::Error::Io(source)
            if matches!(
                source.kind(),
                Io::PermissionDenied
                    | Io::StorageFull
                    | Io::QuotaExceeded
                    | Io::ReadOnlyFilesystem
                    | Io::FileTooLarge
            ) || source.raw_os_error() == Some(EIO) =>
        {
            StateError::Disk { path, source }
        }
        other => StateError::Damaged { path, detail: plain(&other.to_string()) },
    }
}

/// What sled says, without the place and the trace that it leaves empty.
fn plain(detail: &str) -> String {
    let without = |text: &str, mark: &str| text.split(mark).next().unwrap_or(text).to_owned();
    without(&without(detail, " at file offset None"), " backtrace ").trim_end().to_owned()
}

/// Opens sled's database. Some damage makes it panic there; that is caught.
fn open_database(directory: &Path) -> Result<sled::Db, StateError> {
    let config = sled::Config::new()
        .path(directory)
        .cache_capacity(CACHE)
        .flush_every_ms(Some(FLUSH_EVERY_MS));
    for _ in 1..TRIES {
        match catch_unwind(AssertUnwindSafe(|| config.open())) {
            Ok(Ok(db)) => return Ok(db),
            Ok(Err(error)) if is_locked(&error) => thread::sleep(BETWEEN_TRIES),
            Ok(Err(error)) => return Err(failure(directory, error)),
            Err(panic) => {
                let detail = panic_text(panic.as_ref());
                return Err(StateError::Damaged { path: directory.to_owned(), detail });
            }
        }
    }
    // Our own lock is ours, so this is a program that does not know of it.
    Err(holder::locked(directory))
}

/// sled has no kind for this; the text is that of its 0.34.7.
fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if error.to_string().contains("could not acquire lock"))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("opening it failed in an unknown way")
        .to_owned()
}

/// Reads the database from end to end, so that a disk that cannot is met before sled meets it: a
/// read that fails is the end of the log to sled, and what lies behind the end it clears.
fn read_through(directory: &Path) -> io::Result<()> {
    match fs::File::open(directory.join("db")) {
        Ok(mut file) => io::copy(&mut file, &mut io::sink()).map(|_| ()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes snapshots that were being written when a start was killed. sled takes such a file for
/// the newest snapshot and then refuses to open; it is only an index, made again from the log.
fn remove_unfinished_snapshots(directory: &Path) -> io::Result<()> {
    for file in fs::read_dir(directory)? {
        let file = file?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

/// Copies the files of a store, but neither its lock and note nor an unfinished snapshot.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to.join("blobs"))?;
    for directory in ["", "blobs"] {
        let (from, to) = (from.join(directory), to.join(directory));
        for file in fs::read_dir(from)? {
            let file = file?;
            let name = file.file_name();
            let left_out = name == "lock"
                || name.to_string_lossy().starts_with("holder")
                || name.to_string_lossy().ends_with(".generating");
            if file.file_type()?.is_file() && !left_out {
                fs::copy(file.path(), to.join(name))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn locked(ops: Option<&str>) -> StateError {
        let since = jiff::Timestamp::UNIX_EPOCH;
        let holder = Holder { pid: 0, ..Holder::this_process("haguewatch status", since) };
        let holder = match ops {
            Some(address) => holder.with_ops(address),
            None => holder,
        };
        StateError::Locked { path: "state".into(), holder: Some(holder) }
    }

    #[test]
    fn a_lock_that_is_held_for_a_moment_is_waited_for() {
        let (tries, pauses) = (Cell::new(0), Cell::new(0));
        let take = || {
            tries.set(tries.get() + 1);
            if tries.get() < 5 { Err(locked(None)) } else { Ok(()) }
        };
        patiently_with(take, || pauses.set(pauses.get() + 1)).unwrap();
        assert_eq!((tries.get(), pauses.get()), (5, 4));
    }

    #[test]
    fn a_lock_that_stays_is_told_and_a_daemon_at_once() {
        let pauses = Cell::new(0);
        let pause = || pauses.set(pauses.get() + 1);
        patiently_with::<()>(|| Err(locked(None)), pause).unwrap_err();
        assert_eq!(BETWEEN_TRIES * pauses.get() + BETWEEN_TRIES, Duration::from_secs(2));
        pauses.set(0);
        let pause = || pauses.set(pauses.get() + 1);
        patiently_with::<()>(|| Err(locked(Some("127.0.0.1:1"))), pause).unwrap_err();
        assert_eq!(pauses.get(), 0);
    }

    #[test]
    fn damage_is_told_without_empty_places() {
        let told = "Read corrupted data at file offset None backtrace ()";
        assert_eq!(plain(told), "Read corrupted data");
        assert_eq!(plain("Something else"), "Something else");
    }
}
