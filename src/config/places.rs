//! Where a definition of `rules/` stands, for what only the whole of them shows.

use super::{problem::Place, reader::TomlFile};
use crate::classify::{definition::Rule, review::Spot};

/// The files that definitions were read from.
pub(super) struct Places<'f> {
    files: &'f [TomlFile<'f>],
}

impl<'f> Places<'f> {
    /// Looks into these files.
    pub(super) fn of(files: &'f [TomlFile<'f>]) -> Self {
        Self { files }
    }

    /// The place of a text or of one of its alternatives (`a|b`), else of its key, else of its
    /// table. Each call looks through the files: it is meant for the few things that are told.
    pub(super) fn find(&self, spot: &Spot<'_>) -> Place {
        let id_key = match spot.list {
            "state" => "code",
            "person" => "name",
            "place" => "names",
            _ => "id",
        };
        let wanted =
            |text: &str| text == spot.text || text.split('|').any(|part| part.trim() == spot.text);
        let tables = self.files.iter();
        let found =
            tables.filter_map(|file| file.seek((spot.list, id_key, spot.id), spot.key, wanted));
        // Nouns, verbs and cues may stand in several tables of one id.
        found
            .min_by_key(|(exact, _)| !exact)
            .map_or_else(|| Place::start_of("rules"), |(_, place)| place)
    }

    /// The place of a rule's id.
    pub(super) fn of_rule(&self, rule: &Rule) -> Place {
        let id = rule.id.as_str();
        self.find(&Spot { list: "rule", id, key: "id", text: id })
    }
}
