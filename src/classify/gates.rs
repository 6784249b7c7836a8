//! What an article must have for a rule to fit anywhere in it, laid out so that most rules that
//! cannot fit are never looked at.

use super::{
    classes::{ClassSet, Presence},
    compile::CompiledRule,
    lexicon::Class,
};

/// Bodies as bits. More than there are bits share them: a body may pass for another, never be
/// missed, and what passes wrongly is found out later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BodyBits(u64);

impl FromIterator<usize> for BodyBits {
    fn from_iter<I: IntoIterator<Item = usize>>(bodies: I) -> Self {
        Self(bodies.into_iter().fold(0, |bits, body| bits | 1 << (body % 64)))
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
    /// Whether it may assume a body where something points to an international court.
    assumes: bool,
    /// Where its groups begin and end in the list of all, the rarest first.
    groups: (u32, u32),
}

/// What each rule needs.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    list: Vec<Gate>,
    /// Groups of classes, each behind the number of its classes: one of each must be there.
    groups: Vec<Class>,
    /// The classes of the rarest groups.
    keys: ClassSet,
    /// Per class the rules of whose rarest group it is: where they begin in the list of all.
    places: Vec<u32>,
    keyed: Vec<usize>,
}

impl Gates {
    /// The gates of these rules, with the rules that each class triggers and how many phrases each
    /// class has: what few phrases stand for is rarest.
    pub(crate) fn of(rules: &[CompiledRule], by_trigger: &[Vec<usize>], phrases: &[usize]) -> Self {
        let mut triggers = vec![Vec::new(); rules.len()];
        for (class, triggered) in (0..).zip(by_trigger) {
            for &rule in triggered {
                triggers[rule].push(class);
            }
        }
        let mut gates = Self::default();
        let mut keyed = vec![Vec::new(); by_trigger.len()];
        let place = |list: usize| u32::try_from(list).expect("rules fit in memory");
        for (index, (rule, triggers)) in rules.iter().zip(triggers).enumerate() {
            let groups = groups(rule, triggers, phrases);
            for &class in groups.first().into_iter().flatten() {
                gates.keys.insert(class);
                keyed[usize::from(class)].push(index);
            }
            let from = place(gates.groups.len());
            for group in groups {
                gates.groups.push(Class::try_from(group.len()).expect("classes are few"));
                gates.groups.extend(group);
            }
            gates.list.push(Gate {
                bodies: rule.bodies.iter().copied().collect(),
                assumes: rule.body.is_some(),
                groups: (from, place(gates.groups.len())),
            });
        }
        for rules in keyed {
            gates.places.push(place(gates.keyed.len()));
            gates.keyed.extend(rules);
        }
        gates.places.push(place(gates.keyed.len()));
        gates
    }

    /// Finds the rules for which an article about these bodies, with these classes, has what they
    /// need, wherever it stands. One can be found more than once.
    pub(crate) fn open(&self, presence: &Presence, bodies: Possible, open: &mut Vec<usize>) {
        presence.each_in(&self.keys, |class| {
            let class = usize::from(class);
            let keyed = self.places[class] as usize..self.places[class + 1] as usize;
            let passed = |rule: &&usize| self.let_pass(**rule, bodies, presence);
            open.extend(self.keyed[keyed].iter().filter(passed));
        });
    }

    fn let_pass(&self, rule: usize, bodies: Possible, presence: &Presence) -> bool {
        let Gate { bodies: needed, assumes, groups: (from, to) } = self.list[rule];
        // A rule that needs no body at all assumes as much as one that may assume its own.
        let free = needed == BodyBits::default() || assumes && bodies.hinted;
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

/// The groups of classes that a rule needs, its triggers among them, the rarest first.
fn groups(rule: &CompiledRule, triggers: Vec<Class>, phrases: &[usize]) -> Vec<Vec<Class>> {
    let subject = (!rule.subject_may_lack).then_some(&rule.subject);
    let needed = subject.into_iter().chain([&rule.object, &rule.context]);
    let groups = needed.chain(&rule.with).chain(&rule.about);
    let groups = groups.filter(|group| !group.is_empty()).map(|group| group.iter().collect());
    let mut groups: Vec<Vec<Class>> = std::iter::once(triggers).chain(groups).collect();
    let known = |class: &Class| phrases[usize::from(*class)];
    groups.sort_by_key(|group| group.iter().map(known).sum::<usize>());
    groups
}
