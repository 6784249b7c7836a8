//! Reads one TOML text and collects everything that is wrong with it.
//!
//! A [`TomlFile`] is the parsed text with its problems; its [`Table`]s hand out typed values.
//!
//! Where the text is not TOML, the lines that are damaged are reported as such; complaints that
//! would only follow from the damage (keys missing, values cut) are left out.
//!
//! Does no I/O: every file of the configuration, shipped or not, comes as a name and a text.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use toml::{Spanned, de::DeTable};

use super::{
    problem::{Complaint, Place, Problem},
    table::{Table, Value},
};

/// A parsed text and what is wrong with it.
pub(crate) struct TomlFile<'t> {
    name: Arc<str>,
    text: &'t str,
    /// The offset of each line's first character.
    line_starts: Vec<usize>,
    root: Spanned<DeTable<'t>>,
    /// Lines that are no TOML.
    damaged: BTreeSet<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> TomlFile<'t> {
    /// Parses a text. `name` is what complaints call the file.
    pub(crate) fn read(name: &str, text: &'t str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut file = Self {
            name: name.into(),
            text,
            line_starts: line_starts(text),
            root,
            damaged: BTreeSet::new(),
            problems: RefCell::default(),
        };
        for error in errors {
            let place = file.place(error.span().map_or(0, |span| span.start));
            // The parser often stumbles several times over one mistake; the first says it best.
            if file.damaged.insert(place.line) {
                let problem = place.problem(syntax_complaint(error.message()));
                file.problems.get_mut().push(problem);
            }
        }
        file
    }

    /// The table at the top.
    pub(crate) fn root(&self) -> Table<'_> {
        Table::new(self, self.root.get_ref(), self.root.span())
    }

    /// Whether the whole text was TOML.
    pub(crate) fn is_intact(&self) -> bool {
        self.damaged.is_empty()
    }

    /// The texts at `key` in the tables of `list`, without a complaint: for names that others
    /// refer to, which count even where the rest of their table is wrong.
    pub(crate) fn peek(&self, list: &str, key: &str) -> Vec<&str> {
        let tables = self.root.get_ref().get(list).and_then(|list| list.get_ref().as_array());
        tables
            .into_iter()
            .flatten()
            .filter_map(|table| table.get_ref().as_table()?.get(key)?.get_ref().as_str())
            .collect()
    }

    /// The place of a text at `key` in the table of `(list, id key, id)`, and true
    /// (an id that is a list is known by its first text); where no text
    /// is the wanted one the place of the key, where the key is missing that of the table.
    pub(crate) fn seek(
        &self,
        (list, id_key, id): (&str, &str, &str),
        key: &str,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<(bool, Place)> {
        let tables = self.root.get_ref().get(list).and_then(|list| list.get_ref().as_array())?;
        let is_id = |value: &Value<'_>| value.get_ref().as_str() == Some(id);
        let has_id = |table: &DeTable<'_>| {
            let value = table.get(id_key);
            let first = |value: &Value<'_>| value.get_ref().as_array()?.first().map(is_id);
            value.is_some_and(|value| is_id(value) || first(value) == Some(true))
        };
        let here = |value: &Value<'_>| {
            let text = value.get_ref().as_str().is_some_and(&wanted);
            text.then(|| self.place(value.span().start))
        };
        let found = tables.iter().filter_map(|table| {
            let entries = table.get_ref().as_table().filter(|entries| has_id(entries))?;
            let Some(value) = entries.get(key) else {
                return Some((false, self.place(table.span().start)));
            };
            let inside = value.get_ref().as_array().into_iter().flatten();
            let exact = inside.chain([value]).find_map(here);
            Some(
                exact
                    .map_or_else(|| (false, self.place(value.span().start)), |place| (true, place)),
            )
        });
        found.min_by_key(|(exact, _)| !exact)
    }

    /// What was found wrong, in the order in which it was found.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    /// The place of a byte of the text.
    pub(super) fn place(&self, offset: usize) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let line_start = self.line_starts[line - 1];
        let before = &self.text.as_bytes()[line_start..offset.min(self.text.len()).max(line_start)];
        // Continuation bytes of UTF-8 do not begin a character.
        let characters = before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        Place { file: self.name.clone(), line, column: characters + 1 }
    }

    /// Whether a line between this place and the next table's heading is damaged, so that a key
    /// may have been there.
    pub(super) fn is_damaged_from(&self, place: &Place) -> bool {
        let heading =
            self.text.lines().skip(place.line).position(|line| line.trim_start().starts_with('['));
        let end = heading.map_or(usize::MAX, |lines| place.line + lines + 1);
        self.damaged.range(place.line..=end).next().is_some()
    }

    /// Notes a problem, unless the line is damaged anyway.
    pub(super) fn complain(&self, place: &Place, complaint: Complaint) {
        if !self.damaged.contains(&place.line) {
            self.problems.borrow_mut().push(place.problem(complaint));
        }
    }
}

