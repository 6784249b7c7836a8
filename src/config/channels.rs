//! `channels.toml`: which channel hears what, and when.
//!
//! Keys of the format that this version does not do yet are refused rather than ignored: nobody
//! should wait for a digest that never comes.

use std::collections::BTreeMap;

use secrecy::SecretString;
use url::Url;

use super::{
    Environment, names::Names, problem::Complaint, table::Table, taken::Taken, times, vocabulary,
    webhooks,
};
use crate::{
    digest::{ActionFilter, Channel, Filters, Mention},
    model::{ChannelId, Kind},
};

/// Reads the file's top table.
pub(crate) fn read(
    mut root: Table<'_>,
    names: &Names,
    secrets: (&Environment, &Url),
) -> (Vec<Channel>, BTreeMap<ChannelId, SecretString>) {
    let mut ids = Taken::new("channel");
    let mut channels = Vec::new();
    let mut webhooks = BTreeMap::new();
    for mut table in root.tables("channel") {
        refuse_what_is_not_done_yet(&mut table);
        let id = if table.has("webhook") {
            let webhook = webhooks::read(&mut table, secrets);
            if table.has("id") {
                table.refuse("id", both());
            }
            webhook.map(|webhook| {
                ids.claim(&table, "webhook", &webhook.id.to_string());
                webhooks.insert(ChannelId(webhook.id), webhook.token);
                webhook.id
            })
        } else {
            let id = snowflake(&mut table, "id");
            if let Some(id) = id {
                ids.claim(&table, "id", &id.to_string());
            }
            id
        };
        let name = table.optional_convert("name", "\"alerts\"", |text| Ok(text.to_owned()));
        let filters = filters(&mut table, names);
        let mention = table.tables("mention").into_iter().filter_map(mention).collect();
        let (when, quiet) = (times::when(&mut table), times::quiet(&mut table));
        table.finish();
        channels.extend(id.map(|id| Channel {
            id: ChannelId(id),
            name: name.unwrap_or_else(|| id.to_string()),
            filters,
            mention,
            when,
            quiet,
        }));
    }
    root.finish();
    (channels, webhooks)
}

fn refuse_what_is_not_done_yet(table: &mut Table<'_>) {
    if table.flag("thread_per_development") == Some(true) {
        let key = "thread_per_development";
        table.refuse(key, not_supported(key));
    }
}

fn both() -> Complaint {
    Complaint::new("a channel has an `id` or a `webhook`, not both", "leave out one of the two")
}

fn not_supported(key: &str) -> Complaint {
    Complaint::new(format!("`{key}` is not supported by this version"), "leave it out")
}

/// A Discord id, which is never 0 or negative.
fn snowflake(table: &mut Table<'_>, key: &str) -> Option<u64> {
    let number = table.integer(key)?;
    let id = u64::try_from(number).ok().filter(|&id| id > 0);
    if id.is_none() {
        table.complain(
            key,
            format!("`{key}` is {number}"),
            "write the id that Discord's \"Copy ID\" gives, such as 123456789012345678",
        );
    }
    id
}

fn filters(table: &mut Table<'_>, names: &Names) -> Filters {
    let kinds = table.convert_each("kinds", vocabulary::kind);
    Filters {
        actions: actions(table, &kinds),
        bodies: table.convert_each("bodies", |text| names.body(text)),
        cases: table.convert_each("cases", |text| names.case(text)),
        states: table.convert_each("states", |text| names.state(text)),
        persons: table.convert_each("persons", |text| names.person(text)),
        min_status: table.optional_convert("min_status", "\"corroborated\"", vocabulary::status),
        min_owners: min_owners(table),
        kinds,
    }
}

/// Reads `actions`. Where kinds are named too, an action of another kind could never be told.
fn actions(table: &mut Table<'_>, kinds: &[Kind]) -> Vec<ActionFilter> {
    table.convert_each("actions", |word| {
        let action = vocabulary::action_filter(word)?;
        let told = |kind: &Kind| match action {
            ActionFilter::Word(action) => kind.actions().contains(&action),
            ActionFilter::Step(step) => step.kind == *kind,
        };
        if kinds.is_empty() || kinds.iter().any(told) {
            return Ok(action);
        }
        Err(Complaint::new(
            format!("`{word}` is not an action of the channel's kinds"),
            "add its kind to `kinds` or leave it out",
        ))
    })
}

fn min_owners(table: &mut Table<'_>) -> usize {
    let Some(number) = table.optional_integer("min_owners") else { return 1 };
    let owners = usize::try_from(number).ok().filter(|&owners| owners > 0);
    if owners.is_none() {
        table.complain("min_owners", format!("`min_owners` is {number}"), "write 1 or more");
    }
    owners.unwrap_or(1)
}

