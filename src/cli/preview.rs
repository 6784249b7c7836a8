//! `preview`: what does a source say, and what would be made of it? Keeps nothing.

use std::{
    fs,
    io::{Write, stdout},
    path::Path,
};

use clap::Args;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use url::Url;

use super::{End, Ground, classify::Format, ending::Refused, words};
use crate::{
    app,
    classify::{Article, classify},
    config::{Config, ConfiguredSource},
    model::{BodyId, Document, FetchRequest, Outcome, Posting, Source, SourceKind, Validators},
    parse::{Parsed, Recipe, parse},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  haguewatch preview icj-press
  haguewatch preview https://example.org/feed.xml --limit 5
  haguewatch preview saved.html --like icj-press     read a saved page by that source's selectors
  haguewatch preview icc --format jsonl")]
pub(super) struct Options {
    /// A source of sources.toml, an address, or a saved document
    #[arg(value_name = "SOURCE|URL|FILE")]
    what: String,
    /// Show only so many postings
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Read the document as this source's are read
    #[arg(long, value_name = "SOURCE")]
    like: Option<String>,
    /// How postings are written
    #[arg(long, default_value = "text")]
    format: Format,
}

/// What is looked at.
struct Subject {
    kind: SourceKind,
    recipe: Option<Recipe>,
    voice: Option<BodyId>,
    document: Document,
}

/// A posting alone.
#[derive(Serialize)]
struct PostingOut<'a> {
    guid: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    text: Option<&'a str>,
    published: Option<String>,
    updated: Option<String>,
}

/// Fetches or opens it, reads it, and shows what was read.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    let config = ground.config()?;
    let Some(subject) = subject(&config, options)? else { return Ok(End::Failed) };
    let parsed = parse(subject.kind, subject.recipe.as_ref(), &subject.document);
    let limit = options.limit.unwrap_or(usize::MAX);
    let mut out = stdout().lock();
    for (index, posting) in parsed.postings.iter().enumerate().take(limit) {
        match options.format {
            Format::Jsonl => {
                serde_json::to_writer(&mut out, &PostingOut::from(posting))?;
                writeln!(out)?;
            }
            Format::Text => show(&mut out, &config, &subject, (&parsed, index))?,
        }
    }
    for problem in &parsed.problems {
        eprintln!("{}: {}", words::clean(&problem.place), words::clean(&problem.what));
    }
    let count = parsed.postings.len();
    ground.say(&format!("{} read", super::counted(count, "posting")));
    if count == 0 && options.like.is_none() && !is_source(&config, &options.what) {
        eprintln!("a page is read with a source's selectors: name it with --like SOURCE");
    }
    Ok(End::failed_if(count == 0))
}

fn is_source(config: &Config, what: &str) -> bool {
    config.sources.iter().any(|known| known.source.id.as_str() == what)
}

impl<'a> From<&'a Posting> for PostingOut<'a> {
    fn from(posting: &'a Posting) -> Self {
        let present = |text: &'a String| (!text.is_empty()).then_some(text.as_str());
        Self {
            guid: posting.guid.as_deref(),
            url: posting.url.as_deref(),
            title: present(&posting.title),
            text: present(&posting.text),
            published: posting.published.map(|moment| moment.to_string()),
            updated: posting.updated.map(|moment| moment.to_string()),
        }
    }
}

