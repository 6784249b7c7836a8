//! What a life wrote to the files of its state, as strace saw it, and what a disk may have of it
//! after the power was lost.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

/// Something that was done to a file of the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// These bytes were written at this place.
    Write { file: PathBuf, at: usize, bytes: Vec<u8> },
    /// Its length was set.
    Cut { file: PathBuf, length: usize },
    /// It was made, or emptied.
    Make { file: PathBuf, emptied: bool },
    /// A directory was made.
    MakeDirectory { directory: PathBuf },
    /// It has another name since.
    Rename { from: PathBuf, to: PathBuf },
    /// It is gone.
    Remove { file: PathBuf },
}

/// A recorded life: what was done, and which syncs ended before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recording {
    /// In the order in which it was done.
    pub(crate) acts: Vec<Act>,
    /// Of a file or directory: what had been done when its sync began, and when it ended.
    syncs: Vec<(PathBuf, usize, usize)>,
}

/// The files of a state by their names in it.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What strace must be told so that its log can be read here.
pub(crate) fn options(log: &Path) -> Vec<String> {
    let calls = "trace=pwrite64,write,fsync,fdatasync,rename,ftruncate,unlink,openat,mkdir";
    let options = ["-f", "-qq", "-xx", "-y", "-s", "16777216", "-e", calls, "-o"];
    options.iter().map(|option| (*option).to_owned()).chain([log.display().to_string()]).collect()
}

impl Recording {
    /// Reads a log. The state was at `state`, and its process ran in the directory above.
    pub(crate) fn read(log: &str, state: &Path) -> Self {
        let home = state.parent().unwrap();
        let (recording, places) = (Self::default(), HashMap::new());
        let mut reading = Reading { recording, state, home, places };
        let mut begun: HashMap<&str, (String, usize)> = HashMap::new();
        for line in log.lines() {
            let Some((thread, call)) = line.split_once(' ') else { continue };
            let call = call.trim_start();
            if let Some(start) = call.strip_suffix("<unfinished ...>") {
                begun.insert(thread, (start.to_owned(), reading.recording.acts.len()));
            } else if call.starts_with("<... ") {
                let Some((start, since)) = begun.remove(thread) else { continue };
                let rest = call.split_once("resumed>").map_or("", |(_, rest)| rest);
                reading.take(&format!("{start}{rest}"), since);
            } else {
                let since = reading.recording.acts.len();
                reading.take(call, since);
            }
        }
        reading.recording
    }

    /// Which of the first `end` acts are on the disk for certain: those whose file, or for names
    /// whose directory, was synced after them.
    pub(crate) fn safe(&self, end: usize) -> BTreeSet<usize> {
        let ended = || self.syncs.iter().filter(|(_, _, ended)| *ended <= end);
        let is_safe = |(place, act): (usize, &Act)| {
            let of = act.kept_by();
            ended().any(|(file, began, _)| *file == of && place < *began).then_some(place)
        };
        self.acts[..end].iter().enumerate().filter_map(is_safe).collect()
    }
}

impl Act {
    /// The file or directory whose sync makes it safe.
    fn kept_by(&self) -> PathBuf {
        let above = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        match self {
            Self::Write { file, .. }
            | Self::Cut { file, .. }
            | Self::Make { file, emptied: true } => file.clone(),
            Self::Make { file, .. } | Self::Remove { file } => above(file),
            Self::MakeDirectory { directory } => above(directory),
            Self::Rename { to, .. } => above(to),
        }
    }

    /// Whether it changes a directory. Those are kept in order by every file system of use.
    pub(crate) fn is_of_names(&self) -> bool {
        !matches!(self, Self::Write { .. } | Self::Cut { .. })
    }

    /// Does it to these files.
    pub(crate) fn apply(&self, files: &mut Files) {
        match self {
            Self::Write { file, at, bytes } => {
                let content = files.entry(file.clone()).or_default();
                let end = at + bytes.len();
                content.resize(content.len().max(end), 0);
                content[*at..end].copy_from_slice(bytes);
            }
            Self::Cut { file, length } => {
                files.entry(file.clone()).or_default().resize(*length, 0);
            }
            Self::Make { file, emptied } => {
                let content = files.entry(file.clone()).or_default();
                if *emptied {
                    content.clear();
                }
            }
            Self::MakeDirectory { .. } => {}
            Self::Rename { from, to } => {
                if let Some(content) = files.remove(from) {
                    files.insert(to.clone(), content);
                }
            }
            Self::Remove { file } => {
                files.remove(file);
            }
        }
    }
}

