//! Dates that begin with the year: RFC 3339, ISO 8601 and their neighbours.

use jiff::civil::{Date, Time};

use super::{Written, loose};

/// What the text turned out to be.
pub(super) enum Read {
    /// A date of this form.
    Date(Written),
    /// It begins like one but is none: no other reading should be tried.
    Broken,
    /// Something else.
    OtherForm,
}

/// Reads `2026-02-02`, `2026-02`, `2026/02/02 10:00`, `2026-02-02T10:00:00.5+01:00`…
pub(super) fn read(text: &str) -> Read {
    let bytes = text.as_bytes();
    let starts_with_year = bytes.len() >= 5
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && matches!(bytes[4], b'-' | b'/' | b'.')
        && bytes.get(5).is_none_or(u8::is_ascii_digit);
    if !starts_with_year {
        return Read::OtherForm;
    }
    parts(text).map_or(Read::Broken, Read::Date)
}

fn parts(text: &str) -> Option<Written> {
    let separator = char::from(text.as_bytes()[4]);
    let date_len =
        text.find(|char: char| !char.is_ascii_digit() && char != separator).unwrap_or(text.len());
    let (date, rest) = text.split_at(date_len);
    let mut numbers = date.split(separator);
    let year = number(numbers.next()?, 4)?;
    let month = number(numbers.next()?, 2)?;
    let day = numbers.next().map_or(Some(1), |day| number(day, 2))?;
    let whole = numbers.next().is_none();
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start();
    if !whole {
        return None;
    }
    if rest.is_empty() {
        return Some(Written { at: date.to_datetime(Time::midnight()), offset: None });
    }
    let clock_len = rest
        .find(|char: char| !(char.is_ascii_digit() || ":.,".contains(char)))
        .unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(clock_len);
    let at = loose::at(date, clock)?;
    let zone = zone.trim();
    let offset = if zone.is_empty() { None } else { Some(loose::zone(zone)?) };
    Some(Written { at, offset })
}

fn number(text: &str, longest: usize) -> Option<i16> {
    (text.len() <= longest).then(|| text.parse().ok())?
}
