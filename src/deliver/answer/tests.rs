use reqwest::header::{HeaderName, HeaderValue};

use super::*;

fn now() -> Timestamp {
    "2024-03-05T08:30:00Z".parse().unwrap()
}

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

/// The answer in short: `delivered 5`, `wait 1.6 Route`, `retry`, `perhaps`, `refused 50001`.
fn read(status: u16, pairs: &[(&str, &str)], body: &str) -> String {
    let headers = headers(pairs);
    let reply = Reply { status, headers: &headers, body: body.as_bytes() };
    match classify(&reply, now()) {
        Answer::Delivered(Receipt { message_id: Some(id), .. }) => format!("delivered {id}"),
        Answer::Delivered(_) => "delivered".to_owned(),
        Answer::Deleted => "deleted".to_owned(),
        Answer::Wait { until, scope } => {
            let seconds = until.duration_since(now()).as_secs_f64();
            format!("wait {seconds} {scope:?}")
        }
        Answer::Retry { maybe_sent: false, .. } => "retry".to_owned(),
        Answer::Retry { maybe_sent: true, .. } => "perhaps".to_owned(),
        Answer::Refused { code, .. } => format!("refused {}", code.unwrap_or(0)),
    }
}

#[track_caller]
fn check(status: u16, pairs: &[(&str, &str)], body: &str, expected: &str) {
    assert_eq!(read(status, pairs, body), expected);
}

