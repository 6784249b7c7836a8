//! Bytes to postings. Never fails: what can be read is read, what cannot is a [`Problem`].

use std::time::Duration;

use crate::model::{Document, Posting, Problem, SourceKind};

/// A page's compiled selectors and date formats.
#[derive(Clone, Debug)]
pub struct Recipe {}

/// A page's recipe as it is written.
#[derive(Clone, Debug)]
pub struct RecipeText {
    /// Selector of one posting.
    pub item: String,
    /// Selector of its title.
    pub title: Option<String>,
    /// Selector of its link.
    pub link: Option<String>,
    /// Where its date is found.
    pub date: Option<DateText>,
    /// Selector of its text.
    pub text: Option<String>,
}

/// Where a date is found and how it is written.
#[derive(Clone, Debug)]
pub struct DateText {
    /// Its selector.
    pub selector: String,
    /// Formats to try, in order.
    pub format: Vec<String>,
    /// The time zone of a date without one.
    pub timezone: jiff::tz::TimeZone,
}

/// What is wrong with a recipe.
#[derive(Clone, Debug)]
pub struct RecipeProblem {
    /// The key (`item`, `date.selector`).
    pub key: &'static str,
    /// What is wrong with it.
    pub what: String,
}

impl Recipe {
    /// Compiles the selectors and formats.
    pub fn compile(text: &RecipeText) -> Result<Self, Vec<RecipeProblem>> {
        let selectors = [
            ("item", Some(&text.item)),
            ("title", text.title.as_ref()),
            ("link", text.link.as_ref()),
            ("text", text.text.as_ref()),
            ("date.selector", text.date.as_ref().map(|date| &date.selector)),
        ];
        let mut problems = Vec::new();
        for (key, selector) in selectors {
            let Some(selector) = selector else { continue };
            if let Err(error) = scraper::Selector::parse(selector) {
                let what = format!("`{selector}` is no CSS selector: {error}");
                problems.push(RecipeProblem { key, what });
            }
        }
        if problems.is_empty() { Ok(Self {}) } else { Err(problems) }
    }
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The postings, in the order of the document.
    pub postings: Vec<Posting>,
    /// What could not be read, with its place.
    pub problems: Vec<Problem>,
    /// How long the document asks not to be fetched again (RSS `ttl`).
    pub ttl: Option<Duration>,
}

/// Reads a document.
pub fn parse(_kind: SourceKind, _recipe: Option<&Recipe>, _document: &Document) -> Parsed {
    Parsed::default()
}
