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

use crate::model::{Delivery, DeliveryState};

use super::{Answer, Lookup};

/// How long after an attempt the same nonce is trusted to give the same message. Discord says "a
/// few minutes".
pub const NONCE_HOLDS: SignedDuration = SignedDuration::from_mins(2);
/// The first pause after a failure; each further one doubles it.
const FIRST_PAUSE: i64 = 2;
/// The longest pause after a failure, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;

/// The head of each channel that may be attempted now, in sequence. A head that must wait lets
/// nothing of its channel overtake; channels do not wait for each other.
pub fn ready(outbox: &[Delivery], now: Timestamp) -> Vec<&Delivery> {
    heads(outbox).filter(|head| head.next_attempt <= now).collect()
}

/// When the next head may be attempted; `None` where nothing is waiting.
pub fn next_due(outbox: &[Delivery]) -> Option<Timestamp> {
    heads(outbox).map(|head| head.next_attempt).min()
}

fn heads(outbox: &[Delivery]) -> impl Iterator<Item = &Delivery> {
    let mut open: Vec<&Delivery> = outbox.iter().filter(|delivery| is_open(delivery)).collect();
    open.sort_by_key(|delivery| delivery.sequence);
    let mut channels = BTreeSet::new();
    open.into_iter().filter(move |delivery| channels.insert(delivery.message.channel))
}

fn is_open(delivery: &Delivery) -> bool {
    matches!(delivery.state, DeliveryState::Pending | DeliveryState::Sending(_))
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
}

/// Whether the delivery may be sent or must be looked for first.
pub fn step(delivery: &Delivery, now: Timestamp) -> Step {
    match delivery.state {
        DeliveryState::Sending(since) if now.duration_since(since).abs() > NONCE_HOLDS => {
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
pub fn after(delivery: &Delivery, answer: &Answer, now: Timestamp) -> Delivery {
    let mut next = delivery.clone();
    match answer {
        Answer::Delivered(receipt) => {
            next.attempts += 1;
            next.state = DeliveryState::Sent(receipt.clone());
        }
        // Nothing was tried in earnest, and an earlier attempt is as unknown as before.
        Answer::Wait { until, .. } => next.next_attempt = *until,
        Answer::Retry { maybe_sent, .. } => {
            next.attempts += 1;
            next.next_attempt = next_attempt(&next, now);
            if *maybe_sent {
                next.state = DeliveryState::Sending(begun(delivery).unwrap_or(now));
            }
        }
        // A bad token concerns every message: none is given up for it.
        Answer::Refused { status: 401, .. } => {
            next.attempts += 1;
            next.next_attempt = later(now, LONGEST_PAUSE);
        }
        Answer::Refused { why, .. } => {
            next.attempts += 1;
            next.state = DeliveryState::Dead(why.clone());
        }
    }
    next
}

/// The delivery after the channel was searched for it.
pub fn settle(delivery: &Delivery, lookup: &Lookup, now: Timestamp) -> Delivery {
    let mut next = delivery.clone();
    match lookup {
        Lookup::Found(receipt) => next.state = DeliveryState::Sent(receipt.clone()),
        Lookup::Absent => (next.state, next.next_attempt) = (DeliveryState::Pending, now),
        Lookup::Unreadable(why) => {
            next.state = DeliveryState::Dead(format!(
                "perhaps posted, and not posted again: the answer was lost and the channel cannot be searched ({why})"
            ));
        }
        Lookup::Later(Answer::Wait { until, .. }) => next.next_attempt = *until,
        Lookup::Later(_) => {
            next.attempts += 1;
            next.next_attempt = next_attempt(&next, now);
        }
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

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
