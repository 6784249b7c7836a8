//! The deliver loop: bring messages from the outbox to where they are read, and make those that
//! arrived read as they should. It alone writes a delivery once it exists.
//!
//! What is attempted next and what an answer means is decided by `deliver::outbox` and
//! `deliver::edits`; here is the recording. The clock is an argument, read before every attempt.

mod backlog;
mod log;
mod outlet;
mod trouble;

use std::sync::Arc;

use futures_util::future::{try_join, try_join_all};
use jiff::Timestamp;

use super::blocking;
use crate::{
    deliver::{
        Lookup,
        edits::{self, Edit, Verdict},
        outbox::{self, Step},
    },
    digest::Channel,
    model::{Attempt, ChannelId, Delivery, DeliveryState},
    render::Names,
    state::{StateError, Store},
};

pub use outlet::{Outlet, TERMINAL};

/// The deliver loop between two turns.
#[derive(Clone, Debug)]
pub struct Deliver {
    /// Whose outbox.
    pub store: Store,
    /// Where to.
    pub outlet: Outlet,
    /// The channels as configured.
    pub channels: Arc<[Channel]>,
    /// What things are called.
    pub names: Arc<Names>,
    /// Who is told of trouble.
    pub operators: Option<ChannelId>,
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
    pub async fn unpark(&self, now: Timestamp) -> Result<(), StateError> {
        let store = self.store.clone();
        let again = move || {
            let parked = outbox::unparked(&store.outbox()?, now);
            parked.iter().try_for_each(|delivery| store.record_delivery(delivery))
        };
        blocking(again).await
    }

    /// Attempts whatever is ready until nothing is. Each channel keeps its order and waits for no
    /// other channel.
    pub async fn round(&self, clock: impl Fn() -> Timestamp) -> Result<Round, StateError> {
        let mut round = Round::default();
        loop {
            let now = clock();
            let (outbox, wishes) = self.look(now).await?;
            let ready = outbox::ready(&outbox, now);
            let changes = edits::ready(&wishes, &outbox, now);
            if ready.is_empty() && changes.is_empty() {
                let due = [outbox::next_due(&outbox), edits::next_due(&wishes, now)];
                round.next = due.into_iter().flatten().min();
                round.waiting = outbox.len();
                let held = outbox::troubles(&outbox).into_iter();
                round.held =
                    held.map(|(channel, trouble)| (channel, trouble.why.clone())).collect();
                return Ok(round);
            }
            let posts = try_join_all(ready.iter().map(|delivery| self.attempt(delivery, now)));
            let changes = try_join_all(changes.iter().map(|(edit, id)| self.edit(edit, *id, now)));
            for state in try_join(posts, changes).await?.0 {
                match state {
                    DeliveryState::Sent(_) => round.sent += 1,
                    DeliveryState::Dead(why) => round.dead.push(why),
                    _ => {}
                }
            }
        }
    }

    /// What is to be sent and what should read otherwise, once what waited too long is folded and
    /// without what is settled.
    async fn look(&self, now: Timestamp) -> Result<(Vec<Delivery>, Vec<Edit>), StateError> {
        let this = self.clone();
        let look = move || {
            // What is printed is printed one by one, and stays as it is.
            let is_discord = matches!(this.outlet, Outlet::Discord(_));
            let mut outbox = this.store.outbox()?;
            if is_discord && this.fold(&outbox, now)? {
                outbox = this.store.outbox()?;
            }
            outbox.retain(|delivery| this.outlet.takes(&delivery.message));
            let wanted = if is_discord { this.store.wanted()? } else { Vec::new() };
            let mut wishes = Vec::new();
            for wanted in wanted {
                let Some(delivery) = this.store.delivery(&wanted.key)? else { continue };
                let edit = Edit { delivery, wanted };
                if edits::judge(&edit, now) == Verdict::Settled {
                    this.store.forget_wanted(&edit.wanted)?;
                } else {
                    wishes.push(edit);
                }
            }
            Ok((outbox, wishes))
        };
        blocking(look).await
    }

    /// Attempts one delivery and records what came of it.
    async fn attempt(
        &self,
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<DeliveryState, StateError> {
        let sender = match &self.outlet {
            Outlet::Discord(sender) if delivery.message.channel != TERMINAL => sender,
            other => {
                let printed = outlet::printed(delivery, other.colour(), now);
                return self.record(printed, None, "printed", now).await;
            }
        };
        let guard = sender.guard(delivery.message.channel);
        match outbox::step(delivery, guard, now) {
            Step::Send => {
                let (delivery, reply_to) = self.begin(delivery, now).await?;
                point!("deliver.begun");
                let answer = sender.attempt(&delivery, reply_to, now).await;
                point!("deliver.answered");
                let after = outbox::after(&delivery, &answer, guard, now);
                let why = answer.to_string();
                self.record(after, Some(answer), &why, now).await
            }
            Step::GiveUp => {
                let why = "an attempt by a webhook has an unknown outcome";
                self.record(outbox::given_up(delivery), None, why, now).await
            }
            Step::LookUp { since } => {
                let lookup = sender.find(&delivery.message, since, now).await;
                point!("deliver.found");
                let after = outbox::settle(delivery, &lookup, now);
                let why = lookup.to_string();
                let answer = match lookup {
                    Lookup::Later(answer) => Some(answer),
                    _ => None,
                };
                self.record(after, answer, &why, now).await
            }
        }
    }

    /// Records durably that an attempt begins. Gives the delivery as it leaves but in its state of
    /// before, and the snowflake that it answers.
    async fn begin(
        &self,
        delivery: &Delivery,
        now: Timestamp,
    ) -> Result<(Delivery, Option<u64>), StateError> {
        let (store, delivery) = (self.store.clone(), delivery.clone());
        let begin = move || {
            let settled = store.wanted_of(&delivery.message.key)?;
            let fresh = edits::freshened(&delivery, settled.as_ref());
            let settled = settled.filter(|wanted| wanted.embed == fresh.message.embed);
            let begun = outbox::begin(&fresh, now);
            if !flaw!("unrecorded-attempt") {
                store.commit_attempt(&Attempt { settled, ..begun.into() })?;
            }
            let answered = fresh.message.reply_to.as_ref().map(|key| store.arrived(key));
            Ok((fresh, answered.transpose()?.flatten()))
        };
        blocking(begin).await
    }

    /// Attempts one edit and records what came of it.
    async fn edit(&self, edit: &Edit, id: u64, now: Timestamp) -> Result<(), StateError> {
        let Outlet::Discord(sender) = &self.outlet else { return Ok(()) };
        let answer = sender.edit(&edit.wanted, id, now).await;
        point!("edit.answered");
        let (after, is_settled) = edits::after(edit, &answer, now);
        log::edit(&after, is_settled, &answer.to_string());
        let (this, wanted) = (self.clone(), edit.wanted.clone());
        let record = move || {
            let attempt = this.outcome(after, Some(&answer), now)?;
            this.store.commit_attempt(&Attempt { settled: is_settled.then_some(wanted), ..attempt })
        };
        blocking(record).await
    }

    /// Records what came of an attempt to send.
    async fn record(
        &self,
        after: Delivery,
        answer: Option<crate::deliver::Answer>,
        why: &str,
        now: Timestamp,
    ) -> Result<DeliveryState, StateError> {
        log::delivery(&after, why);
        let state = after.state.clone();
        let this = self.clone();
        let record = move || {
            let attempt = this.outcome(after, answer.as_ref(), now)?;
            this.store.commit_attempt(&attempt)
        };
        blocking(record).await?;
        point!("deliver.recorded");
        Ok(state)
    }
}