/// The offset of each line's first character. A byte order mark is none: editors do not show it.
fn line_starts(text: &str) -> Vec<usize> {
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let others = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
    std::iter::once(first).chain(others).collect()
}

/// What to do about a text that is no TOML, by how the parser's message begins.
const SYNTAX_MENDS: &[(&str, &str)] = &[
    ("duplicate key", "keep one of the two"),
    ("string values must be quoted", "put the value into double quotes"),
    ("missing value", "write a value after the ="),
    ("unclosed", "close it"),
    ("invalid basic string", "close the text with a double quote on the same line"),
    ("invalid float", "put a text into double quotes, or write a number"),
    ("key with no value", "write = and a value after the key"),
];

fn syntax_complaint(message: &str) -> Complaint {
    let known = SYNTAX_MENDS.iter().find(|(beginning, _)| message.starts_with(beginning));
    let (said, mend) = match known {
        Some((_, mend)) => (message.split(", expected").next().unwrap_or(message), *mend),
        None => (message, "correct the line; texts stand in double quotes, lists in [ ]"),
    };
    Complaint::new(format!("this is not TOML: {said}"), mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::config::Problems;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let file = TomlFile::read("f.toml", text);
        let mut root = file.root();
        root.text("id");
        root.duration("every");
        root.finish();
        let found = Problems::of(file.into_problems()).map_or(String::new(), |all| all.to_string());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_value_without_quotes() {
        check(
            "id = x",
            "f.toml:1:6: this is not TOML: string values must be quoted; put the value into double quotes",
        );
        check(
            "id = \"x\"\nevery = 15m",
            "f.toml:2:9: this is not TOML: string values must be quoted; put the value into double quotes",
        );
    }

    #[test]
    fn a_key_twice() {
        check(
            "id = \"a\"\nid = \"b\"\nevery = \"1m\"",
            "f.toml:2:1: this is not TOML: duplicate key; keep one of the two",
        );
    }

    #[test]
    fn something_left_open() {
        check("id = [1", "f.toml:1:8: this is not TOML: unclosed array; close it");
        check(
            "id = \"x",
            "f.toml:1:8: this is not TOML: invalid basic string; close the text with a double quote on the same line",
        );
        check(
            "id",
            "f.toml:1:3: this is not TOML: key with no value; write = and a value after the key",
        );
        check("[[source", "f.toml:1:9: this is not TOML: unclosed array table; close it");
    }

    #[test]
    fn every_syntax_error_is_told_and_nothing_that_only_follows_from_it() {
        check(
            "id = \nevery = 15m\ncolour = \"x\"\n[[source",
            "\
f.toml:1:6: this is not TOML: string values must be quoted; put the value into double quotes
f.toml:2:9: this is not TOML: string values must be quoted; put the value into double quotes
f.toml:3:1: `colour` is not a key of this table; write one of `every`, `id`
f.toml:4:9: this is not TOML: unclosed array table; close it",
        );
    }

    #[test]
    fn a_missing_key_is_asked_for_unless_its_own_table_is_damaged() {
        let missing = "f.toml:1:1: `every` is missing; add a line `every = \"15m\"`";
        check(
            "id = \"a\"\n[list]\nx = [",
            &format!(
                "{missing}\nf.toml:2:2: `list` is not a key of this table; write one of `every`, `id`\nf.toml:3:6: this is not TOML: unclosed array; close it"
            ),
        );
        check(
            "id = \"a\"\nevery = [\n\"15m\"",
            "f.toml:2:9: `every` is a list; write a duration such as \"15m\"\nf.toml:3:6: this is not TOML: unclosed array; close it",
        );
        check(
            "id = \"a\"\nevry 15m\n",
            "f.toml:2:6: this is not TOML: key with no value; write = and a value after the key",
        );
    }

    #[test]
    fn neither_a_byte_order_mark_nor_a_carriage_return_is_counted() {
        check(
            "\u{feff}id = 1\r\nevery = \"1 ü\" # ü\r\n  \"ü\" = 1",
            "\
f.toml:1:6: `id` is a number; put it into double quotes: \"…\"
f.toml:2:9: `1 ü` is not a duration; write a number with s, m, h, d or w, such as \"15m\"
f.toml:3:3: `ü` is not a key of this table; write one of `every`, `id`",
        );
    }
}
