//! Short words and their numbers in a table that a look-up touches in one or two places.

use super::words::WordId;

/// The longest word that is packed, in bytes.
pub(crate) const LONGEST: usize = 16;

/// A word of up to sixteen bytes. No word holds a zero, so the length needs no place.
pub(crate) type Key = u128;

/// What a key keeps of sixteen bytes, by the length of the word.
pub(crate) const KEPT: [Key; LONGEST + 1] = {
    let mut kept = [Key::MAX; LONGEST + 1];
    let mut length = 0;
    while length < LONGEST {
        kept[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    kept
};

/// The key of the word with which the bytes begin; `None` where it is too long.
#[inline]
pub(crate) fn key(bytes: &[u8], length: usize) -> Option<Key> {
    let kept = *KEPT.get(length)?;
    Some(chunk(bytes) & kept)
}

/// The first sixteen bytes, the first of them lowest, as far as there are so many.
#[inline]
pub(crate) fn chunk(bytes: &[u8]) -> Key {
    Key::from_le_bytes(bytes.first_chunk::<LONGEST>().copied().unwrap_or_else(|| {
        let mut chunk = [0; LONGEST];
        chunk[..bytes.len()].copy_from_slice(bytes);
        chunk
    }))
}

/// How many bits of a slot are the number of a word; those above tell most other words apart.
const NUMBER: u32 = 24;
const NUMBERS: u32 = (1 << NUMBER) - 1;

/// Numbers by key. At most half of the slots is used, so that most words that nothing knows meet
/// an empty one or another tag at once. The keys themselves are the caller's.
#[derive(Debug)]
pub(crate) struct Table {
    /// Tag and number; 0 for an empty slot. Their count is a power of two.
    slots: Vec<u32>,
    used: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![0; 4], used: 0 }
    }
}

/// Where a key is looked for first, and its tag.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "any bits of a hash will do")]
fn place(key: Key, slots: usize) -> (usize, u32) {
    let halves = [key as u64, (key >> 64) as u64];
    let mixed = (halves[0] ^ halves[1].wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29))
        .wrapping_mul(0xF135_7AEA_2E62_A9C5);
    let hash = mixed ^ (mixed >> 32);
    ((hash as usize) & (slots - 1), ((mixed >> 56) as u32) << NUMBER)
}

impl Table {
    /// The number of a word; 0 for one that is not here. `key_of` gives the key of a number that is.
    #[inline]
    pub(crate) fn find(&self, key: Key, key_of: impl Fn(WordId) -> Key) -> WordId {
        let (mut at, tag) = place(key, self.slots.len());
        while let Some(&slot) = self.slots.get(at).filter(|slot| **slot != 0) {
            let number = slot & NUMBERS;
            if slot & !NUMBERS == tag && key_of(number) == key {
                return number;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        0
    }

    /// Gives a number that is not 0 to a word that is not here.
    pub(crate) fn insert(&mut self, key: Key, number: WordId, key_of: impl Fn(WordId) -> Key) {
        assert!(0 < number && number <= NUMBERS, "a lexicon has thousands of words, not millions");
        if self.slots.len() <= 2 * self.used {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![0; 2 * old.len()];
            for slot in old.into_iter().filter(|slot| *slot != 0) {
                self.fill(key_of(slot & NUMBERS), slot & NUMBERS);
            }
        }
        self.used += 1;
        self.fill(key, number);
    }

    fn fill(&mut self, key: Key, number: WordId) {
        let (mut at, tag) = place(key, self.slots.len());
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = tag | number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_what_it_is_given_while_it_grows() {
        let words: Vec<String> = (0..1000).map(|number| format!("word{number}")).collect();
        let keys: Vec<Key> =
            words.iter().map(|word| key(word.as_bytes(), word.len()).unwrap()).collect();
        let key_of = |number: WordId| keys[number as usize - 1];
        let mut table = Table::default();
        for (&key, number) in keys.iter().zip(1..) {
            assert_eq!(table.find(key, key_of), 0);
            table.insert(key, number, key_of);
        }
        for (&key, number) in keys.iter().zip(1..) {
            assert_eq!(table.find(key, key_of), number);
        }
    }

    #[test]
    fn a_key_is_the_same_whatever_follows_the_word() {
        assert_eq!(key(b"court rules that it may", 5), key(b"court", 5));
        assert_ne!(key(b"courts", 6), key(b"court", 5));
        assert!(key(b"sixteen-byteword", 16).is_some());
        assert_eq!(key(b"seventeen-bytes--", 17), None);
    }
}
