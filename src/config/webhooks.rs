//! `webhook = { env = "NEWSROOM_WEBHOOK" }` or `{ file = "…" }` in a channel: where its address is.
//!
//! The address is a secret, since whoever has it may post. It is taken apart here, its host is
//! checked, and nothing of it is repeated in a problem.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Environment, problem::Complaint, table::Table};

/// A webhook of Discord's.
pub(super) struct Webhook {
    /// Its snowflake.
    pub(super) id: u64,
    /// What lets us post by it.
    pub(super) token: SecretString,
}

/// Hosts whose webhooks are taken besides that of `discord.api`.
const HOSTS: [&str; 4] = ["discord.com", "discordapp.com", "canary.discord.com", "ptb.discord.com"];

/// Reads the channel's `webhook`.
pub(super) fn read(
    table: &mut Table<'_>,
    (environment, api): (&Environment, &Url),
) -> Option<Webhook> {
    let mut place = table.table("webhook")?;
    let (variable, file) = (place.optional_text("env"), place.optional_text("file"));
    let secret = match (variable, file) {
        (Some(name), None) => environment.secret_of(&name),
        (None, Some(path)) => Environment::secret_in(Path::new(&path)),
        _ => Err(Complaint::new(
            "`webhook` has no single place",
            "write { env = \"NAME\" } or { file = \"path\" }",
        )),
    };
    let webhook = secret.and_then(|secret| webhook(secret.expose_secret(), api));
    place.finish();
    match webhook {
        Ok(webhook) => Some(webhook),
        Err(Complaint { what, mend }) => {
            table.complain("webhook", what, mend);
            None
        }
    }
}

/// Takes an address apart: `https://discord.com/api/webhooks/ID/TOKEN`.
fn webhook(address: &str, api: &Url) -> Result<Webhook, Complaint> {
    let copy = "copy it with Discord's \"Copy Webhook URL\": https://discord.com/api/webhooks/…";
    let wrong = || Complaint::new("what it holds is not the address of a webhook", copy);
    let url = Url::parse(address).map_err(|_secret| wrong())?;
    let ours = url.origin() == api.origin();
    let theirs = url.scheme() == "https" && url.host_str().is_some_and(|it| HOSTS.contains(&it));
    if !ours && !theirs {
        let what = "the webhook is neither Discord's nor of the host of `discord.api`";
        return Err(Complaint::new(what, copy));
    }
    if url.query().is_some() || url.fragment().is_some() {
        let what = "the webhook's address has something behind its token";
        return Err(Complaint::new(what, "end it with the token, without `?` and `#`"));
    }
    let parts: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
    let [.., "webhooks", id, token] = parts[..] else { return Err(wrong()) };
    let id: u64 = id.parse().ok().filter(|id| *id > 0).ok_or_else(wrong)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if token.is_empty() || !token.bytes().all(plain) {
        return Err(wrong());
    }
    Ok(Webhook { id, token: token.to_owned().into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::{Config, Problems, trial::assembled_with},
        model::ChannelId,
    };

    const CHANNEL: &str = "[[channel]]\nwebhook = { env = \"HOOK\" }\n";

    fn with(address: &str) -> Result<Config, Problems> {
        assembled_with(&[("channels.toml", CHANNEL)], &[("HOOK", address)])
    }

    #[track_caller]
    fn refused(address: &str, expected: &str) {
        let problems = with(address).unwrap_err().to_string();
        assert!(problems.contains(expected), "{problems}");
        assert!(!problems.contains("secret"), "{problems}");
    }

    #[test]
    fn a_webhook_is_known_by_its_own_id_and_never_shown() {
        for address in [
            "https://discord.com/api/webhooks/77/secret-Token_1",
            " https://discordapp.com/api/webhooks/77/secret-Token_1\n",
            "https://canary.discord.com/api/v10/webhooks/77/secret-Token_1",
        ] {
            let config = with(address).unwrap();
            assert_eq!(config.channels[0].id, ChannelId(77));
            let token = &config.discord.webhooks[&ChannelId(77)];
            assert_eq!(token.expose_secret(), "secret-Token_1");
            assert!(!format!("{config:?}").contains("secret-Token"));
        }
    }

    #[test]
    fn a_webhook_may_stand_in_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "https://discord.com/api/webhooks/77/secret\n").unwrap();
        let text = format!("[[channel]]\nwebhook = {{ file = {:?} }}\n", file.path());
        let config = assembled_with(&[("channels.toml", &text)], &[]).unwrap();
        assert!(config.discord.webhooks.contains_key(&ChannelId(77)));
    }

    #[test]
    fn an_address_that_is_none_is_told_without_being_shown() {
        refused("secret", "not the address of a webhook");
        refused("https://discord.com/api/webhooks/secret", "not the address of a webhook");
        refused("https://discord.com/api/webhooks/0/secret", "not the address of a webhook");
        refused("https://discord.com/api/webhooks/77/secret%20x", "not the address of a webhook");
        refused("https://evil.test/api/webhooks/77/secret", "neither Discord's nor");
        refused("http://discord.com/api/webhooks/77/secret", "neither Discord's nor");
        refused("https://discord.com/api/webhooks/77/secret?wait=true", "something behind");
    }

    #[test]
    fn a_webhook_has_one_place_and_takes_that_of_the_id() {
        let check = |text: &str, expected: &str| {
            let hook = ("HOOK", "https://discord.com/api/webhooks/77/secret");
            let found = assembled_with(&[("channels.toml", text)], &[hook]);
            let problems = found.unwrap_err().to_string();
            assert!(problems.contains(expected), "{problems}");
        };
        check("[[channel]]\nwebhook = { env = \"NONE\" }\n", "NONE is not set");
        check("[[channel]]\nwebhook = { file = \"no/such\" }\n", "`no/such` cannot be read");
        check("[[channel]]\nwebhook = {}\n", "no single place");
        let both = "[[channel]]\nid = 1\nwebhook = { env = \"HOOK\" }\n";
        check(both, "an `id` or a `webhook`, not both");
        check(&CHANNEL.repeat(2), "stands already");
    }
}
