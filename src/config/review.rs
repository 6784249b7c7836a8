//! The closer look that `check` takes at rules and lexicon.
//!
//! What certainly cannot work is a problem, what is only worth a look a note. What to look for is
//! the engine's to know ([`review`]), the words are those of [`remarks`](super::remarks).

use super::{
    examples::{self, TRIAL_DAY},
    places::Places,
    problem::Problem,
    reader::TomlFile,
    remarks::complaint,
};
use crate::classify::{Rules, review::review};

/// What a closer look brings.
#[derive(Debug, Default)]
pub(super) struct Review {
    /// What is wrong.
    pub(super) problems: Vec<Problem>,
    /// What is worth a look, in the order of places.
    pub(super) notes: Vec<Problem>,
}

/// Looks at compiled rules and tries their examples; `files` are those that they were read from.
pub(super) fn of(rules: &Rules, files: &[TomlFile<'_>]) -> Review {
    let places = Places::of(files);
    let mut all = Review { problems: examples::try_out(rules, &places), notes: Vec::new() };
    for remark in review(rules, TRIAL_DAY) {
        let problem = places.find(&remark.at).problem(complaint(&remark, &places));
        let list = if remark.fault.is_certain() { &mut all.problems } else { &mut all.notes };
        list.push(problem);
    }
    all.notes.sort();
    all.notes.dedup();
    all
}

#[cfg(test)]
mod tests;
