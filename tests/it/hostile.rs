//! Hostile text on its whole way: a newspaper prints it, the bot reads it, and what Discord receives
//! is looked at. Whatever a headline, a link or a name holds, it stays text.

use std::fmt::Write as _;

use haguewatch::render::limits;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    bot::Bot,
    world::{
        answer::Answer,
        discord::{Access, Discord, Fault, TOKEN},
        server::Server,
    },
};

const CHANNEL: u64 = 515_151;

/// States that are in no coalition yet, one for each headline.
const STATES: [&str; 12] = [
    "Iceland", "Norway", "Sweden", "Finland", "Denmark", "Portugal", "Greece", "Austria", "Latvia",
    "Estonia", "Poland", "Croatia",
];

/// What a newspaper prints behind its headlines, and where it links.
struct Paper {
    /// What follows `… joins the Hague Group`, and the address.
    printed: Vec<(String, String)>,
}

impl Paper {
    fn of(suffixes: &[&str]) -> Self {
        let linked = |(n, suffix): (usize, &&str)| {
            ((*suffix).to_owned(), format!("https://news.example/{n}"))
        };
        Self { printed: suffixes.iter().enumerate().map(linked).collect() }
    }

    fn linking(addresses: &[&str]) -> Self {
        let linked = |address: &&str| (String::new(), (*address).to_owned());
        Self { printed: addresses.iter().map(linked).collect() }
    }

