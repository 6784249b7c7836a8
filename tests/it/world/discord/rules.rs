//! What Discord refuses in the body of a message: its documentation's limits, written again here so
//! that they judge the bot's own, and its API description where that is present.

use std::sync::OnceLock;

use serde_json::{Value, json};

/// What is wrong with this body; empty where Discord would take it.
pub(super) fn faults(body: &Value) -> Vec<String> {
    let mut faults = described(body);
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
    schema().is_some()
}

/// What the API description says against this body.
pub(crate) fn described(body: &Value) -> Vec<String> {
    let Some(schema) = schema() else { return Vec::new() };
    schema.iter_errors(body).map(|error| format!("{}: {}", error.instance_path(), error)).collect()
}

fn schema() -> Option<&'static jsonschema::Validator> {
    static SCHEMA: OnceLock<Option<jsonschema::Validator>> = OnceLock::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/discord/openapi.json");
    let compile = || {
        let text = std::fs::read(path).ok()?;
        let api: Value = serde_json::from_slice(&text).expect("the API description is JSON");
        let wrapper = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [{"$ref": "#/components/schemas/MessageCreateRequest"}],
            "components": {"schemas": api["components"]["schemas"]},
        });
        let options = jsonschema::options().should_validate_formats(true);
        Some(options.build(&wrapper).expect("the API description compiles"))
    };
    SCHEMA.get_or_init(compile).as_ref()
}
