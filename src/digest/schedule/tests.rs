use proptest::prelude::*;

use super::*;
use crate::model::ChannelId;

const EVERY_DAY: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn daily(at: &str, timezone: &str) -> When {
    When::Daily { time: time(at), days: EVERY_DAY.to_vec(), timezone: zone(timezone) }
}

fn on(days: &[Weekday], at: &str, timezone: &str) -> When {
    When::Daily { time: time(at), days: days.to_vec(), timezone: zone(timezone) }
}

fn quiet(from: &str, to: &str, timezone: &str) -> Quiet {
    Quiet { from: time(from), to: time(to), timezone: zone(timezone) }
}

fn channel(when: When, quiet: Option<Quiet>) -> Channel {
    Channel { when, quiet, ..Channel::open(ChannelId(1), "digest") }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// When what is known since a moment is told, if nobody is late.
#[track_caller]
fn check(when: &When, since: &str, expected: &str) {
    let channel = channel(when.clone(), None);
    let moment = due(&channel, at(since), at(since));
    assert_eq!(moment.to_string(), expected, "{when:?} after {since}");
    // Just before it is not told, and from then on it is, whenever somebody looks.
    let before = moment - SignedDuration::from_nanos(1);
    if !matches!(when, When::AtOnce) {
        assert_eq!(due(&channel, at(since), before), moment);
    }
    let late = moment + SignedDuration::from_hours(300);
    assert_eq!(due(&channel, at(since), late), late);
}

#[test]
fn at_once_is_at_once() {
    check(&When::AtOnce, "2026-03-28T12:00:00Z", "2026-03-28T12:00:00Z");
}

#[test]
fn every_hour_is_each_full_hour_also_while_the_clocks_change() {
    let hourly = When::Every(SignedDuration::from_hours(1));
    check(&hourly, "2026-03-29T00:10:00Z", "2026-03-29T01:00:00Z");
    check(&hourly, "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    check(&hourly, "2026-10-25T00:59:59.999Z", "2026-10-25T01:00:00Z");
    check(
        &When::Every(SignedDuration::from_mins(5)),
        "2026-10-25T00:51:00Z",
        "2026-10-25T00:55:00Z",
    );
    check(&hourly, "1969-12-31T23:10:00Z", "1970-01-01T00:00:00Z");
}

#[test]
fn a_daily_digest_keeps_its_local_time_over_both_changes() {
    let amsterdam = daily("08:00", "Europe/Amsterdam");
    check(&amsterdam, "2026-03-28T06:59:00Z", "2026-03-28T07:00:00Z");
    check(&amsterdam, "2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z");
    check(&amsterdam, "2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z");
    let york = daily("08:00", "America/New_York");
    check(&york, "2026-03-07T13:00:00Z", "2026-03-08T12:00:00Z");
    check(&york, "2026-10-31T12:00:00Z", "2026-11-01T13:00:00Z");
    let kolkata = daily("08:00", "Asia/Kolkata");
    check(&kolkata, "2026-03-28T02:30:00Z", "2026-03-29T02:30:00Z");
    check(&kolkata, "2026-10-24T02:30:00Z", "2026-10-25T02:30:00Z");
}

#[test]
fn a_time_that_the_clocks_skip_is_told_when_they_do() {
    // 02:00 becomes 03:00 at 01:00 UTC.
    let amsterdam = daily("02:30", "Europe/Amsterdam");
    check(&amsterdam, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
    check(&amsterdam, "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    check(&daily("02:00", "Europe/Amsterdam"), "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
    check(&daily("03:00", "Europe/Amsterdam"), "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
    check(&daily("02:15", "America/New_York"), "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z");
    // A whole day that a place never had.
    check(&daily("08:00", "Pacific/Apia"), "2011-12-29T18:00:00Z", "2011-12-30T10:00:00Z");
}

#[test]
fn a_time_that_the_clocks_show_twice_is_told_once() {
    // 03:00 becomes 02:00 at 01:00 UTC.
    let amsterdam = daily("02:30", "Europe/Amsterdam");
    check(&amsterdam, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z");
    check(&amsterdam, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    check(&amsterdam, "2026-10-25T01:15:00Z", "2026-10-26T01:30:00Z");
    check(&daily("01:30", "America/New_York"), "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z");
    check(&daily("01:30", "America/New_York"), "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
}

#[test]
fn days_are_those_of_the_place() {
    let monday = on(&[Weekday::Monday], "00:30", "Asia/Kolkata");
    check(&monday, "2026-03-28T12:00:00Z", "2026-03-29T19:00:00Z");
    check(&monday, "2026-03-29T19:00:00Z", "2026-04-05T19:00:00Z");
    let weekly = on(&[Weekday::Sunday], "23:30", "America/New_York");
    check(&weekly, "2026-03-01T00:00:00Z", "2026-03-02T04:30:00Z");
    check(&weekly, "2026-03-02T04:30:00Z", "2026-03-09T03:30:00Z");
    let some = on(&[Weekday::Tuesday, Weekday::Friday], "09:00", "Europe/Amsterdam");
    check(&some, "2026-11-24T08:00:00Z", "2026-11-27T08:00:00Z");
    check(&some, "2026-11-27T08:00:00Z", "2026-12-01T08:00:00Z");
}

#[test]
fn quiet_hours_hold_what_is_told_at_once() {
    let night = || Some(quiet("22:00", "07:00", "Europe/Amsterdam"));
    let check = |now: &str, expected: &str| {
        let channel = channel(When::AtOnce, night());
        assert_eq!(due(&channel, at(now), at(now)).to_string(), expected, "{now}");
    };
    check("2026-11-24T20:59:59Z", "2026-11-24T20:59:59Z");
    check("2026-11-24T21:00:00Z", "2026-11-25T06:00:00Z");
    check("2026-11-25T02:00:00Z", "2026-11-25T06:00:00Z");
    check("2026-11-25T05:59:59Z", "2026-11-25T06:00:00Z");
    check("2026-11-25T06:00:00Z", "2026-11-25T06:00:00Z");
    // The night of either change is an hour shorter or longer.
    check("2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z");
    check("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z");
}

#[test]
fn quiet_hours_may_lie_within_a_day_and_end_once() {
    let check = |quiet: Quiet, now: &str, expected: &str| {
        let channel = channel(When::AtOnce, Some(quiet));
        assert_eq!(due(&channel, at(now), at(now)).to_string(), expected, "{now}");
    };
    let noon = || quiet("12:00", "13:30", "Asia/Kolkata");
    check(noon(), "2026-11-24T06:29:59Z", "2026-11-24T06:29:59Z");
    check(noon(), "2026-11-24T06:30:00Z", "2026-11-24T08:00:00Z");
    // They end at the first 02:30, and the second one does not bring them back.
    let short = || quiet("22:00", "02:30", "Europe/Amsterdam");
    check(short(), "2026-10-25T00:29:00Z", "2026-10-25T00:30:00Z");
    check(short(), "2026-10-25T01:10:00Z", "2026-10-25T01:10:00Z");
    // An end in the gap is the gap's end.
    check(short(), "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z");
}

#[test]
fn a_digest_that_falls_into_quiet_hours_comes_when_they_end() {
    let night = Some(quiet("22:00", "07:00", "Europe/Amsterdam"));
    let channel = channel(When::Every(SignedDuration::from_hours(1)), night);
    let due = |since: &str, now: &str| due(&channel, at(since), at(now)).to_string();
    assert_eq!(due("2026-11-24T20:50:00Z", "2026-11-24T20:50:00Z"), "2026-11-25T06:00:00Z");
    // It was due before, but whoever was down then is not woken at night.
    assert_eq!(due("2026-11-24T18:10:00Z", "2026-11-24T23:00:00Z"), "2026-11-25T06:00:00Z");
    assert_eq!(due("2026-11-24T18:10:00Z", "2026-11-25T06:00:00Z"), "2026-11-25T06:00:00Z");
}

proptest! {
    #[test]
    fn every_day_has_one_moment_and_it_is_never_late(
        second in 946_684_800_i64..4_102_444_800,
        minutes in 0_i8..60, hours in 0_i8..24,
        name in proptest::sample::select(vec![
            "Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
            "Africa/Casablanca", "Pacific/Chatham", "America/St_Johns",
        ]),
    ) {
        let when = When::Daily {
            time: Time::new(hours, minutes, 0, 0).unwrap(),
            days: EVERY_DAY.to_vec(),
            timezone: zone(name),
        };
        let since = Timestamp::from_second(second).unwrap();
        let first = when.after(since);
        let next = when.after(first);
        prop_assert!(since < first && first < next);
        // Never longer than the longest day.
        prop_assert!(first.duration_since(since) <= SignedDuration::from_hours(25));
        let days = [first, next].map(|moment| zone(name).to_datetime(moment).date());
        prop_assert_eq!(days[0].tomorrow().unwrap(), days[1]);
    }
}
