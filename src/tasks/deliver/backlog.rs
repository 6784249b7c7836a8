//! What waited too long becomes a digest before the next attempt.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tracing::info;

use super::Deliver;
use crate::{
    deliver::outbox,
    digest::Channel,
    edition,
    model::{Delivery, DeliveryState, Development, Folding, Message, TellKind},
    render::Occasion,
    state::StateError,
};

impl Deliver {
    /// Folds every backlog of the outbox; says whether there was one. Waits for the disk.
    pub(super) fn fold(&self, outbox: &[Delivery], now: Timestamp) -> Result<bool, StateError> {
        let mut folded = false;
        for members in outbox::backlogs(outbox, now) {
            if let Some(folding) = self.folding(members, now)? {
                let (count, parts) = (folding.members.len(), folding.parts.len());
                let channel = folding.parts[0].message.channel;
                self.store.commit_folding(&folding)?;
                info!(
                    channel.id = channel.0,
                    "{count} messages to channel {channel} waited for more than an hour and became a digest in {parts} parts"
                );
                folded = true;
            }
        }
        Ok(folded)
    }

    /// The digest of these messages, of what they tell as it is known now; `None` where it is there
    /// already, or would tell one development alone.
    fn folding(
        &self,
        members: Vec<Delivery>,
        now: Timestamp,
    ) -> Result<Option<Folding>, StateError> {
        let told = self.told(&members)?;
        let (Some(head), 2..) = (members.first().cloned(), told.len()) else { return Ok(None) };
        let id = head.message.channel;
        let channel = self.channels.iter().find(|channel| channel.id == id).cloned();
        let channel = channel.unwrap_or_else(|| Channel::open(id, "no longer configured"));
        let told: Vec<(&Development, TellKind)> =
            told.iter().map(|(development, kind)| (development, *kind)).collect();
        let parts = edition::digest(&told, &channel, Occasion::Backlog, &self.names);
        let keys = |messages: &mut dyn Iterator<Item = &Message>| {
            messages.map(|message| message.key.clone()).collect::<BTreeSet<_>>()
        };
        let known = keys(&mut members.iter().map(|member| &member.message));
        if keys(&mut parts.iter()) == known {
            return Ok(None);
        }
        let part = |message| Delivery {
            message,
            next_attempt: now,
            state: DeliveryState::Pending,
            ..head.clone()
        };
        let mut folding = Folding { members, parts: parts.into_iter().map(part).collect() };
        for member in &mut folding.members {
            let holds = |part: &&Delivery| {
                let first = member.message.developments.first().map(|it| &it.development);
                part.message.developments.iter().any(|it| Some(&it.development) == first)
            };
            if let Some(part) = folding.parts.iter().find(holds) {
                member.state = DeliveryState::Folded(part.message.key.clone());
            }
        }
        Ok(Some(folding))
    }

    /// What messages tell, each development once: as new, if one of them tells it as new. Nothing
    /// where one of them is not in the state, so that no digest is told without it.
    fn told(&self, members: &[Delivery]) -> Result<Vec<(Development, TellKind)>, StateError> {
        let mut told: Vec<(Development, TellKind)> = Vec::new();
        for telling in members.iter().flat_map(|member| &member.message.developments) {
            match told.iter_mut().find(|(known, _)| known.id == telling.development) {
                Some((_, kind)) => *kind = telling.kind.min(*kind),
                None => match self.store.development(&telling.development)? {
                    Some(development) => told.push((development, telling.kind)),
                    None => return Ok(Vec::new()),
                },
            }
        }
        Ok(told)
    }
}
