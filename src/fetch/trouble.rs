//! Turns the client's errors into causes and sentences.

use std::{error::Error, io, iter};

use url::Url;

use super::guard::RefusedAddress;
use crate::model::{Cause, Failure};

/// Why a request brought no answer, or an answer no body.
pub(super) fn explain(error: &reqwest::Error, url: &Url) -> Failure {
    let host = url.host_str().unwrap_or_default();
    if let Some(refused) = chain(error).find_map(|cause| cause.downcast_ref::<RefusedAddress>()) {
        return Failure { cause: Cause::Refused, detail: format!("{host}: {refused}") };
    }
    let cause = cause(error);
    let reason = match cause {
        Cause::Timeout if error.is_connect() => "no connection in time".into(),
        Cause::Timeout => "no answer in time".into(),
        _ => innermost(error),
    };
    Failure { cause, detail: format!("{host}: {reason}") }
}

fn cause(error: &reqwest::Error) -> Cause {
    // A connection that breaks before the answer is a connection that failed; one that breaks in
    // its middle has damaged the answer.
    let unanswered = error.is_request() && chain(error).any(<dyn Error>::is::<io::Error>);
    if error.is_timeout() {
        Cause::Timeout
    } else if error.is_dns() {
        Cause::Dns
    } else if error.is_connect() && speaks_of_tls(error) {
        Cause::Tls
    } else if error.is_connect() || unanswered {
        Cause::Connect
    } else {
        Cause::Protocol
    }
}

/// Whether a failed connection failed in TLS. The TLS library's errors have no type that could
/// be named here, so their words decide; a refused connection never has these.
fn speaks_of_tls(error: &reqwest::Error) -> bool {
    let words = ["ssl", "tls", "certificate", "handshake"];
    chain(error).skip(1).any(|cause| {
        let text = cause.to_string().to_ascii_lowercase();
        words.iter().any(|word| text.contains(word))
    })
}

/// The innermost reason, without the number that the system gives it.
fn innermost(error: &reqwest::Error) -> String {
    let reason = chain(error).last().map(ToString::to_string).unwrap_or_default();
    match reason.rfind(" (os error ") {
        Some(end) => reason[..end].to_owned(),
        None => reason,
    }
}

/// An error and what caused it, outermost first.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    iter::successors(Some(first), |&error| error.source())
}
