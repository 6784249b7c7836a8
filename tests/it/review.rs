//! What the ledger does not allow, as an operator meets it.

use serde_json::Value;

use crate::{
    backtest::{SETTINGS, feed, sources},
    bot::Bot,
    world::server::Server,
};

#[test]
fn nobody_is_told_that_a_state_leaves_what_it_never_joined_but_operators_are_shown() {
    let web = Server::start();
    let bot = Bot::new();
    bot.configure("haguewatch.toml", SETTINGS);
    bot.configure("sources.toml", &sources(&web, ["gazette", "herald"]));
    web.put("/gazette", feed(&["Rain expected"]));
    web.put("/herald", feed(&["Rain expected"]));
    bot.run(&["once"]).with_code(0);
    assert!(!bot.run(&["status"]).with_code(0).out.contains("not told"));

    let news = "Turkey announces withdrawal from the International Criminal Court";
    web.put("/gazette", feed(&["Rain expected", news, "Iceland joins the Hague Group"]));
    let ran = bot.run(&["once"]).with_code(0);
    assert!(ran.out.contains("Iceland") && !ran.out.contains("withdrawal"), "{ran:#?}");

    let rows = bot.run(&["developments", "--review", "--format", "json"]).with_code(0).out;
    let rows: Value = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 1, "what was told is not in question");
    let all = bot.run(&["developments"]).with_code(0).out;
    assert!(
        all.contains("Iceland") && !all.contains("Turkey"),
        "it is none to anybody else: {all}"
    );
    let row = &rows[0];
    assert_eq!((&row["held"], &row["announced"]), (&"review".into(), &false.into()), "{rows:#}");
    assert_eq!(row["why"], "not known as a member of ICC: TUR");
    assert_eq!(row["ledger"], serde_json::json!([]), "it left no row");
    let report = &row["reports"][0];
    assert_eq!(report["joined"], "the first report of membership.withdrawal-announced");
    assert_eq!(report["stance"], "reports");
    assert_ne!(report["rules"], serde_json::json!([]));

    let status = bot.run(&["status"]).with_code(0).out;
    assert!(status.contains("not told, because the ledger does not allow it"), "{status}");
    assert!(status.contains(": not known as a member of ICC: TUR: Turkey announces"), "{status}");
    let id = format!("#{}", row["id"].as_str().unwrap());
    let explained = bot.run(&["explain", &id]).with_code(0).out;
    assert!(explained.contains("no: the ledger does not allow it"), "{explained}");
}
