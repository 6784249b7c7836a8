//! `classify`: what does each text say? One reading a line, without memory of the lines before.

use std::io::{BufWriter, Write, stdin, stdout};

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::{
    End, Ground,
    lines::{ItemLine, Line, Lines, ReadingOut},
    voices::Voices,
    words,
};
use crate::{
    classify::{Article, Classifier},
    model::{BodyId, Reading},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Reads {\"id\",\"source\",\"url\",\"title\",\"text\",\"published\"}, one item a line. A line that cannot be
read is told on stderr with its number; the others go on and the exit code is 1.

Examples:
  haguewatch classify < items.jsonl > readings.jsonl
  haguewatch classify --format text < items.jsonl")]
pub(super) struct Options {
    /// How readings are written
    #[arg(long, default_value = "jsonl")]
    format: Format,
}

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// How many lines are read together.
const TOGETHER: usize = 12;

/// Reads stdin to its end, keeping a few lines at a time.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let voices = Voices::of(&config);
    let mut lines = Lines::of(stdin().lock());
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    let mut classifier = Classifier::new(&config.rules);
    let mut failed = false;
    loop {
        let mut ended = true;
        let mut items = Vec::with_capacity(TOGETHER);
        for line in lines.take(TOGETHER)? {
            ended = false;
            match line {
                Line::Item(item) => {
                    let voice = voices.of_item(item.source.as_deref(), item.url.as_deref());
                    items.push((item, voice));
                }
                Line::Bad(number, what) => {
                    failed = true;
                    eprintln!("stdin:{number}: {what}");
                }
            }
        }
        if ended {
            break;
        }
        let articles: Vec<Article<'_>> =
            items.iter().map(|(item, voice)| article(item, voice.as_ref())).collect();
        for ((item, _), reading) in items.iter().zip(classifier.read_all(&articles)) {
            write(&mut out, options.format, &item.id, &reading)?;
        }
    }
    out.flush()?;
    Ok(End::failed_if(failed))
}

fn article<'a>(item: &'a ItemLine<'_>, voice: Option<&'a BodyId>) -> Article<'a> {
    Article {
        title: item.title.as_deref().unwrap_or_default(),
        text: item.text.as_deref().unwrap_or_default(),
        published: TimeZone::UTC.to_datetime(item.published).date(),
        voice,
    }
}

fn write(out: &mut impl Write, format: Format, id: &str, reading: &Reading) -> anyhow::Result<()> {
    match format {
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &ReadingOut::of(id, reading))?;
            out.write_all(b"\n")?;
        }
        Format::Text => {
            for finding in &reading.developments {
                writeln!(out, "{}\t{}", words::clean(id), words::finding(finding))?;
            }
            for recalled in &reading.background {
                let because = recalled.because.as_str();
                let found = words::finding(&recalled.finding);
                writeln!(out, "{}\t({because}) {found}", words::clean(id))?;
            }
        }
    }
    Ok(())
}
