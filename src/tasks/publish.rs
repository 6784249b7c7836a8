//! The publish loop: make messages of what is untold. It alone takes tells away, keeps what channels
//! hear later, and puts deliveries in.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use tracing::warn;

use crate::{
    digest::Channel,
    edition::{self, Past, Untold},
    model::{Development, DevelopmentId, Edition, MessageKey, Tell, Waiting},
    render::Names,
    state::{StateError, Store},
};

/// What a pass made, and when the next one has something to tell.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// What was committed.
    pub edition: Edition,
    /// The moment at which something that waits is due; `None` where nothing waits.
    pub next: Option<Timestamp>,
}

/// Makes and commits an edition of everything that is untold. Waits for the disk.
pub fn publish(
    store: &Store,
    channels: &[Channel],
    names: &Names,
    now: Timestamp,
) -> Result<Published, StateError> {
    let (tells, rows) = (store.untold()?, store.waiting()?);
    if tells.is_empty() && rows.is_empty() {
        return Ok(Published::default());
    }
    let ids = tells.iter().chain(rows.iter().map(|row| &row.tell)).map(|tell| &tell.development);
    let known = known(store, ids)?;
    let found = |id: &DevelopmentId| known.get(id).and_then(Option::as_ref);
    let pending: Vec<(Tell, &Development)> =
        tells.iter().filter_map(|tell| Some((tell.clone(), found(&tell.development)?))).collect();
    let waiting: Vec<(Waiting, &Development)> =
        rows.iter().filter_map(|row| Some((row.clone(), found(&row.tell.development)?))).collect();
    let (prompt, patient): (Vec<Channel>, Vec<Channel>) =
        channels.iter().cloned().partition(|channel| edition::hears_now(channel, &waiting, now));
    let past = past(store, known.values().flatten(), channels)?;
    let mut edition = edition::make(&pending, (&prompt, names), &past, now);
    edition.wanted = past.wanted(&pending, channels, names);
    let told = enqueued(store, edition::keys(&pending, &waiting, &patient))?;
    let untold = Untold { tells: &pending, waiting: &waiting, told: &told };
    let (later, next) = edition::later(&untold, &patient, names, now);
    edition.deliveries.extend(later.deliveries);
    past.link(&mut edition.deliveries);
    (edition.held, edition.released) = (later.held, later.released);
    edition.covered = later.covered;
    let lost = |id: &DevelopmentId| found(id).is_none();
    edition.done.extend(tells.into_iter().filter(|tell| lost(&tell.development)));
    edition.released.extend(rows.into_iter().filter(|row| lost(&row.tell.development)));
    let is_idle = edition.done.is_empty() && edition.released.is_empty();
    if !is_idle {
        point!("publish.made");
        store.commit_edition(&edition)?;
        point!("publish.committed");
    }
    Ok(Published { edition, next })
}

/// The developments of these ids; `None` for one that is not in the state.
fn known<'a>(
    store: &Store,
    ids: impl Iterator<Item = &'a DevelopmentId>,
) -> Result<HashMap<DevelopmentId, Option<Development>>, StateError> {
    let mut known = HashMap::new();
    for id in ids {
        if known.contains_key(id) {
            continue;
        }
        let development = store.development(id)?;
        if development.is_none() {
            warn!(development.id = %id, "development {id} is to be told but is not in the state; it is left out");
        }
        known.insert(id.clone(), development);
    }
    Ok(known)
}

/// What the channels have heard of these developments and of their earlier stages.
fn past<'a>(
    store: &Store,
    developments: impl Iterator<Item = &'a Development>,
    channels: &[Channel],
) -> Result<Past, StateError> {
    let mut past = Past::default();
    for development in developments {
        let earlier = store.earlier(development)?;
        for id in earlier.iter().chain([&development.id]) {
            for channel in channels {
                let first = edition::first_key(channel.id, id);
                // Stores of before have no marks of what was heard, but every key.
                let heard = match store.heard(channel.id, id)? {
                    None if store.is_enqueued(&first)? => Some(first),
                    heard => heard,
                };
                past.heard.extend(heard.map(|key| ((channel.id, id.clone()), key)));
            }
        }
        past.earlier.insert(development.id.clone(), earlier);
    }
    Ok(past)
}

/// Those of the keys that were enqueued or covered before.
fn enqueued(
    store: &Store,
    keys: impl Iterator<Item = MessageKey>,
) -> Result<HashSet<MessageKey>, StateError> {
    let mut enqueued = HashSet::new();
    for key in keys {
        if store.is_enqueued(&key)? {
            enqueued.insert(key);
        }
    }
    Ok(enqueued)
}
