//! A text as a terminal shows it: what nobody sees or a terminal would act upon is left out, and
//! what is left knows from which characters it comes and how many columns it takes.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::words;

/// What stands in one place of the terminal: a letter with its marks, an emoji.
#[derive(Debug, PartialEq, Eq)]
struct Cell {
    text: String,
    width: usize,
    /// The characters of the text as it came.
    from: Range<usize>,
}

/// A text in cells.
#[derive(Debug)]
pub(super) struct Cells(Vec<Cell>);

impl Cells {
    /// The first `read` characters of a text.
    pub(super) fn of(text: &str, read: usize) -> Self {
        let text: String = text.chars().take(read).collect();
        let shown = words::clean(&text);
        let mut places = places(&text, &shown).into_iter();
        let cells = shown.graphemes(true).map(|grapheme| {
            let mut from = places.by_ref().take(grapheme.chars().count());
            let first = from.next().unwrap_or_default();
            let last = from.last().unwrap_or(first);
            Cell { text: grapheme.to_owned(), width: grapheme.width(), from: first..last + 1 }
        });
        Self(cells.collect())
    }

    /// The lines of a wrapped text: between words, and inside one that is longer than a line.
    pub(super) fn lines(&self, width: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut from = 0;
        let mut space = None;
        let mut taken = 0;
        let mut at = 0;
        while at < self.0.len() {
            let cell = &self.0[at];
            if cell.text == " " {
                space = Some(at);
            }
            if taken + cell.width > width && at > from {
                let (end, next) = match space.filter(|space| *space > from) {
                    Some(space) => (space, space + 1),
                    None => (at, at),
                };
                lines.push(from..end);
                (from, at, taken, space) = (next, next, 0, None);
            } else {
                taken += cell.width;
                at += 1;
            }
        }
        if from < self.0.len() {
            lines.push(from..self.0.len());
        }
        lines
    }

    /// The cells in which these characters stand.
    pub(super) fn holding(&self, characters: &Range<usize>) -> Range<usize> {
        let before = |cell: &Cell| cell.from.end <= characters.start;
        let from = self.0.iter().take_while(|cell| before(cell)).count();
        let inside = self.0[from..].iter().take_while(|cell| cell.from.start < characters.end);
        from..from + inside.count()
    }

    /// What is shown there, and how many columns it takes.
    pub(super) fn shown(&self, cell: usize) -> (&str, usize) {
        (&self.0[cell].text, self.0[cell].width)
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// From which character of a text each character of its clean form comes.
fn places(text: &str, clean: &str) -> Vec<usize> {
    let mut places = Vec::with_capacity(clean.len());
    let mut wanted = clean.chars().peekable();
    for (at, letter) in text.chars().enumerate() {
        let Some(&next) = wanted.peek() else { break };
        let blank = letter.is_whitespace() || letter.is_control() || letter == '\u{2800}';
        if letter == next || next == ' ' && blank {
            places.push(at);
            wanted.next();
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, characters: Range<usize>, shown: &str) {
        let cells = Cells::of(text, usize::MAX);
        let held: String = cells.holding(&characters).map(|at| cells.shown(at).0).collect();
        assert_eq!(held, shown);
    }

    #[test]
    fn cells_know_the_characters_they_come_from() {
        check("The ICC  acts", 4..7, "ICC");
        check("The\u{1b}[31m\u{202e} ICC", 10..13, "ICC");
        check("e\u{301}tat e\u{301}tat", 6..11, "e\u{301}tat");
        check("👨‍👩‍👧 ICC", 6..9, "ICC");
        check("\u{feff}\tICC\u{200b}", 2..5, "ICC");
        check("ICC", 7..9, "");
    }

    #[test]
    fn lines_break_between_words_and_inside_long_ones() {
        let lines = |text: &str| -> Vec<String> {
            let cells = Cells::of(text, usize::MAX);
            let shown = |line: Range<usize>| line.map(|at| cells.shown(at).0).collect();
            cells.lines(10).into_iter().map(shown).collect()
        };
        assert_eq!(lines("one two three four"), ["one two", "three four"]);
        assert_eq!(lines("逮捕状逮捕状 abc"), ["逮捕状逮捕", "状 abc"]);
        assert_eq!(lines("abcdefghij klm"), ["abcdefghij", "klm"]);
        assert!(lines(" \n").is_empty());
    }
}
