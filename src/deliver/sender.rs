//! One request at a time to Discord: an attempt to post, or a search for what was posted.

use std::{
    collections::BTreeMap,
    fmt,
    num::NonZeroU64,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, RequestBuilder,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap},
    redirect,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serenity::{
    http::{LightMethod, Request, Route},
    model::id::ChannelId as Snowflake,
};
use tokio::time::Instant;
use url::Url;

use crate::model::{ChannelId, Delivery, Message, Receipt};

use super::{
    answer::{self, Answer, Reply},
    lookup::{self, Lookup},
    outbox::Guard,
    pace::Pace,
    payload::{by_webhook, edited, payload},
};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a whole request may take.
const TOTAL: Duration = Duration::from_secs(20);
/// How much of an answer is read; a page of a hundred messages is well below it.
const MOST_BYTES: usize = 8 << 20;

/// Why there is no sender.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The token is empty or holds characters that no token has.
    #[error("the Discord token is empty or holds a space or a control character")]
    Token,
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

/// Sends to Discord, or to a REST proxy in its place: as one bot, by webhooks, or both.
pub struct Sender {
    client: Client,
    api: Url,
    /// The value of the Authorization header; `None` where there is no bot.
    token: Option<SecretString>,
    /// The tokens of webhooks, by their ids, which stand for their channels.
    webhooks: BTreeMap<ChannelId, SecretString>,
    pace: Mutex<Pace>,
    me: Mutex<Option<u64>>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("api", &self.api.host_str()).finish_non_exhaustive()
    }
}

impl Sender {
    /// A sender to the API at this address with a bot's token.
    pub fn new(api: Url, token: &SecretString) -> Result<Self, DeliverError> {
        Self::with(api, Some(token), BTreeMap::new())
    }

    /// A sender to the API at this address with a bot's token, if there is one, and with the tokens
    /// of webhooks by their ids.
    pub fn with(
        api: Url,
        token: Option<&SecretString>,
        webhooks: BTreeMap<ChannelId, SecretString>,
    ) -> Result<Self, DeliverError> {
        let token = token.map(authorization).transpose()?;
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .build()
            .map_err(|error| DeliverError::Client(describe(error)))?;
        Ok(Self { client, api, token, webhooks, pace: Mutex::default(), me: Mutex::default() })
    }

    /// Whether it can reach this channel.
    pub fn serves(&self, channel: ChannelId) -> bool {
        self.token.is_some() || self.webhooks.contains_key(&channel)
    }

    /// What keeps a message to this channel from being posted twice.
    pub fn guard(&self, channel: ChannelId) -> Guard {
        if self.webhooks.contains_key(&channel) { Guard::Nothing } else { Guard::Nonce }
    }

    /// Tries once to post the message, in answer to the message of that snowflake. Never waits for
    /// a rate limit: it says until when to wait, counted from `now`, which should be read just
    /// before the call.
    pub async fn attempt(
        &self,
        delivery: &Delivery,
        reply_to: Option<u64>,
        now: Timestamp,
    ) -> Answer {
        let message = &delivery.message;
        if let Some(token) = self.webhooks.get(&message.channel) {
            let mut url = self.webhook_url(message.channel, token);
            url.set_query(Some("wait=true"));
            let request = self.client.post(url).body(by_webhook(message));
            return self.ask(json(request), message.channel, now).await.0;
        }
        let Some(channel) = snowflake(message.channel) else { return nowhere() };
        let route = Route::ChannelMessages { channel_id: channel };
        let request = Request::new(route, LightMethod::Post).body(Some(payload(message, reply_to)));
        self.ask(self.as_bot(request), message.channel, now).await.0
    }

    /// Tries once to make the message of this snowflake read as `wanted`.
    pub async fn edit(&self, wanted: &Message, id: u64, now: Timestamp) -> Answer {
        if let Some(token) = self.webhooks.get(&wanted.channel) {
            let mut url = self.webhook_url(wanted.channel, token);
            url.path_segments_mut().expect(WEB).extend(["messages", &id.to_string()]);
            let request = self.client.patch(url).body(edited(wanted));
            return self.ask(json(request), wanted.channel, now).await.0;
        }
        let (Some(channel), Some(id)) = (snowflake(wanted.channel), NonZeroU64::new(id)) else {
            return nowhere();
        };
        let route = Route::ChannelMessage { channel_id: channel, message_id: id.into() };
        let request = Request::new(route, LightMethod::Patch).body(Some(edited(wanted)));
        self.ask(self.as_bot(request), wanted.channel, now).await.0
    }

