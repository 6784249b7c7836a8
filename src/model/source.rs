//! Who to ask, what to ask, and what came back.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::{BodyId, OwnerId, SourceId};

/// One entry of `sources.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name in config, logs and messages.
    pub id: SourceId,
    /// Feed or page.
    pub kind: SourceKind,
    /// Where it is found, in order of preference; never empty.
    pub urls: Vec<Url>,
    /// How often to ask, unless the server wants it slower.
    pub every: Duration,
    /// The body whose official voice this is; `None` for the press.
    pub voice: Option<BodyId>,
    /// Who publishes it: reports of one owner count once.
    pub owner: OwnerId,
}

/// What a source serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// RSS, RDF, Atom or JSON Feed.
    Feed,
    /// A web page, read with a recipe of selectors.
    Page,
}

/// The two validators of a response, kept and sent back byte for byte (RFC 9110, 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The value of `ETag`, quotes included.
    pub etag: Option<Vec<u8>>,
    /// The value of `Last-Modified`, verbatim.
    pub last_modified: Option<Vec<u8>>,
}

/// What to ask now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRequest {
    /// For whom.
    pub source: SourceId,
    /// Feed or page: decides the `Accept` header.
    pub kind: SourceKind,
    /// The address to ask.
    pub url: Url,
    /// The validators of the last good answer and the address that gave them. They are sent to
    /// that very address only, be it [`FetchRequest::url`] or one that it redirects to; `None`
    /// for an unconditional request.
    pub validators: Option<(Url, Validators)>,
}

/// What came back. Failure is one of the values, never an error.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// For whom.
    pub source: SourceId,
    /// The address that was asked.
    pub url: Url,
    /// When the answer was complete.
    pub at: Timestamp,
    /// What it was.
    pub outcome: Outcome,
    /// What the server said of when to come back.
    pub pacing: Pacing,
}

/// The outcomes of a fetch.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// 200 with a document.
    Body(Document),
    /// 304; validators that it carried replace the old ones, those that it left out stay.
    NotModified(Validators),
    /// 429: ask this host again only after [`Pacing::retry_after`].
    RateLimited,
    /// 410: do not ask this address again.
    Gone,
    /// Anything else, with the reason and what an operator should do.
    Failed(Failure),
}

/// A document as received, decompressed but not decoded.
#[derive(Clone, Debug)]
pub struct Document {
    /// The decoded (decompressed) bytes.
    pub bytes: Vec<u8>,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// The address that gave it, after redirects: the base of its relative links.
    pub final_url: Url,
    /// Its validators.
    pub validators: Validators,
}

/// What the server said of pace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pacing {
    /// How long the answer stays fresh: `Cache-Control: max-age` less `Age`, or `Expires`.
    pub max_age: Option<Duration>,
    /// The earliest moment of the next request, from `Retry-After`.
    pub retry_after: Option<Timestamp>,
}

/// Why a fetch brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, for programs.
    pub cause: Cause,
    /// What went wrong, in a sentence fragment for people (`connection refused by 203.0.113.7:443`).
    pub detail: String,
}

/// The causes of a failed fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The address is private, a forbidden port or not http(s): no connection was made.
    Refused,
    /// The name does not resolve.
    Dns,
    /// No connection.
    Connect,
    /// TLS failed: certificate, name or protocol.
    Tls,
    /// A deadline passed or the answer came too slowly.
    Timeout,
    /// The decoded body is larger than the cap.
    TooLarge,
    /// A status that is no success, rate limit or 410.
    Status(u16),
    /// Too many redirects, a loop, or a `Location` that is none.
    Redirect,
    /// A bot challenge instead of the document.
    Challenge,
    /// The answer breaks HTTP or its compression is damaged.
    Protocol,
}

impl Failure {
    /// What an operator should do about it.
    pub fn mend(&self) -> &'static str {
        match self.cause {
            Cause::Refused => {
                "use a public http(s) address on port 80, 443, 8080 or 8443, or list its network in poll.allow_private"
            }
            Cause::Dns => "check the host name in sources.toml",
            Cause::Connect => "nothing, if it passes; else check whether the site still exists",
            Cause::Tls => {
                "open the address in a browser; a certificate error is the site's to mend"
            }
            Cause::Timeout => "nothing, if it passes; else the site is too slow or silent",
            Cause::TooLarge => "name a smaller feed or page of this site",
            Cause::Status(401 | 403) => {
                "the site refuses programs here; look for a feed or a fallback address"
            }
            Cause::Status(404) => "the address is wrong or has moved; find the new one",
            Cause::Status(500..) => "nothing, if it passes; the site is in trouble",
            Cause::Status(_) => "open the address in a browser and correct it",
            Cause::Redirect => "put the final address into sources.toml",
            Cause::Challenge => "the site challenges programs; look for its feed or a fallback",
            Cause::Protocol => "nothing, if it passes; else report it to the site",
        }
    }
}

/// What is remembered of a source between polls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRecord {
    /// The address and validators of the last good answer.
    pub validators: Option<(Url, Validators)>,
    /// BLAKE3 of the last good body: the same bytes need no reading.
    pub body_hash: Option<[u8; 32]>,
    /// When the first document of this source was read, empty or not. Until then items are
    /// remembered but not told.
    pub baseline: Option<Timestamp>,
    /// When to ask next.
    pub next_due: Option<Timestamp>,
    /// A server forbade asking before this moment, by `Retry-After`.
    pub forbidden_until: Option<Timestamp>,
    /// Every address answered 410.
    pub gone: bool,
    /// The addresses that answered 410.
    pub gone_addresses: Vec<Url>,
    /// The addresses that were configured when it was last asked: what is remembered of its pace
    /// holds for these.
    pub addresses: Vec<Url>,
    /// Failures in a row.
    pub failures: u32,
    /// Which of the addresses is in use, as an index into [`Source::urls`].
    pub address: usize,
    /// When it was last asked.
    pub last_asked: Option<Timestamp>,
    /// When it last answered well.
    pub last_good: Option<Timestamp>,
    /// When it last brought something new.
    pub last_new: Option<Timestamp>,
    /// The last outcome in words, for people.
    pub last_outcome: String,
    /// How many postings its last document had.
    pub postings: u32,
    /// Marks of the headlines of its last document, sorted: a site that renames all its ids at once
    /// is known by them.
    pub titles: Vec<u64>,
}
