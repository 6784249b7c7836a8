//! How much of everything a configuration has, for `check` to print.

use std::collections::BTreeSet;

use super::Config;
use crate::model::SourceKind;

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Sources that are feeds.
    pub feeds: usize,
    /// Sources that are pages.
    pub pages: usize,
    /// Sources that are a body's own voice.
    pub official: usize,
    /// Owners of sources.
    pub owners: usize,
    /// Channels.
    pub channels: usize,
    /// Bodies of the lexicon.
    pub bodies: usize,
    /// States of the lexicon.
    pub states: usize,
    /// Persons of the lexicon.
    pub persons: usize,
    /// Cases of the lexicon.
    pub cases: usize,
    /// Rules of reading.
    pub rules: usize,
    /// Baseline facts.
    pub facts: usize,
}

impl Summary {
    /// Counts a configuration.
    pub fn of(config: &Config) -> Self {
        let sources = || config.sources.iter().map(|configured| &configured.source);
        let feeds = sources().filter(|source| source.kind == SourceKind::Feed).count();
        Self {
            feeds,
            pages: config.sources.len() - feeds,
            official: sources().filter(|source| source.voice.is_some()).count(),
            owners: sources().map(|source| &source.owner).collect::<BTreeSet<_>>().len(),
            channels: config.channels.len(),
            bodies: config.rules.definitions().bodies.len(),
            states: config.rules.definitions().states.len(),
            persons: config.rules.definitions().persons.len(),
            cases: config.rules.definitions().cases.len(),
            rules: config.rules.definitions().rules.len(),
            facts: config.baseline.facts.len(),
        }
    }
}
