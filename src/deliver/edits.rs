//! What becomes of a message that should read otherwise than it does. Pure.
//!
//! How a message should read is a state and not a queue: the newest wish counts, however many there
//! were. A message that nobody tried to send yet is sent as wished; one that is under way arrives
//! first. An edit may be repeated at will, and never makes a message: one that was deleted stays so.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::model::{Delivery, DeliveryState, Message, Receipt};

use super::{Answer, outbox};

/// A message is edited at most so often, in seconds.
const BETWEEN_EDITS: i64 = 60;

/// A message and how it should read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The message as it was last accepted.
    pub delivery: Delivery,
    /// How it should read.
    pub wanted: Message,
}

/// What to do about an [`Edit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Ask Discord to change the message of this snowflake.
    Change(u64),
    /// Not before this moment.
    Wait(Timestamp),
    /// When it was sent.
    Hold,
    /// Nothing is to be done: it reads so, or nobody can change it.
    Settled,
}

/// What to do about it now.
pub fn judge(edit: &Edit, now: Timestamp) -> Verdict {
    let Edit { delivery, wanted } = edit;
    match delivery.state {
        DeliveryState::Pending | DeliveryState::Sending(_) => Verdict::Hold,
        DeliveryState::Sent(Receipt { message_id: Some(id), .. })
            if delivery.message.embed != wanted.embed =>
        {
            let due = delivery.next_attempt;
            if due > now { Verdict::Wait(due) } else { Verdict::Change(id) }
        }
        DeliveryState::Sent(_) | DeliveryState::Dead(_) | DeliveryState::Folded(_) => {
            Verdict::Settled
        }
    }
}

/// The edits to attempt now: one a channel, and none in a channel whose head is in trouble, of which
/// it would only learn again.
pub fn ready<'a>(edits: &'a [Edit], outbox: &[Delivery], now: Timestamp) -> Vec<(&'a Edit, u64)> {
    let stuck = |head: &&Delivery| head.next_attempt > now;
    let mut closed: BTreeSet<_> =
        outbox::heads(outbox).filter(stuck).map(|head| head.message.channel).collect();
    let due = edits.iter().filter_map(|edit| match judge(edit, now) {
        Verdict::Change(id) => Some((edit, id)),
        _ => None,
    });
    due.filter(|(edit, _)| closed.insert(edit.wanted.channel)).collect()
}

/// When the next edit is due; `None` where none waits for its time alone.
pub fn next_due(edits: &[Edit], now: Timestamp) -> Option<Timestamp> {
    let due = edits.iter().filter_map(|edit| match judge(edit, now) {
        Verdict::Wait(until) => Some(until),
        _ => None,
    });
    due.min()
}

/// The message after an attempt to change it, and whether the wish is settled by it.
pub fn after(edit: &Edit, answer: &Answer, now: Timestamp) -> (Delivery, bool) {
    let mut next = edit.delivery.clone();
    match answer {
        Answer::Delivered(_) => {
            next.message = edit.wanted.clone();
            next.attempts = 0;
            next.last_trouble = None;
            next.next_attempt = outbox::later(now, BETWEEN_EDITS);
            return (next, true);
        }
        Answer::Deleted => {
            next.state = DeliveryState::Sent(Receipt { message_id: None, at: now });
            next.last_trouble = None;
            return (next, true);
        }
        Answer::Wait { until, .. } => outbox::limited(&mut next, *until),
        Answer::Refused { .. } if answer.is_about_the_message() => return (next, true),
        Answer::Retry { .. } | Answer::Refused { .. } => {
            outbox::set_back(&mut next, answer, now);
            next.next_attempt = next.next_attempt.max(outbox::later(now, BETWEEN_EDITS));
        }
    }
    (next, false)
}

/// The delivery as it is sent: as wished, where nothing of it can have left.
pub fn freshened(delivery: &Delivery, wanted: Option<&Message>) -> Delivery {
    let mut fresh = delivery.clone();
    if let (DeliveryState::Pending, Some(wanted)) = (&delivery.state, wanted) {
        fresh.message.embed = wanted.embed.clone();
    }
    fresh
}

#[cfg(test)]
mod tests;
