//! Where requests go: redirects, and addresses that are never connected to.

use super::*;

/// Fetches with the usual policy, which allows nothing private.
async fn guarded(url: &str) -> Failure {
    thread_local! {
        static GUARDED: Rc<Fetcher> = Rc::new(Fetcher::new(Policy::new("test")).unwrap());
    }
    failure(GUARDED.with(Rc::clone).fetch(&request(url.parse().unwrap()), now()).await)
}

#[tokio::test]
async fn redirects_are_followed_to_the_document() {
    let (first, second) = (Server::start(), Server::start());
    first.put("/1", Answer::redirect(301, "2"));
    first.put("/2", Answer::redirect(307, "/deep/3?q"));
    first.put("/deep/3", Answer::redirect(308, second.url("/4").as_str()));
    second.put("/4", Answer::redirect(303, "/5"));
    second.put("/5", Answer::redirect(302, "/6#here"));
    second.put("/6", Answer::ok(FEED, "<rss/>").etag("\"6\""));
    let document = document(fetch(&first, "/1").await);
    assert_eq!(document.final_url, second.url("/6"));
    assert_eq!(document.validators, validators(Some(b"\"6\""), None));
}

#[tokio::test]
async fn validators_reach_the_address_that_gave_them_and_no_hop_before() {
    let server = Server::start();
    server.put("/old", Answer::redirect(301, "/new"));
    server.put("/new", Answer::ok(FEED, "<rss/>").etag("\"1\""));
    let first = document(fetch(&server, "/old").await);
    let validators = Some((first.final_url, first.validators));
    let again = FetchRequest { validators, ..request(server.url("/old")) };
    let second = fetcher().fetch(&again, now()).await;
    assert!(matches!(second.outcome, Outcome::NotModified(_)));
    let sent = server.requests();
    assert_eq!(sent[2].target, "/old");
    assert_eq!(sent[2].header("if-none-match"), None);
    assert_eq!(sent[3].header("if-none-match"), Some(&b"\"1\""[..]));
}

#[tokio::test]
async fn loops_and_endless_chains_end() {
    let server = Server::answering(|request| match request.path() {
        "/self" => Answer::redirect(302, "/self"),
        "/a" => Answer::redirect(302, "/b"),
        "/b" => Answer::redirect(302, "/a"),
        _ => Answer::redirect(302, &format!("{}x", request.target)),
    });
    for (path, requests) in [("/self", 1), ("/a", 2), ("/chain", 6)] {
        let before = server.requests().len();
        assert_eq!(failure(fetch(&server, path).await).cause, Cause::Redirect);
        assert_eq!(server.requests().len() - before, requests, "{path}");
    }
}

#[tokio::test]
async fn a_redirect_to_no_single_place_is_a_failure() {
    let server = Server::start();
    server.put("/none", Answer::status(302));
    server.put("/empty", Answer::redirect(302, ""));
    server.put("/two", Answer::redirect(302, "/x").header("location", "/y"));
    for path in ["/none", "/empty", "/two"] {
        assert_eq!(failure(fetch(&server, path).await).cause, Cause::Redirect);
    }
}

#[tokio::test]
async fn a_redirect_leads_nowhere_that_a_first_request_may_not_go() {
    let server = Server::start();
    let port = server.address().port();
    let targets = [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:192.168.0.1]/",
        "//192.168.0.1/x",
        "\\\\192.168.0.1\\x",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        "http://user:pass@127.0.0.1/",
        "http://1.1.1.1:25/",
    ];
    for target in targets {
        server.put("/away", Answer::redirect(302, target));
        let failure = failure(fetch(&server, "/away").await);
        assert_eq!(failure.cause, Cause::Refused, "{target}: {}", failure.detail);
    }
    assert_eq!(server.requests().len(), targets.len(), "port {port} saw only the first hops");
}

#[tokio::test]
async fn private_literals_are_refused_in_every_spelling_and_never_connected_to() {
    let server = Server::start();
    let port = server.address().port();
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "①②⑦.⓪.⓪.①",
        "0",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
    ];
    for host in hosts {
        for authority in [host.to_owned(), format!("{host}:{port}"), format!("{host}:8080")] {
            let failure = guarded(&format!("http://{authority}/")).await;
            assert_eq!(failure.cause, Cause::Refused, "{authority}: {}", failure.detail);
        }
    }
    assert_eq!(server.accepts(), 0);
}

#[tokio::test]
async fn names_of_private_addresses_are_refused_after_resolution() {
    for name in ["localhost", "LOCALHOST"] {
        let failure = guarded(&format!("http://{name}:8080/")).await;
        assert_eq!(failure.cause, Cause::Refused, "{}", failure.detail);
        assert!(failure.detail.contains("is not a public address"), "{}", failure.detail);
    }
    // Not every resolver knows the name with its root.
    let rooted = guarded("http://localhost.:8080/").await;
    assert!(matches!(rooted.cause, Cause::Refused | Cause::Dns), "{}", rooted.detail);
}

#[tokio::test]
async fn names_on_unusual_ports_are_refused_outside_of_allowed_networks() {
    let server = Server::start();
    let url = format!("http://localhost:{}/", server.address().port());
    assert_eq!(guarded(&url).await.cause, Cause::Refused);
    let elsewhere = vec!["10.0.0.0/8".parse().unwrap()];
    let fetcher = Fetcher::new(Policy { allow_private: elsewhere, ..policy() }).unwrap();
    let failure = failure(fetcher.fetch(&request(url.parse().unwrap()), now()).await);
    assert_eq!(failure.cause, Cause::Refused);
    assert!(failure.detail.contains("is not in poll.allow_private"), "{}", failure.detail);
    assert_eq!(server.accepts(), 0);
}

#[tokio::test]
async fn allowed_networks_are_reached_by_literal_and_by_name() {
    let server = Server::start();
    server.put("/feed", Answer::ok(FEED, "<rss/>"));
    document(fetch(&server, "/feed").await);
    let named = format!("http://localhost:{}/feed", server.address().port());
    document(fetcher().fetch(&request(named.parse().unwrap()), now()).await);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_a_dns_failure() {
    // RFC 6761 keeps `invalid` for this; a machine without any resolver says the same.
    let failure = guarded("http://nowhere.invalid/").await;
    assert_eq!(failure.cause, Cause::Dns, "{}", failure.detail);
}
