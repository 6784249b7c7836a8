//! Reads when to come back from `Retry-After`, `Cache-Control`, `Age` and `Expires`.
//!
//! What servers write there is often wrong, so the reading is lenient and bounded: a value that
//! cannot be understood counts as absent, and no value reaches beyond [`LONGEST`]. Dates are taken
//! relative to the server's own `Date`, because clocks differ. How much of it is obeyed is
//! `schedule`'s to decide.

use std::time::Duration;

use jiff::{
    SignedDuration, Timestamp,
    fmt::{rfc2822, strtime::BrokenDownTime},
    tz::TimeZone,
};
use reqwest::{
    StatusCode,
    header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER},
};

use crate::model::Pacing;

/// The longest wait that is believed: a year. Everything beyond is a mistake or an attack.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// What the answer, whose head arrived `at` this moment, says of the next request.
pub(super) fn pacing(status: StatusCode, headers: &HeaderMap, at: Timestamp) -> Pacing {
    // RFC 9110, 10.2.3 defines Retry-After for 503 and redirects; RFC 6585 adds 429.
    let waits = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let wait = waits.then(|| retry_after(headers, at)).flatten();
    Pacing {
        max_age: max_age(headers, at).map(|age| age.min(LONGEST)),
        retry_after: wait.and_then(|wait| after(at, wait.min(LONGEST))),
    }
}

/// The wait of `Retry-After` (RFC 9110, 10.2.3), in seconds or until a date; `None` when it is
/// absent, over or not understood.
fn retry_after(headers: &HeaderMap, at: Timestamp) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?;
    let wait = match seconds(value) {
        Some(wait) => wait,
        None => until(http_date(value)?, headers, at),
    };
    Some(wait).filter(|wait| !wait.is_zero())
}

/// How long the answer stays fresh (RFC 9111, 4.2.1, as a private cache), less its `Age`.
fn max_age(headers: &HeaderMap, at: Timestamp) -> Option<Duration> {
    let directives = directives(headers);
    if directives.iter().any(|(name, _)| matches!(name.as_str(), "no-cache" | "no-store")) {
        return None;
    }
    let stated = directives.iter().filter(|(name, _)| name == "max-age");
    let lifetime = match stated.filter_map(|(_, value)| seconds(value)).max() {
        Some(lifetime) => lifetime,
        None => until(http_date(text(headers, &EXPIRES)?)?, headers, at),
    };
    let age = text(headers, &AGE).and_then(seconds).unwrap_or_default();
    Some(lifetime.saturating_sub(age))
}

/// The directives of every `Cache-Control`, names in lower case, values without quotes.
fn directives(headers: &HeaderMap) -> Vec<(String, String)> {
    let lines = headers.get_all(CACHE_CONTROL).into_iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(|directive| {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned())
        })
        .collect()
}

/// How far a date lies ahead of the server's own clock, of ours where it does not tell its own.
fn until(date: Timestamp, headers: &HeaderMap, at: Timestamp) -> Duration {
    let served = text(headers, &DATE).and_then(http_date).unwrap_or(at);
    date.duration_since(served).try_into().unwrap_or_default()
}

fn after(at: Timestamp, wait: Duration) -> Option<Timestamp> {
    at.checked_add(SignedDuration::try_from(wait).ok()?).ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A number of seconds; one too large to count is the longest there is.
fn seconds(digits: &str) -> Option<Duration> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().map_or(LONGEST, Duration::from_secs))
}

