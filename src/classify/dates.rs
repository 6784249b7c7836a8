//! Days that a sentence names, resolved against the day of publication.

use jiff::{Span, civil::Date};

use super::{
    tokens::{Shape, Tokens},
    words::{Traits, Words},
};

/// A day or span of days that the text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// First token.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// The last day that it can mean.
    pub(crate) latest: Date,
    /// Whether it is one day rather than a month or a year.
    pub(crate) exact: bool,
}

const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("janvier", 1),
    ("fevrier", 2),
    ("mars", 3),
    ("avril", 4),
    ("mai", 5),
    ("juin", 6),
    ("juillet", 7),
    ("aout", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("decembre", 12),
    ("enero", 1),
    ("febrero", 2),
    ("marzo", 3),
    ("abril", 4),
    ("mayo", 5),
    ("junio", 6),
    ("julio", 7),
    ("agosto", 8),
    ("septiembre", 9),
    ("octubre", 10),
    ("noviembre", 11),
    ("diciembre", 12),
];

const WEEKDAYS: &[(&str, i8)] = &[
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
    ("sunday", 7),
    ("lundi", 1),
    ("mardi", 2),
    ("mercredi", 3),
    ("jeudi", 4),
    ("vendredi", 5),
    ("samedi", 6),
    ("dimanche", 7),
    ("lunes", 1),
    ("martes", 2),
    ("miercoles", 3),
    ("jueves", 4),
    ("viernes", 5),
    ("sabado", 6),
    ("domingo", 7),
];

/// Words that begin a day or a while without being a month, a weekday or a number.
const OTHERS: &[&str] = &["today", "yesterday", "last", "previous"];

/// Notes which words can begin a day.
pub(crate) fn mark(words: &mut Words) {
    let named = MONTHS.iter().chain(WEEKDAYS).map(|(name, _)| *name);
    words.mark(named.chain(SMALL.iter().copied()).chain(OTHERS.iter().copied()), Traits::DATE);
}

