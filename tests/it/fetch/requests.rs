//! What a request says, and what it never says.

use super::*;

/// Fetches twice, as a poller does: the second time with what the first one gave.
async fn twice(answer: Answer) -> (Outcome, Request) {
    let server = Server::start();
    server.put("/feed", answer);
    let first = document(fetch(&server, "/feed").await);
    let validators = Some((first.final_url, first.validators));
    let again = FetchRequest { validators, ..request(server.url("/feed")) };
    let second = fetcher().fetch(&again, now()).await;
    (second.outcome, server.requests().pop().unwrap())
}

/// The validators come back as the very bytes that were given out, and are understood.
async fn check(etag: Option<&[u8]>, last_modified: Option<&[u8]>) {
    let mut answer = Answer::ok(FEED, "<rss/>");
    if let Some(value) = etag {
        answer = answer.etag(value);
    }
    if let Some(value) = last_modified {
        answer = answer.last_modified(value);
    }
    let (outcome, sent) = twice(answer).await;
    assert_eq!(sent.header("if-none-match"), etag);
    assert_eq!(sent.header("if-modified-since"), last_modified);
    assert!(matches!(outcome, Outcome::NotModified(_)), "{outcome:?}");
}

const DAY: &[u8] = b"Mon, 02 Feb 2026 11:00:00 GMT";

#[tokio::test]
async fn both_validators_go_back_verbatim() {
    check(Some(b"\"abc\""), Some(DAY)).await;
}

#[tokio::test]
async fn one_validator_goes_back_alone() {
    check(Some(b"\"abc\""), None).await;
    check(None, Some(DAY)).await;
}

#[tokio::test]
async fn odd_validators_are_not_mended() {
    let odd: [&[u8]; 6] =
        [b"W/\"x\"", b"unquoted", b"\"\"", b"\"caf\xe9\"", b"\"a, b\\c\"  \"d\"", b"w/\"x\"-gzip"];
    for etag in odd {
        check(Some(etag), Some(b"yesterday at noon")).await;
    }
}

#[tokio::test]
async fn without_validators_none_are_invented() {
    let (outcome, sent) = twice(Answer::ok(FEED, "<rss/>")).await;
    assert!(matches!(outcome, Outcome::Body(_)));
    assert_eq!(sent.header("if-none-match"), None);
    assert_eq!(sent.header("if-modified-since"), None);
}

#[tokio::test]
async fn a_304_may_bring_new_validators_or_leave_them_out() {
    let server = Server::start();
    let known = Some((server.url("/feed"), validators(Some(b"\"1\""), Some(DAY))));
    let again = FetchRequest { validators: known, ..request(server.url("/feed")) };
    server.queue("/feed", [Answer::status(304).etag("\"2\""), Answer::status(304)]);
    for expected in [validators(Some(b"\"2\""), None), validators(None, None)] {
        match fetcher().fetch(&again, now()).await.outcome {
            Outcome::NotModified(found) => assert_eq!(found, expected),
            other => panic!("304 was answered: {other:?}"),
        }
    }
}

#[tokio::test]
async fn validators_of_another_address_stay_here() {
    let server = Server::start();
    server.put("/feed", Answer::ok(FEED, "<rss/>"));
    let other = Some((server.url("/old"), validators(Some(b"\"1\""), Some(DAY))));
    let asked = FetchRequest { validators: other, ..request(server.url("/feed")) };
    document(fetcher().fetch(&asked, now()).await);
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.header("if-none-match"), None);
    assert_eq!(sent.header("if-modified-since"), None);
}

#[tokio::test]
async fn it_says_who_it_is_and_what_it_reads() {
    let server = Server::start();
    fetch(&server, "/feed").await;
    let page = FetchRequest { kind: SourceKind::Page, ..request(server.url("/page")) };
    fetcher().fetch(&page, now()).await;
    let sent = server.requests();
    let agent = format!("haguewatch/{} (+https://bot.example/about)", env!("CARGO_PKG_VERSION"));
    for request in &sent {
        assert_eq!(request.method, "GET");
        assert_eq!(request.text("user-agent"), agent);
        for encoding in ["gzip", "br", "zstd", "deflate"] {
            assert!(request.text("accept-encoding").contains(encoding));
        }
    }
    assert!(sent[0].text("accept").starts_with("application/rss+xml, application/atom+xml,"));
    assert!(sent[0].text("accept").contains("application/feed+json"));
    assert!(sent[1].text("accept").starts_with("text/html,"));
}

#[tokio::test]
async fn it_says_nothing_else() {
    let server = Server::start();
    let cookie = |answer: Answer| answer.header("set-cookie", "id=1; Path=/");
    server.put("/secret?key=1", cookie(Answer::redirect(302, "/feed#fragment")));
    server.put("/feed", cookie(Answer::ok(FEED, "<rss/>")));
    let fetcher = fetcher();
    for _ in 0..2 {
        document(fetcher.fetch(&request(server.url("/secret?key=1#part")), now()).await);
    }
    let sent = server.requests();
    let targets: Vec<&str> = sent.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, ["/secret?key=1", "/feed", "/secret?key=1", "/feed"]);
    for request in &sent {
        let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
        assert!(request.body.is_empty());
    }
}

#[test]
fn a_contact_that_no_header_can_carry_is_refused() {
    let error = Fetcher::new(Policy::new("line\nbreak")).unwrap_err();
    assert!(error.to_string().starts_with("poll.contact"));
}
