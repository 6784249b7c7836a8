//! HTML fragments to plain text, in linear time.
//!
//! Keeps the words as they are: tags, scripts and control characters go, entities are decoded,
//! any run of white space is one space. It does not judge, shorten at word ends or make text safe
//! for a channel; the last is rendering.

use html5ever::data::NAMED_ENTITIES;
use memchr::{memchr, memchr2, memmem};

/// The plain text of an HTML fragment, at most `cap` characters. Markup that was escaped once too
/// often is read as markup.
pub(super) fn plain(html: &str, cap: usize) -> String {
    let (text, had_tags) = strip(html, cap);
    if had_tags || memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return text;
    }
    strip(&text, cap).0
}

/// Text that has no markup any more: control characters out, white space collapsed.
pub(super) fn collapse(text: &str, cap: usize) -> String {
    let mut out = Collapsing::new(cap);
    out.push(text);
    out.text
}

/// Collects text and collapses white space while it goes.
pub(super) struct Collapsing {
    text: String,
    room: usize,
    space: bool,
}

impl Collapsing {
    /// An empty text with room for `cap` characters.
    pub(super) fn new(cap: usize) -> Self {
        Self { text: String::new(), room: cap, space: false }
    }

    /// Appends text.
    pub(super) fn push(&mut self, text: &str) {
        for char in text.chars() {
            if char.is_whitespace() {
                self.space = true;
            } else if !char.is_control() {
                self.push_char(char);
            }
            if self.is_full() {
                return;
            }
        }
    }

    /// Marks a boundary between words.
    pub(super) fn push_space(&mut self) {
        self.space = true;
    }

    /// Whether nothing more fits.
    pub(super) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// What was collected.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn push_char(&mut self, char: char) {
        if std::mem::take(&mut self.space) && !self.text.is_empty() {
            self.text.push(' ');
            self.room = self.room.saturating_sub(1);
        }
        if self.room > 0 {
            self.text.push(char);
            self.room -= 1;
        }
    }
}

/// One reading of tags and entities; also whether there were tags.
fn strip(html: &str, cap: usize) -> (String, bool) {
    let mut out = Collapsing::new(cap);
    let mut rest = html;
    let mut had_tags = false;
    // Once no tag closes any more, every further `<` is text: this keeps the reading linear.
    let mut tags_close = true;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        out.push(&rest[..at]);
        if out.is_full() {
            break;
        }
        rest = &rest[at..];
        if rest.starts_with('&') {
            rest = &rest[push_entity(rest, &mut out)..];
            continue;
        }
        let markup = if tags_close { markup(rest) } else { Markup::Text };
        rest = match markup {
            Markup::Tag { name, len, opens } => {
                had_tags = true;
                if !is_inline(name) {
                    out.push_space();
                }
                if opens { skip_content(name, &rest[len..]) } else { &rest[len..] }
            }
            Markup::Comment { len } => &rest[len..],
            Markup::Literal { start, end, len } => {
                out.push(&rest[start..end]);
                &rest[len..]
            }
            Markup::Unclosed | Markup::Text => {
                tags_close &= markup != Markup::Unclosed;
                out.push("<");
                &rest[1..]
            }
        };
    }
    out.push(rest);
    (out.finish(), had_tags)
}

#[derive(PartialEq, Eq)]
enum Markup<'a> {
    Tag { name: &'a str, len: usize, opens: bool },
    Comment { len: usize },
    Literal { start: usize, end: usize, len: usize },
    Unclosed,
    Text,
}

/// What the `<` at the start of the text begins.
fn markup(text: &str) -> Markup<'_> {
    let bytes = text.as_bytes();
    if text.starts_with("<!--") {
        let len = memmem::find(bytes, b"-->").map_or(text.len(), |at| at + 3);
        return Markup::Comment { len };
    }
    if text.starts_with("<![CDATA[") {
        let end = memmem::find(bytes, b"]]>").unwrap_or(text.len());
        return Markup::Literal { start: 9, end, len: (end + 3).min(text.len()) };
    }
    let name_at = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    match bytes.get(name_at) {
        Some(byte) if byte.is_ascii_alphabetic() => {}
        Some(b'!' | b'?') if name_at == 1 => {
            return memchr(b'>', bytes)
                .map_or(Markup::Unclosed, |at| Markup::Comment { len: at + 1 });
        }
        _ => return Markup::Text,
    }
    let name_len = bytes[name_at..]
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(bytes.len() - name_at);
    let name = &text[name_at..name_at + name_len];
    tag_end(bytes).map_or(Markup::Unclosed, |len| Markup::Tag { name, len, opens: name_at == 1 })
}

/// The length of the tag at the start of the bytes; a `>` inside a quoted value does not end it.
pub(super) fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if after_equals => {
                // A quote that never closes is taken for a plain character.
                at += memchr(byte, &bytes[at + 1..]).map_or(0, |len| len + 1);
                after_equals = false;
            }
            b'=' => after_equals = true,
            byte if !byte.is_ascii_whitespace() => after_equals = false,
            _ => {}
        }
        at += 1;
    }
    None
}

