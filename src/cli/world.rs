//! Where the commands that only show look: at the state, or, while a daemon holds it, at the
//! daemon's ops address, which gives the same rows.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use serde::de::DeserializeOwned;

use super::Ground;
use crate::{
    config::Config,
    fetch::get_local,
    ledger::Ledger,
    state::{Holder, StateError, Store},
};

/// Where to look.
pub(super) enum World {
    /// Nothing was ever stored.
    Fresh,
    /// Nobody has the state.
    Stored(Store),
    /// A daemon has it and answers here.
    Held(SocketAddr),
}

impl World {
    /// Finds out where to look.
    pub(super) fn find(ground: &Ground) -> anyhow::Result<Self> {
        if !ground.state.join("db").exists() {
            return Ok(Self::Fresh);
        }
        match Store::open(&ground.state) {
            Ok(store) => Ok(Self::Stored(store)),
            Err(StateError::Locked { path, holder }) => match answering(holder.as_ref()) {
                Some(address) => Ok(Self::Held(address)),
                None => Err(StateError::Locked { path, holder })
                    .context("it is not known and its holder has no ops address to ask"),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Everything known, where no daemon has it.
    pub(super) fn ledger(store: Option<&Store>, config: &Config) -> anyhow::Result<Ledger> {
        let baseline = config.baseline.clone();
        Ok(match store {
            Some(store) => Ledger::new(baseline, store.facts()?, store.developments()?),
            None => Ledger::new(baseline, Vec::new(), Vec::new()),
        })
    }

    /// The status and the text that the daemon answers with at a path.
    pub(super) fn answer(address: SocketAddr, path: &str) -> anyhow::Result<(u16, String)> {
        let asked = super::runtime()?.block_on(get_local(address, path));
        asked.context("the daemon that holds the state cannot be asked")
    }

    /// Asks the daemon for a path.
    pub(super) fn ask<T: DeserializeOwned>(address: SocketAddr, path: &str) -> anyhow::Result<T> {
        let (status, body) = Self::answer(address, path)?;
        if status != 200 {
            bail!("the daemon at {address} answers {status}: {}", body.trim());
        }
        serde_json::from_str(&body)
            .with_context(|| format!("the daemon at {address} gives an answer of another version"))
    }
}

fn answering(holder: Option<&Holder>) -> Option<SocketAddr> {
    holder?.ops.as_ref()?.parse().ok()
}
