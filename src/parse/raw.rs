//! One item as a feed writes it, and the posting that it makes.
//!
//! Both readers of feeds end here, so that a posting is the same whichever of them read it: a
//! feed that breaks for a day must not look like a feed full of new items.

use jiff::Timestamp;
use url::Url;

use super::{link, problems::Problems, text};
use crate::model::Posting;

/// Characters of a title that are kept.
pub(super) const TITLE_CAP: usize = 1_000;
/// Characters of a text that are kept.
pub(super) const TEXT_CAP: usize = 10_000;
/// Characters of a guid that are kept. A longer one still tells items apart by its beginning.
const GUID_CAP: usize = 2_000;

/// The fields of one item, escaped as HTML where the feed has them so; empty where missing.
pub(super) struct Raw {
    /// Its number in the document, from 1.
    pub(super) number: usize,
    /// What its relative links are relative to.
    pub(super) base: Url,
    /// The title.
    pub(super) title: String,
    /// The link.
    pub(super) link: String,
    /// The feed's own id.
    pub(super) guid: String,
    /// The lead.
    pub(super) summary: String,
    /// The whole text, for want of a lead.
    pub(super) content: String,
    /// When it was published.
    pub(super) published: Option<Timestamp>,
    /// When it was changed.
    pub(super) updated: Option<Timestamp>,
}

impl Raw {
    /// An item of which nothing is known yet.
    pub(super) fn new(number: usize, base: &Url) -> Self {
        Self {
            number,
            base: base.clone(),
            title: String::new(),
            link: String::new(),
            guid: String::new(),
            summary: String::new(),
            content: String::new(),
            published: None,
            updated: None,
        }
    }

    /// The posting; `None` for an item that says nothing at all.
    pub(super) fn posting(self, problems: &mut Problems) -> Option<Posting> {
        let place = format!("item {}", self.number);
        let guid: String = self.guid.trim().chars().take(GUID_CAP).collect();
        let url = self.url(&place, problems);
        let lead = text::plain(&self.summary, TEXT_CAP);
        let posting = Posting {
            url,
            title: text::plain(&self.title, TITLE_CAP),
            text: if lead.is_empty() { text::plain(&self.content, TEXT_CAP) } else { lead },
            guid: (!guid.is_empty()).then_some(guid),
            published: self.published,
            updated: self.updated,
        };
        if posting.guid.is_none()
            && posting.url.is_none()
            && posting.title.is_empty()
            && posting.text.is_empty()
        {
            problems.push(place, "says nothing; left out");
            return None;
        }
        Some(posting)
    }

    /// The link, or a guid that is an address where there is none (RSS 2.0, `isPermaLink`).
    fn url(&self, place: &str, problems: &mut Problems) -> Option<String> {
        let written = self.link.trim();
        if written.is_empty() {
            let guid = self.guid.trim();
            let address = guid.starts_with("https://") || guid.starts_with("http://");
            return address.then(|| link::resolve(guid, &self.base)).flatten();
        }
        let url = link::resolve(written, &self.base);
        if url.is_none() {
            let start: String = written.chars().take(60).collect();
            problems.push(place, &format!("the link `{start}` is no web address; left out"));
        }
        url
    }
}
