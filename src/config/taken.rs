//! Names that may be given only once, across all files of their sort.

use std::collections::BTreeMap;

use super::{problem::Place, table::Table};

/// The names that were given, with the place of each.
#[derive(Debug)]
pub(crate) struct Taken {
    /// What is named, for complaints: `body`, `source`.
    noun: &'static str,
    places: BTreeMap<String, Place>,
}

impl Taken {
    /// No name is taken yet.
    pub(crate) fn new(noun: &'static str) -> Self {
        Self { noun, places: BTreeMap::new() }
    }

    /// Takes a name that stands at `key`, or complains that it was given before.
    pub(crate) fn claim(&mut self, table: &Table<'_>, key: &str, name: &str) {
        if let Some(first) = self.places.get(name) {
            let noun = self.noun;
            table.complain(
                key,
                format!("the {noun} `{name}` stands already at {first}"),
                "keep one of the two",
            );
        } else {
            self.places.insert(name.to_owned(), table.place_of(key));
        }
    }
}
