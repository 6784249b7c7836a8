//! `developments`: what is known to have happened, newest first.

use clap::Args;
use jiff::civil::Date;

use super::{
    End, Ground,
    table::{Columns, Format},
    world::World,
};
use crate::{
    model::{Held, Kind},
    ops::{self, DevelopmentQuery, DevelopmentRow, query},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  haguewatch developments
  haguewatch developments --since 2026-01-01 --kind warrant --kind ruling
  haguewatch developments --review     moves that are illegal by the ledger
  haguewatch developments --format csv > developments.csv")]
pub(super) struct Options {
    /// Only acts of this day and later
    #[arg(long, value_name = "DATE", value_parser = query::day)]
    since: Option<Date>,
    /// Only this kind; may be given several times
    #[arg(long, value_name = "KIND", value_parser = query::kind)]
    kind: Vec<Kind>,
    /// Only moves that are illegal by the ledger and wait for a person
    #[arg(long)]
    review: bool,
    /// How they are written
    #[arg(long, default_value = "table")]
    format: Format,
}

/// Shows them.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let Options { since, review, .. } = *options;
    let query = DevelopmentQuery { since, kinds: options.kind.clone(), review };
    let rows: Vec<DevelopmentRow> = match World::find(ground)? {
        World::Held(address) => {
            World::ask(address, &format!("/api/v1/developments?{}", query.to_query()))?
        }
        World::Fresh => Vec::new(),
        World::Stored(store) => ops::developments(&World::ledger(Some(&store), &config)?, &query),
    };
    // An illegal move is no development until somebody has looked at it.
    let shown = |row: &DevelopmentRow| review || row.held.as_deref() != Some(Held::Review.as_str());
    let rows: Vec<DevelopmentRow> = rows.into_iter().filter(shown).collect();
    if rows.is_empty() && options.format == Format::Table {
        ground.say("no development is known; `haguewatch once` looks for some");
        return Ok(End::Done);
    }
    let columns = Columns {
        heads: ["id", "date", "what", "body", "whom", "status", "owners", "told", "headline"],
        rows: rows.iter().map(cells).collect(),
    };
    columns.write(options.format, &rows)?;
    Ok(End::Done)
}

fn cells(row: &DevelopmentRow) -> [String; 9] {
    let whom: Vec<&str> = row.states.iter().chain(&row.persons).map(String::as_str).collect();
    [
        format!("#{}", row.id),
        row.date.clone(),
        format!("{}.{}", row.kind, row.action),
        row.body.clone().unwrap_or_default(),
        whom.join(", "),
        row.status.clone(),
        row.owners.to_string(),
        told(row).to_owned(),
        row.title.clone(),
    ]
}

/// Whether it was told, and why not.
fn told(row: &DevelopmentRow) -> &str {
    match &row.held {
        Some(held) => held,
        None if row.announced => "yes",
        None => "known before",
    }
}
