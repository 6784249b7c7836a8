//! Channels that hear at times: what waits for them, and the digests that tell it.
//!
//! What a channel is to hear later is kept as rows, and when its time has come everything that
//! waits is told in one commit that takes the rows away: a single development as its usual
//! message, several as a digest. The key of every message that a digest stands for is covered by
//! it, so that nothing is told again by itself.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{delivery, digest, hears, key, message};
use crate::{
    digest::{Channel, When, due},
    model::{Development, Edition, MessageKey, Tell, TellKind, Waiting},
    render::{Names, Occasion},
};

/// What is to be told, and what was.
#[derive(Clone, Copy, Debug)]
pub struct Untold<'a> {
    /// What was decided since, in order.
    pub tells: &'a [(Tell, &'a Development)],
    /// What waits for its time, in the order in which it was decided.
    pub waiting: &'a [(Waiting, &'a Development)],
    /// Messages, of those that might be made of both, that were enqueued or covered before.
    pub told: &'a HashSet<MessageKey>,
}

/// The keys of the messages that might be made of these for these channels.
pub fn keys<'a>(
    tells: &'a [(Tell, &Development)],
    waiting: &'a [(Waiting, &Development)],
    channels: &'a [Channel],
) -> impl Iterator<Item = MessageKey> + 'a {
    channels.iter().flat_map(move |channel| {
        let rows = waiting.iter().filter(|(row, _)| row.channel == channel.id);
        let rows = rows.map(|(row, of)| (row.tell.kind, *of));
        rows.chain(tells.iter().map(|(tell, of)| (tell.kind, *of)))
            .map(|(kind, of)| key(channel.id, kind, of))
    })
}

/// Whether the channel hears of everything at this moment: nothing waits for it, and it has no
/// other times than now.
pub fn hears_now(channel: &Channel, waiting: &[(Waiting, &Development)], now: Timestamp) -> bool {
    channel.when == When::AtOnce
        && due(channel, now, now) == now
        && waiting.iter().all(|(row, _)| row.channel != channel.id)
}

/// What these channels, none of which [`hears_now`], are told now and what waits on, with the
/// moment at which the next of it is due. The tells are not done with by this.
pub fn later(
    untold: &Untold<'_>,
    channels: &[Channel],
    names: &Names,
    now: Timestamp,
) -> (Edition, Option<Timestamp>) {
    let mut edition = Edition::default();
    let mut next: Option<Timestamp> = None;
    for channel in channels {
        let rows = untold.waiting.iter().filter(|(row, _)| row.channel == channel.id).cloned();
        let new = untold.tells.iter().filter(|(told, of)| hears(channel, told, of));
        let new = new.map(|(told, of)| (Waiting { channel: channel.id, tell: told.clone() }, *of));
        let news = |(row, of): &(Waiting, &Development)| {
            !untold.told.contains(&key(channel.id, row.tell.kind, of))
        };
        let (rows, new): (Vec<_>, Vec<_>) = (rows.collect(), new.filter(news).collect());
        let since = rows.iter().chain(&new).map(|(row, _)| row.tell.at).min();
        let Some(moment) = since.map(|since| due(channel, since, now)) else { continue };
        if moment > now {
            edition.held.extend(new.into_iter().map(|(row, _)| row));
            next = Some(next.map_or(moment, |next| next.min(moment)));
            continue;
        }
        let ripe: Vec<_> = rows.iter().filter(|row| news(row)).cloned().chain(new).collect();
        tell_all(&mut edition, &ripe, channel, (names, now));
        edition.released.extend(rows.into_iter().map(|(row, _)| row));
    }
    (edition, next)
}

/// Tells a channel what waited for it.
fn tell_all(
    edition: &mut Edition,
    ripe: &[(Waiting, &Development)],
    channel: &Channel,
    (names, now): (&Names, Timestamp),
) {
    let told = merged(ripe);
    if let [(of, kind)] = told[..] {
        let tell = ripe.iter().find(|(row, _)| row.tell.kind == kind).map(|(row, _)| &row.tell);
        let single = tell.map(|tell| message(kind, (tell, of), channel, names));
        edition.deliveries.extend(single.map(|message| delivery(message, now)));
        return;
    }
    let occasion = match channel.when {
        When::AtOnce => Occasion::QuietHours,
        When::Every(_) | When::Daily { .. } => Occasion::Schedule,
    };
    for part in digest(&told, channel, occasion, names) {
        let in_it = |of: &Development| part.developments.iter().any(|it| it.development == of.id);
        let rows = ripe.iter().filter(|(_, of)| in_it(of));
        let covered = rows.map(|(row, of)| (key(channel.id, row.tell.kind, of), part.key.clone()));
        edition.covered.extend(covered);
        edition.deliveries.push(delivery(part, now));
    }
}

/// Each development once: as new if it is told as new at all, else as an update.
fn merged<'a>(ripe: &[(Waiting, &'a Development)]) -> Vec<(&'a Development, TellKind)> {
    let mut told: Vec<(&Development, TellKind)> = Vec::new();
    for (row, of) in ripe {
        match told.iter_mut().find(|(known, _)| known.id == of.id) {
            Some((_, kind)) => *kind = (*kind).min(row.tell.kind),
            None => told.push((of, row.tell.kind)),
        }
    }
    told
}

#[cfg(test)]
mod tests;