fn mention(mut table: Table<'_>) -> Option<Mention> {
    let role = snowflake(&mut table, "role");
    let kinds = table.convert_each("kinds", vocabulary::kind);
    table.finish();
    Some(Mention { role: role?, kinds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::trial::{assembled, check},
        model::{Action, Status, Step},
    };

    #[test]
    fn a_channel_is_read_whole() {
        let text = r#"
[[channel]]
id = 123456789012345678
name = "alerts"
kinds = ["warrant", "resolution"]
actions = ["rejected", "warrant.issued"]
bodies = ["ICC"]
cases = ["ICJ-1"]
states = ["AAA"]
persons = ["Anna Aldan", "Somebody Unknown"]
min_status = "corroborated"
min_owners = 2
when = "at-once"
mention = [{ role = 1, kinds = ["warrant"] }, { role = 2 }]
thread_per_development = false
"#;
        let config = assembled(&[("channels.toml", text)]).unwrap();
        let [channel] = config.channels.as_slice() else { panic!("one channel") };
        assert_eq!(channel.id, ChannelId(123_456_789_012_345_678));
        assert_eq!(channel.name, "alerts");
        let issued = Step { kind: Kind::Warrant, action: Action::Issued };
        assert_eq!(
            channel.filters.actions,
            [ActionFilter::Word(Action::Rejected), ActionFilter::Step(issued)]
        );
        assert_eq!(channel.filters.kinds, [Kind::Warrant, Kind::Resolution]);
        assert_eq!(channel.filters.persons.len(), 2);
        assert_eq!(channel.filters.min_status, Some(Status::Corroborated));
        assert_eq!(channel.filters.min_owners, 2);
        assert_eq!(channel.mention[0], Mention { role: 1, kinds: vec![Kind::Warrant] });
        assert_eq!(channel.mention[1], Mention { role: 2, kinds: Vec::new() });
    }

    #[test]
    fn a_channel_without_filters_hears_everything() {
        let config = assembled(&[("channels.toml", "[[channel]]\nid = 7")]).unwrap();
        assert_eq!(config.channels[0].name, "7");
        assert_eq!(config.channels[0].filters, Filters { min_owners: 1, ..Filters::default() });
    }

    #[test]
    fn filter_words_are_those_of_the_vocabulary() {
        check(
            "channels.toml",
            r#"
[[channel]]
id = 1
kinds = ["warant", "membership"]
actions = ["isued", "issued"]
bodies = ["ICQ"]
cases = ["ICJ-2"]
states = ["CCC", "Aland"]
persons = ["Anna A. Aldan", "Ana Aldan"]
min_status = "confirmd"
min_owners = 0
mention = [{ role = 0, kinds = ["x"] }]
"#,
            "\
channels.toml:4:10: `warant` is not a kind; write `warrant`
channels.toml:5:12: `isued` is not an action; write `issued`
channels.toml:5:21: `issued` is not an action of the channel's kinds; add its kind to `kinds` or leave it out
channels.toml:6:11: `ICQ` is not a body of rules/bodies.toml; write `ICC`
channels.toml:7:10: `ICJ-2` is not a case of rules/cases.toml; write one that stands there, or add it there
channels.toml:8:11: `CCC` is not a state of rules/states.toml; write one that stands there, or add it there
channels.toml:8:18: `Aland` is not a state's code; write three capital letters (ISO 3166-1 alpha-3), such as \"NLD\"
channels.toml:9:12: `Anna A. Aldan` is not a person of rules/persons.toml by this name; write `Anna Aldan`, or add the person there
channels.toml:9:29: `Ana Aldan` is not a person of rules/persons.toml by this name; write `Anna Aldan`, or add the person there
channels.toml:10:14: `confirmd` is not a status; write `confirmed`
channels.toml:11:14: `min_owners` is 0; write 1 or more
channels.toml:12:21: `role` is 0; write the id that Discord's \"Copy ID\" gives, such as 123456789012345678
channels.toml:12:33: `x` is not a kind; write one of `membership`, `ruling`, `warrant`, `proceedings`, `enforcement`, `pressure`, `resolution`, `statement`",
        );
    }

    #[test]
    fn what_is_not_done_yet_is_refused_not_ignored() {
        check(
            "channels.toml",
            "
[[channel]]
id = 1
thread_per_development = true
",
            "channels.toml:4:1: `thread_per_development` is not supported by this version; leave it out",
        );
    }

    #[test]
    fn a_channel_stands_once() {
        check(
            "channels.toml",
            "[[channel]]\nid = 1\n[[channel]]\nid = 1\n[[channel]]\nid = -1",
            "\
channels.toml:4:6: the channel `1` stands already at channels.toml:2:6; keep one of the two
channels.toml:6:6: `id` is -1; write the id that Discord's \"Copy ID\" gives, such as 123456789012345678",
        );
    }
}
