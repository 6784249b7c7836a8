//! A Discord on loopback that behaves as the real one where the bot can tell: it checks the token,
//! refuses what Discord refuses, remembers nonces for a while, keeps history behind permissions,
//! and can be told to limit, to fail, and to lose an answer after it accepted.
//!
//! Its clock stands at the moment of its start until [`Discord::pass`] moves it on: limits and
//! nonces follow it, so no test depends on how fast the machine is.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, patch, post},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

pub(crate) mod rules;
mod memory;
mod wire;

#[cfg(feature = "failpoints")]
pub(crate) use memory::Attempt;
use memory::{Stored, World, author};
use rules::Shape;
use wire::{Exchange, Line};

/// The only token that is taken.
pub(crate) const TOKEN: &str = "fake.token.of-a-bot";

/// What goes wrong with the next message that is posted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// 429 for this channel, for so many seconds.
    LimitRoute(f64),
    /// 429 for the bot everywhere.
    LimitGlobal(f64),
    /// 429 for everybody in this channel.
    LimitShared(f64),
    /// 429 in HTML, without a number.
    LimitEdge,
    /// The message is accepted, the answer is 500.
    AcceptThenFail,
    /// The message is accepted, the connection closes without an answer.
    AcceptThenCut,
    /// The message is accepted, the connection stays open and silent.
    #[cfg(feature = "failpoints")]
    AcceptThenHold,
    /// Nothing goes wrong.
    #[cfg(feature = "failpoints")]
    Nothing,
    /// The message is accepted, the answer is 200 and no JSON.
    AcceptThenGarble,
    /// The connection closes before anything was accepted.
    CutBefore,
    /// 502, nothing was accepted.
    BadGateway,
}

/// What the bot may do in a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everything it needs.
    #[default]
    Open,
    /// Post, but not read what was posted before.
    NoHistory,
    /// See, but not post.
    NoSend,
    /// Nothing.
    Hidden,
}

/// A Discord that is up as long as this value lives.
pub(crate) struct Discord {
    url: Url,
    world: Arc<Mutex<World>>,
    server: JoinHandle<()>,
}

impl Discord {
    /// Starts one on a free port of loopback, without channels.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let world = Arc::new(Mutex::new(World { now: Timestamp::now(), ..World::default() }));
        let router = Router::new()
            .route("/api/v10/channels/{channel}/messages", get(history).post(create))
            .route("/api/v10/channels/{channel}/messages/{message}", patch(change))
            .route("/api/v10/webhooks/{webhook}/{token}", post(execute))
            .route(
                "/api/v10/webhooks/{webhook}/{token}/messages/{message}",
                patch(change_by_webhook),
            )
            .route("/api/v10/channels/{channel}", get(channel))
            .route("/api/v10/users/@me", get(me))
            .with_state(Arc::clone(&world));
        let service = router.into_make_service_with_connect_info::<Line>();
        let server = tokio::spawn(async move {
            axum::serve(Exchange(listener), service).await.unwrap();
        });
        Self { url, world, server }
    }

    /// Its address, as for `discord.api`.
    pub(crate) fn url(&self) -> Url {
        self.url.clone()
    }

    /// Makes a channel, or changes what the bot may do in it.
    pub(crate) fn open(&self, channel: u64, access: Access) -> &Self {
        self.world().channels.entry(channel).or_default().access = access;
        self
    }

    /// Lets these things go wrong with the next posts, one each.
    pub(crate) fn script(&self, faults: impl IntoIterator<Item = Fault>) -> &Self {
        self.world().faults.extend(faults);
        self
    }

    /// Lets these things go wrong with the next requests and nothing else that was to go wrong.
    #[cfg(feature = "failpoints")]
    pub(crate) fn weather(&self, faults: impl IntoIterator<Item = Fault>) {
        self.world().faults = faults.into_iter().collect();
    }

    /// Every message that was accepted, again and again where it was tried so.
    #[cfg(feature = "failpoints")]
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.world().attempts.clone()
    }

    /// Lets this go wrong with everything that is asked, until it is taken back.
    pub(crate) fn outage(&self, fault: Option<Fault>) -> &Self {
        self.world().outage = fault;
        self
    }

    /// Makes a webhook of a channel.
    pub(crate) fn add_webhook(&self, webhook: u64, token: &str, channel: u64) -> &Self {
        self.open(channel, Access::Open);
        self.world().webhooks.insert(webhook, (token.to_owned(), channel));
        self
    }

    /// What time it is there.
    pub(crate) fn now(&self) -> Timestamp {
        self.world().now
    }

    /// Moves its clock on.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.world().now += time;
    }

    /// How often somebody tried to post.
    pub(crate) fn posts(&self) -> usize {
        self.world().posts
    }

    /// How often somebody tried to edit.
    pub(crate) fn edits(&self) -> usize {
        self.world().edits
    }

    /// Every message of a channel, oldest first, whether read or not.
    pub(crate) fn messages(&self, channel: u64) -> Vec<Value> {
        let world = self.world();
        let there = world.channels[&channel].messages.iter().filter(|one| !one.is_deleted);
        there.map(|one| one.json.clone()).collect()
    }

    /// The oldest message that the test did not read yet.
    pub(crate) fn next_message(&self) -> Value {
        let mut world = self.world();
        let unread = world.channels.values_mut().flat_map(|channel| &mut channel.messages);
        let next = unread.filter(|one| !one.is_read).min_by_key(|one| one.id);
        let next = next.expect("no message is waiting to be read");
        next.is_read = true;
        next.json.clone()
    }

    /// Posts something by somebody else.
    pub(crate) fn chatter(&self, channel: u64, text: &str) {
        let mut world = self.world();
        let (id, at) = (world.mint(), world.now);
        let json =
            json!({"id": id.to_string(), "author": {"id": "1"}, "content": text, "embeds": []});
        let stored =
            Stored { id, nonce: None, at, json, edited: None, is_read: true, is_deleted: false };
        world.channels.get_mut(&channel).unwrap().messages.push(stored);
    }

    /// A moderator deletes the channel's last message.
    pub(crate) fn delete_last(&self, channel: u64) {
        let mut world = self.world();
        let messages = &mut world.channels.get_mut(&channel).unwrap().messages;
        let last = messages.last_mut().unwrap();
        (last.is_deleted, last.is_read) = (true, true);
    }

    /// The test has seen everything: fails if a message was never read, a fault never happened, or
    /// the bot broke a rule.
    pub(crate) fn finish(self) {
        let world = self.world();
        let all = world.channels.values().flat_map(|channel| &channel.messages);
        let unread: Vec<_> = all.filter(|one| !one.is_read).map(|one| &one.json).collect();
        assert!(unread.is_empty(), "messages were never read: {unread:#?}");
        assert!(world.faults.is_empty(), "these never happened: {:?}", world.faults);
        assert!(world.broken.is_empty(), "the bot broke rules: {:#?}", world.broken);
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.server.abort();
    }
}

