//! From definitions to something that reads: classes resolved, rules indexed by their triggers.

use rustc_hash::FxHashMap;

use super::{
    classes::ClassSet,
    definition::{Cue, Definitions},
    lexicon::{Class, Lexicon},
};
use crate::model::{BodyId, RuleId};

/// Everything compiled.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) definitions: Definitions,
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Vec<CompiledRule>,
    /// The rules that a class triggers.
    pub(crate) by_trigger: FxHashMap<Class, Vec<usize>>,
    /// The classes that can act.
    pub(crate) actors: Vec<Class>,
    /// The entry that stands for a court that is named by its state (`a Moscow court`).
    pub(crate) local_entry: Option<usize>,
    pub(crate) known: Known,
}

/// Classes that the engine itself knows.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Courts and judges without a name.
    pub(crate) bench: Class,
    pub(crate) local: Class,
    /// Words that point to one of our courts without naming it.
    pub(crate) hints: Vec<Class>,
    pub(crate) topic: Vec<Class>,
    /// `is`, `was`, `has`: what shows that a participle before it only describes.
    pub(crate) copula: Class,
}

/// A rule whose words are classes.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRule {
    pub(crate) subject: Vec<Class>,
    pub(crate) subject_may_lack: bool,
    pub(crate) object: Vec<Class>,
    pub(crate) with: Vec<Vec<Class>>,
    pub(crate) without: Vec<Class>,
    pub(crate) context: Vec<Class>,
    pub(crate) bodies: Vec<usize>,
    pub(crate) body: Option<usize>,
    /// Groups of classes of each of which the article must have one.
    needs: Vec<ClassSet>,
}

impl CompiledRule {
    /// Whether an article with these classes has what the rule needs, wherever it stands.
    pub(crate) fn may_fit(&self, present: &ClassSet) -> bool {
        self.needs.iter().all(|group| group.meets(present))
    }

    fn note_needs(&mut self) {
        let subject = if self.subject_may_lack { &[][..] } else { &self.subject };
        let groups = [subject, &self.object, &self.context].into_iter();
        self.needs = groups
            .chain(self.with.iter().map(Vec::as_slice))
            .filter(|group| !group.is_empty())
            .map(|group| group.iter().copied().collect())
            .collect();
    }
}

/// A word in a rule that nothing defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The rule.
    pub rule: RuleId,
    /// The key.
    pub key: &'static str,
    /// The word.
    pub word: String,
    /// The nearest word that is defined, or a hint where to define it.
    pub nearest: Option<String>,
}

impl Compiled {
    /// Compiles definitions. Words that nothing defines are left out of their rule and reported.
    pub(crate) fn new(definitions: Definitions) -> (Self, Vec<UnknownWord>) {
        let mut lexicon = Lexicon::compile(&definitions);
        let known = Known {
            copula: lexicon.class("copula"),
            bench: lexicon.class("bench"),
            local: lexicon.class("local-court"),
            hints: ["international", "un", "un-resolution"]
                .iter()
                .map(|name| lexicon.class(name))
                .collect(),
            topic: ["body", "part", "treaty", "topic", "warrant", "suspect"]
                .iter()
                .map(|name| lexicon.class(name))
                .collect(),
        };
        let mut actors: Vec<Class> =
            ["body", "state", "person"].iter().map(|name| lexicon.class(name)).collect();
        actors.extend(
            definitions.nouns.iter().filter(|noun| noun.actor).map(|noun| lexicon.class(&noun.id)),
        );
        let mut unknown = Vec::new();
        let mut rules = Vec::new();
        let mut by_trigger: FxHashMap<Class, Vec<usize>> = FxHashMap::default();
        for (index, rule) in definitions.rules.iter().enumerate() {
            let mut words = Words { lexicon: &lexicon, rule: &rule.id, unknown: &mut unknown };
            let verbs: Vec<String> = rule.verbs.iter().map(|verb| format!("@{verb}")).collect();
            for class in
                words.classes("verb", &verbs).into_iter().chain(words.classes("noun", &rule.nouns))
            {
                by_trigger.entry(class).or_default().push(index);
            }
            let body = |id: &BodyId| definitions.bodies.iter().position(|body| body.id == *id);
            let mut compiled = CompiledRule {
                subject: words.classes("subject", &rule.subject),
                subject_may_lack: rule.subject_may_lack,
                object: words.classes("object", &rule.object),
                with: rule.with.iter().map(|group| words.classes("with", group)).collect(),
                without: words.classes("without", &rule.without),
                context: words.classes("context", &rule.context),
                bodies: rule.bodies.iter().filter_map(body).collect(),
                body: rule.body.as_ref().and_then(body),
                needs: Vec::new(),
            };
            compiled.note_needs();
            rules.push(compiled);
        }
        let local_entry = lexicon.entries.iter().position(|entry| entry.classes == [known.local]);
        (Self { definitions, lexicon, rules, by_trigger, actors, local_entry, known }, unknown)
    }

    pub(crate) fn cues(&self) -> &[Cue] {
        &self.definitions.cues
    }
}

struct Words<'a> {
    lexicon: &'a Lexicon,
    rule: &'a RuleId,
    unknown: &'a mut Vec<UnknownWord>,
}

impl Words<'_> {
    fn classes(&mut self, key: &'static str, words: &[String]) -> Vec<Class> {
        words
            .iter()
            .filter_map(|word| {
                let class = self.lexicon.find_class(word);
                if class.is_none() {
                    // In `verb` classes of verbs stand without the sign that they need elsewhere.
                    let sigil: &[char] = if key == "verb" { &['@'] } else { &[] };
                    let nearest = self
                        .lexicon
                        .class_names()
                        .iter()
                        .map(|name| (strsim::damerau_levenshtein(name, word), name))
                        .filter(|(distance, _)| *distance <= 3)
                        .min()
                        .map(|(_, name)| name.trim_start_matches(sigil).to_owned());
                    self.unknown.push(UnknownWord {
                        rule: self.rule.clone(),
                        key,
                        word: word.trim_start_matches(sigil).to_owned(),
                        nearest,
                    });
                }
                class
            })
            .collect()
    }
}