/// What is meant: a source's id before an address before a file. `None` where it could not be
/// fetched; then stderr says why.
fn subject(config: &Config, options: &Options) -> anyhow::Result<Option<Subject>> {
    let what = &options.what;
    let like = match &options.like {
        Some(name) => Some(&config.sources[super::find_source(config, name)?]),
        None => None,
    };
    let named = config.sources.iter().find(|known| known.source.id.as_str() == what);
    if let Some(source) = named {
        return fetched(config, like.unwrap_or(source), source.source.urls[0].clone());
    }
    if what.starts_with("http://") || what.starts_with("https://") {
        let url = Url::parse(what).map_err(|error| Refused(format!("{what}: {error}")))?;
        let known = config.sources.iter().find(|known| known.source.urls.contains(&url));
        let unknown = feed_at(&url);
        return fetched(config, like.or(known).unwrap_or(&unknown), url);
    }
    if Path::new(what).is_file() {
        let bytes = fs::read(what).map_err(|error| Refused(format!("{what}: {error}")))?;
        let base = like.map(|like| like.source.urls[0].clone());
        let nowhere = || Url::parse("https://saved.invalid/").expect("the literal is an address");
        return Ok(Some(Subject {
            kind: like.map_or(SourceKind::Feed, |like| like.source.kind),
            recipe: like.and_then(|like| like.recipe.clone()),
            voice: like.and_then(|like| like.source.voice.clone()),
            document: Document {
                bytes,
                content_type: None,
                final_url: base.unwrap_or_else(nowhere),
                validators: Validators::default(),
            },
        }));
    }
    let Refused(unknown) = match super::find_source(config, what) {
        Err(refused) => refused,
        Ok(_) => Refused(String::new()),
    };
    Err(Refused(format!("{unknown}; it is no address and no file either")).into())
}

/// An address that the configuration does not know is taken for a feed: a page needs selectors.
fn feed_at(url: &Url) -> ConfiguredSource {
    ConfiguredSource {
        source: Source {
            id: "preview".into(),
            kind: SourceKind::Feed,
            urls: vec![url.clone()],
            every: std::time::Duration::from_hours(1),
            voice: None,
            owner: "preview".into(),
        },
        recipe: None,
    }
}

fn fetched(
    config: &Config,
    source: &ConfiguredSource,
    url: Url,
) -> anyhow::Result<Option<Subject>> {
    let ConfiguredSource { source, recipe } = source;
    let request =
        FetchRequest { source: source.id.clone(), kind: source.kind, url, validators: None };
    let fetcher = app::fetcher(config)?;
    let answer = super::runtime()?.block_on(fetcher.fetch(&request, app::now()));
    let said = match answer.outcome {
        Outcome::Body(document) => {
            return Ok(Some(Subject {
                kind: source.kind,
                recipe: recipe.clone(),
                voice: source.voice.clone(),
                document,
            }));
        }
        Outcome::NotModified(_) => "304, although nothing was known of it".to_owned(),
        Outcome::RateLimited => "the server forbids asking now (429)".to_owned(),
        Outcome::Gone => "gone for ever (410); find its new address".to_owned(),
        Outcome::Failed(failure) => format!("{}; {}", failure.detail, failure.mend()),
    };
    eprintln!("{}: {}", request.url, words::clean(&said));
    Ok(None)
}

fn show(
    out: &mut impl Write,
    config: &Config,
    subject: &Subject,
    (parsed, index): (&Parsed, usize),
) -> anyhow::Result<()> {
    let posting = &parsed.postings[index];
    let moment =
        |moment: Option<Timestamp>| moment.map_or("-".to_owned(), |moment| moment.to_string());
    writeln!(out, "{}. {}", index + 1, words::clean(&posting.title))?;
    writeln!(out, "   url        {}", words::clean(posting.url.as_deref().unwrap_or("-")))?;
    writeln!(
        out,
        "   published  {}, updated {}",
        moment(posting.published),
        moment(posting.updated)
    )?;
    if !posting.text.is_empty() {
        let text: String = words::clean(&posting.text).chars().take(200).collect();
        writeln!(out, "   text       {text}")?;
    }
    for found in parsed.matched.iter().filter(|found| found.posting == index) {
        let raw: String = words::clean(&found.raw).chars().take(100).collect();
        writeln!(
            out,
            "   {:<10} by `{}` from \"{raw}\"",
            found.field,
            words::clean(&found.selector)
        )?;
    }
    let now = posting.published.unwrap_or_else(app::now);
    let article = Article {
        title: &posting.title,
        text: &posting.text,
        published: TimeZone::UTC.to_datetime(now).date(),
        voice: subject.voice.as_ref(),
    };
    let reading = classify(&config.rules, &article);
    for finding in &reading.developments {
        writeln!(out, "   reads as   {}", words::finding(finding))?;
    }
    for recalled in &reading.background {
        let finding = words::finding(&recalled.finding);
        writeln!(out, "   mentions   {finding}: {}", recalled.because.as_str())?;
    }
    writeln!(out)?;
    Ok(())
}
