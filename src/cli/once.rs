//! `once`: one pass over the sources, then tell what there is to tell.

use std::time::Duration;

use clap::Args;

use super::{End, Ground, counted, ending::Refused, words::clean};
use crate::{
    app::{self, Bot, Pass},
    config::Config,
    state::{StateError, Store},
    tasks::{Outlet, TERMINAL},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Asks every source, due or not; only what a server forbade (Retry-After, 410) is left out. The first
document of a source is remembered, not told. A source that fails is told on stderr and does not
stop the rest; the exit code is 1 only if every source failed or a message could not be delivered.

Examples:
  haguewatch once
  haguewatch once --dry-run                  print what would be said; change nothing
  haguewatch once --source icj-press --source icc")]
pub(super) struct Options {
    /// Ask only this source; may be given several times
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
    /// Write no state, post nothing: print what would be said
    #[arg(long)]
    dry_run: bool,
}

/// How long delayed messages are waited for: a rate limit passes in seconds, an outage does not.
const PATIENCE: Duration = Duration::from_mins(1);

/// Makes the pass.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let chosen = chosen(&config, &options.source)?;
    let (store, outlet) = if options.dry_run {
        (Store::scratch_copy(&ground.state)?, Outlet::Rehearsal { colour: ground.colour })
    } else {
        let store = app::open(&config, &ground.state, "haguewatch once")?;
        (store, app::outlet(&config, ground.colour)?)
    };
    if matches!(outlet, Outlet::Terminal { .. }) {
        ground.say(&super::printing(&config));
    }
    let left = left_alone(&store, &outlet)?;
    let pass = super::runtime()?.block_on(async {
        let mut bot = Bot::assemble(&config, store, outlet).await?;
        bot.once(&chosen, PATIENCE).await
    })?;
    if left > 0 {
        eprintln!("{}", super::stays(left));
    }
    tell(ground, options, &pass);
    let all_failed = pass.asked > 0 && pass.troubles.len() == pass.asked;
    Ok(End::failed_if(all_failed || !pass.dead.is_empty() || pass.waiting > 0))
}

/// How many messages are in the outbox for Discord while there is only the terminal.
pub(super) fn left_alone(store: &Store, outlet: &Outlet) -> Result<usize, StateError> {
    let outbox = match outlet {
        Outlet::Terminal { .. } => store.outbox()?,
        Outlet::Discord(_) | Outlet::Rehearsal { .. } => Vec::new(),
    };
    Ok(outbox.iter().filter(|delivery| delivery.message.channel != TERMINAL).count())
}

/// The chosen sources by their place in the configuration; all where none is named.
fn chosen(config: &Config, named: &[String]) -> Result<Vec<usize>, Refused> {
    if named.is_empty() {
        return Ok((0..config.sources.len()).collect());
    }
    let find = |name: &String| super::find_source(config, name);
    let mut chosen = named.iter().map(find).collect::<Result<Vec<usize>, Refused>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

/// Says on stderr what there was besides messages.
fn tell(ground: &Ground, options: &Options, pass: &Pass) {
    for (source, trouble) in &pass.troubles {
        eprintln!("{source}: {}; {}", clean(&trouble.what), clean(&trouble.mend));
    }
    for source in &pass.forbidden {
        ground.say(&format!("{source}: left out, its server forbids asking now"));
    }
    let (items, readable) = pass.remembered;
    if items > 0 {
        let would = match (options.dry_run, items) {
            (true, _) => "would be",
            (false, 1) => "is",
            (false, _) => "are",
        };
        ground.say(&format!(
            "first sight: {} {would} remembered and not told; {readable} of them read as developments (see `haguewatch preview SOURCE`)",
            counted(items, "item")
        ));
    }
    for why in &pass.dead {
        eprintln!("a message cannot be delivered: {}", clean(why));
    }
    if pass.waiting > 0 {
        let verb = if pass.waiting == 1 { "waits" } else { "wait" };
        let what = counted(pass.waiting, "message");
        eprintln!("{what} {verb} in the outbox and will be tried again");
    }
    for (channel, why) in &pass.held {
        eprintln!("channel {channel}: {}", clean(why));
    }
    let failed = if pass.troubles.is_empty() {
        String::new()
    } else {
        format!(", {} failed", pass.troubles.len())
    };
    let told = match pass.sent {
        0 if pass.waiting > 0 || !pass.dead.is_empty() => "nothing told".to_owned(),
        0 => "nothing to tell".to_owned(),
        sent => format!("{} told", counted(sent, "message")),
    };
    ground.say(&format!("{} asked{failed}; {told}", counted(pass.asked, "source")));
}
