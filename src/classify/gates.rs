//! What an article must have for a rule to fit anywhere in it, laid out so that the many rules that
//! cannot fit are passed by with few touches of memory.

use super::{classes::Presence, compile::CompiledRule, lexicon::Class};

/// Bodies as bits. More than there are bits share them: a body may pass for another, never be
/// missed, and what passes wrongly is found out later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BodyBits(u64);

impl BodyBits {
    /// Adds a body.
    pub(crate) fn insert(&mut self, body: usize) {
        self.0 |= 1 << (body % 64);
    }
}

impl FromIterator<usize> for BodyBits {
    fn from_iter<I: IntoIterator<Item = usize>>(bodies: I) -> Self {
        let mut bits = Self::default();
        bodies.into_iter().for_each(|body| bits.insert(body));
        bits
    }
}

/// The bodies that a text could be about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Possible {
    /// Those that it names, or whose cases it is about.
    pub(crate) known: BodyBits,
    /// Whether something points to an international court without naming it.
    pub(crate) hinted: bool,
}

/// What one rule needs.
#[derive(Clone, Copy, Debug)]
struct Gate {
    bodies: BodyBits,
    assumes: bool,
    /// Where its groups of classes begin and end in the list of all.
    groups: (u32, u32),
}

/// What each rule needs.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    list: Vec<Gate>,
    /// Groups of classes, each behind the number of its classes: one of each must be there.
    groups: Vec<Class>,
}

impl Gates {
    /// The gates of these rules.
    pub(crate) fn of(rules: &[CompiledRule]) -> Self {
        let mut gates = Self::default();
        for rule in rules {
            let place = |list: &[Class]| u32::try_from(list.len()).expect("rules fit in memory");
            let from = place(&gates.groups);
            let subject = (!rule.subject_may_lack).then_some(&rule.subject);
            let needed = subject.into_iter().chain([&rule.object, &rule.context]);
            for group in needed.chain(&rule.with).chain(&rule.about) {
                let classes: Vec<Class> = group.iter().collect();
                if !group.is_empty() {
                    gates.groups.push(Class::try_from(classes.len()).expect("classes are few"));
                    gates.groups.extend(classes);
                }
            }
            gates.list.push(Gate {
                bodies: rule.bodies.iter().copied().collect(),
                assumes: rule.bodies.is_empty() || rule.body.is_some(),
                groups: (from, place(&gates.groups)),
            });
        }
        gates
    }

    /// Whether an article about these bodies, with these classes, has what a rule needs, wherever
    /// it stands.
    pub(crate) fn let_pass(&self, rule: usize, bodies: Possible, presence: &Presence) -> bool {
        let Gate { bodies: needed, assumes, groups: (from, to) } = self.list[rule];
        // A rule that needs no body at all assumes as much as one that may assume its own.
        let free = assumes && (bodies.hinted || needed == BodyBits::default());
        if !free && bodies.known.0 & needed.0 == 0 {
            return false;
        }
        let mut rest = &self.groups[from as usize..to as usize];
        while let Some((count, others)) = rest.split_first() {
            let (group, next) = others.split_at(usize::from(*count));
            if !group.iter().any(|class| presence.article_is(*class)) {
                return false;
            }
            rest = next;
        }
        true
    }
}
