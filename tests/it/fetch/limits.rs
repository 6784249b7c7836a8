//! What no server can make it do: wait for ever, fill the memory, crowd one host.

use std::time::Instant;

use super::*;

const SHORT: Duration = Duration::from_millis(250);

async fn patiently(policy: Policy, answer: Answer) -> Failure {
    let server = Server::start();
    server.put("/x", answer);
    failure(Fetcher::new(policy).unwrap().fetch(&request(server.url("/x")), now()).await)
}

#[tokio::test]
async fn a_gzip_bomb_stops_at_the_cap() {
    let bomb = Answer::ok(FEED, vec![b' '; 16 * 1024 * 1024]).gzipped();
    let failure = patiently(policy(), bomb).await;
    assert_eq!(failure.cause, Cause::TooLarge);
    assert_eq!(failure.detail, "the body is larger than 8388608 bytes");
}

#[tokio::test]
async fn the_cap_is_exact() {
    let small = Fetcher::new(Policy { max_body: 1000, ..policy() }).unwrap();
    let over = vec![b'x'; 1001];
    let server = Server::start();
    server.put("/full", Answer::ok(FEED, vec![b'x'; 1000]));
    server.put("/counted", Answer::ok(FEED, over.clone()));
    server.put("/gzip", Answer::ok(FEED, over.clone()).gzipped());
    server.put("/open", Answer::raw([b"HTTP/1.1 200 OK\r\n\r\n", &over[..]].concat()));
    let full = small.fetch(&request(server.url("/full")), now()).await;
    assert_eq!(document(full).bytes.len(), 1000);
    for path in ["/counted", "/gzip", "/open"] {
        let failure = failure(small.fetch(&request(server.url(path)), now()).await);
        assert_eq!(failure.cause, Cause::TooLarge, "{path}");
    }
}

#[tokio::test]
async fn silence_ends_at_the_read_timeout() {
    let failure = patiently(Policy { read_timeout: SHORT, ..policy() }, Answer::hold()).await;
    assert_eq!(failure.cause, Cause::Timeout);
    assert_eq!(failure.detail, "127.0.0.1: no answer in time");
}

#[tokio::test]
async fn a_drip_ends_at_the_total_deadline() {
    let drip = Answer::ok(FEED, vec![b'x'; 1000]).drip(SHORT / 10);
    let patience = Policy { read_timeout: SHORT, total_timeout: SHORT * 2, ..policy() };
    let failure = patiently(patience, drip).await;
    assert_eq!(failure.cause, Cause::Timeout);
}

#[tokio::test]
async fn an_error_page_that_drips_ends_too() {
    let page = Answer::status(403).header("content-type", "text/html").body(vec![b'x'; 1000]);
    let patience = Policy { total_timeout: SHORT, ..policy() };
    assert_eq!(patiently(patience, page.drip(SHORT / 10)).await.cause, Cause::Timeout);
}

#[tokio::test]
async fn redirects_share_one_deadline() {
    let server = Server::answering(|request| {
        std::thread::sleep(SHORT / 2);
        Answer::redirect(302, &format!("{}x", request.target))
    });
    let fetcher = Fetcher::new(Policy { total_timeout: SHORT, ..policy() }).unwrap();
    let failure = failure(fetcher.fetch(&request(server.url("/")), now()).await);
    assert_eq!(failure.cause, Cause::Timeout);
}

#[tokio::test]
async fn one_host_gets_two_requests_at_once() {
    let server = Server::start();
    server.put("/hold", Answer::hold());
    server.put("/feed", Answer::ok(FEED, "<rss/>"));
    let patience = SHORT * 4;
    let fetcher = Fetcher::new(Policy { total_timeout: patience, ..policy() }).unwrap();
    let (hold, feed) = (request(server.url("/hold")), request(server.url("/feed")));
    let begun = Instant::now();
    let third = async { (fetcher.fetch(&feed, now()).await, begun.elapsed()) };
    let (first, second, (third, waited)) =
        tokio::join!(fetcher.fetch(&hold, now()), fetcher.fetch(&hold, now()), third);
    assert_eq!(failure(first).cause, Cause::Timeout);
    assert_eq!(failure(second).cause, Cause::Timeout);
    assert!(waited >= patience, "the third waited for one of the two: {waited:?}");
    document(third);
}
