//! What an article must have for a rule to fit anywhere in it, laid out as sets of rules, so that
//! the many that cannot fit are passed by together.

use super::{
    classes::{ClassSet, Presence},
    compile::CompiledRule,
    lexicon::Class,
};

/// Sets of rules, one behind the other.
#[derive(Debug, Default)]
struct Rows {
    /// How many words a set takes.
    width: usize,
    words: Vec<u64>,
}

impl Rows {
    fn new(count: usize, rules: usize) -> Self {
        let width = rules.div_ceil(64);
        Self { width, words: vec![0; count * width] }
    }

    fn insert(&mut self, row: usize, rule: usize) {
        self.words[row * self.width + rule / 64] |= 1 << (rule % 64);
    }

    /// How many sets there are.
    fn rows(&self) -> usize {
        self.words.len() / self.width.max(1)
    }

    #[inline]
    fn row(&self, row: usize) -> &[u64] {
        &self.words[row * self.width..(row + 1) * self.width]
    }

    /// Adds a row to a set.
    #[inline]
    fn add_to(&self, set: &mut [u64], row: usize) {
        set.iter_mut().zip(self.row(row)).for_each(|(to, from)| *to |= from);
    }
}

/// What each rule needs.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    /// Per body the rules whose steps can be its own.
    of_body: Rows,
    /// The rules that belong to no body, and those that may assume one where something points to
    /// an international court.
    unbound: Rows,
    /// The classes that trigger rules, and per class which.
    triggers: ClassSet,
    of_trigger: Rows,
    /// The classes of rules' rarest groups, per class of which, and behind them the rules without
    /// groups.
    rarest: ClassSet,
    of_rarest: Rows,
    /// Per rule its groups: where they begin and end in the list of all.
    places: Vec<(u32, u32)>,
    /// Groups of classes, each behind the number of its classes: one of each must be there.
    groups: Vec<Class>,
}

/// Sets of rules in memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Passing {
    of_bodies: Vec<u64>,
    of_classes: Vec<u64>,
}

/// The rows of [`Gates::unbound`].
const FREE: usize = 0;
const ASSUMING: usize = 1;

impl Gates {
    /// The gates of these rules, with the rules that each class triggers and how many phrases each
    /// class has.
    pub(crate) fn of(
        rules: &[CompiledRule],
        by_trigger: &[Vec<usize>],
        phrases: &[usize],
        bodies: usize,
    ) -> Self {
        let classes = by_trigger.len();
        let mut gates = Self {
            of_body: Rows::new(bodies, rules.len()),
            unbound: Rows::new(2, rules.len()),
            of_trigger: Rows::new(classes, rules.len()),
            of_rarest: Rows::new(classes + 1, rules.len()),
            ..Self::default()
        };
        for (class, triggered) in (0..).zip(by_trigger) {
            for &rule in triggered {
                gates.triggers.insert(class);
                gates.of_trigger.insert(class.into(), rule);
            }
        }
        for (index, rule) in rules.iter().enumerate() {
            rule.bodies.iter().for_each(|&body| gates.of_body.insert(body, index));
            if rule.bodies.is_empty() {
                gates.unbound.insert(FREE, index);
            } else if rule.body.is_some() {
                gates.unbound.insert(ASSUMING, index);
            }
            gates.add_groups(index, rule, phrases);
        }
        gates
    }

    /// Notes the groups of the next rule, the rarest first.
    fn add_groups(&mut self, index: usize, rule: &CompiledRule, phrases: &[usize]) {
        let subject = (!rule.subject_may_lack).then_some(&rule.subject);
        let needed = subject.into_iter().chain([&rule.object, &rule.context]);
        let groups = needed.chain(&rule.with).chain(&rule.about);
        let mut groups: Vec<Vec<Class>> = groups
            .filter(|group| !group.is_empty())
            .map(|group: &ClassSet| group.iter().collect())
            .collect();
        let known = |class: &Class| phrases[usize::from(*class)];
        groups.sort_by_key(|group| group.iter().map(known).sum::<usize>());
        match groups.first() {
            Some(rarest) => {
                for &class in rarest {
                    self.rarest.insert(class);
                    self.of_rarest.insert(class.into(), index);
                }
            }
            None => self.of_rarest.insert(phrases.len(), index),
        }
        let place = |list: &[Class]| u32::try_from(list.len()).expect("rules fit in memory");
        let from = place(&self.groups);
        for group in groups {
            self.groups.push(Class::try_from(group.len()).expect("classes are few"));
            self.groups.extend(group);
        }
        self.places.push((from, place(&self.groups)));
    }

    /// Finds the rules for which an article about these bodies, with these classes, has what they
    /// need, wherever it stands. `hinted` says whether something points to an international court
    /// without naming it. Each is put behind the class that triggers it.
    pub(crate) fn open(
        &self,
        presence: &Presence,
        bodies: impl Iterator<Item = usize>,
        hinted: bool,
        passing: &mut Passing,
        open: &mut Vec<(Class, usize)>,
    ) {
        let Passing { of_bodies, of_classes } = passing;
        of_bodies.clear();
        of_bodies.extend_from_slice(self.unbound.row(FREE));
        bodies.for_each(|body| self.of_body.add_to(of_bodies, body));
        if hinted {
            self.unbound.add_to(of_bodies, ASSUMING);
        }
        of_classes.clear();
        of_classes.extend_from_slice(self.of_rarest.row(self.of_trigger.rows()));
        presence.each_in(&self.rarest, |class| self.of_rarest.add_to(of_classes, class.into()));
        of_bodies.iter_mut().zip(of_classes).for_each(|(to, from)| *to &= *from);
        presence.each_in(&self.triggers, |class| {
            let triggered = self.of_trigger.row(class.into());
            for (word, (mine, passing)) in triggered.iter().zip(&*of_bodies).enumerate() {
                let mut bits = mine & passing;
                while bits != 0 {
                    let rule = word * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    if self.has_groups(rule, presence) {
                        open.push((class, rule));
                    }
                }
            }
        });
    }

    /// Whether an article has one of each group of classes that a rule needs.
    fn has_groups(&self, rule: usize, presence: &Presence) -> bool {
        let (from, to) = self.places[rule];
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
