//! Discord away for a day, and Discord in a bad mood: nothing is lost, nothing is told twice, and
//! what waited long is told as one digest.

use haguewatch::model::TellKind;
use jiff::SignedDuration;
use serde_json::Value;

use crate::world::{
    desk::{Desk, development},
    discord::{Access, Discord, Fault},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const CHANNELS: [u64; 2] = [1, 2];

async fn desk() -> (Discord, Desk) {
    let discord = Discord::start().await;
    set(&discord, Access::Open);
    let desk = Desk::new(&discord, &CHANNELS, None);
    (discord, desk)
}

fn set(discord: &Discord, access: Access) {
    for channel in CHANNELS {
        discord.open(channel, access);
    }
}

fn id(number: usize) -> String {
    format!("AA{number:03}")
}

/// The short ids that a channel was told, message by message.
fn told(discord: &Discord, channel: u64) -> Vec<Vec<String>> {
    let ids = |message: &Value| {
        let embed = &message["embeds"][0];
        let text = format!("{} {}", embed["description"], embed["footer"]["text"]);
        let ids = text.match_indices("#AA").map(|(at, _)| text[at + 1..at + 6].to_owned());
        ids.collect()
    };
    discord.messages(channel).iter().map(ids).collect()
}

/// Fails unless each of so many developments was told once in each channel. Whether they came in
/// order is said for what was told one by one.
fn check_all(discord: &Discord, count: usize) {
    for channel in CHANNELS {
        let mut all: Vec<String> = told(discord, channel).concat();
        all.sort();
        assert_eq!(all, (0..count).map(id).collect::<Vec<_>>(), "in channel {channel}");
    }
    let messages: usize = CHANNELS.iter().map(|channel| discord.messages(*channel).len()).sum();
    (0..messages).for_each(|_| drop(discord.next_message()));
}

#[tokio::test]
async fn a_day_without_discord_loses_nothing_and_is_told_as_one_digest() {
    for fault in [Fault::BadGateway, Fault::CutBefore, Fault::LimitGlobal(900.0)] {
        let (discord, mut desk) = desk().await;
        discord.outage(Some(fault));
        for number in 0..20 {
            let step = ["warrant.issued", "ruling.order", "membership.joined"][number % 3];
            desk.tell(&discord, &development(&id(number), step), TellKind::New);
            desk.wait(&discord, SignedDuration::from_mins(72)).await;
        }
        discord.pass(SignedDuration::from_hours(2));
        desk.restart(&discord).await;
        discord.outage(None);
        desk.drain(&discord, DAY).await;
        for channel in CHANNELS {
            let messages = told(&discord, channel);
            // The head may have left before, and is then told by itself.
            let heads = messages.iter().take_while(|ids| ids.len() == 1).count();
            assert!(heads <= 1 && messages.len() == heads + 1, "{fault:?}: {messages:?}");
            assert!(heads == 0 || messages[0] == [id(0)], "{fault:?}: {messages:?}");
        }
        check_all(&discord, 20);
        discord.finish();
    }
}

#[tokio::test]
async fn what_is_not_old_follows_the_digest_by_itself() {
    let (discord, desk) = desk().await;
    set(&discord, Access::Hidden);
    for number in 0..6 {
        desk.tell(&discord, &development(&id(number), "warrant.issued"), TellKind::New);
        desk.wait(&discord, SignedDuration::from_mins(25)).await;
    }
    set(&discord, Access::Open);
    desk.drain(&discord, DAY).await;
    for channel in CHANNELS {
        let sizes: Vec<usize> = told(&discord, channel).iter().map(Vec::len).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 6);
        assert!(sizes[0] > 1 && sizes[1..].iter().all(|size| *size == 1), "{sizes:?}");
        let alone = told(&discord, channel)[1..].concat();
        assert!(alone.is_sorted(), "{alone:?}");
    }
    check_all(&discord, 6);
    discord.finish();
}

#[tokio::test]
async fn a_backlog_of_many_parts_is_told_whole() {
    let (discord, desk) = desk().await;
    set(&discord, Access::Hidden);
    for number in 0..150 {
        desk.tell(&discord, &development(&id(number), "warrant.issued"), TellKind::New);
    }
    desk.wait(&discord, SignedDuration::from_hours(3)).await;
    set(&discord, Access::Open);
    desk.drain(&discord, DAY).await;
    assert!((2..50).contains(&discord.messages(1).len()), "{}", discord.messages(1).len());
    check_all(&discord, 150);
    discord.finish();
}

#[tokio::test]
async fn a_stage_whose_earlier_one_was_told_in_the_digest_answers_the_digest() {
    let (discord, desk) = desk().await;
    set(&discord, Access::Hidden);
    let first = development(&id(0), "warrant.sought");
    desk.tell(&discord, &first, TellKind::New);
    desk.tell(&discord, &development(&id(1), "ruling.order"), TellKind::New);
    desk.wait(&discord, SignedDuration::from_hours(2)).await;
    set(&discord, Access::Open);
    desk.drain(&discord, DAY).await;
    let mut later = development(&id(2), "warrant.issued");
    later.persons.clone_from(&first.persons);
    later.date = "2024-06-01".parse().unwrap();
    desk.tell(&discord, &later, TellKind::New);
    desk.drain(&discord, DAY).await;
    let [digest, stage] = &discord.messages(1)[..] else { panic!("{:?}", discord.messages(1)) };
    assert_eq!(stage["message_reference"]["message_id"], digest["id"]);
    check_all(&discord, 3);
    discord.finish();
}

#[tokio::test]
async fn a_storm_of_limits_and_lost_answers_loses_repeats_and_reorders_nothing() {
    for seed in 0..12_u64 {
        let (discord, desk) = desk().await;
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
        let mut next = move |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let faults: Vec<Fault> = (0..60)
            .map(|_| match next(8) {
                0..=2 => Fault::LimitRoute(1.5),
                3 => Fault::LimitGlobal(2.0),
                4 => Fault::LimitShared(20.0),
                5 => Fault::AcceptThenFail,
                6 => Fault::AcceptThenCut,
                _ => Fault::CutBefore,
            })
            .collect();
        discord.script(faults);
        for number in 0..20 {
            desk.tell(&discord, &development(&id(number), "warrant.issued"), TellKind::New);
            desk.round(&discord).await;
            discord.pass(SignedDuration::from_secs(i64::try_from(next(40)).unwrap()));
        }
        desk.drain(&discord, DAY).await;
        for channel in CHANNELS {
            let alone: Vec<Vec<String>> =
                told(&discord, channel).into_iter().filter(|ids| ids.len() == 1).collect();
            assert!(alone.is_sorted(), "seed {seed}: {alone:?}");
        }
        check_all(&discord, 20);
        discord.finish();
    }
}
