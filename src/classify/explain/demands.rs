//! What a rule demands around its trigger, and which of it is there.

use super::{
    super::{
        classes::ClassSet,
        compile::CompiledRule,
        definition::Rule,
        frames::{Frame, Miss, View},
    },
    places::Quote,
};

/// One thing that a rule demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The key of the rule.
    pub key: Key,
    /// What is wanted, any of it; of [`Key::Without`], what is not.
    pub wants: Vec<Wanted>,
    /// Whether the text has it.
    pub met: bool,
    /// What stands there: the right one, or the wrong one.
    pub found: Option<Quote>,
}

/// The keys of a rule that demand something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The trigger stands where verbs do.
    Verb,
    /// Who acts.
    Subject,
    /// What is acted on.
    Object,
    /// What stands in the sentence.
    With,
    /// What must not stand in the clause.
    Without,
    /// What stands in headline or lead.
    Context,
    /// What else stands in headline or lead.
    About,
    /// A body of the rule is named.
    Bodies,
    /// It is only announced or refused, which the rule wants.
    Accept,
}

/// A class of words that a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The class, as rules write it (`bench`, `@issue`, `body:ICC`).
    pub class: String,
    /// Its first words, where the lexicon lists some.
    pub words: Vec<String>,
}

/// How many words stand for a class.
const SAMPLE: usize = 3;

impl View<'_> {
    /// What a rule demands of a trigger, and the frame that it has, or would have with all of it.
    pub(super) fn demands(&self, rule: usize, trigger: usize) -> (Vec<Demand>, Frame) {
        let definition = &self.compiled.definitions.rules[rule];
        let grammar = self.grammar(trigger);
        let bare = Frame { rule, trigger, subject: None, object: None, grammar };
        let (misses, frame) = self.misses(bare);
        let mut demands = Vec::new();
        if self.is_noun(trigger, grammar) {
            let found = Some(self.quote(trigger));
            demands.push(Demand { key: Key::Verb, wants: Vec::new(), met: false, found });
        }
        for (key, group, classes) in keys(definition) {
            let miss = misses.iter().find(|miss| place_of(**miss) == (key, group));
            let wrong = miss.and_then(|miss| match miss {
                Miss::WrongSubject(index) | Miss::Without(index) => Some(*index),
                _ => None,
            });
            let right = match key {
                Key::Subject => frame.subject,
                Key::Object => frame.object,
                _ => None,
            };
            let right = right.filter(|_| miss.is_none());
            demands.push(Demand {
                key,
                wants: classes.iter().map(|class| self.wanted(class)).collect(),
                met: miss.is_none(),
                found: wrong.or(right).map(|index| self.quote(index)),
            });
        }
        demands.extend(self.demands_of_frame(definition, &frame));
        (demands, frame)
    }

    /// What is weighed once the roles are known.
    fn demands_of_frame(&self, rule: &Rule, frame: &Frame) -> Vec<Demand> {
        let mut demands = Vec::new();
        if !rule.bodies.is_empty() {
            let wants = rule.bodies.iter().map(|id| self.wanted(&format!("body:{id}"))).collect();
            let met = self.body(frame, self.article.voice).is_some();
            demands.push(Demand { key: Key::Bodies, wants, met, found: None });
        }
        if rule.only {
            let wanted = |because: &crate::model::Because| Wanted {
                class: because.as_str().to_owned(),
                words: Vec::new(),
            };
            let doubt = self.doubt(frame, self.article.published);
            let met = doubt.is_some_and(|doubt| rule.accept.contains(&doubt.because));
            let wants = rule.accept.iter().map(wanted).collect();
            demands.push(Demand { key: Key::Accept, wants, met, found: None });
        }
        demands
    }

    /// Everything that a rule misses: what is missed is taken away, and the rest tried again.
    fn misses(&self, bare: Frame) -> (Vec<Miss>, Frame) {
        let mut relaxed = Relaxed::of(&self.compiled.rules[bare.rule]);
        let mut misses = Vec::new();
        loop {
            match self.fit_as(&relaxed.rule, bare) {
                Ok(frame) => return (misses, frame),
                Err(Miss::Noun) => return (misses, bare),
                Err(miss) => misses.push(relaxed.without(miss)),
            }
        }
    }

    /// A class with a few of its words.
    fn wanted(&self, class: &str) -> Wanted {
        let definitions = &self.compiled.definitions;
        let verb = class.strip_prefix('@');
        let cue = class.strip_prefix("cue:");
        let verbs = definitions.verbs.iter().filter(|one| verb == Some(&one.id));
        let nouns = definitions.nouns.iter().filter(|one| one.id == class);
        let cues = definitions.cues.iter().filter(|one| cue == Some(&one.id));
        let of_verbs =
            verbs.flat_map(|one| one.words.iter().chain(&one.nominal).chain(&one.finite));
        let of_cues = cues.flat_map(|one| one.words.iter().chain(&one.verbs));
        let words = of_verbs.chain(nouns.flat_map(|one| &one.words)).chain(of_cues);
        Wanted { class: class.to_owned(), words: words.take(SAMPLE).cloned().collect() }
    }
}

