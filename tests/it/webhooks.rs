//! Telling by a webhook, without a bot: the same messages with a weaker promise.

use haguewatch::{
    deliver::Answer,
    edition,
    model::{DeliveryState, Status, TellKind},
    render::Notice,
    tasks::Outlet,
};
use jiff::SignedDuration;
use serde_json::Value;

use crate::world::{
    desk::{Desk, development, report},
    discord::{Discord, Fault},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEBHOOK: u64 = 777;
const TOKEN: &str = "hook-Token_1";

async fn desk() -> (Discord, Desk) {
    let discord = Discord::start().await;
    discord.add_webhook(WEBHOOK, TOKEN, 1);
    let desk = Desk::by_webhook(&discord, WEBHOOK, TOKEN);
    (discord, desk)
}

fn dead(desk: &Desk) -> Vec<String> {
    let all = desk.store.deliveries(100).unwrap().into_iter();
    let why = all.filter_map(|delivery| match delivery.state {
        DeliveryState::Dead(why) => Some(why),
        _ => None,
    });
    why.collect()
}

#[tokio::test]
async fn a_development_is_told_edited_and_its_update_stands_below_it() {
    let (discord, desk) = desk().await;
    let mut told = development("AAAAA", "warrant.issued");
    desk.tell(&discord, &told, TellKind::New);
    desk.drain(&discord, DAY).await;
    told.reports.push(report("weekly"));
    told.status = Status::Retracted;
    desk.tell(&discord, &told, TellKind::Update);
    desk.drain(&discord, DAY).await;
    let (first, update) = (discord.next_message(), discord.next_message());
    assert_eq!(first["embeds"][0]["footer"]["text"], "#AAAAA");
    assert!(first["embeds"].to_string().contains("Retracted"), "it was edited");
    assert_eq!(update["message_reference"], Value::Null, "a webhook cannot answer");
    assert_eq!((discord.posts(), discord.edits()), (2, 1));
    discord.finish();
}

#[tokio::test]
async fn what_may_have_been_posted_is_not_posted_again() {
    for fault in [Fault::AcceptThenFail, Fault::AcceptThenCut, Fault::CutBefore, Fault::BadGateway]
    {
        let (discord, desk) = desk().await;
        discord.script([fault]);
        for id in ["AAAAA", "BBBBB"] {
            desk.tell(&discord, &development(id, "warrant.issued"), TellKind::New);
        }
        desk.drain(&discord, DAY).await;
        assert_eq!(discord.posts(), 2, "{fault:?}");
        let [why] = &dead(&desk)[..] else { panic!("{:?}", dead(&desk)) };
        assert!(why.contains("perhaps posted"), "{why}");
        (0..discord.messages(1).len()).for_each(|_| drop(discord.next_message()));
        discord.finish();
    }
}

#[tokio::test]
async fn a_death_while_sending_repeats_nothing() {
    let (discord, mut desk) = desk().await;
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    let [head] = &desk.store.outbox().unwrap()[..] else { panic!("one message") };
    let begun = haguewatch::deliver::outbox::begin(head, discord.now());
    desk.store.record_delivery(&begun).unwrap();
    desk.use_webhook(&discord, WEBHOOK, TOKEN);
    desk.drain(&discord, DAY).await;
    assert_eq!((discord.posts(), dead(&desk).len()), (0, 1));
    discord.finish();
}

#[tokio::test]
async fn limits_are_waited_for_and_a_server_that_is_down_is_tried_again() {
    let (discord, desk) = desk().await;
    discord.script([Fault::LimitRoute(2.0), Fault::LimitGlobal(1.0), Fault::LimitShared(30.0)]);
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.drain(&discord, DAY).await;
    assert_eq!((discord.posts(), discord.messages(1).len()), (4, 1));
    discord.next_message();
    discord.finish();

    let (discord, desk) = self::desk().await;
    let now = discord.now();
    desk.tell(&discord, &development("BBBBB", "warrant.issued"), TellKind::New);
    let Outlet::Discord(sender) = &desk.deliver.outlet else { panic!("a webhook") };
    let head = desk.store.outbox().unwrap().remove(0);
    drop(discord);
    let answer = sender.attempt(&head, None, now).await;
    assert!(matches!(answer, Answer::Retry { maybe_sent: false, .. }), "{answer:?}");
    assert!(!format!("{answer:?} {sender:?}").contains("hook-Token"), "{answer:?}");
}

#[tokio::test]
async fn a_webhook_that_was_made_anew_goes_on_where_the_old_one_stopped() {
    let (discord, mut desk) = desk().await;
    desk.use_webhook(&discord, WEBHOOK, "wrong");
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.wait(&discord, SignedDuration::from_mins(30)).await;
    let [head] = &desk.store.outbox().unwrap()[..] else { panic!("it waits") };
    let why = &head.last_trouble.as_ref().unwrap().why;
    assert!(why.contains("10015") && why.contains("make the webhook anew"), "{why}");
    desk.use_webhook(&discord, WEBHOOK, TOKEN);
    desk.drain(&discord, DAY).await;
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn without_a_bot_other_channels_wait() {
    let (discord, desk) = desk().await;
    let message = |name: &str| {
        let spell = haguewatch::model::Spell {
            of: haguewatch::model::Standing::Bot,
            since: discord.now(),
            why: name.to_owned(),
        };
        edition::notice(&Notice::Stopped(&spell), name, haguewatch::model::ChannelId(5))
    };
    let waiting = edition::delivery(message("left over from a bot"), discord.now());
    let edition = haguewatch::model::Edition { deliveries: vec![waiting], ..Default::default() };
    desk.store.commit_edition(&edition).unwrap();
    desk.drain(&discord, DAY).await;
    assert_eq!((discord.posts(), desk.store.outbox().unwrap().len()), (0, 1));
    discord.finish();
}
