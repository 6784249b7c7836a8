//! Text to tokens: words and marks with their place, folded so that case, accents and kinds of
//! quotes make no difference.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::words::{Traits, WordId, Words};
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
    /// The number of the word; 0 for marks and for words that nothing knows.
    pub(crate) id: WordId,
    /// What the word is good for.
    pub(crate) traits: Traits,
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
/// Behind the text, so that its last words too are looked up at one stroke.
const PADDING: &str = "                ";

impl Tokens {
    /// Reads a headline and the beginning of a lead. Linear in the length read.
    pub(crate) fn read(words: &Words, title: &str, text: &str) -> Self {
        let title = &title[..floor(title, LEAD)];
        let text = &text[..floor(text, LEAD)];
        let bytes = title.len() + text.len();
        let mut tokens = Self {
            list: Vec::with_capacity(bytes / 4 + 8),
            folded: String::with_capacity(bytes + bytes / 4 + 2 * PADDING.len()),
        };
        // What is ASCII is folded at once, and its tokens point there.
        tokens.folded.push_str(title);
        tokens.folded.push_str(text);
        tokens.folded.make_ascii_lowercase();
        tokens.folded.push_str(PADDING);
        let shouted = !title.chars().any(char::is_lowercase);
        let field = Field::Title;
        Reader { tokens: &mut tokens, words, field, shouted, text: title, offset: 0 }.read();
        let (field, offset) = (Field::Text, title.len());
        Reader { tokens: &mut tokens, words, field, shouted: false, text, offset }.read();
        tokens
    }

    /// The folded form of a token.
    #[inline]
    pub(crate) fn word(&self, index: usize) -> &str {
        let (from, to) = self.list[index].folded;
        &self.folded[from as usize..to as usize]
    }

    /// Whether there is such a token and its word has a trait.
    #[inline]
    pub(crate) fn is(&self, index: usize, what: Traits) -> bool {
        self.list.get(index).is_some_and(|token| token.traits.has(what))
    }
}

/// Splits one field.
struct Reader<'a> {
    tokens: &'a mut Tokens,
    words: &'a Words,
    field: Field,
    /// In a field that is all capitals, capitals say nothing.
    shouted: bool,
    text: &'a str,
    /// Where the field begins in [`Tokens::folded`].
    offset: usize,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    byte: usize,
    char: usize,
}

impl Place {
    fn past(self, char: char) -> Self {
        Self { byte: self.byte + char.len_utf8(), char: self.char + 1 }
    }
}