/// How far the markup at the start of the text reaches, script and style sheet included, and how
/// many attributes it has at most.
pub(super) fn tag_extent(text: &str) -> (usize, usize) {
    match markup(text) {
        Markup::Tag { name, len, opens } => {
            let rest = if opens { skip_content(name, &text[len..]) } else { &text[len..] };
            (text.len() - rest.len(), attributes(&text.as_bytes()[..len]))
        }
        Markup::Comment { len } | Markup::Literal { len, .. } => (len, 0),
        Markup::Unclosed => (text.len(), attributes(text.as_bytes())),
        Markup::Text => (1, 0),
    }
}

/// An upper bound of a tag's attributes: each needs white space, a slash or a quote before it.
fn attributes(tag: &[u8]) -> usize {
    tag.split(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte))
        .filter(|part| !part.is_empty())
        .count()
}

/// Skips what a script or style sheet holds: it is no text.
fn skip_content<'a>(name: &str, rest: &'a str) -> &'a str {
    let end: &[u8] = match name.to_ascii_lowercase().as_str() {
        "script" => b"</script",
        "style" => b"</style",
        _ => return rest,
    };
    let mut from = 0;
    // An end tag's name may be in any case, so every `</` is looked at.
    while let Some(at) = memmem::find(&rest.as_bytes()[from..], b"</") {
        let at = from + at;
        if rest.as_bytes()[at..].get(..end.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(end)) {
            return &rest[at..];
        }
        from = at + 2;
    }
    ""
}

/// Tags that stand inside a word or sentence; every other one is a boundary between words.
pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 27] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub",
        "sup", "u", "wbr",
    ];
    INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name))
}

/// Decodes the reference at the start of the text and returns its length; a bare `&` is itself.
fn push_entity(text: &str, out: &mut Collapsing) -> usize {
    let window = &text.as_bytes()[..text.len().min(34)];
    let Some(end) = memchr(b';', window) else {
        out.push("&");
        return 1;
    };
    let name = &text[1..end];
    if let Some(number) = name.strip_prefix('#') {
        if let Some(char) = numbered(number) {
            out.push(char.encode_utf8(&mut [0; 4]));
        }
        return end + 1;
    }
    match NAMED_ENTITIES.get(&text[1..=end]) {
        Some(&(first, second)) if first != 0 => {
            for char in [first, second].into_iter().filter_map(char::from_u32) {
                out.push(char.encode_utf8(&mut [0; 4]));
            }
            end + 1
        }
        _ => {
            out.push("&");
            1
        }
    }
}

/// The character of `38` or `x26`. The C1 range means windows-1252, as in browsers.
pub(super) fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next();
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(plain(html, 1_000), expected, "{html}");
    }

    #[test]
    fn tags_go_and_blocks_become_spaces() {
        check("<p>One</p><p>Two</p>", "One Two");
        check("Case <i>Foo</i> v <b>Bar</b>.", "Case Foo v Bar.");
        check("a<br/>b<br>c", "a b c");
        check("<ul><li>x<li>y</ul>", "x y");
        check("<a title='1 > 0' href=x>link</a>", "link");
    }

    #[test]
    fn scripts_styles_and_comments_are_no_text() {
        check("a<script>if (1 < 2) '</p>'</SCRIPT>b", "a b");
        check("a<style>p { }</style>b", "a b");
        check("a<!-- <p>no</p> -->b", "ab");
        check("a<!-- never closed", "a");
    }

    #[test]
    fn entities_are_decoded_also_when_escaped_twice() {
        check("Caf&eacute;&nbsp;&amp; &#8220;bar&#x201D;", "Café & “bar”");
        check("&amp;eacute;t&amp;eacute;", "été");
        check("&lt;p&gt;Hello &amp;amp; bye&lt;/p&gt;", "Hello & bye");
        check("it&#146;s", "it’s");
        check("a&#0;b&#xD800;c", "abc");
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        check("5 < 6 & 7 > 2", "5 < 6 & 7 > 2");
        check("AT&T; R&D", "AT&T; R&D");
        check("an end <b", "an end <b");
        check("x <- y", "x <- y");
    }

    #[test]
    fn white_space_is_one_space_and_controls_go() {
        check("  a \n\t b\u{A0}\u{2003}c\u{0}\u{8} ", "a b c");
    }

    #[test]
    fn a_wrapped_section_is_read_through() {
        check("<![CDATA[inner text]]> after", "inner text after");
    }

    #[test]
    fn the_cap_counts_characters() {
        assert_eq!(plain("é é é é", 3), "é é");
        assert_eq!(collapse("abc", 0), "");
    }

    #[test]
    fn hostile_markup_is_read_in_linear_time() {
        for piece in ["<a ", "<a b=\"", "<!-", "&", "<", "<script>", "</", "<a b='\""] {
            let _ = plain(&piece.repeat(10_000), usize::MAX);
        }
    }
}
