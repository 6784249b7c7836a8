//! Source text as text: nothing in it can format, mention, link or hide.
//!
//! Two steps. [`clean`] takes away what nobody sees and joins lines; its result is honest plain
//! text. [`escape`] then makes that text stand for itself in a Discord message. The control against
//! pings is `allowed_mentions` on every message; this is the second line, and what keeps the
//! message looking like what it says.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use url::{Host, Url};

use super::limits::{self, units};

/// How many combining marks may stand on one character; more is decoration that climbs over lines.
const MOST_MARKS: usize = 4;

/// The zero-width space: it breaks a mention or a link without being seen.
pub(super) const BREAK: char = '\u{200B}';

/// Source text for a message, at most `limit` UTF-16 units long, cut between graphemes.
pub fn text(source: &str, limit: usize) -> String {
    escape(&clean(source), limit)
}

/// Plain text in one line: no control, bidirectional or invisible characters, white space single.
/// What is clean stays as it is.
pub fn clean(source: &str) -> String {
    let mut line = String::with_capacity(source.len());
    let mut marks = 0;
    // Emoji and some scripts need joiners; beside ASCII, spaces or each other they only hide
    // something, so one waits until what follows it is kept.
    let mut joiner = None;
    for letter in source.chars() {
        let last = line.chars().next_back();
        if letter.is_whitespace() || letter.is_control() || letter == '\u{2800}' {
            joiner = None;
            if last.is_some_and(|last| last != ' ') {
                line.push(' ');
            }
        } else if is_joiner(letter) {
            joiner = last.filter(|last| !last.is_ascii() && joiner.is_none()).map(|_| letter);
        } else if !is_invisible(letter) {
            marks = if is_combining_mark(letter) { marks + 1 } else { 0 };
            if marks <= MOST_MARKS {
                line.extend(joiner.take().filter(|_| !letter.is_ascii()));
                line.push(letter);
            }
        }
    }
    // A variation selector may also end the text.
    line.extend(joiner.filter(|joiner| *joiner != '\u{200C}' && *joiner != '\u{200D}'));
    line.truncate(line.trim_end().len());
    line
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// Characters without a glyph of their own: fillers, direction marks, tags, annotations.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Clean text as it must be written in a message to be shown as itself, at most `limit` UTF-16
/// units long. A mark of omission tells where it was cut.
pub fn escape(clean: &str, limit: usize) -> String {
    let mut written = Writer::default();
    let mut length = 0;
    for grapheme in clean.graphemes(true) {
        let before = written.text.len();
        grapheme.chars().for_each(|letter| written.letter(letter));
        length += units(&written.text[before..]);
        if length > limit {
            written.text.truncate(before);
            return limits::shorten(&written.text, limit);
        }
    }
    written.text
}

/// What was written, and what of it decides about the next letter.
#[derive(Default)]
struct Writer {
    text: String,
    previous: Option<char>,
    /// The word so far has a dot in it: it may be a host.
    dotted: bool,
    /// There are only digits so far: a dot would make them a list.
    numbering: bool,
}

impl Writer {
    fn letter(&mut self, letter: char) {
        match letter {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '>' => self.escaped(letter),
            // Lists, headings and small print begin a line; the text may stand at its begin.
            '#' | '-' | '+' if self.previous.is_none() => self.escaped(letter),
            '.' | ')' if self.numbering => self.escaped(letter),
            '<' => {
                self.escaped(letter);
                self.text.push(BREAK);
            }
            '@' => self.text.extend(['@', BREAK]),
            // `https://…`, `host.example/…`, `discord.gg/…`: no longer an address.
            '/' if self.dotted || matches!(self.previous, Some(':' | '/')) => {
                self.text.extend([BREAK, '/']);
            }
            _ => self.text.push(letter),
        }
        self.dotted = letter != ' ' && (self.dotted || letter == '.');
        self.numbering = letter.is_ascii_digit() && (self.numbering || self.previous.is_none());
        self.previous = Some(letter);
    }

    fn escaped(&mut self, letter: char) {
        self.text.extend(['\\', letter]);
    }
}

/// A source's address as a link of our own making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The host, in punycode where it is not ASCII.
    pub host: String,
    /// The address; nothing in it can end a masked link.
    pub url: String,
}

/// Longest address that Discord takes for an embed, in UTF-16 units.
const LONGEST_URL: usize = 2_048;

/// Hosts that invite into a server; no link of ours leads there.
const INVITING: [&str; 8] = [
    "discord.gg",
    "discord.com",
    "discordapp.com",
    "discord.me",
    "discord.io",
    "discord.link",
    "dsc.gg",
    "invite.gg",
];

/// The link, where the address is one of http(s) with a host by name, without credentials, short
/// enough and not an invite.
pub fn link(address: &str) -> Option<Link> {
    let url = Url::parse(&clean(address)).ok()?;
    let named = matches!(url.host(), Some(Host::Domain(_) | Host::Ipv4(_)));
    let open = url.username().is_empty() && url.password().is_none();
    if !named || !open || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.to_owned();
    let inviting = |known: &str| host == known || host.ends_with(&format!(".{known}"));
    if INVITING.into_iter().any(inviting) {
        return None;
    }
    let url: String = url.as_str().chars().map(percent).collect();
    (units(&url) <= LONGEST_URL).then_some(Link { host, url })
}

/// A character that might end or dress a link, percent-encoded (RFC 3986, 2.1).
fn percent(letter: char) -> String {
    match letter {
        '(' | ')' | '<' | '>' | '[' | ']' | '\\' | '|' | '`' | '*' | '"' | ' ' => {
            format!("%{:02X}", letter as u32)
        }
        _ => letter.to_string(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
