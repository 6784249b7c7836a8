//! `haguewatch.toml`: how to poll, where Discord is, where the ops page listens, what is kept.
//!
//! Every key has a default, so the file and each of its tables may be left out.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use secrecy::SecretString;
use url::Url;

use super::{problem::Complaint, table::Table, values};
use crate::model::ChannelId;

/// How to poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Where the owner of a polled site reaches the operator; named in the User-Agent.
    pub contact: String,
    /// A source's cadence unless it says otherwise.
    pub every: Duration,
    /// How many fetches run at once.
    pub concurrency: usize,
    /// Networks that may be asked although they are private: first address and prefix length.
    pub allow_private: Vec<(IpAddr, u8)>,
}

/// Where Discord is.
#[derive(Clone, Debug)]
pub struct Discord {
    /// The API's origin: Discord's own or a REST proxy's.
    pub api: Url,
    /// Where source and delivery trouble is told, if anywhere.
    pub operators_channel: Option<ChannelId>,
    /// The bot's token; without one, messages are printed.
    pub token: Option<SecretString>,
    /// The tokens of webhooks, by the webhook's own id, which stands for its channel.
    pub webhooks: BTreeMap<ChannelId, SecretString>,
}

/// The ops page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ops {
    /// Where it listens, if it does.
    pub listen: Option<SocketAddr>,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// How long the archive keeps items for `explain` and `backtest`.
    pub keep_items: Duration,
}

/// No source is asked more often than this: a shorter cadence burdens a site and brings nothing.
pub(crate) const SHORTEST_CADENCE: Duration = Duration::from_mins(1);

const DEFAULT_CONTACT: &str = "https://example.org/bot";
const DEFAULT_CADENCE: Duration = Duration::from_mins(15);
const DEFAULT_CONCURRENCY: usize = 32;
/// More fetches at once gain nothing for some hundred sources and exhaust file descriptors.
const MOST_CONCURRENCY: usize = 256;
const DEFAULT_API: &str = "https://discord.com";
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);
const DEFAULT_KEEP: Duration = Duration::from_hours(400 * 24);
/// The archive is what `explain` and `backtest` read: a shorter one would be of no use to them.
const SHORTEST_KEEP: Duration = Duration::from_hours(24);

/// Everything that `haguewatch.toml` says; the token is not in it.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) poll: Poll,
    pub(crate) discord: Discord,
    pub(crate) ops: Ops,
    pub(crate) store: Store,
}

/// Reads the file's top table; `None` stands for a file that is left out.
pub(crate) fn read(root: Option<Table<'_>>) -> Settings {
    let Some(mut root) = root else {
        return Settings {
            poll: poll(None),
            discord: discord(None),
            ops: ops(None),
            store: store(None),
        };
    };
    let settings = Settings {
        poll: poll(root.table("poll")),
        discord: discord(root.table("discord")),
        ops: ops(root.table("ops")),
        store: store(root.table("store")),
    };
    root.finish();
    settings
}

fn poll(table: Option<Table<'_>>) -> Poll {
    let mut poll = Poll {
        contact: DEFAULT_CONTACT.to_owned(),
        every: DEFAULT_CADENCE,
        concurrency: DEFAULT_CONCURRENCY,
        allow_private: Vec::new(),
    };
    let Some(mut table) = table else { return poll };
    if let Some(contact) = table.optional_convert("contact", "\"https://…\"", contact) {
        poll.contact = contact;
    }
    if let Some(every) = cadence(&mut table) {
        poll.every = every;
    }
    if let Some(number) = table.optional_integer("concurrency") {
        match usize::try_from(number) {
            Ok(number @ 1..=MOST_CONCURRENCY) => poll.concurrency = number,
            _ => table.complain(
                "concurrency",
                format!("`concurrency` is {number}"),
                format!("write a number from 1 to {MOST_CONCURRENCY}"),
            ),
        }
    }
    poll.allow_private = table.convert_each("allow_private", values::network);
    table.finish();
    poll
}

/// Reads `every`, which must not be shorter than [`SHORTEST_CADENCE`].
pub(crate) fn cadence(table: &mut Table<'_>) -> Option<Duration> {
    let every = table.optional_duration("every")?;
    if every < SHORTEST_CADENCE {
        table.complain("every", "`every` is less than a minute", "write \"1m\" or more");
        return None;
    }
    Some(every)
}

/// The contact goes into a comment of the User-Agent (RFC 9110, 5.6.5), so it is one plain word.
fn contact(text: &str) -> Result<String, Complaint> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'\\' | b';');
    if text.bytes().all(plain) {
        return Ok(text.to_owned());
    }
    Err(Complaint::new(
        "`contact` has white space, brackets or odd characters in it",
        "write an address such as \"https://example.org/bot\" or \"mailto:bot@example.org\"",
    ))
}