    /// The address of a webhook. serenity is not asked for it: it shows routes in its logs, and
    /// this one is a secret.
    fn webhook_url(&self, webhook: ChannelId, token: &SecretString) -> Url {
        let mut url = self.api.clone();
        let path = ["api", "v10", "webhooks", &webhook.to_string(), token.expose_secret()];
        url.path_segments_mut().expect(WEB).pop_if_empty().extend(path);
        url
    }

    /// A request with the bot's token.
    fn as_bot(&self, request: Request<'_>) -> reqwest::Result<reqwest::Request> {
        let token = self.token.as_ref().map_or("", ExposeSecret::expose_secret);
        let built = request
            .build(&self.client, token, Some(self.api.as_str()))
            .expect("the address and the token were checked when the sender was made");
        let mut request = built.build()?;
        if let Some(token) = request.headers_mut().get_mut(AUTHORIZATION) {
            token.set_sensitive(true);
        }
        Ok(request)
    }

    /// Looks for a message whose attempt, begun at `since`, had an unknown outcome.
    pub async fn find(&self, message: &Message, since: Timestamp, now: Timestamp) -> Lookup {
        self.search(message, since, now).await.unwrap_or_else(unread)
    }

    async fn search(
        &self,
        message: &Message,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Lookup, Answer> {
        let Some(channel) = snowflake(message.channel) else { return Ok(Lookup::Absent) };
        let me = self.identity(message.channel, now).await?;
        let from = lookup::starting_point(since);
        let mut after = from;
        for _ in 0..lookup::PAGES {
            let page = self.page(channel, after, now).await?;
            if let Some(id) = lookup::on_page(&page, message, me) {
                return Ok(Lookup::Found(Receipt { message_id: Some(id), at: now }));
            }
            if page.is_empty() && after == from {
                let route = Route::Channel { channel_id: channel };
                let channel =
                    self.read(Request::new(route, LightMethod::Get), message.channel, now);
                return Ok(lookup::nothing_read(&channel.await?, from));
            }
            match lookup::next_page(&page) {
                Some(newest) => after = newest,
                None => return Ok(Lookup::Absent),
            }
        }
        Ok(Lookup::Unreadable("too much was written there since".to_owned()))
    }

    /// The bot's own id, asked once.
    async fn identity(&self, channel: ChannelId, now: Timestamp) -> Result<u64, Answer> {
        if let Some(me) = *lock(&self.me) {
            return Ok(me);
        }
        let user = self.read(Request::new(Route::UserMe, LightMethod::Get), channel, now).await?;
        let me = lookup::snowflake(&user["id"]).ok_or_else(|| unreadable("who the bot is"))?;
        *lock(&self.me) = Some(me);
        Ok(me)
    }

    /// Messages of the channel after a snowflake.
    async fn page(&self, of: Snowflake, after: u64, now: Timestamp) -> Result<Vec<Value>, Answer> {
        let params = vec![("after", after.to_string()), ("limit", lookup::PAGE.to_string())];
        let route = Route::ChannelMessages { channel_id: of };
        let request = Request::new(route, LightMethod::Get).params(Some(params));
        match self.read(request, ChannelId(of.get()), now).await? {
            Value::Array(page) => Ok(page),
            _ => Err(unreadable("the channel's messages")),
        }
    }

    /// The JSON of a successful answer.
    async fn read(
        &self,
        request: Request<'_>,
        channel: ChannelId,
        now: Timestamp,
    ) -> Result<Value, Answer> {
        match self.ask(self.as_bot(request), channel, now).await {
            (Answer::Delivered(_), body) => serde_json::from_slice(&body)
                .map_err(|error| unreadable(&format!("what was asked: {error}"))),
            (answer, _) => Err(answer),
        }
    }

    /// One request inside the limits, with what its answer means and says.
    async fn ask(
        &self,
        request: reqwest::Result<reqwest::Request>,
        channel: ChannelId,
        now: Timestamp,
    ) -> (Answer, Vec<u8>) {
        if let Err(wait) = lock(&self.pace).enter(channel, now) {
            return (wait, Vec::new());
        }
        let started = Instant::now();
        match self.exchange(request).await {
            Ok((status, headers, body)) => {
                // The clock is the caller's; only the time that the answer took is added to it.
                let took = SignedDuration::try_from(started.elapsed()).unwrap_or_default();
                let at = now.checked_add(took).unwrap_or(now);
                let reply = Reply { status, headers: &headers, body: &body };
                let answer = answer::classify(&reply, at);
                lock(&self.pace).learn(channel, &answer, &headers, at);
                (answer, body)
            }
            Err(error) => {
                let maybe_sent = !(error.is_connect() || error.is_builder());
                (Answer::Retry { why: describe(error), maybe_sent }, Vec::new())
            }
        }
    }

    async fn exchange(
        &self,
        request: reqwest::Result<reqwest::Request>,
    ) -> reqwest::Result<(u16, HeaderMap, Vec<u8>)> {
        let request = request?;
        point!("deliver.sending");
        let mut response = self.client.execute(request).await?;
        point!("deliver.header");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        // A success counts from its status on: a body that breaks off takes nothing back.
        while let Ok(Some(chunk)) = response.chunk().await {
            if body.len() + chunk.len() > MOST_BYTES {
                break;
            }
            body.extend_from_slice(&chunk);
        }
        Ok((status, headers, body))
    }
}

/// What an answer other than a success means for a search.
fn unread(answer: Answer) -> Lookup {
    match answer {
        Answer::Refused { ref why, .. } if answer.is_about_the_message() => {
            Lookup::Unreadable(why.clone())
        }
        later => Lookup::Later(later),
    }
}

fn unreadable(what: &str) -> Answer {
    Answer::Retry { why: format!("Discord's answer does not say {what}"), maybe_sent: false }
}

/// The value of the Authorization header for a bot's token.
fn authorization(token: &SecretString) -> Result<SecretString, DeliverError> {
    let bare = token.expose_secret().trim();
    let prefixed = bare.strip_prefix("Bot");
    let bare = prefixed.filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(bare);
    let bare = bare.trim();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(DeliverError::Token);
    }
    Ok(SecretString::from(format!("Bot {bare}")))
}

