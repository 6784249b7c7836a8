//! The rules' own examples, tried: each says what its rule must read, or must not.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::{
    places::Places,
    problem::{Complaint, Problem},
};
use crate::{
    classify::{Article, Rules, classify, review::Spot},
    model::Step,
};

/// The day on which examples are read: no rule may depend on it.
pub(super) const TRIAL_DAY: Date = date(2026, 1, 15);

/// Reads every example: one of `examples` must be reported as its rule's step, a counter must not.
pub(super) fn try_out(rules: &Rules, places: &Places<'_>) -> Vec<Problem> {
    let steps = |sentence: &str| -> BTreeSet<Step> {
        let article = Article { title: sentence, text: "", published: TRIAL_DAY, voice: None };
        let reading = classify(rules, &article);
        reading.developments.iter().map(|finding| finding.step).collect()
    };
    let mut problems = Vec::new();
    for rule in &rules.definitions().rules {
        let mut complain = |key, sentence: &str, what: String, mend: &str| {
            let at = Spot { list: "rule", id: rule.id.as_str(), key, text: sentence };
            let complaint = Complaint::new(format!("rule `{}`: {what}", rule.id), mend);
            problems.push(places.find(&at).problem(complaint));
        };
        for example in rule.examples.iter().filter(|example| !steps(example).contains(&rule.step)) {
            complain(
                "examples",
                example,
                format!("the example \"{example}\" is not read as {}", rule.step),
                "see `haguewatch explain` on the sentence, then correct the rule or the example",
            );
        }
        for counter in rule.counter.iter().filter(|counter| steps(counter).contains(&rule.step)) {
            complain(
                "counter",
                counter,
                format!("the counter-example \"{counter}\" is read as {}", rule.step),
                "see `haguewatch explain` on the sentence, then narrow the rule",
            );
        }
    }
    problems
}
