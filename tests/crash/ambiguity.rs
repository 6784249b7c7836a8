//! What was unknown at a death: messages that were being sent, and how far they had come. Without
//! such cases it would mean nothing that nothing was said twice.

use std::{collections::HashMap, fmt, ops::AddAssign};

use haguewatch::model::DeliveryState;

use crate::{town::Town, world::discord::Attempt};

/// How often each case was met.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Classes {
    /// The attempt was recorded, and Discord never saw it.
    pub(crate) not_sent: usize,
    /// Discord accepted it, and its answer was held back, lost or a failure.
    pub(crate) unanswered: usize,
    /// Discord accepted and answered it, and the answer was not recorded.
    pub(crate) unrecorded: usize,
}

impl AddAssign for Classes {
    fn add_assign(&mut self, other: Self) {
        self.not_sent += other.not_sent;
        self.unanswered += other.unanswered;
        self.unrecorded += other.unrecorded;
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { not_sent, unanswered, unrecorded } = self;
        let sum = not_sent + unanswered + unrecorded;
        write!(
            f,
            "{sum} ambiguous ({not_sent} recorded and not sent, {unanswered} accepted and unanswered, {unrecorded} answered and unrecorded)"
        )
    }
}

/// What the life that began after so many attempts left unknown.
pub(crate) fn after_death(town: &Town, attempts_before: usize) -> Result<Classes, String> {
    let outbox = town.known()?.outbox().map_err(|error| error.to_string())?;
    let attempts = town.discord.attempts();
    let tried: HashMap<Option<&str>, &Attempt> = attempts[attempts_before..]
        .iter()
        .map(|attempt| (attempt.nonce.as_deref(), attempt))
        .collect();
    let mut classes = Classes::default();
    for delivery in outbox {
        if !matches!(delivery.state, DeliveryState::Sending(_)) {
            continue;
        }
        match tried.get(&Some(delivery.message.key.as_str())) {
            Some(attempt) if attempt.answered => classes.unrecorded += 1,
            Some(_) => classes.unanswered += 1,
            None => classes.not_sent += 1,
        }
    }
    Ok(classes)
}
