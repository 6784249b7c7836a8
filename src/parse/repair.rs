//! Small damage that would cost a strict reader the whole feed, mended before it reads.
//!
//! Bare `&` and `<`, references to characters that XML forbids, inline markup in the titles and
//! descriptions of RSS, and mail addresses beside wide characters, on which the reader fails.
//! Nothing is allocated for a sound document. Odd versions and unknown namespaces are not mended
//! here: the splitter reads those feeds, since it asks for neither.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

/// The document with its damage mended; borrowed where there was none.
pub(super) fn repair(body: &str, is_rss: bool) -> Cow<'_, str> {
    let mut mended = Mended { source: body, out: String::new(), copied: 0 };
    let mut ends = Ends::new(body);
    let bytes = body.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr2(b'<', b'&', &bytes[at..]) {
        at += found;
        let rest = &body[at..];
        at += if rest.starts_with('&') {
            mended.reference(at, rest)
        } else if let Some(len) = unread_len(rest) {
            len
        } else if is_rss && let Some((inner, len)) = inner_markup(&mut ends, at) {
            mended.flatten(at, inner, len)
        } else if let Some((inner, len)) = person(&mut ends, at) {
            mended.replace(at + inner, at + len, &rest[inner..len].replace('@', " at "))
        } else if starts_markup(rest) {
            1
        } else {
            mended.replace(at, at + 1, "&lt;")
        };
    }
    mended.finish()
}

/// What was mended so far: the source up to `copied` stands in `out`.
struct Mended<'a> {
    source: &'a str,
    out: String,
    copied: usize,
}

impl<'a> Mended<'a> {
    /// Puts text in place of a span and returns the span's length.
    fn replace(&mut self, start: usize, end: usize, with: &str) -> usize {
        self.out.push_str(&self.source[self.copied..start]);
        self.out.push_str(with);
        self.copied = end;
        end - start
    }

    /// Looks at a `&` and returns how far to go on.
    fn reference(&mut self, at: usize, rest: &str) -> usize {
        match reference(rest) {
            Reference::Good(len) => len,
            Reference::Forbidden(len) => self.replace(at, at + len, ""),
            Reference::Bare => self.replace(at, at + 1, "&amp;"),
        }
    }

    /// Escapes the markup inside of an element, whose text begins and ends there.
    fn flatten(&mut self, at: usize, start: usize, end: usize) -> usize {
        let inner = &self.source[at + start..at + end];
        let mut escaped = String::with_capacity(inner.len() + 16);
        let mut rest = inner;
        while let Some(found) = memchr2(b'<', b'&', rest.as_bytes()) {
            escaped.push_str(&rest[..found]);
            rest = &rest[found..];
            let (with, len) = match unread_len(rest) {
                Some(len) => (&rest[..len], len),
                None if rest.starts_with('<') => ("&lt;", 1),
                None => match reference(rest) {
                    Reference::Good(len) => (&rest[..len], len),
                    Reference::Forbidden(len) => ("", len),
                    Reference::Bare => ("&amp;", 1),
                },
            };
            escaped.push_str(with);
            rest = &rest[len..];
        }
        escaped.push_str(rest);
        self.replace(at + start, at + end, &escaped);
        end
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.out.is_empty() && self.copied == 0 {
            return Cow::Borrowed(self.source);
        }
        self.out.push_str(&self.source[self.copied..]);
        Cow::Owned(self.out)
    }
}

/// The length of a CDATA section or comment at the start, which is left alone.
fn unread_len(rest: &str) -> Option<usize> {
    let (open, close): (&str, &[u8]) = if rest.starts_with("<![CDATA[") {
        ("<![CDATA[", b"]]>")
    } else if rest.starts_with("<!--") {
        ("<!--", b"-->")
    } else {
        return None;
    };
    let inner = &rest.as_bytes()[open.len()..];
    Some(memmem::find(inner, close).map_or(rest.len(), |at| open.len() + at + close.len()))
}

/// Where a title or description of RSS holds markup of its own: the span of its inside.
fn inner_markup(ends: &mut Ends<'_>, at: usize) -> Option<(usize, usize)> {
    // An element that runs into one of these was never closed: that is not for here to mend.
    const BEYOND: [&str; 7] =
        ["<item", "</item", "<link", "<title", "<description", "<channel", "<![CDATA["];
    let (start, end) = ends.inside(at, 0..2)?;
    let inner = &ends.source[at + start..at + end];
    let mut tags = memchr::memchr_iter(b'<', inner.as_bytes()).peekable();
    tags.peek()?;
    let whole = !tags.any(|tag| BEYOND.iter().any(|beyond| inner[tag..].starts_with(beyond)));
    whole.then_some((start, end))
}

/// Where an element about a person holds a mail address beside wide characters.
fn person(ends: &mut Ends<'_>, at: usize) -> Option<(usize, usize)> {
    let (start, end) = ends.inside(at, 2..NAMES.len())?;
    let inner = &ends.source[at + start..at + end];
    let short = inner.len() <= LONGEST_PERSON;
    (short && !inner.is_ascii() && inner.contains('@')).then_some((start, end))
}

/// Elements that are looked into: what may hold markup, then what names a person.
const NAMES: [&str; 6] =
    ["title", "description", "author", "managingEditor", "webMaster", "dc:creator"];

