//! The invariants of the architecture, checked on the source itself: which rooms are pure, which
//! crate lives where, and that imports point one way only.
//!
//! The checker reads code without its comments, strings and test modules. That it can fail is
//! shown below on sources made up for it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The rooms, lowest first. A room may import those of lower layers, and of its own layer only
/// where it is one of the pairs of [`BESIDE`].
const LAYERS: &[&[&str]] = &[
    &["model"],
    &["schedule", "parse", "dedup", "classify", "ledger", "digest", "render"],
    &["intake", "edition"],
    &["config", "fetch", "state", "deliver", "points"],
    &["tasks", "ops"],
    &["app"],
    &["cli"],
    &["main"],
];

/// Within the shell, the ops page reads the loops' board.
const BESIDE: &[(&str, &str)] = &[("ops", "tasks")];

/// What a pure room must not name.
const IMPURE: &[&str] = &[
    "tokio",
    "reqwest",
    "sled",
    "serenity",
    "tracing",
    "axum",
    "fs",
    "net",
    "env",
    "process::",
    "thread",
    "async",
    "await",
    "::now",
    "Instant",
    "Timestamp as",
    "system()",
    "rand",
    "fastrand",
    "getrandom",
    "RandomState",
    "print",
    "println",
    "eprint",
    "eprintln",
    "serde",
    "unsafe",
];

/// Crates and words with the only rooms that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("reqwest", &["fetch", "deliver"]),
    ("sled", &["state"]),
    ("serenity", &["deliver"]),
    ("std::env", &["config"]),
    ("env::", &["config"]),
    ("env as", &["config"]),
    ("{env", &["config"]),
    (", env,", &["config"]),
    ("Timestamp as", &[]),
    ("Timestamp::now", &["tasks"]),
    ("SystemTime::now", &["tasks", "app"]),
    ("Zoned::now", &["tasks", "app"]),
    ("axum", &["ops", "cli"]),
    ("feed_rs", &["parse"]),
    ("scraper", &["parse"]),
    ("clap", &["cli", "ops"]),
];

#[test]
fn the_source_keeps_the_invariants() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    let mut read = Vec::new();
    for path in files(&source) {
        let inside = path.strip_prefix(&source).unwrap();
        let name = inside.to_str().unwrap().replace('\\', "/");
        let is_test = inside.components().any(|part| {
            let part = part.as_os_str().to_str().unwrap();
            part == "tests" || part == "tests.rs"
        });
        if name == "lib.rs" || is_test {
            continue;
        }
        let room = room_of(&name).to_owned();
        broken.extend(check(&name, &room, &fs::read_to_string(&path).unwrap()));
        read.push(room);
    }
    for room in LAYERS.iter().copied().flatten() {
        assert!(read.iter().any(|found| found == room), "no file of {room} was read");
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for file in fs::read_dir(dir).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn room_of(name: &str) -> &str {
    let first = name.split('/').next().unwrap_or(name);
    first.strip_suffix(".rs").unwrap_or(first)
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// What a file of a room breaks.
fn check(name: &str, room: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let Some(own) = layer(room) else { return vec![format!("{name}: {room} is no room")] };
    let mut broken = Vec::new();
    let mut forbid = |word: &str, why: &str| {
        for (at, line) in lines_with(&code, word) {
            broken.push(format!("src/{name}:{at}: {why}: {}", line.trim()));
        }
    };
    if own <= 2 {
        for word in IMPURE {
            forbid(word, &format!("{room} is pure and names `{word}`"));
        }
    }
    for (word, homes) in HOMES {
        if !homes.contains(&room) {
            forbid(word, &format!("`{word}` lives in {homes:?} only"));
        }
    }
    for other in imports(&code).into_iter().chain(climbed(name, &code)) {
        let Some(theirs) = layer(&other) else { continue };
        let beside = BESIDE.contains(&(room, other.as_str()));
        if other != room && theirs >= own && !beside {
            broken.push(format!("src/{name}: {room} must not import {other}"));
        }
    }
    broken
}

/// Lines with a word that does not go on to either side.
fn lines_with<'a>(code: &'a str, word: &str) -> Vec<(usize, &'a str)> {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let whole = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + word.len()..].chars().next();
            let starts = !word.starts_with(part) || !before.is_some_and(part);
            let ends = !word.ends_with(part) || !after.is_some_and(part);
            starts && ends
        })
    };
    code.lines()
        .enumerate()
        .filter(|(_, line)| whole(line))
        .map(|(at, line)| (at + 1, line))
        .collect()
}

/// The rooms that are named after `crate::`, in lists too.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(first_words(list));
        } else {
            found.push(word(rest));
        }
    }
    found
}

/// The rooms that are named by climbing (`super::super::ledger`) out of a file's own room.
fn climbed(name: &str, code: &str) -> Vec<String> {
    let steps = name.strip_suffix("/mod.rs").or(name.strip_suffix(".rs")).unwrap_or(name);
    let depth = steps.split('/').count();
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("super::") {
        let chain = &rest[at..];
        let supers = chain.split("super::").take_while(|part| part.is_empty()).count();
        let behind = &chain[supers * "super::".len()..];
        if supers >= depth {
            match behind.strip_prefix('{') {
                Some(list) => found.extend(first_words(list)),
                None => found.push(word(behind)),
            }
        }
        rest = behind;
    }
    found
}

