//! `backtest` as a story: an archive is gathered, and other configurations are tried on it.

use serde_json::Value;

use crate::{
    bot::{Bot, Ran},
    world::{answer::Answer, server::Server},
};

pub(crate) const SETTINGS: &str =
    "[poll]\ncontact = \"https://bot.example/\"\nallow_private = [\"127.0.0.0/8\"]\n";

/// A fact that makes a report of Iceland's joining an old story.
const KNOWN: &str = "[[fact]]\nkind = \"membership\"\naction = \"joined\"\nbody = \"HAGUE-GROUP\"\n\
    state = \"ISL\"\nsince = 2025-03-01\nsource = \"https://group.example/members\"\n";

pub(crate) fn feed(titles: &[&str]) -> Answer {
    let now = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let item = |title: &&str| {
        format!("<item><title>{title}</title><guid>{title}</guid><pubDate>{now}</pubDate></item>")
    };
    let items: Vec<String> = titles.iter().map(item).collect();
    let items = items.concat();
    let feed = format!("<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>");
    Answer::ok("application/rss+xml", feed)
}

pub(crate) fn sources(web: &Server, owners: [&str; 2]) -> String {
    let source = |id: &str, owner: &str| {
        let url = web.url(&format!("/{id}"));
        format!(
            "[[source]]\nid = \"{id}\"\nkind = \"feed\"\nowner = \"{owner}\"\nurls = [\"{url}\"]\n"
        )
    };
    source("gazette", owners[0]) + &source("herald", owners[1])
}

/// A bot with an archive of two outlets: Portugal's joining was there when they were first read,
/// Iceland's came later.
fn archive(web: &Server) -> Bot {
    let bot = Bot::new();
    bot.configure("haguewatch.toml", SETTINGS);
    bot.configure("sources.toml", &sources(web, ["gazette", "herald"]));
    web.put("/gazette", feed(&["Portugal joins the Hague Group"]));
    web.put("/herald", feed(&["Rain expected"]));
    bot.run(&["once"]).with_code(0);
    let news = "Iceland joins the Hague Group";
    web.put("/gazette", feed(&["Portugal joins the Hague Group", news]));
    web.put("/herald", feed(&["Rain expected", "Iceland formally joins the Hague Group"]));
    let ran = bot.run(&["once"]).with_code(0);
    assert!(ran.out.contains("Iceland"), "{ran:#?}");
    bot
}

fn last(ran: &Ran) -> &str {
    ran.out.lines().last().unwrap()
}

#[test]
fn the_same_configuration_tells_everything_alike() {
    let web = Server::start();
    let bot = archive(&web);
    bot.write("new/haguewatch.toml", SETTINGS);
    bot.write("new/sources.toml", &sources(&web, ["gazette", "herald"]));
    let ran = bot.run(&["backtest", "--config", "new"]).with_code(0);
    assert_eq!(last(&ran), "4 items: 0 told more, 0 less, 0 otherwise, 1 alike", "{ran:#?}");
}

#[test]
fn what_another_baseline_knows_is_told_less_and_the_other_way_round_more() {
    let web = Server::start();
    let bot = archive(&web);
    bot.write("new/haguewatch.toml", SETTINGS);
    bot.write("new/sources.toml", &sources(&web, ["gazette", "herald"]));
    bot.write("new/ledger/own.toml", KNOWN);

    let ran = bot.run(&["backtest", "--config", "new"]).with_code(0);
    assert!(ran.out.starts_with("Told less\n- membership.joined HAGUE-GROUP ISL on "), "{ran:#?}");
    // Which outlet was first is the network's to say.
    assert!(ran.out.contains("joins the Hague Group\n    now: background"), "{ran:#?}");
    assert!(ran.out.contains("known since 1 March 2025"), "{ran:#?}");
    assert_eq!(last(&ran), "4 items: 0 told more, 1 less, 0 otherwise, 0 alike", "{ran:#?}");

    let other = ["backtest", "--config", "config", "--against", "new", "--format", "jsonl"];
    let ran = bot.run(&other).with_code(0);
    let line: Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!(line["told"], "more");
    assert_ne!(line["item"]["source"], Value::Null);
    assert_eq!(line["instead"][0]["decision"], "background");
    assert_eq!(line["items"].as_array().unwrap().len(), 2);

    let later = ["backtest", "--config", "new", "--since", "2999-01-01"];
    let ran = bot.run(&later).with_code(0);
    assert!(last(&ran).contains("since 2999-01-01: 0 told more, 0 less"), "{ran:#?}");
}

#[test]
fn two_outlets_of_one_owner_are_told_otherwise() {
    let web = Server::start();
    let bot = archive(&web);
    bot.write("new/haguewatch.toml", SETTINGS);
    bot.write("new/sources.toml", &sources(&web, ["press", "press"]));
    let ran = bot.run(&["backtest", "--config", "new"]).with_code(0);
    for part in ["Told otherwise\n~ ", "status: corroborated -> reported", "owners: 2 -> 1"] {
        assert!(ran.out.contains(part), "{part}: {ran:#?}");
    }
}

#[test]
fn a_comparison_with_itself_is_refused() {
    let bot = Bot::new();
    bot.configure("haguewatch.toml", SETTINGS);
    for arguments in [&["backtest"][..], &["backtest", "--config", "config"]] {
        let ran = bot.run(arguments).with_code(2);
        assert!(ran.err.contains("name the one to try with `--config DIR`"), "{ran:#?}");
    }
    bot.run(&["backtest", "--config", "no/such/directory"]).with_code(2);
}
