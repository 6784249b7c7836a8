//! Fetching against scripted servers: what goes out, what comes back, and what never happens.

use std::{rc::Rc, time::Duration};

use haguewatch::{
    fetch::{Fetcher, LocalError, Policy, get_local},
    model::{
        Cause, Document, Failure, FetchRequest, Fetched, Outcome, SourceId, SourceKind, Validators,
    },
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::world::{
    answer::Answer,
    server::{Request, Server},
};

mod answers;
mod hops;
mod limits;
mod requests;

const FEED: &str = "application/rss+xml";

fn now() -> Timestamp {
    "2026-02-02T12:00:00Z".parse().unwrap()
}

/// The usual policy with loopback allowed.
fn policy() -> Policy {
    let allow_private = vec!["127.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
    Policy { allow_private, ..Policy::new("https://bot.example/about") }
}

/// A fetcher with that policy, one a test: making one reads the system's certificates.
fn fetcher() -> Rc<Fetcher> {
    thread_local! {
        static FETCHER: Rc<Fetcher> = Rc::new(Fetcher::new(policy()).unwrap());
    }
    FETCHER.with(Rc::clone)
}

fn request(url: Url) -> FetchRequest {
    FetchRequest { source: SourceId::from("court"), kind: SourceKind::Feed, url, validators: None }
}

async fn fetch(server: &Server, path: &str) -> Fetched {
    fetcher().fetch(&request(server.url(path)), now()).await
}

fn document(fetched: Fetched) -> Document {
    match fetched.outcome {
        Outcome::Body(document) => document,
        other => panic!("a document was expected: {other:?}"),
    }
}

fn failure(fetched: Fetched) -> Failure {
    match fetched.outcome {
        Outcome::Failed(failure) => failure,
        other => panic!("a failure was expected: {other:?}"),
    }
}

/// The validators, given as text.
fn validators(etag: Option<&[u8]>, last_modified: Option<&[u8]>) -> Validators {
    Validators { etag: etag.map(<[u8]>::to_vec), last_modified: last_modified.map(<[u8]>::to_vec) }
}

#[tokio::test]
async fn a_daemon_is_asked_on_loopback() {
    let server = Server::start();
    server.put("/api/v1/ledger", Answer::ok("application/json", "[]"));
    server.put("/hold", Answer::hold());
    server.put("/raw", Answer::raw("no HTTP at all\r\n\r\n"));
    let address = server.address();

    assert_eq!(get_local(address, "/api/v1/ledger?as_of=today").await.unwrap(), (200, "[]".into()));
    assert_eq!(get_local(address, "/none").await.unwrap(), (404, String::new()));
    let anywhere = ([0, 0, 0, 0], address.port()).into();
    assert_eq!(get_local(anywhere, "/none").await.unwrap().0, 404);
    assert!(matches!(get_local(address, "/raw").await, Err(LocalError::Broken { .. })));
    assert!(matches!(get_local(address, "/hold").await, Err(LocalError::Slow(_))));
    assert!(matches!(get_local(nobody(), "/").await, Err(LocalError::Silent(_))));
}

/// An address on which nobody listens.
fn nobody() -> std::net::SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