    fn feed(&self) -> String {
        let mut items = String::new();
        let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        for ((suffix, address), state) in self.printed.iter().zip(STATES) {
            let title = escaped(&format!("{state} joins the Hague Group {suffix}"));
            let address = escaped(address);
            write!(items, "<item><title>{title}</title><guid isPermaLink=\"false\">{state}</guid><link>{address}</link><pubDate>{date}</pubDate></item>").unwrap();
        }
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>@everyone</title><link>http://news.example/</link><description>d</description>{items}</channel></rss>"
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Prints it, runs the bot, and gives what the channel received, in the
/// order of the headlines.
async fn told(paper: &Paper, faults: &[Fault]) -> Vec<Value> {
    let (web, discord) = (Server::start(), Discord::start().await);
    discord.open(CHANNEL, Access::Open);
    let bot = Bot::new().with_token(TOKEN);
    bot.tells(&discord);
    bot.configure("channels.toml", &format!("[[channel]]\nid = {CHANNEL}\n"));
    let url = web.url("/feed");
    bot.configure(
        "sources.toml",
        &format!(
            "[[source]]\nid = \"herald\"\nkind = \"feed\"\nurls = [\"{url}\"]\nowner = \"herald\"\n"
        ),
    );
    web.put("/feed", Answer::ok("application/rss+xml", Paper::of(&[]).feed()));
    bot.run(&["once"]).with_code(0);
    web.put("/feed", Answer::ok("application/rss+xml", paper.feed()));
    discord.script(faults.iter().copied());
    let ran = bot.run(&["once"]).with_code(0);
    let mut messages: Vec<Value> = paper.printed.iter().map(|_| discord.next_message()).collect();
    messages.sort_by_key(|message| {
        let title = message["embeds"][0]["title"].as_str().unwrap().to_owned();
        STATES.iter().position(|state| title.contains(state))
    });
    for message in &messages {
        check_message(message);
    }
    assert!(!ran.err.contains(['\u{1b}', '\u{202e}']), "{ran:#?}");
    discord.finish();
    messages
}

/// What holds for every message, whatever it tells.
#[track_caller]
fn check_message(message: &Value) {
    let nobody = json!({"parse": [], "users": [], "roles": []});
    assert_eq!(message["allowed_mentions"], nobody);
    assert_eq!(message["mention_everyone"], false);
    assert_eq!(message["content"].as_str().unwrap_or_default(), "");
    let embed = &message["embeds"][0];
    assert!(!embed["title"].as_str().unwrap().trim().is_empty(), "{embed:#}");
    for text in texts(message) {
        // Our own links and timestamps are taken out; what is left is from elsewhere, or plain.
        let bare = without_escapes(&without_our_markup(&text));
        for markup in [
            "@everyone",
            "@here",
            "<@",
            "<#",
            "</",
            "<t:",
            "<id:",
            "<:",
            "<a:",
            "](",
            "://",
            "**",
            "__",
            "~~",
            "||",
            "`",
            "*",
            "discord.gg/",
            "discord.com/",
            "discordapp.com/",
        ] {
            assert!(!bare.contains(markup), "{markup} stands raw in {text:?}");
        }
        let hidden = |letter: &char| {
            matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{200E}' | '\u{200F}'
                | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
                || (letter.is_control() && *letter != '\n')
        };
        assert_eq!(text.chars().find(hidden), None, "{text:?}");
    }
}

/// Every text of a message that people see.
fn texts(message: &Value) -> Vec<String> {
    let embed = &message["embeds"][0];
    let fields = embed["fields"].as_array().cloned().unwrap_or_default();
    let values = fields.iter().flat_map(|field| [field["name"].clone(), field["value"].clone()]);
    [embed["title"].clone(), embed["description"].clone(), embed["footer"]["text"].clone()]
        .into_iter()
        .chain(values)
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

/// The text without `[owner/host](https://host/…)` and `<t:…:D>` of our making.
fn without_our_markup(text: &str) -> String {
    let mut left = String::new();
    for line in text.lines() {
        let is_day = line.starts_with("<t:") && line.ends_with(":D>") && line.len() < 24;
        left.push_str(own_link(line).unwrap_or(if is_day { "" } else { line }));
        left.push('\n');
    }
    left
}

/// What follows a link of our making, whose text must name the host that it leads to.
fn own_link(line: &str) -> Option<&str> {
    let (named, rest) = line.strip_prefix("[herald/")?.split_once("](https://")?;
    let (address, rest) = rest.split_once(')')?;
    let host = address.split('/').next()?;
    assert_eq!(named, host, "{line}");
    Some(rest)
}

fn without_escapes(text: &str) -> String {
    let mut bare = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else {
            bare.push(letter);
        }
    }
    bare
}

fn quotation(message: &Value) -> &str {
    message["embeds"][0]["description"].as_str().unwrap_or_default()
}

fn sources(message: &Value) -> &str {
    let fields = message["embeds"][0]["fields"].as_array().unwrap();
    let sources = fields.iter().find(|field| field["name"] == "Sources").unwrap();
    sources["value"].as_str().unwrap()
}

/// Cases 48 to 50: mentions, whatever hides in them, and directions.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_mentioned_and_nothing_hides() {
    let paper = Paper::of(&[
        "@everyone and @here",
        "<@123> <@!123> <@&123> <@&<@1234>",
        "<#123> </ban:123> <id:customize> <t:1700000000:R>",
        "@every\u{200b}one @e\u{200d}very\u{fe0f}one\u{e0065}",
        "\u{ff20}everyone and @\u{435}veryone",
        "\u{202e}srebmem lla\u{202c} \u{2066}a\u{2069} \u{200f}b\u{200e}",
    ]);
    let messages = told(&paper, &[]).await;
    assert!(quotation(&messages[0]).contains("@\u{200b}everyone"), "it can still be read");
    assert!(quotation(&messages[4]).contains("\u{ff20}everyone"), "a look-alike pings nobody");
    assert!(quotation(&messages[5]).contains("srebmem lla a b"), "{:?}", quotation(&messages[5]));
}

/// Cases 51, 55 and 57: no link but ours, and that one leads where it says.
#[tokio::test(flavor = "multi_thread")]
async fn no_link_is_made_of_what_is_printed() {
    let paper = Paper::of(&[
        "[https://bank.test](https://evil.test)",
        "[a[b](c \"d\") \\[x\\](https://evil.test) <https://evil.test>",
        "discord.gg/abc discord.com/invite/abc discordapp.com/invite/abc dis\u{441}ord.gg/x",
    ]);
    for message in told(&paper, &[]).await {
        let embed = &message["embeds"][0];
        assert!(embed["url"].as_str().unwrap().starts_with("https://news.example/"), "{embed:#}");
        assert!(embed["image"].is_null() && embed["thumbnail"].is_null(), "{embed:#}");
    }
}

/// Cases 51 and 55: addresses that are none, that lead elsewhere, or that would end a link.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_http_or_left_out() {
    let long = format!("https://news.example/{}", "a".repeat(2_100));
    let paper = Paper::linking(&[
        "javascript:alert(1)",
        "https://discord.gg/abc",
        "data:text/html,x",
        &long,
        "https://user:secret@news.example/x",
        "https://news.example/a)[x](https://evil.test",
        "https://news.example/a b>c<d",
        "https://dis\u{441}ord.example/x",
    ]);
    let messages = told(&paper, &[]).await;
    for message in &messages[..4] {
        assert!(message["embeds"][0]["url"].is_null(), "{message:#}");
        assert!(sources(message).starts_with("herald: “"), "{message:#}");
    }
    let url = |message: &Value| message["embeds"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(url(&messages[4]), "https://news.example/x", "a password is nobody's to read");
    assert!(!url(&messages[5]).contains([')', '(', '[', ']']), "{}", url(&messages[5]));
    assert!(!url(&messages[6]).contains([' ', '<', '>']), "{}", url(&messages[6]));
    assert!(url(&messages[7]).starts_with("https://xn--"), "{}", url(&messages[7]));
}

/// Case 52: Markdown stays as it was typed.
#[tokio::test(flavor = "multi_thread")]
async fn markdown_is_only_text() {
    let paper = Paper::of(&[
        "# big > quote -# small ||spoiler|| **b** __u__ ~~s~~ `c`",
        "```rust unclosed ** and _ too",
        "| a | b | |---|---|",
        &"\n- item\n".repeat(500),
    ]);
    for message in told(&paper, &[]).await {
        assert!(!quotation(&message).contains('\n'), "{message:#}");
    }
}

/// Cases 53 and 54: lengths in UTF-16 units, cut between what a reader sees as characters.
#[tokio::test(flavor = "multi_thread")]
async fn long_and_piled_up_text_is_cut_whole() {
    let paper = Paper::of(&[
        &format!("a{}", "\u{301}".repeat(500)),
        &"😀".repeat(1_000),
        "<:a:1> <a:x:1>",
        &"👩\u{200d}🚀".repeat(400),
        &"🇳🇱".repeat(400),
        &"x".repeat(9_000),
    ]);
    let messages = told(&paper, &[]).await;
    for message in &messages {
        let embed = &message["embeds"][0];
        assert!(limits::units(embed["title"].as_str().unwrap()) <= 256);
    }
    let cut = |message: &Value| quotation(message).replace("” (herald)", "");
    assert!(cut(&messages[3]).ends_with("👩\u{200d}🚀…"), "{:?}", cut(&messages[3]));
    assert!(cut(&messages[4]).ends_with("🇳🇱…"), "{:?}", cut(&messages[4]));
    assert_eq!(
        cut(&messages[4]).matches('\u{1f1f3}').count(),
        cut(&messages[4]).matches('\u{1f1f1}').count()
    );
}

/// Cases 48 and 58: a publisher's name is a plain word, or the bot does not start with it.
#[test]
fn a_publisher_is_a_plain_word() {
    for owner in ["@everyone", "[x](https://evil.test)", "\u{200b}"] {
        let bot = Bot::new();
        bot.configure("sources.toml", &format!("[[source]]\nid = \"herald\"\nkind = \"feed\"\nurls = [\"https://news.example/\"]\nowner = '{owner}'\n"));
        let ran = bot.run(&["check"]).with_code(2);
        assert!(
            ran.err.contains("is not a simple id") || ran.out.contains("is not a simple id"),
            "{ran:#?}"
        );
    }
}

/// Case 60: a lost answer and one of 500 after the message was taken repeat nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_is_the_same() {
    let paper = Paper::of(&["@everyone", "<@&1>"]);
    let messages = told(&paper, &[Fault::AcceptThenFail, Fault::AcceptThenCut]).await;
    assert_eq!(messages.len(), 2);
}
