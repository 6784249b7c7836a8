//! What is written: headings and paragraphs, wrapped to the terminal.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

/// How a page looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// How many columns there are.
    pub(super) width: usize,
    /// Whether colours are wanted.
    pub(super) colour: bool,
    /// Whether everything is shown, or what matters.
    pub(super) full: bool,
}

/// What something on a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// What stands as it is.
    Plain,
    /// A heading.
    Heading,
    /// What the reading rests on.
    Role,
    /// A cue.
    Cue,
    /// A known name.
    Name,
    /// What is said in passing.
    Faint,
    /// The verdict that something is told.
    Told,
    /// The verdict that nothing is.
    Quiet,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Heading => Style::new().bold(),
            Self::Role | Self::Told => AnsiColor::Green.on_default().bold(),
            Self::Cue | Self::Quiet => AnsiColor::Yellow.on_default().bold(),
            Self::Name => AnsiColor::Cyan.on_default(),
            Self::Faint => Style::new().dimmed(),
        }
    }
}

/// Text under way to the terminal.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) look: Look,
    text: String,
}

/// Lines longer than this are tiring to read, however wide the terminal.
const WIDEST: usize = 100;
/// Below this, nothing can be laid out: such a terminal wraps by itself.
const NARROWEST: usize = 40;

impl Page {
    /// An empty page.
    pub(super) fn new(look: Look) -> Self {
        let width = look.width.clamp(NARROWEST, WIDEST);
        Self { look: Look { width, ..look }, text: String::new() }
    }

    /// What was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A heading, after an empty line.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        let text = self.painted(Ink::Heading, text);
        self.line(&text);
    }

    /// An empty line, unless there is one or nothing yet.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A clean paragraph that begins at a column and goes on, where it wraps, two columns further in.
    pub(super) fn paragraph(&mut self, column: usize, ink: Ink, text: &str) {
        self.hung(&" ".repeat(column), column + 2, ink, text);
    }

    /// A name and what is said of it, beside each other.
    pub(super) fn entry(&mut self, name: &str, text: &str) {
        self.hung(&format!("  {name:<11} "), 14, Ink::Plain, text);
    }

    /// A clean paragraph behind something, whose further lines begin at a column.
    fn hung(&mut self, before: &str, column: usize, ink: Ink, text: &str) {
        let mut before = before.to_owned();
        let mut line = String::new();
        let mut at = before.width();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let space = usize::from(!line.is_empty());
            if space > 0 && at + space + word.width() > self.look.width {
                self.wrapped(&before, ink, &line);
                before = " ".repeat(column);
                at = column;
                line.clear();
            } else if space > 0 {
                line.push(' ');
                at += space;
            }
            line.push_str(word);
            at += word.width();
        }
        self.wrapped(&before, ink, &line);
    }

    fn wrapped(&mut self, before: &str, ink: Ink, text: &str) {
        let text = self.painted(ink, text);
        self.line(format!("{before}{text}").trim_end());
    }

    /// A text in its colour, where colours are wanted.
    pub(super) fn painted(&self, ink: Ink, text: &str) -> String {
        if !self.look.colour || ink == Ink::Plain {
            return text.to_owned();
        }
        let style = ink.style();
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_wrap_at_the_width_that_signs_take() {
        let mut page = Page::new(Look { width: 40, colour: false, full: false });
        page.heading("Head");
        page.paragraph(2, Ink::Faint, "逮捕状 逮捕状 逮捕状 逮捕状 逮捕状 逮捕状 e\u{301}");
        assert_eq!(
            page.text(),
            "Head\n  逮捕状 逮捕状 逮捕状 逮捕状 逮捕状\n    逮捕状 e\u{301}\n"
        );
    }

    #[test]
    fn colours_are_written_where_they_are_wanted() {
        let mut page = Page::new(Look { width: 40, colour: true, full: false });
        page.paragraph(1, Ink::Heading, "Head");
        assert_eq!(page.text(), " \u{1b}[1mHead\u{1b}[0m\n");
    }
}
