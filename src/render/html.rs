//! A message as a piece of a web page that looks as it does in Discord.
//!
//! It is made from the message itself: the markup that it may hold is ours and becomes elements,
//! and everything else is text. It needs no script, picture or outside host.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::model::{EmbedField, Message};

/// The message as an `article`.
pub fn article(message: &Message) -> String {
    let embed = &message.embed;
    let mut inner = String::new();
    let title = inline(&embed.title);
    match &embed.url {
        Some(url) => drop(write!(inner, "<h3><a href=\"{}\">{title}</a></h3>", escape(url))),
        None => drop(write!(inner, "<h3>{title}</h3>")),
    }
    if !embed.description.is_empty() {
        inner.push_str(&blocks(&embed.description));
    }
    if !embed.fields.is_empty() {
        let fields: String = embed.fields.iter().map(field).collect();
        let _ = write!(inner, "<dl>{fields}</dl>");
    }
    let when = embed.timestamp.map_or_else(String::new, |at| format!(" · {}", day(at)));
    let _ = write!(inner, "<footer>{}{when}</footer>", inline(&embed.footer));
    let content = match message.content.as_str() {
        "" => String::new(),
        content => format!("<p class=\"content\">{}</p>", inline(content)),
    };
    let colour = embed.colour & 0xFF_FF_FF;
    format!(
        "<article>{content}<div class=\"embed\" style=\"border-color:#{colour:06x}\">{inner}</div></article>\n"
    )
}

/// Text as it must be written in HTML to stand for itself.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

fn field(field: &EmbedField) -> String {
    let class = if field.inline { " class=\"inline\"" } else { "" };
    let lines: Vec<String> = field.value.lines().map(inline).collect();
    format!("<div{class}><dt>{}</dt><dd>{}</dd></div>", inline(&field.name), lines.join("<br>"))
}

/// A description: paragraphs, and lists of the lines that begin with a hyphen.
fn blocks(text: &str) -> String {
    let mut html = String::new();
    let mut in_list = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let item = line.strip_prefix("- ");
        if item.is_some() != in_list {
            html.push_str(if in_list { "</ul>" } else { "<ul>" });
            in_list = item.is_some();
        }
        let _ = match item {
            Some(item) => write!(html, "<li>{}</li>", inline(item)),
            None => write!(html, "<p>{}</p>", inline(line)),
        };
    }
    html.push_str(if in_list { "</ul>" } else { "" });
    html
}

/// A line with our own markup as elements.
fn inline(line: &str) -> String {
    let mut html = String::new();
    let mut bold = false;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let (piece, behind) = match letter {
            '\\' => escaped(after),
            '[' => link(after),
            '<' => stamp(after),
            '*' => after.strip_prefix('*').map(|behind| {
                bold = !bold;
                (if bold { "<strong>" } else { "</strong>" }.to_owned(), behind)
            }),
            _ => None,
        }
        .unwrap_or_else(|| (escape(&letter.to_string()), after));
        html.push_str(&piece);
        rest = behind;
    }
    html + if bold { "</strong>" } else { "" }
}

/// `*…`: the character that a backslash protects.
fn escaped(text: &str) -> Option<(String, &str)> {
    let protected = text.chars().next().filter(char::is_ascii_punctuation)?;
    Some((escape(&protected.to_string()), &text[1..]))
}

/// `text](url)…`
fn link(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.split_once("](")?;
    let (url, behind) = rest.split_once(')')?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    web.then(|| (format!("<a href=\"{}\">{}</a>", escape(url), inline(name)), behind))
}

/// `t:1700000000:D>…` or `@&7>…`
fn stamp(text: &str) -> Option<(String, &str)> {
    if let Some((role, behind)) = text.strip_prefix("@&").and_then(|rest| rest.split_once('>')) {
        let number: u64 = role.parse().ok()?;
        return Some((format!("<span class=\"role\">@role {number}</span>"), behind));
    }
    let (seconds, behind) = text.strip_prefix("t:")?.split_once(":D>")?;
    let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some((day(moment), behind))
}

fn day(moment: Timestamp) -> String {
    format!("<time>{}</time>", moment.strftime("%-d %B %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::TellKind,
        render::discord::tests::{development, report, told},
    };

    #[test]
    fn a_message_is_shown_with_its_own_markup_as_elements() {
        let one = report("daily", "Court wants <b>Example</b> *arrested*", "https://daily.test/1");
        let html = article(&told(&development(vec![one]), TellKind::New));
        for piece in [
            "<p class=\"content\"><span class=\"role\">@role 7</span> ",
            "<h3><a href=\"https://daily.test/1\">The International Criminal Court issued an arrest warrant for Ann Example.</a></h3>",
            "Court wants &lt;",
            "*arrested*” (daily)</p>",
            "<div class=\"inline\"><dt>Date</dt><dd><time>5 March 2024</time></dd></div>",
            "<a href=\"https://daily.test/1\">daily/daily.test</a>: “",
            "<footer>#K7Q2M · <time>5 March 2024</time></footer>",
        ] {
            assert!(html.contains(piece), "{piece} is not in {html}");
        }
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn a_description_has_paragraphs_and_lists() {
        let check = |text: &str, expected: &str| assert_eq!(blocks(text), expected);
        check("one", "<p>one</p>");
        check(
            "**A**\n- b\n- c\n\n**D**\n- e",
            "<p><strong>A</strong></p><ul><li>b</li><li>c</li></ul><p><strong>D</strong></p><ul><li>e</li></ul>",
        );
        check("\\*a\\* **b", "<p>*a* <strong>b</strong></p>");
        check("[x](javascript:alert) <script>", "<p>[x](javascript:alert) &lt;script&gt;</p>");
    }
}
