//! Decides what an answer means: status and headers to an [`Outcome`].

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{
    Response,
    header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED},
};

use super::{body, pacing::pacing};
use crate::model::{Cause, Document, Failure, Outcome, Pacing, Validators};

/// How much of an error page is read to tell a challenge from a refusal.
const ERROR_PAGE: u64 = 64 * 1024;

/// How long an error page is waited for. What its head says is worth more than the page: a slow
/// one must not cost the `Retry-After` that came before it.
const ERROR_PAGE_PATIENCE: Duration = Duration::from_secs(5);

/// What pages say that want a browser to prove itself, in lower case.
const CHALLENGE_MARKS: &[&str] = &[
    "just a moment",
    "cf-chl",
    "challenge-platform",
    "captcha",
    "enable javascript and cookies",
    "verify you are human",
    "verifying you are human",
    "checking your browser",
    "_incapsula_resource",
    "ddos-guard",
];

/// What was asked, as far as it bears on the meaning of the answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Whether the request carried a validator.
    pub(super) conditional: bool,
    /// The largest decoded body that is taken, in bytes.
    pub(super) max_body: u64,
    /// When the head of the answer was there.
    pub(super) at: Timestamp,
}

/// The meaning of an answer that is no redirect. Reads its body where it matters.
pub(super) async fn conclude(response: Response, asked: Asked) -> (Outcome, Pacing) {
    let pacing = pacing(response.status(), response.headers(), asked.at);
    let outcome = match response.status().as_u16() {
        200 => document(response, asked.max_body).await.map_or_else(Outcome::Failed, Outcome::Body),
        304 if asked.conditional => Outcome::NotModified(validators(response.headers())),
        304 => Outcome::Failed(Failure {
            cause: Cause::Protocol,
            detail: "304 to a request without validators".into(),
        }),
        429 => Outcome::RateLimited,
        410 => Outcome::Gone,
        _ => Outcome::Failed(refusal(response).await),
    };
    (outcome, pacing)
}

async fn document(response: Response, max_body: u64) -> Result<Document, Failure> {
    let broken = |detail: String| Failure { cause: Cause::Protocol, detail };
    // The client takes this header away once it has undone it; what stays is still encoded.
    let encoding = text(response.headers(), &CONTENT_ENCODING).unwrap_or_default();
    if !matches!(encoding.to_ascii_lowercase().as_str(), "" | "identity") {
        return Err(broken(format!("the body is encoded as `{encoding}`, which nobody asked for")));
    }
    let content_type = text(response.headers(), &CONTENT_TYPE);
    let validators = validators(response.headers());
    let final_url = response.url().clone();
    let bytes = body::read(response, max_body).await?;
    if bytes.is_empty() {
        return Err(broken("200 with an empty body".into()));
    }
    Ok(Document { bytes, content_type, final_url, validators })
}

/// Why a status other than 200, 304, 410 and 429 brings nothing.
async fn refusal(response: Response) -> Failure {
    let status = response.status();
    let host = response.url().host_str().unwrap_or_default().to_owned();
    if is_challenge(response).await {
        let detail = format!("{host} answers {status} and wants a browser to prove itself");
        return Failure { cause: Cause::Challenge, detail };
    }
    Failure { cause: Cause::Status(status.as_u16()), detail: format!("{host} answers {status}") }
}

/// Whether an answer is a challenge to programs: it says so in a header, or it is a page with the
/// usual words beside a status that means refusal.
async fn is_challenge(response: Response) -> bool {
    if text(response.headers(), &HeaderName::from_static("cf-mitigated")).as_deref()
        == Some("challenge")
    {
        return true;
    }
    let status = response.status();
    let refuses = [401, 403, 503].contains(&status.as_u16());
    let html = text(response.headers(), &CONTENT_TYPE)
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("text/html"));
    if !refuses || !html {
        return false;
    }
    let page = body::read_start(response, ERROR_PAGE, ERROR_PAGE_PATIENCE).await;
    let page = String::from_utf8_lossy(&page).to_lowercase();
    CHALLENGE_MARKS.iter().any(|mark| page.contains(mark))
}

/// The validators of an answer, byte for byte; a header without a value is none.
fn validators(headers: &HeaderMap) -> Validators {
    let value = |name| {
        let bytes = headers.get(name)?.as_bytes();
        (!bytes.is_empty()).then(|| bytes.to_vec())
    };
    Validators { etag: value(ETAG), last_modified: value(LAST_MODIFIED) }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
