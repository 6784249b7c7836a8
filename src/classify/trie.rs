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

    /// The trie for so many words, with what a walk is to find of each end.
    pub(crate) fn freeze(self, words: usize, keep: impl Fn(u32) -> u32) -> Trie {
        let mut trie = Trie { first: vec![0; words], ..Trie::default() };
        let mut steps: Vec<(Node, WordId, Node)> =
            self.steps.into_iter().map(|((node, word), next)| (node, word, next)).collect();
        steps.sort_unstable();
        let mut steps = steps.into_iter().peekable();
        let count = |list: usize| u32::try_from(list).expect("a lexicon fits in memory");
        for (node, ends) in (0..).zip(self.ends) {
            trie.from.push((count(trie.steps.len()), count(trie.ends.len())));
            while let Some((_, word, next)) = steps.next_if(|(from, ..)| *from == node) {
                if node == 0 {
                    trie.first[word as usize] = next;
                } else {
                    trie.steps.push((word, next));
                }
            }
            trie.ends.extend(ends.iter().map(|&end| keep(end)));
            trie.given.extend(ends);
        }
        trie.from.push((count(trie.steps.len()), count(trie.ends.len())));
        trie
    }
}

/// A trie that is walked.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// Where each word leads from the root.
    first: Vec<Node>,
    /// Where the steps and the ends of each node begin.
    from: Vec<(u32, u32)>,
    /// The steps of each node, sorted by word, and where they lead.
    steps: Vec<(WordId, Node)>,
    ends: Vec<u32>,
    /// The ends as they were given.
    given: Vec<u32>,
}

impl Trie {
    /// Where a word leads from the root; 0 for nowhere.
    pub(crate) fn first(&self, word: WordId) -> Node {
        self.first.get(word as usize).copied().unwrap_or(0)
    }

    /// The steps from a node.
    #[inline]
    fn steps(&self, node: Node) -> &[(WordId, Node)] {
        let node = node as usize;
        &self.steps[self.from[node].0 as usize..self.from[node + 1].0 as usize]
    }

    /// Whether phrases go on from a node.
    #[inline]
    pub(crate) fn goes_on(&self, node: Node) -> bool {
        !self.steps(node).is_empty()
    }

    /// Where a word leads from a node that is not the root; 0 for nowhere.
    pub(crate) fn step(&self, node: Node, word: WordId) -> Node {
        let steps = self.steps(node);
        if word == 0 {
            return 0;
        }
        steps.binary_search_by_key(&word, |(word, _)| *word).map_or(0, |at| steps[at].1)
    }

    /// What ends at a node.
    #[inline]
    pub(crate) fn ends(&self, node: Node) -> &[u32] {
        let node = node as usize;
        &self.ends[self.from[node].1 as usize..self.from[node + 1].1 as usize]
    }

    /// What ends anywhere, by node, as it was given.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[u32]> {
        self.from.windows(2).map(|pair| &self.given[pair[0].1 as usize..pair[1].1 as usize])
    }
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
        let trie = growing.freeze(5, |end| end);
        let one = trie.first(1);
        assert_eq!(trie.ends(one), [12]);
        assert_eq!(trie.ends(trie.step(one, 2)), [10, 14]);
        assert_eq!(trie.ends(trie.step(one, 3)), [11]);
        assert_eq!((trie.step(one, 4), trie.step(one, 0), trie.first(4)), (0, 0, 0));
        assert!(trie.goes_on(one) && !trie.goes_on(trie.first(2)));
        assert_eq!(trie.phrases().map(<[u32]>::len).sum::<usize>(), 5);
    }
}
