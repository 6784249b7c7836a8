//! `ledger`: the world as known on a day.

use clap::Args;
use jiff::{civil::Date, tz::TimeZone};

use super::{
    End, Ground,
    ending::Refused,
    table::{Columns, Format},
    world::World,
};
use crate::{
    app,
    config::Config,
    model::BodyId,
    ops::{self, LedgerQuery, LedgerRow, Topic, query},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Shows the latest stage that each state, person or case had reached on that day, and how it is known:
from the baseline that comes with the configuration, or from a development.

Examples:
  haguewatch ledger members --body HAGUE-GROUP
  haguewatch ledger warrants --as-of 2024-12-31
  haguewatch ledger rulings --format json")]
pub(super) struct Options {
    /// Which part; all where none is named
    topic: Option<Topic>,
    /// Only this body
    #[arg(long, value_name = "BODY")]
    body: Option<String>,
    /// As known at the end of this day instead of today
    #[arg(long, value_name = "DATE", value_parser = query::day)]
    as_of: Option<Date>,
    /// How it is written
    #[arg(long, default_value = "table")]
    format: Format,
}

/// Shows it.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let body = options.body.as_deref().map(|body| known(&config, body)).transpose()?;
    let query = LedgerQuery { topic: options.topic, body, as_of: options.as_of };
    let today = TimeZone::UTC.to_datetime(app::now()).date();
    let rows: Vec<LedgerRow> = match World::find(ground)? {
        World::Held(address) => {
            World::ask(address, &format!("/api/v1/ledger?{}", query.to_query()))?
        }
        World::Fresh => ops::ledger(&World::ledger(None, &config)?, &query, today),
        World::Stored(store) => ops::ledger(&World::ledger(Some(&store), &config)?, &query, today),
    };
    if rows.is_empty() && options.format == Format::Table {
        ground.say("the ledger has no such row");
        return Ok(End::Done);
    }
    let columns = Columns {
        heads: ["kind", "body", "whom", "stage", "since", "status", "known from", "source"],
        rows: rows.iter().map(cells).collect(),
    };
    columns.write(options.format, &rows)?;
    Ok(End::Done)
}

/// The body of this id, as the lexicon or the baseline has it.
fn known(config: &Config, named: &str) -> Result<BodyId, Refused> {
    let named = named.to_uppercase();
    let lexicon = config.rules.definitions().bodies.iter().map(|body| body.id.as_str());
    let bodies: Vec<&str> =
        lexicon.chain(config.baseline.facts.iter().map(|fact| fact.body.as_str())).collect();
    if bodies.contains(&named.as_str()) {
        return Ok(BodyId::from(named));
    }
    let hint = super::nearest(bodies.into_iter(), &named);
    Err(Refused(format!("there is no body `{named}` in the lexicon{hint}")))
}

fn cells(row: &LedgerRow) -> [String; 8] {
    let known =
        row.development.as_ref().map_or_else(|| "baseline".to_owned(), |id| format!("#{id}"));
    [
        row.kind.clone(),
        row.body.clone(),
        row.subject().to_owned(),
        row.action.clone(),
        row.since.clone(),
        row.status.clone(),
        known,
        row.sources.first().cloned().unwrap_or_default(),
    ]
}
