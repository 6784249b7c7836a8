//! Rules that can never fire, and parts of rules that do nothing.

use super::{Remark, RuleFault};
use crate::{
    classify::{
        compile::Compiled,
        definition::{Reach, Rule},
        forms::Form,
        lexicon::{Class, What},
        weigh::REPORT,
    },
    model::Because,
};

/// The most that the places of body and trigger add to a rule's score.
const BODY_IN_CLAUSE: i32 = 15;
const NO_BODY_NEEDED: i32 = 10;
const IN_HEADLINE: i32 = 20;
const NOUN: i32 = -10;

/// Looks at every rule by itself.
pub(super) fn remarks(compiled: &Compiled) -> Vec<Remark<'_>> {
    let phrases = Phrases::of(compiled);
    let given = given(compiled);
    let mut remarks = Vec::new();
    for rule in &compiled.definitions.rules {
        phrases.look_at(rule, &mut remarks);
        let mut tell = |key, text, fault| {
            remarks.push(Remark::on_rule(rule, key, text, fault));
        };
        let never: Vec<Because> =
            rule.accept.iter().copied().filter(|status| !given.contains(status)).collect();
        for &because in &never {
            let fatal = rule.only && never.len() == rule.accept.len();
            tell("accept", because.as_str(), RuleFault::NeverGiven { fatal });
        }
        if rule.body.as_ref().is_some_and(|body| !rule.bodies.contains(body)) {
            tell("body", "", RuleFault::BodyOutside);
        }
        let lacks = REPORT - phrases.best(rule);
        if lacks > 0 {
            tell("score", "", RuleFault::TooLow { lacks });
        }
    }
    remarks
}

/// The statuses that a step can have by itself: by a cue, by its form, day or question mark. Cues
/// that judge the whole article are no rule's to accept.
fn given(compiled: &Compiled) -> Vec<Because> {
    let cues = compiled.cues().iter();
    let single = cues.filter(|cue| !matches!(cue.reach, Reach::Opening | Reach::Headline));
    let by_themselves = [Because::Question, Because::Recalled, Because::Planned];
    single.filter_map(|cue| cue.because).chain(by_themselves).collect()
}

/// What becomes of a class inside a rule.
enum Life<'a> {
    Lives,
    Wordless,
    ShutOut(&'a str),
}

/// The entries of the lexicon by their classes.
struct Phrases<'a> {
    compiled: &'a Compiled,
    of_class: Vec<Vec<usize>>,
    /// Per entry those that are mentioned wherever it is.
    beside: Vec<Vec<usize>>,
}

impl<'a> Phrases<'a> {
    fn of(compiled: &'a Compiled) -> Self {
        let lexicon = &compiled.lexicon;
        let mut of_class = vec![Vec::new(); lexicon.class_names().len()];
        for (index, entry) in lexicon.entries[..lexicon.defined].iter().enumerate() {
            entry.classes.iter().for_each(|class| of_class[usize::from(*class)].push(index));
        }
        Self { compiled, of_class, beside: lexicon.companions() }
    }

    /// Tells of every class that triggers or is needed but cannot.
    fn look_at(&self, rule: &'a Rule, remarks: &mut Vec<Remark<'a>>) {
        let without = rule.without.as_slice();
        self.group(rule, ("verb", &rule.verbs), (without, rule.nouns.is_empty()), remarks);
        self.group(rule, ("noun", &rule.nouns), (without, rule.verbs.is_empty()), remarks);
        let needed = !rule.subject_may_lack;
        self.group(rule, ("subject", &rule.subject), (without, needed), remarks);
        self.group(rule, ("object", &rule.object), (without, true), remarks);
        // These may stand in another clause than the one that must be free of `without`.
        for group in &rule.with {
            self.group(rule, ("with", group), (&[], true), remarks);
        }
        for group in &rule.about {
            self.group(rule, ("about", group), (&[], true), remarks);
        }
        self.group(rule, ("context", &rule.context), (&[], true), remarks);
        for word in &rule.without {
            if matches!(self.life(word, &[]), Life::Wordless) {
                let fault = RuleFault::Wordless { fatal: false };
                remarks.push(Remark::on_rule(rule, "without", word, fault));
            }
        }
    }

    /// Tells of the dead ones among alternatives: one is fatal only where all are dead.
    fn group(
        &self,
        rule: &'a Rule,
        (key, words): (&'static str, &'a [String]),
        (without, needed): (&'a [String], bool),
        remarks: &mut Vec<Remark<'a>>,
    ) {
        let name = |word: &str| if key == "verb" { format!("@{word}") } else { word.to_owned() };
        let lives: Vec<Life<'a>> =
            words.iter().map(|word| self.life(&name(word), without)).collect();
        let fatal = needed && !lives.iter().any(|life| matches!(life, Life::Lives));
        for (word, life) in words.iter().zip(lives) {
            let fault = match life {
                Life::Lives => continue,
                Life::Wordless => RuleFault::Wordless { fatal },
                Life::ShutOut(by) => RuleFault::ShutOut { by, fatal },
            };
            remarks.push(Remark::on_rule(rule, key, word, fault));
        }
    }

    fn life(&self, class: &str, without: &'a [String]) -> Life<'a> {
        let lexicon = &self.compiled.lexicon;
        let Some(class) = lexicon.find_class(class) else { return Life::Wordless };
        let mut last = Life::Wordless;
        for &entry in &self.of_class[usize::from(class)] {
            let has = |class: Class| {
                let mut all = self.beside[entry].iter().chain([&entry]);
                all.any(|&other| lexicon.entries[other].classes.contains(&class))
            };
            match without.iter().find(|word| lexicon.find_class(word).is_some_and(has)) {
                Some(by) => last = Life::ShutOut(by),
                None => return Life::Lives,
            }
        }
        last
    }

    /// The most that a match of the rule can be worth.
    fn best(&self, rule: &Rule) -> i32 {
        let lexicon = &self.compiled.lexicon;
        let acts = rule.verbs.iter().any(|verb| {
            let entries = lexicon.find_class(&format!("@{verb}")).map(usize::from);
            let entries = entries.map_or(&[][..], |class| &self.of_class[class]);
            entries.iter().any(|&entry| {
                !matches!(lexicon.entries[entry].what, What::Verb(form) if form == Form::NOMINAL)
            })
        });
        let body = if rule.bodies.is_empty() { NO_BODY_NEEDED } else { BODY_IN_CLAUSE };
        rule.score + body + IN_HEADLINE + if acts { 0 } else { NOUN }
    }
}
