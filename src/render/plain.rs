//! A message as a readable block on a terminal.
//!
//! It is made from the message itself, so that what is shown is what would be posted: our own
//! markup is turned back into words, and no control character of a source reaches the terminal.

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;

use crate::model::{EmbedField, Message};

use super::safe::{self, BREAK};

/// The width of the column of field names.
const NAMES: usize = 9;

/// The message as lines of text, each ended by a line feed; with ANSI colours where `colour` is set.
pub fn block(message: &Message, colour: bool) -> String {
    let embed = &message.embed;
    let paint = |style: Style, text: &str| {
        if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let mut lines = vec![paint(Style::new().bold(), &words(&embed.title))];
    lines.extend(embed.description.lines().map(|line| format!("  {}", words(line))));
    for field in &embed.fields {
        let tint = if field.name == "Status" { shade(embed.colour) } else { Style::new() };
        for (name, line) in rows(field) {
            let name = paint(Style::new().dimmed(), &format!("{name:<NAMES$}"));
            lines.push(format!("  {name} {}", paint(tint, &words(line))));
        }
    }
    if !message.mention_roles.is_empty() {
        let roles: Vec<String> = message.mention_roles.iter().map(u64::to_string).collect();
        lines.push(format!("  {:<NAMES$} {}", "Pings", roles.join(", ")));
    }
    lines.push(format!("  {}", paint(Style::new().dimmed(), &words(&embed.footer))));
    lines.push(String::new());
    lines.join("\n")
}

/// A field's lines, the name beside the first.
fn rows(field: &EmbedField) -> impl Iterator<Item = (&str, &str)> {
    let names = std::iter::once(field.name.as_str()).chain(std::iter::repeat(""));
    names.zip(field.value.lines())
}

/// The terminal's colour next to an embed's: green, blue, yellow, red, or none for grey.
fn shade(colour: u32) -> Style {
    let [_, red, green, blue] = colour.to_be_bytes().map(i32::from);
    let near = |one: i32, other: i32| (one - other).abs() < 0x20;
    let tint = match (red, green, blue) {
        _ if near(red, green) && near(green, blue) => return Style::new(),
        _ if blue > red && blue > green => AnsiColor::Blue,
        _ if green > red => AnsiColor::Green,
        _ if green > 0x80 => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    Style::new().fg_color(Some(tint.into()))
}

/// A line of a message without its markup.
fn words(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let read = match letter {
            '\\' => escaped(after),
            '[' => link(after),
            '<' => timestamp(after),
            BREAK => Some((String::new(), after)),
            '*' => after.strip_prefix('*').map(|behind| (String::new(), behind)),
            _ => None,
        };
        let (text, behind) = read.unwrap_or_else(|| (letter.to_string(), after));
        plain.push_str(&text);
        rest = behind;
    }
    safe::clean(&plain)
}

/// `*…`: the character that a backslash protects.
fn escaped(text: &str) -> Option<(String, &str)> {
    let protected = text.chars().next().filter(char::is_ascii_punctuation)?;
    Some((protected.to_string(), &text[1..]))
}

/// `text](url)…`: our own masked links hold no bracket in either part.
fn link(text: &str) -> Option<(String, &str)> {
    let (text, url) = text.split_once("](")?;
    let (url, behind) = url.split_once(')')?;
    Some((format!("{} <{url}>", words(text)), behind))
}

/// `t:1700000000:D>…`
fn timestamp(text: &str) -> Option<(String, &str)> {
    let (seconds, behind) = text.strip_prefix("t:")?.split_once(":D>")?;
    let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some((moment.strftime("%-d %B %Y").to_string(), behind))
}

#[cfg(test)]
pub(crate) mod tests;
