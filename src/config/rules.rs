//! `rules/`: the words, cues and rules that reading goes by.
//!
//! Reads them into [`Definitions`], has them compiled, and runs the rules' own examples on demand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{
    lexicon::Lexicon,
    names::Names,
    problem::{Complaint, Place, Problem},
    reader::TomlFile,
    table::Table,
    taken::Taken,
};
use crate::{
    classify::{
        Article, Rules, UnknownWord, classify,
        definition::{Cue, Definitions, Noun, Reach, Rule, Verb},
    },
    model::{Because, RuleId, Step},
};

/// The statuses that cues give, as they are written.
const BECAUSE: &[(&str, Because)] = &[
    ("recalled", Because::Recalled),
    ("urged", Because::Urged),
    ("planned", Because::Planned),
    ("considered", Because::Considered),
    ("denied", Because::Denied),
    ("hypothetical", Because::Hypothetical),
    ("question", Because::Question),
    ("opinion", Because::Opinion),
    ("out-of-scope", Because::OutOfScope),
];

const REACH: &[(&str, Reach)] = &[
    ("forward", Reach::Forward),
    ("backward", Reach::Backward),
    ("both", Reach::Both),
    ("sentence", Reach::Sentence),
    ("opening", Reach::Opening),
    ("headline", Reach::Headline),
    ("clause", Reach::Clause),
];

/// Where each rule stands, for what only a trial of it shows.
pub(super) type RulePlaces = BTreeMap<RuleId, Place>;

