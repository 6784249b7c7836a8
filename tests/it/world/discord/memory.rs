//! What the fake remembers, and how it answers by it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    Access, Fault, TOKEN,
    rules::{self, Shape},
    wire::Line,
};

/// The bot's own id.
const ME: u64 = 4_242;
/// The least time between two edits of a message that the bot promises.
const BETWEEN_EDITS: SignedDuration = SignedDuration::from_secs(60);
/// How long a nonce is remembered.
const NONCE_WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// The first moment of Discord's snowflakes, in milliseconds of Unix time.
const EPOCH: i64 = 1_420_070_400_000;

#[derive(Default)]
pub(super) struct World {
    pub(super) now: Timestamp,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) faults: VecDeque<Fault>,
    pub(super) limited: Option<Timestamp>,
    pub(super) under_way: BTreeSet<u64>,
    pub(super) webhooks: BTreeMap<u64, (String, u64)>,
    pub(super) outage: Option<Fault>,
    pub(super) posts: usize,
    pub(super) edits: usize,
    pub(super) last_id: u64,
    pub(super) broken: Vec<String>,
    #[cfg(feature = "failpoints")]
    pub(super) attempts: Vec<Attempt>,
}

/// A message that was accepted, or was there already.
#[cfg(feature = "failpoints")]
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// Its nonce.
    pub(crate) nonce: Option<String>,
    /// Whether that was answered; an answer may still be lost on its way.
    pub(crate) answered: bool,
}

#[derive(Default)]
pub(super) struct Channel {
    pub(super) access: Access,
    pub(super) limited: Option<Timestamp>,
    pub(super) messages: Vec<Stored>,
}

pub(super) struct Stored {
    pub(super) id: u64,
    pub(super) nonce: Option<String>,
    pub(super) at: Timestamp,
    pub(super) json: Value,
    pub(super) edited: Option<Timestamp>,
    pub(super) is_read: bool,
    pub(super) is_deleted: bool,
}

impl World {
    /// A new snowflake, larger than every one before.
    pub(super) fn mint(&mut self) -> u64 {
        let passed = u64::try_from(self.now.as_millisecond() - EPOCH).unwrap();
        self.last_id = (passed << 22).max(self.last_id + 1);
        self.last_id
    }

    /// Checks the token and the limits that are in force.
    pub(super) fn admit(&mut self, headers: &HeaderMap, channel: u64) -> Result<(), Box<Response>> {
        let token = headers.get("authorization").and_then(|value| value.to_str().ok());
        if token != Some(format!("Bot {TOKEN}").as_str()) {
            return Err(Box::new(refuse(StatusCode::UNAUTHORIZED, 0, "401: Unauthorized")));
        }
        self.in_limits(channel)
    }

    /// Checks whether something may be read now.
    pub(super) fn reads(&mut self, headers: &HeaderMap, channel: u64) -> Result<(), Box<Response>> {
        self.admit(headers, channel)?;
        if self.outage.is_some() {
            return Err(Box::new(StatusCode::BAD_GATEWAY.into_response()));
        }
        Ok(())
    }

    /// Checks the limits that are in force.
    fn in_limits(&mut self, channel: u64) -> Result<(), Box<Response>> {
        let now = self.now;
        let own = self.channels.get(&channel).and_then(|channel| channel.limited);
        if let Some(until) = self.limited.max(own).filter(|until| *until > now) {
            // A request to another channel may have been under way when the limit was set.
            if own.is_some_and(|own| own > now) || !self.under_way.insert(channel) {
                self.broken.push(format!("channel {channel} was asked during a rate limit"));
            }
            let left = until.duration_since(now).as_secs_f64();
            return Err(Box::new(limited(left, "user")));
        }
        Ok(())
    }

    /// The channel, if the bot may see it.
    pub(super) fn visible(&self, channel: u64) -> Result<&Channel, Box<Response>> {
        match self.channels.get(&channel) {
            None => Err(Box::new(refuse(StatusCode::NOT_FOUND, 10_003, "Unknown Channel"))),
            Some(hidden) if hidden.access == Access::Hidden => {
                Err(Box::new(refuse(StatusCode::FORBIDDEN, 50_001, "Missing Access")))
            }
            Some(channel) => Ok(channel),
        }
    }

    pub(super) fn limit(&mut self, channel: u64, seconds: f64, scope: &str) -> Response {
        let until = self.now + SignedDuration::from_secs_f64(seconds);
        match scope {
            "global" => {
                self.limited = Some(until);
                self.under_way = [channel].into();
            }
            _ => self.channels.entry(channel).or_default().limited = Some(until),
        }
        limited(seconds, scope)
    }

