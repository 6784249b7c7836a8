//! Feeds to postings: RSS 0.9x to 2.0, RDF, Atom, JSON Feed.
//!
//! A strict reader (feed-rs) goes first. It fails on small damage, and on some dialects it finds
//! nothing without a word; so small damage is mended before it, its panics are caught, its count
//! is compared with the items that the document plainly has, and where it falls short the
//! splitter reads instead. Ids that it makes up are not taken for the feed's.

use std::{
    borrow::Cow,
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, SystemTime},
};

use feed_rs::{
    model::{Entry, Feed, FeedType},
    parser::{Builder, ParseErrorKind, ParseFeedError},
};
use jiff::Timestamp;
use memchr::memmem;
use url::Url;

use super::{date, jsonfeed, problems::Problems, raw::Raw, repair, splitter, text};

/// So many items of a document are read: the first, which are the newest nearly everywhere.
pub(super) const MOST_ITEMS: usize = 500;

/// Nested `xml:base` costs the strict reader memory by the square of their number.
const MOST_BASES: usize = 1_000;

/// Stands for an id that the feed does not give. No document can hold a NUL.
const NO_ID: &str = "\0";

/// The items of a feed and its hint of pace.
#[derive(Default)]
pub(super) struct Read {
    /// The items in the order of the document.
    pub(super) items: Vec<Raw>,
    /// How long the feed says it may be kept.
    pub(super) ttl: Option<Duration>,
}

/// Reads a decoded feed.
pub(super) fn read(text: &str, base: &Url, problems: &mut Problems) -> Read {
    match text.trim_start().as_bytes().first() {
        None => problems.push("document", "empty"),
        Some(b'{' | b'[') => return jsonfeed::read(text, base, problems),
        Some(_) => return xml(text, base, problems),
    }
    Read::default()
}

fn xml(text: &str, base: &Url, problems: &mut Problems) -> Read {
    let Some(root) = splitter::root(text) else {
        problems.push("document", &instead_of_a_feed(text));
        return Read::default();
    };
    let body = &text[root.start..];
    if memmem::find_iter(body.as_bytes(), b"xml:base").nth(MOST_BASES).is_some() {
        problems.push("document", "more than 1,000 xml:base attributes; refused");
        return Read::default();
    }
    let cut = splitter::cut(body, MOST_ITEMS);
    if cut.more {
        problems.push("document", "more than 500 items; the first 500 were read");
    }
    if cut.items.is_empty() && is_html(&text[..root.start]) {
        problems.push("document", &instead_of_a_feed(text));
    }
    if let Some(read) = strictly(body, &root, &cut, base, problems) {
        return read;
    }
    let ttl = splitter::ttl(body, &cut).and_then(minutes);
    Read { items: splitter::read(body, &root, &cut, base, problems), ttl }
}

/// The strict reading; `None` where it fails or finds less than the document plainly has.
fn strictly(
    body: &str,
    root: &splitter::Root<'_>,
    cut: &splitter::Cut,
    base: &Url,
    problems: &mut Problems,
) -> Option<Read> {
    let is_rss = root.name.eq_ignore_ascii_case("rss");
    let shortened = shorten(body, root, cut);
    let mended = repair::repair(&shortened, is_rss);
    match parse(&mended, base) {
        Ok(feed) if feed.entries.len() >= cut.items.len().max(cut.unclosed.len().min(1)) => {
            let ttl = feed.ttl.and_then(minutes);
            Some(Read { items: items(feed, base), ttl })
        }
        Err(Refusal::Damage(what)) if cut.unclosed.is_empty() => {
            let what = format!("damaged ({what}); its complete items were read one by one");
            problems.push("document", &what);
            None
        }
        // Items without an end say themselves what is wrong.
        Ok(_) | Err(_) => None,
    }
}

/// The document up to its last wanted item, closed again.
fn shorten<'a>(body: &'a str, root: &splitter::Root<'_>, cut: &splitter::Cut) -> Cow<'a, str> {
    match cut.items.last() {
        Some(last) if cut.more => {
            let channel = if root.name.eq_ignore_ascii_case("rss") { "</channel>" } else { "" };
            Cow::Owned(format!("{}{channel}</{}>", &body[..last.end], root.name))
        }
        _ => Cow::Borrowed(body),
    }
}