/// The first word of every element of a list, up to its closing bracket.
fn first_words(list: &str) -> Vec<String> {
    let (mut found, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            letter if fresh && (letter.is_alphanumeric() || letter == '_') => {
                found.push(word(&list[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The code alone: line comments, the contents of strings and test modules are blanked, line
/// breaks stay.
fn code_of(source: &str) -> String {
    let source = match source.find("#[cfg(test)]\nmod tests {") {
        Some(tests) => &source[..tests],
        None => source,
    };
    let mut code = String::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                while letters.peek().is_some_and(|next| *next != '\n') {
                    letters.next();
                }
            }
            'r' if letters.peek() == Some(&'#') => {
                letters.next();
                code.push_str(&raw_string(&mut letters));
            }
            '"' => code.push_str(&string(&mut letters)),
            '\'' => {
                // A character such as '"' must not open a string; a lifetime has no closing mark.
                let mut ahead = letters.clone();
                let first = ahead.next();
                let close = if first == Some('\\') { ahead.nth(1) } else { ahead.next() };
                if close == Some('\'') {
                    letters = ahead;
                }
            }
            _ => code.push(letter),
        }
    }
    code
}

fn string(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut breaks = String::from("\"");
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next() == Some('\n') => breaks.push('\n'),
            '"' => break,
            '\n' => breaks.push('\n'),
            _ => {}
        }
    }
    breaks + "\""
}

fn raw_string(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    if letters.peek() != Some(&'"') {
        return "r#".to_owned();
    }
    letters.next();
    let mut breaks = String::from("\"");
    let mut last = ' ';
    for letter in letters.by_ref() {
        if last == '"' && letter == '#' {
            break;
        }
        if letter == '\n' {
            breaks.push('\n');
        }
        last = letter;
    }
    breaks + "\""
}

mod checker {
    use super::check;

    #[track_caller]
    fn holds(room: &str, source: &str) {
        assert_eq!(check("x.rs", room, source), Vec::<String>::new());
    }

    #[track_caller]
    fn breaks(room: &str, source: &str, why: &str) {
        let broken = check("x.rs", room, source);
        assert!(broken.iter().any(|one| one.contains(why)), "{source}: {broken:?}");
    }

    #[test]
    fn a_pure_room_may_not_touch_the_world() {
        breaks("parse", "use tokio::time;", "pure");
        breaks("ledger", "let now = Timestamp::now();", "pure");
        breaks("intake", "async fn take() {}", "pure");
        breaks("render", "let text = std::fs::read(path);", "pure");
        breaks("model", "use serde::Serialize;", "pure");
        for line in [
            "use std::net::{TcpStream};",
            "let socket = std::net::UdpSocket::bind(at);",
            "use jiff::Timestamp as T; let now = T::now();",
            "let later = async { 1 };",
            "std::thread::sleep(pause);",
            "println!();",
            "let dice = fastrand::u8(..);",
            "let zone = TimeZone::system();",
            "use std::{env as e};",
        ] {
            breaks("render", line, "pure");
        }
        holds("parse", "use std::collections::HashMap;");
        holds("parse", "// tokio would be wrong here\nlet text = \"tokio\";");
        holds("parse", "let tokio_like = 1;");
        holds("parse", "#[cfg(test)]\nmod tests {\n use tokio::test;\n}");
    }

    #[test]
    fn crates_stay_in_their_rooms() {
        breaks("tasks", "use reqwest::Client;", "lives in");
        breaks("ops", "let db = sled::open(path);", "lives in");
        breaks("fetch", "use serenity::http::Http;", "lives in");
        breaks("cli", "let home = std::env::var_os(name);", "lives in");
        breaks("cli", "use std::{env as e};", "lives in");
        breaks("cli", "use jiff::Timestamp as T;", "lives in");
        breaks("cli", "let now = jiff::Timestamp::now();", "lives in");
        holds("fetch", "use reqwest::Client;");
        breaks("app", "let now = Timestamp::now();", "lives in");
        holds("tasks", "let now = Timestamp::now();");
    }

    #[test]
    fn imports_point_one_way() {
        breaks("model", "use crate::parse::parse;", "must not import parse");
        breaks(
            "parse",
            "use crate::{\n    dedup::novelty,\n    model::{Item, Posting},\n};",
            "must not import dedup",
        );
        breaks("state", "use crate::fetch::Fetcher;", "must not import fetch");
        breaks("tasks", "let page = crate::ops::page::html();", "must not import ops");
        breaks("app", "use crate::{model::Item, cli};", "must not import cli");
        breaks("parse", "use super::ledger::Ledger;", "must not import ledger");
        holds("parse", "use super::model::Item;");
        holds("state", "use crate::{model::{Item, cli}, ledger::Ledger};");
        holds("ops", "use crate::tasks::Board;");
        holds("intake", "use crate::{dedup, parse::parse};");
    }

    #[test]
    fn quotes_in_odd_places_hide_no_code() {
        breaks("parse", "let mark = '\"'; use tokio::time;", "pure");
        breaks(
            "parse",
            "let mark = '\\''; let all: &'static str = r#\"a\"b\"#; use tokio::time;",
            "pure",
        );
        holds("parse", "let text = \"a \\\" use tokio::time;\";");
    }
}
