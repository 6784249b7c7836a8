//! Reads the dates that feeds and pages write.
//!
//! Lenient in form, strict in sense: a missing time is midnight, a missing zone is UTC (or the
//! zone of a recipe), a wrong weekday is ignored; an impossible or ambiguous date is `None`.
//! Nothing is guessed from the clock.

mod iso;
mod loose;
mod words;

use jiff::{
    Timestamp,
    civil::DateTime,
    fmt::strtime::BrokenDownTime,
    tz::{Offset, TimeZone},
};

/// Longer text is no date. In bytes.
const LONGEST: usize = 120;

/// A date as written: wall clock time and the offset, where one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    at: DateTime,
    offset: Option<Offset>,
}

/// Reads a date in any form known here; without a zone it is UTC.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    read_in(text, &TimeZone::UTC)
}

/// Reads a date in any form known here; without a zone of its own it is in the given one.
pub(super) fn read_in(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let written = match iso::read(text) {
        iso::Read::Date(written) => written,
        iso::Read::Broken => return None,
        iso::Read::OtherForm => match epoch(text) {
            Some(moment) => return Some(moment),
            None => loose::read(text)?,
        },
    };
    place(written.at, written.offset, zone)
}

/// Reads a date by a strptime format; month names may also be French, Spanish or German.
pub(super) fn read_as(text: &str, format: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.len() > LONGEST {
        return None;
    }
    [text.to_owned(), words::in_english(text, 9), words::in_english(text, 3)]
        .iter()
        .find_map(|text| by_format(text.trim(), format, zone))
}

fn by_format(text: &str, format: &str, zone: &TimeZone) -> Option<Timestamp> {
    let mut parts = BrokenDownTime::parse(format, text).ok()?;
    // A wrong weekday beside a good date is the writer's slip, not another date.
    parts.set_weekday(None);
    if let Ok(moment) = parts.to_timestamp() {
        return Some(moment);
    }
    let date = parts.to_date().ok()?;
    let time = parts.to_time().unwrap_or(jiff::civil::Time::midnight());
    place(date.to_datetime(time), parts.offset(), zone)
}

fn place(at: DateTime, offset: Option<Offset>, zone: &TimeZone) -> Option<Timestamp> {
    match offset {
        Some(offset) => offset.to_timestamp(at).ok(),
        None => zone.to_timestamp(at).ok(),
    }
}

/// Seconds or milliseconds since 1970, as some JSON feeds write them.
fn epoch(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        10 => Timestamp::from_second(text.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(text.parse().ok()?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
