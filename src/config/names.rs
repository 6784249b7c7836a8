//! The names that the lexicon gives, for everything that refers to one.
//!
//! Collected before anything is read, so that the order of files does not matter. A table that is
//! wrong elsewhere still gives its name, so that one mistake is not told at every reference to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    problem::{Complaint, nearest},
    reader::TomlFile,
};
use crate::model::{BodyId, CaseId, PersonName, StateCode};

/// Every name of the lexicon.
#[derive(Debug)]
pub(crate) struct Names {
    bodies: BTreeSet<String>,
    states: BTreeSet<String>,
    cases: BTreeSet<String>,
    persons: BTreeSet<String>,
    /// Other spellings in lower case, with the full name of the person.
    spellings: BTreeMap<String, String>,
    /// Whether every file of the lexicon was TOML. Where one was not, names may be lost, and
    /// references are taken as they are: they are looked at again once the file is mended.
    intact: bool,
}

impl Names {
    /// Collects the names of the lexicon's files.
    pub(crate) fn of<'f>(files: impl Iterator<Item = &'f TomlFile<'f>>) -> Self {
        let mut names = Self {
            bodies: BTreeSet::new(),
            states: BTreeSet::new(),
            cases: BTreeSet::new(),
            persons: BTreeSet::new(),
            spellings: BTreeMap::new(),
            intact: true,
        };
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<Vec<_>>();
        for file in files {
            names.intact &= file.is_intact();
            names.bodies.extend(owned(file.peek("body", "id")));
            names.states.extend(owned(file.peek("state", "code")));
            names.cases.extend(owned(file.peek("case", "id")));
            names.persons.extend(owned(file.peek("person", "name")));
        }
        names
    }

    /// Notes another spelling of a person's name.
    pub(crate) fn spell(&mut self, spelling: &str, name: &PersonName) {
        self.spellings.insert(spelling.to_lowercase(), name.as_str().to_owned());
    }

    /// A body of the lexicon.
    pub(crate) fn body(&self, text: &str) -> Result<BodyId, Complaint> {
        if self.bodies.contains(text) || !self.intact {
            return Ok(text.into());
        }
        let known = self.bodies.iter().map(String::as_str);
        Err(Complaint::unknown("a body of rules/bodies.toml", text, known))
    }

    /// A case of the lexicon.
    pub(crate) fn case(&self, text: &str) -> Result<CaseId, Complaint> {
        if self.cases.contains(text) || !self.intact {
            return Ok(text.into());
        }
        Err(not_there("a case of rules/cases.toml", text))
    }

    /// A state of the lexicon.
    pub(crate) fn state(&self, text: &str) -> Result<StateCode, Complaint> {
        let code = state_code(text)?;
        if self.states.contains(text) || !self.intact {
            return Ok(code);
        }
        Err(not_there("a state of rules/states.toml", text))
    }

    /// A person, whom the lexicon need not know. A spelling that it knows for another name, or a
    /// name that is nearly one of its own, is refused: two spellings would be two persons.
    pub(crate) fn person(&self, text: &str) -> Result<PersonName, Complaint> {
        if self.persons.contains(text) || !self.intact {
            return Ok(text.into());
        }
        let near = || nearest(text, self.persons.iter().map(String::as_str));
        match self.spellings.get(&text.to_lowercase()).map(String::as_str).or_else(near) {
            None => Ok(text.into()),
            Some(name) => Err(Complaint::new(
                format!("`{text}` is not a person of rules/persons.toml by this name"),
                format!("write `{name}`, or add the person there"),
            )),
        }
    }
}

/// Says that a code is not in the lexicon. The nearest one is not offered: codes and numbers of
/// different states and cases differ by one sign.
fn not_there(noun: &str, text: &str) -> Complaint {
    Complaint::new(
        format!("`{text}` is not {noun}"),
        "write one that stands there, or add it there",
    )
}

/// A state's code by its shape.
pub(crate) fn state_code(text: &str) -> Result<StateCode, Complaint> {
    StateCode::parse(text).ok_or_else(|| {
        Complaint::new(
            format!("`{text}` is not a state's code"),
            "write three capital letters (ISO 3166-1 alpha-3), such as \"NLD\"",
        )
    })
}
