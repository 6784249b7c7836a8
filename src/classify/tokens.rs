//! Text to tokens: words and marks with their place, folded so that case, accents and kinds of
//! quotes make no difference.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::Field;

/// A word or mark of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where the folded form stands in [`Tokens::folded`].
    folded: (u32, u32),
    /// First character in its field, in Unicode scalar values.
    pub(crate) start: u32,
    /// One past the last character.
    pub(crate) end: u32,
    /// Title or text.
    pub(crate) field: Field,
    /// What it is.
    pub(crate) shape: Shape,
    /// How it is written.
    pub(crate) case: Case,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word or number.
    Word,
    /// A mark that ends a sentence: `.`, `!`.
    Stop,
    /// A question mark.
    Question,
    /// A mark that parts clauses: `:`, `;`, a dash with spaces around it, `|`.
    Break,
    /// A comma or bracket.
    Comma,
    /// A quotation mark.
    Quote,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `court`
    Lower,
    /// `Court`
    Capital,
    /// `ICC`, `I.C.C.`
    Upper,
}

/// The tokens of an article, headline first.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Token>,
    folded: String,
}

/// How much of a headline and of a lead is read, in bytes: what news says, it says at the start.
const LEAD: usize = 600;

impl Tokens {
    /// Reads a headline and the beginning of a lead. Linear in the length read.
    pub(crate) fn read(title: &str, text: &str) -> Self {
        let mut tokens = Self {
            list: Vec::with_capacity((title.len() + text.len().min(LEAD)) / 5 + 8),
            folded: String::with_capacity(title.len() + text.len().min(LEAD) + 16),
        };
        let all_capitals = !title.chars().any(char::is_lowercase);
        tokens.add(Field::Title, &title[..floor(title, LEAD)], all_capitals);
        tokens.add(Field::Text, &text[..floor(text, LEAD)], false);
        tokens
    }

    /// The folded form of a token.
    pub(crate) fn word(&self, index: usize) -> &str {
        let (from, to) = self.list[index].folded;
        &self.folded[from as usize..to as usize]
    }

    /// Splits one field. In a field that is all capitals, capitals say nothing.
    fn add(&mut self, field: Field, text: &str, shouted: bool) {
        let mut chars = text.char_indices().enumerate().peekable();
        let mut before = ' ';
        while let Some((at, (byte, char))) = chars.next() {
            if char == 'h' && is_address(&text[byte..]) {
                // A web address says nothing here, whatever marks it holds.
                while chars.next_if(|(_, (_, next))| !next.is_whitespace()).is_some() {}
                before = ' ';
                continue;
            }
            if char.is_alphanumeric() {
                let mut end = byte + char.len_utf8();
                let mut last = at;
                while let Some(&(index, (next_byte, next))) = chars.peek() {
                    let inside = next.is_alphanumeric()
                        || is_combining_mark(next)
                        || joins(text, end, next_byte, next);
                    if !inside {
                        break;
                    }
                    last = index;
                    end = next_byte + next.len_utf8();
                    chars.next();
                }
                self.word_token(field, (at, last + 1), &text[byte..end], shouted);
                before = 'a';
                continue;
            }
            if let Some(shape) = mark(char, before, text[byte + char.len_utf8()..].chars().next()) {
                self.push(field, (at, at + 1), (shape, Case::Lower), |folded| folded.push(char));
            }
            before = char;
        }
        let end = text.chars().count();
        self.push(field, (end, end), (Shape::Stop, Case::Lower), |folded| folded.push('.'));
    }

    /// A word, with a possessive `'s` as a token of its own and the dots of `U.N.` dropped.
    fn word_token(&mut self, field: Field, (start, end): (usize, usize), raw: &str, shouted: bool) {
        let (stem, possessive) = match raw.char_indices().rev().nth(1) {
            Some((cut, '\'' | '’')) if raw.ends_with(['s', 'S']) => (&raw[..cut], true),
            _ => (raw, false),
        };
        let split = if possessive { end - 2 } else { end };
        let dotted = stem.contains('.');
        let letters = stem.chars().filter(|c| c.is_alphabetic()).count();
        let case = if shouted || letters > 1 && !stem.chars().any(char::is_lowercase) {
            Case::Upper
        } else if stem.starts_with(char::is_uppercase) {
            Case::Capital
        } else {
            Case::Lower
        };
        self.push(field, (start, split), (Shape::Word, case), |folded| {
            if dotted && case != Case::Lower {
                fold_into(folded, stem.chars().filter(|c| *c != '.'));
            } else {
                fold_into(folded, stem.chars());
            }
        });
        if possessive {
            self.push(field, (split, end), (Shape::Word, Case::Lower), |folded| {
                folded.push_str("'s");
            });
        }
    }

