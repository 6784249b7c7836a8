//! The publish loop: make messages of what is untold. It alone takes tells away and puts
//! deliveries in.

use jiff::Timestamp;
use tracing::warn;

use crate::{
    digest::Channel,
    edition,
    model::{Development, Edition, Tell},
    render::Names,
    state::{StateError, Store},
};

/// Makes and commits an edition of everything that is untold. Waits for the disk.
pub fn publish(
    store: &Store,
    channels: &[Channel],
    names: &Names,
    now: Timestamp,
) -> Result<Edition, StateError> {
    let untold = store.untold()?;
    if untold.is_empty() {
        return Ok(Edition::default());
    }
    let mut found: Vec<(Tell, Development)> = Vec::with_capacity(untold.len());
    let mut lost: Vec<Tell> = Vec::new();
    for tell in untold {
        match store.development(&tell.development)? {
            Some(development) => found.push((tell, development)),
            None => lost.push(tell),
        }
    }
    for tell in &lost {
        warn!(development.id = %tell.development, "development {} is to be told but is not in the state; it is left out", tell.development);
    }
    let pending: Vec<(Tell, &Development)> =
        found.iter().map(|(tell, development)| (tell.clone(), development)).collect();
    let mut edition = edition::make(&pending, channels, names, now);
    edition.done.extend(lost);
    store.commit_edition(&edition)?;
    Ok(edition)
}
