//! What an answer of Discord means for a delivery.
//!
//! Pure: status, headers and body in, one of four answers out. Headers and bodies are read
//! leniently, because an answer that is misread costs more than one that is odd: a success in JSON
//! is a success even where it lacks an id or breaks off, and a rate limit is obeyed even without a
//! number.

use std::fmt;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::model::Receipt;

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Discord has the message.
    Delivered(Receipt),
    /// Discord had the message, and somebody deleted it.
    Deleted,
    /// Discord took nothing and asks to wait.
    Wait {
        /// Not before this moment.
        until: Timestamp,
        /// For what.
        scope: Scope,
    },
    /// It may work later.
    Retry {
        /// What went wrong, for people.
        why: String,
        /// Discord may have the message all the same.
        maybe_sent: bool,
    },
    /// It will not work until somebody changes something: the token, the channel, or, where
    /// [`Answer::is_about_the_message`], the message itself.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code, such as 50001 for missing access.
        code: Option<u64>,
        /// Why, for people.
        why: String,
    },
}

impl Answer {
    /// Whether the bot or the channel is refused, until a person acts: the status.
    pub fn refusal(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } if !self.is_about_the_message() => Some(*status),
            _ => None,
        }
    }

    /// Whether the message itself is refused, so that it would be refused anywhere and for ever.
    /// Other refusals are of the bot or of the channel, and end when somebody lets it in.
    pub fn is_about_the_message(&self) -> bool {
        match self {
            Self::Refused { code: Some(code), .. } if OF_THE_CHANNEL.contains(code) => false,
            Self::Refused { code: Some(code), .. } if OF_THE_TEXT.contains(code) => true,
            Self::Refused { status, .. } => matches!(status, 400 | 413),
            _ => false,
        }
    }
}

impl fmt::Display for Answer {
    /// What came of it, as a log or a status line says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivered(Receipt { message_id: Some(id), .. }) => write!(f, "delivered as {id}"),
            Self::Delivered(_) => f.write_str("delivered"),
            Self::Deleted => f.write_str("it was deleted there"),
            Self::Wait { until, scope } => {
                let whom = match scope {
                    Scope::Route => "this channel",
                    Scope::Global => "every channel",
                    Scope::Shared => "everybody in this channel",
                };
                write!(f, "rate limit for {whom} until {until:.0}")
            }
            Self::Retry { why, maybe_sent: true } => {
                write!(f, "{why}; whether Discord has the message is not known")
            }
            Self::Retry { why, .. } | Self::Refused { why, .. } => f.write_str(why),
        }
    }
}

/// What a rate limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This bot in this channel.
    Route,
    /// This bot everywhere.
    Global,
    /// Everybody in this channel. Such answers do not count as our mistakes.
    Shared,
}

/// An answer as it came.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, or as much of it as was read.
    pub body: &'a [u8],
}

/// The code of a message that was deleted: with an enforced nonce it says that this very message
/// was posted before and taken away by somebody.
const UNKNOWN_MESSAGE: u64 = 10_008;
/// The code by which Discord's edge turns an address away for a while.
const BLOCKED_BY_EDGE: u64 = 40_333;
/// Codes of a channel that takes no messages, which come with status 400: not a text channel, of
/// a type that cannot do this, an archived thread.
const OF_THE_CHANNEL: [u64; 3] = [50_008, 50_024, 50_083];
/// Codes of a text that a server's filters block, whatever the status, and of a message that another
/// bot posted.
const OF_THE_TEXT: [u64; 4] = [200_000, 200_001, 240_000, 50_005];
/// How long to wait where a rate limit names no time.
const UNTOLD_WAIT: SignedDuration = SignedDuration::from_secs(5);
/// How long to wait where the limit was set by Discord's edge, which answers in HTML.
const EDGE_WAIT: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait that is believed.
const LONGEST_WAIT: f64 = 7.0 * 86_400.0;
/// What is added to every wait, in seconds: clocks and the way there lie a little apart, and no wait
/// at all would be a storm.
const MARGIN: f64 = 0.1;