    fn push(
        &mut self,
        field: Field,
        (start, end): (usize, usize),
        (shape, case): (Shape, Case),
        write: impl FnOnce(&mut String),
    ) {
        let from = self.folded.len();
        write(&mut self.folded);
        self.list.push(Token {
            folded: (narrow(from), narrow(self.folded.len())),
            start: narrow(start),
            end: narrow(end),
            field,
            shape,
            case,
        });
    }
}

/// Folds a phrase as the tokens of a text are folded, word by word.
pub(crate) fn fold_phrase(phrase: &str) -> Vec<String> {
    let tokens = Tokens::read(phrase, "");
    (0..tokens.list.len())
        .filter(|&index| tokens.list[index].shape == Shape::Word)
        .map(|index| tokens.word(index).to_owned())
        .collect()
}

fn fold_into(out: &mut String, chars: impl Iterator<Item = char>) {
    for char in chars {
        if char.is_ascii() {
            out.push(char.to_ascii_lowercase());
        } else if char == '’' {
            out.push('\'');
        } else {
            let decomposed = std::iter::once(char).nfkd().filter(|c| !is_combining_mark(*c));
            out.extend(decomposed.flat_map(char::to_lowercase));
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// An apostrophe inside a word, or the dots of an abbreviation such as `U.N.`, belong to the word.
fn joins(text: &str, end: usize, byte: usize, mark: char) -> bool {
    let mut after = text[byte + mark.len_utf8()..].chars();
    let follows = after.next();
    match mark {
        '\'' | '’' => follows.is_some_and(char::is_alphabetic),
        '.' => {
            let single = |c: Option<char>| c.is_some_and(char::is_uppercase);
            let mut back = text[..end].chars().rev();
            let last = back.next();
            let before = back.next();
            let opens = before.is_none_or(|c| !c.is_alphanumeric());
            let letter_follows = single(follows) && after.next().is_none_or(|c| !c.is_alphabetic());
            single(last) && opens && (letter_follows || before == Some('.'))
        }
        ',' => {
            text[..end].ends_with(|c: char| c.is_ascii_digit())
                && follows.is_some_and(|c| c.is_ascii_digit())
        }
        _ => false,
    }
}

fn mark(char: char, before: char, after: Option<char>) -> Option<Shape> {
    let spaced = before.is_whitespace() || after.is_none_or(char::is_whitespace);
    Some(match char {
        '.' | '!' | '…' | '\n' => Shape::Stop,
        '?' => Shape::Question,
        ':' | ';' | '|' | '—' | '·' | '•' => Shape::Break,
        '-' | '–' if spaced => Shape::Break,
        ',' | '(' | ')' | '[' | ']' => Shape::Comma,
        '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '\'' => Shape::Quote,
        _ => return None,
    })
}

/// The largest boundary of a character at or below a number of bytes.
fn floor(text: &str, bytes: usize) -> usize {
    if text.len() <= bytes { text.len() } else { text.floor_char_boundary(bytes) }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("what is read is cut at a few kilobytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = Tokens::read(text, "");
        let ends = |index: usize| tokens.list[index].start == tokens.list[index].end;
        let words: Vec<&str> = (0..tokens.list.len())
            .filter(|&index| tokens.list[index].shape != Shape::Quote && !ends(index))
            .map(|index| tokens.word(index))
            .collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn case_and_accents_are_folded() {
        check("Félicien KABUGA", &["felicien", "kabuga"]);
        check("Türkiye's Ístanbul", &["turkiye", "'s", "istanbul"]);
    }

    #[test]
    fn abbreviations_lose_their_dots() {
        check("U.S. and the I.C.C. agree.", &["us", "and", "the", "icc", "agree", "."]);
        check("The U.N.'s court", &["the", "un", "'s", "court"]);
    }

    #[test]
    fn hyphens_part_words_and_spaced_dashes_part_clauses() {
        check("Lvova-Belova – a plea", &["lvova", "belova", "–", "a", "plea"]);
    }

    #[test]
    fn numbers_keep_their_commas() {
        check("1,000 pages, twice", &["1,000", "pages", ",", "twice"]);
    }

    #[test]
    fn offsets_count_characters() {
        let tokens = Tokens::read("Thaçi’s trial", "");
        let spans: Vec<_> = tokens.list.iter().map(|t| (t.start, t.end)).collect();
        assert_eq!(spans, [(0, 5), (5, 7), (8, 13), (13, 13), (0, 0)]);
    }
}
