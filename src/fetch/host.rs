//! Politeness towards a host: only so many requests to it at the same time.
//!
//! It keeps one small counter a host and nothing of what was asked. Spacing requests in time is
//! not done here yet.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Beyond so many hosts, those that nobody is asking are forgotten: redirects can name endless
/// hosts.
const REMEMBERED: usize = 1024;

/// The counters of all hosts.
#[derive(Debug)]
pub(super) struct Hosts {
    at_once: usize,
    turns: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// The right to ask one host, until dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Hosts {
    pub(super) fn new(at_once: usize) -> Self {
        Self { at_once: at_once.max(1), turns: Mutex::default() }
    }

    /// Waits until the host of this address may be asked.
    pub(super) async fn turn(&self, url: &Url) -> Turn {
        let host = self.host(url.host_str().unwrap_or_default());
        // The semaphores are never closed; if one were, asking would be the lesser harm.
        Turn { _permit: host.acquire_owned().await.ok() }
    }

    fn host(&self, name: &str) -> Arc<Semaphore> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() >= REMEMBERED {
            turns.retain(|_, host| Arc::strong_count(host) > 1);
        }
        let host = turns.entry(name.into());
        Arc::clone(host.or_insert_with(|| Arc::new(Semaphore::new(self.at_once))))
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Waker},
    };

    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    /// A turn that is free now.
    fn now(hosts: &Hosts, address: &str) -> Option<Turn> {
        let address = url(address);
        let turn = pin!(hosts.turn(&address));
        match turn.poll(&mut Context::from_waker(Waker::noop())) {
            std::task::Poll::Ready(turn) => Some(turn),
            std::task::Poll::Pending => None,
        }
    }

    #[test]
    fn a_host_is_asked_so_often_at_once_and_others_do_not_wait() {
        let hosts = Hosts::new(2);
        let first = now(&hosts, "http://a.test/1");
        let second = now(&hosts, "https://a.test:8443/2");
        assert!(first.is_some() && second.is_some());
        assert!(now(&hosts, "http://a.test/3").is_none());
        assert!(now(&hosts, "http://b.test/1").is_some());
        drop(first);
        assert!(now(&hosts, "http://a.test/3").is_some());
    }

    #[test]
    fn hosts_that_nobody_asks_are_forgotten_but_not_those_in_use() {
        let hosts = Hosts::new(1);
        let held = now(&hosts, "http://held.test/");
        for number in 0..2 * REMEMBERED {
            assert!(now(&hosts, &format!("http://h{number}.test/")).is_some());
        }
        assert!(hosts.turns.lock().unwrap().len() <= REMEMBERED);
        assert!(now(&hosts, "http://held.test/").is_none());
        drop(held);
    }

    #[test]
    fn none_at_once_means_one() {
        assert!(now(&Hosts::new(0), "http://a.test/").is_some());
    }
}
