//! `backtest`: what would another configuration have told? The archive is run through both, from
//! the baseline of each, and what is told more, less or otherwise is shown with its items.

mod archive;
mod compare;
mod show;

use std::{collections::HashMap, path::PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{End, Ground, ending::Refused, progress::progress, world::World};
use crate::{
    config::{self, Config, Environment},
    intake::rerun,
    ledger::Ledger,
    model::{Decided, Item, Source, SourceId},
    ops::query,
};

#[derive(Debug, Args)]
#[command(after_help = "\
The archive has the items of the last months (keep_items in haguewatch.toml), each as it was last
seen. Both configurations read all of it, so that both ledgers are whole; --since leaves out what
only has older reports.

Examples:
  haguewatch backtest --config new/
  haguewatch backtest --config new/ --since 2026-10-01
  haguewatch backtest --config new/ --against old/ --format jsonl")]
pub(super) struct Options {
    /// The configuration that it is compared with [default: the one in use: $HAGUEWATCH_CONFIG,
    /// else ./config, else what is built in]
    #[arg(long, value_name = "DIR", env = "HAGUEWATCH_CONFIG", hide_env = true)]
    against: Option<PathBuf>,
    /// Only developments with a report of this day and later
    #[arg(long, value_name = "DATE", value_parser = query::day)]
    since: Option<Date>,
    /// How the difference is written
    #[arg(long, default_value = "text")]
    format: Format,
}

/// How the difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One object a line.
    Jsonl,
}

/// Runs the archive through both and shows the difference.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let usual = || Ground::usual_config().map(PathBuf::from);
    let present = options.against.clone().or_else(usual);
    let named = ground.named_config().map(PathBuf::from);
    // One directory can be named in several ways.
    let place =
        |dir: &Option<PathBuf>| dir.as_ref().map(|dir| dir.canonicalize().unwrap_or(dir.clone()));
    if named.is_none() || place(&named) == place(&present) {
        let why = "both configurations are the same; name the one to try with `--config DIR`";
        return Err(Refused(why.to_owned()).into());
    }
    let candidate = ground.config()?;
    let present = match present {
        None => config::embedded(),
        Some(dir) => config::load(&dir, &Environment::of_process())
            .map_err(|problems| Refused(problems.to_string()))?,
    };
    let items = archive::read(&World::find(ground)?)?;
    let bar = progress(ground, 2 * items.len());
    let [before, after] =
        [&present, &candidate].map(|config| Run::of(config, &items, &mut || bar.inc(1)));
    bar.finish_and_clear();
    let difference = compare::compare(&before, &after, options.since);
    match options.format {
        Format::Text => show::text(&difference, items.len(), options.since)?,
        Format::Jsonl => show::jsonl(&difference)?,
    }
    Ok(End::Done)
}

/// What one configuration makes of the archive.
#[derive(Debug)]
struct Run<'a> {
    items: &'a [Item],
    /// What was decided of each item.
    decisions: Vec<Vec<Decided>>,
    ledger: Ledger,
}

impl<'a> Run<'a> {
    /// Runs all items, which are in the order in which they were taken in.
    fn of(config: &Config, items: &'a [Item], tick: &mut dyn FnMut()) -> Self {
        let mut ledger = Ledger::new(config.baseline.clone(), Vec::new(), Vec::new());
        let sources = config.sources.iter().map(|configured| &configured.source);
        let sources: HashMap<&SourceId, &Source> = sources.map(|it| (&it.id, it)).collect();
        let mut decisions = Vec::with_capacity(items.len());
        for item in items {
            let source = sources.get(&item.source);
            let voice = source.and_then(|source| source.voice.as_ref());
            // Who owns a source may be what the other configuration says otherwise.
            let owner = source.map_or(&item.owner, |source| &source.owner);
            decisions.push(if *owner == item.owner {
                rerun(&config.rules, &mut ledger, item, voice)
            } else {
                let item = Item { owner: owner.clone(), ..item.clone() };
                rerun(&config.rules, &mut ledger, &item, voice)
            });
            tick();
        }
        Self { items, decisions, ledger }
    }
}