impl Reader<'_> {
    fn read(mut self) {
        let mut at = Place::default();
        // Whether a space stands before.
        let mut spaced = true;
        while let Some(&byte) = self.text.as_bytes().get(at.byte) {
            if byte == b' ' {
                at = at.past(' ');
                spaced = true;
                continue;
            }
            if LETTERS[usize::from(byte)] != 0
                && let Some(end) = self.plain_word(at)
            {
                at = end;
                spaced = false;
                continue;
            }
            let Some(char) = self.char_at(at.byte) else { break };
            if char == 'h' && is_address(&self.text[at.byte..]) {
                // A web address says nothing here, whatever marks it holds.
                while let Some(char) = self.char_at(at.byte).filter(|c| !c.is_whitespace()) {
                    at = at.past(char);
                }
                spaced = true;
            } else if is_letter(char) {
                let end = self.word_end(at);
                self.word(at, end);
                at = end;
                spaced = false;
            } else {
                let next = at.past(char);
                let around = || spaced || self.char_at(next.byte).is_none_or(char::is_whitespace);
                if let Some(shape) = mark(char, around) {
                    self.push_plain(at, next, (shape, Case::Lower));
                }
                at = next;
                spaced = char.is_whitespace();
            }
        }
        self.push((at.char, at.char), (Shape::Stop, Case::Lower), |out| out.push('.'));
    }

    /// Takes a word that is letters and digits of ASCII and nothing else, as most are, and gives
    /// its end; `None` where there may be more to it.
    fn plain_word(&mut self, from: Place) -> Option<Place> {
        let rest = &self.text.as_bytes()[from.byte..];
        let mut letters = 0;
        let mut length = 0;
        let next = loop {
            let Some(&byte) = rest.get(length) else { break b' ' };
            let kind = LETTERS[usize::from(byte)];
            if kind == 0 {
                break byte;
            }
            letters |= kind;
            length += 1;
        };
        let more = match next {
            b' ' => false,
            b':' => rest[0] == b'h' && is_address(&self.text[from.byte..]),
            b'\'' | b'.' | b',' => joins(self.text, from.byte + length, char::from(next)),
            _ => !next.is_ascii(),
        };
        if more {
            return None;
        }
        let case = if self.shouted || letters & LOWER == 0 {
            self.ascii_case(&rest[..length])
        } else if rest[0].is_ascii_uppercase() {
            Case::Capital
        } else {
            Case::Lower
        };
        let to = Place { byte: from.byte + length, char: from.char + length };
        self.push_plain(from, to, (Shape::Word, case));
        Some(to)
    }

    /// The character that begins at a byte.
    fn char_at(&self, byte: usize) -> Option<char> {
        match self.text.as_bytes().get(byte)? {
            ascii @ 0..=0x7F => Some(char::from(*ascii)),
            _ => self.text[byte..].chars().next(),
        }
    }

    fn word_end(&self, mut at: Place) -> Place {
        let bytes = self.text.as_bytes();
        loop {
            let plain = bytes[at.byte..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
            let plain = plain.count();
            at = Place { byte: at.byte + plain, char: at.char + plain };
            let Some(char) = self.char_at(at.byte) else { return at };
            // The commonest ends first: nothing else is asked of a space.
            let inside = char != ' '
                && (!char.is_ascii() && (char.is_alphanumeric() || is_combining_mark(char))
                    || joins(self.text, at.byte, char));
            if !inside {
                return at;
            }
            at = at.past(char);
        }
    }

    /// A word, with a possessive `'s` and an elided article (`l'Espagne`) as tokens of their own and
    /// the dots of `U.N.` dropped.
    fn word(&mut self, from: Place, to: Place) {
        let raw = &self.text[from.byte..to.byte];
        if let Some((elided, length)) = elision(raw) {
            let middle = Place { byte: from.byte + length, char: from.char + elided.len() + 1 };
            self.push((from.char, middle.char), (Shape::Word, Case::Lower), |out| {
                fold_into(out, elided, false);
            });
            return self.word(middle, to);
        }
        let owner =
            raw.strip_suffix(['s', 'S']).and_then(|bare| bare.strip_suffix(['\'', '\u{2019}']));
        let (stem, possessive) = (owner.unwrap_or(raw), owner.is_some());
        let split = if possessive { to.char - 2 } else { to.char };
        let case = if stem.is_ascii() { self.ascii_case(stem.as_bytes()) } else { self.case(stem) };
        let dotted = case != Case::Lower && stem.contains('.');
        if stem.is_ascii() && !dotted {
            let end = Place { byte: from.byte + stem.len(), char: split };
            self.push_plain(from, end, (Shape::Word, case));
        } else {
            self.push((from.char, split), (Shape::Word, case), |out| {
                fold_into(out, stem, dotted);
            });
        }
        if possessive {
            self.push((split, to.char), (Shape::Word, Case::Lower), |out| out.push_str("'s"));
        }
    }

    fn ascii_case(&self, stem: &[u8]) -> Case {
        let first = stem[0].is_ascii_uppercase();
        if !self.shouted && !first && stem[0].is_ascii_lowercase() {
            return Case::Lower;
        }
        let lower = stem.iter().any(u8::is_ascii_lowercase);
        let several = || stem.iter().filter(|byte| byte.is_ascii_alphabetic()).nth(1).is_some();
        if self.shouted || !lower && several() {
            Case::Upper
        } else if first {
            Case::Capital
        } else {
            Case::Lower
        }
    }

    fn case(&self, stem: &str) -> Case {
        let (mut letters, mut lower) = (0, false);
        for char in stem.chars() {
            letters += usize::from(char.is_alphabetic());
            lower |= char.is_lowercase();
        }
        if self.shouted || letters > 1 && !lower {
            Case::Upper
        } else if stem.starts_with(char::is_uppercase) {
            Case::Capital
        } else {
            Case::Lower
        }
    }

    /// Adds a token that needs no more folding than ASCII does.
    fn push_plain(&mut self, from: Place, to: Place, what: (Shape, Case)) {
        let folded = (self.offset + from.byte, self.offset + to.byte);
        self.add(folded, (from.char, to.char), what);
    }

    /// Adds a token whose folded form is written behind all others.
    fn push(
        &mut self,
        chars: (usize, usize),
        what: (Shape, Case),
        write: impl FnOnce(&mut String),
    ) {
        let folded = &mut self.tokens.folded;
        let from = folded.len();
        write(folded);
        let to = folded.len();
        self.add((from, to), chars, what);
    }

    fn add(
        &mut self,
        (from, to): (usize, usize),
        (start, end): (usize, usize),
        (shape, case): (Shape, Case),
    ) {
        let word = shape == Shape::Word;
        let id = if word { self.words.find_within(&self.tokens.folded, from, to) } else { 0 };
        self.tokens.list.push(Token {
            folded: (narrow(from), narrow(to)),
            start: narrow(start),
            end: narrow(end),
            id,
            traits: self.words.traits(id),
            field: self.field,
            shape,
            case,
        });
    }
}

/// What the letters and digits of ASCII are; 0 for other bytes.
const LETTERS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' | b'0'..=b'9' => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};
const LOWER: u8 = 1;
const OTHER: u8 = 2;

