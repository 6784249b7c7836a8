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
    model::{ChannelId, Delivery, DeliveryState, Message, Receipt},
    render::{discord::short_id, plain},
    state::{StateError, Store},
};

/// The channel of messages that are made for stdout. Discord has no channel 0.
pub const TERMINAL: ChannelId = ChannelId(0);

/// Where messages go. One that was made for Discord is never printed in its place: it would count
/// as told, and its channel would not hear of it.
#[derive(Clone, Debug)]
pub enum Outlet {
    /// To Discord, and to stdout what was made for it while there was no token.
    Discord(Arc<Sender>),
    /// To stdout, because there is no channel or no token: what was made for it alone. A message
    /// counts as sent once it was printed, so that it is not printed again.
    Terminal {
        /// Whether stdout is coloured.
        colour: bool,
    },
    /// To stdout, whoever it is for: a dry run, which keeps nothing.
    Rehearsal {
        /// Whether stdout is coloured.
        colour: bool,
    },
}

impl Outlet {
    /// Whether it brings this message out.
    fn takes(&self, delivery: &Delivery) -> bool {
        match self {
            Self::Discord(_) | Self::Rehearsal { .. } => true,
            Self::Terminal { .. } => delivery.message.channel == TERMINAL,
        }
    }
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
    /// How many are left.
    pub waiting: usize,
    /// Why channels stand still.
    pub held: Vec<(ChannelId, String)>,
}

impl Deliver {
    /// Lets what waits for a person be tried at once: for the start of a process.
    pub async fn unpark(&self) -> Result<(), StateError> {
        let store = self.store.clone();
        let again = move || {
            let parked = outbox::unparked(&store.outbox()?, Timestamp::now());
            parked.iter().try_for_each(|delivery| store.record_delivery(delivery))
        };
        blocking(again).await
    }

    /// Attempts whatever is ready until nothing is. Each channel keeps its order and waits for no
    /// other channel.
    pub async fn round(&self) -> Result<Round, StateError> {
        let mut round = Round::default();
        loop {
            let store = self.store.clone();
            let mut outbox = blocking(move || store.outbox()).await?;
            outbox.retain(|delivery| self.outlet.takes(delivery));
            let ready: Vec<Delivery> =
                outbox::ready(&outbox, Timestamp::now()).into_iter().cloned().collect();
            if ready.is_empty() {
                round.next = outbox::next_due(&outbox);
                round.waiting = outbox.len();
                let held = outbox::troubles(&outbox).into_iter();
                round.held =
                    held.map(|(channel, trouble)| (channel, trouble.why.clone())).collect();
                return Ok(round);
            }
            let done = try_join_all(ready.iter().map(|delivery| self.attempt(delivery))).await?;
            for (delivery, why) in done {
                log(&delivery, &why);
                match delivery.state {
                    DeliveryState::Sent(_) => round.sent += 1,
                    DeliveryState::Dead(why) => round.dead.push(why),
                    DeliveryState::Pending | DeliveryState::Sending(_) => {}
                }
            }
        }
    }

    /// Attempts one delivery and records what came of it, which is also said in words.
    async fn attempt(&self, delivery: &Delivery) -> Result<(Delivery, String), StateError> {
        let now = Timestamp::now();
        let (after, why) = match &self.outlet {
            Outlet::Terminal { colour } | Outlet::Rehearsal { colour } => {
                (printed(delivery, *colour, now), "printed".to_owned())
            }
            Outlet::Discord(_) if delivery.message.channel == TERMINAL => {
                (printed(delivery, false, now), "printed".to_owned())
            }
            Outlet::Discord(sender) => match outbox::step(delivery, now) {
                Step::Send => {
                    self.record(outbox::begin(delivery, now)).await?;
                    let answer = sender.attempt(delivery, now).await;
                    (outbox::after(delivery, &answer, now), answer.to_string())
                }
                Step::LookUp { since } => {
                    let lookup = sender.find(&delivery.message, since, now).await;
                    (outbox::settle(delivery, &lookup, Timestamp::now()), lookup.to_string())
                }
            },
        };
        self.record(after.clone()).await?;
        Ok((after, why))
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

fn log(delivery: &Delivery, why: &str) {
    let Delivery { message, attempts, .. } = delivery;
    let (key, what) = (message.key.as_str(), subject(message));
    match &delivery.state {
        DeliveryState::Sent(_) => {
            info!(message.key = key, channel.id = message.channel.0, "{what} arrived");
        }
        DeliveryState::Dead(why) => {
            warn!(
                message.key = key,
                channel.id = message.channel.0,
                "{what} cannot be delivered: {why}"
            );
        }
        DeliveryState::Pending | DeliveryState::Sending(_) => {
            let again = delivery.next_attempt;
            warn!(
                message.key = key,
                channel.id = message.channel.0,
                delivery.attempts = attempts,
                reason = why,
                "{what} waits for channel {} until {again:.0}: {why}",
                message.channel.0
            );
        }
    }
}

/// What a message is about, for a log: the short ids that it tells.
fn subject(message: &Message) -> String {
    let ids = message.developments.iter().map(|telling| short_id(&telling.development));
    match ids.collect::<Vec<_>>() {
        ids if ids.is_empty() => "a notice".to_owned(),
        ids => ids.join(" "),
    }
}