    /// The answer to a request that was admitted, or what was scripted in its place.
    pub(super) fn answer(
        &mut self,
        line: &Line,
        channel: u64,
        accept: impl FnOnce(&mut Self) -> Response,
    ) -> Response {
        let fault = self.outage.or_else(|| self.faults.pop_front());
        match fault {
            Some(Fault::LimitRoute(seconds)) => return self.limit(channel, seconds, "user"),
            Some(Fault::LimitShared(seconds)) => return self.limit(channel, seconds, "shared"),
            Some(Fault::LimitGlobal(seconds)) => return self.limit(channel, seconds, "global"),
            Some(Fault::LimitEdge) => {
                return (StatusCode::TOO_MANY_REQUESTS, "<html>too many requests</html>")
                    .into_response();
            }
            Some(Fault::BadGateway) => {
                return (StatusCode::BAD_GATEWAY, "<html>bad gateway</html>").into_response();
            }
            Some(Fault::CutBefore) => {
                line.cut();
                return StatusCode::OK.into_response();
            }
            _ => {}
        }
        let answer = accept(self);
        #[cfg(feature = "failpoints")]
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.answered &= matches!(fault, None | Some(Fault::Nothing));
        }
        match fault {
            Some(Fault::AcceptThenFail) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            Some(Fault::AcceptThenGarble) => "{\"id\": 12".into_response(),
            Some(Fault::AcceptThenCut) => {
                line.cut();
                answer
            }
            #[cfg(feature = "failpoints")]
            Some(Fault::AcceptThenHold) => {
                line.hold();
                answer
            }
            _ => answer,
        }
    }

    pub(super) fn post(&mut self, channel: u64, body: &[u8]) -> Response {
        let body = match self.may_post(channel).and_then(|()| self.body(body, Shape::Message)) {
            Ok(body) => body,
            Err(refusal) => return *refusal,
        };
        let nonce = body["nonce"].as_str().map(str::to_owned);
        #[cfg(feature = "failpoints")]
        self.attempts.push(Attempt { nonce: nonce.clone(), answered: true });
        if body["enforce_nonce"] == true
            && let Some(answer) = self.same_nonce(channel, nonce.as_ref())
        {
            return answer;
        }
        self.keep(channel, nonce, &body, &author())
    }

    /// A webhook's message: it knows no nonce and answers nothing.
    pub(super) fn post_by_webhook(&mut self, channel: u64, body: &[u8]) -> Response {
        match self.body(body, Shape::Webhook) {
            Ok(body) => self.keep(channel, None, &body, &json!({"id": "77", "bot": true})),
            Err(refusal) => *refusal,
        }
    }

    fn keep(&mut self, channel: u64, nonce: Option<String>, body: &Value, by: &Value) -> Response {
        let reference = match self.reference(channel, body) {
            Ok(reference) => reference,
            Err(refusal) => return *refusal,
        };
        let (id, at) = (self.mint(), self.now);
        let mut json = stored(id, channel, at, body);
        json["message_reference"] = reference;
        json["author"] = by.clone();
        let stored = Stored {
            id,
            nonce,
            at,
            json: json.clone(),
            edited: None,
            is_read: false,
            is_deleted: false,
        };
        self.channels.get_mut(&channel).unwrap().messages.push(stored);
        Json(json).into_response()
    }

    /// What a message answers, as it is kept: nothing where that is gone and it may be.
    fn reference(&self, channel: u64, body: &Value) -> Result<Value, Box<Response>> {
        let reference = &body["message_reference"];
        if reference.is_null() {
            return Ok(Value::Null);
        }
        let id = reference["message_id"].as_str().and_then(|id| id.parse::<u64>().ok());
        let there = |one: &Stored| Some(one.id) == id && !one.is_deleted;
        if self.channels[&channel].messages.iter().any(there) {
            return Ok(reference.clone());
        }
        if reference["fail_if_not_exists"] == false {
            return Ok(Value::Null);
        }
        Err(Box::new(refuse(StatusCode::BAD_REQUEST, 50_035, "Unknown message")))
    }

    pub(super) fn edit(
        &mut self,
        channel: u64,
        message: u64,
        body: &[u8],
        shape: Shape,
    ) -> Response {
        let seen = match shape {
            Shape::Edit => self.visible(channel).map(|_| ()),
            _ => Ok(()),
        };
        let body = match seen.and_then(|()| self.body(body, shape)) {
            Ok(body) => body,
            Err(refusal) => return *refusal,
        };
        let now = self.now;
        let messages = &mut self.channels.get_mut(&channel).unwrap().messages;
        let found = messages.iter_mut().find(|one| one.id == message && !one.is_deleted);
        let Some(found) = found else {
            return refuse(StatusCode::NOT_FOUND, 10_008, "Unknown Message");
        };
        if found.edited.is_some_and(|before| now.duration_since(before) < BETWEEN_EDITS) {
            self.broken.push(format!("message {message} was edited twice within a minute"));
        }
        found.edited = Some(now);
        for part in ["content", "embeds", "allowed_mentions"] {
            if let Some(value) = body.get(part) {
                found.json[part] = value.clone();
            }
        }
        found.json["edited_timestamp"] = json!(now.to_string());
        Json(found.json.clone()).into_response()
    }

    /// The channel of a webhook.
    pub(super) fn webhook(&mut self, webhook: u64, token: &str) -> Result<u64, Box<Response>> {
        let known = self.webhooks.get(&webhook).filter(|(secret, _)| secret == token);
        let Some((_, channel)) = known else {
            return Err(Box::new(refuse(StatusCode::NOT_FOUND, 10_015, "Unknown Webhook")));
        };
        let channel = *channel;
        self.in_limits(channel).map(|()| channel)
    }

    fn may_post(&self, channel: u64) -> Result<(), Box<Response>> {
        if self.visible(channel)?.access == Access::NoSend {
            let refusal = refuse(StatusCode::FORBIDDEN, 50_013, "Missing Permissions");
            return Err(Box::new(refusal));
        }
        Ok(())
    }

    /// The body of a request, where Discord would take it.
    fn body(&mut self, body: &[u8], shape: Shape) -> Result<Value, Box<Response>> {
        let bad = |code, message| Box::new(refuse(StatusCode::BAD_REQUEST, code, message));
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return Err(bad(50_109, "The request body contains invalid JSON."));
        };
        let faults = rules::faults(&body, shape);
        if !faults.is_empty() {
            self.broken.extend(faults);
            return Err(bad(50_035, "Invalid Form Body"));
        }
        if rules::is_empty(&body) {
            return Err(bad(50_006, "Cannot send an empty message"));
        }
        Ok(body)
    }

    /// The answer to a nonce that was used a short while ago.
    pub(super) fn same_nonce(&self, channel: u64, nonce: Option<&String>) -> Option<Response> {
        let now = self.now;
        let fresh = |one: &&Stored| now.duration_since(one.at) < NONCE_WINDOW;
        let mut recent = self.channels[&channel].messages.iter().filter(fresh);
        let same = recent.find(|one| nonce.is_some() && one.nonce.as_ref() == nonce)?;
        let gone = || refuse(StatusCode::NOT_FOUND, 10_008, "Unknown Message");
        Some(if same.is_deleted { gone() } else { Json(same.json.clone()).into_response() })
    }
}

