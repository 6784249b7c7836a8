//! What one text says happened: rules as data, applied to headline and lead.

pub mod definition;

use jiff::civil::Date;

use crate::model::{BodyId, Reading};

/// The compiled lexicon, rules and cues.
#[derive(Debug, Default)]
pub struct Rules {}

/// What is read.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The headline.
    pub title: &'a str,
    /// The lead.
    pub text: &'a str,
    /// The day of publication.
    pub published: Date,
    /// The body whose own voice this is.
    pub voice: Option<&'a BodyId>,
}

/// Reads an article.
pub fn classify(_rules: &Rules, _article: &Article<'_>) -> Reading {
    Reading::default()
}
