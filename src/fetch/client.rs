//! Sends one request for one source and follows it to its outcome.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header::HeaderValue, redirect, tls};
use tokio::{
    sync::OnceCell,
    time::{Instant, timeout},
};
use url::Url;

use super::{
    Network,
    guard::{Guard, Reach},
    host::{Hosts, Turn},
    redirects::Trail,
    request,
    resolve::VettedResolver,
    response::{self, Asked},
    trouble,
};
use crate::model::{Cause, Failure, FetchRequest, Fetched, Outcome, Pacing};

/// How sources are asked.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Where a server's operator can complain; named in the user agent.
    pub contact: String,
    /// Networks that may be asked although they are private, on every port.
    pub allow_private: Vec<Network>,
    /// The largest decoded body that is taken, in bytes.
    pub max_body: u64,
    /// How many requests one host gets at the same time.
    pub per_host: usize,
    /// How long resolving, connecting and TLS may take together.
    pub connect_timeout: Duration,
    /// How long an answer may be silent.
    pub read_timeout: Duration,
    /// How long a fetch may take in all, redirects and body included. A server that drips is
    /// never silent; this is what stops it.
    pub total_timeout: Duration,
}

impl Policy {
    /// The usual policy: 8 MiB, two requests a host, 10 s to connect, 15 s of silence, 45 s in
    /// all. A document of full size has to come with 180 KB a second; real ones are far smaller.
    pub fn new(contact: impl Into<String>) -> Self {
        Self {
            contact: contact.into(),
            allow_private: Vec::new(),
            max_body: 8 * 1024 * 1024,
            per_host: 2,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(45),
        }
    }
}

/// Why no fetcher could be made.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The contact cannot stand in a header.
    #[error("poll.contact `{0}` holds characters that a User-Agent cannot carry")]
    Contact(String),
    /// The HTTP client, most likely its TLS, could not be set up.
    #[error("the HTTP client could not be set up")]
    Client(#[from] reqwest::Error),
}

/// Asks servers, one request at a time and many at once.
#[derive(Debug)]
pub struct Fetcher {
    guard: Arc<Guard>,
    hosts: Hosts,
    usual: Client,
    /// For named hosts on unusual ports, whose addresses must all be in `allow_private`: the
    /// resolver does not learn the port, so such requests have a client of their own, made when
    /// the first of them comes.
    private: OnceCell<Client>,
    agent: HeaderValue,
    policy: Policy,
}

impl Fetcher {
    /// A fetcher with this policy and no open connection.
    pub fn new(policy: Policy) -> Result<Self, FetchError> {
        let agent = request::user_agent(&policy.contact)
            .ok_or_else(|| FetchError::Contact(policy.contact.clone()))?;
        let guard = Arc::new(Guard::new(policy.allow_private.clone()));
        Ok(Self {
            usual: client(&policy, &agent, &guard, Reach::Usual)?,
            private: OnceCell::new(),
            hosts: Hosts::new(policy.per_host),
            agent,
            guard,
            policy,
        })
    }

    /// How many requests one host gets at the same time. Whoever asks more only waits.
    pub fn per_host(&self) -> usize {
        self.policy.per_host.max(1)
    }

    /// Asks for one source and waits for the outcome, whatever it is. `now` is the moment of the
    /// call; waiting for the host's turn does not count against the deadline.
    pub async fn fetch(&self, request: &FetchRequest, now: Timestamp) -> Fetched {
        let clock = Clock { started: now, running: Instant::now() };
        let turn = self.hosts.turn(&request.url).await;
        let (outcome, pacing) =
            match timeout(self.policy.total_timeout, self.pursue(request, turn, clock)).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(failure)) => (Outcome::Failed(failure), Pacing::default()),
                Err(_) => (Outcome::Failed(self.too_slow(&request.url)), Pacing::default()),
            };
        Fetched {
            source: request.source.clone(),
            url: request.url.clone(),
            at: clock.now(),
            outcome,
            pacing,
        }
    }

    /// Asks, and asks again wherever a redirect leads, vetting every hop.
    async fn pursue(
        &self,
        request: &FetchRequest,
        mut turn: Turn,
        clock: Clock,
    ) -> Result<(Outcome, Pacing), Failure> {
        let mut trail = Trail::start(&request.url);
        loop {
            let here = trail.here();
            let client = self.client(self.guard.vet_url(here)?).await?;
            let headers = request::headers(request, here);
            let conditional = request::is_conditional(&headers);
            let sent = client.get(here.clone()).headers(headers).send().await;
            let response = sent.map_err(|error| trouble::explain(&error, here))?;
            if !Trail::is_redirect(response.status()) {
                let asked = Asked { conditional, max_body: self.policy.max_body, at: clock.now() };
                let answer = response::conclude(response, asked).await;
                drop(turn);
                return Ok(answer);
            }
            trail.follow(response.headers())?;
            // The turn at this host ends before the next one's is waited for, so that two fetches
            // that cross each other cannot wait for ever.
            drop(response);
            drop(turn);
            turn = self.hosts.turn(trail.here()).await;
        }
    }

    async fn client(&self, reach: Reach) -> Result<&Client, Failure> {
        let private = || async { client(&self.policy, &self.agent, &self.guard, reach) };
        match reach {
            Reach::Usual => Ok(&self.usual),
            Reach::PrivateOnly => self.private.get_or_try_init(private).await.map_err(|error| {
                Failure { cause: Cause::Connect, detail: format!("no HTTP client: {error}") }
            }),
        }
    }

    fn too_slow(&self, url: &Url) -> Failure {
        let host = url.host_str().unwrap_or_default();
        let detail = format!("{host}: not done after {:?}", self.policy.total_timeout);
        Failure { cause: Cause::Timeout, detail }
    }
}

/// The given start and the time that went by since, so that nothing here reads the wall clock.
#[derive(Clone, Copy, Debug)]
struct Clock {
    started: Timestamp,
    running: Instant,
}

impl Clock {
    fn now(self) -> Timestamp {
        let passed = SignedDuration::try_from(self.running.elapsed()).unwrap_or_default();
        self.started.checked_add(passed).unwrap_or(self.started)
    }
}

/// The HTTP client: it follows no redirect, keeps no cookie, heeds no proxy of the environment
/// and retries nothing by itself. The total deadline is not its own but the fetch's, for it spans
/// several requests.
fn client(
    policy: &Policy,
    agent: &HeaderValue,
    guard: &Arc<Guard>,
    reach: Reach,
) -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(agent)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .dns_resolver(VettedResolver { guard: Arc::clone(guard), reach })
        .tls_version_min(tls::Version::TLS_1_2)
        .connect_timeout(policy.connect_timeout)
        .read_timeout(policy.read_timeout)
        // Sources come in bursts of one host; between two polls no connection is worth keeping.
        .pool_idle_timeout(Duration::from_secs(15))
        .pool_max_idle_per_host(policy.per_host.max(1))
        .build()
}
