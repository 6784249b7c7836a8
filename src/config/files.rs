//! The files of a configuration as names and texts, from a directory or from the program itself.
//!
//! `sources.toml` must be there. `haguewatch.toml` and `channels.toml` may be left out, and so may
//! the folders `rules/` and `ledger/`: what is shipped stands in for a folder that is left out.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    embedded,
    problem::{Complaint, Place, Problem, nearest},
};

/// A file's name, as complaints show it, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// The name, with the directory as the operator gave it.
    pub name: String,
    /// The text.
    pub text: String,
}

impl NamedText {
    /// The last part of the name.
    pub(crate) fn file_name(&self) -> &str {
        let path = Path::new(&self.name);
        path.file_name().and_then(OsStr::to_str).unwrap_or_default()
    }
}

/// All files of a configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Files {
    pub(crate) settings: Option<NamedText>,
    pub(crate) sources: Option<NamedText>,
    pub(crate) channels: Option<NamedText>,
    /// `rules/**/*.toml`, by name.
    pub(crate) rules: Vec<NamedText>,
    /// `ledger/**/*.toml`, by name.
    pub(crate) ledger: Vec<NamedText>,
}

const SETTINGS: &str = "haguewatch.toml";
const SOURCES: &str = "sources.toml";
const CHANNELS: &str = "channels.toml";
const RULES: &str = "rules";
const LEDGER: &str = "ledger";

/// Folders inside `rules/` and `ledger/` are followed this deep: a link to a folder above itself
/// would otherwise never end.
const DEEPEST: usize = 4;

/// The files that are compiled into the program.
pub(crate) fn shipped() -> Files {
    let named = |(name, text): &(&str, &str)| NamedText {
        name: format!("config/{name}"),
        text: (*text).to_owned(),
    };
    let one = |wanted: &str| embedded::FILES.iter().find(|(name, _)| *name == wanted).map(named);
    let folder = |folder: &str| {
        let inside =
            |name: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        embedded::FILES.iter().filter(|(name, _)| inside(name)).map(named).collect()
    };
    Files {
        settings: one(SETTINGS),
        sources: one(SOURCES),
        channels: one(CHANNELS),
        rules: folder(RULES),
        ledger: folder(LEDGER),
    }
}

/// The files of a directory.
pub(crate) fn of_directory(dir: &Path, problems: &mut Vec<Problem>) -> Files {
    let names = match list(dir) {
        Ok(names) => names,
        Err(error) => {
            problems.push(directory_problem(dir, &error));
            return Files::default();
        }
    };
    misspelt(dir, &names, problems);
    let mut one = |name: &str| {
        let path = dir.join(name);
        names.contains(&path).then(|| text(&path, problems)).flatten()
    };
    let (settings, sources, channels) = (one(SETTINGS), one(SOURCES), one(CHANNELS));
    if !names.contains(&dir.join(SOURCES)) {
        problems.push(Place::start_of(&dir.join(SOURCES).display().to_string()).problem(
            Complaint::new("there is no such file", "write one, or copy the shipped one there"),
        ));
    }
    let shipped = shipped();
    let mut folder = |name: &str, stand_in: Vec<NamedText>| {
        let path = dir.join(name);
        if names.contains(&path) { folder(&path, problems) } else { stand_in }
    };
    Files {
        settings,
        sources,
        channels,
        rules: folder(RULES, shipped.rules),
        ledger: folder(LEDGER, shipped.ledger),
    }
}

/// The `.toml` files of a folder and of the folders in it, by name.
fn folder(path: &Path, problems: &mut Vec<Problem>) -> Vec<NamedText> {
    let mut texts = Vec::new();
    let mut folders = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let names = list(&folder).unwrap_or_else(|error| {
            problems.push(directory_problem(&folder, &error));
            Vec::new()
        });
        for path in names {
            if path.is_dir() {
                folders.extend((depth < DEEPEST).then_some((path, depth + 1)));
            } else if path.extension() == Some(OsStr::new("toml")) {
                texts.extend(text(&path, problems));
            }
        }
    }
    texts.sort_by(|one, other| one.name.cmp(&other.name));
    texts
}

/// What stands in a directory, by name. Hidden files are an editor's or a mount's own business.
fn list(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for file in fs::read_dir(dir)? {
        let file = file?;
        if !file.file_name().to_string_lossy().starts_with('.') {
            names.push(dir.join(file.file_name()));
        }
    }
    names.sort();
    Ok(names)
}