/// Why the strict reader gave nothing.
pub(super) enum Refusal {
    /// It does not know this dialect: nothing is wrong with the document.
    Dialect,
    /// What it says is wrong.
    Damage(String),
}

/// Runs the strict reader and catches its panics.
pub(super) fn parse(document: &str, base: &Url) -> Result<Feed, Refusal> {
    let reader = Builder::new()
        .base_uri(Some(base.as_str()))
        .sanitize_content(false)
        .id_generator(|_, _, _| NO_ID.to_owned())
        .timestamp_parser(|text| date::read(text).map(|moment| system_time(moment).into()))
        .build();
    // The reader is built for this call and dropped with it: a panic leaves nothing half-done.
    match catch_unwind(AssertUnwindSafe(|| reader.parse(document.as_bytes()))) {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot))) => Err(Refusal::Dialect),
        Ok(Err(error)) => Err(Refusal::Damage(error.to_string())),
        Err(_) => Err(Refusal::Damage("the reader failed on it".into())),
    }
}

/// The moment in the type from which the reader's own can be made.
fn system_time(moment: Timestamp) -> SystemTime {
    let span = Duration::from_secs(moment.as_second().unsigned_abs());
    let epoch = SystemTime::UNIX_EPOCH;
    if moment.as_second() < 0 { epoch - span } else { epoch + span }
}

/// The entries of a feed, numbered.
pub(super) fn items(feed: Feed, base: &Url) -> Vec<Raw> {
    // The reader copies a missing change date of RSS from the date of publication.
    let copies = matches!(feed.feed_type, FeedType::RSS0 | FeedType::RSS1 | FeedType::RSS2);
    let entries = feed.entries.into_iter().take(MOST_ITEMS);
    (1..).zip(entries).map(|(number, entry)| item(number, entry, copies, base)).collect()
}

fn item(number: usize, entry: Entry, copies: bool, base: &Url) -> Raw {
    let moment = |seconds, nanoseconds: u32| {
        let nanoseconds = i32::try_from(nanoseconds).unwrap_or(0);
        Timestamp::new(seconds, nanoseconds).ok()
    };
    let published =
        entry.published.and_then(|date| moment(date.timestamp(), date.timestamp_subsec_nanos()));
    let updated =
        entry.updated.and_then(|date| moment(date.timestamp(), date.timestamp_subsec_nanos()));
    let link = entry.links.into_iter().find(|link| {
        link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
    });
    let readable = |content: &feed_rs::model::Content| {
        let kind = content.content_type.to_string();
        kind.starts_with("text/") || kind.contains("xhtml")
    };
    Raw {
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        link: link.map(|link| link.href).unwrap_or_default(),
        guid: if entry.id == NO_ID { String::new() } else { entry.id },
        summary: entry.summary.map(|summary| summary.content).unwrap_or_default(),
        content: entry
            .content
            .filter(readable)
            .and_then(|content| content.body)
            .unwrap_or_default(),
        published,
        updated: updated.filter(|_| !(copies && updated == published)),
        ..Raw::new(number, base)
    }
}

fn minutes(minutes: u32) -> Option<Duration> {
    (minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60))
}

/// Says what stands where a feed should.
fn instead_of_a_feed(text: &str) -> String {
    if !is_html(text) {
        return "neither RSS, RDF, Atom nor JSON Feed".into();
    }
    let title = memmem::find(text.as_bytes(), b"<title")
        .and_then(|start| text[start..].split("</title").next())
        .map(|title| text::plain(title, 80))
        .unwrap_or_default();
    format!("an HTML page (“{title}”) instead of a feed: a login, a bot challenge or an error page")
}

fn is_html(text: &str) -> bool {
    let mut start: String = text.chars().take(2_000).collect();
    start.make_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.contains(tag))
}

#[cfg(test)]
mod tests;
