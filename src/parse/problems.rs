//! Collects problems, a bounded number of them.

use crate::model::Problem;

/// So many problems of one document are told one by one; the rest is a number.
const TOLD: usize = 50;

/// The problems of one document.
#[derive(Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
    untold: usize,
}

impl Problems {
    /// Notes a problem at a place.
    pub(super) fn push(&mut self, place: impl Into<String>, what: &str) {
        if self.list.len() < TOLD {
            self.list.push(Problem { place: place.into(), what: what.into() });
        } else {
            self.untold += 1;
        }
    }

    /// The list, closed by the number of those left out.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let what = format!("{} more problems of this kind", self.untold);
            self.list.push(Problem { place: "document".into(), what });
        }
        self.list
    }
}
