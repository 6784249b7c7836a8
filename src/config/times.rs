//! When a channel hears: `when` and `quiet` of `channels.toml`.

use std::time::Duration;

use jiff::{
    SignedDuration,
    civil::{Time, Weekday},
};

use super::{problem::Complaint, table::Table, values};
use crate::digest::{Quiet, When};

/// A digest more often than this is no digest.
const SHORTEST: Duration = Duration::from_mins(5);
/// From here on a time of the day says better when it comes.
const LONGEST: Duration = Duration::from_hours(24);

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Reads `when`: a word or a table. What is wrong in it is told, and stands for at once.
pub(crate) fn when(table: &mut Table<'_>) -> When {
    if !table.has("when") || table.is_text("when") {
        table.optional_one_of("when", &[("at-once", ())]);
        return When::AtOnce;
    }
    let Some(mut inner) = table.table("when") else { return When::AtOnce };
    let when = match (inner.has("digest"), inner.has("every")) {
        (true, true) => {
            let mend = "keep one: a time of the day, or so often";
            inner.complain("every", "`when` has both `digest` and `every`", mend);
            inner.optional_duration("every");
            daily(&mut inner)
        }
        (false, true) => every(&mut inner),
        (true, false) => daily(&mut inner),
        (false, false) => {
            let mend = "write { digest = \"08:00\", timezone = \"Europe/Amsterdam\" } or { every = \"1h\" }";
            table.complain("when", "`when` is neither a time of the day nor a period", mend);
            return When::AtOnce;
        }
    };
    inner.finish();
    when.unwrap_or_default()
}

/// `{ every = "1h" }`
fn every(table: &mut Table<'_>) -> Option<When> {
    let period = table.optional_duration("every")?;
    let wrong = if period < SHORTEST {
        Some(("`every` is less than 5 minutes", "write \"5m\" or more, or when = \"at-once\""))
    } else if period > LONGEST {
        Some((
            "`every` is more than a day",
            "write a time of the day and the days, such as { digest = \"08:00\", days = [\"mon\"] }",
        ))
    } else {
        None
    };
    if let Some((what, mend)) = wrong {
        table.complain("every", what, mend);
        return None;
    }
    SignedDuration::try_from(period).ok().map(When::Every)
}

/// `{ digest = "08:00", days = ["mon"], timezone = "Europe/Amsterdam" }`
fn daily(table: &mut Table<'_>) -> Option<When> {
    let time = table.convert("digest", "\"08:00\"", time);
    let mut days = if table.has("days") {
        table.convert_some("days", day)
    } else {
        DAYS.map(|(_, day)| day).to_vec()
    };
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    let timezone = table.convert("timezone", "\"Europe/Amsterdam\"", values::timezone);
    Some(When::Daily { time: time?, days, timezone: timezone? })
}

/// Reads `quiet`, if it is there.
pub(crate) fn quiet(table: &mut Table<'_>) -> Option<Quiet> {
    let mut inner = table.table("quiet")?;
    let from = inner.convert("from", "\"22:00\"", time);
    let to = inner.convert("to", "\"07:00\"", time);
    let timezone = inner.convert("timezone", "\"Europe/Amsterdam\"", values::timezone);
    if from.is_some() && from == to {
        let mend = "write another time, or leave `quiet` out";
        inner.complain("to", "`to` is the same time as `from`", mend);
    }
    inner.finish();
    let (from, to, timezone) = (from?, to?, timezone?);
    (from != to).then_some(Quiet { from, to, timezone })
}

/// `08:00`, to the minute.
fn time(text: &str) -> Result<Time, Complaint> {
    let read = || {
        let (hour, minute) = text.split_once(':')?;
        let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts = (two(hour) && two(minute)).then_some((hour, minute))?;
        Time::new(parts.0.parse().ok()?, parts.1.parse().ok()?, 0, 0).ok()
    };
    read().ok_or_else(|| {
        Complaint::new(
            format!("`{text}` is not a time of the day"),
            "write hours and minutes from \"00:00\" to \"23:59\"",
        )
    })
}