/// Reads the files of words, cues and rules and compiles them with the lexicon. What is wrong
/// inside a file stays with the file; what only the compiler sees goes to `problems`.
pub(super) fn compile(
    lexicon: Lexicon,
    files: &[TomlFile<'_>],
    names: &Names,
    problems: &mut Vec<Problem>,
) -> (Rules, RulePlaces) {
    let Lexicon { bodies, states, places, persons, cases } = lexicon;
    let mut all = Definitions { bodies, states, places, persons, cases, ..Definitions::default() };
    let mut places = RulePlaces::new();
    let mut taken = Taken::new("rule");
    for file in files {
        let mut root = file.root();
        all.nouns.extend(root.tables("noun").into_iter().filter_map(noun));
        all.verbs.extend(root.tables("verb").into_iter().filter_map(verb));
        all.cues.extend(root.tables("cue").into_iter().filter_map(cue));
        for table in root.tables("rule") {
            let place = table.place();
            let Some(rule) = rule(table, names, &mut taken) else { continue };
            places.insert(rule.id.clone(), place);
            all.rules.push(rule);
        }
        root.finish();
    }
    let (rules, unknown) = Rules::compile(all);
    problems.extend(unknown.into_iter().filter_map(|unknown| {
        let mend = match unknown.nearest {
            Some(near) => format!("write `{near}`"),
            None => "define it as a [[noun]] or [[verb]] of words.toml, or correct it".to_owned(),
        };
        let UnknownWord { rule, key, word, .. } = unknown;
        let what = format!("rule `{rule}`: nothing defines `{word}` of `{key}`");
        Some(places.get(&rule)?.problem(Complaint::new(what, mend)))
    }));
    (rules, places)
}

/// The day on which examples are read: no rule may depend on it.
const TRIAL_DAY: Date = date(2026, 1, 15);

/// Runs every rule's examples: an example must be reported as the rule's step, a counter must not.
pub(super) fn try_out(rules: &Rules, places: &RulePlaces) -> Vec<Problem> {
    let steps = |sentence: &str| -> BTreeSet<Step> {
        let article = Article { title: sentence, text: "", published: TRIAL_DAY, voice: None };
        let reading = classify(rules, &article);
        reading.developments.iter().map(|finding| finding.step).collect()
    };
    let mut problems = Vec::new();
    for rule in &rules.definitions().rules {
        let Some(place) = places.get(&rule.id) else { continue };
        let mut complain = |what: String, mend: &str| {
            problems
                .push(place.problem(Complaint::new(format!("rule `{}`: {what}", rule.id), mend)));
        };
        for example in rule.examples.iter().filter(|example| !steps(example).contains(&rule.step)) {
            complain(
                format!("the example \"{example}\" is not read as {}", rule.step),
                "see `haguewatch explain` on the sentence, then correct the rule or the example",
            );
        }
        for counter in rule.counter.iter().filter(|counter| steps(counter).contains(&rule.step)) {
            complain(
                format!("the counter-example \"{counter}\" is read as {}", rule.step),
                "see `haguewatch explain` on the sentence, then narrow the rule",
            );
        }
    }
    problems
}

fn noun(mut table: Table<'_>) -> Option<Noun> {
    let id = table.text("id");
    let words = table.some_texts("words");
    let actor = table.flag("actor").unwrap_or(false);
    table.finish();
    Some(Noun { id: id?, words, actor })
}

fn verb(mut table: Table<'_>) -> Option<Verb> {
    let id = table.text("id");
    let words = table.texts("words");
    let finite = table.texts("finite");
    let nominal = table.texts("nominal");
    if words.is_empty() && finite.is_empty() && nominal.is_empty() {
        table.complain("words", "this verb has no words", "list base forms in `words`");
    }
    table.finish();
    Some(Verb { id: id?, words, finite, nominal })
}

fn cue(mut table: Table<'_>) -> Option<Cue> {
    let id = table.text("id");
    let because = table.optional_one_of("because", BECAUSE);
    let reach = table.one_of("reach", REACH);
    let scope = table.optional_integer("scope");
    let words = table.texts("words");
    let verbs = table.texts("verbs");
    let scope = usize::try_from(scope.unwrap_or(10)).ok().filter(|scope| (1..=40).contains(scope));
    if scope.is_none() {
        table.complain("scope", "`scope` is out of range", "write a number of words from 1 to 40");
    }
    table.finish();
    Some(Cue { id: id?, because, words, verbs, reach: reach?, scope: scope? })
}

fn rule(mut table: Table<'_>, names: &Names, taken: &mut Taken) -> Option<Rule> {
    let id = table.text("id");
    if let Some(id) = &id {
        taken.claim(&table, "id", id);
    }
    let step = table.convert("step", "\"warrant.issued\"", |text| {
        let known: Vec<String> = Step::all().map(|step| step.to_string()).collect();
        Step::parse(text)
            .ok_or_else(|| Complaint::unknown("a step", text, known.iter().map(String::as_str)))
    });
    let score = table.optional_integer("score").unwrap_or(70);
    let with = groups(&mut table, "with");
    let about = groups(&mut table, "about");
    let rule = Rule {
        id: RuleId::from(id.clone().unwrap_or_default()),
        step: step.unwrap_or(Step::all().next().expect("the vocabulary has steps")),
        score: i32::try_from(score).unwrap_or(70),
        verbs: table.texts("verb"),
        nouns: table.texts("noun"),
        subject: table.texts("subject"),
        subject_may_lack: table.flag("subject_may_lack").unwrap_or(false),
        object: table.texts("object"),
        with,
        about,
        without: table.texts("without"),
        context: table.texts("context"),
        bodies: table.convert_each("bodies", |text| names.body(text)),
        body: table.optional_convert("body", "\"ICC\"", |text| names.body(text)),
        accept: table.convert_each("accept", because_of),
        only: table.flag("only").unwrap_or(false),
        examples: table.texts("examples"),
        counter: table.texts("counter"),
    };
    if rule.verbs.is_empty() && rule.nouns.is_empty() {
        table.complain("verb", "nothing triggers this rule", "name a class in `verb` or `noun`");
    }
    if rule.only && rule.accept.is_empty() {
        table.complain("only", "`only` needs `accept`", "list the statuses in `accept`");
    }
    table.finish();
    (id.is_some() && step.is_some()).then_some(rule)
}

/// Groups of classes, each written `a|b`.
fn groups(table: &mut Table<'_>, key: &'static str) -> Vec<Vec<String>> {
    let groups = table.texts(key);
    groups
        .iter()
        .map(|group| group.split('|').map(|word| word.trim().to_owned()).collect())
        .collect()
}

fn because_of(text: &str) -> Result<Because, Complaint> {
    BECAUSE
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, because)| *because)
        .ok_or_else(|| Complaint::unknown("a status", text, BECAUSE.iter().map(|(word, _)| *word)))
}
