//! `explain`: why is a text read as it is, and what became of it?
//!
//! Written for people who know law and not this program: the verdict first, then the text with its
//! marks, then what led to it. Decides nothing: all of it comes from [`classify::explain`].

mod cells;
mod clauses;
mod json;
mod known;
mod marked;
mod marks;
mod page;
mod reasons;
mod rules;
mod told;
mod verdict;

use std::io::{Read as _, Write as _, stdin, stdout};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::{End, Ground, table, voices::Voices, words};
use crate::{
    app,
    classify::{self, Article, Explanation},
    config::Config,
    ops::ItemRow,
};
use known::{Known, sentence};
use page::{Look, Page};
use told::Told;

#[derive(Debug, Args)]
#[command(after_help = "\
Takes the short id of a development (#K7Q2M), the key or address of an item that was read, or any
sentence; `-` reads a headline and, from its second line on, a lead from stdin. Shows the verdict, the text with its marks, clauses, cues, the rules that fit and those
that nearly do, and what became of it; with -v all of the rules, clauses and cues.

Examples:
  haguewatch explain \"ICC issues arrest warrant for General Zero of Ruritania\"
  haguewatch explain - < item.txt
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
    let spoken = [if what == "-" { from_stdin()? } else { sentence(what, "") }];
    let known = Known::of(ground, &config, what)?;
    let Known { development, items, .. } = &known;
    let is_id = what.starts_with('#') && !what.contains(' ');
    let is_url = what.starts_with("http://") || what.starts_with("https://");
    if development.is_none() && items.is_empty() && (is_id || is_url) {
        eprintln!("{what} is not known; `haguewatch preview` shows what an address says now");
        return Ok(End::Failed);
    }
    let items = if items.is_empty() { &spoken[..] } else { items };
    let voices = Voices::of(&config);
    let names = app::names(&config.rules);
    let told = items.iter().map(|item| Told {
        item,
        explanation: explained(&config, &voices, item),
        names: &names,
        joined: known.joined(item),
        ledger: known.ledger(item),
    });
    let told: Vec<Told<'_>> = told.collect();
    match options.format {
        Format::Json => table::json(&json::Out::of(development.as_ref(), &told))?,
        Format::Text => {
            let look = Look { width: ground.width, colour: ground.colour, full: ground.verbose };
            let mut page = Page::new(look);
            if let Some(development) = development {
                told::development(&mut page, development);
            }
            for one in &told {
                one.write(&mut page);
            }
            stdout().lock().write_all(page.text().as_bytes())?;
        }
    }
    Ok(End::Done)
}

/// The longest text that is read, in bytes: no item is longer.
const LONGEST: u64 = 8 << 20;

/// A headline and a lead from stdin; bytes that are no text are shown as such.
fn from_stdin() -> anyhow::Result<ItemRow> {
    let mut bytes = Vec::new();
    stdin().lock().take(LONGEST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (title, lead) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    Ok(sentence(title.trim(), lead.trim()))
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
    classify::explain(&config.rules, &article)
}

#[cfg(test)]
mod tests;
