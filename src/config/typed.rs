//! The typed values of a [`Table`]: texts, numbers, days, durations, addresses, words.
//!
//! What may be left out comes as an `Option` or an empty list without a complaint; what must be
//! there is complained about where it is missing. Texts that stand for something else are read by
//! a function of the caller, whose complaint is told at the text's place.

use std::time::Duration;

use jiff::civil::Date;
use toml::{Spanned, de::DeValue};
use url::Url;

use super::{
    problem::Complaint,
    table::{Table, Value},
    values,
};

/// What one may write for a text of any kind.
const TEXT: &str = "\"…\"";

impl<'f> Table<'f> {
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
        match self.value(key).map(Spanned::get_ref) {
            Some(DeValue::String(_)) => {
                self.optional_convert(key, TEXT, read).into_iter().collect()
            }
            _ => self.convert_each(key, read),
        }
    }

    /// A list that must have at least one text.
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
    #[cfg_attr(not(test), expect(dead_code, reason = "the set of readers is whole"))]
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
    #[cfg_attr(not(test), expect(dead_code, reason = "the set of readers is whole"))]
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
        if self.value(key).is_some_and(empty) {
            self.complain(key, format!("`{key}` is empty"), "write at least one");
        }
        self.convert_each(key, read)
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
                self.complain_at(value, complaint);
                None
            }
        }
    }

    /// The day of a value, or a complaint.
    pub(super) fn day(&self, key: &str, value: &Value<'_>) -> Option<Date> {
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
}

/// `"feed" or "page"`.
fn either<T>(choices: &[(&str, T)]) -> String {
    let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    words.join(" or ")
}