#[test]
fn a_success_is_delivered_though_its_body_is_odd() {
    check(200, &[], r#"{"id":"175928847299117063","content":""}"#, "delivered 175928847299117063");
    check(200, &[], r#"{"id":5}"#, "delivered 5");
    check(200, &[], r#"{"id":"x"}"#, "delivered");
    check(200, &[], "", "delivered");
    check(200, &[], "{\"id\": 12", "delivered");
    check(204, &[], "", "delivered");
    check(200, &[("x-ratelimit-limit", "5.0"), ("x-ratelimit-remaining", "?")], "[]", "delivered");
}

#[test]
fn a_success_that_is_no_json_is_somebody_elses() {
    check(200, &[], "<html>welcome</html>", "perhaps");
    check(200, &[("content-type", "application/json")], "\n<!doctype html>", "perhaps");
    check(200, &[], "ok", "perhaps");
}

#[test]
fn a_message_that_somebody_deleted_was_delivered() {
    check(404, &[], r#"{"code":10008,"message":"Unknown Message"}"#, "deleted");
}

#[test]
fn rate_limits_name_their_wait_and_scope() {
    let body = r#"{"message":"slow down","retry_after":1.5,"global":false}"#;
    check(429, &[("retry-after", "1"), ("x-ratelimit-scope", "user")], body, "wait 1.6 Route");
    check(429, &[("retry-after", "3"), ("x-ratelimit-scope", "shared")], body, "wait 3.1 Shared");
    check(429, &[("retry-after", "2.25")], body, "wait 2.35 Route");
    check(429, &[("x-ratelimit-reset-after", "4.5")], body, "wait 4.6 Route");
    let global = r#"{"retry_after":2,"global":true}"#;
    check(429, &[], global, "wait 2.1 Global");
    check(429, &[("x-ratelimit-scope", "global")], body, "wait 1.6 Global");
    check(429, &[("x-ratelimit-global", "true")], body, "wait 1.6 Global");
    check(
        429,
        &[("x-ratelimit-global", "true"), ("x-ratelimit-scope", "user")],
        body,
        "wait 1.6 Global",
    );
}

#[test]
fn odd_rate_limits_are_obeyed_too() {
    check(429, &[], "{}", "wait 5 Route");
    check(429, &[("retry-after", "-1")], "{}", "wait 5 Route");
    check(429, &[("retry-after", "soon")], "{}", "wait 5 Route");
    check(429, &[("retry-after", "NaN")], "{}", "wait 5 Route");
    check(429, &[("retry-after", "inf")], "{}", "wait 5 Route");
    check(429, &[("retry-after", "0")], "{}", "wait 0.1 Route");
    check(429, &[("retry-after", "1e30")], "{}", "wait 604800.1 Route");
    check(429, &[("retry-after", "Tue, 05 Mar 2024 08:30:30 GMT")], "{}", "wait 30.1 Route");
    check(429, &[], r#"{"retry_after":"x"}"#, "wait 5 Route");
    check(429, &[], r#"{"retry_after":-3}"#, "wait 5 Route");
}

#[test]
fn a_block_by_the_edge_holds_everything() {
    check(429, &[("retry-after", "90")], "<html>slow down</html>", "wait 90.1 Global");
    check(429, &[], "<html>slow down</html>", "wait 60 Global");
    check(403, &[], r#"{"code":40333,"message":"internal network error"}"#, "wait 60 Global");
}

#[test]
fn trouble_on_their_side_is_tried_again_and_may_have_worked() {
    for status in [500, 502, 503, 504, 520, 599] {
        check(status, &[], "<html>", "perhaps");
        check(status, &[], r#"{"message":"oops","code":0}"#, "perhaps");
    }
    check(408, &[], "", "perhaps");
}

#[test]
fn what_is_not_discords_word_is_tried_again() {
    check(302, &[("location", "https://elsewhere.test/")], "", "retry");
    check(405, &[], "<html>not here</html>", "retry");
}

#[test]
fn refusals_carry_discords_code() {
    check(400, &[], r#"{"code":50035,"message":"Invalid Form Body"}"#, "refused 50035");
    check(400, &[], "", "refused 0");
    check(401, &[], r#"{"message":"401: Unauthorized","code":0}"#, "refused 0");
    check(403, &[], r#"{"code":50001,"message":"Missing Access"}"#, "refused 50001");
    check(403, &[], r#"{"code":50013,"message":"Missing Permissions"}"#, "refused 50013");
    check(404, &[], r#"{"code":10003,"message":"Unknown Channel"}"#, "refused 10003");
    check(413, &[], "<html>", "refused 0");
    check(403, &[], "<html>who are you</html>", "refused 0");
    check(404, &[], "no such page", "refused 0");
}

#[test]
fn only_a_wrong_message_is_refused_for_ever() {
    let check = |status, code, expected| {
        let refused = Answer::Refused { status, code, why: String::new() };
        assert_eq!(refused.is_about_the_message(), expected, "{status} {code:?}");
    };
    for code in [None, Some(50_035), Some(50_006)] {
        check(400, code, true);
    }
    check(413, None, true);
    check(403, Some(240_000), true);
    for code in [None, Some(0), Some(50_001), Some(50_013), Some(10_003), Some(99_999)] {
        check(401, code, false);
        check(403, code, false);
        check(404, code, false);
    }
    check(400, Some(50_008), false);
}

#[test]
fn a_refusal_says_what_to_do() {
    let headers = HeaderMap::new();
    let body = br#"{"code":50013,"message":"Missing\u001b Permissions"}"#;
    let Answer::Refused { why, .. } =
        classify(&Reply { status: 403, headers: &headers, body }, now())
    else {
        panic!("not refused")
    };
    assert_eq!(
        why,
        "Discord answered 403: Missing Permissions (50013); give the bot View Channel, Send Messages and Embed Links there"
    );
}

#[test]
fn a_used_up_allowance_asks_for_a_rest() {
    let check = |pairs: &[(&str, &str)], expected: Option<f64>| {
        let until = rest(&headers(pairs), now());
        assert_eq!(until.map(|until| until.duration_since(now()).as_secs_f64()), expected);
    };
    let both = |left, reset| [("x-ratelimit-remaining", left), ("x-ratelimit-reset-after", reset)];
    check(&both("0", "1.25"), Some(1.35));
    check(&both("1", "1.25"), None);
    check(&both("0", "-1"), None);
    check(&both("none", "1"), None);
    check(&[("x-ratelimit-remaining", "0")], None);
    check(&[], None);
}

#[test]
fn an_answer_can_be_read_by_people() {
    let check = |answer: Answer, expected: &str| assert_eq!(answer.to_string(), expected);
    check(Answer::Delivered(Receipt { message_id: Some(5), at: now() }), "delivered as 5");
    check(Answer::Delivered(Receipt { message_id: None, at: now() }), "delivered");
    check(
        Answer::Wait { until: now(), scope: Scope::Global },
        "rate limit for every channel until 2024-03-05T08:30:00Z",
    );
    check(Answer::Retry { why: "no connection".into(), maybe_sent: false }, "no connection");
    check(
        Answer::Retry { why: "Discord answered 502".into(), maybe_sent: true },
        "Discord answered 502; whether Discord has the message is not known",
    );
}
