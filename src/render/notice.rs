//! What operators are told of delivery: what stands still and why, that it goes on, and which
//! message nobody will see unless a person looks.

use crate::model::{Embed, Message, Spell, Standing};

use super::{
    discord::{To, short_id},
    limits, safe,
};

/// Longest reason that is repeated.
const REASON: usize = 600;
/// Longest name of a channel.
const PLACE: usize = 100;
/// Longest sentence of the message that a notice is about.
const SENTENCE: usize = 300;
/// How many characters of its key a notice is known by.
const ID: usize = 10;
/// The colour of trouble, and of its end.
const TROUBLE: u32 = 0xB0_30_30;
const MENDED: u32 = 0x1B_5E_3B;

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// Something stands still until a person acts.
    Stopped(&'a Spell),
    /// It goes on.
    Resumed(&'a Spell),
    /// A message is not sent, or not sent again.
    Undelivered {
        /// The message.
        message: &'a Message,
        /// Why.
        why: &'a str,
    },
}

/// A notice as a message. `place` is what the channel concerned is called.
pub fn notice(what: &Notice<'_>, place: &str, to: To) -> Message {
    let place = safe::text(place, PLACE);
    let (title, description, colour) = match what {
        Notice::Stopped(spell) => (stopped(spell.of, &place), standing(spell), TROUBLE),
        Notice::Resumed(spell) => (resumed(spell.of, &place), stood(spell), MENDED),
        Notice::Undelivered { message, why } => (
            format!("A message to {place} needs a look"),
            format!("{}\n\n{}", about(message), safe::text(why, REASON)),
            TROUBLE,
        ),
    };
    let id: String = to.key.as_str().chars().take(ID).collect();
    let embed = Embed {
        title: limits::cut(&title, limits::TITLE),
        description: limits::cut(&description, limits::DESCRIPTION),
        colour,
        footer: format!("Notice {id}"),
        ..Embed::default()
    };
    Message {
        key: to.key,
        channel: to.channel,
        developments: Vec::new(),
        reply_to: None,
        content: String::new(),
        mention_roles: Vec::new(),
        embed,
    }
}

fn stopped(of: Standing, place: &str) -> String {
    match of {
        Standing::Bot => "Discord refuses the bot".to_owned(),
        Standing::Channel(_) => format!("Messages to {place} have stopped"),
    }
}

fn resumed(of: Standing, place: &str) -> String {
    match of {
        Standing::Bot => "Discord takes the bot's messages again".to_owned(),
        Standing::Channel(_) => format!("Messages to {place} go out again"),
    }
}

fn standing(spell: &Spell) -> String {
    let why = safe::text(&spell.why, REASON);
    format!(
        "{why}\n\nSince {}. Nothing is lost: what waits goes out by itself once this is mended.",
        moment(spell)
    )
}

fn stood(spell: &Spell) -> String {
    format!("They had stopped {}: {}", moment(spell), safe::text(&spell.why, REASON))
}

fn moment(spell: &Spell) -> String {
    format!("<t:{}:f>", spell.since.as_second())
}

/// What the message would have told, as its title says it.
fn about(message: &Message) -> String {
    let ids: Vec<String> = message
        .developments
        .iter()
        .take(12)
        .map(|telling| short_id(&telling.development))
        .collect();
    let title = limits::cut(&message.embed.title, SENTENCE);
    if ids.is_empty() { title } else { format!("{title} ({})", ids.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, TellKind, Telling};

    fn check(what: &Notice<'_>, expected: &[&str]) {
        let to = To { key: "0123456789abcdef".into(), channel: ChannelId(9), roles: Vec::new() };
        let message = notice(what, "alerts", to);
        let mut shown = vec![message.embed.title.as_str()];
        shown.extend(message.embed.description.lines());
        shown.push(&message.embed.footer);
        assert_eq!(shown, expected);
        assert_eq!(limits::check(&message), [] as [String; 0]);
        assert_eq!((message.content.as_str(), message.channel), ("", ChannelId(9)));
    }

    fn spell(of: Standing, why: &str) -> Spell {
        Spell { of, since: "2024-03-05T08:30:00Z".parse().unwrap(), why: why.to_owned() }
    }

    #[test]
    fn a_channel_that_stands_still_and_goes_on() {
        let why = "Discord answered 403: Missing Access (50001); give the bot View Channel there";
        let spell = spell(Standing::Channel(ChannelId(1)), why);
        check(
            &Notice::Stopped(&spell),
            &[
                "Messages to alerts have stopped",
                "Discord answered 403: Missing Access (50001); give the bot View Channel there",
                "",
                "Since <t:1709627400:f>. Nothing is lost: what waits goes out by itself once this is mended.",
                "Notice 0123456789",
            ],
        );
        check(
            &Notice::Resumed(&spell),
            &[
                "Messages to alerts go out again",
                "They had stopped <t:1709627400:f>: Discord answered 403: Missing Access (50001); give the bot View Channel there",
                "Notice 0123456789",
            ],
        );
    }

    #[test]
    fn a_bot_that_is_refused_and_taken_again() {
        let spell = spell(Standing::Bot, "Discord answered 401: check DISCORD_TOKEN");
        check(
            &Notice::Stopped(&spell),
            &[
                "Discord refuses the bot",
                "Discord answered 401: check DISCORD\\_TOKEN",
                "",
                "Since <t:1709627400:f>. Nothing is lost: what waits goes out by itself once this is mended.",
                "Notice 0123456789",
            ],
        );
        check(
            &Notice::Resumed(&spell),
            &[
                "Discord takes the bot's messages again",
                "They had stopped <t:1709627400:f>: Discord answered 401: check DISCORD\\_TOKEN",
                "Notice 0123456789",
            ],
        );
    }

    #[test]
    fn a_message_that_nobody_sees() {
        let telling = Telling { development: "K7Q2M".into(), kind: TellKind::New };
        let message = Message {
            key: "k".into(),
            channel: ChannelId(1),
            developments: vec![telling],
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed { title: "The ICC issued an order.".into(), ..Embed::default() },
        };
        check(
            &Notice::Undelivered {
                message: &message,
                why: "Discord answered 400: Invalid Form Body",
            },
            &[
                "A message to alerts needs a look",
                "The ICC issued an order. (#K7Q2M)",
                "",
                "Discord answered 400: Invalid Form Body",
                "Notice 0123456789",
            ],
        );
    }

    #[test]
    fn long_and_hostile_reasons_are_harmless() {
        let why = "@everyone <@&7> [x](https://evil.test) ".repeat(500);
        let spell = spell(Standing::Channel(ChannelId(1)), &why);
        let to = To { key: "k".into(), channel: ChannelId(9), roles: Vec::new() };
        let message = notice(&Notice::Stopped(&spell), &why, to);
        assert_eq!(limits::check(&message), [] as [String; 0]);
        let text = format!("{} {}", message.embed.title, message.embed.description);
        assert!(
            !text.contains("@everyone") && !text.contains("<@") && !text.contains("](https://evil")
        );
    }
}