/// Why the API's address has a path to append to.
const WEB: &str = "the API's address is one of the web";

fn json(request: RequestBuilder) -> reqwest::Result<reqwest::Request> {
    request.header(CONTENT_TYPE, "application/json").build()
}

fn nowhere() -> Answer {
    let why = "the channel's id is 0; correct it in channels.toml".to_owned();
    Answer::Refused { status: 404, code: None, why }
}

fn snowflake(channel: ChannelId) -> Option<Snowflake> {
    NonZeroU64::new(channel.0).map(Snowflake::from)
}

/// What went wrong on the way, without the address, which may hold a secret.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

/// The lock's value; nothing is left half-done in it, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(token: &str) -> Result<Sender, DeliverError> {
        Sender::new("https://discord.com".parse().unwrap(), &SecretString::from(token))
    }

    #[test]
    fn a_token_may_come_with_its_prefix_and_a_line_feed() {
        for token in ["abc.def", "Bot abc.def", " abc.def\n"] {
            let sender = sender(token).unwrap();
            assert_eq!(sender.token.unwrap().expose_secret(), "Bot abc.def");
        }
        for token in ["", " \n", "Bot ", "abc def", "abc\u{7}"] {
            assert!(matches!(sender(token), Err(DeliverError::Token)));
        }
    }

    #[test]
    fn nothing_shows_the_token() {
        let shown = format!("{:?}", sender("very-secret").unwrap());
        assert_eq!(shown, r#"Sender { api: Some("discord.com"), .. }"#);
    }
}