/// Reads an answer that arrived at `now`.
pub fn classify(reply: &Reply<'_>, now: Timestamp) -> Answer {
    let body: Option<Value> = serde_json::from_slice(reply.body).ok().filter(Value::is_object);
    let code = body.as_ref().and_then(|body| number(&body["code"])).filter(|code| *code != 0);
    match reply.status {
        200..=299 if is_foreign(reply.body) => Answer::Retry {
            why: "a success that is not Discord's; check discord.api".to_owned(),
            maybe_sent: true,
        },
        200..=299 => {
            let message_id = body.as_ref().and_then(|body| number(&body["id"]));
            Answer::Delivered(Receipt { message_id, at: now })
        }
        429 => wait(reply.headers, body.as_ref(), now),
        404 if code == Some(UNKNOWN_MESSAGE) => Answer::Deleted,
        _ if code == Some(BLOCKED_BY_EDGE) => wait(reply.headers, None, now),
        400 | 401 | 403 | 404 | 413 => refused(reply.status, code, body.as_ref()),
        405..=407 | 410..=412 | 414..=499 if body.is_some() => {
            refused(reply.status, code, body.as_ref())
        }
        // A refusal that is not in Discord's words comes from something on the way to it.
        status @ 300..=499 => Answer::Retry {
            why: format!("an answer with status {status} that is not Discord's; check discord.api"),
            maybe_sent: status == 408,
        },
        status => Answer::Retry { why: format!("Discord answered {status}"), maybe_sent: true },
    }
}

/// A number, also where it is written as a string: snowflakes are.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether a success has a body that is no JSON from its first character on, such as a web page.
/// One that only breaks off is Discord's.
fn is_foreign(body: &[u8]) -> bool {
    !matches!(body.trim_ascii().first(), None | Some(b'{' | b'['))
}

fn refused(status: u16, code: Option<u64>, body: Option<&Value>) -> Answer {
    let said = body.and_then(|body| body["message"].as_str()).unwrap_or("no reason given");
    // Only so much of a stranger's text goes into logs, and no control characters.
    let said: String = said.chars().filter(|letter| !letter.is_control()).take(200).collect();
    let hint = match (status, code) {
        (_, Some(10_015 | 50_027)) => "; make the webhook anew and set its address",
        (401, _) => "; check DISCORD_TOKEN, the bot's token",
        (_, Some(10_003)) => "; the channel does not exist, correct its id in channels.toml",
        (_, Some(50_001 | 50_013)) => {
            "; give the bot View Channel, Send Messages and Embed Links there"
        }
        (_, Some(50_008 | 50_024)) => "; name a text channel in channels.toml",
        (_, Some(50_083)) => "; the thread is archived, open it again or name another channel",
        _ if body.is_none() && status != 413 => "; it is not Discord's answer, check discord.api",
        _ => "",
    };
    let number = code.map(|code| format!(" ({code})")).unwrap_or_default();
    Answer::Refused {
        status,
        code,
        why: format!("Discord answered {status}: {said}{number}{hint}"),
    }
}

fn wait(headers: &HeaderMap, body: Option<&Value>, now: Timestamp) -> Answer {
    let named = [
        header(headers, "retry-after").and_then(|text| seconds(text, now)),
        header(headers, "x-ratelimit-reset-after").and_then(|text| seconds(text, now)),
        body.and_then(|body| body["retry_after"].as_f64()).filter(|wait| *wait >= 0.0),
    ];
    let longest = named
        .into_iter()
        .flatten()
        .fold(None, |most: Option<f64>, wait| Some(most.map_or(wait, |most| most.max(wait))));
    let pause = match (longest, body) {
        (Some(seconds), _) => SignedDuration::from_secs_f64(seconds.min(LONGEST_WAIT) + MARGIN),
        (None, Some(_)) => UNTOLD_WAIT,
        (None, None) => EDGE_WAIT,
    };
    let everywhere = header(headers, "x-ratelimit-global") == Some("true")
        || body.is_none_or(|body| body["global"] == Value::Bool(true));
    let scope = match header(headers, "x-ratelimit-scope") {
        Some("shared") => Scope::Shared,
        Some("user") if body.is_some() && !everywhere => Scope::Route,
        Some("global") => Scope::Global,
        _ if everywhere => Scope::Global,
        _ => Scope::Route,
    };
    Answer::Wait { until: later(now, pause), scope }
}

/// How long the channel should rest after an answer, as its headers say: some moment where nothing
/// is left of the current allowance.
pub(super) fn rest(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let left: f64 = header(headers, "x-ratelimit-remaining")?.trim().parse().ok()?;
    let pause = seconds(header(headers, "x-ratelimit-reset-after")?, now)?;
    (left < 1.0)
        .then(|| later(now, SignedDuration::from_secs_f64(pause.min(LONGEST_WAIT) + MARGIN)))
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Seconds from now: a number, with a fraction or without, or a date (RFC 9110, 10.2.3). Negative
/// and impossible ones say nothing.
fn seconds(text: &str, now: Timestamp) -> Option<f64> {
    let number = match text.parse::<f64>() {
        Ok(number) => number,
        Err(_) => rfc2822::parse(text).ok()?.timestamp().duration_since(now).as_secs_f64(),
    };
    (number.is_finite() && number >= 0.0).then_some(number)
}

#[cfg(test)]
mod tests;
