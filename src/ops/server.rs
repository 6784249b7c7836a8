//! The ops address: read-only HTTP about the running process.
//!
//! It reads the state and the board and changes nothing. Reading the state happens off the
//! runtime's threads.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use axum::{
    Json, Router,
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::{Timestamp, tz::TimeZone};
use tokio::{net::TcpListener, task::spawn_blocking};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};
use url::form_urlencoded;

use super::{
    DevelopmentQuery, LedgerQuery, Status,
    checks::{self, Snapshot},
    metrics::{self, Process},
    page, rows,
};
use crate::{
    config::ConfiguredSource,
    ledger::{Baseline, Ledger},
    state::{StateError, Store},
    tasks::Board,
};

/// What is watched.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The state.
    pub store: Store,
    /// What the loops write.
    pub board: Board,
    /// The configured sources.
    pub sources: Arc<[ConfiguredSource]>,
    /// What was known before anything was polled.
    pub baseline: Baseline,
    /// When the process began.
    pub started: Timestamp,
}

impl Watched {
    /// How everything stands.
    pub fn status(&self, now: Timestamp) -> Result<Status, StateError> {
        let outbox = self.store.outbox()?;
        let snapshot = Snapshot {
            sources: &self.sources,
            records: &self.store.source_records()?,
            beats: Some(self.board.read()),
            counts: self.store.outbox_counts()?,
            outbox: &outbox,
        };
        Ok(checks::status(&snapshot, now))
    }

    /// Everything known.
    pub fn ledger(&self) -> Result<Ledger, StateError> {
        Ok(Ledger::new(self.baseline.clone(), self.store.facts()?, self.store.developments()?))
    }
}

/// Serves until stopped. With no address it only waits for the stop.
pub async fn serve(
    listen: Option<SocketAddr>,
    watched: Watched,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let Some(address) = listen else {
        stop.cancelled().await;
        return Ok(());
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("ops.listen: {address} cannot be listened on"))?;
    let address = listener.local_addr().context("the ops address is not known")?;
    info!(ops.address = %address, "the ops page is at http://{address}/");
    let ending = stop.clone();
    let serving = axum::serve(listener, router(watched))
        .with_graceful_shutdown(async move { ending.cancelled().await });
    tokio::select! {
        served = serving => served.context("the ops page ended"),
        // A client that keeps its connection open does not keep us.
        () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

const GRACE: std::time::Duration = std::time::Duration::from_secs(1);

fn router(watched: Watched) -> Router {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .route("/", get(front))
        .route("/api/v1/status", get(status))
        .route("/api/v1/sources", get(sources))
        .route("/api/v1/developments", get(developments))
        .route("/api/v1/ledger", get(ledger))
        .route("/api/v1/items", get(items))
        .route("/api/v1/archive", get(archive))
        .with_state(watched)
        .layer(map_response(async |mut response: Response| {
            let headers = response.headers_mut();
            for (name, value) in [
                (header::CONTENT_SECURITY_POLICY, page::POLICY),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::REFERRER_POLICY, "no-referrer"),
                (header::CACHE_CONTROL, "no-store"),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }))
}

/// Why a request was not answered.
enum Refusal {
    State(StateError),
    Query(String),
}

impl From<StateError> for Refusal {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Query(why) => (StatusCode::BAD_REQUEST, format!("{why}\n")).into_response(),
            Self::State(error) => {
                error!("the ops page cannot read the state: {error}");
                (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response()
            }
        }
    }
}

type Answer<T> = Result<T, Refusal>;

/// Reads the state where it holds nobody up.
async fn read<T: Send + 'static>(
    watched: Watched,
    read: impl FnOnce(&Watched, Timestamp) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    // The board's own beats carry the loops' clock; this one is for comparing with them.
    let now = crate::tasks::now();
    match spawn_blocking(move || read(&watched, now)).await {
        Ok(answer) => answer,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

async fn ready(State(watched): State<Watched>) -> Response {
    let known = read(watched, |watched, now| {
        let status = watched.status(now)?;
        let loops = checks::of_loops(&status.loops, now);
        Ok((loops, checks::of_channels(&status.outbox, false)))
    });
    match known.await {
        // A channel that is closed to the bot is told, but a restart would not open it.
        Ok((loops, channels)) if loops.is_empty() => {
            let lines: Vec<String> = std::iter::once("ready".to_owned()).chain(channels).collect();
            (lines.join("\n") + "\n").into_response()
        }
        Ok((loops, channels)) => {
            let lines = [loops, channels].concat();
            (StatusCode::SERVICE_UNAVAILABLE, lines.join("\n") + "\n").into_response()
        }
        Err(refusal) => {
            let mut response = refusal.into_response();
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
    }
}

async fn figures(State(watched): State<Watched>) -> Answer<Response> {
    let text = read(watched, |watched, now| {
        let developments = watched.store.developments()?.len();
        let process = Process { started: watched.started, developments };
        Ok(metrics::text(&watched.status(now)?, process))
    });
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text.await?).into_response())
}

async fn front(State(watched): State<Watched>) -> Answer<Response> {
    let html = read(watched, |watched, now| {
        let mut newest = rows::developments(&watched.ledger()?, &DevelopmentQuery::default());
        // What is held was not told: it may be a wrong reading.
        newest.retain(|row| row.held.is_none());
        newest.truncate(20);
        Ok(page::html(&watched.status(now)?, &newest, now))
    });
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html.await?).into_response())
}

