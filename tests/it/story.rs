//! The whole bot as a story: courts publish, newsrooms follow, a channel hears of it once.

use std::{fs, path::Path, sync::Arc, time::Duration};

use haguewatch::{
    config::ConfiguredSource,
    fetch::{Fetcher, Policy},
    ledger::Baseline,
    model::{Source, SourceKind},
    schedule,
    state::Store,
    tasks::{Poll, poll::Means},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    bot::{Bot, Ran},
    world::{
        answer::Answer,
        discord::{Access, Discord, Fault, TOKEN},
        server::Server,
    },
};

const CHANNEL: u64 = 424_242;

/// A court's press page, a newspaper's feed and a channel that hears of everything.
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
        bot.configure("channels.toml", &format!("[[channel]]\nid = {CHANNEL}\nname = \"all\"\n"));
        bot.configure("sources.toml", &sources(&web));
        let world = Self { web, discord, bot };
        world.court(&[]);
        world.newspaper(&[]);
        world
    }

    /// The court's page has these decisions, each with its day's moment, and an old one below.
    fn court(&self, decisions: &[(&str, Timestamp)]) {
        let old = [("The Registry publishes its calendar", ago(500))];
        let rows: Vec<String> = decisions
            .iter()
            .chain(&old)
            .enumerate()
            .map(|(at, (title, day))| {
                let day = day.strftime("%d %B %Y");
                format!(
                    "<li class=\"row\"><a href=\"/press/{at}\">{title}</a> <time>{day}</time></li>"
                )
            })
            .collect();
        let page = format!("<!doctype html><title>Press</title><ul>{}</ul>", rows.concat());
        self.web.put("/press", Answer::ok("text/html; charset=utf-8", page));
    }

    /// The newspaper's feed has these headlines.
    fn newspaper(&self, headlines: &[(&str, Timestamp)]) {
        let items: Vec<String> = headlines
            .iter()
            .map(|(title, at)| {
                let guid = blake3::hash(title.as_bytes()).to_hex();
                let date = at.strftime("%a, %d %b %Y %H:%M:%S GMT");
                format!("<item><title>{title}</title><guid isPermaLink=\"false\">{guid}</guid><link>http://news.example/{guid}</link><pubDate>{date}</pubDate></item>")
            })
            .collect();
        let feed = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>http://news.example/</link><description>d</description>{}</channel></rss>",
            items.concat()
        );
        self.web.put("/feed", Answer::ok("application/rss+xml", feed));
    }

    /// Runs the real program while this world goes on turning.
    fn once(&self) -> Ran {
        self.bot.run(&["once"])
    }

    fn messages(&self) -> Vec<Value> {
        self.discord.messages(CHANNEL)
    }
}

fn sources(web: &Server) -> String {
    format!(
        r#"
[[source]]
id = "court"
kind = "page"
urls = ["{}"]
voice = "ICJ"
owner = "icj"
[source.page]
item = "li.row"
title = "a"
link = "a"
date = {{ selector = "time", format = "%d %B %Y", timezone = "UTC" }}
[[source]]
id = "herald"
kind = "feed"
urls = ["{}"]
owner = "herald"
"#,
        web.url("/press"),
        web.url("/feed")
    )
}

fn ago(hours: i64) -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(hours)
}

const RULING: &str = "The International Court of Justice orders Iceland to halt fishing off Norway";
const JOINED: &str = "Iceland joins the Hague Group";
const REPORT: &str = "World Court orders Iceland to halt fishing in Norwegian waters";

