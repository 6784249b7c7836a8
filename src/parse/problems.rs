//! Collects problems, a bounded number of them, in words that a terminal can be shown: they quote
//! documents, and a document may hold anything.

use crate::model::Problem;

/// So many problems of one document are told one by one; the rest is a number.
const TOLD: usize = 50;

/// The problems of one document.
#[derive(Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    untold: usize,
}

impl Problems {
    /// Notes a problem at a place.
    pub(super) fn push(&mut self, place: impl Into<String>, what: &str) {
        if self.list.len() < TOLD {
            self.list.push(Problem { place: visible(&place.into()), what: visible(what) });
        } else {
            self.untold += 1;
        }
    }

    /// The list, closed by the number of those left out.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let what = format!("{} more problems of this kind", self.untold);
            self.list.push(Problem { place: "document".into(), what });
        }
        self.list
    }
}

/// The text with a sign in place of whatever commands a terminal or turns the direction of what
/// follows, so that it is seen that something stood there.
fn visible(text: &str) -> String {
    text.chars()
        .map(|char| if is_hostile(char) { char::REPLACEMENT_CHARACTER } else { char })
        .collect()
}

/// Controls, line and paragraph separators, and the marks, embeddings, overrides and isolates of
/// the bidirectional algorithm (UAX 9); annotations and tags, which are never seen.
fn is_hostile(char: char) -> bool {
    let unseen = matches!(
        char,
        '\u{61C}'
            | '\u{200E}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    );
    char.is_control() || unseen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut problems = Problems::default();
        problems.push(text, text);
        let expected = Problem { place: expected.into(), what: expected.into() };
        assert_eq!(problems.finish(), [expected]);
    }

    #[test]
    fn ordinary_words_stay() {
        check("“Cour pénale”, 法院, محكمة: 2 %", "“Cour pénale”, 法院, محكمة: 2 %");
    }

    #[test]
    fn what_commands_a_terminal_is_replaced() {
        check(
            "a\u{1b}[2Jb\u{9b}31m\r\n\0\u{7f}",
            "a\u{fffd}[2Jb\u{fffd}31m\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
        );
    }

    #[test]
    fn what_turns_or_hides_text_is_replaced() {
        let all = "\u{61c}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2066}\u{2069}\u{e0041}";
        check(all, &"\u{fffd}".repeat(all.chars().count()));
    }
}
