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

    /// The trie with what a walk is to find of a node's ends, and where each word leads from the
    /// root. `is_plain` says of which ends a walk need not ask anything.
    pub(crate) fn freeze(
        self,
        mut keep: impl FnMut(&[u32]) -> Vec<u32>,
        is_plain: impl Fn(u32) -> bool,
    ) -> (Trie, Vec<(WordId, Node)>) {
        let mut trie = Trie::default();
        let mut first = Vec::new();
        let mut steps: Vec<(Node, WordId, Node)> =
            self.steps.into_iter().map(|((node, word), next)| (node, word, next)).collect();
        steps.sort_unstable_by_key(|&(node, word, _)| u64::from(node) << 32 | u64::from(word));
        let mut steps = steps.into_iter().peekable();
        let count = |list: usize| u32::try_from(list).expect("a lexicon fits in memory");
        for (node, ends) in (0..).zip(self.ends) {
            let place = (count(trie.steps.len()), count(trie.ends.len()));
            let mut known = 0;
            while let Some((_, word, next)) = steps.next_if(|(from, ..)| *from == node) {
                if node == 0 {
                    first.push((word, next));
                } else {
                    known |= bit(word);
                    trie.steps.push((word, next));
                }
            }
            trie.ends.extend(keep(&ends));
            let kept = &trie.ends[place.1 as usize..];
            let plain = !kept.is_empty() && kept.iter().all(|&end| is_plain(end));
            trie.nodes.push(Place { known, steps: place.0, ends: place.1, plain });
            trie.given_from.push(count(trie.given.len()));
            trie.given.extend(ends);
        }
        let (steps, ends) = (count(trie.steps.len()), count(trie.ends.len()));
        trie.nodes.push(Place { known: 0, steps, ends, plain: false });
        trie.given_from.push(count(trie.given.len()));
        (trie, first)
    }
}

/// A node of a trie that is walked.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The bits of the words that lead on: a word without its bit leads nowhere.
    known: u64,
    /// Where its steps begin.
    steps: u32,
    /// Where its ends begin.
    ends: u32,
    /// Whether it has ends, and all are plain.
    plain: bool,
}

/// The bit that a word shares with some others.
#[inline]
fn bit(word: WordId) -> u64 {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 26)
}

/// A trie that is walked from where [`Words`](super::words::Words) says that a word leads.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// Every node, and one behind them.
    nodes: Vec<Place>,
    /// The steps of each node, sorted by word, and where they lead.
    steps: Vec<(WordId, Node)>,
    ends: Vec<u32>,
    /// The ends as they were given, and where those of each node begin.
    given: Vec<u32>,
    given_from: Vec<u32>,
}

impl Trie {
    /// Whether phrases go on from a node.
    #[inline]
    pub(crate) fn goes_on(&self, node: Node) -> bool {
        self.nodes[node as usize].known != 0
    }

    /// Where a word leads from a node that is not the root; 0 for nowhere.
    #[inline]
    pub(crate) fn step(&self, node: Node, word: WordId) -> Node {
        let node = node as usize;
        if word == 0 || self.nodes[node].known & bit(word) == 0 {
            return 0;
        }
        let steps =
            &self.steps[self.nodes[node].steps as usize..self.nodes[node + 1].steps as usize];
        steps.binary_search_by_key(&word, |(word, _)| *word).map_or(0, |at| steps[at].1)
    }

    /// Whether something ends at a node, and all that does is plain.
    #[inline]
    pub(crate) fn is_plain(&self, node: Node) -> bool {
        self.nodes[node as usize].plain
    }

    /// What ends at a node.
    #[inline]
    pub(crate) fn ends(&self, node: Node) -> &[u32] {
        let node = node as usize;
        &self.ends[self.nodes[node].ends as usize..self.nodes[node + 1].ends as usize]
    }

    /// What ends anywhere, by node, as it was given.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = &[u32]> {
        self.given_from.windows(2).map(|pair| &self.given[pair[0] as usize..pair[1] as usize])
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
        let (trie, first) = growing.freeze(<[u32]>::to_vec, |end| end > 11);
        assert_eq!(first, [(1, 1), (2, 4)]);
        let one = 1;
        assert_eq!(trie.ends(one), [12]);
        assert_eq!(trie.ends(trie.step(one, 2)), [10, 14]);
        assert_eq!(trie.ends(trie.step(one, 3)), [11]);
        assert_eq!((trie.step(one, 4), trie.step(one, 0)), (0, 0));
        assert!(trie.goes_on(one) && !trie.goes_on(4));
        assert!(trie.is_plain(one) && !trie.is_plain(trie.step(one, 2)));
        assert_eq!(trie.phrases().map(<[u32]>::len).sum::<usize>(), 5);
    }
}
