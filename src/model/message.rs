//! What to say to a channel, and whether it arrived.

use jiff::Timestamp;

use super::{ChannelId, DevelopmentId, MessageKey, TellKind};

/// A message, composed and inside Discord's limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identity and nonce.
    pub key: MessageKey,
    /// Where it goes.
    pub channel: ChannelId,
    /// What it tells: one development, several in a digest, none in a notice to operators.
    pub developments: Vec<Telling>,
    /// The earlier message of ours in that channel that it answers. It is sent without one where
    /// that message never arrived.
    pub reply_to: Option<MessageKey>,
    /// Text above the embed: role mentions, or nothing.
    pub content: String,
    /// Roles that may be pinged, and nobody else.
    pub mention_roles: Vec<u64>,
    /// The body of the message.
    pub embed: Embed,
}

/// A development that a message tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    /// Which.
    pub development: DevelopmentId,
    /// As what.
    pub kind: TellKind,
}

/// A Discord embed as plain data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// One plain sentence that says what happened.
    pub title: String,
    /// Where the title leads.
    pub url: Option<String>,
    /// The text under the title.
    pub description: String,
    /// 0xRRGGBB.
    pub colour: u32,
    /// Named fields.
    pub fields: Vec<EmbedField>,
    /// The short id (`#K7Q2M`) and how to ask for more.
    pub footer: String,
    /// When it was published.
    pub timestamp: Option<Timestamp>,
}

/// A named field of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmbedField {
    /// Its name.
    pub name: String,
    /// Its text.
    pub value: String,
    /// Whether it may stand beside others.
    pub inline: bool,
}

/// A message in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its place in the outbox: messages of one channel are sent in this order.
    pub sequence: u64,
    /// What to send.
    pub message: Message,
    /// When it was enqueued.
    pub enqueued: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Not sent before this moment; once it was sent, not edited before it.
    pub next_attempt: Timestamp,
    /// How far it is.
    pub state: DeliveryState,
    /// What its last attempt, to send or to edit, ran into; `None` where none failed yet.
    pub last_trouble: Option<Setback>,
}

/// Why an attempt to deliver did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setback {
    /// Why, and what to do, for people.
    pub why: String,
    /// Whether it goes on until somebody changes something; an outage ends by itself.
    pub needs_person: bool,
}

/// How far a delivery is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waiting for its turn.
    Pending,
    /// An attempt was begun; durable before the request leaves.
    Sending(Timestamp),
    /// Discord has it.
    Sent(Receipt),
    /// It will not be sent; the reason is for the operators.
    Dead(String),
    /// What it says is told in this digest instead.
    Folded(MessageKey),
}

/// Discord's answer to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The message's snowflake; `None` where the answer could not be read although it was a success,
    /// and where the message was deleted since.
    pub message_id: Option<u64>,
    /// When it was answered.
    pub at: Timestamp,
}

/// A time of trouble that ends when a person acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// What stands still.
    pub of: Standing,
    /// Since when.
    pub since: Timestamp,
    /// Why, and what to do, for people.
    pub why: String,
}

/// What a spell of trouble makes stand still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Everything: the bot itself is refused.
    Bot,
    /// One channel.
    Channel(ChannelId),
}
