//! Reading. Every record that cannot be read is an error that names it: a record that were
//! skipped would be a development forgotten or told again.

use std::{collections::HashMap, ops::Bound};

use sled::IVec;

use super::{
    StateError, Store, keys,
    keys::{Table, unreadable},
    open,
    records::{self, Unreadable},
};
use crate::model::{
    ChannelId, Delivery, Development, DevelopmentId, Fact, Item, ItemKey, Kind, Message,
    MessageKey, Origin, SeenMark, SourceId, SourceRecord, Spell, Standing, Subject, Tell, Waiting,
};

impl Store {
    /// What is remembered of a source; `None` before its first poll.
    pub fn source_record(&self, source: &SourceId) -> Result<Option<SourceRecord>, StateError> {
        self.one(&keys::source(source), records::source::decode)
    }

    /// What is remembered of every source that was ever polled, by id.
    pub fn source_records(&self) -> Result<Vec<(SourceId, SourceRecord)>, StateError> {
        self.rows(Table::Source)
            .map(|row| {
                let (key, value) = row?;
                let id = keys::text(&key).ok_or_else(|| unreadable(&key, "no such id"))?;
                Ok((id.into(), read(&key, &value, records::source::decode)?))
            })
            .collect()
    }

    /// The marks of those of the items that were seen.
    pub fn seen(&self, rungs: &[ItemKey]) -> Result<HashMap<ItemKey, SeenMark>, StateError> {
        let mut marks = HashMap::with_capacity(rungs.len());
        for rung in rungs {
            if let Some(mark) = self.one(&keys::seen(rung), records::seen::decode)? {
                marks.insert(*rung, mark);
            }
        }
        Ok(marks)
    }

    /// The archived item of this key.
    pub fn item(&self, item: &ItemKey) -> Result<Option<Item>, StateError> {
        self.one(&keys::item(item), records::item::decode)
    }

