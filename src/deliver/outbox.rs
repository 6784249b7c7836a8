//! What is attempted next, and what an answer makes of a delivery. Pure: the loop that records and
//! waits lives elsewhere.
//!
//! One round of that loop, for every delivery of [`ready`]:
//! 1. [`step`] says whether to send or to look first.
//! 2. Before sending, record [`begin`] durably; then attempt; then record [`after`], which takes the
//!    delivery as it was *before* `begin`.
//! 3. After looking, record [`settle`]; where the message was absent, the next round sends it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::model::{ChannelId, Delivery, DeliveryState, Receipt, Setback};

use super::{Answer, Lookup};

/// How long after an attempt the same nonce is trusted to give the same message. Discord says "a
/// few minutes".
pub const NONCE_HOLDS: SignedDuration = SignedDuration::from_mins(2);
/// A message that waits for longer is told in a digest, if another of its channel does too.
pub const OLD: SignedDuration = SignedDuration::from_hours(1);
/// The first pause after a failure; each further one doubles it.
const FIRST_PAUSE: i64 = 2;
/// The first pause after a refusal, in seconds: somebody has to act before it can end.
const FIRST_PARKING: i64 = 60;
/// The longest pause after a failure, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;

/// The head of each channel that may be attempted now, in sequence. A head that must wait lets
/// nothing of its channel overtake; channels do not wait for each other.
pub fn ready(outbox: &[Delivery], now: Timestamp) -> Vec<&Delivery> {
    heads(outbox).filter(|head| head.next_attempt <= now).collect()
}

/// What waits too long to be told message by message: of each channel whose head is to be sent now,
/// never left and is old, that head and whatever else of the channel is old, in sequence. Notices
/// are left alone: each is about one thing, and there are few.
pub fn backlogs(outbox: &[Delivery], now: Timestamp) -> Vec<Vec<Delivery>> {
    let is_old = |one: &Delivery| {
        one.state == DeliveryState::Pending
            && !one.message.developments.is_empty()
            && now.duration_since(one.enqueued) > OLD
    };
    let of_channel = |head: &Delivery| {
        let channel = head.message.channel;
        let old = outbox.iter().filter(|one| one.message.channel == channel && is_old(one));
        let mut old: Vec<Delivery> = old.cloned().collect();
        old.sort_by_key(|one| one.sequence);
        old
    };
    let heads = ready(outbox, now).into_iter().filter(|head| is_old(head));
    heads.map(of_channel).filter(|old| old.len() > 1).collect()
}

/// Why channels stand still: of each head that failed, its channel and what it ran into.
pub fn troubles(outbox: &[Delivery]) -> Vec<(ChannelId, &Setback)> {
    heads(outbox)
        .filter_map(|head| Some((head.message.channel, head.last_trouble.as_ref()?)))
        .collect()
}

/// When the next head may be attempted; `None` where nothing is waiting.
pub fn next_due(outbox: &[Delivery]) -> Option<Timestamp> {
    heads(outbox).map(|head| head.next_attempt).min()
}

pub(super) fn heads(outbox: &[Delivery]) -> impl Iterator<Item = &Delivery> {
    let mut open: Vec<&Delivery> = outbox.iter().filter(|delivery| is_open(delivery)).collect();
    open.sort_by_key(|delivery| delivery.sequence);
    let mut channels = BTreeSet::new();
    let mut is_head = move |head: &&Delivery| channels.insert(head.message.channel);
    open.into_iter().filter(move |delivery| is_head(delivery) || flaw!("no-queue"))
}

pub(super) fn is_open(delivery: &Delivery) -> bool {
    matches!(delivery.state, DeliveryState::Pending | DeliveryState::Sending(_))
}

/// The deliveries that wait for a person, to be tried at once: a program that was just started was
/// perhaps started because somebody did what was needed. Waits that Discord asked for stay.
pub fn unparked(outbox: &[Delivery], now: Timestamp) -> Vec<Delivery> {
    let waits = |delivery: &&Delivery| {
        delivery.next_attempt > now
            && delivery.last_trouble.as_ref().is_some_and(|trouble| trouble.needs_person)
    };
    let parked = outbox.iter().filter(|delivery| is_open(delivery)).filter(waits);
    parked.map(|delivery| Delivery { next_attempt: now, ..delivery.clone() }).collect()
}

/// What keeps a message that is sent again from standing there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Its nonce for a while, and then a look into the channel.
    Nonce,
    /// Nothing: a webhook's messages have no nonce, and it cannot read its channel.
    Nothing,
}

/// What to do with a delivery that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send it: it never left, or its nonce still protects it.
    Send,
    /// An attempt of unknown outcome is too long ago: look for the message since this moment.
    LookUp {
        /// When the first such attempt was begun.
        since: Timestamp,
    },
    /// An attempt of unknown outcome was begun and must not be repeated.
    GiveUp,
}

/// Whether the delivery may be sent or must be looked for first.
pub fn step(delivery: &Delivery, guard: Guard, now: Timestamp) -> Step {
    match delivery.state {
        DeliveryState::Sending(_) if guard == Guard::Nothing => Step::GiveUp,
        DeliveryState::Sending(since)
            if now.duration_since(since).abs() > NONCE_HOLDS && !flaw!("no-lookup") =>
        {
            Step::LookUp { since }
        }
        _ => Step::Send,
    }
}

