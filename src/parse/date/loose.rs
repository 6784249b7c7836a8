//! Dates written as words and numbers in any order: RFC 822, asctime, prose.

use jiff::{
    civil::{Date, DateTime, Time},
    tz::Offset,
};

use super::{Written, words};

/// What has been recognised so far.
#[derive(Default)]
struct Found {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    clock: Option<String>,
    afternoon: Option<bool>,
    offset: Option<Offset>,
}

/// Reads `Mon, 2 Feb 2026 10:00 CET`, `February 2nd, 2026`, `02.02.2026`, `2 de febrero de 2026`…
pub(super) fn read(text: &str) -> Option<Written> {
    let mut found = Found::default();
    for token in text.split([' ', ',', '\t', '\n', '\r', '\u{A0}', '(', ')']) {
        if !token.is_empty() {
            found.take(token)?;
        }
    }
    let date = Date::new(found.year?, found.month?, found.day?).ok()?;
    let clock = found.clock.unwrap_or_else(|| "00:00".into());
    let at = shift(at(date, &clock)?, found.afternoon)?;
    Some(Written { at, offset: found.offset })
}

impl Found {
    /// Takes one token; `None` where it makes a date impossible.
    fn take(&mut self, token: &str) -> Option<()> {
        let first = token.chars().next()?;
        if matches!(first, '+' | '-') && self.clock.is_some() {
            self.offset = Some(zone(token)?);
        } else if first.is_ascii_digit() {
            self.take_number(token)?;
        } else {
            self.take_word(token);
        }
        Some(())
    }

    fn take_number(&mut self, token: &str) -> Option<()> {
        if token.contains(':') {
            return self.take_clock(token);
        }
        let parts: Vec<&str> = token.trim_end_matches('.').split(['.', '/', '-']).collect();
        if let [first, second, third] = parts[..] {
            return self.take_numeric_date(first, second, third);
        }
        let digits = token.trim_end_matches(|char: char| !char.is_ascii_digit());
        let ending = &token[digits.len()..];
        let ordinal = matches!(ending, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º");
        let value: i16 = digits.parse().ok()?;
        match digits.len() {
            1 | 2 if self.day.is_none() && ordinal => self.day = i8::try_from(value).ok(),
            2 if self.year.is_none() => self.year = Some(century(value)),
            4 if self.year.is_none() => self.year = Some(value),
            4 if self.clock.is_none() => {
                self.clock = Some(format!("{}:{}", &digits[..2], &digits[2..]));
            }
            _ => return None,
        }
        Some(())
    }

    /// Reads `10:00`, `10:00:00.5`, and what is stuck to it: `10:00:00Z`, `10:00pm`, `10:00+0100`.
    fn take_clock(&mut self, token: &str) -> Option<()> {
        if self.clock.is_some() {
            return None;
        }
        let len = token
            .find(|char: char| !(char.is_ascii_digit() || ":.".contains(char)))
            .unwrap_or(token.len());
        self.clock = Some(token[..len].trim_end_matches('.').to_owned());
        match &token[len..] {
            "" => Some(()),
            rest => self.take(rest),
        }
    }

    /// Year first; or day first, as in Europe. With `/` the order must be plain from the values.
    fn take_numeric_date(&mut self, first: &str, second: &str, third: &str) -> Option<()> {
        let slashed = first.len() <= 2 && third.len() == 4;
        let [a, b, c] = [first, second, third].map(|part| part.parse::<i16>().ok());
        let (year, month, day) = match (a?, b?, c?) {
            (year, month, day) if first.len() == 4 => (year, month, day),
            (day, month, year) if slashed && (day > 12 || day == month) => (year, month, day),
            (month, day, year) if slashed && day > 12 => (year, month, day),
            _ => return None,
        };
        self.year = Some(year);
        self.month = Some(month.try_into().ok()?);
        self.day = Some(day.try_into().ok()?);
        Some(())
    }

    /// A month, an half of the day, a zone; any other word says nothing.
    fn take_word(&mut self, word: &str) {
        if self.month.is_none() && words::month(word).is_some() {
            self.month = words::month(word);
            return;
        }
        match word.to_ascii_lowercase().trim_end_matches('.') {
            "am" | "a.m" => self.afternoon = Some(false),
            "pm" | "p.m" => self.afternoon = Some(true),
            word if self.clock.is_some() && self.offset.is_none() => self.offset = zone(word),
            _ => {}
        }
    }
}

/// Two-digit years: RFC 2822, 4.3.
fn century(value: i16) -> i16 {
    if value < 50 { value + 2000 } else { value + 1900 }
}

/// The date at a clock time: `10:00`, `9:05:07.25`, `24:00`, also `1005` and `100507`.
pub(super) fn at(date: Date, clock: &str) -> Option<DateTime> {
    let whole = clock.split(['.', ',']).next()?;
    let parts: Vec<&str> = match (whole.contains(':'), whole.len()) {
        (false, 4) => vec![&whole[..2], &whole[2..]],
        (false, 6) => vec![&whole[..2], &whole[2..4], &whole[4..]],
        _ => whole.split(':').collect(),
    };
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let [hour, minute, second] = [hour, minute, second].map(|part| part.parse::<i8>().ok());
    match (hour?, minute?, second?) {
        (24, 0, 0) => date.tomorrow().ok().map(|date| date.to_datetime(Time::midnight())),
        (hour, minute, second @ 0..=60) => {
            // A leap second has no place in a timestamp: it is the second before.
            let time = Time::new(hour, minute, second.min(59), 0).ok()?;
            Some(date.to_datetime(time))
        }
        _ => None,
    }
}

/// Twelve-hour clocks.
fn shift(at: DateTime, afternoon: Option<bool>) -> Option<DateTime> {
    let hour = match (afternoon, at.hour()) {
        (None, hour) | (Some(false), hour @ 0..12) | (Some(true), hour @ 12..) => hour,
        (Some(false), _) => 0,
        (Some(true), hour) => hour + 12,
    };
    at.with().hour(hour).build().ok()
}

/// Reads `Z`, `CET`, `+0100`, `-01:30`, `+01`, `GMT+2`. An unknown name means UTC, as RFC 2822
/// (4.3) has it; a broken number is no zone.
pub(super) fn zone(text: &str) -> Option<Offset> {
    let sign_at = text.find(['+', '-', '\u{2212}']);
    let Some(sign_at) = sign_at else {
        let named = text.chars().all(|char| char.is_ascii_alphabetic() || "/_.".contains(char));
        return named.then(|| minutes(words::zone(text).unwrap_or(0)))?;
    };
    let negative = !text[sign_at..].starts_with('+');
    let digits: String =
        text[sign_at..].chars().skip(1).filter(|char| *char != ':').collect::<String>();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, rest) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    let rest: i32 = rest.parse().ok().filter(|rest| *rest < 60)?;
    let total = hours.parse::<i32>().ok().filter(|hours| *hours < 25)? * 60 + rest;
    minutes(if negative { -total } else { total })
}

fn minutes(minutes: i32) -> Option<Offset> {
    Offset::from_seconds(minutes * 60).ok()
}
