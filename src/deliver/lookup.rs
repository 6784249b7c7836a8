//! Whether a message of unknown outcome is in its channel after all.
//!
//! It is known by its author, who is us, and by its nonce or its footer, which carries the short id
//! and is another for every message of a development.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::model::{Message, Receipt};

use super::Answer;

/// What a search for a message brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It is there.
    Found(Receipt),
    /// It is not there: the channel was read far enough to say so.
    Absent,
    /// The channel may not be read; why, for people.
    Unreadable(String),
    /// It could not be asked now.
    Later(Answer),
}

impl fmt::Display for Lookup {
    /// What the search brought, as a log or a status line says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(_) => f.write_str("an earlier attempt had arrived"),
            Self::Absent => f.write_str("an earlier attempt had not arrived"),
            Self::Unreadable(why) => write!(f, "whether it arrived cannot be found out: {why}"),
            Self::Later(answer) => write!(f, "whether it arrived is not known yet: {answer}"),
        }
    }
}

/// How many messages Discord gives at once, at most.
pub(super) const PAGE: usize = 100;
/// How many pages are read before the search is given up.
pub(super) const PAGES: usize = 50;

/// How much earlier than the attempt the search starts, for clocks that differ.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// Discord's first moment, in milliseconds of Unix time.
const EPOCH: i64 = 1_420_070_400_000;

/// The smallest snowflake of a moment a little before `since`.
pub(super) fn starting_point(since: Timestamp) -> u64 {
    let early = since.checked_sub(MARGIN).unwrap_or(Timestamp::MIN);
    u64::try_from((early.as_millisecond() - EPOCH).max(1)).map_or(1, |passed| passed << 22)
}

/// A message's snowflake.
pub(super) fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The id of our message on this page, if it is there.
pub(super) fn on_page(page: &[Value], message: &Message, me: u64) -> Option<u64> {
    page.iter().find(|one| is_ours(one, message, me)).and_then(|one| snowflake(&one["id"]))
}

fn is_ours(found: &Value, message: &Message, me: u64) -> bool {
    let footer = || found["embeds"].as_array()?.first()?["footer"]["text"].as_str();
    let ours = snowflake(&found["author"]["id"]) == Some(me);
    let same = found["nonce"].as_str() == Some(message.key.as_str())
        || (!message.embed.footer.is_empty() && footer() == Some(message.embed.footer.as_str()));
    ours && same
}

/// Where to go on reading; `None` after the last page.
pub(super) fn next_page(page: &[Value]) -> Option<u64> {
    let newest = page.iter().filter_map(|one| snowflake(&one["id"])).max();
    newest.filter(|_| page.len() >= PAGE)
}

/// What an empty first page means: Discord also gives one to those who may not read history, so
/// the channel itself must say that nothing was posted since.
pub(super) fn nothing_read(channel: &Value, from: u64) -> Lookup {
    match snowflake(&channel["last_message_id"]) {
        Some(last) if last > from => {
            Lookup::Unreadable("the bot may not read the channel's message history".to_owned())
        }
        _ => Lookup::Absent,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{ChannelId, Embed, MessageKey};

    fn message() -> Message {
        Message {
            key: MessageKey::from("abc"),
            channel: ChannelId(1),
            developments: Vec::new(),
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed { footer: "#K7Q2M".into(), ..Embed::default() },
        }
    }

    #[test]
    fn a_message_is_known_by_author_and_nonce_or_footer() {
        let check = |author: &str, nonce: Value, footer: &str, expected: bool| {
            let found = json!({"id": "9", "author": {"id": author}, "nonce": nonce,
                "embeds": [{"footer": {"text": footer}}]});
            assert_eq!(on_page(&[found], &message(), 5).is_some(), expected);
        };
        check("5", json!("abc"), "", true);
        check("5", json!(null), "#K7Q2M", true);
        check("6", json!("abc"), "#K7Q2M", false);
        check("5", json!("abd"), "#K7Q2M · confirmed", false);
        assert_eq!(on_page(&[json!({}), json!(null)], &message(), 5), None);
    }

    #[test]
    fn a_search_starts_before_the_attempt() {
        // Discord's documentation explains its snowflakes by this one, of 2016-04-30T11:18:25.796Z.
        let example: u64 = 175_928_847_299_117_063;
        let attempt: Timestamp = "2016-04-30T11:28:25.796Z".parse().unwrap();
        assert_eq!(starting_point(attempt), example >> 22 << 22);
        assert_eq!(starting_point(Timestamp::MIN), 1 << 22);
    }

    #[test]
    fn an_empty_page_proves_nothing_by_itself() {
        assert_eq!(nothing_read(&json!({"last_message_id": null}), 10), Lookup::Absent);
        assert_eq!(nothing_read(&json!({"last_message_id": "10"}), 10), Lookup::Absent);
        assert!(matches!(
            nothing_read(&json!({"last_message_id": "11"}), 10),
            Lookup::Unreadable(_)
        ));
    }
}
