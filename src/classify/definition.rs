//! What operators write in `rules/`, as plain data: the input of the compiler.

use jiff::civil::Date;

use crate::model::{Because, BodyId, CaseId, PersonName, RuleId, StateCode, Step};

/// A court, organ or coalition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its id, such as `ICC`.
    pub id: BodyId,
    /// Its full name in English, as messages say it.
    pub name: String,
    /// What it is.
    pub class: BodyClass,
    /// Names and phrases that mean it, in any case and language.
    pub names: Vec<String>,
    /// Names that other bodies have too (`the Hague tribunal`): the case tells which is meant.
    pub shared: Vec<String>,
    /// Acronyms, which count only in capitals (`ICC`, `CPI`).
    pub acronyms: Vec<String>,
    /// Its parts (`Pre-Trial Chamber`, `Office of the Prosecutor`), which point to it.
    pub organs: Vec<String>,
    /// The treaty whose parties are its members (`Rome Statute`).
    pub treaties: Vec<String>,
    /// Words beside an acronym that show that it is somebody else's (`cricket`).
    pub not_beside: Vec<String>,
    /// Hosts of its official sites.
    pub hosts: Vec<String>,
    /// The noun phrase for one of its members (`State Party`, `member`).
    pub member: String,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyClass {
    /// A court or tribunal.
    Court,
    /// An organ of an organisation of states that votes or reports.
    Organ,
    /// A coalition of states.
    Coalition,
    /// An organisation or union of states.
    Union,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub code: StateCode,
    /// Its short name in English, as messages say it.
    pub name: String,
    /// Other names, in English, French and Spanish.
    pub names: Vec<String>,
    /// Demonyms and adjectives (`Malian`, `Malians`).
    pub demonyms: Vec<String>,
    /// Capitals and seats that stand for its government (`Bamako`, `the Kremlin`).
    pub seats: Vec<String>,
    /// Acronyms, which count only in capitals (`UK`, `U.S.`, `DRC`).
    pub acronyms: Vec<String>,
    /// Phrases that contain one of its names and mean something else (`Jordan Peterson`).
    pub not: Vec<String>,
}

/// A place that stands for the states that are at odds about it (`Gaza`, `Crimea`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPlace {
    /// Its names.
    pub names: Vec<String>,
    /// The states.
    pub states: Vec<StateCode>,
}

/// A person who matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The full name, as messages say it.
    pub name: PersonName,
    /// Other ways to write it; a surname alone where it is unambiguous.
    pub names: Vec<String>,
    /// Phrases that contain one of the names and mean somebody else (`Sara Duterte`).
    pub not: Vec<String>,
    /// States that an act against the person concerns.
    pub states: Vec<StateCode>,
    /// What the person is to the courts.
    pub class: PersonClass,
    /// Dated roles.
    pub roles: Vec<Role>,
}

/// What a person is to the courts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonClass {
    /// Sought, accused or convicted.
    Suspect,
    /// A judge, prosecutor or registrar.
    Officer,
    /// Somebody who speaks for a state or an organisation.
    Official,
}

/// A role held for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The title in lower case: `president`, `prime minister`, `prosecutor`.
    pub title: String,
    /// Of which state, if of one.
    pub state: Option<StateCode>,
    /// Of which body, if of one.
    pub body: Option<BodyId>,
    /// First day.
    pub from: Option<Date>,
    /// First day no longer.
    pub until: Option<Date>,
}

/// A case before a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id, such as `ICJ-192`.
    pub id: CaseId,
    /// The body before which it is.
    pub body: BodyId,
    /// The docket's name.
    pub name: String,
    /// The states that are parties, the applicant first; empty for an advisory request.
    pub parties: Vec<StateCode>,
    /// The persons accused, for a criminal case.
    pub accused: Vec<PersonName>,
    /// Phrases by which the press knows it.
    pub names: Vec<String>,
    /// The day on which it was filed.
    pub from: Option<Date>,
}

