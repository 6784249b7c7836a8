//! The difference as a reviewer wants it: what is told more, less and otherwise, with the items and
//! what the other configuration made of them.

use std::io::{BufWriter, Write, stdout};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    super::{
        counted,
        words::{clean, decided, whom},
    },
    compare::{Difference, Otherwise, Told},
};
use crate::model::{Decided, Development};

/// For people.
pub(super) fn text(
    difference: &Difference<'_>,
    items: usize,
    since: Option<Date>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let Difference { more, less, otherwise, alike } = difference;
    for (head, sign, list) in [("Told more", '+', more), ("Told less", '-', less)] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "{head}")?;
        for told in list {
            writeln!(out, "{sign} {}", what(told.development))?;
            with(&mut out, told)?;
            let other = if sign == '+' { "before" } else { "now" };
            instead(&mut out, other, told.instead)?;
        }
        writeln!(out)?;
    }
    if !otherwise.is_empty() {
        writeln!(out, "Told otherwise")?;
        for Otherwise { before, after, changes } in otherwise {
            writeln!(out, "~ {}", what(after.development))?;
            for (name, old, new) in changes {
                writeln!(out, "    {name}: {} -> {}", shown(old), shown(new))?;
            }
            with(&mut out, if after.item.is_some() { after } else { before })?;
        }
        writeln!(out)?;
    }
    let since = since.map_or_else(String::new, |day| format!(" since {day}"));
    writeln!(
        out,
        "{}{since}: {} told more, {} less, {} otherwise, {alike} alike",
        counted(items, "item"),
        more.len(),
        less.len(),
        otherwise.len(),
    )?;
    Ok(out.flush()?)
}

/// `warrant.issued ICC AAA, Ann Example on 2026-11-02 (#K7Q2M, reported)`
fn what(development: &Development) -> String {
    let body = development.body.as_ref().map(ToString::to_string);
    let case = development.case.as_ref().map(ToString::to_string);
    let whom = whom(&development.states, &development.persons);
    let parts: Vec<String> =
        [Some(development.step.to_string()), body, case, whom].into_iter().flatten().collect();
    let (id, status) = (&development.id, development.status.as_str());
    clean(&format!("{} on {} (#{id}, {status})", parts.join(" "), development.date))
}

fn with(out: &mut impl Write, told: &Told<'_>) -> std::io::Result<()> {
    let Some(item) = told.item else { return Ok(()) };
    let day = item.moment().strftime("%Y-%m-%d");
    let title = clean(&item.posting.title);
    writeln!(out, "    with {day} {}: {title}", clean(item.source.as_str()))?;
    match &item.url {
        Some(url) => writeln!(out, "         {}", clean(url)),
        None => Ok(()),
    }
}

fn instead(out: &mut impl Write, other: &str, decisions: &[Decided]) -> std::io::Result<()> {
    if decisions.is_empty() {
        return writeln!(out, "    {other}: nothing is read in it");
    }
    decisions.iter().try_for_each(|one| {
        let (decision, said, why) = (one.decision.as_str(), decided(one), clean(&one.why));
        writeln!(out, "    {other}: {decision} {said}: {why}")
    })
}

fn shown(value: &str) -> String {
    if value.is_empty() { "none".to_owned() } else { clean(value) }
}

/// One object a line.
pub(super) fn jsonl(difference: &Difference<'_>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let mut line = |value: Value| writeln!(out, "{value}");
    for (told, list) in [("more", &difference.more), ("less", &difference.less)] {
        for one in list {
            let instead: Vec<Value> = one.instead.iter().map(decision).collect();
            let mut value = object(told, one);
            value["instead"] = Value::Array(instead);
            line(value)?;
        }
    }
    for Otherwise { before, after, changes } in &difference.otherwise {
        let mut value = object("otherwise", after);
        value["before"] = before.development.id.as_str().into();
        value["changes"] = changes
            .iter()
            .map(|(name, old, new)| json!({"field": name, "before": old, "after": new}))
            .collect();
        line(value)?;
    }
    Ok(out.flush()?)
}

fn object(told: &str, one: &Told<'_>) -> Value {
    let Development { id, step, body, date, status, reports, .. } = one.development;
    let states = &one.development.states;
    json!({
        "told": told,
        "development": id.as_str(),
        "kind": step.kind.as_str(),
        "action": step.action.as_str(),
        "body": body.as_ref().map(ToString::to_string),
        "states": states.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "persons": one.development.persons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "date": date.to_string(),
        "status": status.as_str(),
        "item": one.item.map(|item| json!({
            "key": item.key.to_string(),
            "source": item.source.as_str(),
            "title": item.posting.title,
            "url": item.url,
            "at": item.moment().to_string(),
        })),
        "items": reports.iter().map(|report| report.item.to_string()).collect::<Vec<_>>(),
    })
}

fn decision(one: &Decided) -> Value {
    json!({
        "decision": one.decision.as_str(),
        "kind": one.said.step.kind.as_str(),
        "action": one.said.step.action.as_str(),
        "why": one.why,
    })
}
