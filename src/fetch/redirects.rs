//! Follows redirects: decides from one answer's status and `Location` where to ask next.
//!
//! The client follows none by itself, because it would carry the validators and a `Referer` along
//! and would not ask the guard. Every hop is a request of its own here, vetted as the first was.

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderValue, LOCATION},
};
use url::Url;

use crate::model::{Cause, Failure};

/// How many redirects are followed. Real sites need one or two (to https, to `www`); browsers
/// allow twenty, which only ever helps a loop.
const MOST_HOPS: usize = 5;

/// The addresses of one fetch, from the one that was asked to the one that answers.
#[derive(Clone, Debug)]
pub(super) struct Trail {
    visited: Vec<Url>,
    here: Url,
}

impl Trail {
    /// Starts at an address. Its fragment is dropped: it is not for servers.
    pub(super) fn start(url: &Url) -> Self {
        Self { visited: Vec::new(), here: without_fragment(url.clone()) }
    }

    /// The address to ask now.
    pub(super) fn here(&self) -> &Url {
        &self.here
    }

    /// Whether a status sends elsewhere (RFC 9110, 15.4). 300 lets a person choose, 304 to 306
    /// are no redirects.
    pub(super) fn is_redirect(status: StatusCode) -> bool {
        matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
    }

    /// Moves on to the `Location` of an answer.
    ///
    /// From https to http is refused: anyone on the way could then write what a court is
    /// believed to have published, and no site of today needs it.
    pub(super) fn follow(&mut self, headers: &HeaderMap) -> Result<(), Failure> {
        let next = without_fragment(self.target(headers)?);
        if self.here.scheme() == "https" && next.scheme() == "http" {
            return Err(failure(format!("{} leads from https to http at {next}", self.here)));
        }
        if next == self.here || self.visited.contains(&next) {
            return Err(failure(format!("{} leads back to {next}", self.here)));
        }
        if self.visited.len() >= MOST_HOPS {
            return Err(failure(format!("more than {MOST_HOPS} redirects, last to {next}")));
        }
        self.visited.push(std::mem::replace(&mut self.here, next));
        Ok(())
    }

    /// The one `Location`, resolved against the current address.
    fn target(&self, headers: &HeaderMap) -> Result<Url, Failure> {
        let values: Vec<&HeaderValue> = headers.get_all(LOCATION).into_iter().collect();
        let [value] = values[..] else {
            let count = values.len();
            return Err(failure(format!("{} redirects with {count} locations", self.here)));
        };
        let text = std::str::from_utf8(value.as_bytes()).map(str::trim).unwrap_or_default();
        if text.is_empty() {
            return Err(failure(format!("{} redirects to nowhere", self.here)));
        }
        self.here.join(text).map_err(|reason| {
            let shown: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
            failure(format!("{} redirects to `{shown}`: {reason}", self.here))
        })
    }
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn failure(detail: String) -> Failure {
    Failure { cause: Cause::Redirect, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, locations: &[&[u8]], expected: &str) {
        let headers = locations
            .iter()
            .map(|value| (LOCATION, HeaderValue::from_bytes(value).unwrap()))
            .collect();
        let mut trail = Trail::start(&from.parse().unwrap());
        let found = match trail.follow(&headers) {
            Ok(()) => trail.here().to_string(),
            Err(failure) => {
                assert_eq!(failure.cause, Cause::Redirect);
                failure.detail
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_location_is_resolved_against_the_address_that_gave_it() {
        check("http://a.test/x/y?q#f", &[b"https://b.test/z#g"], "https://b.test/z");
        check("http://a.test/x/y?q", &[b"/z"], "http://a.test/z");
        check("http://a.test/x/y?q", &[b"z?r"], "http://a.test/x/z?r");
        check("https://a.test/x", &[b"//b.test/z"], "https://b.test/z");
        check("http://a.test/x", &[b"\\\\127.0.0.1\\"], "http://127.0.0.1/");
        check("http://a.test/x", &["/caf\u{e9}".as_bytes()], "http://a.test/caf%C3%A9");
    }

    #[test]
    fn a_missing_empty_double_or_broken_location_is_refused() {
        check("http://a.test/", &[], "http://a.test/ redirects with 0 locations");
        check("http://a.test/", &[b"/x", b"/x"], "http://a.test/ redirects with 2 locations");
        check("http://a.test/", &[b""], "http://a.test/ redirects to nowhere");
        check("http://a.test/", &[b"\xff\xfe"], "http://a.test/ redirects to nowhere");
        let expected = "http://a.test/ redirects to `http://[`: invalid IPv6 address";
        check("http://a.test/", &[b"http://["], expected);
    }

    #[test]
    fn https_is_never_left() {
        let expected = "https://a.test/ leads from https to http at http://a.test/x";
        check("https://a.test/", &[b"http://a.test/x"], expected);
    }

    #[test]
    fn a_loop_ends_at_its_first_return() {
        check("http://a.test/", &[b"/#again"], "http://a.test/ leads back to http://a.test/");
    }

    #[test]
    fn five_hops_are_followed_and_no_sixth() {
        let mut trail = Trail::start(&"http://a.test/0".parse().unwrap());
        let mut follow = |path: String| {
            let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::try_from(path).unwrap())]);
            trail.follow(&headers)
        };
        for hop in 1..=5 {
            follow(format!("/{hop}")).unwrap();
        }
        assert_eq!(
            follow("/6".into()).unwrap_err().detail,
            "more than 5 redirects, last to http://a.test/6"
        );
    }

    #[test]
    fn only_five_statuses_redirect() {
        let statuses = (100..600).map(|code| StatusCode::from_u16(code).unwrap());
        let redirects: Vec<u16> =
            statuses.filter(|status| Trail::is_redirect(*status)).map(|s| s.as_u16()).collect();
        assert_eq!(redirects, [301, 302, 303, 307, 308]);
    }
}
