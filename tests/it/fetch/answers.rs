//! What answers mean.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

async fn answered(answer: Answer) -> Fetched {
    let server = Server::start();
    server.put("/x", answer);
    fetch(&server, "/x").await
}

async fn check(answer: Answer, cause: Cause, detail: &str) {
    let failure = failure(answered(answer).await);
    assert_eq!((failure.cause, failure.detail.as_str()), (cause, detail));
}

#[tokio::test]
async fn a_document_comes_with_its_address_type_and_validators() {
    let server = Server::start();
    let answer = Answer::ok("application/atom+xml; charset=x", "<feed/>").etag("\"1\"");
    server.put("/feed?all", answer.header("cache-control", "max-age=600"));
    let fetched = fetch(&server, "/feed?all#top").await;
    assert_eq!(fetched.source, SourceId::from("court"));
    assert_eq!(fetched.url, server.url("/feed?all#top"));
    assert_eq!(fetched.pacing.max_age, Some(Duration::from_mins(10)));
    assert!(fetched.at >= now() && fetched.at < now() + SignedDuration::from_mins(1));
    let document = document(fetched);
    assert_eq!(document.bytes, b"<feed/>");
    assert_eq!(document.content_type.as_deref(), Some("application/atom+xml; charset=x"));
    assert_eq!(document.final_url, server.url("/feed?all"));
    assert_eq!(document.validators, validators(Some(b"\"1\""), None));
}

#[tokio::test]
async fn all_four_encodings_are_undone() {
    let text = "<rss>the same text as ever</rss>";
    let encoded = |name: &str, bytes: Vec<u8>| {
        Answer::ok(FEED, bytes).header("content-encoding", name).header("vary", "accept-encoding")
    };
    for answer in [
        Answer::ok(FEED, text).gzipped(),
        encoded("deflate", deflated(text)),
        encoded("br", brotli_stored(text)),
        encoded("zstd", zstd_stored(text)),
        encoded("identity", text.into()),
    ] {
        assert_eq!(document(answered(answer).await).bytes, text.as_bytes());
    }
}

#[tokio::test]
async fn an_encoding_that_nobody_asked_for_is_not_taken_for_text() {
    for name in ["gzip, gzip", "compress"] {
        let answer = Answer::ok(FEED, "x").header("content-encoding", name);
        let detail = format!("the body is encoded as `{name}`, which nobody asked for");
        check(answer, Cause::Protocol, &detail).await;
    }
}

#[tokio::test]
async fn damaged_compression_is_no_document() {
    let damaged = |body: Vec<u8>| Answer::ok(FEED, body).header("content-encoding", "gzip");
    let mut whole = gzip("<rss>text</rss>");
    assert_eq!(failure(answered(damaged(b"not gzip".into())).await).cause, Cause::Protocol);
    assert_eq!(
        failure(answered(damaged(whole[..whole.len() - 9].into())).await).cause,
        Cause::Protocol
    );
    let checksum = whole.len() - 6;
    whole[checksum] ^= 1;
    assert_eq!(failure(answered(damaged(whole)).await).cause, Cause::Protocol);
}

