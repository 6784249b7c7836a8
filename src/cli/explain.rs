//! `explain`: why is a text read as it is, and what became of it?

mod told;

use std::io::{Write, stdout};

use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use url::form_urlencoded;

use super::{End, Ground, table, voices::Voices, words, world::World};
use crate::{
    app,
    classify::{Article, Explanation, explain},
    config::Config,
    ops::{
        self, DevelopmentQuery, DevelopmentRow, ItemRow, LedgerQuery, LedgerRow, rows::ReportRow,
    },
};
use told::Told;

#[derive(Debug, Args)]
#[command(after_help = "\
Takes the short id of a development (#K7Q2M), the key or address of an item that was read, or any
sentence.

Examples:
  haguewatch explain \"ICC issues arrest warrant for General Zero of Ruritania\"
  haguewatch explain '#K7Q2M'
  haguewatch explain https://www.example.org/news/1 --format json")]
pub(super) struct Options {
    /// What to explain
    #[arg(value_name = "TEXT|ITEM|DEVELOPMENT|URL")]
    what: String,
    /// How it is written
    #[arg(long, default_value = "text")]
    format: Format,
}

/// How an explanation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One object.
    Json,
}

/// Finds out what is meant and explains it.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let what = options.what.trim();
    let known = Known::of(ground, &config, what)?;
    let Known { development, items, .. } = &known;
    let is_id = what.starts_with('#') && !what.contains(' ');
    let is_url = what.starts_with("http://") || what.starts_with("https://");
    if development.is_none() && items.is_empty() && (is_id || is_url) {
        eprintln!("{what} is not known; `haguewatch preview` shows what an address says now");
        return Ok(End::Failed);
    }
    let spoken = [sentence(what)];
    let items = if items.is_empty() { &spoken[..] } else { items };
    let voices = Voices::of(&config);
    let told = items.iter().map(|item| Told {
        item,
        explanation: explained(&config, &voices, item),
        joined: known.joined(item),
        ledger: known.ledger(item),
    });
    let told: Vec<Told<'_>> = told.collect();
    match options.format {
        Format::Json => table::json(&told::Out::of(development.as_ref(), &told))?,
        Format::Text => {
            let mut out = stdout().lock();
            if let Some(development) = development {
                told::development(&mut out, development)?;
            }
            for one in &told {
                one.write(&mut out, ground.colour)?;
            }
            out.flush()?;
        }
    }
    Ok(End::Done)
}

fn explained(config: &Config, voices: &Voices, item: &ItemRow) -> Explanation {
    let voice = voices.of_item(Some(&item.source), item.url.as_deref());
    let at = item.at.parse().unwrap_or_else(|_| app::now());
    let article = Article {
        title: &item.title,
        text: &item.text,
        published: TimeZone::UTC.to_datetime(at).date(),
        voice: voice.as_ref(),
    };
    explain(&config.rules, &article)
}

/// A sentence as an item that nobody published.
fn sentence(text: &str) -> ItemRow {
    let at: Timestamp = app::now();
    ItemRow {
        key: String::new(),
        source: String::new(),
        title: text.to_owned(),
        text: String::new(),
        url: None,
        at: at.to_string(),
    }
}

/// What is known of what is meant.
struct Known {
    /// The development whose short id was given.
    development: Option<DevelopmentRow>,
    /// The items that are meant: those at an address, of a key, or of the development's reports.
    items: Vec<ItemRow>,
    developments: Vec<DevelopmentRow>,
    rows: Vec<LedgerRow>,
}

impl Known {
    fn of(ground: &Ground, config: &Config, what: &str) -> anyhow::Result<Self> {
        let id = what.trim_start_matches('#').to_uppercase();
        let is_id = (5..=25).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_key = what.len() == 32 && what.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_address = what.starts_with("http://") || what.starts_with("https://");
        if !(is_id || is_key || is_address) {
            return Ok(Self::nothing());
        }
        let world = World::find(ground)?;
        let (developments, rows) = everything(&world, config)?;
        let mut known = Self { developments, rows, ..Self::nothing() };
        known.development = known.developments.iter().find(|row| is_id && row.id == id).cloned();
        if let Some(development) = &known.development {
            for report in &development.reports {
                let kept = archived(&world, &report.item)?;
                known.items.extend(if kept.is_empty() { vec![as_item(report)] } else { kept });
            }
        } else if is_key || is_address {
            known.items = archived(&world, what)?;
            if known.items.is_empty() {
                let reports = known.developments.iter().flat_map(|row| &row.reports);
                let meant =
                    reports.filter(|one| one.url.as_deref() == Some(what) || one.item == what);
                known.items = meant.map(as_item).collect();
                known.items.dedup();
            }
        }
        Ok(known)
    }

    fn nothing() -> Self {
        Self { development: None, items: Vec::new(), developments: Vec::new(), rows: Vec::new() }
    }

    /// The developments that have the item among their reports.
    fn joined(&self, item: &ItemRow) -> Vec<&DevelopmentRow> {
        let has = |row: &&DevelopmentRow| {
            !item.key.is_empty() && row.reports.iter().any(|report| report.item == item.key)
        };
        self.developments.iter().filter(has).collect()
    }

    /// The rows of the ledger that are known from those developments.
    fn ledger(&self, item: &ItemRow) -> Vec<&LedgerRow> {
        let joined = self.joined(item);
        let from = |id: &String| joined.iter().any(|row| row.id == *id);
        self.rows.iter().filter(|row| row.development.as_ref().is_some_and(from)).collect()
    }
}

/// Every development, and the ledger of today.
fn everything(
    world: &World,
    config: &Config,
) -> anyhow::Result<(Vec<DevelopmentRow>, Vec<LedgerRow>)> {
    let store = match world {
        World::Held(address) => {
            let developments = World::ask(*address, "/api/v1/developments")?;
            return Ok((developments, World::ask(*address, "/api/v1/ledger")?));
        }
        World::Fresh => None,
        World::Stored(store) => Some(store),
    };
    let ledger = World::ledger(store, config)?;
    let today = TimeZone::UTC.to_datetime(app::now()).date();
    Ok((
        ops::developments(&ledger, &DevelopmentQuery::default()),
        ops::ledger(&ledger, &LedgerQuery::default(), today),
    ))
}

/// What a report itself keeps of its item, for when the archive has it no more.
fn as_item(report: &ReportRow) -> ItemRow {
    ItemRow {
        key: report.item.clone(),
        source: report.source.clone(),
        title: report.title.clone(),
        text: String::new(),
        url: report.url.clone(),
        at: report.at.clone(),
    }
}

/// The items of the archive with this key or at this address.
fn archived(world: &World, what: &str) -> anyhow::Result<Vec<ItemRow>> {
    Ok(match world {
        World::Fresh => Vec::new(),
        World::Stored(store) => ops::items(store, what)?,
        World::Held(address) => {
            let about: String = form_urlencoded::byte_serialize(what.as_bytes()).collect();
            World::ask(*address, &format!("/api/v1/items?about={about}"))?
        }
    })
}

/// A line of an explanation.
fn line(out: &mut impl Write, name: &str, text: &str) -> std::io::Result<()> {
    writeln!(out, "  {name:<11} {}", words::clean(text))
}
