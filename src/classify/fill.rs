//! Filling the lexicon: every phrase of the definitions with what it stands for.

use rustc_hash::FxHashMap;

use super::{
    dates,
    definition::{BodyClass, Definitions, PersonClass, Reach},
    ends::{End, Needs},
    forms::{Form, forms},
    grammar,
    lexicon::{Class, Entry, FewClasses, Lexicon, What},
    marks::Marks,
    persons, roles, targets,
    tokens::Tokens,
    words::{Traits, WordId},
    written,
};

/// Words before a noun that call it a further one.
const FURTHER: &[&str] = &[
    "second",
    "third",
    "fourth",
    "another",
    "new",
    "fresh",
    "further",
    "additional",
    "more",
    "nueva",
    "nuevo",
    "otra",
    "nouveau",
    "nouvelle",
    "nouveaux",
];

/// Whether a verb takes more than a particle along: `begin hearings` is still a beginning, as
/// `hand over` is no handing.
fn is_open(phrase: &Tokens) -> bool {
    const PARTICLES: &[&str] = &[
        "out", "down", "over", "up", "off", "back", "away", "aside", "into", "in", "on", "of",
        "to", "through", "with", "from", "by",
    ];
    phrase.words().skip(1).any(|word| !PARTICLES.contains(&word))
}

/// Joins the meanings that a phrase has as a noun or as one form of a verb, so that a text mentions
/// them once. What means the same is in memory once.
#[derive(Default)]
struct Joined(FxHashMap<(What, FewClasses, bool, bool), usize>);

impl Joined {
    /// The ends of a node.
    fn ends(&mut self, entries: &mut Vec<Entry>, given: &[u32]) -> Vec<u32> {
        let mut joined: Vec<Entry> = Vec::new();
        for &end in given {
            let entry = entries[end as usize];
            let alike = |other: &Entry| {
                matches!(entry.what, What::Noun | What::Verb(_))
                    && (other.what, other.open, other.needs)
                        == (entry.what, entry.open, entry.needs)
            };
            let both = joined.iter_mut().find(|other| alike(other)).and_then(|other| {
                let classes = other.classes.and(&entry.classes)?;
                Some((other, classes))
            });
            match both {
                Some((other, classes)) => other.classes = classes,
                None => joined.push(entry),
            }
        }
        let place = |entry: Entry| {
            let meaning = (entry.what, entry.classes, entry.acronym, entry.open);
            let at = *self.0.entry(meaning).or_insert_with(|| {
                entries.push(entry);
                entries.len() - 1
            });
            End::of(u32::try_from(at).expect("a lexicon fits in memory"), &entry).0
        };
        joined.into_iter().map(place).collect()
    }
}

