//! A message as the body of Discord's Create Message and Edit Message requests.

use std::num::NonZeroU64;

use serenity::{
    builder::{
        CreateAllowedMentions, CreateEmbed, CreateEmbedFooter, CreateMessage, EditMessage,
        ExecuteWebhook,
    },
    model::{
        Timestamp,
        channel::{MessageReference, MessageReferenceKind, Nonce},
        id::{ChannelId, MessageId, RoleId},
    },
};

use crate::model::{Embed, Message};

/// A message as JSON, in answer to an earlier one of this snowflake. It pings the message's roles
/// and nobody else, whatever its texts say, and is posted too where the earlier one is gone.
pub(super) fn payload(message: &Message, reply_to: Option<u64>) -> Vec<u8> {
    let key = message.key.as_str();
    let of_process = || format!("{}{}", std::process::id(), &key[..15]);
    let nonce = if flaw!("fleeting-nonce") { of_process() } else { key.to_owned() };
    let mut request = CreateMessage::new()
        .nonce(Nonce::String(nonce))
        .enforce_nonce(!flaw!("unenforced-nonce"))
        .allowed_mentions(roles(message))
        .embed(embed(&message.embed));
    if !message.content.is_empty() {
        request = request.content(&message.content);
    }
    if let Some(reference) = reply_to.and_then(|id| reference(message, id)) {
        request = request.reference_message(reference);
    }
    serde_json::to_vec(&request).expect("a message holds only strings, numbers and lists")
}

/// A message as JSON for a webhook, which knows neither nonces nor answers.
pub(super) fn by_webhook(message: &Message) -> Vec<u8> {
    let mut request =
        ExecuteWebhook::new().allowed_mentions(roles(message)).embed(embed(&message.embed));
    if !message.content.is_empty() {
        request = request.content(&message.content);
    }
    serde_json::to_vec(&request).expect("a message holds only strings, numbers and lists")
}

fn roles(message: &Message) -> CreateAllowedMentions {
    let roles = message.mention_roles.iter().filter_map(|role| NonZeroU64::new(*role));
    CreateAllowedMentions::new().roles(roles.map(RoleId::from))
}

/// A change of a message as JSON. It leaves the text above the embed alone and pings nobody.
pub(super) fn edited(message: &Message) -> Vec<u8> {
    let request = EditMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .embed(embed(&message.embed));
    serde_json::to_vec(&request).expect("a message holds only strings, numbers and lists")
}

fn reference(message: &Message, id: u64) -> Option<MessageReference> {
    let channel = ChannelId::from(NonZeroU64::new(message.channel.0)?);
    let id = MessageId::from(NonZeroU64::new(id)?);
    let reference = MessageReference::new(MessageReferenceKind::Default, channel);
    Some(reference.message_id(id).fail_if_not_exists(false))
}

fn embed(embed: &Embed) -> CreateEmbed {
    let fields = embed.fields.iter().map(|field| (&field.name, &field.value, field.inline));
    let mut request = CreateEmbed::new().title(&embed.title).colour(embed.colour).fields(fields);
    // What is empty is left out: Discord takes an empty text for a mistake.
    if !embed.description.is_empty() {
        request = request.description(&embed.description);
    }
    if !embed.footer.is_empty() {
        request = request.footer(CreateEmbedFooter::new(&embed.footer));
    }
    if let Some(url) = &embed.url {
        request = request.url(url);
    }
    let moment = embed.timestamp.map(|moment| Timestamp::from_unix_timestamp(moment.as_second()));
    if let Some(Ok(moment)) = moment {
        request = request.timestamp(moment);
    }
    request
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{ChannelId, EmbedField, MessageKey};

    fn check(message: &Message, expected: &Value) {
        let body: Value = serde_json::from_slice(&payload(message, None)).unwrap();
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(body.get(key), Some(value), "{key}");
        }
    }

    fn message() -> Message {
        Message {
            key: MessageKey::from("abc"),
            channel: ChannelId(1),
            developments: Vec::new(),
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed { title: "Something @everyone".into(), ..Embed::default() },
        }
    }

    #[test]
    fn a_message_carries_its_nonce_and_pings_nobody() {
        check(
            &message(),
            &json!({
                "nonce": "abc",
                "enforce_nonce": true,
                "tts": false,
                "allowed_mentions": {"parse": [], "users": [], "roles": []},
                "embeds": [{"title": "Something @everyone", "type": "rich", "color": 0}],
            }),
        );
    }

    #[test]
    fn a_reply_does_not_fail_where_what_it_answers_is_gone() {
        let body: Value = serde_json::from_slice(&payload(&message(), Some(9))).unwrap();
        let reference = &body["message_reference"];
        assert_eq!(reference["message_id"], "9");
        assert_eq!(reference["fail_if_not_exists"], false);
        let body: Value = serde_json::from_slice(&payload(&message(), None)).unwrap();
        assert_eq!(body.get("message_reference"), None);
    }

    #[test]
    fn an_edit_changes_the_embed_alone_and_pings_nobody() {
        let mut full = message();
        (full.content, full.mention_roles) = ("<@&7>".into(), vec![7]);
        let body: Value = serde_json::from_slice(&edited(&full)).unwrap();
        let expected = json!({
            "embeds": [{"title": "Something @everyone", "type": "rich", "color": 0}],
            "allowed_mentions": {"parse": [], "users": [], "roles": []},
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn configured_roles_are_pinged_and_every_part_is_there() {
        let mut full = message();
        full.content = "<@&7>".into();
        full.mention_roles = vec![7, 0];
        full.embed.description = "text".into();
        full.embed.footer = "#K7Q2M".into();
        full.embed.url = Some("https://court.test/".into());
        full.embed.timestamp = Some("2024-03-05T08:30:00Z".parse().unwrap());
        full.embed.fields =
            vec![EmbedField { name: "Status".into(), value: "Reported".into(), inline: true }];
        check(
            &full,
            &json!({
                "content": "<@&7>",
                "allowed_mentions": {"parse": [], "users": [], "roles": ["7"]},
                "embeds": [{
                    "title": "Something @everyone", "type": "rich", "color": 0,
                    "url": "https://court.test/", "description": "text",
                    "footer": {"text": "#K7Q2M"}, "timestamp": "2024-03-05T08:30:00Z",
                    "fields": [{"name": "Status", "value": "Reported", "inline": true}],
                }],
            }),
        );
    }
}
