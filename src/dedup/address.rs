//! Addresses as identities: what of a link names the document, and what only says who sent us.

use url::Url;

/// Parameters that say where a reader came from, never which document it is.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "at_bbc_team",
    "at_campaign",
    "at_campaign_type",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_format",
    "at_link_id",
    "at_link_origin",
    "at_link_type",
    "at_medium",
    "at_ptr_name",
    "cmp",
    "cmpid",
    "dclid",
    "fbclid",
    "ftag",
    "gclid",
    "gclsrc",
    "icid",
    "igshid",
    "ito",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ns_campaign",
    "ns_fee",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "ocid",
    "smid",
    "srnd",
    "traffic_source",
    "twclid",
    "wt.mc_id",
    "xtor",
    "yclid",
];

/// The address without what does not name the document: no tracking parameters, no default port,
/// no fragment unless it carries identity (`#!/news/7`, `#{"id":7}`). Host and scheme in lower
/// case. It still opens in a browser. `None` for anything that is no http(s) address.
pub fn canonical_url(text: &str) -> Option<String> {
    let mut url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    if !url.fragment().is_some_and(carries_identity) {
        url.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| names_document(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    // Credentials in a link name nobody's document and must not reach a message.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url.into())
}

/// The part of a canonical address by which two items are the same: `http` and `https`, with and
/// without `www.`, with and without a slash at the end are one document.
pub(super) fn address_key(canonical: &str) -> String {
    let rest = canonical.split_once("://").map_or(canonical, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    format!("{}{}", rest[..end].trim_end_matches('/'), &rest[end..])
}

fn carries_identity(fragment: &str) -> bool {
    fragment.starts_with(['!', '{']) || fragment.starts_with("%7B")
}

fn names_document(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    !name.is_empty() && !name.starts_with("utm_") && TRACKING.binary_search(&name.as_str()).is_err()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(canonical_url(input).as_deref(), Some(expected));
    }

    #[track_caller]
    fn check_same(one: &str, other: &str, same: bool) {
        let key = |url| address_key(&canonical_url(url).unwrap());
        assert_eq!(key(one) == key(other), same, "{} and {}", key(one), key(other));
    }

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(TRACKING.is_sorted());
    }

    #[test]
    fn tracking_goes_and_identity_stays() {
        check("https://a.example/n?utm_source=rss&id=7", "https://a.example/n?id=7");
        check("https://a.example/n?p=12&fbclid=x&ITO=1490", "https://a.example/n?p=12");
        check("https://a.example/n?at_medium=RSS&at_campaign=rss", "https://a.example/n");
        check("https://a.example/n?", "https://a.example/n");
    }

    #[test]
    fn host_port_and_fragment() {
        check("HTTPS://Court.Example:443/A", "https://court.example/A");
        check("http://court.example:8080/a", "http://court.example:8080/a");
        check("https://court.example/a#top", "https://court.example/a");
        check("https://court.example/#!/a/7", "https://court.example/#!/a/7");
        check("https://court.example/a#{7}", "https://court.example/a#{7}");
        check("https://user:pw@court.example/a", "https://court.example/a");
    }

    #[test]
    fn what_is_no_web_address_is_none() {
        for text in ["", "court.example/a", "mailto:a@court.example", "javascript:alert(1)"] {
            assert_eq!(canonical_url(text), None, "{text}");
        }
    }

    #[test]
    fn one_document_under_several_spellings() {
        check_same("http://www.court.example/a/", "https://court.example/a", true);
        check_same("https://court.example/", "https://court.example", true);
        check_same("https://court.example/a/?id=1", "https://court.example/a?id=1", true);
        check_same("https://court.example/a?id=1", "https://court.example/a?id=2", false);
        check_same("https://news.court.example/a", "https://court.example/a", false);
    }

    proptest! {
        #[test]
        fn a_canonical_address_stays_as_it_is(
            path in "[a-zA-Z0-9/%.~-]{0,20}",
            query in "[a-z_=&?.+%0-9]{0,30}",
            fragment in "[a-z!{}0-9#]{0,8}",
        ) {
            let text = format!("https://www.court.example/{path}?{query}#{fragment}");
            if let Some(once) = canonical_url(&text) {
                prop_assert_eq!(canonical_url(&once), Some(once.clone()));
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,60}") {
            let _ = canonical_url(&text);
        }
    }
}