fn limited(seconds: f64, scope: &str) -> Response {
    let body = json!({"message": "You are being rate limited.", "retry_after": seconds,
        "global": scope == "global"});
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert("retry-after", format!("{}", seconds.ceil()).parse().unwrap());
    headers.insert("x-ratelimit-scope", scope.parse().unwrap());
    if scope == "global" {
        headers.insert("x-ratelimit-global", "true".parse().unwrap());
    }
    response
}

/// The message as Discord gives it back, with whom it pinged.
fn stored(id: u64, channel: u64, at: Timestamp, body: &Value) -> Value {
    let content = body["content"].as_str().unwrap_or_default();
    let allowed = &body["allowed_mentions"];
    let parses = |what: &str| {
        allowed.is_null()
            || allowed["parse"].as_array().is_some_and(|all| all.contains(&json!(what)))
    };
    let named = |role: &str| {
        parses("roles") || allowed["roles"].as_array().is_some_and(|all| all.contains(&json!(role)))
    };
    let everyone =
        (content.contains("@everyone") || content.contains("@here")) && parses("everyone");
    let roles: Vec<&str> = content
        .split("<@&")
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(role, _)| role)
        .filter(|role| named(role))
        .collect();
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "author": author(),
        "content": content, "embeds": body["embeds"], "nonce": body["nonce"],
        "timestamp": at.to_string(), "mention_everyone": everyone, "mention_roles": roles,
        "allowed_mentions": allowed,
    })
}

pub(super) fn author() -> Value {
    json!({"id": ME.to_string(), "username": "haguewatch", "discriminator": "0", "bot": true})
}

pub(super) fn refuse(status: StatusCode, code: u64, message: &str) -> Response {
    (status, Json(json!({"code": code, "message": message}))).into_response()
}
