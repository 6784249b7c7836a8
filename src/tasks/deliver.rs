//! The deliver loop: bring messages from the outbox to where they are read. It alone writes a
//! delivery once it exists.
//!
//! What is attempted next and what an answer means is decided by `deliver::outbox`; here is the
//! clock, the waiting and the recording.

use std::{
    io::{Write, stdout},
    sync::Arc,
};

use futures_util::future::try_join_all;
use jiff::Timestamp;
use tracing::{info, warn};

use super::blocking;
use crate::{
    deliver::{
        Sender,
        outbox::{self, Step},
    },
    model::{Delivery, DeliveryState, Receipt},
    render::plain,
    state::{StateError, Store},
};

/// Where messages go.
#[derive(Clone, Debug)]
pub enum Outlet {
    /// To Discord.
    Discord(Arc<Sender>),
    /// To stdout, because there is no channel or no token. A message counts as sent once it was
    /// printed, so that it is not printed again.
    Terminal {
        /// Whether stdout is coloured.
        colour: bool,
    },
}

/// The deliver loop between two turns.
#[derive(Clone, Debug)]
pub struct Deliver {
    /// Whose outbox.
    pub store: Store,
    /// Where to.
    pub outlet: Outlet,
}

/// What came of bringing out everything that was ready.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many arrived.
    pub sent: usize,
    /// Why others never will.
    pub dead: Vec<String>,
    /// When the next one may be tried; `None` where none is left.
    pub next: Option<Timestamp>,
}

impl Deliver {
    /// Attempts whatever is ready until nothing is. Each channel keeps its order and waits for no
    /// other channel.
    pub async fn round(&self) -> Result<Round, StateError> {
        let mut round = Round::default();
        loop {
            let store = self.store.clone();
            let outbox = blocking(move || store.outbox()).await?;
            let ready: Vec<Delivery> =
                outbox::ready(&outbox, Timestamp::now()).into_iter().cloned().collect();
            if ready.is_empty() {
                round.next = outbox::next_due(&outbox);
                return Ok(round);
            }
            let done = try_join_all(ready.iter().map(|delivery| self.attempt(delivery))).await?;
            for delivery in done {
                log(&delivery);
                match delivery.state {
                    DeliveryState::Sent(_) => round.sent += 1,
                    DeliveryState::Dead(why) => round.dead.push(why),
                    DeliveryState::Pending | DeliveryState::Sending(_) => {}
                }
            }
        }
    }

    /// Attempts one delivery and records what came of it.
    async fn attempt(&self, delivery: &Delivery) -> Result<Delivery, StateError> {
        let now = Timestamp::now();
        let after = match &self.outlet {
            Outlet::Terminal { colour } => printed(delivery, *colour, now),
            Outlet::Discord(sender) => match outbox::step(delivery, now) {
                Step::Send => {
                    self.record(outbox::begin(delivery, now)).await?;
                    let answer = sender.attempt(delivery, now).await;
                    outbox::after(delivery, &answer, now)
                }
                Step::LookUp { since } => {
                    let lookup = sender.find(&delivery.message, since, now).await;
                    outbox::settle(delivery, &lookup, Timestamp::now())
                }
            },
        };
        self.record(after.clone()).await?;
        Ok(after)
    }

    async fn record(&self, delivery: Delivery) -> Result<(), StateError> {
        let store = self.store.clone();
        blocking(move || store.record_delivery(&delivery)).await
    }
}

/// Prints a message. A reader who left (`… | head`) has seen enough of it.
fn printed(delivery: &Delivery, colour: bool, now: Timestamp) -> Delivery {
    let _ = writeln!(stdout().lock(), "{}", plain::block(&delivery.message, colour));
    let state = DeliveryState::Sent(Receipt { message_id: None, at: now });
    Delivery { state, attempts: delivery.attempts + 1, ..delivery.clone() }
}

fn log(delivery: &Delivery) {
    let Delivery { message, attempts, .. } = delivery;
    let (key, development) = (message.key.as_str(), message.development.as_str());
    match &delivery.state {
        DeliveryState::Sent(_) => {
            info!(
                message.key = key,
                development.id = development,
                channel.id = message.channel.0,
                "#{development} arrived"
            );
        }
        DeliveryState::Dead(why) => {
            warn!(
                message.key = key,
                development.id = development,
                channel.id = message.channel.0,
                "#{development} cannot be delivered: {why}"
            );
        }
        DeliveryState::Pending | DeliveryState::Sending(_) => {
            let again = delivery.next_attempt;
            warn!(
                message.key = key,
                development.id = development,
                channel.id = message.channel.0,
                delivery.attempts = attempts,
                "#{development} waits until {again:.0}"
            );
        }
    }
}
