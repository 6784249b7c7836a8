//! A web page to postings, by a recipe of selectors.
//!
//! A page without rows is a fault, since a press page is never empty: the site was rebuilt, or
//! something else was served. So is a part that no row has. One row without a date is neither.

mod element;
mod missing;
mod tree;

use jiff::Timestamp;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{
    Match, Parsed, date,
    feed::MOST_ITEMS,
    link,
    problems::Problems,
    raw::{TEXT_CAP, TITLE_CAP},
    recipe::{Chosen, DateRecipe, Recipe},
    text,
};
use crate::model::Posting;
use element::{is_link, linked, matching, text_of, with_itself};
use missing::Missing;

/// Characters of a raw value that are shown in a preview.
const RAW_CAP: usize = 300;

/// Reads a decoded page.
pub(super) fn read(document: &str, recipe: &Recipe, base: &Url, mut problems: Problems) -> Parsed {
    let html = tree::read(document, &mut problems);
    let page = Page { base: base_of(&html, base), recipe };
    let mut parsed = Parsed::default();
    let mut missing = Missing::new(recipe);
    let rows = rows(&html, &recipe.item.selector);
    for (index, row) in rows.iter().take(MOST_ITEMS).enumerate() {
        let place = format!("item {}", index + 1);
        let mut found = Found { posting: parsed.postings.len(), matched: Vec::new() };
        let posting = page.posting(*row, &mut found, &place, &mut problems);
        if posting.title.is_empty() && posting.url.is_none() && posting.text.is_empty() {
            problems.push(place, "says nothing; left out");
            continue;
        }
        missing.look_at(&posting);
        parsed.matched.append(&mut found.matched);
        parsed.postings.push(posting);
    }
    if rows.len() > MOST_ITEMS {
        problems.push("document", "more than 500 rows; the first 500 were read");
    }
    if rows.is_empty() {
        let title = title(&html);
        parsed.without_rows = !document.trim().is_empty() && !is_another_page(&title);
        let titled = if title.is_empty() { title } else { format!(" in the page “{title}”") };
        problems.push("document", &format!("no rows matched `{}`{titled}", recipe.item.text));
    } else {
        missing.tell(&mut problems);
    }
    parsed.problems = problems.finish();
    parsed
}

/// The rows, without those inside of other rows: so each element is looked at once.
fn rows<'a>(html: &'a Html, selector: &Selector) -> Vec<ElementRef<'a>> {
    let mut rows: Vec<ElementRef<'a>> = Vec::new();
    // Elements come in the order of the document, so an outer row is always the last one kept.
    for row in html.select(selector) {
        let last = rows.last().map(|last| last.id());
        if !row.ancestors().any(|ancestor| Some(ancestor.id()) == last) {
            rows.push(row);
        }
        if rows.len() > MOST_ITEMS {
            break;
        }
    }
    rows
}

struct Page<'a> {
    base: Url,
    recipe: &'a Recipe,
}

/// What the selectors gave in one row.
struct Found {
    posting: usize,
    matched: Vec<Match>,
}

impl Found {
    fn note(&mut self, field: &'static str, selector: &str, raw: &str) {
        let raw = text::collapse(raw, RAW_CAP);
        self.matched.push(Match { posting: self.posting, field, selector: selector.into(), raw });
    }
}