/// The files below a directory.
pub(crate) fn files_of(directory: &Path) -> Files {
    let mut files = Files::new();
    for folder in ["", "blobs"] {
        let Ok(entries) = fs::read_dir(directory.join(folder)) else { continue };
        for entry in entries.map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = Path::new(folder).join(entry.file_name());
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// Puts these files into a directory.
pub(crate) fn lay_out(files: &Files, directory: &Path) {
    fs::create_dir_all(directory.join("blobs")).unwrap();
    for (name, content) in files {
        fs::write(directory.join(name), content).unwrap();
    }
}

struct Reading<'a> {
    recording: Recording,
    state: &'a Path,
    home: &'a Path,
    /// Where the next plain write to an open file goes, by descriptor and name.
    places: HashMap<String, usize>,
}

impl Reading<'_> {
    /// Takes one finished call that began after so many acts.
    fn take(&mut self, call: &str, since: usize) {
        let Some((name, rest)) = call.split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(") = ").or(rest.rsplit_once(')')) else {
            return;
        };
        let result = result.trim_start_matches(['=', ' ']);
        if result.starts_with('-') {
            return;
        }
        let words: Vec<&str> = arguments.split(", ").collect();
        match (name, words.as_slice()) {
            ("pwrite64", [file, bytes, _, at]) => {
                self.write(file, bytes, at.trim().parse().unwrap(), result);
            }
            ("write", [file, bytes, _]) => {
                let at = self.places.get(*file).copied().unwrap_or(0);
                self.write(file, bytes, at, result);
            }
            ("fsync" | "fdatasync", [file, ..]) => {
                if let Some(file) = self.open_file(file) {
                    let now = self.recording.acts.len();
                    self.recording.syncs.push((file, since, now));
                }
            }
            ("ftruncate", [file, length]) => {
                if let Some(file) = self.open_file(file) {
                    let length = length.trim().parse().unwrap();
                    self.recording.acts.push(Act::Cut { file, length });
                }
            }
            ("openat", [_, path, flags, ..]) => self.open(path, flags, result),
            ("mkdir", [path, ..]) => {
                if let Some(directory) = self.named(path) {
                    self.recording.acts.push(Act::MakeDirectory { directory });
                }
            }
            ("rename", [from, to]) => {
                if let (Some(from), Some(to)) = (self.named(from), self.named(to)) {
                    self.recording.acts.push(Act::Rename { from, to });
                }
            }
            ("unlink", [path]) => {
                if let Some(file) = self.named(path) {
                    self.recording.acts.push(Act::Remove { file });
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, open: &str, bytes: &str, at: usize, written: &str) {
        let Some(file) = self.open_file(open) else { return };
        let written: usize = written.trim().parse().unwrap();
        let bytes = unescaped(bytes.trim_matches('"'))[..written].to_vec();
        // The note of commits is written over itself; every other file from front to back.
        let next = if file.ends_with("commits") { 0 } else { at + written };
        self.places.insert(open.to_owned(), next);
        self.recording.acts.push(Act::Write { file, at, bytes });
    }

    fn open(&mut self, path: &str, flags: &str, result: &str) {
        let Some(file) = self.named(path) else { return };
        self.places.remove(result.trim());
        if flags.contains("O_CREAT") {
            let emptied = flags.contains("O_TRUNC");
            self.recording.acts.push(Act::Make { file, emptied });
        }
    }

    /// The file behind an open descriptor as strace shows it, if it is one of the state.
    fn open_file(&self, shown: &str) -> Option<PathBuf> {
        let path = shown.trim_end().split_once('<')?.1.strip_suffix('>')?;
        let path = String::from_utf8(unescaped(path)).ok()?;
        Path::new(&path).strip_prefix(self.state).ok().map(Path::to_owned)
    }

    /// The file of a path that was given, if it is one of the state.
    fn named(&self, shown: &str) -> Option<PathBuf> {
        let path = String::from_utf8(unescaped(shown.trim_matches('"'))).ok()?;
        self.home.join(path).strip_prefix(self.state).ok().map(Path::to_owned)
    }
}

/// The bytes that are written `\x0a` each.
fn unescaped(text: &str) -> Vec<u8> {
    let pairs = text.split("\\x").skip(1);
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}
