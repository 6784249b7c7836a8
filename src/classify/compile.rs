//! From definitions to something that reads: classes resolved, rules indexed by their triggers.

use rustc_hash::FxHashMap;

use super::{
    classes::ClassSet,
    definition::{Cue, Definitions},
    gates::Gates,
    lexicon::{Class, Entry, Lexicon},
    marks::{Marker, Marks},
};
use crate::model::{BodyId, PersonName, RuleId, StateCode};

/// Everything compiled.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) definitions: Definitions,
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Vec<CompiledRule>,
    /// What an article must have for each rule.
    pub(crate) gates: Gates,
    /// Per class the rules that it triggers.
    pub(crate) by_trigger: Vec<Vec<usize>>,
    /// Per entry of a court or prosecutors the one for a state's own (`a Moscow court`).
    pub(crate) local: FxHashMap<usize, usize>,
    pub(crate) known: Known,
    pub(crate) cases: CaseIndex,
}

/// What the lexicon knows of cases, persons and places, as places in its own lists.
#[derive(Debug, Default)]
pub(crate) struct CaseIndex {
    pub(crate) list: Vec<KnownCase>,
    /// Per state the cases to which it is a party.
    pub(crate) of_state: Vec<Vec<usize>>,
    /// Per person the cases in which he or she is accused.
    pub(crate) of_person: Vec<Vec<usize>>,
    /// Per person the bodies before which he or she is accused, or holds an office.
    pub(crate) accused: Vec<Vec<usize>>,
    /// Per person the states that an act against him or her concerns.
    pub(crate) states: Vec<Vec<usize>>,
    /// Per place the states that it stands for.
    pub(crate) places: Vec<Vec<usize>>,
}

/// A case.
#[derive(Debug)]
pub(crate) struct KnownCase {
    pub(crate) body: usize,
    pub(crate) parties: Vec<usize>,
    pub(crate) accused: Vec<usize>,
}

impl KnownCase {
    /// Whether it is a dispute between states that are all among these.
    pub(crate) fn is_between(&self, states: &[usize]) -> bool {
        self.parties.len() > 1 && self.parties.iter().all(|party| states.contains(party))
    }
}

impl CaseIndex {
    fn of(definitions: &Definitions) -> Self {
        let Definitions { bodies, cases, persons, places, .. } = definitions;
        let states: FxHashMap<StateCode, usize> =
            definitions.states.iter().enumerate().map(|(at, state)| (state.code, at)).collect();
        let names: FxHashMap<&PersonName, usize> =
            persons.iter().enumerate().map(|(at, person)| (&person.name, at)).collect();
        let all = |codes: &[StateCode]| -> Vec<usize> {
            codes.iter().filter_map(|code| states.get(code).copied()).collect()
        };
        let list: Vec<KnownCase> = cases
            .iter()
            .map(|case| KnownCase {
                body: bodies.iter().position(|body| body.id == case.body).unwrap_or(usize::MAX),
                parties: all(&case.parties),
                accused: case.accused.iter().filter_map(|name| names.get(name).copied()).collect(),
            })
            .collect();
        let mut of_state = vec![Vec::new(); definitions.states.len()];
        let mut of_person = vec![Vec::new(); persons.len()];
        let mut accused = vec![Vec::new(); persons.len()];
        for (at, case) in list.iter().enumerate() {
            case.parties.iter().for_each(|&state| of_state[state].push(at));
            for &person in &case.accused {
                of_person[person].push(at);
                accused[person].push(case.body);
            }
        }
        for (person, accused) in persons.iter().zip(&mut accused) {
            let offices = person.roles.iter().filter_map(|role| role.body.as_ref());
            accused.extend(offices.filter_map(|id| bodies.iter().position(|body| body.id == *id)));
        }
        Self {
            list,
            of_state,
            of_person,
            accused,
            states: persons.iter().map(|person| all(&person.states)).collect(),
            places: places.iter().map(|place| all(&place.states)).collect(),
        }
    }
}

/// Classes that the engine itself knows.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Courts and judges without a name.
    pub(crate) bench: Class,
    /// Courts of states.
    pub(crate) local: Class,
    /// Prosecutors without a name.
    pub(crate) prosecutor: Class,
    /// Cities whose state only says where they lie (`The Hague, the Netherlands`).
    pub(crate) seat: ClassSet,
    /// Words that point to one of our courts without naming it.
    pub(crate) hints: ClassSet,
    pub(crate) topic: ClassSet,
    /// `is`, `was`, `has`: what shows that a participle before it only describes.
    pub(crate) copula: Class,
}

