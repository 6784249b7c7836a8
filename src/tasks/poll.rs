//! The poll loop: ask whoever is due, take in what they say.
//!
//! Fetches run concurrently, hosts interleaved, and none waits for its host's turn in a place that
//! another host could use.
//! What they bring is taken in serially: one blocking hop reads and judges everything that waits
//! and commits it as a group. This loop alone writes sources, seen marks, items, developments and
//! the ledger, so what it remembers of them is always what is stored.

mod flying;
mod interleave;
mod log;
mod taking;

use std::{collections::VecDeque, sync::Arc};

use jiff::Timestamp;
pub use taking::{Taken, Trouble};
use tokio::time::{Duration, sleep};

use super::{Turn, blocking, clock, drive::until};
use crate::{
    classify::Rules,
    config::ConfiguredSource,
    fetch::Fetcher,
    ledger::Baseline,
    model::{Fetched, Source, SourceRecord},
    schedule,
    state::{StateError, Store},
};
use flying::Flying;
use taking::Mind;

/// What the loop works with.
#[derive(Clone, Debug)]
pub struct Means {
    /// Whom to ask.
    pub sources: Arc<[ConfiguredSource]>,
    /// How texts are read.
    pub rules: Arc<Rules>,
    /// What is known before anything is polled.
    pub baseline: Baseline,
    /// How many are asked at the same time.
    pub concurrency: usize,
    /// No source is asked sooner than this allows.
    pub pace: schedule::Policy,
}

/// The poll loop between two turns.
#[derive(Debug)]
pub struct Poll {
    means: Means,
    fetcher: Arc<Fetcher>,
    store: Store,
    /// What is remembered; away while it is being added to.
    mind: Option<Mind>,
    queue: VecDeque<usize>,
    flying: Flying,
    /// Whether a source is queued or being asked.
    busy: Vec<bool>,
}

/// How many documents are taken in with one commit, at most.
const GROUP: usize = 64;

impl Poll {
    /// Remembers what the store knows.
    pub async fn begin(
        means: Means,
        fetcher: Arc<Fetcher>,
        store: Store,
    ) -> Result<Self, StateError> {
        let (by, from) = (means.clone(), store.clone());
        let mind = blocking(move || Mind::recall(&by, &from)).await?;
        let busy = vec![false; means.sources.len()];
        let flying = Flying::default();
        Ok(Self { means, fetcher, store, mind: Some(mind), queue: VecDeque::new(), flying, busy })
    }

    /// Asks these sources, as places come free. Those that are being asked are left alone.
    pub fn enqueue(&mut self, sources: impl IntoIterator<Item = usize>) {
        let busy = &mut self.busy;
        let fresh: Vec<usize> = sources
            .into_iter()
            .filter(|&source| !std::mem::replace(&mut busy[source], true))
            .collect();
        self.queue.extend(interleave::by_host(&self.means.sources, fresh));
        self.fill();
    }

    /// Sources that may be asked now, due or not.
    pub fn allowed(&self, now: Timestamp) -> Vec<usize> {
        self.select(|record| schedule::may_ask(record, now))
    }

    /// Sources that are due.
    fn due(&self, now: Timestamp) -> Vec<usize> {
        self.select(|record| schedule::is_due(record, now))
    }

    fn select(&self, choose: impl Fn(&SourceRecord) -> bool) -> Vec<usize> {
        let fresh = SourceRecord::default();
        let mind = self.mind();
        let record = |index: &usize| {
            mind.records.get(&self.means.sources[*index].source.id).unwrap_or(&fresh)
        };
        (0..self.means.sources.len()).filter(|index| choose(record(index))).collect()
    }

    /// When the next source that is not being asked is due.
    fn next_due(&self) -> Option<Timestamp> {
        let mind = self.mind();
        let idle = self.means.sources.iter().zip(&self.busy).filter(|(_, busy)| !**busy);
        idle.filter_map(|(configured, _)| mind.records.get(&configured.source.id))
            .filter(|record| !record.gone)
            .filter_map(|record| record.next_due.max(record.forbidden_until))
            .min()
    }

