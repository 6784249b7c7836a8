//! The outbox: what enters it, how far each message is, and what takes a message's place.

use std::collections::HashSet;

use sled::Batch;

use super::{
    StateError, Store, keys,
    keys::{NEXT_DELIVERY, Table, unreadable},
    records,
};
use crate::model::{Attempt, Delivery, DeliveryState, Folding, Message, MessageKey, Turn};

impl Store {
    /// Records how far a delivery is. One that is [`DeliveryState::Sent`] or
    /// [`DeliveryState::Dead`] leaves the outbox.
    pub fn record_delivery(&self, delivery: &Delivery) -> Result<(), StateError> {
        self.commit_attempt(&delivery.clone().into())
    }

    /// Commits what an attempt caused. What is wanted of its message is forgotten only where it is
    /// still what was settled. Trouble that is known already does not begin again.
    pub fn commit_attempt(&self, attempt: &Attempt) -> Result<(), StateError> {
        self.write(|| {
            let mut batch = Batch::default();
            self.place(&attempt.delivery, &mut batch)?;
            if let Some(settled) = &attempt.settled {
                self.settle(settled, &mut batch)?;
            }
            let mut notices: Vec<&Delivery> = attempt.notice.iter().collect();
            for Turn { spell, is_over, notice } in &attempt.turns {
                let key = keys::spell(spell.of);
                if self.value(&key)?.is_some() != *is_over {
                    continue;
                }
                notices.extend(notice);
                if *is_over {
                    batch.remove(key);
                } else {
                    batch.insert(key, records::spell::encode(spell));
                }
            }
            self.enqueue(notices.into_iter(), &[], &mut batch)?;
            self.apply(batch)
        })
    }

    /// Forgets that a message should read so, where nothing can or need be done about it.
    pub fn forget_wanted(&self, settled: &Message) -> Result<(), StateError> {
        self.write(|| {
            let mut batch = Batch::default();
            self.settle(settled, &mut batch)?;
            self.apply(batch)
        })
    }

    /// Forgets a wish, unless another one took its place meanwhile.
    fn settle(&self, settled: &Message, batch: &mut Batch) -> Result<(), StateError> {
        let key = keys::wanted(&settled.key);
        if self.value(&key)?.is_some_and(|now| *now == *records::message::encode(settled)) {
            batch.remove(key);
        }
        Ok(())
    }

    /// Commits a digest in the place of messages that wait. Where it has more parts than they were,
    /// what waits behind them in their channel moves back.
    pub fn commit_folding(&self, folding: &Folding) -> Result<(), StateError> {
        self.write(|| {
            let mut batch = Batch::default();
            let Some(last) = folding.members.last() else { return Ok(()) };
            let behind = self.outbox()?.into_iter().filter(|one| {
                one.message.channel == last.message.channel && one.sequence > last.sequence
            });
            let spare = folding.parts.len() > folding.members.len();
            let behind: Vec<Delivery> = behind.filter(|_| spare).collect();
            let mut free = self.next(NEXT_DELIVERY)?;
            let places = folding.members.iter().chain(&behind).map(|one| one.sequence);
            let mut places: Vec<u64> = places.collect();
            while places.len() < folding.parts.len() + behind.len() {
                places.push(free);
                free += 1;
            }
            batch.insert(keys::meta(NEXT_DELIVERY), &free.to_be_bytes());
            for member in &folding.members {
                batch.remove(keys::numbered(Table::Outbox, member.sequence));
                // A part that stays as it was is still to be sent.
                if !folding.parts.iter().any(|part| part.message.key == member.message.key) {
                    self.place(member, &mut batch)?;
                }
            }
            for (sequence, one) in places.into_iter().zip(folding.parts.iter().chain(&behind)) {
                let one = Delivery { sequence, ..one.clone() };
                let row = keys::numbered(Table::Outbox, sequence);
                batch.insert(row, records::delivery::encode(&one));
                batch.insert(keys::message(&one.message.key), &sequence.to_be_bytes());
            }
            self.apply(batch)
        })
    }