#[tokio::test]
async fn a_success_without_a_document_is_a_failure() {
    for status in [201, 203, 204, 205, 206, 226, 299] {
        let failure = failure(answered(Answer::status(status)).await);
        assert_eq!(failure.cause, Cause::Status(status));
    }
    check(Answer::status(200), Cause::Protocol, "200 with an empty body").await;
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_a_failure() {
    let detail = "304 to a request without validators";
    check(Answer::status(304), Cause::Protocol, detail).await;
}

#[tokio::test]
async fn refusals_keep_their_status() {
    check(Answer::status(404), Cause::Status(404), "127.0.0.1 answers 404 Not Found").await;
    check(Answer::status(500), Cause::Status(500), "127.0.0.1 answers 500 Internal Server Error")
        .await;
    check(Answer::status(999), Cause::Status(999), "127.0.0.1 answers 999 <unknown status code>")
        .await;
    for status in [300, 305, 401, 403, 451] {
        assert_eq!(failure(answered(Answer::status(status)).await).cause, Cause::Status(status));
    }
}

#[tokio::test]
async fn too_many_requests_says_until_when() {
    let fetched = answered(Answer::status(429).header("retry-after", "3600")).await;
    assert!(matches!(fetched.outcome, Outcome::RateLimited));
    let wait = fetched.pacing.retry_after.unwrap().duration_since(now()).as_secs();
    assert!((3600..3660).contains(&wait), "{wait}");

    let dated = Answer::status(429)
        .header("date", "Sun, 01 Feb 2026 12:00:00 GMT")
        .header("retry-after", "Sun, 01 Feb 2026 12:30:00 GMT");
    let wait = answered(dated).await.pacing.retry_after.unwrap().duration_since(now()).as_secs();
    assert!((1800..1860).contains(&wait), "{wait}");

    let fetched = answered(Answer::status(429).header("retry-after", "-1")).await;
    assert!(matches!(fetched.outcome, Outcome::RateLimited));
    assert_eq!(fetched.pacing.retry_after, None);
}

#[tokio::test]
async fn unavailable_may_say_until_when_too() {
    let fetched = answered(Answer::status(503).header("retry-after", "60")).await;
    assert!(fetched.pacing.retry_after.is_some());
    assert_eq!(failure(fetched).cause, Cause::Status(503));
}

#[tokio::test]
async fn gone_is_gone() {
    assert!(matches!(answered(Answer::status(410)).await.outcome, Outcome::Gone));
}

#[tokio::test]
async fn a_challenge_is_told_from_a_refusal() {
    let page = |status, text: &str| {
        Answer::status(status).header("content-type", "text/html; charset=utf-8").body(text)
    };
    let by_header = Answer::status(403).header("cf-mitigated", "challenge");
    let detail = "127.0.0.1 answers 403 Forbidden and wants a browser to prove itself";
    check(by_header, Cause::Challenge, detail).await;
    let by_words = page(403, "<title>Just a moment...</title>");
    check(by_words, Cause::Challenge, detail).await;
    let gzipped = page(503, "<script src=/cdn-cgi/challenge-platform/x></script>").gzipped();
    assert_eq!(failure(answered(gzipped).await).cause, Cause::Challenge);
    let plain = page(403, "<h1>You may not read this</h1>");
    check(plain, Cause::Status(403), "127.0.0.1 answers 403 Forbidden").await;
    let missing = page(404, "<title>No page about captcha law</title>");
    check(missing, Cause::Status(404), "127.0.0.1 answers 404 Not Found").await;
}

#[tokio::test]
async fn an_answer_that_breaks_http_is_a_failure() {
    let short = Answer::ok(FEED, "<rss>cut off here</rss>").cut(7);
    assert_eq!(failure(answered(short).await).cause, Cause::Protocol);
    let long_header = Answer::ok(FEED, "x").header("x-long", "y".repeat(1_000_000));
    assert_eq!(failure(answered(long_header).await).cause, Cause::Protocol);
    let mut many_headers = Answer::ok(FEED, "x");
    for number in 0..300 {
        many_headers = many_headers.header(&format!("x-{number}"), "y");
    }
    assert_eq!(failure(answered(many_headers).await).cause, Cause::Protocol);
    let breaks = [
        "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "<rss>of the days of HTTP/0.9</rss>",
    ];
    for text in breaks {
        assert_eq!(failure(answered(Answer::raw(text)).await).cause, Cause::Protocol, "{text}");
    }
}

#[tokio::test]
async fn early_hints_are_no_answer() {
    let hints = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(3);
    let text = format!("{hints}HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
    assert_eq!(document(answered(Answer::raw(text)).await).bytes, b"hello");
}

#[tokio::test]
async fn without_a_connection_the_reason_is_named() {
    let url: Url = format!("http://{}/", nobody()).parse().unwrap();
    let refused = failure(fetcher().fetch(&request(url), now()).await);
    assert_eq!(refused.cause, Cause::Connect);
    assert_eq!(refused.detail, "127.0.0.1: Connection refused");

    let silent = failure(answered(Answer::close()).await);
    assert_eq!(silent.cause, Cause::Protocol);
}

#[tokio::test]
async fn a_server_without_tls_is_no_https_server() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: Url = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        // Hanging up with the greeting unread would reset the connection under the answer.
        let _greeting = stream.read(&mut [0; 4096]).await;
    });
    let failure = failure(fetcher().fetch(&request(url), now()).await);
    assert_eq!(failure.cause, Cause::Tls, "{}", failure.detail);
    plain.await.unwrap();
}

fn gzip(text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn deflated(text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A Brotli stream (RFC 7932, 9.2) of one stored block: window of 16 bits, not last, a length of
/// four nibbles, uncompressed; then an empty last block.
fn brotli_stored(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() - 1).unwrap();
    let header = (length << 4 | 1 << 20).to_le_bytes();
    [&header[..3], text.as_bytes(), &[0b11]].concat()
}

/// A Zstandard frame (RFC 8878, 3.1.1) of one raw block: a single segment whose size is one byte.
fn zstd_stored(text: &str) -> Vec<u8> {
    let size = u8::try_from(text.len()).unwrap();
    let block = (u32::from(size) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, size], &block[..3], text.as_bytes()].concat()
}