async fn status(State(watched): State<Watched>) -> Answer<Response> {
    let status = read(watched, |watched, now| Ok(watched.status(now)?));
    Ok(Json(status.await?).into_response())
}

async fn sources(State(watched): State<Watched>) -> Answer<Response> {
    let status = read(watched, |watched, now| Ok(watched.status(now)?));
    Ok(Json(status.await?.sources).into_response())
}

async fn developments(
    State(watched): State<Watched>,
    RawQuery(query): RawQuery,
) -> Answer<Response> {
    let query = DevelopmentQuery::parse(&query.unwrap_or_default()).map_err(Refusal::Query)?;
    let rows = read(watched, move |watched, _| Ok(rows::developments(&watched.ledger()?, &query)));
    Ok(Json(rows.await?).into_response())
}

async fn ledger(State(watched): State<Watched>, RawQuery(query): RawQuery) -> Answer<Response> {
    let query = LedgerQuery::parse(&query.unwrap_or_default()).map_err(Refusal::Query)?;
    let rows = read(watched, move |watched, now| {
        let today = TimeZone::UTC.to_datetime(now).date();
        Ok(rows::ledger(&watched.ledger()?, &query, today))
    });
    Ok(Json(rows.await?).into_response())
}

/// A part of the archive: one stored item a line, those after the key that `after` names.
async fn archive(State(watched): State<Watched>, RawQuery(query): RawQuery) -> Answer<Response> {
    let query = query.unwrap_or_default();
    let after = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "after")
        .map(|(_, key)| rows::key(&key).ok_or_else(|| Refusal::Query("write after=KEY".into())))
        .transpose()?;
    let lines = read(watched, move |watched, _| {
        let items = watched.store.item_lines(after.as_ref(), ARCHIVE_PART)?;
        Ok(items.into_iter().map(|(_, line)| line + "\n").collect::<String>())
    });
    let kind = "application/jsonl; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], lines.await?).into_response())
}

/// Items that are handed on at once.
const ARCHIVE_PART: usize = 1_000;

/// The items with the key or at the address that `about` names.
async fn items(State(watched): State<Watched>, RawQuery(query): RawQuery) -> Answer<Response> {
    let query = query.unwrap_or_default();
    let about = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "about")
        .map(|(_, about)| about.into_owned())
        .ok_or_else(|| Refusal::Query("write about=KEY or about=URL".to_owned()))?;
    let rows = read(watched, move |watched, _| Ok(rows::items(&watched.store, &about)?));
    Ok(Json(rows.await?).into_response())
}
