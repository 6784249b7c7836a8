//! The phrases as a trie over words: grown from the definitions, then laid out so that a walk
//! touches little memory.

use rustc_hash::FxHashMap;

use super::words::WordId;

/// A place in the trie; 0 is the root, and stands for no place where one is asked for.
pub(crate) type Node = u32;

/// A trie that grows.
#[derive(Debug)]
pub(crate) struct Growing {
    steps: FxHashMap<(Node, WordId), Node>,
    ends: Vec<Vec<u32>>,
}

impl Default for Growing {
    fn default() -> Self {
        Self { steps: FxHashMap::default(), ends: vec![Vec::new()] }
    }
}

impl Growing {
    /// The node of a phrase.
    pub(crate) fn node(&mut self, words: impl IntoIterator<Item = WordId>) -> Node {
        let mut node = 0;
        for word in words {
            let fresh = Node::try_from(self.ends.len()).expect("a lexicon fits in memory");
            let next = *self.steps.entry((node, word)).or_insert(fresh);
            if next == fresh {
                self.ends.push(Vec::new());
            }
            node = next;
        }
        node
    }

    /// What ends at a node.
    pub(crate) fn ends(&mut self, node: Node) -> &mut Vec<u32> {
        &mut self.ends[node as usize]
    }

    /// The trie for so many words.
    pub(crate) fn freeze(self, words: usize) -> Trie {
        let mut trie = Trie { first: vec![0; words], ..Trie::default() };
        let mut steps: Vec<(Node, WordId, Node)> =
            self.steps.into_iter().map(|((node, word), next)| (node, word, next)).collect();
        steps.sort_unstable();
        let mut steps = steps.into_iter().peekable();
        let count = |list: usize| u32::try_from(list).expect("a lexicon fits in memory");
        for (node, ends) in (0..).zip(self.ends) {
            trie.steps_from.push(count(trie.words.len()));
            while let Some((_, word, next)) = steps.next_if(|(from, ..)| *from == node) {
                if node == 0 {
                    trie.first[word as usize] = next;
                } else {
                    trie.words.push(word);
                    trie.nexts.push(next);
                }
            }
            trie.ends_from.push(count(trie.ends.len()));
            trie.ends.extend(ends);
        }
        trie.steps_from.push(count(trie.words.len()));
        trie.ends_from.push(count(trie.ends.len()));
        trie
    }
}

/// A trie that is walked.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// Where each word leads from the root.
    first: Vec<Node>,
    /// Where the steps of each node begin, and where they lead, sorted by word.
    steps_from: Vec<u32>,
    words: Vec<WordId>,
    nexts: Vec<Node>,
    /// Where the ends of each node begin.
    ends_from: Vec<u32>,
    ends: Vec<u32>,
}

impl Trie {
    /// Where a word leads from the root; 0 for nowhere.
    pub(crate) fn first(&self, word: WordId) -> Node {
        self.first[word as usize]
    }

    /// Where a word leads from a node that is not the root; 0 for nowhere.
    pub(crate) fn step(&self, node: Node, word: WordId) -> Node {
        let range = span(&self.steps_from, node);
        if range.is_empty() || word == 0 {
            return 0;
        }
        let words = &self.words[range.clone()];
        words.binary_search(&word).map_or(0, |at| self.nexts[range.start + at])
    }

    /// What ends at a node.
    pub(crate) fn ends(&self, node: Node) -> &[u32] {
        &self.ends[span(&self.ends_from, node)]
    }

    /// What ends anywhere, by node.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[u32]> {
        self.ends_from.windows(2).map(|pair| &self.ends[pair[0] as usize..pair[1] as usize])
    }
}

fn span(from: &[u32], node: Node) -> std::ops::Range<usize> {
    let node = node as usize;
    from[node] as usize..from[node + 1] as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_trie_leads_where_the_phrases_go() {
        let mut growing = Growing::default();
        for (phrase, end) in
            [(&[1, 2][..], 10), (&[1, 3], 11), (&[1], 12), (&[2], 13), (&[1, 2], 14)]
        {
            let node = growing.node(phrase.iter().copied());
            growing.ends(node).push(end);
        }
        let trie = growing.freeze(5);
        let one = trie.first(1);
        assert_eq!(trie.ends(one), [12]);
        assert_eq!(trie.ends(trie.step(one, 2)), [10, 14]);
        assert_eq!(trie.ends(trie.step(one, 3)), [11]);
        assert_eq!((trie.step(one, 4), trie.step(one, 0), trie.first(4)), (0, 0, 0));
        assert_eq!(trie.phrases().map(<[u32]>::len).sum::<usize>(), 5);
    }
}
