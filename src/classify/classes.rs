//! Sets of classes, to see at once which rules an article cannot fit.

use super::lexicon::Class;

/// A set of classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(Vec<u64>);

impl ClassSet {
    /// An empty set that has room for the classes below `count`.
    pub(crate) fn with_room(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, class: Class) {
        let (word, bit) = place(class);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    /// Whether the two have a class in common.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, another)| one & another != 0)
    }
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut set = Self::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

fn place(class: Class) -> (usize, u64) {
    (usize::from(class) / 64, 1 << (class % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_where_they_share_a_class() {
        let one: ClassSet = [3, 200].into_iter().collect();
        assert!(one.meets(&[200].into_iter().collect()));
        assert!(!one.meets(&[4, 199, 500].into_iter().collect()));
        assert!(!one.meets(&ClassSet::default()));
    }
}