/// The delivery as it must be recorded before the request leaves.
pub fn begin(delivery: &Delivery, now: Timestamp) -> Delivery {
    let state = DeliveryState::Sending(begun(delivery).unwrap_or(now));
    Delivery { state, ..delivery.clone() }
}

/// When the first attempt of unknown outcome was begun.
fn begun(delivery: &Delivery) -> Option<Timestamp> {
    match delivery.state {
        DeliveryState::Sending(since) => Some(since),
        _ => None,
    }
}

/// The delivery after an attempt: `delivery` as it was before [`begin`], `now` as it was then.
pub fn after(delivery: &Delivery, answer: &Answer, guard: Guard, now: Timestamp) -> Delivery {
    let mut next = delivery.clone();
    match answer {
        Answer::Delivered(receipt) => {
            next.attempts += 1;
            next.state = DeliveryState::Sent(receipt.clone());
            next.last_trouble = None;
        }
        // With an enforced nonce it says that this very message was posted before.
        Answer::Deleted => {
            next.attempts += 1;
            next.state = DeliveryState::Sent(Receipt { message_id: None, at: now });
            next.last_trouble = None;
        }
        // Nothing was tried in earnest, and an earlier attempt is as unknown as before.
        Answer::Wait { until, .. } => limited(&mut next, *until),
        Answer::Retry { why, maybe_sent: true } if guard == Guard::Nothing => {
            next.attempts += 1;
            next.state = DeliveryState::Dead(perhaps_posted(why));
        }
        Answer::Retry { maybe_sent, .. } => {
            set_back(&mut next, answer, now);
            if *maybe_sent {
                next.state = DeliveryState::Sending(begun(delivery).unwrap_or(now));
            }
        }
        Answer::Refused { why, .. } if answer.is_about_the_message() => {
            next.attempts += 1;
            next.state = DeliveryState::Dead(why.clone());
        }
        // The bot or its channel is refused: the message stays, at the head of its channel.
        Answer::Refused { .. } => set_back(&mut next, answer, now),
    }
    next
}

/// The delivery whose outcome nobody can find out.
pub fn given_up(delivery: &Delivery) -> Delivery {
    let why = perhaps_posted("the program ended before the answer came");
    Delivery { state: DeliveryState::Dead(why), ..delivery.clone() }
}

fn perhaps_posted(why: &str) -> String {
    format!("perhaps posted, and not posted again: a webhook cannot look for it ({why})")
}

/// Waits because Discord said until when. No trouble of before is left to be mended at a start.
pub(super) fn limited(next: &mut Delivery, until: Timestamp) {
    next.next_attempt = until;
    next.last_trouble = None;
}

/// Counts the failure, keeps its reason and puts the next attempt off.
pub(super) fn set_back(next: &mut Delivery, answer: &Answer, now: Timestamp) {
    let needs_person = matches!(answer, Answer::Refused { .. });
    next.attempts = next.attempts.saturating_add(1);
    next.next_attempt = if needs_person { parked(next, now) } else { next_attempt(next, now) };
    next.last_trouble = Some(Setback { why: answer.to_string(), needs_person });
}

/// The delivery after the channel was searched for it.
pub fn settle(delivery: &Delivery, lookup: &Lookup, now: Timestamp) -> Delivery {
    let mut next = delivery.clone();
    match lookup {
        Lookup::Found(receipt) => {
            next.state = DeliveryState::Sent(receipt.clone());
            next.last_trouble = None;
        }
        Lookup::Absent => (next.state, next.next_attempt) = (DeliveryState::Pending, now),
        Lookup::Unreadable(why) => {
            next.state = DeliveryState::Dead(format!(
                "perhaps posted, and not posted again: the answer was lost and the channel cannot be searched ({why})"
            ));
        }
        Lookup::Later(Answer::Wait { until, .. }) => limited(&mut next, *until),
        Lookup::Later(answer) => set_back(&mut next, answer, now),
    }
    next
}

/// When to try again after `delivery.attempts` failures: 2 s, 4 s, 8 s… up to a quarter of an hour,
/// and up to a quarter more so that channels do not come in step. The same delivery always gives
/// the same moment.
pub fn next_attempt(delivery: &Delivery, now: Timestamp) -> Timestamp {
    let doublings = delivery.attempts.saturating_sub(1).min(20);
    let pause = (FIRST_PAUSE << doublings).min(LONGEST_PAUSE);
    let mut hasher = blake3::Hasher::new();
    hasher.update(delivery.message.key.as_str().as_bytes());
    hasher.update(&delivery.attempts.to_be_bytes());
    let share = i64::from(hasher.finalize().as_bytes()[0]);
    later(now, pause + pause * share / (4 * 255))
}

/// When to try again what was refused: after 1, 2, 4, 8 and then every 15 minutes.
fn parked(delivery: &Delivery, now: Timestamp) -> Timestamp {
    let doublings = delivery.attempts.saturating_sub(1).min(20);
    later(now, (FIRST_PARKING << doublings).min(LONGEST_PAUSE))
}

pub(super) fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