fn text(path: &Path, problems: &mut Vec<Problem>) -> Option<NamedText> {
    let name = path.display().to_string();
    match fs::read_to_string(path) {
        Ok(text) => Some(NamedText { name, text }),
        Err(error) => {
            let mend = match error.kind() {
                io::ErrorKind::InvalidData => "save it as UTF-8",
                io::ErrorKind::PermissionDenied => "let this user read it",
                _ => "put a readable file there or take it away",
            };
            let complaint = Complaint::new(format!("the file cannot be read: {error}"), mend);
            problems.push(Place::start_of(&name).problem(complaint));
            None
        }
    }
}

fn directory_problem(dir: &Path, error: &io::Error) -> Problem {
    let complaint = match error.kind() {
        io::ErrorKind::NotFound => Complaint::new(
            "there is no such directory",
            "name the configuration's directory with --config or HAGUEWATCH_CONFIG",
        ),
        _ => Complaint::new(
            format!("the directory cannot be read: {error}"),
            "name a directory that this user can read",
        ),
    };
    Place::start_of(&dir.display().to_string()).problem(complaint)
}

/// Complains of files that would be ignored only because their name is misspelt.
fn misspelt(dir: &Path, names: &[PathBuf], problems: &mut Vec<Problem>) {
    let known = [SETTINGS, SOURCES, CHANNELS];
    for path in names.iter().filter(|path| path.extension() == Some(OsStr::new("toml"))) {
        let Some(name) = path.file_name().and_then(OsStr::to_str) else { continue };
        let near = nearest(name, known).filter(|_| !known.contains(&name));
        if let Some(near) = near.filter(|near| !names.contains(&dir.join(near))) {
            let complaint =
                Complaint::new("no file of this name is read", format!("rename it {near}"));
            problems.push(Place::start_of(&path.display().to_string()).problem(complaint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Problems;

    /// Writes files into a new directory, reads it, and compares the problems (`DIR` stands for
    /// the directory).
    #[track_caller]
    fn check(given: &[(&str, &[u8])], expected: &str) -> Files {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in given {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut problems = Vec::new();
        let files = of_directory(dir.path(), &mut problems);
        let found = Problems::of(problems).map_or(String::new(), |all| all.to_string());
        assert_eq!(found.replace(&dir.path().display().to_string(), "DIR"), expected);
        files
    }

    fn names(texts: &[NamedText]) -> Vec<&str> {
        texts.iter().map(NamedText::file_name).collect()
    }

    #[test]
    fn sources_alone_are_enough_and_the_shipped_folders_stand_in() {
        let files = check(&[("sources.toml", b"# none")], "");
        assert_eq!(files.sources.unwrap().text, "# none");
        assert_eq!(files.settings, None);
        assert_eq!(files.channels, None);
        assert_eq!(files.rules, shipped().rules);
        assert_eq!(files.ledger, shipped().ledger);
    }

    #[test]
    fn folders_are_read_to_their_depth_and_only_toml() {
        let files = check(
            &[
                ("sources.toml", b""),
                ("rules/b.toml", b""),
                ("rules/a/z.toml", b""),
                ("rules/a/notes.md", b"\xff"),
                ("rules/.hidden.toml", b"\xff"),
                ("rules/1/2/3/4/deep.toml", b""),
                ("rules/1/2/3/4/5/deeper.toml", b""),
                ("ledger/README", b""),
            ],
            "",
        );
        assert_eq!(names(&files.rules), ["deep.toml", "z.toml", "b.toml"]);
        assert_eq!(files.ledger, []);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        check(
            &[("sources.toml", b"\xff"), ("ledger/x.toml", b"\xff"), ("haguewatch.toml/x", b"")],
            "\
DIR/haguewatch.toml:1:1: the file cannot be read: Is a directory (os error 21); put a readable file there or take it away
DIR/ledger/x.toml:1:1: the file cannot be read: stream did not contain valid UTF-8; save it as UTF-8
DIR/sources.toml:1:1: the file cannot be read: stream did not contain valid UTF-8; save it as UTF-8",
        );
    }

    #[test]
    fn a_misspelt_file_is_told_rather_than_ignored() {
        check(
            &[("source.toml", b""), ("chanels.toml", b""), ("other.toml", b"")],
            "\
DIR/chanels.toml:1:1: no file of this name is read; rename it channels.toml
DIR/source.toml:1:1: no file of this name is read; rename it sources.toml
DIR/sources.toml:1:1: there is no such file; write one, or copy the shipped one there",
        );
    }

    #[test]
    fn a_missing_directory_is_one_problem() {
        let mut problems = Vec::new();
        of_directory(Path::new("no/such/directory"), &mut problems);
        assert_eq!(
            Problems::of(problems).unwrap().to_string(),
            "no/such/directory:1:1: there is no such directory; name the configuration's directory with --config or HAGUEWATCH_CONFIG"
        );
    }
}
