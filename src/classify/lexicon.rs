//! The lexicon, compiled: one trie over words that finds every known phrase in one pass.

use rustc_hash::FxHashMap;

use super::{
    classes::ClassSet,
    clauses::abbreviates,
    ends::{End, Needs},
    forms::Form,
    marks::{Marker, Marks},
    tokens::{Case, Shape, Token, Tokens},
    trie::{Growing, Node, Trie},
    words::Words,
};

/// A class of concepts, by which rules name what they want (`warrant`, `state`, `@issue`).
pub(crate) type Class = u16;

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum What {
    /// A body by name or acronym.
    Body(usize),
    /// A part of a body.
    Organ(usize),
    /// The treaty of a body.
    Treaty(usize),
    /// A word that shows that the acronym of this body is somebody else's.
    Beside(usize),
    State(usize),
    /// A place that stands for states.
    Place(usize),
    Person(usize),
    /// An office, which somebody holds at a time.
    Title(usize),
    Case(usize),
    Noun,
    Verb(Form),
    Cue(usize),
    /// A phrase that contains a name and means something else.
    Nothing,
}

/// The few classes of an entry, without a place of their own in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FewClasses {
    list: [Class; FewClasses::MOST],
    count: u8,
}

impl FewClasses {
    /// How many an entry can have.
    const MOST: usize = 12;

    pub(super) fn of(classes: &[Class]) -> Self {
        Self { list: [0; Self::MOST], count: 0 }
            .and(classes)
            .expect("the meanings of one phrase have few classes")
    }

    /// These and others; `None` where they are too many for one entry.
    pub(super) fn and(mut self, others: &[Class]) -> Option<Self> {
        for &class in others {
            if !self.contains(&class) {
                *self.list.get_mut(usize::from(self.count))? = class;
                self.count += 1;
            }
        }
        Some(self)
    }

    /// These without some, and with another in their place.
    pub(super) fn replaced(self, some: &[Class], by: Class) -> Self {
        let kept: Vec<Class> = self.iter().copied().filter(|class| !some.contains(class)).collect();
        Self::of(&kept).and(&[by]).unwrap_or(self)
    }
}

impl std::ops::Deref for FewClasses {
    type Target = [Class];

    #[inline]
    fn deref(&self) -> &[Class] {
        &self.list[..usize::from(self.count)]
    }
}

/// What a phrase means: one meaning as it is defined, or all of a word's meanings as a noun or as
/// one form of a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) what: What,
    pub(crate) classes: FewClasses,
    /// Whether this is an acronym, which other things may share.
    pub(crate) acronym: bool,
    /// Whether the words inside are found too.
    pub(crate) open: bool,
    pub(crate) needs: Needs,
    /// What the engine asks of it.
    pub(crate) marks: Marks,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// First token.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// Which entry.
    pub(crate) entry: usize,
    /// Whether it is a name inside a longer noun or verb (`the World Court judge`), which acts as
    /// a whole.
    pub(crate) inside: bool,
}

/// Whether a mark parts no words: the dot of an abbreviation (`Congo v. Uganda`, `EE.UU.`), an
/// apostrophe (`the United Nations' court`), a quotation mark around one word of a name.
fn is_inside_phrase(tokens: &Tokens, at: usize) -> bool {
    let Some(mark) = tokens.list.get(at) else { return false };
    if !matches!(mark.shape, Shape::Quote | Shape::Stop) {
        return false;
    }
    let next = tokens.list.get(at + 1).filter(|next| next.field == mark.field);
    let capitals = |next: &Token| {
        let before = tokens.list[at - 1];
        next.start == mark.end && [before.case, next.case] == [Case::Upper; 2]
    };
    match mark.shape {
        Shape::Quote => next.is_some(),
        Shape::Stop => next.is_some_and(capitals) || abbreviates(tokens, at),
        _ => false,
    }
}

/// Whether the words are written as a meaning needs it.
#[inline]
fn fits(tokens: &Tokens, range: std::ops::Range<usize>, end: End) -> bool {
    match end.needs() {
        Needs::Any => true,
        Needs::Capital => tokens.list[range.start].case != Case::Lower,
        Needs::Upper => {
            let mut words = tokens.list[range].iter().filter(|token| token.shape == Shape::Word);
            words.all(|token| token.case == Case::Upper)
        }
    }
}

/// Every phrase and class.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(super) words: Words,
    pub(super) trie: Trie,
    pub(super) growing: Growing,
    /// The phrase that is being added.
    pub(super) folding: Tokens,
    /// The meanings as they are defined, and behind them those that phrases have together.
    pub(crate) entries: Vec<Entry>,
    /// How many are as they are defined.
    pub(crate) defined: usize,
    /// The offices that persons hold, as written in their roles.
    pub(crate) titles: Vec<String>,
    pub(super) class_ids: FxHashMap<String, Class>,
    pub(super) names: Vec<String>,
}

impl Lexicon {
    /// The words that something here knows.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The class of that name, which is made where it is new.
    pub(crate) fn class(&mut self, name: &str) -> Class {
        if let Some(&class) = self.class_ids.get(name) {
            return class;
        }
        let class = Class::try_from(self.names.len()).expect("there are a few hundred classes");
        self.names.push(name.to_owned());
        self.class_ids.insert(name.to_owned(), class);
        class
    }

