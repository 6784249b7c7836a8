//! What ids are called in messages.
//!
//! The tables are filled from the lexicon by whoever owns it. An id that they lack is shown as it
//! is, so that a missing name never keeps a message back.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{BodyId, CaseId, PersonName, StateCode};

/// The names of bodies, states and cases, and who is never the accused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Bodies by id.
    pub bodies: BTreeMap<BodyId, BodyName>,
    /// Short names of states in English.
    pub states: BTreeMap<StateCode, String>,
    /// Names of cases as on the docket.
    pub cases: BTreeMap<CaseId, String>,
    /// Judges, prosecutors and officials: an act against an accused that mentions them is not an
    /// act against them.
    pub not_accused: BTreeSet<PersonName>,
}

/// What a body is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyName {
    /// Its full name without an article (`International Criminal Court`).
    pub name: String,
    /// The noun phrase for one of its members (`State Party`, `member`).
    pub member: String,
}

impl Names {
    /// The body's full name with its article, as inside a sentence.
    pub fn body(&self, id: &BodyId) -> String {
        match self.bodies.get(id) {
            Some(body) => {
                let name = body.name.strip_prefix("The ").unwrap_or(&body.name);
                format!("the {}", name.strip_prefix("the ").unwrap_or(name))
            }
            None => id.to_string(),
        }
    }

    /// The body's full name and its id, as in a table.
    pub fn body_label(&self, id: &BodyId) -> String {
        match self.bodies.get(id) {
            Some(body) if body.name != id.as_str() => format!("{} ({id})", body.name),
            _ => id.to_string(),
        }
    }

    /// The state's short name.
    pub fn state<'a>(&'a self, code: &'a StateCode) -> &'a str {
        self.states.get(code).map_or(code.as_str(), String::as_str)
    }

    /// The case's name as on the docket.
    pub fn case<'a>(&'a self, id: &'a CaseId) -> &'a str {
        self.cases.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The case's name as inside a sentence: where the docket ends in the parties
    /// (`Obligations … (Ruritania v. Freedonia)`), the parties alone.
    pub fn short_case<'a>(&'a self, id: &'a CaseId) -> &'a str {
        let name = self.case(id);
        name.strip_suffix(')')
            .and_then(|open| open.rsplit_once('('))
            .map(|(_, parties)| parties)
            .filter(|parties| parties.contains(" v. "))
            .unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_ids_and_ids_for_missing_names() {
        let mut names = Names::default();
        let id = BodyId::from("ICC");
        assert_eq!((names.body(&id), names.body_label(&id)), ("ICC".into(), "ICC".into()));
        for written in ["International Criminal Court", "The International Criminal Court"] {
            let body = BodyName { name: written.into(), member: "State Party".into() };
            names.bodies.insert(id.clone(), body);
            assert_eq!(names.body(&id), "the International Criminal Court");
        }
    }

    #[test]
    fn a_long_docket_name_gives_way_to_its_parties_inside_a_sentence() {
        let mut names = Names::default();
        let id = CaseId::from("X-1");
        names.cases.insert(id.clone(), "Duties at Sea (Ruritania v. Freedonia)".into());
        assert_eq!(names.short_case(&id), "Ruritania v. Freedonia");
        assert_eq!(names.case(&id), "Duties at Sea (Ruritania v. Freedonia)");
        names.cases.insert(id.clone(), "Duties at Sea (Request for Opinion)".into());
        assert_eq!(names.short_case(&id), "Duties at Sea (Request for Opinion)");
    }
}