    fn mind(&self) -> &Mind {
        self.mind.as_ref().expect("the mind is back whenever nothing is taken in")
    }

    fn fill(&mut self) {
        let now = clock::now();
        while self.flying.len() < self.means.concurrency.max(1)
            && let Some(index) = self.next_askable(now)
        {
            let request = self.with(index, |source, record| schedule::request(source, record, now));
            let (fetcher, asked) = (Arc::clone(&self.fetcher), request.clone());
            let fetch = async move { fetcher.fetch(&asked, now).await };
            self.flying.begin(index, &request, now, fetch);
        }
    }

    /// The first of the queue whose host is not asked by as many as it is asked by at once. One
    /// that would only wait for its host's turn must not hold a place that another host could use.
    fn next_askable(&mut self, now: Timestamp) -> Option<usize> {
        let is_free = |index: &usize| {
            let host = |url: &url::Url| self.flying.of_host(url);
            let asking =
                self.with(*index, |source, it| host(schedule::next_address(source, it, now)));
            asking < self.fetcher.per_host()
        };
        let place = self.queue.iter().position(is_free)?;
        self.queue.remove(place)
    }

    /// Something about a source and what is remembered of it.
    fn with<T>(&self, index: usize, about: impl FnOnce(&Source, &SourceRecord) -> T) -> T {
        let source = &self.means.sources[index].source;
        match self.mind().records.get(&source.id) {
            Some(record) => about(source, record),
            None => about(source, &SourceRecord::default()),
        }
    }

    /// Whether somebody is being asked or waits to be.
    pub fn is_busy(&self) -> bool {
        !(self.flying.is_empty() && self.queue.is_empty())
    }

    /// Waits until somebody answered and takes in everything that has come by then. Empty where
    /// nobody was asked.
    pub async fn take_next(&mut self) -> Result<Vec<Taken>, StateError> {
        match self.flying.next().await {
            Some(first) => self.take_all(first).await,
            None => Ok(Vec::new()),
        }
    }

    /// Takes in this answer and those that have come meanwhile. Must not be cancelled: what is
    /// remembered is away until it is done.
    async fn take_all(&mut self, first: (usize, Fetched)) -> Result<Vec<Taken>, StateError> {
        point!("poll.fetched");
        let mut group = vec![first];
        while group.len() < GROUP
            && let Some(next) = self.flying.try_next()
        {
            group.push(next);
        }
        for (index, _) in &group {
            self.busy[*index] = false;
        }
        self.fill();
        self.take_in(group).await
    }

    async fn take_in(&mut self, group: Vec<(usize, Fetched)>) -> Result<Vec<Taken>, StateError> {
        let mut mind = self.mind.take().expect("one group is taken in at a time");
        let (means, store) = (self.means.clone(), self.store.clone());
        let (mind, taken) = blocking(move || {
            let taken = mind.take_in(&means, &store, group);
            (mind, taken)
        })
        .await;
        self.mind = Some(mind);
        taken
    }

    /// One turn of the loop: asks who is due, and takes in what comes before the next one is.
    pub async fn turn(&mut self, now: Timestamp, told: impl FnOnce()) -> anyhow::Result<Turn> {
        let due = self.due(now);
        self.enqueue(due);
        let next = self.next_due();
        let patience = next.map_or(IDLE, |next| until(next, now).min(IDLE));
        let first = tokio::select! {
            first = self.flying.next() => first,
            () = sleep(patience) => None,
        };
        let taken = match first {
            Some(first) => self.take_all(first).await?,
            None => Vec::new(),
        };
        taken.iter().for_each(log::log);
        if taken.iter().any(|taken| !taken.intake.tells.is_empty()) {
            told();
        }
        let again = if self.is_busy() { Some(now) } else { self.next_due() };
        let did = if taken.is_empty() { String::new() } else { format!("took in {}", taken.len()) };
        Ok(Turn { did, again })
    }
}

/// How long a turn waits for answers at most.
const IDLE: Duration = Duration::from_secs(20);
