//! A view of one table of a file: typed values by key, complaints by place.
//!
//! A value that is missing or wrong is complained about at its place and comes back as `None` or
//! left out of its list, and the reading goes on: an operator sees every mistake at once.
//! [`Table::finish`] complains about keys that nobody asked for.
//!
//! Knows nothing of sources, channels or rules: what a key means is for its reader to say.

use std::{collections::BTreeSet, ops::Range, time::Duration};

use jiff::civil::Date;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use url::Url;

use super::{
    problem::{Complaint, Place},
    reader::TomlFile,
    values,
};

/// One table of a file. Every method that takes a key thereby makes the key known.
pub(crate) struct Table<'f> {
    file: &'f TomlFile<'f>,
    entries: &'f DeTable<'f>,
    span: Range<usize>,
    known: BTreeSet<String>,
}

/// What one may write for a text of any kind.
const TEXT: &str = "\"…\"";

type Value<'f> = Spanned<DeValue<'f>>;

impl<'f> Table<'f> {
    /// A view of `entries`, which stand at `span`.
    pub(super) fn new(
        file: &'f TomlFile<'f>,
        entries: &'f DeTable<'f>,
        span: Range<usize>,
    ) -> Self {
        Self { file, entries, span, known: BTreeSet::new() }
    }

    /// Text that must be there and must not be empty.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        self.convert(key, TEXT, |text| Ok(text.to_owned()))
    }

    /// Text that may be left out; it may be empty.
    pub(crate) fn optional_text(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.string(key, value, TEXT).map(str::to_owned)
    }

    /// A list of texts, empty where it is left out. None of the texts may be empty.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        self.convert_each(key, |text| Ok(text.to_owned()))
    }

    /// A list of texts, or one text that stands for a list of one; empty where it is left out.
    pub(crate) fn one_or_more_texts(&mut self, key: &str) -> Vec<String> {
        self.convert_one_or_more(key, |text| Ok(text.to_owned()))
    }

    /// A list of texts, or one text that stands for a list of one, each read into something else;
    /// empty where it is left out.
    pub(crate) fn convert_one_or_more<T>(
        &mut self,
        key: &str,
        read: impl FnMut(&str) -> Result<T, Complaint>,
    ) -> Vec<T> {
        match self.entries.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(_)) => {
                self.optional_convert(key, TEXT, read).into_iter().collect()
            }
            _ => self.convert_each(key, read),
        }
    }

    /// A list that must have at least one text.
    #[allow(dead_code, reason = "the set of readers is whole, whichever of them a file uses")]
    pub(crate) fn some_texts(&mut self, key: &str) -> Vec<String> {
        self.convert_some(key, |text| Ok(text.to_owned()))
    }

    /// A whole number that must be there.
    pub(crate) fn integer(&mut self, key: &str) -> Option<i64> {
        self.needs(key, "1");
        self.optional_integer(key)
    }

    /// A whole number that may be left out.
    pub(crate) fn optional_integer(&mut self, key: &str) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        if number.is_none() {
            self.wrong_type(key, value, "write a whole number such as 1");
        }
        let number = number?;
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if parsed.is_none() {
            self.complain(key, format!("`{key}` is out of range"), "write a smaller number");
        }
        parsed
    }

    /// `true` or `false`, if it is there.
    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "write true or false");
        }
        flag
    }

    /// A length of time (`"15m"`, `"2h"`, `"400d"`) that must be there.
    #[allow(dead_code, reason = "the set of readers is whole, whichever of them a file uses")]
    pub(crate) fn duration(&mut self, key: &str) -> Option<Duration> {
        self.needs(key, "\"15m\"");
        self.optional_duration(key)
    }

    /// A length of time that may be left out.
    pub(crate) fn optional_duration(&mut self, key: &str) -> Option<Duration> {
        self.optional_convert(key, "a duration such as \"15m\"", values::duration)
    }

    /// A day that must be there.
    pub(crate) fn date(&mut self, key: &str) -> Option<Date> {
        self.needs(key, "2024-01-26");
        self.optional_date(key)
    }

    /// A day that may be left out.
    pub(crate) fn optional_date(&mut self, key: &str) -> Option<Date> {
        let value = self.value(key)?;
        self.day(key, value)
    }

    /// An http(s) address that must be there.
    #[allow(dead_code, reason = "the set of readers is whole, whichever of them a file uses")]
    pub(crate) fn url(&mut self, key: &str) -> Option<Url> {
        self.convert(key, "\"https://…\"", values::url)
    }

    /// An http(s) address that may be left out.
    pub(crate) fn optional_url(&mut self, key: &str) -> Option<Url> {
        self.optional_convert(key, "\"https://…\"", values::url)
    }

    /// One of a few words, which must be there.
    pub(crate) fn one_of<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        self.needs(key, &either(choices));
        self.optional_one_of(key, choices)
    }

    /// One of a few words, or nothing.
    pub(crate) fn optional_one_of<T: Copy>(
        &mut self,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let words = choices.iter().map(|&(word, _)| word);
        self.optional_convert(key, &either(choices), |text| {
            let choice = choices.iter().find(|&&(word, _)| word == text);
            choice.map(|&(_, value)| value).ok_or_else(|| {
                Complaint::unknown(&format!("one of the words for `{key}`"), text, words)
            })
        })
    }

    /// Text that must be there and is read into something else. `example` is what one may write.
    pub(crate) fn convert<T>(
        &mut self,
        key: &str,
        example: &str,
        read: impl FnOnce(&str) -> Result<T, Complaint>,
    ) -> Option<T> {
        self.needs(key, example);
        self.optional_convert(key, example, read)
    }

    /// Text that is read into something else, or nothing. It may not be empty.
    pub(crate) fn optional_convert<T>(
        &mut self,
        key: &str,
        example: &str,
        read: impl FnOnce(&str) -> Result<T, Complaint>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let text = self.string(key, value, example)?;
        self.read_text(key, value, text, read)
    }

    /// A list of texts, each read into something else; empty where it is left out.
    pub(crate) fn convert_each<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&str) -> Result<T, Complaint>,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "write a list such as [\"…\"]");
            return Vec::new();
        };
        list.iter()
            .filter_map(|element| {
                let text = self.string(key, element, TEXT)?;
                self.read_text(key, element, text, &mut read)
            })
            .collect()
    }

    /// A list that must have at least one text, each read into something else.
    pub(crate) fn convert_some<T>(
        &mut self,
        key: &str,
        read: impl FnMut(&str) -> Result<T, Complaint>,
    ) -> Vec<T> {
        self.needs(key, "[\"…\"]");
        let empty =
            |value: &Value<'_>| value.get_ref().as_array().is_some_and(|list| list.is_empty());
        if self.entries.get(key).is_some_and(empty) {
            self.complain(key, format!("`{key}` is empty"), "write at least one");
        }
        self.convert_each(key, read)
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

    fn value(&mut self, key: &str) -> Option<&'f Value<'f>> {
        self.known.insert(key.to_owned());
        self.entries.get(key)
    }

    /// Complains where a key is missing, unless it may have been lost with a damaged line.
    fn needs(&self, key: &str, example: &str) {
        if !self.has(key) && self.file.is_intact() {
            let complaint = Complaint::new(
                format!("`{key}` is missing"),
                format!("add a line `{key} = {example}`"),
            );
            self.file.complain(&self.place(), complaint);
        }
    }

    fn string(&self, key: &str, value: &'f Value<'f>, example: &str) -> Option<&'f str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let expected = match example {
                TEXT => "put it into double quotes: \"…\"".to_owned(),
                other => format!("write {other}"),
            };
            self.wrong_type(key, value, &expected);
        }
        text
    }

    fn read_text<T>(
        &self,
        key: &str,
        value: &Value<'_>,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, Complaint>,
    ) -> Option<T> {
        let result = if text.trim().is_empty() {
            Err(Complaint::new(
                format!("`{key}` has an empty text"),
                "write the text or leave it out",
            ))
        } else {
            read(text)
        };
        match result {
            Ok(read) => Some(read),
            Err(complaint) => {
                self.file.complain(&self.file.place(value.span().start), complaint);
                None
            }
        }
    }

    fn day(&self, key: &str, value: &Value<'_>) -> Option<Date> {
        let day = value.get_ref().as_datetime().and_then(|datetime| {
            let date = datetime.date.filter(|_| datetime.time.is_none())?;
            let parts =
                (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
            Date::new(parts.0.ok()?, parts.1.ok()?, parts.2.ok()?).ok()
        });
        if day.is_none() {
            self.wrong_type(key, value, "write a day such as 2024-01-26, without quotes");
        }
        day
    }

    fn wrong_type(&self, key: &str, value: &Value<'_>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a day or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let complaint = Complaint::new(format!("`{key}` is {found}"), expected);
        self.file.complain(&self.file.place(value.span().start), complaint);
    }
}

/// `"feed" or "page"`.
fn either<T>(choices: &[(&str, T)]) -> String {
    let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    words.join(" or ")
}

#[cfg(test)]
mod tests {
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
        assert_eq!(root.duration("duration"), Some(Duration::from_secs(900)));
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
