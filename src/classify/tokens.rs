//! Text to tokens: words and marks with their place, folded so that case, accents and kinds of
//! quotes make no difference.

use unicode_normalization::char::is_combining_mark;

use super::{
    letters::{
        case_of, elision, floor, fold_into, is_address, is_letter, joins, leading_word, mark,
    },
    packed::{self, LONGEST},
    words::{Traits, WordId, Words},
};
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
    pub(crate) fn of(words: &Words, title: &str, text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.read(words, title, text);
        tokens
    }

    /// Reads another article in the place of the last.
    pub(crate) fn read(&mut self, words: &Words, title: &str, text: &str) {
        let title = &title[..floor(title, LEAD)];
        let text = &text[..floor(text, LEAD)];
        self.list.clear();
        self.folded.clear();
        // What is ASCII is folded at once, and its tokens point there.
        self.folded.push_str(title);
        self.folded.push('\n');
        self.folded.push_str(text);
        self.folded.make_ascii_lowercase();
        self.folded.push_str(PADDING);
        let shouted = !title.chars().any(char::is_lowercase);
        let field = Field::Title;
        Reader { tokens: self, words, field, shouted, text: title, offset: 0 }.read();
        let (field, offset) = (Field::Text, title.len() + 1);
        Reader { tokens: self, words, field, shouted: false, text, offset }.read();
    }

    /// Reads a phrase as the lexicon has it, in the place of the last text. `u.n.` is what texts
    /// write in capitals.
    pub(crate) fn read_phrase(&mut self, words: &Words, phrase: &str) {
        if phrase.contains('.') {
            self.read(words, &phrase.to_uppercase(), "");
        } else {
            self.read(words, phrase, "");
        }
    }

    /// The words in their folded form.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let all = self.list.iter().enumerate();
        all.filter(|(_, token)| token.shape == Shape::Word).map(|(index, _)| self.word(index))
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
            if byte.is_ascii_alphanumeric()
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
        let start = self.offset + from.byte;
        let folded = packed::chunk(&self.tokens.folded.as_bytes()[start..]);
        let (length, letters) = leading_word(folded);
        let key = folded & packed::KEPT.get(length).filter(|_| length < LONGEST)?;
        let to = Place { byte: from.byte + length, char: from.char + length };
        let more = match self.text.as_bytes().get(to.byte) {
            None | Some(b' ') => false,
            Some(b':') => is_address(&self.text[from.byte..]),
            Some(&next @ (b'\'' | b'.' | b',')) => joins(self.text, to.byte, char::from(next)),
            Some(next) => !next.is_ascii(),
        };
        if more {
            return None;
        }
        let raw = packed::chunk(&self.text.as_bytes()[from.byte..]);
        let case = case_of(raw, folded, letters, length, self.shouted);
        let id = self.words.find_key(key);
        self.add((start, start + length), (from.char, to.char), (Shape::Word, case), id);
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
        let case = self.case(stem);
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
        let (start, end) = (self.offset + from.byte, self.offset + to.byte);
        let id = match what {
            (Shape::Word, _) => self.words.find(&self.tokens.folded[start..end]),
            _ => 0,
        };
        self.add((start, end), (from.char, to.char), what, id);
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
        let id = match what {
            (Shape::Word, _) => self.words.find(&folded[from..]),
            _ => 0,
        };
        let to = folded.len();
        self.add((from, to), chars, what, id);
    }

    #[inline]
    fn add(
        &mut self,
        (from, to): (usize, usize),
        (start, end): (usize, usize),
        (shape, case): (Shape, Case),
        id: WordId,
    ) {
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

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("what is read is cut at a few kilobytes")
}

#[cfg(test)]
mod tests;
