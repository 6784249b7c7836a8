//! Texts that stand for something: durations, addresses, time zones, networks.
//!
//! Each function reads one text or complains; none knows in which file or key it stands.

use std::{net::IpAddr, time::Duration};

use jiff::tz::TimeZone;
use url::Url;

use super::problem::{Complaint, nearest};

/// Reads `"15m"`, `"2h"`, `"400d"`, `"90s"`, `"2w"` or a sum such as `"1h30m"`.
pub(crate) fn duration(text: &str) -> Result<Duration, Complaint> {
    let complaint = || {
        Complaint::new(
            format!("`{text}` is not a duration"),
            "write a number with s, m, h, d or w, such as \"15m\"",
        )
    };
    let mut seconds: u64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(complaint());
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        let unit = tail.chars().next().and_then(unit).ok_or_else(complaint)?;
        let part = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
        seconds = part.and_then(|part| seconds.checked_add(part)).ok_or_else(complaint)?;
        rest = tail[1..].trim_start();
    }
    if seconds > LONGEST {
        return Err(Complaint::new(
            format!("`{text}` is longer than a century"),
            "write a shorter duration, such as \"400d\"",
        ));
    }
    Ok(Duration::from_secs(seconds))
}

/// A hundred years in seconds: what is longer is a slip, and would overflow calendars.
const LONGEST: u64 = 100 * 366 * 24 * 60 * 60;

/// The seconds of a unit.
fn unit(letter: char) -> Option<u64> {
    match letter {
        's' => Some(1),
        'm' => Some(60),
        'h' => Some(60 * 60),
        'd' => Some(24 * 60 * 60),
        'w' => Some(7 * 24 * 60 * 60),
        _ => None,
    }
}

/// Reads an http(s) address that carries no user name or password.
pub(crate) fn url(text: &str) -> Result<Url, Complaint> {
    let parsed = Url::parse(text.trim()).map_err(|error| {
        // What stands before an @ may be a password, which must not be repeated.
        let shown = text.rsplit_once('@').map_or(text, |(_, behind)| behind);
        Complaint::new(
            format!("`{shown}` is not an address: {error}"),
            "write it whole, such as \"https://example.org/feed.xml\"",
        )
    })?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(Complaint::new(
            format!("`{text}` is not an http(s) address"),
            "write one that begins with https:// or http://",
        ));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        // The text is not repeated here: it carries a secret.
        return Err(Complaint::new(
            "the address carries a user name or password",
            "leave them out; they would show in logs and messages",
        ));
    }
    Ok(parsed)
}

/// A time zone of the IANA's database.
pub(crate) fn timezone(text: &str) -> Result<TimeZone, Complaint> {
    TimeZone::get(text).ok().ok_or_else(|| {
        let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let mend = nearest(text, known.iter().map(String::as_str)).map_or_else(
            || "write one such as \"Europe/Amsterdam\" or \"UTC\"".to_owned(),
            |near| format!("write `{near}`"),
        );
        Complaint::new(format!("`{text}` is not a time zone"), mend)
    })
}

/// Reads a network in CIDR notation (RFC 4632): its first address and the length of its prefix.
/// A single address stands for itself.
pub(crate) fn network(text: &str) -> Result<(IpAddr, u8), Complaint> {
    let complaint = || {
        Complaint::new(
            format!("`{text}` is not a network"),
            "write it such as \"127.0.0.0/8\" or \"fd00::/8\"",
        )
    };
    let (address, prefix) = match text.trim().split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text.trim(), None),
    };
    let address: IpAddr = address.parse().ok().ok_or_else(complaint)?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = match prefix {
        None => longest,
        Some(prefix) => {
            prefix.parse::<u8>().ok().filter(|&prefix| prefix <= longest).ok_or_else(complaint)?
        }
    };
    let first = first_of(address, prefix);
    if first != address {
        return Err(Complaint::new(
            format!("`{text}` names an address inside its network"),
            format!("write \"{first}/{prefix}\""),
        ));
    }
    Ok((address, prefix))
}

fn first_of(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_duration(text: &str, expected: Option<u64>) {
        assert_eq!(duration(text).ok(), expected.map(Duration::from_secs), "{text}");
    }

    #[test]
    fn durations_have_a_number_and_a_unit() {
        check_duration("90s", Some(90));
        check_duration("15m", Some(15 * 60));
        check_duration("2h", Some(2 * 3600));
        check_duration("400d", Some(400 * 86_400));
        check_duration("2w", Some(14 * 86_400));
        check_duration("1h30m", Some(90 * 60));
        check_duration(" 1h 30m ", Some(90 * 60));
        check_duration("0s", Some(0));
    }

    #[test]
    fn other_texts_are_no_durations() {
        for text in [
            "",
            " ",
            "15",
            "m",
            "15 m",
            "1.5h",
            "-5m",
            "5M",
            "5µ",
            "9999999999999999999d",
            "5mm",
            "101000d",
        ] {
            check_duration(text, None);
        }
    }

    #[track_caller]
    fn check_url(text: &str, expected: Result<&str, &str>) {
        let read = url(text).map(|url| url.to_string()).map_err(|complaint| complaint.what);
        assert_eq!(read, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn addresses_are_whole_and_http() {
        check_url("https://example.org", Ok("https://example.org/"));
        check_url("http://example.org/a?b=c", Ok("http://example.org/a?b=c"));
        check_url(
            "example.org/feed",
            Err("`example.org/feed` is not an address: relative URL without a base"),
        );
        check_url("ftp://example.org/", Err("`ftp://example.org/` is not an http(s) address"));
        check_url("file:///etc/passwd", Err("`file:///etc/passwd` is not an http(s) address"));
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        check_url(
            "https://me:hunter2@example.org/",
            Err("the address carries a user name or password"),
        );
        check_url(
            "https://me:hunter2@exa mple.org/",
            Err("`exa mple.org/` is not an address: invalid international domain name"),
        );
    }

    #[track_caller]
    fn check_network(text: &str, expected: Result<(&str, u8), &str>) {
        let expected = expected
            .map(|(address, prefix)| (address.parse::<IpAddr>().unwrap(), prefix))
            .map_err(str::to_owned);
        assert_eq!(network(text).map_err(|complaint| complaint.mend), expected);
    }

    #[test]
    fn networks_are_cidr() {
        check_network("127.0.0.0/8", Ok(("127.0.0.0", 8)));
        check_network("0.0.0.0/0", Ok(("0.0.0.0", 0)));
        check_network("::/0", Ok(("::", 0)));
        check_network("fd00::/8", Ok(("fd00::", 8)));
        check_network("192.0.2.7", Ok(("192.0.2.7", 32)));
        check_network("::1", Ok(("::1", 128)));
    }

    #[test]
    fn other_texts_are_no_networks() {
        let mend = "write it such as \"127.0.0.0/8\" or \"fd00::/8\"";
        for text in
            ["localhost", "127.0.0.0/33", "127.0.0/8", "127.0.0.0/", "::/129", "10.0.0.0/-1"]
        {
            check_network(text, Err(mend));
        }
        check_network("127.0.0.1/8", Err("write \"127.0.0.0/8\""));
    }
}
