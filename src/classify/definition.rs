//! What operators write in `rules/`, as plain data: the input of the compiler.

use jiff::civil::Date;

use crate::model::{BodyId, CaseId, PersonName, StateCode};

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
