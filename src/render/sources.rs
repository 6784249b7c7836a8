//! Who reports a development: links grouped by owner.

use std::collections::BTreeSet;

use crate::model::{Development, Report};

use super::{
    limits::{self, units},
    safe,
};

/// Longest headline beside a link, so that several sources fit.
const HEADLINE: usize = 160;
/// Longest name of an owner; longer ones are a mistake in config.
const OWNER: usize = 60;

/// One line an owner, in order of their first reports: a link of our own making and the headline.
pub(super) fn lines(development: &Development) -> Vec<String> {
    let mut told = BTreeSet::new();
    let first = |report: &&Report| told.insert(report.owner.clone());
    development.reports.iter().filter(first).map(line).collect()
}

fn line(report: &Report) -> String {
    let quote = safe::text(&report.title, HEADLINE);
    let quote = if quote.is_empty() { String::new() } else { format!(": “{quote}”") };
    named(report, limits::FIELD_VALUE - "\nand 999 more".len() - units(&quote)) + &quote
}

/// The owner as a link to the report, where there is one that fits: an address that fills the room
/// by itself is left out rather than cut, because half of one is wrong.
fn named(report: &Report, limit: usize) -> String {
    let owner = safe::text(report.owner.as_str(), OWNER);
    let owner = if owner.is_empty() { "source".to_owned() } else { owner };
    let link = report.url.as_deref().and_then(safe::link);
    // The text of the link names the owner and the host, so that nobody is led elsewhere.
    link.map(|link| format!("[{owner}/{}]({})", limits::cut(&link.host, OWNER), link.url))
        .filter(|linked| units(linked) <= limit)
        .unwrap_or(owner)
}

/// The source that stands for the development, and how many others report it; `None` where nobody
/// does.
pub(super) fn in_short(development: &Development, limit: usize) -> Option<String> {
    let best = by_standing(development).next()?;
    let others = development.reports.iter().map(|report| &report.owner).collect::<BTreeSet<_>>();
    let more = match others.len() - 1 {
        0 => String::new(),
        1 => " and 1 more source".to_owned(),
        more => format!(" and {more} more sources"),
    };
    Some(named(best, limit) + &more)
}

/// The address that stands for the development: the body's own report, else the first.
pub(super) fn best_address(development: &Development) -> Option<String> {
    by_standing(development)
        .find_map(|report| safe::link(report.url.as_deref()?))
        .map(|link| link.url)
}

/// The reports, those of the body itself first.
fn by_standing(development: &Development) -> impl Iterator<Item = &Report> {
    let own = |report: &&Report| report.voice.is_some() && report.voice == development.body;
    let reports = || development.reports.iter();
    reports().filter(own).chain(reports())
}
