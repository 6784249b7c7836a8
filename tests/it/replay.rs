//! `replay` from outside.

use serde_json::Value;

use crate::{
    bot::{Bot, Ran},
    commands::{ITEMS, json_lines},
    stream::Dice,
};

/// The lines of an output, sorted, each once.
fn by_id(ran: &Ran) -> Vec<&str> {
    let mut lines: Vec<&str> = ran.out.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[test]
fn a_replay_says_the_same_step_as_text_and_as_json() {
    let bot = Bot::new();
    bot.write("items.jsonl", ITEMS);
    let text = bot.run(&["replay", "--items", "items.jsonl", "--format", "text"]).with_code(0).out;
    let lines = json_lines(&bot.run(&["replay", "--items", "items.jsonl"]).with_code(0).out);
    let said = |line: &Value| {
        let one = &line["decisions"][0];
        let word = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let (decision, step) = (word("decision"), format!("{}.{}", word("kind"), word("action")));
        (decision, step, word("date"))
    };
    for (line, json) in text.lines().zip(&lines) {
        let (decision, step, date) = said(json);
        for part in [&decision, &step, &date] {
            assert!(line.contains(part.as_str()), "{part}: {line}");
        }
    }
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn replay_decides_in_the_order_of_publication_and_prints_in_that_of_input() {
    let bot = Bot::new();
    bot.write("items.jsonl", ITEMS);
    let ran = bot.run(&["replay", "--items", "items.jsonl"]).with_code(0);
    let lines = json_lines(&ran.out);
    let decisions: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| {
            (line["id"].as_str().unwrap(), line["decisions"][0]["decision"].as_str().unwrap())
        })
        .collect();
    assert_eq!(decisions, [("b", "corroborate"), ("a", "announce"), ("c", "background")]);
    assert_eq!(lines[0]["decisions"][0]["development"], lines[1]["decisions"][0]["development"]);
    assert_eq!(lines[0]["decisions"][0]["status"], "corroborated");
}

#[test]
fn a_replay_is_the_same_in_any_order_and_twice_over() {
    let bot = Bot::new();
    bot.write("items.jsonl", ITEMS);
    let once = bot.run(&["replay", "--items", "items.jsonl"]).with_code(0);
    let backwards: Vec<&str> = ITEMS.lines().rev().collect();
    bot.write("items.jsonl", &format!("{}\n{ITEMS}", backwards.join("\n")));
    let twice = bot.run(&["replay", "--items", "items.jsonl"]).with_code(0);
    assert_eq!(twice.out.lines().count(), 6);
    assert_eq!(by_id(&once), by_id(&twice));
}

#[test]
fn a_replay_begins_with_the_facts_of_its_day() {
    let item = "{\"id\":\"a\",\"source\":\"s\",\"title\":\"South Africa joins the Hague Group\",\"published\":\"2026-11-01T10:00:00Z\"}";
    let bot = Bot::new();
    bot.write("items.jsonl", item);
    let decision = |arguments: &[&str]| {
        let ran = bot.run(&[&["replay", "--items", "items.jsonl"], arguments].concat());
        let lines = json_lines(&ran.with_code(0).out);
        lines[0]["decisions"][0]["decision"].as_str().unwrap().to_owned()
    };
    assert_eq!(decision(&["--ledger-as-of", "none"]), "announce");
    assert_eq!(decision(&["--ledger-as-of", "2024-01-01"]), "announce");
    assert_ne!(decision(&[]), "announce", "it is a founding member");
}

#[test]
fn the_labelled_items_replay_to_one_line_each() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/dev.jsonl");
    let Ok(items) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let bot = Bot::new();
    let ran = bot.run(&["replay", "--items", path]).with_code(0);
    assert_eq!(ran.out.lines().count(), items.lines().count());

    // Real items, too, give the same in any order and twice over.
    let mut lines: Vec<&str> = items.lines().chain(items.lines()).collect();
    for seed in 1..=2 {
        Dice::new(seed).shuffle(&mut lines);
        bot.write("shuffled.jsonl", &lines.join("\n"));
        let again = bot.run(&["replay", "--items", "shuffled.jsonl"]).with_code(0);
        assert!(by_id(&again) == by_id(&ran), "seed {seed}");
    }
}
