//! JSON Feed, read as a whole or item by item.
//!
//! The strict reader wants every value of the right kind. So numbers as ids are made strings and
//! parts that are not used are hidden from it; where it still fails, each item is given to it
//! alone, and only the broken ones are lost.

use std::ops::Range;

use url::Url;

use super::{
    feed::{self, MOST_ITEMS, Read, Refusal},
    problems::Problems,
    raw::Raw,
};

/// Keys whose values are not used and may be of any kind.
const UNUSED: [&str; 4] = ["author", "authors", "attachments", "tags"];

/// Reads a JSON document.
pub(super) fn read(text: &str, base: &Url, problems: &mut Problems) -> Read {
    let outline = Outline::of(text);
    if outline.items.is_empty() && !outline.has_items {
        problems.push("document", "JSON, but no JSON Feed");
        return Read::default();
    }
    if outline.items.len() > MOST_ITEMS {
        problems.push("document", "more than 500 items; the first 500 were read");
    }
    if let Ok(feed) = feed::parse(&outline.mended(text, 0..text.len()), base)
        && feed.entries.len() == outline.items.len()
    {
        return Read { items: feed::items(feed, base), ttl: None };
    }
    if outline.cut_off {
        problems.push("document", "cut off before its end; its complete items were read");
    }
    let numbered = (1..).zip(outline.items.iter().take(MOST_ITEMS));
    let items = numbered
        .filter_map(|(number, span)| {
            let item = one(&outline.mended(text, span.clone()), number, base);
            item.map_err(|what| problems.push(format!("item {number}"), &what)).ok()
        })
        .collect();
    Read { items, ttl: None }
}

/// Reads one item alone.
fn one(item: &str, number: usize, base: &Url) -> Result<Raw, String> {
    let alone =
        format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"","items":[{item}]}}"#);
    match feed::parse(&alone, base) {
        Ok(feed) => feed::items(feed, base)
            .pop()
            .map(|raw| Raw { number, ..raw })
            .ok_or_else(|| "says nothing; left out".into()),
        Err(Refusal::Damage(what)) => Err(format!("damaged ({what}); left out")),
        Err(Refusal::Dialect) => Err("cannot be read; left out".into()),
    }
}

/// Where things stand in a JSON text, found without understanding it.
#[derive(Default)]
struct Outline {
    /// The objects of the top-level `items`.
    items: Vec<Range<usize>>,
    /// Whether there is such a list.
    has_items: bool,
    /// Whether the text ends inside of something.
    cut_off: bool,
    /// What to put in place of which span, in order.
    edits: Vec<(Range<usize>, String)>,
}

impl Outline {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut outline = Self::default();
        let (mut depth, mut at, mut inside, mut start) = (0_usize, 0, false, 0);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    let end = string_end(bytes, at);
                    let key = text.get(at + 1..end.saturating_sub(1)).unwrap_or("");
                    if let Some(value) = value_of_key(bytes, end) {
                        let list = depth == 1 && key == "items" && bytes.get(value) == Some(&b'[');
                        inside |= list;
                        outline.has_items |= list;
                        outline.edit(text, at..end, key, value);
                    }
                    at = end;
                    continue;
                }
                b'{' | b'[' => {
                    depth += 1;
                    if inside && depth == 3 {
                        start = at;
                    }
                }
                b'}' | b']' => {
                    if inside && depth == 3 {
                        outline.items.push(start..at + 1);
                    }
                    depth = depth.saturating_sub(1);
                    inside &= depth > 1;
                }
                _ => {}
            }
            at += 1;
        }
        outline.cut_off = depth > 0;
        outline
    }

    /// Notes what has to change about a key and its value.
    fn edit(&mut self, text: &str, span: Range<usize>, key: &str, value: usize) {
        if UNUSED.contains(&key) {
            self.edits.push((span, "\"_\"".into()));
        } else if key == "id" {
            let number = &text[value..];
            let len = number
                .find(|char: char| !(char.is_ascii_digit() || "+-.eE".contains(char)))
                .unwrap_or(number.len());
            if len > 0 {
                self.edits.push((value..value + len, format!("\"{}\"", &number[..len])));
            }
        }
    }

    /// A part of the text with the edits that fall into it.
    fn mended(&self, text: &str, part: Range<usize>) -> String {
        let mut out = String::with_capacity(part.len() + 64);
        let mut copied = part.start;
        let first = self.edits.partition_point(|(span, _)| span.start < part.start);
        for (span, with) in self.edits[first..].iter().take_while(|(span, _)| span.end <= part.end)
        {
            out.push_str(&text[copied..span.start]);
            out.push_str(with);
            copied = span.end;
        }
        out.push_str(&text[copied..part.end]);
        out
    }
}

/// Where the string that begins there ends, past its closing quote.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

/// Where the value begins, if the string that ended there is a key.
fn value_of_key(bytes: &[u8], end: usize) -> Option<usize> {
    let skip = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let colon = skip(end);
    (bytes.get(colon) == Some(&b':')).then(|| skip(colon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, titles: &[&str], problems: usize) {
        let base = Url::parse("https://court.example/feed.json").unwrap();
        let mut found = Problems::default();
        let read = read(text, &base, &mut found);
        let read: Vec<String> = read.items.into_iter().map(|raw| raw.title).collect();
        assert_eq!(read, titles);
        let found = found.finish();
        assert_eq!(found.len(), problems, "{found:?}");
    }

    fn feed(items: &str) -> String {
        format!(r#"{{"version":"https://jsonfeed.org/version/1","title":"T","items":[{items}]}}"#)
    }

    #[test]
    fn numbers_as_ids_are_read() {
        check(&feed(r#"{"id": 7, "title":"A"},{"id":1e400,"title":"B"}"#), &["A", "B"], 0);
    }

    #[test]
    fn one_broken_item_costs_only_itself() {
        check(
            &feed(r#"{"id":"1","title":"A"},{"id":"2","title":["B"]},{"id":"3","title":"C"}"#),
            &["A", "C"],
            1,
        );
        check(&feed(r#"{"id":"1","title":"A","id":"2"},{"title":"C","id":"3"}"#), &["C"], 1);
        check(&feed(r#"{"id":"1","title":"\ud800"},{"id":"3","title":"C"}"#), &["C"], 1);
    }

    #[test]
    fn parts_that_are_not_used_may_be_of_any_kind() {
        check(&feed(r#"{"id":"1","title":"A","author":"x","tags":3,"attachments":{}}"#), &["A"], 0);
    }

    #[test]
    fn a_missing_head_is_no_loss() {
        check(r#"{"items":[{"id":"1","title":"A"}]}"#, &["A"], 0);
    }

    #[test]
    fn a_cut_end_keeps_the_complete_items() {
        check(
            r#"{"version":"https://jsonfeed.org/version/1","title":"T","items":[{"id":"1","title":"A"},{"id":"2","ti"#,
            &["A"],
            1,
        );
    }

    #[test]
    fn other_json_is_no_feed() {
        check("[1, 2]", &[], 1);
        check(r#"{"error":"login"}"#, &[], 1);
        check(&"[".repeat(100_000), &[], 1);
        check(&format!(r#"{{"items":{}"#, "[{".repeat(100_000)), &[], 1);
    }
}
