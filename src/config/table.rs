//! A view of one table of a file: its keys, its sub-tables and complaints at their places.
//!
//! A value that is missing or wrong is complained about at its place and comes back as `None` or
//! left out of its list, and the reading goes on: an operator sees every mistake at once.
//! [`Table::finish`] complains about keys that nobody asked for.
//!
//! Knows nothing of sources, channels or rules: what a key means is for its reader to say.

use std::{collections::BTreeSet, ops::Range};

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    problem::{Complaint, Place},
    reader::TomlFile,
};

/// One table of a file. Every method that takes a key thereby makes the key known.
pub(crate) struct Table<'f> {
    file: &'f TomlFile<'f>,
    entries: &'f DeTable<'f>,
    span: Range<usize>,
    known: BTreeSet<String>,
}

/// A value with its place in the text.
pub(super) type Value<'f> = Spanned<DeValue<'f>>;

impl<'f> Table<'f> {
    /// A view of `entries`, which stand at `span`.
    pub(super) fn new(
        file: &'f TomlFile<'f>,
        entries: &'f DeTable<'f>,
        span: Range<usize>,
    ) -> Self {
        Self { file, entries, span, known: BTreeSet::new() }
    }

    /// A sub-table (`[source.page]` or `{ … }`), if it is there.
    pub(crate) fn table(&mut self, key: &str) -> Option<Table<'f>> {
        let value = self.value(key)?;
        let entries = value.get_ref().as_table();
        if entries.is_none() {
            self.wrong_type(key, value, &format!("write a table: [{key}] or {key} = {{ … }}"));
        }
        Some(Table::new(self.file, entries?, value.span()))
    }

    /// The tables of a list (`[[source]]` or `[{ … }]`), none where it is left out.
    pub(crate) fn tables(&mut self, key: &str) -> Vec<Table<'f>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, &format!("write [[{key}]] or {key} = [{{ … }}]"));
            return Vec::new();
        };
        list.iter()
            .filter_map(|element| {
                let entries = element.get_ref().as_table();
                if entries.is_none() {
                    self.wrong_type(key, element, "write a table such as { … }");
                }
                Some(Table::new(self.file, entries?, element.span()))
            })
            .collect()
    }

    /// Every key of this table with its day, for tables whose keys are free.
    pub(crate) fn days(&mut self) -> Vec<(String, Date)> {
        let mut days = Vec::new();
        for (name, value) in self.entries {
            let key: &str = name.get_ref();
            self.known.insert(key.to_owned());
            if let Some(day) = self.day(key, value) {
                days.push((key.to_owned(), day));
            }
        }
        days
    }

    /// Whether the key is there, well-formed or not.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether the key is there with a text.
    pub(crate) fn is_text(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// Complains of a key that must not be there, and knows it from then on.
    pub(crate) fn refuse(&mut self, key: &str, complaint: Complaint) {
        self.known.insert(key.to_owned());
        self.complain_of_name(key, complaint);
    }

    /// Complains at the name of a key, if it is there.
    pub(crate) fn complain_of_name(&self, key: &str, complaint: Complaint) {
        if let Some((name, _)) = self.entries.get_key_value(key) {
            self.file.complain(&self.file.place(name.span().start), complaint);
        }
    }

    /// Complains at the value of a key, or at the table where the key is missing.
    pub(crate) fn complain(&self, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        self.file.complain(&self.place_of(key), Complaint::new(what, mend));
    }

    /// Complains at a value.
    pub(super) fn complain_at(&self, value: &Value<'_>, complaint: Complaint) {
        self.file.complain(&self.file.place(value.span().start), complaint);
    }

    /// Where the table begins.
    pub(crate) fn place(&self) -> Place {
        self.file.place(self.span.start)
    }

    /// Where the value of a key begins, or the table where the key is missing.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.entries
            .get(key)
            .map_or_else(|| self.place(), |value| self.file.place(value.span().start))
    }

    /// Complains of every key that nobody asked for, with the nearest one that somebody did.
    pub(crate) fn finish(self) {
        for name in self.entries.keys() {
            let key: &str = name.get_ref();
            if !self.known.contains(key) {
                let known = self.known.iter().map(String::as_str);
                let complaint = Complaint::unknown("a key of this table", key, known);
                self.file.complain(&self.file.place(name.span().start), complaint);
            }
        }
    }

    /// The value of a key, which is known from then on.
    pub(super) fn value(&mut self, key: &str) -> Option<&'f Value<'f>> {
        self.known.insert(key.to_owned());
        self.entries.get(key)
    }

    /// Complains where a key is missing, unless it may have been lost with a damaged line.
    pub(super) fn needs(&self, key: &str, example: &str) {
        if !self.has(key) && !self.file.is_damaged_from(&self.place()) {
            let complaint = Complaint::new(
                format!("`{key}` is missing"),
                format!("add a line `{key} = {example}`"),
            );
            self.file.complain(&self.place(), complaint);
        }
    }

    /// Complains that a value is of another type than the key wants.
    pub(super) fn wrong_type(&self, key: &str, value: &Value<'_>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a day or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let complaint = Complaint::new(format!("`{key}` is {found}"), expected);
        self.complain_at(value, complaint);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    /// Reads a text with every method of [`Table`] and compares what it complains of.
    #[track_caller]
    fn check(text: &str, read: impl FnOnce(&mut Table<'_>), expected: &[&str]) {
        let file = TomlFile::read("f.toml", text);
        let mut root = file.root();
        read(&mut root);
        root.finish();
        let found: Vec<String> = file.into_problems().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn read_everything(table: &mut Table<'_>) {
        table.text("text");
        table.optional_text("optional_text");
        table.texts("texts");
        table.one_or_more_texts("one_or_more");
        table.integer("integer");
        table.flag("flag");
        table.duration("duration");
        table.date("date");
        table.url("url");
        table.one_of("one_of", &[("feed", 1), ("page", 2)]);
        for mut inner in table.tables("list") {
            inner.text("id");
            inner.finish();
        }
        if let Some(mut inner) = table.table("inner") {
            inner.days();
        }
    }

    const WELL_FORMED: &str = r#"
text = "words"
optional_text = ""
texts = ["a", "b"]
one_or_more = "one"
integer = 0x1F
flag = true
duration = "15m"
date = 2024-01-26
url = "https://example.org/"
one_of = "page"
inner = { AFG = 2003-02-10 }
[[list]]
id = "first"
[[list]]
id = "second"
"#;

    #[test]
    fn what_is_well_formed_is_read_without_complaint() {
        check(WELL_FORMED, read_everything, &[]);
    }

    #[test]
    fn values_come_back_as_written() {
        let file = TomlFile::read("f.toml", WELL_FORMED);
        let mut root = file.root();
        assert_eq!(root.text("text").as_deref(), Some("words"));
        assert_eq!(root.texts("texts"), ["a", "b"]);
        assert_eq!(root.one_or_more_texts("one_or_more"), ["one"]);
        assert_eq!(root.one_or_more_texts("texts"), ["a", "b"]);
        assert_eq!(root.integer("integer"), Some(31));
        assert_eq!(root.flag("flag"), Some(true));
        assert_eq!(root.duration("duration"), Some(Duration::from_mins(15)));
        assert_eq!(root.date("date"), Some(jiff::civil::date(2024, 1, 26)));
        assert_eq!(root.one_of("one_of", &[("feed", 1), ("page", 2)]), Some(2));
        let days = root.table("inner").unwrap().days();
        assert_eq!(days, [("AFG".to_owned(), jiff::civil::date(2003, 2, 10))]);
        let ids: Vec<_> =
            root.tables("list").into_iter().filter_map(|mut inner| inner.text("id")).collect();
        assert_eq!(ids, ["first", "second"]);
    }

    #[test]
    fn what_is_missing_is_asked_for_with_an_example() {
        check(
            "[[list]]\n",
            read_everything,
            &[
                "f.toml:1:1: `text` is missing; add a line `text = \"…\"`",
                "f.toml:1:1: `integer` is missing; add a line `integer = 1`",
                "f.toml:1:1: `duration` is missing; add a line `duration = \"15m\"`",
                "f.toml:1:1: `date` is missing; add a line `date = 2024-01-26`",
                "f.toml:1:1: `url` is missing; add a line `url = \"https://…\"`",
                "f.toml:1:1: `one_of` is missing; add a line `one_of = \"feed\" or \"page\"`",
                "f.toml:1:1: `id` is missing; add a line `id = \"…\"`",
            ],
        );
    }

    #[test]
    fn a_wrong_type_is_named_with_what_to_write() {
        check(
            r#"
text = 1
optional_text = true
texts = "a"
one_or_more = 2024-01-26
integer = "1"
flag = "yes"
duration = 15
date = "2024-01-26"
url = ["https://example.org"]
one_of = {}
list = 1
inner = 1.5
"#,
            read_everything,
            &[
                "f.toml:2:8: `text` is a number; put it into double quotes: \"…\"",
                "f.toml:3:17: `optional_text` is true or false; put it into double quotes: \"…\"",
                "f.toml:4:9: `texts` is a text; write a list such as [\"…\"]",
                "f.toml:5:15: `one_or_more` is a day or time; write a list such as [\"…\"]",
                "f.toml:6:11: `integer` is a text; write a whole number such as 1",
                "f.toml:7:8: `flag` is a text; write true or false",
                "f.toml:8:12: `duration` is a number; write a duration such as \"15m\"",
                "f.toml:9:8: `date` is a text; write a day such as 2024-01-26, without quotes",
                "f.toml:10:7: `url` is a list; write \"https://…\"",
                "f.toml:11:10: `one_of` is a table; write \"feed\" or \"page\"",
                "f.toml:12:8: `list` is a number; write [[list]] or list = [{ … }]",
                "f.toml:13:9: `inner` is a number; write a table: [inner] or inner = { … }",
            ],
        );
    }

    #[test]
    fn each_element_of_a_list_has_its_own_place() {
        check(
            "texts = [\"é\", 2, \"\",\n  \"b\", false]",
            |table| assert_eq!(table.texts("texts"), ["é", "b"]),
            &[
                "f.toml:1:15: `texts` is a number; put it into double quotes: \"…\"",
                "f.toml:1:18: `texts` has an empty text; write the text or leave it out",
                "f.toml:2:8: `texts` is true or false; put it into double quotes: \"…\"",
            ],
        );
    }

    #[test]
    fn an_empty_list_is_refused_where_one_is_needed() {
        check(
            "urls = []",
            |table| assert!(table.some_texts("urls").is_empty()),
            &["f.toml:1:8: `urls` is empty; write at least one"],
        );
    }

    #[test]
    fn a_word_is_one_of_those_known() {
        check(
            "one_of = \"pgae\"",
            |table| {
                table.one_of("one_of", &[("feed", 1), ("page", 2)]);
            },
            &["f.toml:1:10: `pgae` is not one of the words for `one_of`; write `page`"],
        );
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_known_one() {
        let read = |table: &mut Table<'_>| {
            table.optional_text("title");
            table.optional_text("link");
        };
        check(
            "titel = \"x\"",
            read,
            &["f.toml:1:1: `titel` is not a key of this table; write `title`"],
        );
        check(
            "\"é\".colour = \"x\"\n  \"cheese\" = 1",
            read,
            &[
                "f.toml:2:3: `cheese` is not a key of this table; write one of `link`, `title`",
                "f.toml:1:1: `é` is not a key of this table; write one of `link`, `title`",
            ],
        );
    }

    #[test]
    fn a_refused_key_is_told_where_its_name_stands() {
        check(
            "  quiet = {}",
            |table| table.refuse("quiet", Complaint::new("no", "leave it out")),
            &["f.toml:1:3: no; leave it out"],
        );
    }

    #[test]
    fn a_number_out_of_range_is_told() {
        check(
            "n = 99999999999999999999999",
            |table| {
                table.integer("n");
            },
            &["f.toml:1:5: `n` is out of range; write a smaller number"],
        );
    }

    #[test]
    fn a_date_with_a_time_is_no_day() {
        check(
            "d = 2024-01-26T10:00:00Z",
            |table| {
                table.date("d");
            },
            &["f.toml:1:5: `d` is a day or time; write a day such as 2024-01-26, without quotes"],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(?s).{0,200}") {
            let file = TomlFile::read("f.toml", &text);
            let mut root = file.root();
            read_everything(&mut root);
            root.finish();
            let lines = text.split('\n').count();
            for problem in file.into_problems() {
                prop_assert!((1..=lines).contains(&problem.place.line), "{problem}");
                let line = text.split('\n').nth(problem.place.line - 1).unwrap();
                prop_assert!(problem.place.column <= line.chars().count() + 1, "{problem}");
            }
        }

        #[test]
        fn a_damaged_well_formed_text_is_read_without_a_panic(
            at in 0..WELL_FORMED.len(),
            len in 0..20_usize,
            instead in "[\\[\\]{}=\".,\n #'a1é-]{0,4}",
        ) {
            let end = (at + len).min(WELL_FORMED.len());
            let text = format!("{}{instead}{}", &WELL_FORMED[..at], &WELL_FORMED[end..]);
            let file = TomlFile::read("f.toml", &text);
            let mut root = file.root();
            read_everything(&mut root);
            root.finish();
            file.into_problems();
        }
    }
}
