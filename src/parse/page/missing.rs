//! Notices the parts of a recipe that no row has.

use super::super::{
    problems::Problems,
    recipe::{Chosen, Recipe},
};
use crate::model::Posting;

/// The parts that no row has had yet.
pub(super) struct Missing<'a>(Vec<(&'static str, &'a Chosen)>);

impl<'a> Missing<'a> {
    /// Every part that the recipe selects.
    pub(super) fn new(recipe: &'a Recipe) -> Self {
        let parts = [
            ("title", recipe.title.as_ref()),
            ("link", recipe.link.as_ref()),
            ("date", recipe.date.as_ref().map(|date| &date.chosen)),
            ("text", recipe.text.as_ref()),
        ];
        Self(parts.into_iter().filter_map(|(part, chosen)| Some((part, chosen?))).collect())
    }

    /// Strikes out what this posting has.
    pub(super) fn look_at(&mut self, posting: &Posting) {
        self.0.retain(|(part, _)| match *part {
            "title" => posting.title.is_empty(),
            "link" => posting.url.is_none(),
            "date" => posting.published.is_none(),
            _ => posting.text.is_empty(),
        });
    }

    /// A part that every row lacks is a wrong selector.
    pub(super) fn tell(&self, problems: &mut Problems) {
        for (part, chosen) in &self.0 {
            let what = format!("no row has a {part} here");
            problems.push(format!("selector `{}`", chosen.text), &what);
        }
    }
}
