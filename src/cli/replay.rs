//! `replay`: what would have been told of a stream of items? The path of the daemon without its
//! network: dedup, classify and ledger, in order of publication, in a scratch state.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, BufWriter, Write, stdout},
    path::PathBuf,
    sync::Arc,
};

use clap::Args;
use indicatif::ProgressBar;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    End, Ground,
    classify::Format,
    ending::Refused,
    lines::{DecisionsOut, Line, Lines},
    progress::progress,
    voices::Voices,
    words,
};
use crate::{
    classify::Rules,
    dedup::novelty,
    intake::{replay_item, replayed},
    ledger::{Baseline, Ledger},
    model::{BodyId, Decided, Decision, Fact, Item, ItemKey, Novelty, Posting, SeenMark},
};

#[derive(Debug, Args)]
#[command(after_help = "\
The ledger begins with the facts of the baseline that were known before the day of the first item;
--ledger-as-of names another day (what is known at its end), or none at all.

Examples:
  haguewatch replay --items items.jsonl > decisions.jsonl
  haguewatch replay --items items.jsonl --ledger-as-of none --format text
  haguewatch replay --items items.jsonl --ledger-as-of 2024-11-20")]
pub(super) struct Options {
    /// A file of items, one JSON object a line
    #[arg(long, value_name = "FILE")]
    items: PathBuf,
    /// With which facts of the baseline the ledger begins
    #[arg(long, value_name = "DATE|none")]
    ledger_as_of: Option<AsOf>,
    /// How decisions are written
    #[arg(long, default_value = "jsonl")]
    format: Format,
}

/// With which facts a replay begins.
#[derive(Clone, Copy, Debug)]
enum AsOf {
    /// With none.
    None,
    /// With those of this day and before.
    Day(Date),
}

impl std::str::FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::None),
            _ => text
                .parse()
                .map(Self::Day)
                .map_err(|_wrong| "write a day such as 2024-11-20, or none".into()),
        }
    }
}

/// A line of the file.
struct Told {
    id: String,
    published: Timestamp,
    item: Item,
    voice: Option<BodyId>,
}

/// Reads all items, runs them, and writes the decisions in the order of the file.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let (stream, failed) = read(options, &Voices::of(&config))?;
    let baseline = baseline(&config.baseline, options.ledger_as_of, &stream);
    let progress = progress(ground, stream.len());
    let decisions = decide(&config.rules, baseline, &stream, &progress);
    progress.finish_and_clear();
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    for (told, decided) in stream.iter().zip(&decisions) {
        write(&mut out, options.format, &told.id, decided)?;
    }
    out.flush()?;
    Ok(End::failed_if(failed))
}

/// The items of the file, and whether a line could not be read.
fn read(options: &Options, voices: &Voices) -> anyhow::Result<(Vec<Told>, bool)> {
    let path = &options.items;
    let refused =
        |why: &dyn std::fmt::Display| Refused(format!("{}: cannot be read: {why}", path.display()));
    if path.is_dir() {
        return Err(refused(&"it is a directory; name a file of items").into());
    }
    let file = File::open(path).map_err(|error| refused(&error))?;
    let mut lines = Lines::of(BufReader::with_capacity(1 << 16, file));
    let (mut stream, mut failed) = (Vec::new(), false);
    while let Some(line) = lines.next()? {
        match line {
            Line::Item(line) => {
                let text = |text: Option<std::borrow::Cow<'_, str>>| {
                    text.map(std::borrow::Cow::into_owned)
                };
                let voice = voices.of_item(line.source.as_deref(), line.url.as_deref());
                let source = line.source.as_deref().unwrap_or_default();
                let posting = Posting {
                    guid: Some(line.id.to_string()),
                    url: text(line.url),
                    title: text(line.title).unwrap_or_default(),
                    text: text(line.text).unwrap_or_default(),
                    published: Some(line.published),
                    updated: None,
                };
                let mut item = replayed(source, posting);
                item.owner = voices.owner(source).unwrap_or(item.owner);
                stream.push(Told {
                    id: line.id.into_owned(),
                    published: line.published,
                    item,
                    voice,
                });
            }
            Line::Bad(number, what) => {
                failed = true;
                eprintln!("{}:{number}: {what}", path.display());
            }
        }
    }
    Ok((stream, failed))
}

/// The facts that are known at the beginning.
fn baseline(all: &Baseline, as_of: Option<AsOf>, stream: &[Told]) -> Baseline {
    let first = stream.iter().map(|told| told.published).min();
    let known = |fact: &&Fact| match as_of {
        Some(AsOf::None) => false,
        Some(AsOf::Day(day)) => fact.since <= day,
        None => first.is_some_and(|first| fact.since < TimeZone::UTC.to_datetime(first).date()),
    };
    let facts = all.facts.iter().filter(known).cloned().collect();
    Baseline { facts, moves: Arc::clone(&all.moves) }
}

/// The decisions of each item, in the order of the stream, decided in the order of publication.
fn decide(
    rules: &Rules,
    baseline: Baseline,
    stream: &[Told],
    progress: &ProgressBar,
) -> Vec<Vec<Decided>> {
    let mut order: Vec<usize> = (0..stream.len()).collect();
    order.sort_by(|&one, &other| {
        let key = |index: usize| (stream[index].published, &stream[index].id);
        key(one).cmp(&key(other))
    });
    let mut ledger = Ledger::new(baseline, Vec::new(), Vec::new());
    let mut marks: HashMap<ItemKey, SeenMark> = HashMap::new();
    let mut first: HashMap<ItemKey, usize> = HashMap::new();
    let mut decisions: Vec<Vec<Decided>> = vec![Vec::new(); stream.len()];
    for index in order {
        let Told { item, voice, .. } = &stream[index];
        let (novelty, mark) = novelty(item, |key| marks.get(key).copied(), true);
        let known = item.rungs.iter().find_map(|rung| first.get(rung)).copied();
        decisions[index] = match (novelty, known) {
            (Novelty::Known, Some(known)) => {
                again(&decisions[known], stream[known].id == stream[index].id)
            }
            _ => replay_item(rules, &mut ledger, item, voice.as_ref()),
        };
        for rung in &item.rungs {
            if novelty != Novelty::Known {
                marks.insert(*rung, mark);
            }
            marks.entry(*rung).or_insert(mark);
            first.entry(*rung).or_insert(index);
        }
        progress.inc(1);
    }
    decisions
}

/// What to print of an item that was seen before. The same line once more has the same decisions;
/// another line of the same item is no news, even where the item was.
fn again(decisions: &[Decided], same_line: bool) -> Vec<Decided> {
    let mut decisions = decisions.to_vec();
    for decided in decisions.iter_mut().filter(|_| !same_line) {
        if matches!(decided.decision, Decision::Announce | Decision::Update) {
            decided.decision = Decision::Corroborate;
        }
    }
    decisions
}

fn write(
    out: &mut impl Write,
    format: Format,
    id: &str,
    decisions: &[Decided],
) -> anyhow::Result<()> {
    match format {
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &DecisionsOut::of(id, decisions))?;
            out.write_all(b"\n")?;
        }
        Format::Text => {
            for decided in decisions {
                let decision = decided.decision.as_str();
                let said = words::decided(decided);
                let why = words::clean(&decided.why);
                writeln!(out, "{}\t{decision} {said}: {why}", words::clean(id))?;
            }
        }
    }
    Ok(())
}