impl Page<'_> {
    fn posting(
        &self,
        row: ElementRef<'_>,
        found: &mut Found,
        place: &str,
        problems: &mut Problems,
    ) -> Posting {
        let anchor = self.link(row);
        if let Some((selector, href, _)) = &anchor {
            found.note("link", selector, href);
        }
        let url = anchor.as_ref().and_then(|(_, href, _)| link::resolve(href, &self.base));
        if let (None, Some((_, href, _))) = (&url, &anchor) {
            let start: String = href.chars().take(60).collect();
            problems.push(place, &format!("the link `{start}` is no web address; left out"));
        }
        let title = match &self.recipe.title {
            Some(chosen) => said(row, chosen, "title", TITLE_CAP, found),
            None => anchor.map(|(.., element)| text_of(element, TITLE_CAP)).unwrap_or_default(),
        };
        let lead = self.recipe.text.as_ref();
        Posting {
            guid: None,
            url,
            title,
            text: lead.map(|lead| said(row, lead, "text", TEXT_CAP, found)).unwrap_or_default(),
            published: self.recipe.date.as_ref().and_then(|date| dated(row, date, found)),
            updated: None,
        }
    }

    /// The first link with text, else the first: rows often begin with a picture's.
    fn link<'a>(&self, row: ElementRef<'a>) -> Option<(String, &'a str, ElementRef<'a>)> {
        let chosen = self.recipe.link.as_ref();
        let links = || {
            let asked = move |element: &ElementRef<'_>| match chosen {
                Some(chosen) => chosen.selector.matches_with_scope(element, Some(row)),
                None => is_link(element),
            };
            with_itself(row).filter(asked).filter_map(linked)
        };
        let (href, element) = links()
            .find(|(_, element)| !text_of(*element, 1).is_empty())
            .or_else(|| links().next())
            .or_else(|| linked(row).filter(|_| chosen.is_none()))?;
        let selector = chosen.map_or("a[href]", |chosen| chosen.text.as_str());
        Some((selector.into(), href, element))
    }
}

/// The text of the first match that has any.
fn said(
    row: ElementRef<'_>,
    chosen: &Chosen,
    field: &'static str,
    cap: usize,
    found: &mut Found,
) -> String {
    let said = matching(row, &chosen.selector)
        .map(|element| text_of(element, cap))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    if !said.is_empty() {
        found.note(field, &chosen.text, &said);
    }
    said
}

/// The first match that is a date.
fn dated(row: ElementRef<'_>, recipe: &DateRecipe, found: &mut Found) -> Option<Timestamp> {
    for element in matching(row, &recipe.chosen.selector) {
        let attribute = element.attr("datetime").map(str::to_owned);
        let text = text_of(element, RAW_CAP);
        let moment = attribute
            .as_deref()
            .and_then(|text| date::read_in(text, &recipe.zone))
            .map(|moment| (moment, attribute.clone().unwrap_or_default()))
            .or_else(|| by_text(&text, recipe).map(|moment| (moment, text.clone())));
        found.note("date", &recipe.chosen.text, moment.as_ref().map_or(&text, |(_, raw)| raw));
        if let Some((moment, _)) = moment {
            return Some(moment);
        }
    }
    None
}

fn by_text(text: &str, recipe: &DateRecipe) -> Option<Timestamp> {
    if recipe.formats.is_empty() {
        return date::read_in(text, &recipe.zone);
    }
    recipe.formats.iter().find_map(|format| date::read_as(text, format, &recipe.zone))
}

/// What relative links are relative to: the page's own `base`, else its address.
fn base_of(html: &Html, base: &Url) -> Url {
    let own = html
        .tree
        .nodes()
        .filter_map(ElementRef::wrap)
        .find(|element| element.value().name() == "base")
        .and_then(|element| base.join(element.attr("href")?.trim()).ok())
        .filter(|own| matches!(own.scheme(), "http" | "https"));
    own.unwrap_or_else(|| base.clone())
}

/// The page's own title, which tells a challenge from a rebuilt page.
fn title(html: &Html) -> String {
    html.tree
        .nodes()
        .filter_map(ElementRef::wrap)
        .find(|element| element.value().name() == "title")
        .map(|element| text_of(element, 80))
        .unwrap_or_default()
}

/// Words in the title of a page that stands in for another: bot challenges, logins, errors.
const STAND_INS: &[&str] = &[
    "just a moment",
    "attention required",
    "access denied",
    "checking your browser",
    "forbidden",
    "are you a robot",
    "captcha",
    "verify you are human",
    "sign in",
    "log in",
    "login",
    "not found",
    "error",
    "unavailable",
    "maintenance",
    "bad gateway",
    "blocked",
];

fn is_another_page(title: &str) -> bool {
    let title = title.to_lowercase();
    STAND_INS.iter().any(|words| title.contains(words))
}

#[cfg(test)]
mod tests;