    /// The delivery under this key, in whatever state.
    pub fn delivery(&self, message: &MessageKey) -> Result<Option<Delivery>, StateError> {
        let Some(sequence) = self.number(&keys::message(message))? else { return Ok(None) };
        let rows = [Table::Outbox, Table::Sent, Table::Dead].map(|it| keys::numbered(it, sequence));
        // A digest took the sequence of its first member.
        for key in [keys::folded(message)].into_iter().chain(rows) {
            let Some(value) = self.value(&key)? else { continue };
            let found = records::delivery::decode(&value).map_err(|it| unreadable(&key, it))?;
            if found.message.key == *message {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The snowflake under which people see the message of this key: its own, or that of the
    /// digest that tells it. `None` where there is none.
    pub fn arrived(&self, message: &MessageKey) -> Result<Option<u64>, StateError> {
        let mut key = message.clone();
        let mut met = HashSet::new();
        while met.insert(key.clone()) {
            match self.delivery(&key)?.map(|delivery| delivery.state) {
                Some(DeliveryState::Sent(receipt)) => return Ok(receipt.message_id),
                Some(DeliveryState::Folded(into)) => key = into,
                _ => break,
            }
        }
        Ok(None)
    }

    /// Puts deliveries in. One whose key was ever enqueued is left out; a key that one of them
    /// covers counts as enqueued with it.
    pub(super) fn enqueue<'a>(
        &self,
        deliveries: impl Iterator<Item = &'a Delivery>,
        covered: &[(MessageKey, MessageKey)],
        batch: &mut Batch,
    ) -> Result<(), StateError> {
        let first = self.next(NEXT_DELIVERY)?;
        let mut sequence = first;
        let mut enqueued = HashSet::new();
        let mut heard = HashSet::new();
        for delivery in deliveries {
            let message = keys::message(&delivery.message.key);
            if !enqueued.insert(&delivery.message.key) || self.value(&message)?.is_some() {
                continue;
            }
            let placed = Delivery { sequence, ..delivery.clone() };
            let key = keys::numbered(Table::Outbox, sequence);
            batch.insert(key, records::delivery::encode(&placed));
            let own = covered.iter().filter(|(_, by)| *by == delivery.message.key);
            let keys = own.map(|(key, _)| keys::message(key)).chain([message]);
            keys.for_each(|key| batch.insert(key, &sequence.to_be_bytes()));
            for telling in &delivery.message.developments {
                let mark = keys::heard(delivery.message.channel, &telling.development);
                if heard.insert(mark.clone()) && self.value(&mark)?.is_none() {
                    batch.insert(mark, delivery.message.key.as_str().as_bytes());
                }
            }
            sequence += 1;
        }
        if sequence > first {
            batch.insert(keys::meta(NEXT_DELIVERY), &sequence.to_be_bytes());
        }
        Ok(())
    }

    /// Writes a delivery that was enqueued into the table of its state.
    fn place(&self, delivery: &Delivery, batch: &mut Batch) -> Result<(), StateError> {
        let key = keys::message(&delivery.message.key);
        let sequence = self.number(&key)?;
        if sequence != Some(delivery.sequence) {
            let detail = match sequence {
                Some(other) => format!("it has sequence {other}, not {}", delivery.sequence),
                None => "it was never enqueued".into(),
            };
            return Err(unreadable(&key, detail));
        }
        for table in [Table::Outbox, Table::Sent, Table::Dead] {
            batch.remove(keys::numbered(table, delivery.sequence));
        }
        let table = match delivery.state {
            DeliveryState::Pending | DeliveryState::Sending(_) => Table::Outbox,
            DeliveryState::Sent(_) => Table::Sent,
            DeliveryState::Dead(_) => Table::Dead,
            DeliveryState::Folded(_) => {
                let row = keys::folded(&delivery.message.key);
                batch.insert(row, records::delivery::encode(delivery));
                return Ok(());
            }
        };
        let row = keys::numbered(table, delivery.sequence);
        batch.insert(row, records::delivery::encode(delivery));
        Ok(())
    }
}