fn day(text: &str) -> Result<Weekday, Complaint> {
    let known = DAYS.iter().find(|(name, _)| *name == text);
    known.map(|(_, day)| *day).ok_or_else(|| {
        // Whoever writes a day out means the one that begins so.
        let meant = text.get(..3).map(str::to_lowercase).unwrap_or_default();
        let near = DAYS.iter().find(|(name, _)| *name == meant).map(|(name, _)| *name);
        let names =
            DAYS.iter().map(|(name, _)| *name).filter(|name| near.is_none_or(|n| n == *name));
        Complaint::unknown("a day of the week", text, names)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::trial::{assembled, check};

    /// Reads a channel with these lines.
    fn read(lines: &str) -> (When, Option<Quiet>) {
        let text = format!("[[channel]]\nid = 7\n{lines}\n");
        let channel = &assembled(&[("channels.toml", &text)]).unwrap().channels[0];
        (channel.when.clone(), channel.quiet.clone())
    }

    #[test]
    fn a_channel_hears_at_once_unless_it_says_otherwise() {
        assert_eq!(read(""), (When::AtOnce, None));
        assert_eq!(read("when = \"at-once\""), (When::AtOnce, None));
    }

    #[test]
    fn digests_and_quiet_hours_are_read() {
        let (when, quiet) = read(
            "when = { digest = \"08:00\", days = [\"fri\", \"mon\"], timezone = \"Europe/Amsterdam\" }
quiet = { from = \"22:00\", to = \"07:30\", timezone = \"Asia/Kolkata\" }",
        );
        let When::Daily { time, days, timezone } = when else { panic!("{when:?}") };
        assert_eq!(time, Time::constant(8, 0, 0, 0));
        assert_eq!(days, [Weekday::Monday, Weekday::Friday]);
        assert_eq!(timezone.iana_name(), Some("Europe/Amsterdam"));
        let quiet = quiet.unwrap();
        assert_eq!(
            (quiet.from, quiet.to),
            (Time::constant(22, 0, 0, 0), Time::constant(7, 30, 0, 0))
        );
        assert_eq!(quiet.timezone.iana_name(), Some("Asia/Kolkata"));
        let (when, _) = read("when = { digest = \"00:00\", timezone = \"UTC\" }");
        let When::Daily { days, .. } = when else { panic!("{when:?}") };
        assert_eq!(days.len(), 7, "every day");
        let (when, _) = read("when = { every = \"5m\" }");
        assert_eq!(when, When::Every(SignedDuration::from_mins(5)));
        let (when, _) = read("when = { every = \"1d\" }");
        assert_eq!(when, When::Every(SignedDuration::from_hours(24)));
    }

    #[test]
    fn every_impossible_time_is_told_with_what_to_write() {
        check(
            "channels.toml",
            r#"
[[channel]]
id = 1
when = { digest = "24:00", days = ["mon", "Tuesday"], timezone = "Europe/Amsterdm" }
quiet = { from = "22:00", to = "7:00", timezone = "CET/CEST" }
[[channel]]
id = 2
when = { digest = "8 am", days = [] }
quiet = { from = "22:00", to = "22:00", timezone = "UTC" }
[[channel]]
id = 3
when = { every = "4m" }
quiet = { from = "22:00" }
[[channel]]
id = 4
when = { every = "25h" }
[[channel]]
id = 5
when = { every = "1h", digest = "08:00", timezone = "UTC" }
[[channel]]
id = 6
when = "at once"
[[channel]]
id = 7
when = { days = ["mon"] }
[[channel]]
id = 8
when = 8
quiet = "22:00"
"#,
            "\
channels.toml:4:19: `24:00` is not a time of the day; write hours and minutes from \"00:00\" to \"23:59\"
channels.toml:4:43: `Tuesday` is not a day of the week; write `tue`
channels.toml:4:66: `Europe/Amsterdm` is not a time zone; write `Europe/Amsterdam`
channels.toml:5:32: `7:00` is not a time of the day; write hours and minutes from \"00:00\" to \"23:59\"
channels.toml:5:51: `CET/CEST` is not a time zone; write one such as \"Europe/Amsterdam\" or \"UTC\"
channels.toml:8:8: `timezone` is missing; add a line `timezone = \"Europe/Amsterdam\"`
channels.toml:8:19: `8 am` is not a time of the day; write hours and minutes from \"00:00\" to \"23:59\"
channels.toml:8:34: `days` is empty; write at least one
channels.toml:9:32: `to` is the same time as `from`; write another time, or leave `quiet` out
channels.toml:12:18: `every` is less than 5 minutes; write \"5m\" or more, or when = \"at-once\"
channels.toml:13:9: `timezone` is missing; add a line `timezone = \"Europe/Amsterdam\"`
channels.toml:13:9: `to` is missing; add a line `to = \"07:00\"`
channels.toml:16:18: `every` is more than a day; write a time of the day and the days, such as { digest = \"08:00\", days = [\"mon\"] }
channels.toml:19:18: `when` has both `digest` and `every`; keep one: a time of the day, or so often
channels.toml:22:8: `at once` is not one of the words for `when`; write `at-once`
channels.toml:25:8: `when` is neither a time of the day nor a period; write { digest = \"08:00\", timezone = \"Europe/Amsterdam\" } or { every = \"1h\" }
channels.toml:28:8: `when` is a number; write a table: [when] or when = { … }
channels.toml:29:9: `quiet` is a text; write a table: [quiet] or quiet = { … }",
        );
    }
}
