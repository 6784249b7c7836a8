//! Writing: complete lists of writes, each in one batch, safe on the disk when the call returns.

use std::{collections::HashSet, sync::PoisonError};

use sled::Batch;

use super::{
    StateError, Store, keys,
    keys::{COMMITS, NEXT_TELL, Table, unreadable},
    open, records,
};
use crate::model::{DevelopmentId, Edition, Intake, Tell, TellKind};

impl Store {
    /// Commits what some fetches caused: each intake whole or not at all, in this order, and all
    /// of them safe once this returns.
    ///
    /// A tell of a development as new is left out where one was committed before.
    pub fn commit_intakes(&self, intakes: &[Intake]) -> Result<(), StateError> {
        self.write(|| intakes.iter().try_for_each(|intake| self.apply(self.batch_of(intake)?)))
    }

    /// Commits a publishing pass: its deliveries enter the outbox under the next sequences, what
    /// messages should read is noted and its tells are done with.
    ///
    /// A delivery whose message key was ever enqueued is left out, so that the same edition may
    /// be committed again; one that a digest covers counts as enqueued with it. The sequences that
    /// its deliveries come with are not used.
    pub fn commit_edition(&self, edition: &Edition) -> Result<(), StateError> {
        self.write(|| {
            let mut batch = Batch::default();
            self.enqueue(edition.deliveries.iter(), &edition.covered, &mut batch)?;
            for wanted in &edition.wanted {
                batch.insert(keys::wanted(&wanted.key), records::message::encode(wanted));
            }
            for row in &edition.released {
                batch.remove(keys::waiting(row));
            }
            for row in &edition.held {
                batch.insert(keys::waiting(row), records::waiting::encode(row));
            }
            self.remove_tells(&edition.done, &mut batch)?;
            self.apply(batch)
        })
    }

    fn batch_of(&self, intake: &Intake) -> Result<Batch, StateError> {
        let mut batch = Batch::default();
        batch.insert(keys::source(&intake.source), records::source::encode(&intake.record));
        if flaw!("validators-first") {
            self.apply(std::mem::take(&mut batch)).and_then(|()| self.0.disk.settle(&self.0.db))?;
        }
        for (rung, mark) in &intake.seen {
            batch.insert(keys::seen(rung), &records::seen::encode(*mark));
        }
        for item in &intake.items {
            batch.insert(keys::item(&item.key), records::item::encode(item));
        }
        for development in &intake.developments {
            let record = records::development::encode(development);
            batch.insert(keys::development(&development.id), record);
        }
        for change in &intake.changes {
            batch.insert(keys::fact(&change.after), records::fact::encode(&change.after));
        }
        self.remember_tells(&intake.tells, &mut batch)?;
        Ok(batch)
    }

    fn remember_tells(&self, tells: &[Tell], batch: &mut Batch) -> Result<(), StateError> {
        if tells.is_empty() {
            return Ok(());
        }
        let mut sequence = self.next(NEXT_TELL)?;
        let mut told: HashSet<&DevelopmentId> = HashSet::new();
        for tell in tells {
            if tell.kind == TellKind::New {
                let mark = keys::told(&tell.development);
                if !told.insert(&tell.development) || self.value(&mark)?.is_some() {
                    continue;
                }
                batch.insert(mark, &[]);
            }
            batch.insert(keys::numbered(Table::Tell, sequence), records::tell::encode(tell));
            sequence += 1;
        }
        batch.insert(keys::meta(NEXT_TELL), &sequence.to_be_bytes());
        Ok(())
    }

    fn remove_tells(&self, done: &[Tell], batch: &mut Batch) -> Result<(), StateError> {
        if done.is_empty() {
            return Ok(());
        }
        let done: HashSet<(&DevelopmentId, TellKind, jiff::Timestamp)> =
            done.iter().map(|tell| (&tell.development, tell.kind, tell.at)).collect();
        for row in self.rows(Table::Tell) {
            let (key, value) = row?;
            let tell = records::tell::decode(&value).map_err(|detail| unreadable(&key, detail))?;
            if done.contains(&(&tell.development, tell.kind, tell.at)) {
                batch.remove(key);
            }
        }
        Ok(())
    }

    /// The next free sequence of a numbered table. They begin at one.
    pub(super) fn next(&self, name: &str) -> Result<u64, StateError> {
        Ok(self.number(&keys::meta(name))?.unwrap_or(1))
    }

    pub(super) fn number(&self, key: &[u8]) -> Result<Option<u64>, StateError> {
        let Some(value) = self.value(key)? else { return Ok(None) };
        let number = keys::number(&value).filter(|_| value.len() == 8);
        number.map(Some).ok_or_else(|| unreadable(key, "it is not eight bytes"))
    }

    /// How many batches were ever applied.
    pub(super) fn commits(&self) -> Result<u64, StateError> {
        Ok(self.number(&keys::meta(COMMITS))?.unwrap_or(0))
    }

    pub(super) fn apply(&self, mut batch: Batch) -> Result<(), StateError> {
        batch.insert(keys::meta(COMMITS), &(self.commits()? + 1).to_be_bytes());
        let directory = self.0.disk.directory();
        point!("state.apply");
        self.0.db.apply_batch(batch).map_err(|error| open::failure(directory, error))?;
        point!("state.applied");
        Ok(())
    }

    /// Makes what `change` reads and writes one step, and what it wrote safe.
    ///
    /// The reason to halt is set before and taken back after, so that a panic in between leaves
    /// it. A record that could not be read halts nothing: its batch was never applied.
    pub(super) fn write(
        &self,
        change: impl FnOnce() -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut halted = self.0.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(detail) = halted.as_ref() {
            return Err(StateError::Halted { detail: detail.clone() });
        }
        *halted = Some("it was cut short".into());
        let done = change()
            .and_then(|()| self.0.disk.settle(&self.0.db))
            .and_then(|()| self.0.disk.note(self.commits()?));
        *halted = match &done {
            Ok(()) | Err(StateError::Record { .. }) => None,
            Err(error) => Some(error.to_string()),
        };
        done
    }
}