    /// The classes of these names.
    pub(crate) fn classes(&mut self, names: &[&str]) -> ClassSet {
        names.iter().map(|name| self.class(name)).collect()
    }

    /// The class of that name, where something has it.
    pub(crate) fn find_class(&self, name: &str) -> Option<Class> {
        self.class_ids.get(name).copied()
    }

    /// Every class, for the nearest right word.
    pub(crate) fn class_names(&self) -> &[String] {
        &self.names
    }

    /// Notes what the engine asks of each meaning.
    pub(crate) fn mark(&mut self, marker: &Marker<'_>) {
        for entry in &mut self.entries {
            entry.marks = marker.marks(entry);
        }
    }

    /// What the engine asks of a mention.
    #[inline]
    pub(crate) fn marks(&self, mention: &Mention) -> Marks {
        self.entries[mention.entry].marks
    }

    /// Whether the mention is of the class.
    #[inline]
    pub(crate) fn is(&self, mention: &Mention, class: Class) -> bool {
        self.entries[mention.entry].classes.contains(&class)
    }

    /// Whether the mention is of one of the classes.
    #[inline]
    pub(crate) fn is_any(&self, mention: &Mention, classes: &ClassSet) -> bool {
        self.entries[mention.entry].classes.iter().any(|class| classes.has(*class))
    }

    /// What the mention stands for.
    #[inline]
    pub(crate) fn what(&self, mention: &Mention) -> What {
        self.entries[mention.entry].what
    }

    /// Finds every phrase: at each word the longest that begins there, with all its meanings. The
    /// names of cases and the cues hide nothing: who does what inside them still counts.
    pub(crate) fn scan(&self, tokens: &Tokens, mentions: &mut Vec<Mention>) {
        let count = tokens.list.len();
        let mut at = 0;
        while at < count {
            let first = self.words.node(tokens.list[at].id);
            if first == 0 {
                at += 1;
                continue;
            }
            let Some((to, node)) = self.longest(tokens, at, first, mentions) else {
                at += 1;
                continue;
            };
            let plain = self.trie.is_plain(node);
            let meant = self.ending(node);
            let meant = meant.filter(|end| plain || end.hides() && fits(tokens, at..to, *end));
            mentions.extend(meant.map(|end| {
                let entry = end.entry();
                Mention { from: at, to, entry, inside: false }
            }));
            if to - at > 1 {
                self.names_inside(tokens, at..to, node, mentions);
            }
            at = to;
        }
    }

    /// The longest phrase that begins at `from`, whose first word leads to `first`, and hides what
    /// it holds; those that hide nothing are put among the mentions on the way.
    fn longest(
        &self,
        tokens: &Tokens,
        from: usize,
        first: Node,
        mentions: &mut Vec<Mention>,
    ) -> Option<(usize, Node)> {
        let mut best = None;
        let mut node = first;
        let mut at = from;
        loop {
            if self.trie.is_plain(node) {
                best = Some((at + 1, node));
            } else {
                for end in self.ending(node).filter(|end| fits(tokens, from..at + 1, *end)) {
                    if end.hides() {
                        best = Some((at + 1, node));
                    } else {
                        let entry = end.entry();
                        mentions.push(Mention { from, to: at + 1, entry, inside: false });
                    }
                }
            }
            if !self.trie.goes_on(node) {
                return best;
            }
            at += 1;
            at += usize::from(is_inside_phrase(tokens, at));
            node = self.trie.step(node, tokens.list.get(at).map_or(0, |token| token.id));
            if node == 0 {
                return best;
            }
        }
    }

    /// The meanings that end at a node.
    #[inline]
    fn ending(&self, node: Node) -> impl Iterator<Item = End> {
        self.trie.ends(node).iter().map(|&end| End(end))
    }

    /// Per entry that is as defined those of the same phrase that are mentioned wherever it is.
    pub(crate) fn companions(&self) -> Vec<Vec<usize>> {
        let mut beside = vec![Vec::new(); self.entries.len()];
        for phrase in self.trie.phrases() {
            let phrase: Vec<usize> = phrase.iter().map(|&entry| entry as usize).collect();
            for &entry in &phrase {
                let always = |other: &usize| {
                    *other != entry && self.entries[*other].needs <= self.entries[entry].needs
                };
                beside[entry] = phrase.iter().copied().filter(always).collect();
            }
        }
        beside
    }

    /// The names inside a phrase that is only a noun or verb (`former Ruritanian president`): whom
    /// it names still counts.
    fn names_inside(
        &self,
        tokens: &Tokens,
        range: std::ops::Range<usize>,
        node: Node,
        mentions: &mut Vec<Mention>,
    ) {
        if !self.ending(node).all(End::is_word) {
            return;
        }
        let mut from = range.start;
        while from < range.end {
            let mut next = self.words.node(tokens.list[from].id);
            let mut at = from;
            let mut best = None;
            while next != 0 && at < range.end {
                let node = next;
                if self.ending(node).any(End::is_named) {
                    best = Some((at + 1, node));
                }
                at += 1;
                next = self.trie.step(node, tokens.list.get(at).map_or(0, |token| token.id));
            }
            if let Some((to, node)) = best {
                for end in self.ending(node) {
                    if end.is_named() && fits(tokens, from..to, end) {
                        let entry = end.entry();
                        mentions.push(Mention { from, to, entry, inside: true });
                    }
                }
            }
            from = best.map_or(from + 1, |(to, _)| to);
        }
    }
}