/// A start tag longer than this is not looked into. In bytes.
const LONGEST_TAG: usize = 1_000;

/// A longer person is none. In bytes.
const LONGEST_PERSON: usize = 1_000;

/// Remembers where each element next ends, so that no stretch is searched twice for it.
struct Ends<'a> {
    source: &'a str,
    next: [usize; NAMES.len()],
}

impl<'a> Ends<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, next: [0; NAMES.len()] }
    }

    /// The span between the tags of the element that starts there, where it has one of these
    /// names; counted from its start.
    fn inside(&mut self, at: usize, names: std::ops::Range<usize>) -> Option<(usize, usize)> {
        let rest = &self.source[at..];
        let index = names.into_iter().find(|index| {
            rest[1..].strip_prefix(NAMES[*index]).is_some_and(|after| {
                after.starts_with(|char: char| char == '>' || char.is_ascii_whitespace())
            })
        })?;
        let start_tag = &rest.as_bytes()[..rest.len().min(LONGEST_TAG)];
        let open = memchr::memchr(b'>', start_tag)? + 1;
        if rest[..open].ends_with("/>") {
            return None;
        }
        if self.next[index] < at + open {
            let close = format!("</{}", NAMES[index]);
            let found = memmem::find(&rest.as_bytes()[open..], close.as_bytes());
            self.next[index] = found.map_or(usize::MAX, |len| at + open + len);
        }
        (self.next[index] != usize::MAX).then(|| (open, self.next[index] - at))
    }
}

/// Whether the `<` at the start begins a tag, a declaration or an instruction.
fn starts_markup(rest: &str) -> bool {
    rest[1..].starts_with(|char: char| char.is_alphabetic() || "/!?_:".contains(char))
}

enum Reference {
    Good(usize),
    Forbidden(usize),
    Bare,
}

/// What the `&` at the start is.
fn reference(rest: &str) -> Reference {
    let window = &rest.as_bytes()[1..rest.len().min(40)];
    let Some(end) = window.iter().position(|byte| *byte == b';') else {
        return Reference::Bare;
    };
    let (name, len) = (&window[..end], end + 2);
    let Some(number) = name.strip_prefix(b"#") else {
        let named = name.first().is_some_and(u8::is_ascii_alphabetic)
            && name.iter().all(u8::is_ascii_alphanumeric);
        return if named { Reference::Good(len) } else { Reference::Bare };
    };
    let (digits, radix) = match number {
        [b'x' | b'X', hex @ ..] => (hex, 16),
        decimal => (decimal, 10),
    };
    if digits.is_empty() || !digits.iter().all(|digit| char::from(*digit).is_digit(radix)) {
        return Reference::Bare;
    }
    let allowed = std::str::from_utf8(digits)
        .ok()
        .and_then(|digits| u32::from_str_radix(digits, radix).ok())
        .and_then(char::from_u32)
        .is_some_and(|char| char >= ' ' || "\t\n\r".contains(char));
    // A capital X is HTML's spelling, which XML does not know.
    if allowed && !number.starts_with(b"X") {
        return Reference::Good(len);
    }
    Reference::Forbidden(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &str) {
        assert_eq!(repair(body, true), expected, "{body}");
    }

    #[test]
    fn a_sound_document_is_not_copied() {
        for body in [
            "<rss><title>A &amp; B &#233; &eacute;</title><![CDATA[a & b < c]]></rss>",
            "<title><![CDATA[<i>Foo</i>]]></title><!-- a & b -->",
        ] {
            assert!(matches!(repair(body, true), Cow::Borrowed(_)), "{body}");
        }
    }

    #[test]
    fn bare_ampersands_are_escaped() {
        check("<t>A & B</t>", "<t>A &amp; B</t>");
        check("<link>?a=1&b=2</link>", "<link>?a=1&amp;b=2</link>");
        check("<a href='?a=1&copy=2'/>", "<a href='?a=1&amp;copy=2'/>");
        check("AT&T; &", "AT&T; &amp;");
    }

    #[test]
    fn references_to_forbidden_characters_go() {
        check("a&#0;b&#x8;c&#xD800;d&#99999999999;e&#x41;", "abcde&#x41;");
    }

    #[test]
    fn markup_inside_a_title_is_escaped() {
        check(
            "<title>Case <i>Foo</i> & Bar</title>",
            "<title>Case &lt;i>Foo&lt;/i> &amp; Bar</title>",
        );
        check("<description>a<br>b</description>", "<description>a&lt;br>b</description>");
    }

    #[test]
    fn a_title_without_end_is_left_to_the_splitter() {
        let body = "<item><title>A<link>x</link></item><item><title>B</title></item>";
        check(body, body);
    }

    #[test]
    fn a_bare_less_than_is_escaped() {
        check("<t>5 < 6 <3</t>", "<t>5 &lt; 6 &lt;3</t>");
    }

    #[test]
    fn mail_addresses_beside_wide_characters_are_taken_apart() {
        check("<author>裁判所（a@court.jp）</author>", "<author>裁判所（a at court.jp）</author>");
        check("<author>a@court.jp (A)</author>", "<author>a@court.jp (A)</author>");
    }
}
