//! Digests by the real program: what a channel hears later is kept over runs, told together when its
//! time has come, and never again.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    bot::Bot,
    world::{
        answer::Answer,
        discord::{Access, Discord, TOKEN},
        server::Server,
    },
};

const CHANNEL: u64 = 616_161;

/// A newspaper, a channel and the bot.
struct World {
    web: Server,
    discord: Discord,
    bot: Bot,
}

impl World {
    async fn new() -> Self {
        let (web, discord) = (Server::start(), Discord::start().await);
        discord.open(CHANNEL, Access::Open);
        let bot = Bot::new().with_token(TOKEN);
        bot.tells(&discord);
        bot.configure(
            "sources.toml",
            &format!(
                "[[source]]\nid = \"herald\"\nkind = \"feed\"\nurls = [\"{}\"]\n",
                web.url("/feed")
            ),
        );
        let world = Self { web, discord, bot };
        world.hears("");
        world.prints(&[]);
        world.bot.run(&["once"]).with_code(0);
        world
    }

    /// When the channel hears, as lines of its configuration.
    fn hears(&self, lines: &str) {
        self.bot.configure("channels.toml", &format!("[[channel]]\nid = {CHANNEL}\n{lines}\n"));
    }

    fn prints(&self, headlines: &[&str]) {
        let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let item = |title: &&str| {
            format!(
                "<item><title>{title}</title><guid isPermaLink=\"false\">{title}</guid><link>https://news.example/{}</link><pubDate>{date}</pubDate></item>",
                title.len()
            )
        };
        let items: String = headlines.iter().map(item).collect();
        self.web.put("/feed", Answer::ok("application/rss+xml", format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>https://news.example/</link><description>d</description>{items}</channel></rss>")));
    }

    fn once(&self) {
        self.bot.run(&["once"]).with_code(0);
    }
}

/// Quiet hours that began an hour ago and end in an hour.
fn quiet_now() -> String {
    let time = |hours: i64| {
        (Timestamp::now() + SignedDuration::from_hours(hours)).strftime("%H:%M").to_string()
    };
    format!("quiet = {{ from = \"{}\", to = \"{}\", timezone = \"UTC\" }}", time(-1), time(1))
}

fn embed(message: &Value, what: &str) -> String {
    message["embeds"][0][what].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_quiet_hours_is_told_as_one_digest_after_them() {
    let world = World::new().await;
    world.hears(&quiet_now());
    world.prints(&["Iceland joins the Hague Group"]);
    world.once();
    world.prints(&["Iceland joins the Hague Group", "Norway joins the Hague Group"]);
    world.once();
    assert_eq!(world.discord.posts(), 0, "nothing is told in quiet hours");
    let dry = world.bot.run(&["once", "--dry-run"]).with_code(0);
    assert!(dry.out.contains("Digest: 2 developments"), "a dry run shows it: {dry:#?}");

    world.hears("");
    world.once();
    let digest = world.discord.next_message();
    assert_eq!(embed(&digest, "title"), "Digest: 2 developments");
    let text = embed(&digest, "description");
    for state in ["Iceland joined the Hague Group", "Norway joined the Hague Group"] {
        assert_eq!(text.matches(state).count(), 1, "{text}");
    }
    world.once();
    world.prints(&[
        "Iceland joins the Hague Group",
        "Norway joins the Hague Group",
        "Sweden joins the Hague Group",
    ]);
    world.once();
    assert_eq!(embed(&world.discord.next_message(), "title"), "Sweden joined the Hague Group.");
    assert_eq!(world.discord.posts(), 2, "and nothing of it again");
    world.discord.finish();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_waits_for_its_time_and_one_development_needs_none() {
    let world = World::new().await;
    let tomorrow =
        (Timestamp::now() + SignedDuration::from_hours(20)).strftime("%H:%M").to_string();
    world.hears(&format!("when = {{ digest = \"{tomorrow}\", timezone = \"UTC\" }}"));
    world.prints(&["Iceland joins the Hague Group"]);
    world.once();
    world.once();
    assert_eq!(world.discord.posts(), 0);
    world.hears("");
    world.once();
    world.once();
    assert_eq!(embed(&world.discord.next_message(), "title"), "Iceland joined the Hague Group.");
    assert_eq!(world.discord.posts(), 1);
    world.discord.finish();
}
