//! Decides what a request says of itself: the user agent, the wanted types and the validators.
//! Nothing else is ever sent; compression is the client's own header.

use reqwest::header::{
    ACCEPT, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
};
use url::Url;

use crate::model::{FetchRequest, SourceKind};

/// The types of a feed, formats of its own before general ones; whatever else it has comes last.
const FEED: HeaderValue = HeaderValue::from_static(
    "application/rss+xml, application/atom+xml, application/feed+json, \
     application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, \
     application/json;q=0.7, */*;q=0.1",
);

/// The types of a page.
const PAGE: HeaderValue =
    HeaderValue::from_static("text/html, application/xhtml+xml;q=0.9, */*;q=0.1");

/// The user agent: name, version and where to complain, the same on every request.
pub(super) fn user_agent(contact: &str) -> Option<HeaderValue> {
    let text = format!("haguewatch/{} (+{contact})", env!("CARGO_PKG_VERSION"));
    HeaderValue::from_str(&text).ok()
}

/// The headers of the request to one address of a fetch.
///
/// Validators are opaque (RFC 9110, 13.1): they go out as they came in, and only to the address
/// that gave them. An invented one would make servers answer in full for ever.
pub(super) fn headers(request: &FetchRequest, here: &Url) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = match request.kind {
        SourceKind::Feed => FEED,
        SourceKind::Page => PAGE,
    };
    headers.insert(ACCEPT, accept);
    if let Some((_, validators)) = request.validators.as_ref().filter(|(of, _)| of == here) {
        put(&mut headers, IF_NONE_MATCH, validators.etag.as_deref());
        put(&mut headers, IF_MODIFIED_SINCE, validators.last_modified.as_deref());
    }
    headers
}

/// Whether a request with these headers may be answered with 304.
pub(super) fn is_conditional(headers: &HeaderMap) -> bool {
    headers.contains_key(IF_NONE_MATCH) || headers.contains_key(IF_MODIFIED_SINCE)
}

/// Adds a validator, unless its bytes cannot stand in a header, which none that came out of one
/// can be.
fn put(headers: &mut HeaderMap, name: HeaderName, value: Option<&[u8]>) {
    if let Some(value) = value.and_then(|bytes| HeaderValue::from_bytes(bytes).ok()) {
        headers.insert(name, value);
    }
}
