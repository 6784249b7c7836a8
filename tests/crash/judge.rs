//! The judge: what Discord has at the end, against what was published and what the bot knows.

use std::collections::{BTreeMap, BTreeSet};

use haguewatch::{
    model::{Delivery, DeliveryState, Status},
    state::Store,
};
use serde_json::Value;

use crate::{
    table::Row,
    town::{self, CHANNELS, OFFICIAL, Town},
};

/// Judges a town in which everything has healed. `case` names it in what is wrong.
pub(crate) fn judge(town: &Town, case: &str) -> Row {
    let mut row = Row { worlds: 1, developments: town.developments, ..Row::default() };
    let store = match town.known() {
        Ok(store) => store,
        Err(why) => {
            row.wrong.push(format!("{case}: the state cannot be opened: {why}"));
            return row;
        }
    };
    for channel in CHANNELS {
        heard(town, channel, &mut row);
    }
    row.wrong.extend(known(town, &store).err());
    row.wrong.extend(accounted(town, &store).err());
    for wrong in &mut row.wrong {
        *wrong = format!("{case}: {wrong}");
    }
    row
}

/// Everything that was published is in the channel, once.
fn heard(town: &Town, channel: u64, row: &mut Row) {
    let messages = town.discord.messages(channel);
    row.messages += messages.len();
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for message in &messages {
        *told.entry(footer(message)).or_default() += 1;
    }
    for (what, times) in told.iter().filter(|(_, times)| **times > 1) {
        row.doubled += times - 1;
        row.wrong.push(format!("channel {channel} has {what} {times} times"));
    }
    let firsts: Vec<&Value> = messages.iter().filter(|one| is_first(one)).collect();
    for development in town.reported() {
        let state = town::state(development);
        let digests = messages.iter().filter(|one| is_digest(one));
        let digested = digests.filter(|one| description(one).contains(&state)).count();
        let told = firsts.iter().filter(|message| title(message).contains(&state)).count();
        match told + digested {
            0 => {
                row.lost += 1;
                row.wrong.push(format!("channel {channel} never heard of {state}"));
            }
            1 => {}
            times => {
                row.doubled += times - 1;
                row.wrong.push(format!("channel {channel} heard {times} times of {state}"));
            }
        }
    }
}

/// The ledger holds each development as often and as well established as it was reported.
fn known(town: &Town, store: &Store) -> Result<(), String> {
    let text = |error: haguewatch::state::StateError| error.to_string();
    let developments = store.developments().map_err(text)?;
    let expected = town.reported().len();
    let facts: BTreeSet<String> =
        store.facts().map_err(text)?.iter().map(|fact| format!("{:?}", fact.subject)).collect();
    let items = store.items().count();
    let reports: usize = town.reports.iter().map(Vec::len).sum();
    if (developments.len(), facts.len(), items) != (expected, expected, reports) {
        return Err(format!(
            "{expected} developments in {reports} reports are known as {} developments, {} facts, {items} items",
            developments.len(),
            facts.len()
        ));
    }
    for number in town.reported() {
        let reporting =
            (0..town.reports.len()).filter(|feed| town.reports[*feed].contains(&number));
        let reporting: Vec<usize> = reporting.collect();
        let due = match reporting.as_slice() {
            feeds if feeds.contains(&OFFICIAL) => Status::Confirmed,
            [_] => Status::Reported,
            _ => Status::Corroborated,
        };
        let state = town::state(number);
        let of = |one: &&haguewatch::model::Development| {
            one.reports.iter().any(|report| report.title.contains(&state))
        };
        let found = developments.iter().find(of).ok_or(format!("{state} is not known"))?;
        if (found.status, found.reports.len()) != (due, reporting.len()) {
            return Err(format!(
                "{state} is {} by {} reports, not {} by {}",
                found.status.as_str(),
                found.reports.len(),
                due.as_str(),
                reporting.len()
            ));
        }
    }
    Ok(())
}

/// What the bot says it sent is what Discord has, in the same order, and nothing waits.
fn accounted(town: &Town, store: &Store) -> Result<(), String> {
    let deliveries = store.deliveries(usize::MAX).map_err(|error| error.to_string())?;
    for channel in CHANNELS {
        let mut own: Vec<&Delivery> =
            deliveries.iter().filter(|one| one.message.channel.0 == channel).collect();
        own.sort_by_key(|delivery| delivery.sequence);
        let mut sent = Vec::new();
        for delivery in own {
            if matches!(delivery.state, DeliveryState::Folded(_)) {
                continue;
            }
            let DeliveryState::Sent(receipt) = &delivery.state else {
                return Err(format!(
                    "{} is {:?} in channel {channel}",
                    delivery.message.embed.footer, delivery.state
                ));
            };
            sent.push((delivery.message.embed.footer.clone(), receipt.message_id));
        }
        let messages = town.discord.messages(channel);
        let there: Vec<(String, u64)> =
            messages.iter().map(|message| (footer(message), snowflake(message))).collect();
        let same = sent.len() == there.len()
            && sent.iter().zip(&there).all(|((own, id), (footer, theirs))| {
                own == footer && id.is_none_or(|id| id == *theirs)
            });
        if !same {
            return Err(format!(
                "channel {channel} has other messages, or in another order, than were sent there: {there:?}, sent {sent:?}"
            ));
        }
    }
    Ok(())
}

fn footer(message: &Value) -> String {
    message["embeds"][0]["footer"]["text"].as_str().unwrap_or_default().to_owned()
}

fn title(message: &Value) -> &str {
    message["embeds"][0]["title"].as_str().unwrap_or_default()
}

fn description(message: &Value) -> &str {
    message["embeds"][0]["description"].as_str().unwrap_or_default()
}

/// Whether it tells what had waited for more than an hour.
fn is_digest(message: &Value) -> bool {
    footer(message).starts_with("Digest ")
}

fn snowflake(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// Whether it tells a development as new: a change of status says so behind the short id.
fn is_first(message: &Value) -> bool {
    !footer(message).contains(' ')
}
