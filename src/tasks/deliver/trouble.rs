//! Which trouble an attempt began or ended, and what the operators are told of it.

use jiff::Timestamp;
use tracing::{info, warn};

use super::Deliver;
use crate::{
    deliver::Answer,
    edition,
    model::{Attempt, ChannelId, Delivery, DeliveryState, Message, Spell, Standing, Turn},
    render::Notice,
    state::StateError,
};

impl Deliver {
    /// Everything to be written of an attempt that ended in this state of the delivery. `answer` is
    /// what Discord said, where it was asked to take a message. Waits for the disk.
    pub(super) fn outcome(
        &self,
        after: Delivery,
        answer: Option<&Answer>,
        now: Timestamp,
    ) -> Result<Attempt, StateError> {
        let mut attempt = Attempt::from(after);
        let channel = attempt.delivery.message.channel;
        match answer {
            Some(Answer::Delivered(_)) => {
                for of in [Standing::Bot, Standing::Channel(channel)] {
                    let spell = self.store.spell(of)?;
                    attempt.turns.extend(spell.map(|spell| self.turn(spell, true, channel, now)));
                }
            }
            Some(answer) => {
                if let Some(status) = answer.refusal() {
                    let of_the_bot = status == 401 && !self.outlet.is_webhook(channel);
                    let of = if of_the_bot { Standing::Bot } else { Standing::Channel(channel) };
                    if self.store.spell(of)?.is_none() {
                        let spell = Spell { of, since: now, why: answer.to_string() };
                        attempt.turns.push(self.turn(spell, false, channel, now));
                    }
                }
            }
            None => {}
        }
        if let DeliveryState::Dead(why) = &attempt.delivery.state {
            let message = &attempt.delivery.message;
            let what = Notice::Undelivered { message, why };
            attempt.notice = self.notice(&what, channel, now);
        }
        Ok(attempt)
    }

    fn turn(&self, spell: Spell, is_over: bool, channel: ChannelId, now: Timestamp) -> Turn {
        let place = self.place(channel);
        let notice = if is_over {
            info!(channel.id = channel.0, "{place} takes messages again");
            self.notice(&Notice::Resumed(&spell), channel, now)
        } else {
            let why = &spell.why;
            warn!(channel.id = channel.0, reason = why, "{place} stands still: {why}");
            self.notice(&Notice::Stopped(&spell), channel, now)
        };
        Turn { spell, is_over, notice }
    }

    /// A notice to the operators' channel, unless there is none or it is the one in trouble.
    fn notice(&self, what: &Notice<'_>, channel: ChannelId, now: Timestamp) -> Option<Delivery> {
        let of_the_bot = matches!(
            what,
            Notice::Stopped(Spell { of: Standing::Bot, .. })
                | Notice::Resumed(Spell { of: Standing::Bot, .. })
        );
        let operators = self.operators.filter(|it| of_the_bot || *it != channel)?;
        let message: Message = edition::notice(what, &self.place(channel), operators);
        Some(edition::delivery(message, now))
    }

    /// What a channel is called.
    fn place(&self, channel: ChannelId) -> String {
        let named = self.channels.iter().find(|one| one.id == channel);
        named.map_or_else(|| format!("channel {channel}"), |one| one.name.clone())
    }
}