/// Folds a phrase as the tokens of a text are folded, word by word. `u.n.` is what texts write in
/// capitals.
pub(crate) fn fold_phrase(phrase: &str) -> Vec<String> {
    let upper = phrase.contains('.').then(|| phrase.to_uppercase());
    let phrase = upper.as_deref().unwrap_or(phrase);
    let tokens = Tokens::read(&Words::default(), phrase, "");
    (0..tokens.list.len())
        .filter(|&index| tokens.list[index].shape == Shape::Word)
        .map(|index| tokens.word(index).to_owned())
        .collect()
}

/// What Romance languages elide before a vowel.
const ELIDED: &[&str] =
    &["l", "d", "s", "n", "j", "c", "m", "qu", "all", "dell", "dall", "nell", "sull", "un"];

/// The elided word that a word begins with, and how many bytes it takes with its apostrophe.
fn elision(word: &str) -> Option<(&str, usize)> {
    let (elided, rest) = word.split_once(['\'', '\u{2019}'])?;
    let known = ELIDED.iter().any(|known| known.eq_ignore_ascii_case(elided));
    let vowel = rest.chars().nth(1).is_some()
        && rest.starts_with(|c: char| "aeiouhyAEIOUHYàâéèêëîïôûÀÂÉÈÊËÎÏÔÛ".contains(c));
    (known && vowel).then(|| (elided, word.len() - rest.len()))
}

/// Writes a word without case, accents and, where it is an abbreviation, dots.
fn fold_into(out: &mut String, word: &str, dotted: bool) {
    if word.is_ascii() && !dotted {
        let from = out.len();
        out.push_str(word);
        out[from..].make_ascii_lowercase();
        return;
    }
    for char in word.chars() {
        match char {
            '.' if dotted => {}
            '\u{2019}' => out.push('\''),
            _ if char.is_ascii() => out.push(char.to_ascii_lowercase()),
            _ => {
                let decomposed = std::iter::once(char).nfkd().filter(|c| !is_combining_mark(*c));
                out.extend(decomposed.flat_map(char::to_lowercase));
            }
        }
    }
}

fn is_letter(char: char) -> bool {
    if char.is_ascii() { char.is_ascii_alphanumeric() } else { char.is_alphanumeric() }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http") && (text.starts_with("http://") || text.starts_with("https://"))
}

/// An apostrophe inside a word, or the dots of an abbreviation such as `U.N.`, belong to the word.
fn joins(text: &str, byte: usize, mark: char) -> bool {
    if !matches!(mark, '\'' | '\u{2019}' | '.' | ',') {
        return false;
    }
    let end = byte;
    let mut after = text[byte + mark.len_utf8()..].chars();
    let follows = after.next();
    match mark {
        '\'' | '’' => follows.is_some_and(char::is_alphabetic),
        '.' | ',' if text[..end].ends_with(|c: char| c.is_ascii_digit()) => {
            follows.is_some_and(|c| c.is_ascii_digit())
        }
        '.' => {
            let single = |c: Option<char>| c.is_some_and(char::is_uppercase);
            let mut back = text[..end].chars().rev();
            let last = back.next();
            let before = back.next();
            let opens = before.is_none_or(|c| !c.is_alphanumeric());
            let letter_follows = single(follows) && after.next().is_none_or(|c| !c.is_alphabetic());
            single(last) && opens && (letter_follows || before == Some('.'))
        }
        _ => false,
    }
}

fn mark(char: char, spaced: impl FnOnce() -> bool) -> Option<Shape> {
    Some(match char {
        '.' | '!' | '…' | '\n' => Shape::Stop,
        '?' => Shape::Question,
        ':' | ';' | '|' | '—' | '·' | '•' => Shape::Break,
        '-' | '–' => return spaced().then_some(Shape::Break),
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
        let tokens = Tokens::read(&Words::default(), text, "");
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
    fn a_phrase_in_small_letters_folds_as_texts_write_it() {
        assert_eq!(fold_phrase("u.n. court"), ["un", "court"]);
        assert_eq!(fold_phrase("karim a.a. khan"), ["karim", "aa", "khan"]);
        assert_eq!(fold_phrase("congo v. uganda"), ["congo", "v", "uganda"]);
    }

    #[test]
    fn hyphens_part_words_and_spaced_dashes_part_clauses() {
        check("Lvova-Belova – a plea", &["lvova", "belova", "–", "a", "plea"]);
    }

    #[test]
    fn elided_articles_are_words() {
        check(
            "L’Espagne et l'affaire d'Israël",
            &["l", "espagne", "et", "l", "affaire", "d", "israel"],
        );
        check("N'Djamena can't", &["n'djamena", "can't"]);
    }

    #[test]
    fn numbers_keep_their_commas_and_points() {
        check("1,000 pages, 2.7 million", &["1,000", "pages", ",", "2.7", "million"]);
    }

    #[test]
    fn offsets_count_characters() {
        let tokens = Tokens::read(&Words::default(), "Thaçi’s trial", "");
        let spans: Vec<_> = tokens.list.iter().map(|t| (t.start, t.end)).collect();
        assert_eq!(spans, [(0, 5), (5, 7), (8, 13), (13, 13), (0, 0)]);
    }
}
