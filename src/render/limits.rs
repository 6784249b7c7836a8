//! Discord's limits, counted in UTF-16 units, and cutting that stays inside them.
//!
//! Discord documents characters and its clients count UTF-16 units; that is never less than what
//! the server counts. Source: Discord's documentation of embed limits and of Create Message.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Embed, Message};

/// Longest title of an embed.
pub const TITLE: usize = 256;
/// Longest description of an embed.
pub const DESCRIPTION: usize = 4_096;
/// Longest name of a field.
pub const FIELD_NAME: usize = 256;
/// Longest value of a field.
pub const FIELD_VALUE: usize = 1_024;
/// Most fields of an embed.
pub const FIELDS: usize = 25;
/// Longest footer.
pub const FOOTER: usize = 2_048;
/// Longest name of an author.
pub const AUTHOR: usize = 256;
/// Longest sum of all texts of a message's embeds.
pub const EMBEDS: usize = 6_000;
/// Longest text above the embeds.
pub const CONTENT: usize = 2_000;
/// Longest nonce.
pub const NONCE: usize = 25;
/// Longest address.
pub const URL: usize = 2_048;
/// Most roles that a message may ping.
pub const ROLES: usize = 100;

/// The mark of omission.
const OMITTED: char = '…';

/// The length of a text in UTF-16 units.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text if it fits, else its beginning with a mark of omission, cut between graphemes.
pub fn cut(text: &str, limit: usize) -> String {
    if units(text) <= limit { text.to_owned() } else { shorten(text, limit) }
}

/// The beginning of the text with a mark of omission, at most `limit` units together.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let mut room = limit.saturating_sub(1);
    let mut end = 0;
    for grapheme in text.graphemes(true) {
        let size = units(grapheme);
        if size > room {
            break;
        }
        room -= size;
        end += grapheme.len();
    }
    let kept = text[..end].trim_end();
    // Half an escape would show its backslash.
    let slashes = kept.len() - kept.trim_end_matches('\\').len();
    let kept = &kept[..kept.len() - slashes % 2];
    format!("{kept}{OMITTED}")
}

/// As many of the lines as fit, then `and N more`. The first line should fit by itself.
pub(super) fn lines(lines: &[String], limit: usize) -> String {
    let mut fitting = lines.first().map(|line| cut(line, limit)).unwrap_or_default();
    let mut shown = String::new();
    for (index, line) in lines.iter().enumerate() {
        shown.push_str(if index == 0 { "" } else { "\n" });
        shown.push_str(line);
        let more = match lines.len() - index - 1 {
            0 => String::new(),
            more => format!("\nand {more} more"),
        };
        if units(&shown) > limit {
            break;
        }
        if units(&shown) + units(&more) <= limit {
            fitting = format!("{shown}{more}");
        }
    }
    fitting
}

/// What Discord would refuse in this message; empty where it would take it.
pub fn check(message: &Message) -> Vec<String> {
    let mut problems = Vec::new();
    let embed = &message.embed;
    let mut over = |what: &str, length: usize, limit: usize| {
        if length > limit {
            problems.push(format!("{what} is {length} long, at most {limit} are allowed"));
        }
    };
    over("the nonce", units(message.key.as_str()), NONCE);
    over("the content", units(&message.content), CONTENT);
    over("the list of roles", message.mention_roles.len(), ROLES);
    over("the title", units(&embed.title), TITLE);
    over("the description", units(&embed.description), DESCRIPTION);
    over("the footer", units(&embed.footer), FOOTER);
    over("the list of fields", embed.fields.len(), FIELDS);
    for field in &embed.fields {
        over("a field's name", units(&field.name), FIELD_NAME);
        over("a field's value", units(&field.value), FIELD_VALUE);
    }
    over("the embed", total(embed), EMBEDS);
    over("the address", embed.url.as_deref().map_or(0, units), URL);
    problems.extend(emptiness(message));
    problems
}