fn noise() -> Vec<(&'static str, Timestamp)> {
    vec![
        ("Ten recipes for the weekend", ago(5)),
        ("Activists urge Ireland to join the Hague Group", ago(4)),
        ("ICC names squads for the Twenty20 World Cup", ago(3)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ruling_is_told_once_whoever_reports_it_and_whoever_restarts() {
    let world = World::new().await;
    world.newspaper(&noise());
    let first = world.once().with_code(0);
    assert_eq!(world.discord.posts(), 0, "the first look is a baseline: {first:#?}");

    world.court(&[(RULING, ago(0))]);
    let second = world.once().with_code(0);
    assert_eq!(world.messages().len(), 1, "{second:#?}");
    assert_eq!(second.out, "", "what is posted is not printed too");
    let message = world.discord.next_message();
    let title = message["embeds"][0]["title"].as_str().unwrap();
    assert!(title.contains("Iceland"), "{title}");

    let mut headlines = noise();
    headlines.push((REPORT, ago(0)));
    world.newspaper(&headlines);
    world.once().with_code(0);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1, "a second report and a restart tell nothing new");

    let known = world.bot.run(&["developments", "--format", "json"]).with_code(0);
    let known: Value = serde_json::from_str(&known.out).unwrap();
    assert_eq!(known.as_array().unwrap().len(), 1, "{known:#}");
    assert_eq!(known[0]["action"], "provisional-measures");
    assert_eq!(known[0]["status"], "confirmed");
    assert_eq!(known[0]["reports"].as_array().unwrap().len(), 2, "{known:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_explained_with_the_development_that_it_joined() {
    let world = World::new().await;
    world.once().with_code(0);
    world.newspaper(&[(JOINED, ago(0))]);
    world.once().with_code(0);
    let known = world.bot.run(&["developments", "--format", "json"]).with_code(0);
    let known: Value = serde_json::from_str(&known.out).unwrap();
    let (id, report) = (known[0]["id"].as_str().unwrap(), &known[0]["reports"][0]);
    for what in [report["url"].as_str().unwrap(), report["item"].as_str().unwrap()] {
        let told = world.bot.run(&["explain", what]).with_code(0).out;
        assert!(told.contains(&format!("joined      #{id}")), "{told}");
        assert!(told.contains("  ledger      membership HAGUE-GROUP ISL: joined"), "{told}");
        let told = world.bot.run(&["explain", what, "--format", "json"]).with_code(0).out;
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["development"]["id"], id);
        assert_eq!(told["items"][0]["joined"], serde_json::json!([id]));
        assert_eq!(told["ledger"][0]["development"], id);
    }
    let quiet = world.web.url("/press/0");
    let told = world.bot.run(&["explain", quiet.as_str()]).with_code(0).out;
    assert!(told.contains("joined      no development"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_development_is_explained_by_the_text_that_it_was_read_from() {
    let world = World::new().await;
    world.once().with_code(0);
    let date = ago(0).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>News</title><item><title>{JOINED}</title><guid>f1</guid><link>http://news.example/f1</link><pubDate>{date}</pubDate><description>So said the ministry in Reykjavik.</description></item></channel></rss>"
    );
    world.web.put("/feed", Answer::ok("application/rss+xml", feed));
    world.once().with_code(0);
    let known = world.bot.run(&["developments", "--format", "json"]).with_code(0);
    let known: Value = serde_json::from_str(&known.out).unwrap();
    let id = format!("#{}", known[0]["id"].as_str().unwrap());
    let told = world.bot.run(&["explain", &id]).with_code(0).out;
    assert!(told.contains("So said the ministry"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_reaches_no_terminal_raw() {
    let world = World::new().await;
    let page = "<!doctype html><title>x</title><p>\u{1b}[31m\u{202e}";
    world.web.put("/feed", Answer::ok("text/html\u{202e}", page));
    let ran = world.once();
    assert!(ran.err.contains("herald: "), "{ran:#?}");
    assert!(!ran.err.contains(['\u{1b}', '\u{202e}']), "{ran:#?}");
    let status = world.bot.run(&["status"]);
    assert!(!status.out.contains(['\u{1b}', '\u{202e}']), "{status:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_says_in_full_what_to_do_for_a_source() {
    let world = World::new().await;
    world.web.put("/feed", Answer::status(404));
    world.once().with_code(0);
    let told = world.bot.run(&["status"]).with_code(0).out;
    let json = world.bot.run(&["status", "--format", "json"]).with_code(0).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    let outcome = json["sources"][1]["last_outcome"].as_str().unwrap();
    assert!(told.contains(&format!("herald: {outcome}")), "{told}");
    world.web.put("/press", Answer::status(500));
    world.once().with_code(1);
    let check = world.bot.run(&["status", "--check"]).with_code(1);
    assert!(check.out.contains("every source failed"), "{check:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_source_had_when_it_was_first_read_is_not_told() {
    let world = World::new().await;
    world.court(&[(RULING, ago(0))]);
    let dry = world.bot.run(&["once", "--dry-run"]).with_code(0);
    assert_eq!(dry.out, "");
    assert!(
        dry.err.contains("2 items would be remembered and not told; 1 of them read"),
        "{dry:#?}"
    );
    assert!(!world.bot.home().join("state/db").exists(), "a dry run writes nothing");
    world.once().with_code(0);
    world.once().with_code(0);
    assert_eq!(world.discord.posts(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_item_of_a_feed_that_was_empty_is_told() {
    let world = World::new().await;
    world.once().with_code(0);
    world.newspaper(&[(REPORT, ago(0))]);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_item_of_a_court_page_that_was_quiet_is_told() {
    let world = World::new().await;
    let page = "<!doctype html><title>Press</title><ul></ul>";
    world.web.put("/press", Answer::ok("text/html; charset=utf-8", page));
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_gets_is_what_its_own_description_allows() {
    let path =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/discord/openapi.json"));
    if !path.exists() {
        println!("skipped: ../shared is not here");
        return;
    }
    let world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.once().with_code(0);
    let message = world.discord.next_message();
    let described: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let schema = serde_json::json!({
        "$ref": "#/components/schemas/RichEmbed",
        "components": described["components"],
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let embed = &message["embeds"][0];
    let wrong: Vec<String> = validator.iter_errors(embed).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{embed:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_dead_source_stops_nobody_and_all_dead_ones_fail() {
    let world = World::new().await;
    world.once().with_code(0);
    world.web.put("/feed", Answer::status(404));
    world.court(&[(RULING, ago(0))]);
    let ran = world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
    assert!(ran.err.contains("herald: "), "{ran:#?}");
    world.web.put("/press", Answer::status(500));
    let ran = world.once().with_code(1);
    assert!(ran.err.contains("court: ") && ran.err.contains("herald: "), "{ran:#?}");
    assert!(!ran.err.contains(TOKEN));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_messages_are_printed_once() {
    let world = World::new().await;
    let bot = Bot::new();
    bot.tells(&world.discord);
    bot.configure("sources.toml", &sources(&world.web));
    bot.run(&["once"]).with_code(0);
    world.court(&[(RULING, ago(0))]);
    let told = bot.run(&["once"]).with_code(0);
    assert!(told.out.contains("Iceland") && told.out.contains('#'), "{told:#?}");
    assert!(told.err.contains("no channel is configured"), "{told:#?}");
    let again = bot.run(&["once"]).with_code(0);
    assert_eq!(again.out, "", "{again:#?}");
    assert_eq!(world.discord.posts(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_prints_what_would_be_said_and_the_next_run_says_it() {
    let world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    let dry = world.bot.run(&["once", "--dry-run"]).with_code(0);
    assert!(dry.out.contains("Iceland"), "{dry:#?}");
    assert_eq!(world.discord.posts(), 0);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_and_a_gateway_that_fails_repeat_and_lose_nothing() {
    let world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.discord.script([Fault::AcceptThenCut, Fault::BadGateway]);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
    assert_eq!(world.discord.posts(), 3, "it went on until it knew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_refuses_is_told_on_stderr_and_fails() {
    let world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.discord.open(CHANNEL, Access::NoSend);
    let ran = world.once().with_code(1);
    let why = format!(
        "channel {CHANNEL}: Discord answered 403: Missing Permissions (50013); give the bot View Channel, Send Messages and Embed Links there"
    );
    assert!(ran.err.contains("1 message waits"), "{ran:#?}");
    assert!(ran.err.contains(&why) && !ran.err.contains("nothing to tell"), "{ran:#?}");
    let status = world.bot.run(&["status", "--check"]).with_code(1);
    assert!(status.out.contains(&why), "{status:#?}");

    world.discord.open(CHANNEL, Access::Open);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1, "it is tried at once, and was not lost");
    world.bot.run(&["status", "--check"]).with_code(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_told_and_loses_nothing() {
    let mut world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.bot.set_token(Some("not.the.token"));
    let ran = world.once().with_code(1);
    assert!(ran.err.contains("401") && ran.err.contains("DISCORD_TOKEN"), "{ran:#?}");
    let status = world.bot.run(&["status", "--check"]).with_code(1);
    assert!(status.out.contains("401"), "{status:#?}");
    world.bot.set_token(Some(TOKEN));
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_for_discord_is_not_printed_while_the_token_is_missing() {
    let mut world = World::new().await;
    world.once().with_code(0);
    world.court(&[(RULING, ago(0))]);
    world.discord.open(CHANNEL, Access::Hidden);
    world.once().with_code(1);
    world.bot.set_token(None);
    let ran = world.once().with_code(0);
    assert_eq!(ran.out, "", "{ran:#?}");
    assert!(ran.err.contains("1 message for Discord stays in the outbox"), "{ran:#?}");
    let dry = world.bot.run(&["once", "--dry-run"]).with_code(0);
    assert!(dry.out.contains("Iceland"), "a dry run prints all of it: {dry:#?}");
    world.bot.set_token(Some(TOKEN));
    world.discord.open(CHANNEL, Access::Open);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_serves_something_else_fails_and_is_named() {
    let world = World::new().await;
    let page = "<!doctype html><title>Maintenance</title><p>Back soon.</p>";
    world.web.put("/feed", Answer::ok("text/html", page));
    for _ in 0..3 {
        let ran = world.once().with_code(0);
        assert!(ran.err.contains("herald: "), "{ran:#?}");
    }
    let status = world.bot.run(&["status", "--check"]).with_code(1);
    assert!(
        status.out.contains("source herald: failed 3 times in a row: unreadable"),
        "{status:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_gone_is_left_for_the_one_that_is_configured_instead() {
    let world = World::new().await;
    world.web.put("/old", Answer::status(410));
    let old = sources(&world.web).replace("/feed\"", "/old\"");
    world.bot.configure("sources.toml", &old);
    let ran = world.once().with_code(0);
    assert!(ran.err.contains("410"), "{ran:#?}");
    let asked = world.web.requests().len();
    world.once().with_code(0);
    assert_eq!(world.web.requests().len(), asked + 1, "only the court is asked again");

    world.bot.configure("sources.toml", &sources(&world.web));
    world.once().with_code(0);
    world.newspaper(&[(REPORT, ago(0))]);
    world.once().with_code(0);
    assert_eq!(world.messages().len(), 1);
}

fn feed(id: &str, url: &str) -> ConfiguredSource {
    ConfiguredSource {
        source: Source {
            id: id.into(),
            kind: SourceKind::Feed,
            urls: vec![url.parse().unwrap()],
            every: Duration::from_hours(1),
            voice: None,
            owner: id.into(),
        },
        recipe: None,
    }
}

/// A poll loop over these sources, with four places.
async fn polling(sources: Vec<ConfiguredSource>) -> Poll {
    let means = Means {
        sources: sources.into(),
        rules: Arc::default(),
        baseline: Baseline::default(),
        concurrency: 4,
        pace: schedule::Policy::USUAL,
    };
    let allow_private = vec!["127.0.0.0/8".parse().unwrap()];
    let policy = Policy { allow_private, ..Policy::new("https://bot.example/") };
    let fetcher = Arc::new(Fetcher::new(policy).unwrap());
    Poll::begin(means, fetcher, Store::temporary().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_silent_holds_no_place_that_another_host_could_use() {
    // Nobody accepts: the system does, and there never is an answer.
    let listener = std::net::TcpListener::bind("127.0.0.2:0").unwrap();
    let silent = format!("http://{}/feed", listener.local_addr().unwrap());
    let web = Server::start();
    web.put("/feed", Answer::ok("application/rss+xml", "<rss><channel/></rss>"));
    let mut sources: Vec<ConfiguredSource> =
        (0..12).map(|number| feed(&format!("silent{number}"), &silent)).collect();
    sources.push(feed("healthy", web.url("/feed").as_str()));
    let mut poll = polling(sources).await;

    poll.enqueue(0..12);
    poll.enqueue([12]);
    // A silent host is given up after 15 seconds, in pairs.
    let first = tokio::time::timeout(Duration::from_secs(10), poll.take_next()).await;
    let taken = first.expect("the healthy one answers at once").unwrap();
    assert_eq!(taken[0].intake.source.as_str(), "healthy");
    assert_eq!(taken[0].trouble, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_of_a_document_is_said_when_it_changes() {
    let web = Server::start();
    let mut poll = polling(vec![feed("herald", web.url("/feed").as_str())]).await;
    let (good, broken) = ("<item><title>Rain at noon</title></item>", "<item></item>");
    let documents = [
        (format!("{good}{broken}"), Some(1)),
        (format!("{broken}{good}<item><title>Sun</title></item>"), None),
        (format!("{good}{broken}{broken}"), Some(2)),
        ("<item></item>".to_owned(), None),
        (good.to_owned(), Some(0)),
        (format!("{good}{good}"), None),
    ];
    for (items, expected) in documents {
        let document = format!("<rss version=\"2.0\"><channel>{items}</channel></rss>");
        web.put("/feed", Answer::ok("application/rss+xml", document));
        poll.enqueue([0]);
        let taken = poll.take_next().await.unwrap();
        assert_eq!(taken[0].losses, expected, "{items}: {:?}", taken[0].intake.problems);
    }
}
