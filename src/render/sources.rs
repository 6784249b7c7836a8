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
    let owner = safe::text(report.owner.as_str(), OWNER);
    let owner = if owner.is_empty() { "source".to_owned() } else { owner };
    let quote = safe::text(&report.title, HEADLINE);
    let quote = if quote.is_empty() { String::new() } else { format!(": “{quote}”") };
    let link = report.url.as_deref().and_then(safe::link);
    let linked = link.map(|link| {
        // The text of the link names the owner and the host, so that nobody is led elsewhere.
        format!("[{owner}/{}]({}){quote}", limits::cut(&link.host, OWNER), link.url)
    });
    // An address that fills the field by itself is left out rather than cut: half of one is wrong.
    linked
        .filter(|line| units(line) <= limits::FIELD_VALUE - "\nand 999 more".len())
        .unwrap_or_else(|| format!("{owner}{quote}"))
}

/// The address that stands for the development: the body's own report, else the first.
pub(super) fn best_address(development: &Development) -> Option<String> {
    let own = |report: &&Report| report.voice.is_some() && report.voice == development.body;
    let reports = || development.reports.iter();
    reports()
        .filter(own)
        .chain(reports())
        .find_map(|report| safe::link(report.url.as_deref()?))
        .map(|link| link.url)
}