type Shared = State<Arc<Mutex<World>>>;

async fn create(
    ConnectInfo(line): ConnectInfo<Line>,
    State(world): Shared,
    Path(channel): Path<u64>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut world = world.lock().unwrap();
    world.posts += 1;
    if let Err(refusal) = world.admit(&headers, channel) {
        return *refusal;
    }
    world.answer(&line, channel, |world| world.post(channel, &body))
}

async fn change(
    ConnectInfo(line): ConnectInfo<Line>,
    State(world): Shared,
    Path((channel, message)): Path<(u64, u64)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut world = world.lock().unwrap();
    world.edits += 1;
    if let Err(refusal) = world.admit(&headers, channel) {
        return *refusal;
    }
    world.answer(&line, channel, |world| world.edit(channel, message, &body, Shape::Edit))
}

async fn execute(
    ConnectInfo(line): ConnectInfo<Line>,
    State(world): Shared,
    Path((webhook, token)): Path<(u64, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    body: Bytes,
) -> Response {
    let mut world = world.lock().unwrap();
    world.posts += 1;
    match world.webhook(webhook, &token) {
        Err(refusal) => *refusal,
        Ok(channel) => world.answer(&line, channel, |world| {
            let answer = world.post_by_webhook(channel, &body);
            if query.get("wait").is_some_and(|wait| wait == "true") {
                return answer;
            }
            StatusCode::NO_CONTENT.into_response()
        }),
    }
}

async fn change_by_webhook(
    ConnectInfo(line): ConnectInfo<Line>,
    State(world): Shared,
    Path((webhook, token, message)): Path<(u64, String, u64)>,
    body: Bytes,
) -> Response {
    let mut world = world.lock().unwrap();
    world.edits += 1;
    match world.webhook(webhook, &token) {
        Err(refusal) => *refusal,
        Ok(channel) => world.answer(&line, channel, |world| {
            world.edit(channel, message, &body, Shape::WebhookEdit)
        }),
    }
}

async fn history(
    State(world): Shared,
    Path(channel): Path<u64>,
    Query(query): Query<BTreeMap<String, u64>>,
    headers: HeaderMap,
) -> Response {
    let mut world = world.lock().unwrap();
    if let Err(refusal) = world.reads(&headers, channel) {
        return *refusal;
    }
    let channel = match world.visible(channel) {
        Ok(channel) => channel,
        Err(refusal) => return *refusal,
    };
    if channel.access == Access::NoHistory {
        return Json(json!([])).into_response();
    }
    let after = query.get("after").copied().unwrap_or(0);
    let limit = usize::try_from(query.get("limit").copied().unwrap_or(50)).unwrap();
    let later = channel.messages.iter().filter(|one| one.id > after && !one.is_deleted);
    let mut page: Vec<_> = later.take(limit).map(|one| one.json.clone()).collect();
    // History does not echo nonces, and the newest message comes first.
    for message in &mut page {
        message.as_object_mut().unwrap().remove("nonce");
    }
    page.reverse();
    Json(page).into_response()
}

async fn channel(State(world): Shared, Path(id): Path<u64>, headers: HeaderMap) -> Response {
    let mut world = world.lock().unwrap();
    if let Err(refusal) = world.reads(&headers, id) {
        return *refusal;
    }
    match world.visible(id) {
        Ok(channel) => {
            let last = channel.messages.last().map(|one| one.id.to_string());
            Json(json!({"id": id.to_string(), "type": 0, "last_message_id": last})).into_response()
        }
        Err(refusal) => *refusal,
    }
}

async fn me(State(world): Shared, headers: HeaderMap) -> Response {
    match world.lock().unwrap().reads(&headers, 0) {
        Ok(()) => Json(author()).into_response(),
        Err(refusal) => *refusal,
    }
}
