//! Letters and marks: what belongs to a word, how it is folded, and what the marks between words do.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    packed::{KEPT, Key},
    tokens::{Case, Shape},
};

/// How many bytes are looked at together.
const CHUNK: usize = 8;

/// Eight bytes, each the same.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; CHUNK])
}

/// Each byte's highest bit.
const HIGH: u64 = each(0x80);

/// With how many letters and digits of ASCII eight bytes begin, and which of all are letters, by
/// their highest bits. Capitals are not asked for: the bytes are folded.
#[inline]
fn leading_letters(folded: u64) -> (usize, u64) {
    // Seven bits of each byte, so that no sum runs into the next byte.
    let low = folded & !HIGH;
    // A sum sets the highest bit of each byte that is no less than the character it is made from.
    let reach = |char: u8| low + each(0x80 - char);
    let letters = reach(b'a') & !reach(b'z' + 1) & !folded & HIGH;
    let digits = reach(b'0') & !reach(b'9' + 1) & !folded & HIGH;
    let length = (!(letters | digits) & HIGH).trailing_zeros() / 8;
    (length as usize, letters)
}

/// With how many letters and digits of ASCII a key's sixteen bytes begin, and which of all are
/// letters, by their highest bits, as far as the word goes.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "each half is looked at by itself")]
pub(crate) fn leading_word(folded: Key) -> (usize, Key) {
    let (length, letters) = leading_letters(folded as u64);
    if length < CHUNK {
        return (length, letters.into());
    }
    let (further, more) = leading_letters((folded >> 64) as u64);
    (CHUNK + further, Key::from(letters) | Key::from(more) << 64)
}

/// How a word of so many bytes is written: `raw` as it stands, `folded` in small letters, and which
/// of its bytes are letters. `shouted` where the whole text is capitals, which then say nothing.
#[inline]
pub(crate) fn case_of(raw: Key, folded: Key, letters: Key, length: usize, shouted: bool) -> Case {
    // A capital differs from its small letter by one bit, moved here to the highest.
    let capitals = ((raw ^ folded) & KEPT[length]) << 2;
    let first = capitals & 0x80 != 0;
    let small = letters & !capitals & KEPT[length];
    let opens_small = small & 0x80 != 0;
    if !shouted && (capitals == 0 || opens_small) {
        Case::Lower
    } else if shouted || small == 0 && (letters & KEPT[length]).count_ones() > 1 {
        Case::Upper
    } else if first {
        Case::Capital
    } else {
        Case::Lower
    }
}

/// What Romance languages elide before a vowel.
const ELIDED: &[&str] =
    &["l", "d", "s", "n", "j", "c", "m", "qu", "all", "dell", "dall", "nell", "sull", "un"];

/// The elided word that a word begins with, and how many bytes it takes with its apostrophe.
pub(crate) fn elision(word: &str) -> Option<(&str, usize)> {
    let (elided, rest) = word.split_once(['\'', '\u{2019}'])?;
    let known = ELIDED.iter().any(|known| known.eq_ignore_ascii_case(elided));
    let vowel = rest.chars().nth(1).is_some()
        && rest.starts_with(|c: char| "aeiouhyAEIOUHYàâéèêëîïôûÀÂÉÈÊËÎÏÔÛ".contains(c));
    (known && vowel).then(|| (elided, word.len() - rest.len()))
}

/// Writes a word without case, accents and, where it is an abbreviation, dots.
pub(crate) fn fold_into(out: &mut String, word: &str, dotted: bool) {
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

pub(crate) fn is_letter(char: char) -> bool {
    if char.is_ascii() { char.is_ascii_alphanumeric() } else { char.is_alphanumeric() }
}

pub(crate) fn is_address(text: &str) -> bool {
    text.starts_with("http") && (text.starts_with("http://") || text.starts_with("https://"))
}

/// An apostrophe inside a word, or the dots of an abbreviation such as `U.N.`, belong to the word.
pub(crate) fn joins(text: &str, byte: usize, mark: char) -> bool {
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

pub(crate) fn mark(char: char, spaced: impl FnOnce() -> bool) -> Option<Shape> {
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
pub(crate) fn floor(text: &str, bytes: usize) -> usize {
    if text.len() <= bytes { text.len() } else { text.floor_char_boundary(bytes) }
}
