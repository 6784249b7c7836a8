//! Examples of one rule that another reads as another action of the same kind.

use jiff::civil::Date;

use super::{Remark, RuleFault, only_in};
use crate::{
    classify::{
        Article, Clauses, Openers,
        compile::Compiled,
        definition::Rule,
        frames::{Frame, View},
        lexicon::Mention,
        noted::Noted,
        read,
        scan::scan,
        tokens::Tokens,
    },
    model::Step,
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

/// The rules that fit a trigger of this rule in the sentence, and whose other action is told with
/// the rule's own; with a class that could keep each away.
fn rivals<'a>(
    compiled: &'a Compiled,
    rule: usize,
    sentence: &str,
    day: Date,
) -> Vec<(usize, Option<&'a str>)> {
    let article = Article { title: sentence, text: "", published: day, voice: None };
    let tokens = Tokens::read(compiled.lexicon.words(), sentence, "");
    let mentions = scan(compiled, &tokens);
    let openers = Openers { lexicon: &compiled.lexicon, cues: compiled.cues() };
    let clauses = Clauses::part(&tokens, &mentions, &openers);
    let noted = Noted::of(compiled, &tokens, &mentions, &clauses);
    let view = View {
        article: &article,
        compiled,
        tokens: &tokens,
        mentions: &mentions,
        clauses: &clauses,
        noted: &noted,
    };
    let reading = read(&view, &article);
    let told = |step: Step| reading.developments.iter().any(|finding| finding.step == step);
    let definitions = &compiled.definitions.rules;
    let frames: Vec<Frame> = view
        .triggered()
        .filter_map(|(trigger, rule)| view.fit(rule, trigger).ok())
        .filter(|frame| told(definitions[frame.rule].step))
        .filter(|frame| {
            view.weigh(*frame, None, &article).is_some_and(|candidate| candidate.doubt.is_none())
        })
        .collect();
    let span = |frame: &Frame| (mentions[frame.trigger].from, mentions[frame.trigger].to);
    let own: Vec<&Frame> = frames.iter().filter(|frame| frame.rule == rule).collect();
    let rival = |frame: &Frame| {
        let (one, other) = (definitions[rule].step, definitions[frame.rule].step);
        let beside = own.iter().find(|own| span(own) == span(frame))?;
        let competes = one.kind == other.kind && one != other;
        competes.then(|| {
            (frame.rule, apart(&view, beside, &definitions[rule], &definitions[frame.rule]))
        })
    };
    frames.iter().filter_map(rival).collect()
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
        .flat_map(|example| scan(view.compiled, &Tokens::read(lexicon.words(), example, "")))
        .collect();
    let has = |mentions: &[Mention], name: &str| {
        let class = lexicon.find_class(name);
        class.is_some_and(|class| mentions.iter().any(|mention| lexicon.is(mention, class)))
    };
    only_in(rule, other).find(|class| has(&here, class) && !has(&elsewhere, class))
}
