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
    ops::{self, DevelopmentQuery, DevelopmentRow, ItemRow},
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
    let development = development(ground, &config, what)?;
    let items = match &development {
        Some(development) => first_report(development),
        None => items(ground, what)?,
    };
    let is_id = what.starts_with('#') && !what.contains(' ');
    let is_url = what.starts_with("http://") || what.starts_with("https://");
    if development.is_none() && items.is_empty() && (is_id || is_url) {
        eprintln!("{what} is not known; `haguewatch preview` shows what an address says now");
        return Ok(End::Failed);
    }
    let items = if items.is_empty() { vec![sentence(what)] } else { items };
    let voices = Voices::of(&config);
    let told =
        items.iter().map(|item| Told { item, explanation: explained(&config, &voices, item) });
    let told: Vec<Told<'_>> = told.collect();
    match options.format {
        Format::Json => table::json(&told::Out::of(development.as_ref(), &told))?,
        Format::Text => {
            let mut out = stdout().lock();
            if let Some(development) = &development {
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

/// The development of this short id, if it is one.
fn development(
    ground: &Ground,
    config: &Config,
    what: &str,
) -> anyhow::Result<Option<DevelopmentRow>> {
    let id = what.trim_start_matches('#').to_uppercase();
    if id.len() < 5 || id.len() > 25 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let rows: Vec<DevelopmentRow> = match World::find(ground)? {
        World::Fresh => Vec::new(),
        World::Held(address) => World::ask(address, "/api/v1/developments")?,
        World::Stored(store) => {
            let ledger = World::ledger(Some(&store), config)?;
            ops::developments(&ledger, &DevelopmentQuery::default())
        }
    };
    Ok(rows.into_iter().find(|row| row.id == id))
}

/// The text that a development was first read from.
fn first_report(development: &DevelopmentRow) -> Vec<ItemRow> {
    let reports = development.reports.iter();
    reports
        .map(|report| ItemRow {
            key: String::new(),
            source: report.source.clone(),
            title: report.title.clone(),
            text: String::new(),
            url: report.url.clone(),
            at: report.at.clone(),
        })
        .collect()
}

/// The items of the archive that are meant, if any are.
fn items(ground: &Ground, what: &str) -> anyhow::Result<Vec<ItemRow>> {
    let is_key = what.len() == 32 && what.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_key && !what.starts_with("http") {
        return Ok(Vec::new());
    }
    Ok(match World::find(ground)? {
        World::Fresh => Vec::new(),
        World::Stored(store) => ops::items(&store, what)?,
        World::Held(address) => {
            let about: String = form_urlencoded::byte_serialize(what.as_bytes()).collect();
            World::ask(address, &format!("/api/v1/items?about={about}"))?
        }
    })
}

/// A line of an explanation.
fn line(out: &mut impl Write, name: &str, text: &str) -> std::io::Result<()> {
    writeln!(out, "  {name:<11} {}", words::clean(text))
}
