use super::*;

fn check(text: &str, expected: &str) {
    let expected = (!expected.is_empty()).then(|| expected.parse::<Timestamp>().unwrap());
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn rfc_822_in_its_many_forms() {
    check("Mon, 02 Feb 2026 10:05:07 +0100", "2026-02-02T09:05:07Z");
    check("Mon, 02 Feb 2026 10:05:07 GMT", "2026-02-02T10:05:07Z");
    check("2 Feb 2026 10:05 EST", "2026-02-02T15:05:00Z");
    check("Mon,2 Feb 26 10:05:07 CEST", "2026-02-02T08:05:07Z");
    check("Monday, 02 February 2026 10:05:07 -01:30", "2026-02-02T11:35:07Z");
    check("Mon Feb  2 10:05:07 2026", "2026-02-02T10:05:07Z");
    check("Mon, 02 Feb 2026 10:05:07 GMT+2", "2026-02-02T08:05:07Z");
    check("03 Apr 02 1500 GMT", "2002-04-03T15:00:00Z");
    check("Mon, 02 Feb 2026 10:05:07 +0100 (CET)", "2026-02-02T09:05:07Z");
}

#[test]
fn rfc_3339_in_its_many_forms() {
    check("2026-02-02T10:05:07Z", "2026-02-02T10:05:07Z");
    check("2026-02-02T10:05:07.123456+02:00", "2026-02-02T08:05:07Z");
    check("2026-02-02t10:05+0200", "2026-02-02T08:05:00Z");
    check("2026-02-02 10:00:00", "2026-02-02T10:00:00Z");
    check("2026-02-02T10:00:00", "2026-02-02T10:00:00Z");
    check("2026-02-02 10:00:00 -0500", "2026-02-02T15:00:00Z");
    check("2026/02/02 10:00", "2026-02-02T10:00:00Z");
    check("2026-02-02T24:00:00Z", "2026-02-03T00:00:00Z");
}

#[test]
fn days_and_months_without_a_time_are_midnight() {
    check("2026-02-02", "2026-02-02T00:00:00Z");
    check("2026-02", "2026-02-01T00:00:00Z");
    check("02.02.2026", "2026-02-02T00:00:00Z");
    check("25/02/2026", "2026-02-25T00:00:00Z");
    check("02/25/2026", "2026-02-25T00:00:00Z");
    check("2 February 2026", "2026-02-02T00:00:00Z");
    check("Monday, February 2, 2026", "2026-02-02T00:00:00Z");
    check("February 2nd, 2026", "2026-02-02T00:00:00Z");
}

#[test]
fn months_of_other_languages() {
    check("lundi 2 février 2026", "2026-02-02T00:00:00Z");
    check("1er août 2026 à 10:30", "2026-08-01T10:30:00Z");
    check("2 de febrero de 2026", "2026-02-02T00:00:00Z");
    check("Lun, 02 Ene 2026 10:00:00 +0000", "2026-01-02T10:00:00Z");
    check("2. März 2026", "2026-03-02T00:00:00Z");
    check("12 déc. 2026", "2026-12-12T00:00:00Z");
}

#[test]
fn twelve_hour_clocks() {
    check("February 2, 2026 3:07 pm", "2026-02-02T15:07:00Z");
    check("February 2, 2026 12:07 a.m.", "2026-02-02T00:07:00Z");
    check("Feb 2, 2026 12:07PM EST", "2026-02-02T17:07:00Z");
}

#[test]
fn a_wrong_weekday_is_ignored() {
    check("Fri, 02 Feb 2026 10:05:07 GMT", "2026-02-02T10:05:07Z");
}

#[test]
fn seconds_and_milliseconds_since_1970() {
    check("1770026707", "2026-02-02T10:05:07Z");
    check("1770026707000", "2026-02-02T10:05:07Z");
}

#[test]
fn the_impossible_and_the_ambiguous_are_none() {
    for text in [
        "",
        "yesterday",
        "31 February 2026",
        "2026-13-01",
        "2026-02-02T25:00:00Z",
        "2026-02-02T10:61:00Z",
        "2026-02-02T10:00:00Z extra 9",
        "Sun, 99 Jun 2009 12:00:00 GMT",
        "Mon, 02 Feb 2026 10:00:00 +zz:00",
        "03/04/2026",
        "99999-01-01",
        "22013",
        "2 Feb 2026 1:2:3:4 GMT",
        "2026",
        "2013-01-27-01",
    ] {
        check(text, "");
    }
    check(&"2 February 2026 ".repeat(40), "");
}

#[test]
fn formats_are_read_in_the_recipes_zone() {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let check = |text: &str, format: &str, expected: &str| {
        let expected = (!expected.is_empty()).then(|| expected.parse::<Timestamp>().unwrap());
        assert_eq!(read_as(text, format, &zone), expected, "{text}");
    };
    check("20 July 2026", "%d %B %Y", "2026-07-19T22:00:00Z");
    check("7 July 2026", "%d %B %Y", "2026-07-06T22:00:00Z");
    check("20 juillet 2026", "%d %B %Y", "2026-07-19T22:00:00Z");
    check("20 de julio de 2026", "%d de %B de %Y", "2026-07-19T22:00:00Z");
    check("20 déc. 2026", "%d %b %Y", "2026-12-19T23:00:00Z");
    check("Friday, 20 July 2026", "%A, %d %B %Y", "2026-07-19T22:00:00Z");
    check("20.07.2026 14:30", "%d.%m.%Y %H:%M", "2026-07-20T12:30:00Z");
    check("20.07.2026 14:30 +0000", "%d.%m.%Y %H:%M %z", "2026-07-20T14:30:00Z");
    check("20 July", "%d %B %Y", "");
}

#[test]
fn a_day_without_zone_is_midnight_where_the_recipe_says() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let day = read_in("2026-07-20", &zone).unwrap();
    assert_eq!(day.to_string(), "2026-07-20T04:00:00Z");
    let moment = read_in("2026-07-20T10:00:00Z", &zone).unwrap();
    assert_eq!(moment.to_string(), "2026-07-20T10:00:00Z");
}
