//! Rules of which one reads whatever the other reads, as far as what is written makes it certain.
//!
//! One rule covers another on a trigger when each of its demands follows from one of the other's:
//! more may act, less is needed, less is excluded, and it is worth no less.

use rustc_hash::FxHashMap;

use super::{Remark, RuleFault, only_in};
use crate::classify::definition::{Definitions, Rule};

/// Looks at every two rules that share a trigger.
pub(super) fn remarks(definitions: &Definitions) -> Vec<Remark<'_>> {
    let mut remarks = Vec::new();
    let mut by_trigger: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, rule) in definitions.rules.iter().enumerate() {
        for trigger in triggers(rule) {
            by_trigger.entry(trigger).or_default().push(index);
        }
    }
    let rules = &definitions.rules;
    for (index, rule) in rules.iter().enumerate() {
        let mut met = vec![index];
        for trigger in triggers(rule) {
            for &other in &by_trigger[&trigger] {
                if met.contains(&other) || !covers(&rules[other], rule, &trigger) {
                    continue;
                }
                // Where both cover each other, the later one is told of.
                if other > index && mutual(rule, &rules[other]) {
                    continue;
                }
                met.push(other);
                remarks.extend(told(rule, &rules[other]));
            }
        }
    }
    remarks
}

fn told<'a>(rule: &'a Rule, wide: &'a Rule) -> Option<Remark<'a>> {
    let whole = triggers(rule).all(|trigger| covers(wide, rule, &trigger));
    let fault = if rule.step == wide.step {
        match (whole, mutual(rule, wide)) {
            (true, true) => RuleFault::Twice(wide),
            (true, false) => RuleFault::Covered(wide),
            (false, _) => return None,
        }
    } else if rule.step.kind == wide.step.kind {
        RuleFault::Overlapped { by: wide, apart: only_in(rule, wide).next() }
    } else {
        return None;
    };
    Some(Remark::on_rule(rule, "id", rule.id.as_str(), fault))
}

/// Whether each covers the other on all of its triggers.
fn mutual(rule: &Rule, other: &Rule) -> bool {
    triggers(rule).all(|trigger| covers(other, rule, &trigger))
        && triggers(other).all(|trigger| covers(rule, other, &trigger))
}

fn triggers(rule: &Rule) -> impl Iterator<Item = String> {
    let verbs = rule.verbs.iter().map(|verb| format!("@{verb}"));
    verbs.chain(rule.nouns.iter().cloned())
}

/// Whether `wide` reads whatever `narrow` reads on this trigger.
fn covers(wide: &Rule, narrow: &Rule, trigger: &str) -> bool {
    triggers(wide).any(|own| own == trigger)
        && wide.score >= narrow.score
        && acts(wide, narrow)
        && (wide.object.is_empty() || is_within(&narrow.object, &wide.object))
        && is_subset(&wide.without, &narrow.without)
        && wide.with.iter().all(|group| in_sentence(narrow, group))
        && wide.about.iter().all(|group| in_article(narrow, group))
        && (wide.context.is_empty()
            || in_article(narrow, &wide.context)
            || wide.context.iter().any(|class| class == trigger))
        && belongs(wide, narrow)
        && accepts(wide, narrow)
}

fn acts(wide: &Rule, narrow: &Rule) -> bool {
    let none_is_needed = wide.subject_may_lack || !narrow.subject_may_lack;
    wide.subject.is_empty() || none_is_needed && is_within(&narrow.subject, &wide.subject)
}

fn belongs(wide: &Rule, narrow: &Rule) -> bool {
    let assumed = narrow.body.is_none() || wide.body == narrow.body;
    wide.bodies.is_empty() == narrow.bodies.is_empty()
        && narrow.bodies.iter().all(|body| wide.bodies.contains(body))
        && assumed
}

fn accepts(wide: &Rule, narrow: &Rule) -> bool {
    (!wide.only || narrow.only) && narrow.accept.iter().all(|status| wide.accept.contains(status))
}

/// Whether one of the group stands in every sentence that the rule reads.
fn in_sentence(rule: &Rule, group: &[String]) -> bool {
    rule.with.iter().any(|own| is_within(own, group))
        || is_within(&rule.object, group)
        || !rule.subject_may_lack && is_within(&rule.subject, group)
}

/// Whether one of the group stands in every article that the rule reads.
fn in_article(rule: &Rule, group: &[String]) -> bool {
    in_sentence(rule, group)
        || is_within(&rule.context, group)
        || rule.about.iter().any(|own| is_within(own, group))
}

/// Whether whatever is one of `some` is one of `more`; nothing is said of none.
fn is_within(some: &[String], more: &[String]) -> bool {
    !some.is_empty() && is_subset(some, more)
}

fn is_subset(some: &[String], more: &[String]) -> bool {
    some.iter().all(|class| more.contains(class))
}
