//! A tolerant reader of XML feeds: cuts a document into items and reads the few fields that
//! matter of each, whatever surrounds them.
//!
//! It knows no namespaces, versions or nesting rules, so it reads what a strict reader refuses:
//! old dialects, truncated downloads, unclosed elements. It keeps the order of the document and
//! leaves an item out only when its end is missing.

mod fields;

use std::ops::Range;

use memchr::memmem;
use url::Url;

use super::{problems::Problems, raw::Raw};

/// An item's start tag is shorter than this. In bytes.
const LONGEST_TAG: usize = 16_384;

/// The root element of a feed.
pub(super) struct Root<'a> {
    /// Where its `<` stands.
    pub(super) start: usize,
    /// Its name as written, such as `rdf:RDF`.
    pub(super) name: &'a str,
    /// What stands before its children's names, such as `atom:`; mostly empty.
    pub(super) prefix: &'a str,
}

/// Finds the root of an RSS, RDF or Atom feed, whatever stands before it.
pub(super) fn root(text: &str) -> Option<Root<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr(b'<', &bytes[at..])?;
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += memmem::find(rest.as_bytes(), b"-->")?;
            continue;
        }
        let name = tag_name(&rest[1..]);
        let (prefix, local) = split_prefix(name);
        match local {
            "rss" | "RSS" | "RDF" | "channel" => return Some(Root { start: at, name, prefix: "" }),
            "feed" | "entry" => return Some(Root { start: at, name, prefix }),
            _ => at += 1,
        }
    }
}

/// What cutting gave.
pub(super) struct Cut {
    /// The items that are complete, tags included, in the order of the document.
    pub(super) items: Vec<Range<usize>>,
    /// Items without an end, by their number in the document.
    pub(super) unclosed: Vec<usize>,
    /// Whether there were more items than wanted.
    pub(super) more: bool,
}

/// Cuts out at most so many items.
pub(super) fn cut(body: &str, most: usize) -> Cut {
    let mut cut = Cut { items: Vec::new(), unclosed: Vec::new(), more: false };
    let mut scan = Scan::new(body);
    let mut at = 0;
    let mut number = 0;
    while let Some((start, name)) = scan.next_item(at) {
        if number == most {
            cut.more = true;
            break;
        }
        number += 1;
        if let Some(end) = scan.item_end(start, name) {
            cut.items.push(start..end);
            at = end;
        } else {
            cut.unclosed.push(number);
            at = start + 1 + name.len();
        }
    }
    cut
}

/// Reads the items of a cut. Relative links are read against `xml:base` or else the given base.
pub(super) fn read(
    body: &str,
    root: &Root<'_>,
    cut: &Cut,
    base: &Url,
    problems: &mut Problems,
) -> Vec<Raw> {
    let root_tag = super::text::tag_end(body.as_bytes()).map_or("", |len| &body[..len]);
    let base = fields::base_of(root_tag, base);
    for number in &cut.unclosed {
        problems.push(format!("item {number}"), "its end is missing; left out");
    }
    let numbers = (1..).filter(|number| !cut.unclosed.contains(number));
    let read = |(range, number): (&Range<usize>, usize)| {
        fields::read(&body[range.clone()], root.prefix, number, &base, problems)
    };
    cut.items.iter().zip(numbers).map(read).collect()
}

/// The channel's `ttl` in minutes, where it stands before the first item.
pub(super) fn ttl(body: &str, cut: &Cut) -> Option<u32> {
    let head = &body[..cut.items.first().map_or(body.len(), |item| item.start)];
    let start = memmem::find(head.as_bytes(), b"<ttl>")? + "<ttl>".len();
    let end = memmem::find(&head.as_bytes()[start..], b"</ttl>")? + start;
    head[start..end].trim().parse().ok()
}

/// Walks over tags and remembers what cannot be found any more, so that no byte is searched
/// twice in vain.
struct Scan<'a> {
    body: &'a str,
    cdata_closes: bool,
    comments_close: bool,
}

impl<'a> Scan<'a> {
    fn new(body: &'a str) -> Self {
        Self { body, cdata_closes: true, comments_close: true }
    }

    /// The next `<item` or `<entry` that is a tag, with its name as written.
    fn next_item(&mut self, from: usize) -> Option<(usize, &'a str)> {
        let mut at = from;
        while let Some((start, name)) = self.next_tag(at) {
            if is_item(name) {
                return Some((start, name));
            }
            at = start + 1;
        }
        None
    }

    /// Where the item that starts there ends; `None` where the next one starts before that.
    fn item_end(&mut self, start: usize, name: &str) -> Option<usize> {
        let rest = &self.body.as_bytes()[start..];
        let len = super::text::tag_end(&rest[..rest.len().min(LONGEST_TAG)])?;
        if self.body[start..start + len].ends_with("/>") {
            return Some(start + len);
        }
        let mut at = start + len;
        while let Some((tag, found)) = self.next_tag(at) {
            if found.strip_prefix('/') == Some(name) {
                let rest = &self.body.as_bytes()[tag..];
                return memchr::memchr(b'>', rest).map(|close| tag + close + 1);
            }
            if found == name {
                return None;
            }
            at = tag + 1;
        }
        None
    }

    /// The next tag from there on that is in no CDATA section or comment: its place and its name,
    /// with the slash of an end tag.
    fn next_tag(&mut self, from: usize) -> Option<(usize, &'a str)> {
        let bytes = self.body.as_bytes();
        let mut at = from;
        loop {
            at += memchr::memchr(b'<', bytes.get(at..)?)?;
            let rest = &self.body[at..];
            if self.cdata_closes && rest.starts_with("<![CDATA[") {
                match memmem::find(rest.as_bytes(), b"]]>") {
                    Some(len) => at += len,
                    None => self.cdata_closes = false,
                }
            } else if self.comments_close && rest.starts_with("<!--") {
                match memmem::find(&rest.as_bytes()[4..], b"-->") {
                    Some(len) => at += len + 4,
                    None => self.comments_close = false,
                }
            }
            let name = self.body.get(at + 1..).map_or("", tag_name);
            if bytes.get(at) == Some(&b'<') && !name.is_empty() {
                return Some((at, name));
            }
            at += 1;
        }
    }
}

/// Items carry the prefix of their vocabulary at most; `media:item` is something else.
fn is_item(name: &str) -> bool {
    let (prefix, local) = split_prefix(name);
    matches!(local, "item" | "entry") && matches!(prefix, "" | "rss:" | "atom:" | "a:" | "ns0:")
}

/// The name at the start of a tag's inside, with the slash of an end tag.
fn tag_name(inside: &str) -> &str {
    let len = inside
        .char_indices()
        .find(|(at, char)| !(is_name(*char) || (*at == 0 && *char == '/')))
        .map_or(inside.len(), |(at, _)| at);
    &inside[..len]
}

fn is_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, ':' | '_' | '-' | '.')
}

/// `atom:entry` as `("atom:", "entry")`.
fn split_prefix(name: &str) -> (&str, &str) {
    name.find(':').map_or(("", name), |at| name.split_at(at + 1))
}

#[cfg(test)]
mod tests;
