//! Configurations made up in tests: a few files over a tiny lexicon.

use super::{
    Config, Environment, Examined, NamedText, Problems, assemble, examine_files, files::Files,
};

/// The lexicon that a trial has unless it brings files of the same names.
const LEXICON: &[(&str, &str)] = &[
    (
        "rules/bodies.toml",
        r#"
[[body]]
id = "ICC"
name = "International Criminal Court"
class = "court"
[[body]]
id = "ICJ"
name = "International Court of Justice"
class = "court"
"#,
    ),
    (
        "rules/states.toml",
        r#"
[[state]]
code = "AAA"
name = "Aland"
[[state]]
code = "BBB"
name = "Beland"
"#,
    ),
    (
        "rules/persons.toml",
        r#"
[[person]]
name = "Anna Aldan"
names = ["Anna A. Aldan"]
states = ["AAA"]
class = "suspect"
"#,
    ),
    (
        "rules/cases.toml",
        r#"
[[case]]
id = "ICJ-1"
body = "ICJ"
name = "Forests (Aland v. Beland)"
parties = ["AAA", "BBB"]
"#,
    ),
];

/// Assembles a configuration of the files given by name and text; an empty `sources.toml` and the
/// tiny lexicon stand in for what is not among them.
pub(super) fn assembled(given: &[(&str, &str)]) -> Result<Config, Problems> {
    assembled_with(given, &[])
}

/// Like [`assembled`], in an environment.
pub(super) fn assembled_with(
    given: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Result<Config, Problems> {
    let pairs = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    assemble(&files(given), &Environment::of(pairs), Vec::new())
}

/// Like [`assembled`], with the closer look that `check` takes.
pub(super) fn examined(given: &[(&str, &str)]) -> Result<Examined, Problems> {
    examine_files(&files(given), &Environment::default(), Vec::new())
}

fn files(given: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    let missing = LEXICON.iter().filter(|(name, _)| given.iter().all(|(other, _)| name != other));
    for (name, text) in given.iter().chain(missing) {
        let file = NamedText { name: (*name).to_owned(), text: (*text).to_owned() };
        match *name {
            "haguewatch.toml" => files.settings = Some(file),
            "sources.toml" => files.sources = Some(file),
            "channels.toml" => files.channels = Some(file),
            _ if name.starts_with("rules/") => files.rules.push(file),
            _ => files.ledger.push(file),
        }
    }
    files
}

/// Assembles one file over the tiny lexicon and compares the problems, one a line.
#[track_caller]
pub(super) fn check(name: &str, text: &str, expected: &str) {
    let found = assembled(&[(name, text)]).map_or_else(|all| all.to_string(), |_| String::new());
    assert_eq!(found, expected, "\n{found}\n");
}
