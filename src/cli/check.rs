//! `check`: is the configuration right?

use std::io::{Write, stdout};

use super::{End, Ground};
use crate::config::{Examined, Summary};

/// Reads everything, looks closely at rules and lexicon, says how much there is, and then what is
/// worth a look.
pub(super) fn run(ground: &Ground) -> anyhow::Result<End> {
    let Examined { config, notes } = ground.examined()?;
    let all = Summary::of(&config);
    let rules = &config.rules.definitions().rules;
    let tried: usize = rules.iter().map(|rule| rule.examples.len() + rule.counter.len()).sum();
    let rows = [
        (
            "sources",
            format!("{} feeds, {} pages; {} speak for a body", all.feeds, all.pages, all.official),
        ),
        ("owners", all.owners.to_string()),
        ("channels", channels(all.channels, config.discord.token.is_some())),
        (
            "lexicon",
            format!(
                "{} bodies, {} states, {} persons, {} cases",
                all.bodies, all.states, all.persons, all.cases
            ),
        ),
        ("rules", format!("{}, tried on {tried} sentences of their own", rules.len())),
        ("baseline", format!("{} facts", all.facts)),
    ];
    let mut out = stdout().lock();
    writeln!(out, "the configuration is right")?;
    for (name, value) in rows {
        writeln!(out, "  {name:<9} {value}")?;
    }
    if !notes.is_empty() {
        writeln!(out, "  {:<9} {}, worth a look:", "notes", notes.len())?;
    }
    for note in notes {
        writeln!(out, "{note}")?;
    }
    Ok(End::Done)
}

fn channels(count: usize, token: bool) -> String {
    match (count, token) {
        (0, _) => "none: messages are printed".to_owned(),
        (_, false) => format!("{count}, but no token: messages are printed"),
        (_, true) => count.to_string(),
    }
}