/// A date in any of the three forms of RFC 9110, 5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    let usual = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    usual.parse_timestamp(text).ok().or_else(|| {
        ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"].into_iter().find_map(|format| {
            let date = BrokenDownTime::parse(format, text).ok()?.to_datetime().ok()?;
            TimeZone::UTC.to_timestamp(date).ok()
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    use super::*;

    const NOON: &str = "Mon, 02 Feb 2026 12:00:00 GMT";

    fn read(status: u16, headers: &[(&'static str, &str)]) -> Pacing {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            })
            .collect();
        pacing(StatusCode::from_u16(status).unwrap(), &headers, noon())
    }

    fn noon() -> Timestamp {
        "2026-02-02T12:00:00Z".parse().unwrap()
    }

    fn fresh(expected: Option<u64>, headers: &[(&'static str, &str)]) {
        let found = read(200, headers).max_age.map(|age| age.as_secs());
        assert_eq!(found, expected, "{headers:?}");
    }

    fn wait(expected: Option<i64>, headers: &[(&'static str, &str)]) {
        let found = read(429, headers).retry_after.map(|at| at.duration_since(noon()).as_secs());
        assert_eq!(found, expected, "{headers:?}");
    }

    #[test]
    fn max_age_less_age() {
        fresh(Some(3600), &[("cache-control", "max-age=3600")]);
        fresh(Some(600), &[("cache-control", "public, max-age=3600"), ("age", "3000")]);
        fresh(Some(0), &[("cache-control", "max-age=60"), ("age", "61")]);
        fresh(Some(60), &[("cache-control", "Max-Age = \"60\"")]);
        fresh(Some(60), &[("cache-control", "s-maxage=900, max-age=60")]);
    }

    #[test]
    fn of_several_max_ages_the_longest_that_is_one() {
        fresh(Some(90), &[("cache-control", "max-age=60, max-age=90, max-age=-5, max-age=x")]);
        fresh(Some(90), &[("cache-control", "max-age=60"), ("cache-control", "max-age=90")]);
        fresh(Some(LONGEST.as_secs()), &[("cache-control", "max-age=99999999999999999999999")]);
        fresh(None, &[("cache-control", "max-age=-1"), ("age", "x")]);
    }

    #[test]
    fn no_cache_and_no_store_cancel_the_rest() {
        fresh(None, &[("cache-control", "max-age=60, no-cache"), ("expires", NOON)]);
        fresh(None, &[("cache-control", "no-store")]);
    }

    #[test]
    fn expires_counts_from_the_servers_own_clock() {
        let (date, later) = ("Sun, 01 Feb 2026 12:00:00 GMT", "Sun, 01 Feb 2026 13:00:00 GMT");
        fresh(Some(3600), &[("expires", later), ("date", date)]);
        fresh(Some(600), &[("expires", "Mon, 02 Feb 2026 12:10:00 GMT")]);
        fresh(Some(0), &[("expires", later)]);
        fresh(Some(5), &[("expires", later), ("cache-control", "max-age=5")]);
    }

    #[test]
    fn expires_that_is_no_date_counts_as_absent() {
        for value in ["0", "-1", "never", ""] {
            fresh(None, &[("expires", value)]);
        }
    }

    #[test]
    fn retry_after_in_seconds() {
        wait(Some(3600), &[("retry-after", "3600")]);
        wait(Some(7), &[("retry-after", " 7 ")]);
        wait(Some(LONGEST.as_secs().cast_signed()), &[("retry-after", "1000000000000")]);
        for value in ["0", "-1", "soon", "", "1e3", "1.5", "٣"] {
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                let headers = HeaderMap::from_iter([(RETRY_AFTER, value)]);
                let status = StatusCode::TOO_MANY_REQUESTS;
                assert_eq!(pacing(status, &headers, noon()).retry_after, None);
            }
        }
    }

    #[test]
    fn retry_after_until_a_date() {
        let later = "Mon, 02 Feb 2026 13:00:00 GMT";
        wait(Some(3600), &[("retry-after", later)]);
        wait(Some(1800), &[("retry-after", later), ("date", "Mon, 02 Feb 2026 12:30:00 GMT")]);
        wait(None, &[("retry-after", "Mon, 02 Feb 2026 11:00:00 GMT")]);
        wait(Some(3600), &[("retry-after", "Monday, 02-Feb-26 13:00:00 GMT")]);
        wait(Some(3600), &[("retry-after", "Mon Feb  2 13:00:00 2026")]);
    }

    #[test]
    fn retry_after_means_something_with_429_and_503_only() {
        let headers = [("retry-after", "60")];
        assert!(read(503, &headers).retry_after.is_some());
        assert_eq!(read(500, &headers).retry_after, None);
        assert_eq!(read(200, &headers).retry_after, None);
    }

    proptest! {
        #[test]
        fn no_header_ever_panics_or_leaves_the_bounds(
            value in proptest::collection::vec(any::<u8>(), 0..60),
            seconds in -62_135_596_800_i64..253_402_200_000,
        ) {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                let at = Timestamp::from_second(seconds).unwrap();
                for name in [CACHE_CONTROL, EXPIRES, RETRY_AFTER, AGE, DATE] {
                    let mut headers = HeaderMap::new();
                    headers.insert(EXPIRES, HeaderValue::from_static(NOON));
                    headers.insert(RETRY_AFTER, HeaderValue::from_static(NOON));
                    headers.insert(name, value.clone());
                    let found = pacing(StatusCode::SERVICE_UNAVAILABLE, &headers, at);
                    prop_assert!(found.max_age.is_none_or(|age| age <= LONGEST));
                    prop_assert!(found.retry_after.is_none_or(|until| until > at));
                }
            }
        }
    }
}
