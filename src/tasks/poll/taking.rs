//! Taking in: what is remembered, and what a group of answers adds to it.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use tracing::error;

use super::Means;
use crate::{
    intake::{self, Context, Memory},
    ledger::Ledger,
    model::{Cause, Failure, Fetched, Intake, Outcome, SourceId, SourceRecord},
    schedule,
    state::{StateError, Store},
};

/// What the loop remembers of the store.
#[derive(Debug)]
pub(super) struct Mind {
    pub(super) records: HashMap<SourceId, SourceRecord>,
    ledger: Ledger,
    /// How many problems each source's last readable document had.
    losses: HashMap<SourceId, usize>,
}

/// What came of one answer.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What was written.
    pub intake: Intake,
    /// Why the source brought nothing, if it failed.
    pub trouble: Option<Trouble>,
    /// Whether this was the source's first document.
    pub first_sight: bool,
    /// Whether it had failed the time before.
    pub recovered: bool,
    /// Whether its trouble is not the one of the time before.
    pub begins: bool,
    /// How many problems its document had, if it could be read and that is another number than of
    /// the one before: what was left out of it.
    pub losses: Option<usize>,
}

/// Why a source brought nothing, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What went wrong.
    pub what: String,
    /// What an operator should do.
    pub mend: String,
}

impl Taken {
    /// How many of the items that are only remembered read as developments.
    pub fn readable(&self) -> usize {
        let reports = self.intake.developments.iter().flat_map(|development| &development.reports);
        let keys: std::collections::HashSet<_> = reports.map(|report| report.item).collect();
        self.intake.items.iter().filter(|item| keys.contains(&item.key)).count()
    }
}

impl Mind {
    /// Remembers what the store knows.
    pub(super) fn recall(means: &Means, store: &Store) -> Result<Self, StateError> {
        let mut records: HashMap<_, _> = store.source_records()?.into_iter().collect();
        for source in means.sources.iter().map(|configured| &configured.source) {
            if let Some(record) = records.get_mut(&source.id) {
                *record = schedule::settled(source, std::mem::take(record));
            }
        }
        let ledger = Ledger::new(means.baseline.clone(), store.facts()?, store.developments()?);
        Ok(Self { records, ledger, losses: HashMap::new() })
    }

    /// Reads and judges every answer and commits them as one group.
    pub(super) fn take_in(
        &mut self,
        means: &Means,
        store: &Store,
        group: Vec<(usize, Fetched)>,
    ) -> Result<Vec<Taken>, StateError> {
        let (mut all, mut committed) = (Vec::with_capacity(group.len()), 0);
        for (index, fetched) in group {
            let judged =
                catch_unwind(AssertUnwindSafe(|| self.judge(means, store, (index, &fetched))));
            let taken = if let Ok(taken) = judged {
                taken?
            } else {
                // What a panic left of the ledger is not to be trusted; what is stored is.
                self.commit(store, &all[committed..])?;
                committed = all.len();
                let losses = std::mem::take(&mut self.losses);
                *self = Self { losses, ..Self::recall(means, store)? };
                self.judge(means, store, (index, &panicked(&fetched)))?
            };
            all.push(taken);
        }
        self.commit(store, &all[committed..])?;
        Ok(all)
    }

    fn commit(&mut self, store: &Store, all: &[Taken]) -> Result<(), StateError> {
        let intakes: Vec<Intake> = all.iter().map(|taken| taken.intake.clone()).collect();
        point!("poll.read");
        store.commit_intakes(&intakes)?;
        point!("poll.committed");
        let records = intakes.into_iter().map(|intake| (intake.source, intake.record));
        self.records.extend(records);
        Ok(())
    }

    fn judge(
        &mut self,
        means: &Means,
        store: &Store,
        (index, fetched): (usize, &Fetched),
    ) -> Result<Taken, StateError> {
        let configured = &means.sources[index];
        let source = &configured.source;
        let record = self.records.get(&source.id).cloned().unwrap_or_default();
        let first_sight = record.baseline.is_none();
        let (failures, before) = (record.failures, record.last_outcome.clone());
        let batch = intake::read(source, configured.recipe.as_ref(), &record, fetched);
        let unreadable = batch
            .as_ref()
            .filter(|batch| batch.items.is_empty())
            .and_then(|batch| batch.problems.first())
            .map(|problem| Trouble {
                what: format!("nothing could be read ({}: {})", problem.place, problem.what),
                mend: format!("look at it with `haguewatch preview {}`", source.id),
            });
        let problems = batch.as_ref().map(|batch| batch.problems.len());
        let losses = problems
            .filter(|_| unreadable.is_none())
            .filter(|&now| self.losses.insert(source.id.clone(), now).unwrap_or_default() != now);
        let seen =
            batch.as_ref().map(|batch| store.seen(&batch.keys())).transpose()?.unwrap_or_default();
        let context = Context { source, rules: &means.rules, pace: means.pace };
        let memory = Memory { record, seen: &seen, ledger: &mut self.ledger };
        let intake = intake::take_in(&context, memory, fetched, batch);
        let trouble = trouble(fetched, &intake.record).or(unreadable);
        let recovered = intake.record.failures == 0 && failures > 0;
        let first_sight = first_sight && intake.record.baseline.is_some();
        let begins = intake.record.failures <= 1 && intake.record.last_outcome != before;
        Ok(Taken { intake, trouble, first_sight, recovered, begins, losses })
    }
}

/// The answer in whose place nothing is read.
fn panicked(fetched: &Fetched) -> Fetched {
    error!(source.id = %fetched.source, "reading {} ended in a panic; its answer is left out", fetched.source);
    let detail =
        "its document ended the reader in a panic; please report it with the document".into();
    let outcome = Outcome::Failed(Failure { cause: Cause::Protocol, detail });
    Fetched { outcome, ..fetched.clone() }
}

fn trouble(fetched: &Fetched, record: &SourceRecord) -> Option<Trouble> {
    match &fetched.outcome {
        Outcome::Body(_) | Outcome::NotModified(_) => None,
        Outcome::RateLimited => {
            let until = record.forbidden_until.map(|until| format!(" until {until:.0}"));
            Some(Trouble {
                what: format!("the server forbids asking{} (429)", until.unwrap_or_default()),
                mend: "nothing, if it passes; else raise `every` of the source".to_owned(),
            })
        }
        Outcome::Gone => Some(Trouble {
            what: "the server says that it is gone for ever (410)".to_owned(),
            mend: "find its new address, or take the source out of sources.toml".to_owned(),
        }),
        Outcome::Failed(failure) => {
            Some(Trouble { what: failure.detail.clone(), mend: failure.mend().to_owned() })
        }
    }
}
