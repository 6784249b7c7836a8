//! The fetches that are under way: how many of which host, and what becomes of one that panics.

use std::{collections::HashMap, future::Future};

use jiff::Timestamp;
use tokio::task::{Id, JoinError, JoinSet};
use tracing::error;
use url::Url;

use crate::model::{Cause, Failure, FetchRequest, Fetched, Outcome, Pacing, SourceId};

/// The fetches under way.
#[derive(Debug, Default)]
pub(super) struct Flying {
    tasks: JoinSet<Fetched>,
    asked: HashMap<Id, Asked>,
}

/// Who is asked, so that even a fetch that ends in a panic has an answer.
#[derive(Debug)]
struct Asked {
    index: usize,
    source: SourceId,
    url: Url,
    at: Timestamp,
}

/// An answer as it comes from the task.
type Ended = Result<(Id, Fetched), JoinError>;

impl Flying {
    pub(super) fn len(&self) -> usize {
        self.asked.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// How many are asking the host of this address.
    pub(super) fn of_host(&self, url: &Url) -> usize {
        self.asked.values().filter(|asked| asked.url.host_str() == url.host_str()).count()
    }

    /// Begins a fetch for the source at this place of the configuration.
    pub(super) fn begin(
        &mut self,
        index: usize,
        request: &FetchRequest,
        at: Timestamp,
        fetch: impl Future<Output = Fetched> + Send + 'static,
    ) {
        let id = self.tasks.spawn(fetch).id();
        let (source, url) = (request.source.clone(), request.url.clone());
        self.asked.insert(id, Asked { index, source, url, at });
    }

    /// Waits for the next answer; `None` where nobody is asked. Loses nothing when cancelled.
    pub(super) async fn next(&mut self) -> Option<(usize, Fetched)> {
        let ended = self.tasks.join_next_with_id().await?;
        self.land(ended)
    }

    /// An answer that has come already.
    pub(super) fn try_next(&mut self) -> Option<(usize, Fetched)> {
        let ended = self.tasks.try_join_next_with_id()?;
        self.land(ended)
    }

    fn land(&mut self, ended: Ended) -> Option<(usize, Fetched)> {
        match ended {
            Ok((id, fetched)) => Some((self.asked.remove(&id)?.index, fetched)),
            Err(error) => {
                let asked = self.asked.remove(&error.id())?;
                Some((asked.index, panicked(asked)))
            }
        }
    }
}

/// The answer in place of the one that a panic took.
fn panicked(asked: Asked) -> Fetched {
    let Asked { source, url, at, .. } = asked;
    error!(source.id = %source, "asking {source} ended in a panic");
    let detail = "asking for it ended in a panic; please report it with the address".into();
    let outcome = Outcome::Failed(Failure { cause: Cause::Protocol, detail });
    Fetched { source, url, at, outcome, pacing: Pacing::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceKind;

    fn request(url: &str) -> FetchRequest {
        let url = url.parse().unwrap();
        FetchRequest { source: "a".into(), kind: SourceKind::Feed, url, validators: None }
    }

    #[tokio::test]
    async fn a_fetch_that_panics_is_a_failed_fetch_of_its_source() {
        let mut flying = Flying::default();
        let at = Timestamp::UNIX_EPOCH;
        flying.begin(7, &request("https://a.example/1"), at, async { panic!("a bug") });
        let (index, fetched) = flying.next().await.unwrap();
        assert_eq!((index, fetched.source.as_str(), fetched.at), (7, "a", at));
        let Outcome::Failed(failure) = fetched.outcome else { panic!("{fetched:?}") };
        assert_eq!(failure.cause, Cause::Protocol);
        assert!(flying.is_empty() && flying.next().await.is_none());
    }

    #[tokio::test]
    async fn fetches_are_counted_by_host_until_they_end() {
        let mut flying = Flying::default();
        let urls = ["https://a.example/1", "http://a.example:8080/2", "https://b.example/"];
        for url in urls {
            flying.begin(0, &request(url), Timestamp::UNIX_EPOCH, std::future::pending());
        }
        let count = |flying: &Flying, url: &str| flying.of_host(&url.parse().unwrap());
        assert_eq!(count(&flying, urls[0]), 2);
        assert_eq!(count(&flying, urls[2]), 1);
        assert_eq!((count(&flying, "https://c.example/"), flying.len()), (0, 3));
    }
}