/// A rule whose words are classes.
#[derive(Clone, Debug)]
pub(crate) struct CompiledRule {
    /// The classes of words that trigger it.
    pub(crate) triggers: ClassSet,
    pub(crate) subject: ClassSet,
    pub(crate) subject_may_lack: bool,
    pub(crate) object: ClassSet,
    pub(crate) with: Vec<ClassSet>,
    pub(crate) without: ClassSet,
    pub(crate) context: ClassSet,
    pub(crate) about: Vec<ClassSet>,
    pub(crate) bodies: Vec<usize>,
    pub(crate) body: Option<usize>,
}

impl CompiledRule {
    /// How many things the rule asks for.
    pub(crate) fn demands(&self) -> usize {
        let one = |group: &ClassSet| usize::from(!group.is_empty());
        one(&self.object)
            + one(&self.context)
            + usize::from(!self.subject.is_empty() && !self.subject_may_lack)
            + self.with.len()
            + self.about.len()
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
            prosecutor: lexicon.class("prosecutor"),
            seat: lexicon.classes(&["hague-place"]),
            hints: lexicon.classes(&["international", "un", "un-resolution", "court-hint"]),
            topic: lexicon.classes(&["body", "part", "treaty", "topic", "warrant", "suspect"]),
        };
        let mut actors = lexicon.classes(&["body", "state", "person"]);
        for noun in definitions.nouns.iter().filter(|noun| noun.actor) {
            actors.insert(lexicon.class(&noun.id));
        }
        let mut unknown = Vec::new();
        let mut rules = Vec::new();
        let mut by_trigger = vec![Vec::new(); lexicon.class_names().len()];
        let mut triggers = ClassSet::default();
        for (index, rule) in definitions.rules.iter().enumerate() {
            let mut words = Words { lexicon: &lexicon, rule: &rule.id, unknown: &mut unknown };
            let verbs: Vec<String> = rule.verbs.iter().map(|verb| format!("@{verb}")).collect();
            let verbs = words.list("verb", &verbs);
            let own: Vec<Class> =
                verbs.into_iter().chain(words.list("noun", &rule.nouns)).collect();
            for &class in &own {
                by_trigger[usize::from(class)].push(index);
                triggers.insert(class);
            }
            let body = |id: &BodyId| definitions.bodies.iter().position(|body| body.id == *id);
            rules.push(CompiledRule {
                triggers: own.into_iter().collect(),
                subject: words.classes("subject", &rule.subject),
                subject_may_lack: rule.subject_may_lack,
                object: words.classes("object", &rule.object),
                with: rule.with.iter().map(|group| words.classes("with", group)).collect(),
                without: words.classes("without", &rule.without),
                context: words.classes("context", &rule.context),
                about: rule.about.iter().map(|group| words.classes("about", group)).collect(),
                bodies: rule.bodies.iter().filter_map(body).collect(),
                body: rule.body.as_ref().and_then(body),
            });
        }
        let marker = Marker {
            definitions: &definitions,
            known: &known,
            triggers: &triggers,
            actors: &actors,
        };
        lexicon.mark(&marker);
        let local = localised(&mut lexicon, &known, &marker);
        let cases = CaseIndex::of(&definitions);
        let mut phrases = vec![0; by_trigger.len()];
        for class in
            lexicon.entries[..lexicon.defined].iter().flat_map(|entry| entry.classes.iter())
        {
            phrases[usize::from(*class)] += 1;
        }
        let gates = Gates::of(&rules, &by_trigger, &phrases);
        let compiled = Self { definitions, lexicon, rules, gates, by_trigger, local, known, cases };
        (compiled, unknown)
    }

    pub(crate) fn cues(&self) -> &[Cue] {
        &self.definitions.cues
    }
}

/// Makes of each entry that is a court without a name, or prosecutors, one that is a state's own.
fn localised(lexicon: &mut Lexicon, known: &Known, marker: &Marker<'_>) -> FxHashMap<usize, usize> {
    let mut local = FxHashMap::default();
    for at in 0..lexicon.entries.len() {
        let entry = lexicon.entries[at];
        if entry.marks.has(Marks::BENCH.or(Marks::PROSECUTOR)) {
            let classes = entry.classes.replaced(&[known.bench, known.prosecutor], known.local);
            let mut own = Entry { classes, ..entry };
            own.marks = marker.marks(&own);
            local.insert(at, lexicon.entries.len());
            lexicon.entries.push(own);
        }
    }
    local
}

struct Words<'a> {
    lexicon: &'a Lexicon,
    rule: &'a RuleId,
    unknown: &'a mut Vec<UnknownWord>,
}

impl Words<'_> {
    fn classes(&mut self, key: &'static str, words: &[String]) -> ClassSet {
        self.list(key, words).into_iter().collect()
    }

    fn list(&mut self, key: &'static str, words: &[String]) -> Vec<Class> {
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
