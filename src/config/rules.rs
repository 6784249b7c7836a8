//! `rules/`: the words, cues and rules that reading goes by.
//!
//! Reads them into [`Definitions`] and has them compiled. Whether rules do what they are there for
//! is asked on demand, in [`review`](super::review).

use super::{
    lexicon::Lexicon,
    names::Names,
    places::Places,
    problem::{Complaint, Problem},
    reader::TomlFile,
    table::Table,
    taken::Taken,
};
use crate::{
    classify::{
        Rules, UnknownWord,
        definition::{Cue, Definitions, Noun, Reach, Rule, Verb},
        review::Spot,
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
    ("content", Reach::Content),
];

/// Reads the files of words, cues and rules and compiles them with the lexicon. What is wrong
/// inside a file stays with the file; what only the compiler sees goes to `problems`.
pub(super) fn compile(
    lexicon: Lexicon,
    files: &[TomlFile<'_>],
    names: &Names,
    problems: &mut Vec<Problem>,
) -> Rules {
    let Lexicon { bodies, states, places, persons, cases } = lexicon;
    let mut all = Definitions { bodies, states, places, persons, cases, ..Definitions::default() };
    let mut taken = Taken::new("rule");
    for file in files {
        let mut root = file.root();
        all.nouns.extend(root.tables("noun").into_iter().filter_map(noun));
        all.verbs.extend(root.tables("verb").into_iter().filter_map(verb));
        all.cues.extend(root.tables("cue").into_iter().filter_map(cue));
        all.rules.extend(
            root.tables("rule").into_iter().filter_map(|table| rule(table, names, &mut taken)),
        );
        root.finish();
    }
    let (rules, unknown) = Rules::compile(all);
    let places = Places::of(files);
    problems.extend(unknown.iter().map(|unknown| {
        let UnknownWord { rule, key, word, .. } = unknown;
        let at = Spot { list: "rule", id: rule.as_str(), key, text: word };
        let what = format!("rule `{rule}`: nothing defines `{word}` of `{key}`");
        places.find(&at).problem(Complaint::new(what, mend(unknown)))
    }));
    rules
}

/// What to write for a word that nothing defines; verbs and nouns are easily taken for each other.
fn mend(unknown: &UnknownWord) -> String {
    let UnknownWord { key, word, nearest, .. } = unknown;
    match nearest.as_deref() {
        Some(near) if *key == "verb" && near == word => {
            format!("`{word}` is a noun: name it in `noun`, or define it as a [[verb]]")
        }
        Some(near) if *key == "noun" && near.strip_prefix('@') == Some(word) => {
            format!("`{word}` is a verb: name it in `verb`")
        }
        Some(near) => format!("write `{near}`"),
        None => "define it as a [[noun]] or [[verb]] of words.toml, or correct it".to_owned(),
    }
}

/// A class of verbs that triggers a rule: any other key would want a sign before it.
fn trigger(text: &str) -> Result<String, Complaint> {
    match text.strip_prefix('@') {
        None => Ok(text.to_owned()),
        Some(plain) => Err(Complaint::new(
            format!("`{text}` has a sign that `verb` does not want"),
            format!("write `{plain}`"),
        )),
    }
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
    if words.is_empty() && verbs.is_empty() {
        table.complain("words", "this cue has no words", "list phrases in `words`");
    }
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
        Step::parse(text).ok_or_else(|| {
            let known: Vec<String> = Step::all().map(|step| step.to_string()).collect();
            Complaint::unknown("a step", text, known.iter().map(String::as_str))
        })
    });
    let score = table.optional_integer("score").unwrap_or(70);
    let with = groups(&mut table, "with");
    let about = groups(&mut table, "about");
    let rule = Rule {
        id: RuleId::from(id.clone().unwrap_or_default()),
        step: step.unwrap_or(Step::all().next().expect("the vocabulary has steps")),
        score: i32::try_from(score).unwrap_or(70),
        verbs: table.convert_each("verb", trigger),
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
