//! Every command from outside: exit codes, and what goes to stdout and what to stderr.

use std::{
    io::{BufRead, BufReader},
    process::Command,
    time::Duration,
};

use serde_json::Value;

use crate::{
    bot::Bot,
    world::{answer::Answer, server::Server},
};

pub(crate) const ITEMS: &str = "\
{\"id\":\"b\",\"source\":\"herald\",\"url\":\"https://herald.example/2\",\"title\":\"Iceland joins Hague Group as new member\",\"text\":\"\",\"published\":\"2026-11-02T10:00:00Z\"}
{\"id\":\"a\",\"source\":\"gazette\",\"url\":\"https://gazette.example/1\",\"title\":\"Iceland joins the Hague Group\",\"text\":\"\",\"published\":\"2026-11-01T10:00:00Z\",\"more\":1}
{\"id\":\"c\",\"source\":\"gazette\",\"url\":\"https://gazette.example/3\",\"title\":\"Activists urge Ireland to join the Hague Group\",\"text\":\"\",\"published\":\"2026-11-03T10:00:00Z\"}
";

pub(crate) fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn help_shows_examples_for_every_command_and_lists_none_that_is_not_there() {
    let bot = Bot::new();
    let help = bot.run(&["--help"]).with_code(0).out;
    for command in [
        "run",
        "once",
        "check",
        "preview",
        "classify",
        "replay",
        "backtest",
        "explain",
        "developments",
        "ledger",
        "status",
        "demo",
    ] {
        assert!(help.contains(&format!("  {command}  ")), "{command}: {help}");
        let help = bot.run(&[command, "--help"]).with_code(0).out;
        assert!(help.contains("Example"), "{command}: {help}");
    }
    assert!(!help.contains("opml"), "{help}");
}

#[test]
fn wrong_usage_is_told_on_stderr_with_code_2() {
    let bot = Bot::new();
    for arguments in [
        &["frobnicate"][..],
        &["once", "--source", "no-such-source"],
        &["developments", "--kind", "warant"],
        &["ledger", "--as-of", "yesterday"],
        &["replay", "--items", "no/such/file"],
        &["replay", "--items", "x", "--ledger-as-of", "soon"],
        &["replay", "--items", "."],
        &["ledger", "--body", "ICCC"],
        &["preview", "no-such-thing"],
        &["--config", "no/such/directory", "check"],
    ] {
        let ran = bot.run(arguments).with_code(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
    assert!(!bot.home().join("state").exists(), "nothing was started");
}

#[test]
fn what_is_misspelt_is_told_with_its_file_or_the_nearest_word() {
    let bot = Bot::new();
    let ran = bot.run(&["replay", "--items", "."]).with_code(2);
    assert!(ran.err.contains("\n.: cannot be read: it is a directory"), "{ran:#?}");
    let ran = bot.run(&["ledger", "--body", "hague-grup"]).with_code(2);
    assert!(ran.err.contains("did you mean `HAGUE-GROUP`?"), "{ran:#?}");
}

#[test]
fn what_help_shows_of_once_are_sources_that_are_there() {
    let bot = Bot::new();
    let help = bot.run(&["once", "--help"]).with_code(0).out;
    let words: Vec<&str> = help.split_whitespace().collect();
    let named: Vec<&str> =
        words.windows(2).filter(|two| two[0] == "--source").map(|two| two[1]).collect();
    let shipped = include_str!("../../config/sources.toml");
    let known = named.iter().filter(|name| shipped.contains(&format!("id = \"{name}\""))).count();
    assert!(named.len() >= 2 && known >= 2, "{named:?}");
}

#[test]
fn a_page_that_is_previewed_as_a_feed_fails_with_a_hint() {
    let bot = Bot::new();
    bot.write("saved.html", "<!doctype html><title>Press</title><p>\u{202e}nothing");
    let ran = bot.run(&["preview", "saved.html"]).with_code(1);
    assert!(ran.err.contains("0 postings read") && ran.err.contains("--like SOURCE"), "{ran:#?}");
    let ran = bot.run(&["preview", "saved.html", "--like", "icj-press"]).with_code(1);
    assert!(!ran.err.contains("--like"), "{ran:#?}");
}

#[test]
fn without_a_configuration_the_one_built_in_stands_in_and_says_so() {
    let ran = Bot::new().run(&["ledger", "members", "--body", "HAGUE-GROUP"]).with_code(0);
    assert!(ran.err.contains("built in"), "{ran:#?}");
    assert!(ran.out.contains("baseline"), "{ran:#?}");
}

#[test]
fn every_problem_of_a_configuration_is_told_with_its_place() {
    let bot = Bot::new();
    bot.configure(
        "sources.toml",
        "[[source]]\nid = \"a\"\nkind = \"fed\"\nurls = []\nowner = \"a\"\n",
    );
    bot.configure("haguewatch.toml", "[poll]\nevery = 15\n");
    let ran = bot.run(&["check"]).with_code(2);
    assert!(ran.err.contains("config/haguewatch.toml:2:9: "), "{ran:#?}");
    assert!(ran.err.contains("config/sources.toml:3:8: "), "{ran:#?}");
    assert!(ran.err.contains("config/sources.toml:4:8: "), "{ran:#?}");
    assert_eq!(ran.out, "");
}

/// A rule that reads the plain act, one that lacks words, and a state with a name of its own.
const RULES: &str = "\
[[verb]]
id = \"join\"
words = [\"join\"]
[[rule]]
id = \"joined\"
step = \"membership.joined\"
verb = [\"join\"]
subject = [\"state\"]
examples = [\"Aland joins the Round Table\"]
[[rule]]
id = \"signed\"
step = \"membership.signed\"
verb = [\"join\"]
object = [\"coalition\"]
";
const TABLE: &str = "\
[[body]]
id = \"TABLE\"
name = \"Round Table\"
class = \"coalition\"
";

#[test]
fn what_certainly_cannot_work_is_refused_and_what_is_worth_a_look_is_noted() {
    let bot = Bot::new();
    bot.configure("sources.toml", "");
    bot.configure("ledger/none.toml", "");
    bot.configure("rules/bodies.toml", TABLE);
    bot.configure(
        "rules/states.toml",
        "[[state]]\ncode = \"AAA\"\nname = \"Aland\"\nnames = [\"round table\"]\n",
    );
    bot.configure(
        "rules/ours.toml",
        &format!("{RULES}without = [\"body\"]\n[[rule]]\nid = \"left\"\nstep = \"membership.left\"\nverb = [\"join\"]\nsubject = [\"state\"]\ncontext = [\"treaty\"]\n"),
    );
    let ran = bot.run(&["check"]).with_code(2);
    for line in [
        "config/rules/states.toml:4:10: `round table` means two things: state `AAA` and body `TABLE` at config/rules/bodies.toml:3:8; ",
        "config/rules/ours.toml:14:11: rule `signed` can never fire: `coalition` of `object` is always `body` too, which `without` excludes; ",
        "config/rules/ours.toml:21:12: rule `left` can never fire: `treaty` of `context` has no words; ",
        "config/rules/ours.toml:17:6: whatever rule `left` reads, rule `joined` at config/rules/ours.toml:5:6 reads as membership.joined too; ",
    ] {
        assert!(ran.err.lines().any(|told| told.starts_with(line)), "{line}\n{}", ran.err);
    }
    assert_eq!(ran.out, "");

    bot.configure("rules/states.toml", "[[state]]\ncode = \"AAA\"\nname = \"Aland\"\n");
    bot.configure("rules/ours.toml", RULES);
    let ran = bot.run(&["check"]).with_code(0);
    let (summary, notes) = ran.out.split_once("  notes     1, worth a look:\n").unwrap();
    assert!(summary.starts_with("the configuration is right\n"), "{summary}");
    assert_eq!(
        notes,
        "config/rules/ours.toml:9:13: \"Aland joins the Round Table\" fits membership.signed with the same score, by rule `signed` at config/rules/ours.toml:11:6; raise the `score` of the one that is meant, or add to `without` of `signed` a class that keeps it away\n"
    );
    assert_eq!(ran.err, "");
}

#[test]
fn the_shipped_configuration_is_right_and_its_rules_pass_their_own_examples() {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
    let ran = Bot::new().run(&["--config", shipped, "check"]).with_code(0);
    assert!(ran.out.contains("the configuration is right"), "{ran:#?}");
    assert_eq!(ran.err, "");
}

#[test]
fn classify_reads_in_the_order_of_input_and_goes_on_after_a_bad_line() {
    let input = format!("{{\"id\"\n\n{ITEMS}");
    let ran = Bot::new().run_on(&["classify"], &input).with_code(1);
    let lines = json_lines(&ran.out);
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["b", "a", "c"]);
    assert_eq!(lines[1]["developments"][0]["kind"], "membership");
    assert_eq!(lines[1]["developments"][0]["states"], serde_json::json!(["ISL"]));
    assert_eq!(lines[1]["developments"][0]["evidence"][0]["field"], "title");
    assert_eq!(lines[2]["background"][0]["because"], "urged");
    assert!(ran.err.contains("stdin:1: "), "{}", ran.err);
}

#[test]
fn preview_shows_what_was_read_and_keeps_nothing() {
    let web = Server::start();
    let feed = "<rss version=\"2.0\"><channel><title>t</title><item><title>Iceland joins the Hague Group</title><guid>g1</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>";
    web.put("/feed", Answer::ok("application/rss+xml", feed));
    let bot = Bot::new();
    bot.configure(
        "haguewatch.toml",
        "[poll]\ncontact = \"https://bot.example/\"\nallow_private = [\"127.0.0.0/8\"]\n",
    );
    bot.configure("sources.toml", "");
    bot.write("saved.xml", feed);
    let url = web.url("/feed");
    for what in [url.as_str(), "saved.xml"] {
        let ran = bot.run(&["preview", what, "--format", "jsonl"]).with_code(0);
        let lines = json_lines(&ran.out);
        assert_eq!(lines.len(), 1, "{ran:#?}");
        assert_eq!(lines[0]["guid"], "g1");
        assert_eq!(lines[0]["published"], "2026-11-02T10:00:00Z");
        assert_eq!(lines[0]["text"], Value::Null);
        let ran = bot.run(&["preview", what]).with_code(0);
        assert!(ran.out.contains("reads as   membership.joined HAGUE-GROUP ISL"), "{ran:#?}");
    }
    assert!(!bot.home().join("state").exists());
    web.put("/feed", Answer::status(404));
    bot.run(&["preview", url.as_str()]).with_code(1);
}

#[test]
fn explain_gives_the_verdict_and_marks_what_it_rests_on() {
    let bot = Bot::new();
    let ran = bot.run(&["explain", "Iceland joins the Hague Group"]).with_code(0);
    assert!(ran.out.starts_with("Reported: Iceland joined the Hague Group"), "{ran:#?}");
    assert!(ran.out.contains("\n  Iceland joins the Hague Group\n  ^^^^^^^ ^^^^^"), "{ran:#?}");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{ran:#?}");
    let ran = bot.run(&["explain", "Rain expected", "--format", "json"]).with_code(0);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["items"][0]["reading"]["developments"], serde_json::json!([]));
    bot.run(&["explain", "#ZZZZZ"]).with_code(1);
}

#[test]
fn explain_reads_a_headline_and_a_lead_from_stdin() {
    let bot = Bot::new();
    let item = "Rain expected\r\n\nIceland joins the Hague Group.\nIt rained.\n";
    let ran = bot.run_on(&["explain", "-", "--format", "json"], item).with_code(0);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["items"][0]["title"], "Rain expected");
    assert_eq!(told["items"][0]["text"], "Iceland joins the Hague Group.\nIt rained.");
    let ran = bot.run_on(&["explain", "-"], "").with_code(0);
    assert_eq!(ran.out, "Nothing to read: the text is empty.\n");
}

#[test]
fn without_a_state_there_is_the_baseline_and_nothing_else() {
    let bot = Bot::new();
    let known = bot.run(&["developments", "--format", "json"]).with_code(0);
    assert_eq!(known.out.trim(), "[]");
    let rows = bot.run(&["ledger", "warrants", "--body", "ICC", "--format", "json"]).with_code(0);
    let rows: Value = serde_json::from_str(&rows.out).unwrap();
    let first = &rows[0];
    assert_eq!(
        (&first["kind"], &first["baseline"]),
        (&"warrant".into(), &true.into()),
        "{first:#}"
    );
    assert!(first["person"].is_string() && first["sources"][0].is_string(), "{first:#}");
    let csv = bot.run(&["ledger", "--as-of", "2003-01-01", "--format", "csv"]).with_code(0);
    assert!(
        csv.out.starts_with("kind,body,whom,stage,since,status,known from,source\n"),
        "{csv:#?}"
    );
    let status = bot.run(&["status", "--check"]).with_code(0);
    assert_eq!(status.out, "nothing needs a person\n");
    assert!(!bot.home().join("state").exists());
}

#[test]
fn the_demo_tells_its_story_and_leaves_nothing() {
    let bot = Bot::new();
    let ran = bot.run(&["demo"]).with_code(0);
    for part in [
        "Ruritania joined the Hague Group.",
        "which is now corroborated",
        "quiet: only mentioned: urged",
        "issued an arrest warrant for Rufus Firefly",
        "which is now confirmed",
        "quiet: out-of-scope, because of “cricket”",
        "quiet: opinion, because",
        "example-herald/invented.example",
        "Syldavia announced",
        "haguewatch once --dry-run",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("operators only"), "{}", ran.out);
    assert_eq!(std::fs::read_dir(bot.home()).unwrap().count(), 0);
}

/// Starts the daemon with a source of its own and waits until its ops page is there.
struct Daemon {
    bot: Bot,
    child: std::process::Child,
    log: BufReader<std::process::ChildStderr>,
    _web: Server,
}

impl Daemon {
    fn start() -> Self {
        let web = Server::start();
        web.put(
            "/feed",
            Answer::ok(
                "application/rss+xml",
                "<rss version=\"2.0\"><channel><title>t</title></channel></rss>",
            ),
        );
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let bot = Bot::new();
        bot.configure("haguewatch.toml", &format!("[poll]\ncontact = \"https://bot.example/\"\nallow_private = [\"127.0.0.0/8\"]\n[ops]\nlisten = \"127.0.0.1:{port}\"\n"));
        bot.configure(
            "sources.toml",
            &format!(
                "[[source]]\nid = \"a\"\nkind = \"feed\"\nowner = \"a\"\nurls = [\"{}\"]\n",
                web.url("/feed")
            ),
        );
        let mut child = bot.start(&["run"]);
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut daemon = Self { bot, child, log, _web: web };
        daemon.wait_for("the ops page is at");
        daemon
    }

    /// Reads the log up to a line that says this.
    fn wait_for(&mut self, part: &str) {
        let mut line = String::new();
        while !line.contains(part) {
            line.clear();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "the daemon ended before `{part}`");
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _gone = self.child.kill();
    }
}

#[test]
fn a_daemon_is_asked_while_it_holds_the_state_and_stops_on_a_signal() {
    let mut daemon = Daemon::start();
    let status = daemon.bot.run(&["status", "--format", "json"]).with_code(0);
    let status: Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(status["running"], true, "{status:#}");
    assert_eq!(status["sources"][0]["id"], "a");
    let rows = daemon.bot.run(&["ledger", "members", "--format", "json"]).with_code(0);
    assert!(serde_json::from_str::<Value>(&rows.out).unwrap().as_array().unwrap().len() > 100);
    let known = daemon.bot.run(&["developments", "--kind", "warrant", "--format", "json"]);
    assert_eq!(known.with_code(0).out.trim(), "[]");
    daemon.bot.run(&["explain", "#ZZZZZ"]).with_code(1);
    daemon.bot.write("new/sources.toml", "");
    let tried = daemon.bot.run(&["backtest", "--config", "new"]).with_code(0);
    assert_eq!(tried.out, "0 items: 0 told more, 0 less, 0 otherwise, 0 alike\n");
    let alive = daemon.bot.run(&["status", "--alive"]).with_code(0);
    assert_eq!(alive.out.trim(), "ready");
    let refused = daemon.bot.run(&["once"]).with_code(1);
    assert!(refused.err.contains("haguewatch run"), "{refused:#?}");

    daemon.signal("-HUP");
    daemon.wait_for("restart");
    let began = std::time::Instant::now();
    daemon.signal("-TERM");
    assert!(daemon.child.wait().unwrap().success());
    assert!(began.elapsed() < Duration::from_secs(8));
    let after = daemon.bot.run(&["status", "--format", "json"]).with_code(0);
    let after: Value = serde_json::from_str(&after.out).unwrap();
    assert_eq!(after["running"], false);
    let gone = daemon.bot.run(&["status", "--alive"]).with_code(1);
    assert!(gone.err.contains("no daemon"), "{gone:#?}");
}

#[test]
fn the_ops_address_serves_pages_and_figures_without_scripts() {
    let daemon = Daemon::start();
    let config = std::fs::read_to_string(daemon.bot.home().join("config/haguewatch.toml")).unwrap();
    let address = config.split("listen = \"").nth(1).unwrap().split('"').next().unwrap();
    let get = |path: &str| {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(get("/readyz").starts_with("HTTP/1.1 200"));
    assert!(get("/metrics").contains("haguewatch_loop_turns_total{loop=\"poll\"}"));
    let page = get("/");
    assert!(page.to_lowercase().contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(!page.contains("<script"));
    assert!(get("/api/v1/sources").contains("\"id\":\"a\""));
    assert!(get("/api/v1/ledger?topic=nonsense").starts_with("HTTP/1.1 400"));
}

#[test]
fn a_port_that_is_taken_ends_the_daemon_with_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let bot = Bot::new();
    bot.configure(
        "haguewatch.toml",
        &format!("[ops]\nlisten = \"{}\"\n", taken.local_addr().unwrap()),
    );
    bot.configure("sources.toml", "");
    let ran = bot.run(&["run"]).with_code(1);
    assert!(ran.err.contains("cannot be listened on"), "{ran:#?}");
}