    /// The archive, one item after the other, in no meaningful order.
    pub fn items(&self) -> impl Iterator<Item = Result<Item, StateError>> + '_ {
        self.read(Table::Item, records::item::decode)
    }

    /// At most `limit` items of the archive as lines, in the order of their keys, after the item of
    /// that key; for handing the archive on in parts.
    pub fn item_lines(
        &self,
        after: Option<&ItemKey>,
        limit: usize,
    ) -> Result<Vec<(ItemKey, String)>, StateError> {
        let rows = self.rows_after(Table::Item, after.map(keys::item));
        rows.take(limit)
            .map(|row| {
                let (key, value) = row?;
                let item = read(&key, &value, records::item::decode)?;
                Ok((item.key, String::from_utf8_lossy(&value).into_owned()))
            })
            .collect()
    }

    /// Every development, by id.
    pub fn developments(&self) -> Result<Vec<Development>, StateError> {
        self.read(Table::Development, records::development::decode).collect()
    }

    /// The development of this id.
    pub fn development(&self, id: &DevelopmentId) -> Result<Option<Development>, StateError> {
        self.one(&keys::development(id), records::development::decode)
    }

    /// Every row of the ledger that was learned, the earliest first. The baseline is not stored.
    pub fn facts(&self) -> Result<Vec<Fact>, StateError> {
        let facts = self.read(Table::Fact, records::fact::decode);
        let mut facts: Vec<Fact> = facts.collect::<Result<_, _>>()?;
        facts.sort_by_key(|fact| fact.since);
        Ok(facts)
    }

    /// What the channels have yet to hear of, in the order in which it was decided.
    pub fn untold(&self) -> Result<Vec<Tell>, StateError> {
        self.read(Table::Tell, records::tell::decode).collect()
    }

    /// What channels hear later: by channel, and there in the order of decision.
    pub fn waiting(&self) -> Result<Vec<Waiting>, StateError> {
        self.read(Table::Waiting, records::waiting::decode).collect()
    }

    /// Whether a message of this key was ever enqueued, or is told in a digest.
    pub fn is_enqueued(&self, key: &MessageKey) -> Result<bool, StateError> {
        Ok(self.value(&keys::message(key))?.is_some())
    }

    /// Deliveries still to be made, in the order in which they were enqueued.
    pub fn outbox(&self) -> Result<Vec<Delivery>, StateError> {
        self.read(Table::Outbox, records::delivery::decode).collect()
    }

    /// How messages that were enqueued should read now, as far as that is not settled.
    pub fn wanted(&self) -> Result<Vec<Message>, StateError> {
        self.read(Table::Wanted, records::message::decode).collect()
    }

    /// How this message should read now, as far as that is not settled.
    pub fn wanted_of(&self, message: &MessageKey) -> Result<Option<Message>, StateError> {
        self.one(&keys::wanted(message), records::message::decode)
    }

    /// The first message that tells this development in this channel.
    pub fn heard(
        &self,
        channel: ChannelId,
        development: &DevelopmentId,
    ) -> Result<Option<MessageKey>, StateError> {
        let mark = self.value(&keys::heard(channel, development))?;
        Ok(mark.map(|key| String::from_utf8_lossy(&key).into_owned().into()))
    }

    /// The trouble by which this stands still.
    pub fn spell(&self, of: Standing) -> Result<Option<Spell>, StateError> {
        self.one(&keys::spell(of), records::spell::decode)
    }

    /// The developments that brought the persons, case or states of this one to where they were
    /// before it, the latest first.
    pub fn earlier(&self, of: &Development) -> Result<Vec<DevelopmentId>, StateError> {
        let Some(body) = &of.body else { return Ok(Vec::new()) };
        let persons = of.persons.iter().cloned().map(Subject::Person);
        let case = of.case.iter().cloned().map(Subject::Case);
        let states = of.states.iter().copied().map(Subject::State);
        let kinds = Kind::ALL.iter().copied();
        let mut facts = Vec::new();
        for subject in persons.chain(case).chain(states) {
            // What else a state did before a body is no earlier stage; a case has one history.
            let of_state = matches!(subject, Subject::State(_));
            for kind in kinds.clone().filter(|kind| !of_state || *kind == of.step.kind) {
                let prefix = keys::facts_of(kind, body, &subject);
                for row in self.0.db.scan_prefix(prefix) {
                    let (key, value) =
                        row.map_err(|error| open::failure(self.0.disk.directory(), error))?;
                    facts.push(read(&key, &value, records::fact::decode)?);
                }
            }
        }
        facts.retain(|fact: &Fact| fact.since <= of.date && fact.step != of.step);
        facts.sort_by_key(|fact| std::cmp::Reverse(fact.since));
        let origin = |fact: Fact| match fact.origin {
            Origin::Development(id) if id != of.id => Some(id),
            _ => None,
        };
        Ok(facts.into_iter().filter_map(origin).collect())
    }

    /// The `limit` newest deliveries, in whatever state, newest first.
    pub fn deliveries(&self, limit: usize) -> Result<Vec<Delivery>, StateError> {
        let mut newest = Vec::new();
        for table in [Table::Outbox, Table::Sent, Table::Dead] {
            for row in self.rows(table).rev().take(limit) {
                let (key, value) = row?;
                newest.push(read(&key, &value, records::delivery::decode)?);
            }
        }
        newest.sort_by_key(|delivery| std::cmp::Reverse(delivery.sequence));
        newest.truncate(limit);
        Ok(newest)
    }

    /// The rows of a table in the order of their keys.
    pub(super) fn rows(
        &self,
        table: Table,
    ) -> impl DoubleEndedIterator<Item = Result<(IVec, IVec), StateError>> + '_ {
        let directory = self.0.disk.directory();
        let rows = self.0.db.scan_prefix([table as u8]);
        rows.map(|row| row.map_err(|error| open::failure(directory, error)))
    }

    /// The rows of a table whose keys come after this one.
    fn rows_after(
        &self,
        table: Table,
        after: Option<Vec<u8>>,
    ) -> impl Iterator<Item = Result<(IVec, IVec), StateError>> + '_ {
        let directory = self.0.disk.directory();
        let first = after.map_or(Bound::Included(vec![table as u8]), Bound::Excluded);
        let end = Bound::Excluded(vec![table as u8 + 1]);
        let rows = self.0.db.range::<Vec<u8>, _>((first, end));
        rows.map(|row| row.map_err(|error| open::failure(directory, error)))
    }

    /// The value under a key.
    pub(super) fn value(&self, key: &[u8]) -> Result<Option<IVec>, StateError> {
        self.0.db.get(key).map_err(|error| open::failure(self.0.disk.directory(), error))
    }

    fn one<T>(&self, key: &[u8], decode: Decode<T>) -> Result<Option<T>, StateError> {
        self.value(key)?.map(|value| read(key, &value, decode)).transpose()
    }

    fn read<T>(
        &self,
        table: Table,
        decode: Decode<T>,
    ) -> impl Iterator<Item = Result<T, StateError>> + '_
    where
        T: 'static,
    {
        self.rows(table).map(move |row| {
            let (key, value) = row?;
            read(&key, &value, decode)
        })
    }
}

/// Reads a line of [`Store::item_lines`].
pub fn item_of_line(line: &str) -> Result<Item, String> {
    records::item::decode(line.as_bytes())
}

type Decode<T> = fn(&[u8]) -> Result<T, Unreadable>;

fn read<T>(key: &[u8], value: &[u8], decode: Decode<T>) -> Result<T, StateError> {
    decode(value).map_err(|detail| unreadable(key, detail))
}
