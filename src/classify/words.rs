//! The words that something here knows: each has a number, and the small words of grammar and of
//! dates have traits, so that nothing compares strings while it reads.

use rustc_hash::FxHashMap;

use super::{packed, trie::Node};

/// The number of a word; 0 for one that nothing knows.
pub(crate) type WordId = u32;

/// What a small word is good for. A word can have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(u32);

impl Traits {
    /// A form of *be* that makes a participle passive.
    pub(crate) const BE: Self = Self(1);
    /// A form of *have* that makes a perfect.
    pub(crate) const HAVE: Self = Self(1 << 1);
    /// A preposition.
    pub(crate) const PREPOSITION: Self = Self(1 << 2);
    /// What may stand between an auxiliary and its verb.
    pub(crate) const SKIPPED: Self = Self(1 << 3);
    /// An article or possessive before a noun.
    pub(crate) const ARTICLE: Self = Self(1 << 4);
    /// What shows that a noun follows.
    pub(crate) const BEFORE_NOUN: Self = Self(1 << 5);
    /// What shows that a verb follows.
    pub(crate) const BEFORE_VERB: Self = Self(1 << 6);
    /// What can begin a day, a month or a while.
    pub(crate) const DATE: Self = Self(1 << 7);
    /// What leads to an agent: `by`.
    pub(crate) const BY: Self = Self(1 << 8);
    /// What calls a thing a further one: `second`, `new`.
    pub(crate) const FURTHER: Self = Self(1 << 9);

    /// A noun of many people.
    pub(crate) const MANY: Self = Self(1 << 10);

    /// What joins two verbs of one actor.
    pub(crate) const JOIN: Self = Self(1 << 11);

    /// What leads to the person of an act: `a warrant for`, `charges against`.
    pub(crate) const LEAD: Self = Self(1 << 12);
    /// What stands between the persons of a list.
    pub(crate) const LIST: Self = Self(1 << 13);
    /// Who stands beside a person without being that person.
    pub(crate) const BESIDE: Self = Self(1 << 14);
    /// What is done to somebody, whoever's it is called.
    pub(crate) const DONE_TO: Self = Self(1 << 15);
    /// A title before a name.
    pub(crate) const TITLE: Self = Self(1 << 16);
    /// What may stand inside a name without a capital.
    pub(crate) const PARTICLE: Self = Self(1 << 17);
    /// The last word of a name that is no person's.
    pub(crate) const THING: Self = Self(1 << 18);
    /// What says that somebody held an office and holds it no more.
    pub(crate) const FORMER: Self = Self(1 << 19);
    /// A verb of saying.
    pub(crate) const SAYS: Self = Self(1 << 20);

    /// Those of either.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have one in common.
    #[inline]
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A known word.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// What it is found by; 0 for a long word.
    key: packed::Key,
    traits: Traits,
    /// Where it leads from the root of the trie; 0 for nowhere.
    node: Node,
}

/// The known words.
#[derive(Debug)]
pub(crate) struct Words {
    short: packed::Table,
    long: FxHashMap<Box<str>, WordId>,
    /// The words by their numbers; the first stands for all that nothing knows.
    list: Vec<Word>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            short: packed::Table::default(),
            long: FxHashMap::default(),
            list: vec![Word::default()],
        }
    }
}

impl Words {
    /// The number of a folded word, given to it where it is new.
    pub(crate) fn learn(&mut self, word: &str) -> WordId {
        let fresh = WordId::try_from(self.list.len()).expect("a lexicon fits in memory");
        let known = self.find(word);
        if known != 0 {
            return known;
        }
        let key = packed::key(word.as_bytes(), word.len());
        self.list.push(Word { key: key.unwrap_or(0), ..Word::default() });
        match key {
            Some(key) => self.short.insert(key, fresh, |id| self.list[id as usize].key),
            None => drop(self.long.insert(word.into(), fresh)),
        }
        fresh
    }

    /// Notes that these words have a trait.
    pub(crate) fn mark<'a>(&mut self, words: impl IntoIterator<Item = &'a str>, what: Traits) {
        for word in words {
            let id = self.learn(word) as usize;
            self.list[id].traits.0 |= what.0;
        }
    }

    /// Notes where a word leads from the root of the trie.
    pub(crate) fn lead(&mut self, word: WordId, node: Node) {
        self.list[word as usize].node = node;
    }

    /// The number of a folded word.
    pub(crate) fn find(&self, word: &str) -> WordId {
        match packed::key(word.as_bytes(), word.len()) {
            Some(key) => self.find_key(key),
            None => self.long.get(word).copied().unwrap_or(0),
        }
    }

    /// The number of the folded word with that key.
    #[inline]
    pub(crate) fn find_key(&self, key: packed::Key) -> WordId {
        self.short.find(key, |id| self.list[id as usize].key)
    }

    /// The traits of a word.
    #[inline]
    pub(crate) fn traits(&self, id: WordId) -> Traits {
        self.list[id as usize].traits
    }

    /// Where a word leads from the root of the trie; 0 for nowhere.
    #[inline]
    pub(crate) fn node(&self, id: WordId) -> Node {
        self.list[id as usize].node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_and_gathers_traits() {
        let mut words = Words::default();
        let court = words.learn("court");
        words.mark(["by", "court"], Traits::BY);
        words.mark(["by"], Traits::PREPOSITION);
        assert_eq!(words.find("court"), court);
        assert_eq!(words.find("unknown"), 0);
        let long = words.learn("internationalisation");
        assert_eq!(
            (words.find("internationalisation"), words.find("internationalised")),
            (long, 0)
        );
        let by = words.traits(words.find("by"));
        assert!(by.has(Traits::BY) && by.has(Traits::PREPOSITION) && !by.has(Traits::BE));
        assert!(!words.traits(0).has(Traits::BY));
    }
}