/// A class of nouns: words and phrases that mean the same to rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// The class, such as `warrant`.
    pub id: String,
    /// Its words and phrases.
    pub words: Vec<String>,
    /// Whether it can act: stand as the subject of a verb and so rule out another.
    pub actor: bool,
}

/// A class of verbs: any of them does the same to rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The class, such as `issue`.
    pub id: String,
    /// Base forms (`hand down`); the engine inflects the first word.
    pub words: Vec<String>,
    /// Forms that stand as they are: other languages, irregular uses; read as finite.
    pub finite: Vec<String>,
    /// Nouns of the act (`withdrawal`, `accession`).
    pub nominal: Vec<String>,
}

/// What a cue does to the triggers in its scope (after NegEx and ConText).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its name, shown by `explain`.
    pub id: String,
    /// The status that it gives; `None` marks a phrase that looks like a cue and is none, or that
    /// asserts what follows (`votes to`).
    pub because: Option<Because>,
    /// Words and phrases.
    pub words: Vec<String>,
    /// Verbs in their base form, to be inflected.
    pub verbs: Vec<String>,
    /// Which way it works.
    pub reach: Reach,
    /// How many tokens far.
    pub scope: usize,
}

/// Which way a cue works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On triggers after it, in the same clause.
    Forward,
    /// On triggers before it, in the same clause.
    Backward,
    /// On everything in its sentence.
    Sentence,
    /// On the whole article, where it opens the headline.
    Opening,
    /// On the whole article, wherever the headline has it.
    Headline,
    /// It begins a clause of its own, which ends at the next comma or clause.
    Clause,
    /// What it denies or says is a clause of its own behind it, where one begins there.
    Content,
    /// On everything in its clause, before and after it.
    Both,
}

impl Reach {
    /// Whether it opens a clause.
    pub fn opens(self) -> bool {
        matches!(self, Self::Clause | Self::Content)
    }
}

/// A rule: who does what to what, and which step that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, such as `warrant.issued`.
    pub id: RuleId,
    /// The step that it reads.
    pub step: Step,
    /// What a match is worth before its place and slots are weighed.
    pub score: i32,
    /// Verb classes that trigger it.
    pub verbs: Vec<String>,
    /// Noun classes that trigger it where no verb is needed.
    pub nouns: Vec<String>,
    /// Classes that may act; one is needed unless the list is empty.
    pub subject: Vec<String>,
    /// Whether the act may stand without an actor (`Arrest warrant issued for …`).
    pub subject_may_lack: bool,
    /// Classes of which one must be acted on; empty for none.
    pub object: Vec<String>,
    /// Classes of which one must stand in the same sentence, per group; each group counts.
    pub with: Vec<Vec<String>>,
    /// Classes that must not stand in the same clause.
    pub without: Vec<String>,
    /// Classes of which one must stand in the headline or lead.
    pub context: Vec<String>,
    /// Classes of which one must stand in the headline or lead, per group; each group counts.
    pub about: Vec<Vec<String>>,
    /// The bodies that the step may belong to, best first; empty where it needs none.
    pub bodies: Vec<BodyId>,
    /// The body to assume where none is named, from the words alone.
    pub body: Option<BodyId>,
    /// Statuses under which the step still is reported (a withdrawal that is *planned* is announced).
    pub accept: Vec<Because>,
    /// Whether it reads only what has such a status (so that the plain fact is another rule's).
    pub only: bool,
    /// Sentences that it must read.
    pub examples: Vec<String>,
    /// Sentences that it must not report.
    pub counter: Vec<String>,
}

/// Everything in `rules/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// Courts, organs, coalitions.
    pub bodies: Vec<Body>,
    /// States.
    pub states: Vec<State>,
    /// Places that stand for states.
    pub places: Vec<NamedPlace>,
    /// Persons.
    pub persons: Vec<Person>,
    /// Cases.
    pub cases: Vec<Case>,
    /// Noun classes.
    pub nouns: Vec<Noun>,
    /// Verb classes.
    pub verbs: Vec<Verb>,
    /// Cues.
    pub cues: Vec<Cue>,
    /// Rules.
    pub rules: Vec<Rule>,
}
