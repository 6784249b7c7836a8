//! Makes links absolute and lets only http(s) through.
//!
//! What makes two addresses the same is not decided here: that is identity.

use url::Url;

/// The longest link that is kept, in bytes.
const LONGEST: usize = 4_000;

/// The link as an absolute http(s) address; `None` for anything else.
pub(super) fn resolve(raw: &str, base: &Url) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > LONGEST {
        return None;
    }
    let url = base.join(raw).ok()?;
    let usable = matches!(url.scheme(), "http" | "https") && url.has_host();
    (usable && url.as_str().len() <= LONGEST).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: Option<&str>) {
        let base = Url::parse("https://court.example/en/news/feed.xml").unwrap();
        assert_eq!(resolve(raw, &base).as_deref(), expected, "{raw}");
    }

    #[test]
    fn links_are_read_against_the_base() {
        check("https://other.example/a?b=1#c", Some("https://other.example/a?b=1#c"));
        check(" item/7 ", Some("https://court.example/en/news/item/7"));
        check("/item/7", Some("https://court.example/item/7"));
        check("//cdn.example/x", Some("https://cdn.example/x"));
        check("?id=4", Some("https://court.example/en/news/feed.xml?id=4"));
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        check("javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("file:///etc/passwd", None);
        check("mailto:press@court.example", None);
        check("", None);
        check("https://", None);
        check(&format!("/{}", "x".repeat(5_000)), None);
    }
}
