//! A message: what it tells and how it reads. By itself it is stored as it is wanted to read.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Unreadable, scalar::Text, tell::TellKindV1};
use crate::model::{ChannelId, Embed, EmbedField, Message, TellKind, Telling};

#[derive(Serialize, Deserialize)]
enum WantedRecord {
    #[serde(rename = "1")]
    V1(MessageV2),
}

pub(in crate::state) fn encode(wanted: &Message) -> Vec<u8> {
    super::encode(&WantedRecord::V1(wanted.into()))
}

pub(in crate::state) fn decode(bytes: &[u8]) -> Result<Message, Unreadable> {
    let WantedRecord::V1(record) = super::decode(bytes)?;
    Ok(record.into())
}

/// A message of version 1 told one development, as the end of its footer says.
#[derive(Serialize, Deserialize)]
pub(super) struct MessageV1 {
    key: String,
    channel: u64,
    development: String,
    content: String,
    mention_roles: Vec<u64>,
    embed: EmbedV1,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MessageV2 {
    key: String,
    channel: u64,
    developments: Vec<TellingV1>,
    reply_to: Option<String>,
    content: String,
    mention_roles: Vec<u64>,
    embed: EmbedV1,
}

#[derive(Serialize, Deserialize)]
struct TellingV1 {
    development: String,
    kind: TellKindV1,
}

#[derive(Serialize, Deserialize)]
struct EmbedV1 {
    title: String,
    url: Option<String>,
    description: String,
    colour: u32,
    fields: Vec<EmbedFieldV1>,
    footer: String,
    timestamp: Option<Text<Timestamp>>,
}

#[derive(Serialize, Deserialize)]
struct EmbedFieldV1 {
    name: String,
    value: String,
    inline: bool,
}

impl From<&Message> for MessageV2 {
    fn from(message: &Message) -> Self {
        let telling = |telling: &Telling| TellingV1 {
            development: telling.development.as_str().into(),
            kind: telling.kind.into(),
        };
        Self {
            key: message.key.as_str().into(),
            channel: message.channel.0,
            developments: message.developments.iter().map(telling).collect(),
            reply_to: message.reply_to.as_ref().map(|key| key.as_str().into()),
            content: message.content.clone(),
            mention_roles: message.mention_roles.clone(),
            embed: (&message.embed).into(),
        }
    }
}

impl From<MessageV2> for Message {
    fn from(record: MessageV2) -> Self {
        let telling = |TellingV1 { development, kind }| Telling {
            development: development.into(),
            kind: kind.into(),
        };
        Self {
            key: record.key.into(),
            channel: ChannelId(record.channel),
            developments: record.developments.into_iter().map(telling).collect(),
            reply_to: record.reply_to.map(Into::into),
            content: record.content,
            mention_roles: record.mention_roles,
            embed: record.embed.into(),
        }
    }
}

impl From<MessageV1> for Message {
    fn from(record: MessageV1) -> Self {
        let kind =
            if record.embed.footer.contains(" · ") { TellKind::Update } else { TellKind::New };
        Self {
            key: record.key.into(),
            channel: ChannelId(record.channel),
            developments: vec![Telling { development: record.development.into(), kind }],
            reply_to: None,
            content: record.content,
            mention_roles: record.mention_roles,
            embed: record.embed.into(),
        }
    }
}

impl From<&Embed> for EmbedV1 {
    fn from(embed: &Embed) -> Self {
        let field = |field: &EmbedField| EmbedFieldV1 {
            name: field.name.clone(),
            value: field.value.clone(),
            inline: field.inline,
        };
        Self {
            title: embed.title.clone(),
            url: embed.url.clone(),
            description: embed.description.clone(),
            colour: embed.colour,
            fields: embed.fields.iter().map(field).collect(),
            footer: embed.footer.clone(),
            timestamp: embed.timestamp.map(Text),
        }
    }
}

impl From<EmbedV1> for Embed {
    fn from(record: EmbedV1) -> Self {
        let field = |f: EmbedFieldV1| EmbedField { name: f.name, value: f.value, inline: f.inline };
        Self {
            title: record.title,
            url: record.url,
            description: record.description,
            colour: record.colour,
            fields: record.fields.into_iter().map(field).collect(),
            footer: record.footer,
            timestamp: record.timestamp.map(|Text(at)| at),
        }
    }
}
