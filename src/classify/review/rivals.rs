//! Examples of one rule that another reads as another action of the same kind with the same score,
//! so that only their order decides.

use jiff::civil::Date;

use super::{Remark, RuleFault, only_in};
use crate::classify::{
    Article,
    compile::Compiled,
    definition::Rule,
    desk::Desk,
    frames::{Frame, View},
    lexicon::Mention,
    weigh::Candidate,
};

/// Reads every example as of `day`; of two rules the first example is told.
pub(super) fn remarks(compiled: &Compiled, day: Date) -> Vec<Remark<'_>> {
    let mut remarks = Vec::new();
    for (index, rule) in compiled.definitions.rules.iter().enumerate() {
        let mut met = Vec::new();
        for example in &rule.examples {
            for (by, apart) in rivals(compiled, index, example, day) {
                if !met.contains(&by) {
                    met.push(by);
                    let by = &compiled.definitions.rules[by];
                    let fault = RuleFault::Rivalled { by, apart };
                    remarks.push(Remark::on_rule(rule, "examples", example, fault));
                }
            }
        }
    }
    remarks
}

/// The rules that fit a trigger of this rule in the sentence as another action of its kind, and are
/// worth as much; with a class that could keep each away.
fn rivals<'a>(
    compiled: &'a Compiled,
    rule: usize,
    sentence: &str,
    day: Date,
) -> Vec<(usize, Option<&'a str>)> {
    let article = Article { title: sentence, text: "", published: day, voice: None };
    let mut desk = Desk::default();
    let view = desk.take(compiled, &article);
    let definitions = &compiled.definitions.rules;
    let weighed: Vec<Candidate> = view
        .triggered()
        .filter_map(|(trigger, rule)| view.fit(rule, trigger).ok())
        .filter_map(|frame| view.weigh(frame, None))
        .filter(|candidate| candidate.doubt.is_none())
        .collect();
    let span = |frame: &Frame| (view.mentions[frame.trigger].from, view.mentions[frame.trigger].to);
    let own: Vec<&Candidate> = weighed.iter().filter(|one| one.frame.rule == rule).collect();
    let rival = |other: &Candidate| {
        let beside = own
            .iter()
            .find(|own| span(&own.frame) == span(&other.frame) && own.score == other.score)?;
        let competes = beside.step.kind == other.step.kind && beside.step != other.step;
        competes.then(|| {
            let by = other.frame.rule;
            (by, apart(&view, &beside.frame, &definitions[rule], &definitions[by]))
        })
    };
    weighed.iter().filter_map(rival).collect()
}

/// A class that the rule wants and the other does not, that stands in the clause, and that the
/// other's own examples do without.
fn apart<'a>(view: &View<'_>, frame: &Frame, rule: &'a Rule, other: &'a Rule) -> Option<&'a str> {
    let lexicon = &view.compiled.lexicon;
    let clause = view.clauses.of[view.mentions[frame.trigger].from];
    let inside = |mention: &&Mention| view.clauses.of[mention.from] == clause;
    let here: Vec<Mention> = view.mentions.iter().filter(inside).copied().collect();
    let elsewhere: Vec<Mention> = other
        .examples
        .iter()
        .flat_map(|example| {
            let article = Article { title: example, ..*view.article };
            Desk::default().take(view.compiled, &article).mentions.to_vec()
        })
        .collect();
    let has = |mentions: &[Mention], name: &str| {
        let class = lexicon.find_class(name);
        class.is_some_and(|class| mentions.iter().any(|mention| lexicon.is(mention, class)))
    };
    only_in(rule, other).find(|class| has(&here, class) && !has(&elsewhere, class))
}