/// Every day named between two tokens, in order.
pub(crate) fn named(tokens: &Tokens, range: std::ops::Range<usize>, published: Date) -> Vec<Named> {
    let mut found = Vec::new();
    let reader = Reader { tokens, end: range.end, published };
    let mut at = range.start;
    while at < range.end {
        if !reader.may_begin(at) {
            at += 1;
            continue;
        }
        match reader.at(at) {
            Some((named, next)) => {
                found.push(named);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    tokens: &'a Tokens,
    end: usize,
    published: Date,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        if at < self.end && self.tokens.list[at].shape == Shape::Word {
            self.tokens.word(at)
        } else {
            ""
        }
    }

    /// Whether a token can begin a day: a number, or a word that does.
    fn may_begin(&self, at: usize) -> bool {
        let digit = || self.tokens.word(at).as_bytes().first().is_some_and(u8::is_ascii_digit);
        self.tokens.is(at, Traits::DATE) || digit()
    }

    fn at(&self, at: usize) -> Option<(Named, usize)> {
        let word = self.word(at);
        if let Some(month) = lookup(MONTHS, word) {
            return self.month(at, month);
        }
        if let Some(weekday) = lookup(WEEKDAYS, word) {
            let today = self.published.weekday().to_monday_one_offset();
            let back = (i64::from(today) - i64::from(weekday)).rem_euclid(7);
            return exact(at, self.back(back), at + 1);
        }
        match word {
            "today" => exact(at, self.published, at + 1),
            "yesterday" => exact(at, self.back(1), at + 1),
            "last" | "previous" => match self.word(at + 1) {
                "week" => span(at, self.back(5), at + 2),
                "month" => span(at, self.published.first_of_month().yesterday().ok()?, at + 2),
                "year" => span(at, self.published.first_of_year().yesterday().ok()?, at + 2),
                word => {
                    let month = lookup(MONTHS, word)?;
                    span(at, self.past_month(month, Some(self.year_before(month)))?, at + 2)
                }
            },
            _ => self.number(at, word),
        }
    }

    /// `2024-11-21`, `21/11/2024`, `21.11.2024`: three numbers with a mark between.
    fn numeric(&self, at: usize, first: &str) -> Option<Date> {
        let near = |at: usize| {
            let (one, next) = (self.tokens.list.get(at)?, self.tokens.list.get(at + 1)?);
            (next.start == one.end + 1).then_some(())
        };
        let (second, third) = (self.word(at + 1), self.word(at + 2));
        near(at).and_then(|()| near(at + 1))?;
        let (year, month, day) = match (first.len(), third.len()) {
            (4, 1 | 2) => (first, second, third),
            (1 | 2, 4) => (third, second, first),
            _ => return None,
        };
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }

    /// `21 November 2024`, `2023`, `three years ago`.
    fn number(&self, at: usize, word: &str) -> Option<(Named, usize)> {
        if let Some(date) = self.numeric(at, word) {
            return exact(at, date, at + 3);
        }
        let number: i16 = word
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse()
            .ok()
            .or_else(|| {
                SMALL.iter().position(|name| *name == word).and_then(|n| i16::try_from(n + 1).ok())
            })?;
        let mut next = at + 1;
        if matches!(self.word(next), "de" | "of") {
            next += 1;
        }
        if let Some(month) = lookup(MONTHS, self.word(next)) {
            let year = self.year(next + 1).or_else(|| self.year(next + 2));
            let date = self.day(month, i8::try_from(number).ok()?, year)?;
            let after = next + 1 + usize::from(year.is_some());
            return exact(at, date, after);
        }
        if self.word(at + 2) == "ago" {
            // A number too large for the calendar names no day.
            let back = match self.word(at + 1) {
                "year" | "years" => Span::new().try_years(number),
                "month" | "months" => Span::new().try_months(number),
                "week" | "weeks" => Span::new().try_weeks(number),
                "day" | "days" => Span::new().try_days(number),
                _ => return None,
            }
            .ok()?;
            return span(at, self.published.checked_sub(back).ok()?, at + 3);
        }
        let preposition = at.checked_sub(1).map_or("", |before| self.word(before));
        if matches!(preposition, "in" | "since" | "of" | "from" | "en" | "during")
            && (1945..=self.published.year()).contains(&number)
            && number < self.published.year()
        {
            return span(at, Date::new(number, 12, 31).ok()?, at + 1);
        }
        None
    }

    /// `November 21, 2024`, `March 2023`, `in March`.
    fn month(&self, at: usize, month: i8) -> Option<(Named, usize)> {
        let day = self.word(at + 1).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(day) = day.parse::<i8>().ok().filter(|day| (1..=31).contains(day)) {
            let year = self.year(at + 2).or_else(|| self.year(at + 3));
            let date = self.day(month, day, year)?;
            return exact(at, date, at + 2 + usize::from(year.is_some()));
        }
        let behind = at + 1 + usize::from(matches!(self.word(at + 1), "de" | "of"));
        if let Some(year) = self.year(behind) {
            return span(at, self.past_month(month, Some(year))?, behind + 1);
        }
        // `mars dernier`, `en marzo pasado`.
        if matches!(self.word(at + 1), "dernier" | "pasado") {
            return span(at, self.past_month(month, Some(self.year_before(month)))?, at + 2);
        }
        // `may` and `march` are verbs too: a bare month counts behind `in` and `since` only.
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let plain = matches!(before, "in" | "since" | "en" | "early" | "late" | "mid" | "this");
        plain
            .then(|| self.past_month(month, None))
            .flatten()
            .and_then(|date| span(at, date, at + 1))
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.word(at).parse().ok().filter(|year| (1945..2100).contains(year))
    }

    /// That day of that year, or the latest such day that is not far in the future.
    fn day(&self, month: i8, day: i8, year: Option<i16>) -> Option<Date> {
        let this = self.published.year();
        let date = Date::new(year.unwrap_or(this), month, day).ok()?;
        let future = year.is_none() && self.published.until(date).ok()?.get_days() > 30;
        if future { Date::new(this - 1, month, day).ok() } else { Some(date) }
    }

    /// The year of the last such month that is over.
    fn year_before(&self, month: i8) -> i16 {
        self.published.year() - i16::from(month >= self.published.month())
    }

    /// The last day of that month, in that year or the latest one that has begun.
    fn past_month(&self, month: i8, year: Option<i16>) -> Option<Date> {
        let this = self.published.year();
        let year = year.unwrap_or(if month > self.published.month() { this - 1 } else { this });
        Date::new(year, month, 1).ok().map(Date::last_of_month)
    }

    fn back(&self, days: i64) -> Date {
        self.published.saturating_sub(Span::new().days(days))
    }
}

/// One day, and the token after it.
#[expect(clippy::unnecessary_wraps, reason = "it ends the arms that may find nothing")]
fn exact(from: usize, latest: Date, next: usize) -> Option<(Named, usize)> {
    Some((Named { from, to: next, latest, exact: true }, next))
}

/// A month, a year or a while, by its last day.
#[expect(clippy::unnecessary_wraps, reason = "it ends the arms that may find nothing")]
fn span(from: usize, latest: Date, next: usize) -> Option<(Named, usize)> {
    Some((Named { from, to: next, latest, exact: false }, next))
}

const SMALL: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

fn lookup(table: &[(&str, i8)], word: &str) -> Option<i8> {
    table.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let published: Date = "2024-11-22".parse().unwrap();
        let mut words = Words::default();
        mark(&mut words);
        let tokens = Tokens::of(&words, text, "");
        let found: Vec<String> = named(&tokens, 0..tokens.list.len(), published)
            .iter()
            .map(|named| format!("{}{}", named.latest, if named.exact { "" } else { "~" }))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn days_with_and_without_their_year() {
        check("the order of 26 January 2024", &["2024-01-26"]);
        check("on November 21, 2024, and on 5 March", &["2024-11-21", "2024-03-05"]);
        check("le 21 novembre; el 3 de enero", &["2024-11-21", "2024-01-03"]);
    }

    #[test]
    fn weekdays_are_the_last_ones() {
        check("on Thursday", &["2024-11-21"]);
        check("on Friday", &["2024-11-22"]);
    }

    #[test]
    fn months_years_and_spans() {
        check("in March 2023 and in March", &["2023-03-31~", "2024-03-31~"]);
        check("since 2011", &["2011-12-31~"]);
        check("two years ago, last month", &["2022-11-22~", "2024-10-31~"]);
    }

    #[test]
    fn days_in_numbers() {
        check("on 2023-03-17, on 17/03/2023 and on 17.3.2023", &["2023-03-17", "2023-03-17"]);
        check("en enero de 2014, mars dernier", &["2014-01-31~", "2024-03-31~"]);
        check("the previous year, last November", &["2023-12-31~", "2023-11-30~"]);
        check("on 31/02/2023", &[]);
    }

    #[test]
    fn a_number_beyond_the_calendar_names_no_day() {
        check("25000 years ago, 12345678 days ago", &[]);
    }

    #[test]
    fn words_that_only_look_like_dates() {
        check("They may march on 40 states", &[]);
        check("Israel must halt in 30 days", &[]);
    }
}