/// Every text of an embed that counts towards the sum.
fn total(embed: &Embed) -> usize {
    let fields: usize = embed.fields.iter().map(|one| units(&one.name) + units(&one.value)).sum();
    units(&embed.title) + units(&embed.description) + units(&embed.footer) + fields
}

fn emptiness(message: &Message) -> Vec<String> {
    let embed = &message.embed;
    let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let mut problems = Vec::new();
    if embed.title.trim().is_empty() && embed.description.trim().is_empty() {
        problems.push("the embed says nothing".to_owned());
    }
    if embed
        .fields
        .iter()
        .any(|field| field.name.trim().is_empty() || field.value.trim().is_empty())
    {
        problems.push("a field has no name or no value".to_owned());
    }
    if embed.url.as_ref().is_some_and(|url| !web(url)) {
        problems.push("the address is not one of http(s)".to_owned());
    }
    if message.key.as_str().is_empty() {
        problems.push("the nonce is empty".to_owned());
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, EmbedField, MessageKey};

    fn message() -> Message {
        Message {
            key: MessageKey::from("k"),
            channel: ChannelId(1),
            developments: Vec::new(),
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed { title: "t".into(), ..Embed::default() },
        }
    }

    #[test]
    fn units_are_utf_16() {
        assert_eq!((units("é"), units("😀"), units("👩‍🚀")), (1, 2, 5));
    }

    #[test]
    fn a_cut_keeps_graphemes_whole_and_says_so() {
        let check = |text: &str, limit, expected: &str| {
            assert_eq!(cut(text, limit), expected);
            assert!(units(&cut(text, limit)) <= limit);
        };
        check("abcdef", 6, "abcdef");
        check("abcdef", 5, "abcd…");
        check("ab👩‍🚀cd", 7, "ab…");
        check("ab👩‍🚀cd", 8, "ab👩‍🚀…");
        check("🇳🇱🇧🇪🇱🇺", 9, "🇳🇱🇧🇪…");
        check("e\u{301}e\u{301}e\u{301}", 4, "e\u{301}…");
        check("ab   cdef", 6, "ab…");
        check("abc\\*def", 5, "abc…");
        check("ab\\\\cdef", 5, "ab\\\\…");
    }

    #[test]
    fn lines_that_do_not_fit_are_counted() {
        let all: Vec<String> = (0..5).map(|n| format!("line {n}")).collect();
        assert_eq!(lines(&all, 100), "line 0\nline 1\nline 2\nline 3\nline 4");
        assert_eq!(lines(&all, 27), "line 0\nline 1\nand 3 more");
        assert_eq!(lines(&["a very long line".into()], 6), "a ver…");
    }

    #[test]
    fn what_discord_refuses_is_named() {
        let check = |change: &dyn Fn(&mut Message), expected: &str| {
            let mut bad = message();
            change(&mut bad);
            assert_eq!(super::check(&bad), [expected]);
        };
        assert!(super::check(&message()).is_empty());
        let field =
            |name: &str, value: String| EmbedField { name: name.into(), value, inline: true };
        check(
            &|m| m.embed.title = "x".repeat(257),
            "the title is 257 long, at most 256 are allowed",
        );
        check(
            &|m| m.embed.title = "😀".repeat(129),
            "the title is 258 long, at most 256 are allowed",
        );
        check(&|m| m.embed.title = " ".into(), "the embed says nothing");
        check(&|m| m.embed.fields = vec![field("", "v".into())], "a field has no name or no value");
        check(
            &|m| m.embed.fields = vec![field("n", "v".into()); 26],
            "the list of fields is 26 long, at most 25 are allowed",
        );
        check(
            &|m| m.embed.fields = vec![field("n", "v".repeat(1_024)); 6],
            "the embed is 6151 long, at most 6000 are allowed",
        );
        check(
            &|m| m.key = MessageKey::from("x".repeat(26)),
            "the nonce is 26 long, at most 25 are allowed",
        );
        check(
            &|m| m.embed.url = Some("javascript:alert(1)".into()),
            "the address is not one of http(s)",
        );
    }
}
