//! `status`: how sources, loops and outbox stand, and whether a person should look.

use std::io::{Write, stdout};

use clap::{Args, ValueEnum};

use super::{
    End, Ground,
    table::{self, Columns},
    world::World,
};
use crate::{
    app,
    config::Config,
    ops::{
        self, DevelopmentQuery, DevelopmentRow, ReviewRow, Status,
        checks::{OutboxRow, Snapshot},
    },
    state::Store,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  haguewatch status
  haguewatch status --check      exit code 1 and the reasons when something needs a person
  haguewatch status --alive      exit code 1 unless a daemon runs and is ready
  haguewatch status --format json")]
pub(super) struct Options {
    /// Say only why a person should look, and exit with 1 if one should
    #[arg(long)]
    check: bool,
    /// Say only whether a daemon holds the state and is ready, and exit with 1 if not
    #[arg(long, conflicts_with_all = ["check", "format"])]
    alive: bool,
    /// How it is written
    #[arg(long, default_value = "table")]
    format: Format,
}

/// How the status is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object.
    Json,
}

/// Shows it.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    if options.alive {
        return alive(ground);
    }
    let config = ground.config()?;
    let status: Status = match World::find(ground)? {
        World::Held(address) => {
            let query = format!("/api/v1/developments?{}", REVIEW.to_query());
            let waiting: Vec<DevelopmentRow> = World::ask(address, &query)?;
            Status { review: rows(&waiting), ..World::ask(address, "/api/v1/status")? }
        }
        World::Fresh => stored(&config, None)?,
        World::Stored(store) => {
            let waiting = ops::developments(&World::ledger(Some(&store), &config)?, &REVIEW);
            Status { review: rows(&waiting), ..stored(&config, Some(&store))? }
        }
    };
    match options.format {
        Format::Json => table::json(&status)?,
        Format::Table if options.check => reasons(&status)?,
        Format::Table => show(&status)?,
    }
    Ok(End::failed_if(options.check && !status.reasons.is_empty()))
}

/// What asks for moves that wait for a person.
const REVIEW: DevelopmentQuery = DevelopmentQuery { since: None, kinds: Vec::new(), review: true };

fn rows(waiting: &[DevelopmentRow]) -> Vec<ReviewRow> {
    waiting.iter().map(ReviewRow::from).collect()
}

/// Asks the daemon whether it is ready. Sources that fail are none of its faults.
fn alive(ground: &Ground) -> anyhow::Result<End> {
    let World::Held(address) = World::find(ground)? else {
        eprintln!("no daemon holds the state in {}", ground.state.display());
        return Ok(End::Failed);
    };
    let (status, body) = World::answer(address, "/readyz")?;
    if status == 200 {
        println!("{}", super::words::clean(&body));
        return Ok(End::Done);
    }
    for reason in body.lines() {
        eprintln!("{}", super::words::clean(reason));
    }
    Ok(End::Failed)
}

fn stored(config: &Config, store: Option<&Store>) -> anyhow::Result<Status> {
    let (records, outbox, counts) = match store {
        Some(store) => (store.source_records()?, store.outbox()?, store.outbox_counts()?),
        None => Default::default(),
    };
    let snapshot = Snapshot {
        sources: &config.sources,
        records: &records,
        beats: None,
        outbox: &outbox,
        counts,
    };
    Ok(ops::status(&snapshot, app::now()))
}

fn reasons(status: &Status) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for reason in &status.reasons {
        writeln!(out, "{}", super::words::clean(reason))?;
    }
    if status.reasons.is_empty() {
        writeln!(out, "nothing needs a person")?;
    }
    Ok(())
}

fn show(status: &Status) -> anyhow::Result<()> {
    reasons(status)?;
    println!();
    if status.running {
        let rows = status.loops.iter().map(|one| {
            [one.name.clone(), one.turns.to_string(), moment(one.ended), one.result.clone()]
        });
        let heads = ["loop", "turns", "last turn", "result"];
        Columns { heads, rows: rows.collect() }.table()?;
        println!();
    } else {
        println!("no daemon runs");
    }
    let OutboxRow { pending, sending, sent, dead, .. } = &status.outbox;
    println!("outbox: {pending} waiting, {sending} begun, {sent} arrived, {dead} given up\n");
    let rows = status.sources.iter().map(|source| {
        [
            source.id.clone(),
            moment(source.last_good),
            moment(source.next_due),
            source.failures.to_string(),
            source.postings.to_string(),
            source.last_outcome.clone(),
        ]
    });
    let heads = ["source", "last good answer", "next", "failures", "postings", "last outcome"];
    Columns { heads, rows: rows.collect() }.table()?;
    remedies(status);
    review(status);
    Ok(())
}

/// Says in full what failed and what to do: the table has no room for it.
fn remedies(status: &Status) {
    let failing = status.sources.iter().filter(|source| source.failures > 0 || source.gone);
    for (index, source) in failing.enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        println!("{gap}{}: {}", source.id, super::words::clean(&source.last_outcome));
    }
}

/// Shows what the ledger takes for impossible: a wrong reading, or a fact that it lacks.
fn review(status: &Status) {
    if !status.review.is_empty() {
        println!(
            "\nnot told, because the ledger does not allow it (`haguewatch developments --review`):"
        );
    }
    for ReviewRow { development, what, why, title } in &status.review {
        println!(
            "#{development} {what}: {}: {}",
            super::words::clean(why),
            super::words::clean(title)
        );
    }
}

fn moment(moment: Option<jiff::Timestamp>) -> String {
    moment.map_or_else(|| "never".to_owned(), |moment| format!("{moment:.0}"))
}