impl Lexicon {
    /// Compiles the phrases of the definitions.
    pub(crate) fn compile(definitions: &Definitions) -> Self {
        let mut lexicon = Self::default();
        lexicon.add_bodies(definitions);
        lexicon.add_states(definitions);
        lexicon.add_places(definitions);
        lexicon.add_persons(definitions);
        lexicon.add_titles(definitions);
        for (index, case) in definitions.cases.iter().enumerate() {
            let classes = vec![lexicon.class("known-case")];
            for name in case.names.iter().chain([&case.name]) {
                lexicon.add(name, What::Case(index), &classes, Needs::Any);
            }
        }
        lexicon.add_words(definitions);
        grammar::mark(&mut lexicon.words);
        dates::mark(&mut lexicon.words);
        roles::mark(&mut lexicon.words);
        persons::mark(&mut lexicon.words);
        targets::mark(&mut lexicon.words);
        written::mark(&mut lexicon.words);
        lexicon.words.mark(FURTHER.iter().copied(), Traits::FURTHER);
        let growing = std::mem::take(&mut lexicon.growing);
        lexicon.defined = lexicon.entries.len();
        let mut joined = Joined::default();
        let keep = |ends: &[u32]| joined.ends(&mut lexicon.entries, ends);
        let (trie, first) = growing.freeze(keep, |end| End(end).is_plain());
        lexicon.trie = trie;
        for (word, node) in first {
            lexicon.words.lead(word, node);
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, what: What, classes: &[Class], needs: Needs) {
        let mut folded = std::mem::take(&mut self.folding);
        folded.read_phrase(&self.words, phrase);
        self.add_folded(&folded, what, classes, needs);
        self.folding = folded;
    }

    /// Adds a phrase that is folded.
    fn add_folded(&mut self, phrase: &Tokens, what: What, classes: &[Class], needs: Needs) {
        let ids: Vec<WordId> = phrase.words().map(|word| self.words.learn(word)).collect();
        if ids.is_empty() {
            return;
        }
        let several = ids.len() > 1;
        let node = self.growing.node(ids);
        let ends = self.growing.ends(node);
        let known = ends.iter().map(|&entry| entry as usize).find(|&entry| {
            let entry = &self.entries[entry];
            let alike =
                matches!((entry.what, what), (What::Verb(_), What::Verb(_))) || entry.what == what;
            alike && *entry.classes == *classes && entry.needs == needs
        });
        if let Some(known) = known {
            if let (What::Verb(one), What::Verb(other)) = (self.entries[known].what, what) {
                self.entries[known].what = What::Verb(one.with(other));
            }
        } else {
            ends.push(u32::try_from(self.entries.len()).expect("a lexicon fits in memory"));
            let acronym = needs == Needs::Upper;
            let open = match what {
                What::Verb(_) => is_open(phrase),
                // `to issue` is a verb still.
                What::Noun => several && phrase.words().next() == Some("to"),
                _ => false,
            };
            self.entries.push(Entry {
                what,
                classes: FewClasses::of(classes),
                acronym,
                open,
                needs,
                marks: Marks::default(),
            });
        }
    }

    fn add_bodies(&mut self, definitions: &Definitions) {
        for (index, body) in definitions.bodies.iter().enumerate() {
            let class = self.class(match body.class {
                BodyClass::Court => "court",
                BodyClass::Organ => "organ",
                BodyClass::Coalition => "coalition",
                BodyClass::Union => "union",
            });
            let own = self.class(&format!("body:{}", body.id));
            let any = self.class("body");
            for name in body.names.iter().chain(&body.shared).chain([&body.name]) {
                self.add(name, What::Body(index), &[class, any, own], Needs::Any);
            }
            for acronym in &body.acronyms {
                self.add(acronym, What::Body(index), &[class, any, own], Needs::Upper);
            }
            let organ = self.class("part");
            for name in &body.organs {
                self.add(name, What::Organ(index), &[organ, own], Needs::Any);
            }
            let treaty = self.class("treaty");
            for name in &body.treaties {
                self.add(name, What::Treaty(index), &[treaty, own], Needs::Any);
            }
            for word in &body.not_beside {
                self.add(word, What::Beside(index), &[], Needs::Any);
            }
        }
    }

    fn add_states(&mut self, definitions: &Definitions) {
        let class = self.class("state");
        let demonym = self.class("demonym");
        for (index, state) in definitions.states.iter().enumerate() {
            for name in state.names.iter().chain([&state.name]).chain(&state.seats) {
                self.add(name, What::State(index), &[class], Needs::Capital);
            }
            for name in &state.demonyms {
                // French and Spanish write them small, as `polish` is a verb.
                let needs = if name == "polish" { Needs::Capital } else { Needs::Any };
                self.add(name, What::State(index), &[class, demonym], needs);
            }
            for name in &state.acronyms {
                self.add(name, What::State(index), &[class], Needs::Upper);
            }
            for phrase in &state.not {
                self.add(phrase, What::Nothing, &[], Needs::Any);
            }
        }
    }

    fn add_places(&mut self, definitions: &Definitions) {
        let class = self.class("place");
        for (index, place) in definitions.places.iter().enumerate() {
            for name in &place.names {
                self.add(name, What::Place(index), &[class], Needs::Capital);
            }
        }
    }

    fn add_persons(&mut self, definitions: &Definitions) {
        let any = self.class("person");
        for (index, person) in definitions.persons.iter().enumerate() {
            let class = self.class(match person.class {
                PersonClass::Suspect => "suspect",
                PersonClass::Officer => "officer",
                PersonClass::Official => "official",
            });
            for name in person.names.iter().map(String::as_str).chain([person.name.as_str()]) {
                self.add(name, What::Person(index), &[any, class], Needs::Capital);
            }
            for phrase in &person.not {
                self.add(phrase, What::Nothing, &[], Needs::Any);
            }
        }
    }

    fn add_titles(&mut self, definitions: &Definitions) {
        let class = self.class("title");
        let roles = definitions.persons.iter().flat_map(|person| &person.roles);
        self.titles = roles.map(|role| role.title.clone()).collect();
        self.titles.sort_unstable();
        self.titles.dedup();
        for index in 0..self.titles.len() {
            let title = self.titles[index].clone();
            self.add(&title, What::Title(index), &[class], Needs::Any);
        }
    }

    fn add_words(&mut self, definitions: &Definitions) {
        for noun in &definitions.nouns {
            let class = self.class(&noun.id);
            for word in &noun.words {
                // What is written in capitals counts only so: `UN` is no French article.
                let capitals = word.len() > 1 && !word.contains(char::is_lowercase);
                let needs = if capitals && word.contains(char::is_uppercase) {
                    Needs::Upper
                } else {
                    Needs::Any
                };
                self.add(word, What::Noun, &[class], needs);
            }
        }
        for verb in &definitions.verbs {
            let class = self.class(&format!("@{}", verb.id));
            for word in &verb.words {
                for (word, form) in forms(word) {
                    self.add(&word, What::Verb(form), &[class], Needs::Any);
                }
            }
            for word in &verb.finite {
                self.add(word, What::Verb(Form::THIRD), &[class], Needs::Any);
            }
            for word in &verb.nominal {
                self.add(word, What::Verb(Form::NOMINAL), &[class], Needs::Any);
            }
        }
        for (index, cue) in definitions.cues.iter().enumerate() {
            let class = self.class(&format!("cue:{}", cue.id));
            for word in &cue.words {
                self.add(word, What::Cue(index), &[class], Needs::Any);
            }
            for word in &cue.verbs {
                // A bare base form is as often a noun (`call`, `plan`): it asks for something too.
                for (word, _) in forms(word) {
                    self.add(&word, What::Cue(index), &[class], Needs::Any);
                }
            }
            debug_assert!(cue.scope > 0 || !matches!(cue.reach, Reach::Forward | Reach::Backward));
        }
    }
}
