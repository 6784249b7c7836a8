//! Which record lies under which key: one byte that names the table, then the id.
//!
//! Numbers are big-endian, so that the order of keys is the order of numbers.

use super::StateError;
use crate::model::{
    BodyId, ChannelId, DevelopmentId, Fact, ItemKey, Kind, MessageKey, SourceId, Standing, Subject,
    Tell, TellKind, Waiting,
};

/// The tables. A byte is never used again for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Table {
    /// By name: the store's format, its count of commits and the next free sequences.
    Meta = b'm',
    /// By source id: what is remembered of it.
    Source = b's',
    /// By rung of an item: its seen mark.
    Seen = b'k',
    /// By item key: the archive.
    Item = b'i',
    /// By development id.
    Development = b'd',
    /// By what the row says, apart from how well it is established: a row that becomes better
    /// established takes its own place.
    Fact = b'f',
    /// By sequence of decision: what the channels have yet to hear of.
    Tell = b't',
    /// By channel, moment of decision, kind and development id: what a channel hears later.
    Waiting = b'w',
    /// By development id: it was decided to tell this as new. Kept for ever.
    Told = b'n',
    /// By outbox sequence: deliveries still to be made.
    Outbox = b'o',
    /// By outbox sequence: deliveries that Discord has.
    Sent = b'x',
    /// By outbox sequence: deliveries that will not be made.
    Dead = b'z',
    /// By message key: deliveries that are told in a digest instead.
    Folded = b'g',
    /// By message key: the outbox sequence that it got. Kept for ever.
    Message = b'c',
    /// By message key: how a message that was enqueued should read now.
    Wanted = b'e',
    /// By channel and development id: the key of the first message that tells it there. Kept for
    /// ever.
    Heard = b'h',
    /// By what stands still: since when and why.
    Spell = b'p',
}

/// The names in [`Table::Meta`].
pub(super) const FORMAT: &str = "format";
pub(super) const COMMITS: &str = "commits";
pub(super) const NEXT_TELL: &str = "next-tell";
pub(super) const NEXT_DELIVERY: &str = "next-delivery";

pub(super) fn meta(name: &str) -> Vec<u8> {
    key(Table::Meta, name.as_bytes())
}

pub(super) fn source(id: &SourceId) -> Vec<u8> {
    key(Table::Source, id.as_str().as_bytes())
}

pub(super) fn seen(rung: &ItemKey) -> Vec<u8> {
    key(Table::Seen, &rung.0)
}

pub(super) fn item(item: &ItemKey) -> Vec<u8> {
    key(Table::Item, &item.0)
}

pub(super) fn development(id: &DevelopmentId) -> Vec<u8> {
    key(Table::Development, id.as_str().as_bytes())
}

pub(super) fn told(id: &DevelopmentId) -> Vec<u8> {
    key(Table::Told, id.as_str().as_bytes())
}

/// The rows of a channel lie side by side, the earliest first.
pub(super) fn waiting(waiting: &Waiting) -> Vec<u8> {
    let Tell { development, kind, at } = &waiting.tell;
    let kind = match kind {
        TellKind::New => b'n',
        TellKind::Grown => b'g',
        TellKind::Update => b'u',
    };
    // Offset so that moments before 1970 come before those after it.
    let at = at.as_nanosecond().wrapping_sub(i128::MIN).to_be_bytes();
    let channel = waiting.channel.0.to_be_bytes();
    let id = [&channel[..], &at, &[kind], development.as_str().as_bytes()].concat();
    key(Table::Waiting, &id)
}

pub(super) fn message(message: &MessageKey) -> Vec<u8> {
    key(Table::Message, message.as_str().as_bytes())
}

pub(super) fn folded(message: &MessageKey) -> Vec<u8> {
    key(Table::Folded, message.as_str().as_bytes())
}

pub(super) fn wanted(message: &MessageKey) -> Vec<u8> {
    key(Table::Wanted, message.as_str().as_bytes())
}

pub(super) fn heard(channel: ChannelId, development: &DevelopmentId) -> Vec<u8> {
    key(Table::Heard, &[&channel.0.to_be_bytes(), development.as_str().as_bytes()].concat())
}

pub(super) fn spell(of: Standing) -> Vec<u8> {
    match of {
        Standing::Bot => key(Table::Spell, b"bot"),
        Standing::Channel(channel) => key(Table::Spell, &channel.0.to_be_bytes()),
    }
}

/// A key of a table that is numbered.
pub(super) fn numbered(table: Table, sequence: u64) -> Vec<u8> {
    key(table, &sequence.to_be_bytes())
}

pub(super) fn fact(fact: &Fact) -> Vec<u8> {
    let mut key = facts_of(fact.kind, &fact.body, &fact.subject);
    key.extend_from_slice(format!("{}\0{}", fact.step, fact.since).as_bytes());
    key
}

/// What the keys of all facts of a subject begin with.
pub(super) fn facts_of(kind: Kind, body: &BodyId, subject: &Subject) -> Vec<u8> {
    let (sort, subject) = match subject {
        Subject::State(code) => ("state", code.as_str()),
        Subject::Person(name) => ("person", name.as_str()),
        Subject::Case(case) => ("case", case.as_str()),
    };
    let parts = [kind.as_str(), body.as_str(), sort, subject, ""];
    key(Table::Fact, parts.join("\0").as_bytes())
}

/// The number at the end of a key of a numbered table, or in a value that holds one.
pub(super) fn number(bytes: &[u8]) -> Option<u64> {
    bytes.last_chunk().copied().map(u64::from_be_bytes)
}

/// The id of a key as text, where its table has such ids.
pub(super) fn text(key: &[u8]) -> Option<&str> {
    str::from_utf8(key.get(1..)?).ok()
}

/// The error for a record that cannot be read.
pub(super) fn unreadable(key: &[u8], detail: impl Into<String>) -> StateError {
    StateError::Record { key: name(key), detail: detail.into() }
}

/// What a key stands for, for people.
fn name(key: &[u8]) -> String {
    let Some((table, id)) = key.split_first() else { return "nothing".into() };
    let text = || String::from_utf8_lossy(id).replace('\0', " ");
    let hash = || id.try_into().map_or_else(|_| text(), |id| ItemKey(id).to_string());
    let sequence = || number(key).map_or_else(hash, |sequence| sequence.to_string());
    match *table {
        b'm' => format!("the store's {}", text()),
        b's' => format!("source {}", text()),
        b'k' => format!("seen mark {}", hash()),
        b'i' => format!("item {}", hash()),
        b'd' => format!("development {}", text()),
        b'f' => format!("fact {}", text()),
        b't' => format!("tell {}", sequence()),
        b'w' => format!("waiting tell {}", hash()),
        b'n' => format!("told mark {}", text()),
        b'o' | b'x' | b'z' => format!("delivery {}", sequence()),
        b'c' => format!("message {}", text()),
        b'g' => format!("folded message {}", text()),
        b'e' => format!("wanted message {}", text()),
        b'h' => format!("heard mark {}", hash()),
        b'p' => format!("trouble of {}", hash()),
        _ => format!("unknown key {}", hash()),
    }
}

fn key(table: Table, id: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + id.len());
    key.push(table as u8);
    key.extend_from_slice(id);
    key
}
