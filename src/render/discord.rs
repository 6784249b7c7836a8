//! A development as a Discord message, always inside Discord's limits.
//!
//! The title is one sentence composed from facts. The first report's headline stands under it as a
//! quotation. Fields name body, case, the ledger's count, states, day, status and sources; the footer carries the
//! short id, by which the message is recognised when an answer was lost.

use jiff::{civil::Date, tz::TimeZone};

use crate::model::{
    ChannelId, Development, DevelopmentId, Embed, EmbedField, Message, MessageKey, PersonName,
    Tell, Telling,
};

use super::{
    counted::counted, limits, names::Names, phrase, safe, sentence::sentence, sources, status,
};

/// Longest quotation of a headline in the description.
const QUOTATION: usize = 500;
/// Longest of the short fields. All parts at their longest stay under the sum of 6,000.
const SHORT: usize = 512;
/// How many states or persons a field names before it counts the rest.
const MOST_NAMED: usize = 12;

/// Where a message goes and how it is known there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To {
    /// Its identity and nonce.
    pub key: MessageKey,
    /// The channel.
    pub channel: ChannelId,
    /// Roles to ping.
    pub roles: Vec<u64>,
}

/// The message that tells this development.
pub fn message(told: &Tell, development: &Development, names: &Names, to: To) -> Message {
    let (content, mention_roles) = mentions(&to.roles);
    let embed = Embed {
        title: title(told, development, names),
        url: sources::best_address(development),
        description: quotation(development),
        colour: status::colour(development.status),
        fields: fields(development, names),
        footer: footer(told, development),
        timestamp: development.reports.first().map(|report| report.at),
    };
    let telling = Telling { development: development.id.clone(), kind: told.kind };
    Message {
        key: to.key,
        channel: to.channel,
        developments: vec![telling],
        reply_to: None,
        content,
        mention_roles,
        embed,
    }
}

/// The roles that fit into the content, and the content that pings them.
pub fn mentions(roles: &[u64]) -> (String, Vec<u64>) {
    let mut content = String::new();
    let mut pinged = Vec::new();
    for role in roles.iter().filter(|role| **role != 0).take(limits::ROLES) {
        let mention = format!("<@&{role}>");
        if pinged.contains(role) || content.len() + mention.len() + 1 > limits::CONTENT {
            continue;
        }
        content.push_str(if content.is_empty() { "" } else { " " });
        content.push_str(&mention);
        pinged.push(*role);
    }
    (content, pinged)
}

fn title(told: &Tell, development: &Development, names: &Names) -> String {
    let sentence = sentence(development, names);
    let whole = match status::change(told.kind, development.status) {
        Some(change) => format!("{change}: {sentence}"),
        None => sentence,
    };
    safe::text(&whole, limits::TITLE)
}

/// The headline that stands for the development, as its source wrote it.
fn quotation(development: &Development) -> String {
    let Some(report) = development.reports.first() else { return String::new() };
    match safe::text(&report.title, QUOTATION) {
        headline if headline.is_empty() => String::new(),
        headline => format!("“{headline}” ({})", safe::text(report.owner.as_str(), 60)),
    }
}

/// The id by which people ask and by which the message is found again; a change of status is
/// another message than the first and says so.
fn footer(told: &Tell, development: &Development) -> String {
    let id = short_id(&development.id);
    match status::change(told.kind, development.status) {
        Some(_) => format!("{id} · {}", development.status.as_str()),
        None => id,
    }
}

/// The short id as people see it (`#K7Q2M`).
pub fn short_id(id: &DevelopmentId) -> String {
    format!("#{id}")
}

fn fields(development: &Development, names: &Names) -> Vec<EmbedField> {
    let states: Vec<&str> = development.states.iter().map(|state| names.state(state)).collect();
    let persons: Vec<&str> = development.persons.iter().map(PersonName::as_str).collect();
    let body = development.body.as_ref().map(|body| names.body_label(body)).unwrap_or_default();
    let case = development.case.as_ref().map(|case| names.case(case)).unwrap_or_default();
    [
        field("Status", safe::text(&status::words(development, names), SHORT), true),
        field("Date", day(development.date), true),
        field("Body", safe::text(&body, SHORT), true),
        field("Case", safe::text(case, SHORT), false),
        field("Ledger", safe::text(&counted(development, names).unwrap_or_default(), SHORT), false),
        field("States", safe::text(&phrase::listing(&states, MOST_NAMED), SHORT), true),
        field("Persons", safe::text(&phrase::listing(&persons, MOST_NAMED), SHORT), true),
        field("Sources", limits::lines(&sources::lines(development), limits::FIELD_VALUE), false),
    ]
    .into_iter()
    .filter(|field| !field.value.is_empty())
    .collect()
}

fn field(name: &str, value: String, inline: bool) -> EmbedField {
    EmbedField { name: name.to_owned(), value, inline }
}

/// A day as a Discord timestamp, which every reader sees in their own language. Noon in Greenwich
/// is the same day in nearly every time zone.
pub(super) fn day(date: Date) -> String {
    match TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)) {
        Ok(noon) => format!("<t:{}:D>", noon.as_second()),
        // Only the ends of the calendar are out of range.
        Err(_) => date.to_string(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
