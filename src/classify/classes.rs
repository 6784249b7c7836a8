//! Sets of classes, to see at once which rules an article cannot fit.

use super::{
    clauses::Clauses,
    lexicon::{Class, Lexicon, Mention},
};

/// A set of classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(Vec<u64>);

impl ClassSet {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[inline]
    pub(crate) fn has(&self, class: Class) -> bool {
        let (word, bit) = place(class);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The classes, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Class> {
        let all = 0..Class::try_from(64 * self.0.len()).expect("there are a few hundred classes");
        all.filter(|class| self.has(*class))
    }

    pub(crate) fn insert(&mut self, class: Class) {
        let (word, bit) = place(class);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }
}

#[inline]
fn meet(one: &[u64], other: &[u64]) -> bool {
    let length = one.len().min(other.len());
    let shared = (0..length).fold(0, |shared, at| shared | one[at] & other[at]);
    shared != 0
}

/// Which classes an article has at all, in each sentence, and in each clause.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    /// How many words a set takes.
    width: usize,
    /// The article's set, then those of the sentences, then those of the clauses.
    sets: Vec<u64>,
    /// Which set is the first of a clause.
    clauses: usize,
}

impl Presence {
    /// Begins with an article of which nothing is known.
    pub(crate) fn begin(&mut self, lexicon: &Lexicon) {
        self.width = lexicon.class_names().len().div_ceil(64);
        self.sets.clear();
        self.sets.resize(self.width, 0);
    }

    /// Notes that the article has these classes.
    #[inline]
    pub(crate) fn add(&mut self, classes: &[Class]) {
        for &class in classes {
            let (word, bit) = place(class);
            self.sets[word] |= bit;
        }
    }

    /// Notes where in the article the classes are.
    pub(crate) fn part(&mut self, lexicon: &Lexicon, mentions: &[Mention], clauses: &Clauses) {
        let first = 1 + clauses.sentences.len();
        self.clauses = first;
        self.sets.resize(self.width * (first + clauses.list.len()), 0);
        for mention in mentions {
            let set = (first + clauses.of[mention.from]) * self.width;
            for &class in lexicon.entries[mention.entry].classes.iter() {
                let (word, bit) = place(class);
                self.sets[set + word] |= bit;
            }
        }
        // A sentence has what its clauses have.
        let (sentences, all) = self.sets.split_at_mut(first * self.width);
        for (clause, set) in clauses.list.iter().zip(all.chunks_exact(self.width.max(1))) {
            let from = (1 + clause.sentence) * self.width;
            let sentence = &mut sentences[from..from + self.width];
            sentence.iter_mut().zip(set).for_each(|(to, from)| *to |= from);
        }
    }

    /// Does something for each of the article's classes that are among these, in order.
    #[inline]
    pub(crate) fn each_in(&self, classes: &ClassSet, mut act: impl FnMut(Class)) {
        let mut first: Class = 0;
        for (mine, wanted) in self.sets[..self.width].iter().zip(&classes.0) {
            let mut bits = mine & wanted;
            while bits != 0 {
                // There are no more than 64 bits.
                act(first + Class::try_from(bits.trailing_zeros()).unwrap_or(0));
                bits &= bits - 1;
            }
            first += 64;
        }
    }

    /// Whether headline and lead have one of the classes.
    #[inline]
    pub(crate) fn article_has(&self, classes: &ClassSet) -> bool {
        self.set_has(0, classes)
    }

    /// Whether headline and lead have a class.
    #[inline]
    pub(crate) fn article_is(&self, class: Class) -> bool {
        let (word, bit) = place(class);
        self.sets[..self.width].get(word).is_some_and(|bits| bits & bit != 0)
    }

    #[inline]
    pub(crate) fn sentence_has(&self, sentence: usize, classes: &ClassSet) -> bool {
        self.set_has(1 + sentence, classes)
    }

    #[inline]
    pub(crate) fn clause_has(&self, clause: usize, classes: &ClassSet) -> bool {
        self.set_has(self.clauses + clause, classes)
    }

    #[inline]
    fn set_has(&self, set: usize, classes: &ClassSet) -> bool {
        meet(&self.sets[set * self.width..(set + 1) * self.width], &classes.0)
    }
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut set = Self::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

#[inline]
fn place(class: Class) -> (usize, u64) {
    (usize::from(class) / 64, 1 << (class % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_where_they_share_a_class() {
        let one: ClassSet = [3, 200].into_iter().collect();
        let meets = |other: &[Class]| meet(&one.0, &other.iter().copied().collect::<ClassSet>().0);
        assert!(meets(&[200]));
        assert!(!meets(&[4, 199, 500]));
        assert!(!meets(&[]));
        assert!(one.has(200) && !one.has(199) && !one.has(2000));
        assert_eq!(one.iter().collect::<Vec<_>>(), [3, 200]);
        assert!(!one.is_empty() && ClassSet::default().is_empty());
    }
}
