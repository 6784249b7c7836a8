//! The fields of one item, read where they stand directly inside of it.

use memchr::memmem;
use url::Url;

use super::super::{date, problems::Problems, raw::Raw, text};

/// So many searches for an end tag may be in vain in one item; further ones are not made.
const SEARCHES_IN_VAIN: usize = 32;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Guid,
    Summary,
    Content,
    Published,
    Updated,
}

/// Reads an item, tags included.
pub(super) fn read(
    item: &str,
    prefix: &str,
    number: usize,
    base: &Url,
    problems: &mut Problems,
) -> Raw {
    let len = text::tag_end(item.as_bytes()).unwrap_or(item.len());
    let mut raw = Raw { base: base_of(&item[..len], base), ..Raw::new(number, base) };
    let mut at = len;
    let mut in_vain = 0;
    while let Some(found) = memchr::memchr(b'<', item.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        let rest = &item[at..];
        let name = super::tag_name(&rest[1..]);
        if !is_start(name) {
            at += skip(rest);
            continue;
        }
        let Some(open) = text::tag_end(rest.as_bytes()) else {
            // No tag ends any more: what follows is no markup.
            break;
        };
        let tag = &rest[..open];
        let field = field(name, prefix);
        let inner = &rest[open..];
        let end = (!tag.ends_with("/>") && in_vain < SEARCHES_IN_VAIN)
            .then(|| end_of(inner, name))
            .flatten();
        if end.is_none() && !tag.ends_with("/>") {
            in_vain += 1;
        }
        let value = match (end, field) {
            (Some(end), _) => &inner[..end],
            (None, Some(_)) if !tag.ends_with("/>") => {
                problems.push(format!("item {number}"), &format!("<{name}> is not closed"));
                &inner[..memchr::memchr(b'<', inner.as_bytes()).unwrap_or(inner.len())]
            }
            (None, _) => "",
        };
        if let Some(field) = field {
            keep(&mut raw, field, tag, value);
        }
        at += open + value.len();
    }
    raw
}

/// The base that a tag's `xml:base` sets.
pub(super) fn base_of(tag: &str, base: &Url) -> Url {
    attribute(tag, "xml:base")
        .and_then(|value| base.join(&value).ok())
        .unwrap_or_else(|| base.clone())
}

fn is_start(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
}

/// How far to go over what is no start tag.
fn skip(rest: &str) -> usize {
    let end: &[u8] = if rest.starts_with("<!--") {
        b"-->"
    } else if rest.starts_with("<![CDATA[") {
        b"]]>"
    } else {
        return 1;
    };
    memmem::find(rest.as_bytes(), end).unwrap_or(rest.len())
}

/// Where the element's end tag stands in what follows its start tag.
fn end_of(inner: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'<', &inner.as_bytes()[at..])?;
        let rest = &inner[at..];
        if rest.starts_with("</") && super::tag_name(&rest[2..]) == name {
            return Some(at);
        }
        at += skip(rest);
    }
}

/// Which field a name is. Names with a prefix of their own (`media:title`) are other things.
fn field(name: &str, prefix: &str) -> Option<Field> {
    Some(match name.strip_prefix(prefix).unwrap_or(name) {
        "title" => Field::Title,
        "link" => Field::Link,
        "guid" | "id" => Field::Guid,
        "description" | "summary" | "dc:description" => Field::Summary,
        "content" | "content:encoded" => Field::Content,
        "pubDate" | "pubdate" | "published" | "dc:date" | "issued" | "created" => Field::Published,
        "updated" | "modified" | "atom:updated" => Field::Updated,
        _ => return None,
    })
}

/// Keeps the first value of each field that says something.
fn keep(raw: &mut Raw, field: Field, tag: &str, value: &str) {
    if field == Field::Link {
        return keep_link(raw, tag, value);
    }
    let text = unescape(value);
    let slot = match field {
        Field::Title => &mut raw.title,
        Field::Guid => &mut raw.guid,
        Field::Summary => &mut raw.summary,
        Field::Content => &mut raw.content,
        Field::Published => return raw.published = raw.published.or_else(|| date::read(&text)),
        Field::Link | Field::Updated => {
            return raw.updated = raw.updated.or_else(|| date::read(&text));
        }
    };
    if slot.trim().is_empty() {
        *slot = text;
    }
}

/// RSS writes the link as text, Atom as an attribute, where `alternate` is the one meant.
fn keep_link(raw: &mut Raw, tag: &str, value: &str) {
    let href = attribute(tag, "href");
    let alternate = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
    let link = href.unwrap_or_else(|| unescape(value));
    if alternate && raw.link.is_empty() {
        let own = attribute(tag, "xml:base").and_then(|own| raw.base.join(&own).ok());
        let joined = own.and_then(|own| own.join(link.trim()).ok()).map(String::from);
        raw.link = joined.unwrap_or_else(|| link.trim().to_owned());
    }
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = memmem::find_iter(tag.as_bytes(), name.as_bytes()).find(|at| {
        let before = tag.as_bytes()[..*at].last().is_some_and(u8::is_ascii_whitespace);
        before && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let value = &value[1..];
    Some(unescape(&value[..value.find(quote)?]))
}

/// Undoes one layer of XML: CDATA sections are taken as they are, the rest is unescaped.
fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memmem::find(rest.as_bytes(), b"<![CDATA[") {
        unescape_into(&rest[..at], &mut out);
        let inner = &rest[at + 9..];
        let end = memmem::find(inner.as_bytes(), b"]]>").unwrap_or(inner.len());
        out.push_str(&inner[..end]);
        rest = inner.get(end + 3..).unwrap_or("");
    }
    unescape_into(rest, &mut out);
    out
}

fn unescape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (with, len) = reference(rest).unwrap_or(('&', 1));
        out.push(with);
        rest = &rest[len..];
    }
    out.push_str(rest);
}

/// The character of the reference at the start, of those that XML knows.
fn reference(rest: &str) -> Option<(char, usize)> {
    let window = &rest.as_bytes()[..rest.len().min(12)];
    let end = memchr::memchr(b';', window)?;
    let char = match &rest[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => text::numbered(name.strip_prefix('#')?)?,
    };
    Some((char, end + 1))
}
