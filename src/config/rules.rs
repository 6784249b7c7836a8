//! `rules/`: the words, cues and rules that reading goes by.
//!
//! Reads them into [`Definitions`]; what a class of words means to a rule is the compiler's to say.

use super::{
    problem::{Complaint, Place},
    reader::TomlFile,
    table::Table,
};
use crate::{
    classify::definition::{Cue, Noun, Reach, Rule, Verb},
    model::{Because, BodyId, RuleId, Step},
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

/// The words, cues and rules of one file.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) nouns: Vec<Noun>,
    pub(super) verbs: Vec<Verb>,
    pub(super) cues: Vec<Cue>,
    /// Each rule with its place, for complaints that only the compiler can make.
    pub(super) rules: Vec<(Rule, Place)>,
}

/// Reads one file; its problems stay with it.
pub(super) fn read(file: &TomlFile<'_>) -> Words {
    let mut root = file.root();
    let words = Words {
        nouns: root.tables("noun").into_iter().filter_map(noun).collect(),
        verbs: root.tables("verb").into_iter().filter_map(verb).collect(),
        cues: root.tables("cue").into_iter().filter_map(cue).collect(),
        rules: root.tables("rule").into_iter().filter_map(rule).collect(),
    };
    root.finish();
    words
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

fn rule(mut table: Table<'_>) -> Option<(Rule, Place)> {
    let place = table.place();
    let id = table.text("id");
    let step = table.convert("step", "\"warrant.issued\"", |text| {
        let known: Vec<String> = Step::all().map(|step| step.to_string()).collect();
        Step::parse(text)
            .ok_or_else(|| Complaint::unknown("a step", text, known.iter().map(String::as_str)))
    });
    let score = table.optional_integer("score").unwrap_or(70);
    let groups = table.texts("with");
    let rule = Rule {
        id: RuleId::from(id.clone().unwrap_or_default()),
        step: step.unwrap_or(Step::all().next().expect("the vocabulary has steps")),
        score: i32::try_from(score).unwrap_or(70),
        verbs: table.texts("verb"),
        nouns: table.texts("noun"),
        subject: table.texts("subject"),
        subject_may_lack: table.flag("subject_may_lack").unwrap_or(false),
        object: table.texts("object"),
        with: groups
            .iter()
            .map(|group| group.split('|').map(|word| word.trim().to_owned()).collect())
            .collect(),
        without: table.texts("without"),
        context: table.texts("context"),
        bodies: table.texts("bodies").into_iter().map(BodyId::from).collect(),
        body: table.optional_text("body").map(BodyId::from),
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
    (id.is_some() && step.is_some()).then_some((rule, place))
}

fn because_of(text: &str) -> Result<Because, Complaint> {
    BECAUSE.iter().find(|(word, _)| *word == text).map(|(_, because)| *because).ok_or_else(|| {
        Complaint::unknown("a status", text, BECAUSE.iter().map(|(word, _)| *word))
    })
}
