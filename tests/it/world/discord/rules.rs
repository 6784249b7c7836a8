//! What Discord refuses in the body of a message: its documentation's limits, written again here so
//! that they judge the bot's own, and its API description where that is present.

use std::sync::OnceLock;

use serde_json::{Value, json};

/// What a body is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A message of a bot.
    Message,
    /// Its change.
    Edit,
    /// A message of a webhook.
    Webhook,
    /// Its change.
    WebhookEdit,
}

impl Shape {
    /// The schema of the API description.
    fn schema(self) -> &'static str {
        match self {
            Self::Message => "MessageCreateRequest",
            Self::Edit => "MessageEditRequestPartial",
            Self::Webhook => "IncomingWebhookRequestPartial",
            Self::WebhookEdit => "IncomingWebhookUpdateRequestPartial",
        }
    }

    /// The parts that it may have. Discord ignores others, and whoever sends one expects what will
    /// not happen.
    fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Message => &[
                "content",
                "nonce",
                "enforce_nonce",
                "tts",
                "embeds",
                "allowed_mentions",
                "message_reference",
                "sticker_ids",
                "flags",
                "attachments",
                "components",
            ],
            Self::Edit => &["content", "embeds", "allowed_mentions", "flags", "attachments"],
            Self::Webhook => &[
                "content",
                "username",
                "avatar_url",
                "tts",
                "embeds",
                "allowed_mentions",
                "flags",
                "attachments",
                "components",
            ],
            Self::WebhookEdit => &["content", "embeds", "allowed_mentions", "attachments"],
        }
    }
}

/// What is wrong with this body; empty where Discord would take it.
pub(super) fn faults(body: &Value, shape: Shape) -> Vec<String> {
    let mut faults = described(body, shape);
    let parts = body.as_object().into_iter().flatten().map(|(part, _)| part.as_str());
    let foreign = parts.filter(|part| !shape.parts().contains(part));
    faults.extend(foreign.map(|part| format!("{part}: no part of a {shape:?}")));
    let mut limit = |what: &str, value: &Value, most: usize| {
        let length = value.as_str().map_or(0, |text| text.encode_utf16().count());
        if length > most {
            faults.push(format!("{what}: must be {most} or fewer in length"));
        }
    };
    let none = Vec::new();
    limit("content", &body["content"], 2_000);
    limit("nonce", &body["nonce"], 25);
    let embeds = body["embeds"].as_array().unwrap_or(&none);
    let mut sum = 0;
    for embed in embeds {
        let fields = embed["fields"].as_array().unwrap_or(&none);
        for (what, text, most) in [
            ("title", &embed["title"], 256),
            ("description", &embed["description"], 4_096),
            ("footer", &embed["footer"]["text"], 2_048),
            ("author", &embed["author"]["name"], 256),
            ("url", &embed["url"], 2_048),
        ] {
            limit(what, text, most);
            sum += if what == "url" { 0 } else { length(text) };
        }
        for field in fields {
            limit("field name", &field["name"], 256);
            limit("field value", &field["value"], 1_024);
            sum += length(&field["name"]) + length(&field["value"]);
        }
    }
    let blank = |value: &Value| value.as_str().is_none_or(|text| text.trim().is_empty());
    let fields = || embeds.iter().flat_map(|embed| embed["fields"].as_array().unwrap_or(&none));
    let web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let checks = [
        (sum > 6_000, "embeds: must be 6000 or fewer in length together"),
        (embeds.len() > 10, "embeds: must be 10 or fewer"),
        (
            embeds.iter().any(|embed| embed["fields"].as_array().unwrap_or(&none).len() > 25),
            "fields: must be 25 or fewer",
        ),
        (
            fields().any(|field| blank(&field["name"]) || blank(&field["value"])),
            "field: this field is required",
        ),
        (
            embeds.iter().any(|embed| embed["url"].as_str().is_some_and(|url| !web(url))),
            "url: scheme must be one of http, https",
        ),
    ];
    faults.extend(checks.into_iter().filter(|(bad, _)| *bad).map(|(_, what)| what.to_owned()));
    faults
}

fn length(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.encode_utf16().count())
}

/// Whether a message says nothing at all.
pub(super) fn is_empty(body: &Value) -> bool {
    let content = body["content"].as_str().unwrap_or_default().trim().is_empty();
    content && body["embeds"].as_array().is_none_or(Vec::is_empty)
}

/// Whether the real API description is here to judge.
pub(crate) fn is_described() -> bool {
    schema(Shape::Message).is_some()
}

/// What the API description says against this body.
pub(crate) fn described(body: &Value, shape: Shape) -> Vec<String> {
    let Some(schema) = schema(shape) else { return Vec::new() };
    schema.iter_errors(body).map(|error| format!("{}: {}", error.instance_path(), error)).collect()
}

fn schema(shape: Shape) -> Option<&'static jsonschema::Validator> {
    static SCHEMAS: [OnceLock<Option<jsonschema::Validator>>; 4] = [const { OnceLock::new() }; 4];
    let compile = || {
        let api = description()?;
        let wrapper = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [{"$ref": format!("#/components/schemas/{}", shape.schema())}],
            "components": {"schemas": api["components"]["schemas"]},
        });
        let options = jsonschema::options().should_validate_formats(true);
        Some(options.build(&wrapper).expect("the API description compiles"))
    };
    SCHEMAS[shape as usize].get_or_init(compile).as_ref()
}

fn description() -> Option<&'static Value> {
    static DESCRIPTION: OnceLock<Option<Value>> = OnceLock::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/discord/openapi.json");
    let read = || {
        let text = std::fs::read(path).ok()?;
        Some(serde_json::from_slice(&text).expect("the API description is JSON"))
    };
    DESCRIPTION.get_or_init(read).as_ref()
}