/// A rule of which something was taken away. A group keeps the number that it has in the rule.
struct Relaxed {
    rule: CompiledRule,
    with: Vec<usize>,
    about: Vec<usize>,
}

impl Relaxed {
    fn of(rule: &CompiledRule) -> Self {
        let with = (0..rule.with.len()).collect();
        Self { rule: rule.clone(), with, about: (0..rule.about.len()).collect() }
    }

    /// Takes away what is missed.
    fn without(&mut self, miss: Miss) -> Miss {
        let rule = &mut self.rule;
        match miss {
            Miss::NoSubject | Miss::WrongSubject(_) => {
                rule.subject = ClassSet::default();
                rule.subject_may_lack = true;
            }
            Miss::NoObject => rule.object = ClassSet::default(),
            Miss::Without(_) => rule.without = ClassSet::default(),
            Miss::NoContext => rule.context = ClassSet::default(),
            Miss::NoWith(group) => {
                rule.with.remove(group);
                return Miss::NoWith(self.with.remove(group));
            }
            Miss::NoAbout(group) => {
                rule.about.remove(group);
                return Miss::NoAbout(self.about.remove(group));
            }
            Miss::Noun => {}
        }
        miss
    }
}

/// The demand that a miss is about, with the number of its group.
fn place_of(miss: Miss) -> (Key, usize) {
    match miss {
        Miss::NoSubject | Miss::WrongSubject(_) => (Key::Subject, 0),
        Miss::NoObject => (Key::Object, 0),
        Miss::Without(_) => (Key::Without, 0),
        Miss::NoWith(group) => (Key::With, group),
        Miss::NoContext => (Key::Context, 0),
        Miss::NoAbout(group) => (Key::About, group),
        Miss::Noun => (Key::Verb, 0),
    }
}

/// The demands of a rule on the words around its trigger, with the number of each group.
fn keys(rule: &Rule) -> Vec<(Key, usize, &[String])> {
    let mut keys = vec![(Key::Subject, 0, &rule.subject[..]), (Key::Object, 0, &rule.object)];
    let groups = rule.with.iter().enumerate();
    keys.extend(groups.map(|(group, classes)| (Key::With, group, &classes[..])));
    keys.push((Key::Without, 0, &rule.without));
    keys.push((Key::Context, 0, &rule.context));
    let groups = rule.about.iter().enumerate();
    keys.extend(groups.map(|(group, classes)| (Key::About, group, &classes[..])));
    keys.retain(|(_, _, classes)| !classes.is_empty());
    keys
}

impl Key {
    /// The word in JSON: the key as rules write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::Subject => "subject",
            Self::Object => "object",
            Self::With => "with",
            Self::Without => "without",
            Self::Context => "context",
            Self::About => "about",
            Self::Bodies => "bodies",
            Self::Accept => "accept",
        }
    }
}
