//! Bytes to postings. Never fails and never panics: what can be read is read, what cannot is a
//! [`Problem`] with its place.
//!
//! It decides what a document *says*: its charset, its items, their titles as plain text, their
//! links made absolute, their dates. It does not decide what is new, whether a date is plausible
//! or what makes two items the same; nor does it open any link. A document is read as a value:
//! the same bytes give the same postings on every machine at every time.
//!
//! `decode` makes text of bytes. A feed goes through `repair` to a strict reader, and where that
//! falls short to the tolerant `splitter`; a page goes through a bounded HTML parser to the
//! selectors of its [`Recipe`]. Both meet in `text`, `date` and `link`.

mod date;
mod decode;
mod feed;
mod jsonfeed;
mod link;
mod page;
mod problems;
mod raw;
mod recipe;
mod repair;
mod splitter;
mod text;

use std::time::Duration;

use crate::model::{Document, Posting, Problem, SourceKind};
use problems::Problems;

pub use recipe::{DateText, Recipe, RecipeProblem, RecipeText};

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The postings, in the order of the document; at most 500.
    pub postings: Vec<Posting>,
    /// What could not be read, with its place; at most 51.
    pub problems: Vec<Problem>,
    /// Which selector gave what in which posting; empty for feeds.
    pub matched: Vec<Match>,
    /// How long the feed says that it may be kept (RSS 2.0, `ttl`).
    pub ttl: Option<Duration>,
    /// The page is there, but its recipe matches no row: its list may be empty, or have moved. Not
    /// so for what plainly is another page: a challenge, a login, an error.
    pub without_rows: bool,
}

/// What a selector of a recipe gave, for previews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index into [`Parsed::postings`].
    pub posting: usize,
    /// `title`, `link`, `date` or `text`.
    pub field: &'static str,
    /// The selector, as the recipe writes it.
    pub selector: String,
    /// What it gave, before it was understood.
    pub raw: String,
}

/// Reads a document: a feed, or a page by its recipe.
pub fn parse(kind: SourceKind, recipe: Option<&Recipe>, document: &Document) -> Parsed {
    let mut problems = Problems::default();
    let text = decode::decode(document, &mut problems);
    let text = text.trim_start_matches('\u{FEFF}');
    match (kind, recipe) {
        (SourceKind::Page, Some(recipe)) => page::read(text, recipe, &document.final_url, problems),
        (SourceKind::Page, None) => {
            problems.push("document", "a page needs a recipe of selectors; nothing was read");
            Parsed { problems: problems.finish(), ..Parsed::default() }
        }
        (SourceKind::Feed, _) => {
            let read = feed::read(text, &document.final_url, &mut problems);
            let items = read.items.into_iter();
            Parsed {
                postings: items.filter_map(|raw| raw.posting(&mut problems)).collect(),
                problems: problems.finish(),
                matched: Vec::new(),
                ttl: read.ttl,
                without_rows: false,
            }
        }
    }
}