fn discord(table: Option<Table<'_>>) -> Discord {
    let mut discord = Discord {
        api: Url::parse(DEFAULT_API).expect("the constant is an address"),
        operators_channel: None,
        token: None,
        webhooks: BTreeMap::new(),
    };
    let Some(mut table) = table else { return discord };
    if let Some(api) = table.optional_url("api") {
        discord.api = api;
    }
    if discord.api.query().is_some() || discord.api.fragment().is_some() {
        table.complain("api", "`api` has a query or fragment", "write the address up to its path");
    }
    if let Some(number) = table.optional_integer("operators_channel") {
        match u64::try_from(number) {
            Ok(0) => {}
            Ok(id) => discord.operators_channel = Some(ChannelId(id)),
            Err(_) => table.complain(
                "operators_channel",
                "`operators_channel` is negative",
                "write the channel's id, or 0 for none",
            ),
        }
    }
    let complaint = Complaint::new(
        "a token does not belong into a file",
        "set DISCORD_TOKEN or DISCORD_TOKEN_FILE",
    );
    table.refuse("token", complaint);
    table.finish();
    discord
}

fn ops(table: Option<Table<'_>>) -> Ops {
    let mut ops = Ops { listen: Some(DEFAULT_LISTEN) };
    let Some(mut table) = table else { return ops };
    if let Some(text) = table.optional_text("listen") {
        ops.listen = text.parse().ok();
        if ops.listen.is_none() && !text.is_empty() {
            table.complain(
                "listen",
                format!("`{text}` is not an address with a port"),
                "write one such as \"127.0.0.1:9464\", or \"\" to switch it off",
            );
        }
    }
    table.finish();
    ops
}

fn store(table: Option<Table<'_>>) -> Store {
    let mut store = Store { keep_items: DEFAULT_KEEP };
    let Some(mut table) = table else { return store };
    if let Some(keep) = table.optional_duration("keep_items") {
        store.keep_items = keep;
        if keep < SHORTEST_KEEP {
            table.complain("keep_items", "`keep_items` is less than a day", "write \"1d\" or more");
        }
    }
    table.finish();
    store
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Problems, reader::TomlFile};

    #[track_caller]
    fn check(text: &str, expected: &str) -> Settings {
        let file = TomlFile::read("haguewatch.toml", text);
        let settings = read(Some(file.root()));
        let found = Problems::of(file.into_problems()).map_or(String::new(), |all| all.to_string());
        assert_eq!(found, expected, "{text}");
        settings
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        let given = check("", "");
        let missing = read(None);
        assert_eq!(given.poll, missing.poll);
        assert_eq!(given.poll.every, Duration::from_mins(15));
        assert_eq!(given.ops.listen.unwrap().to_string(), "127.0.0.1:9464");
        assert_eq!(given.discord.api.as_str(), "https://discord.com/");
        assert_eq!(given.store.keep_items, Duration::from_hours(400 * 24));
    }

    #[test]
    fn every_key_is_read() {
        let settings = check(
            r#"
[poll]
contact = "mailto:me@example.org"
every = "1h"
concurrency = 4
allow_private = ["127.0.0.0/8", "fd00::/8"]
[discord]
api = "http://127.0.0.1:8080/proxy"
operators_channel = 123456789012345678
[ops]
listen = ""
[store]
keep_items = "30d"
"#,
            "",
        );
        assert_eq!(settings.poll.contact, "mailto:me@example.org");
        assert_eq!(settings.poll.every, Duration::from_hours(1));
        assert_eq!(settings.poll.concurrency, 4);
        assert_eq!(settings.poll.allow_private.len(), 2);
        assert_eq!(settings.discord.api.as_str(), "http://127.0.0.1:8080/proxy");
        assert_eq!(settings.discord.operators_channel, Some(ChannelId(123_456_789_012_345_678)));
        assert_eq!(settings.ops.listen, None);
        assert_eq!(settings.store.keep_items, Duration::from_hours(30 * 24));
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        check(
            r#"
[poll]
contact = "me (at) example.org"
every = 15
concurrency = 0
allow_private = ["localhost", "10.1.0.0/8"]
[discord]
api = "discord.com"
operators_channel = -1
token = "x"
[ops]
listen = "localhost"
[store]
keep_item = "30d"
keep_items = "5m"
[pol]
"#,
            "\
haguewatch.toml:3:11: `contact` has white space, brackets or odd characters in it; write an address such as \"https://example.org/bot\" or \"mailto:bot@example.org\"
haguewatch.toml:4:9: `every` is a number; write a duration such as \"15m\"
haguewatch.toml:5:15: `concurrency` is 0; write a number from 1 to 256
haguewatch.toml:6:18: `localhost` is not a network; write it such as \"127.0.0.0/8\" or \"fd00::/8\"
haguewatch.toml:6:31: `10.1.0.0/8` names an address inside its network; write \"10.0.0.0/8\"
haguewatch.toml:8:7: `discord.com` is not an address: relative URL without a base; write it whole, such as \"https://example.org/feed.xml\"
haguewatch.toml:9:21: `operators_channel` is negative; write the channel's id, or 0 for none
haguewatch.toml:10:1: a token does not belong into a file; set DISCORD_TOKEN or DISCORD_TOKEN_FILE
haguewatch.toml:12:10: `localhost` is not an address with a port; write one such as \"127.0.0.1:9464\", or \"\" to switch it off
haguewatch.toml:14:1: `keep_item` is not a key of this table; write `keep_items`
haguewatch.toml:15:14: `keep_items` is less than a day; write \"1d\" or more
haguewatch.toml:16:2: `pol` is not a key of this table; write `poll`",
        );
        check(
            "[poll]\nevery = \"59s\"",
            "haguewatch.toml:2:9: `every` is less than a minute; write \"1m\" or more",
        );
    }
}
