//! A message follows what is known: it is edited, answered, and never made again.

use haguewatch::{
    edition::{self, Past},
    model::{Development, Status, Tell, TellKind},
};
use jiff::SignedDuration;
use serde_json::Value;

use crate::world::{
    desk::{Desk, development, report},
    discord::{Access, Discord, Fault},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A message that was posted and read by the test.
async fn posted() -> (Discord, Desk, Development) {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let desk = Desk::new(&discord, &[1], None);
    let told = development("AAAAA", "warrant.issued");
    desk.tell(&discord, &told, TellKind::New);
    desk.drain(&discord, HOUR).await;
    discord.next_message();
    (discord, desk, told)
}

/// A message that was posted by a version which kept no marks of who heard what.
async fn posted_before() -> (Discord, Desk, Development) {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let desk = Desk::new(&discord, &[1], None);
    let told = development("AAAAA", "warrant.issued");
    let now = discord.now();
    desk.learn(&told, TellKind::New, now);
    let tell = Tell { development: told.id.clone(), kind: TellKind::New, at: now };
    let whom = (&desk.deliver.channels[..], &*desk.deliver.names);
    let mut edition = edition::make(&[(tell, &told)], whom, &Past::default(), now);
    edition.deliveries[0].message.developments.clear();
    desk.store.commit_edition(&edition).unwrap();
    desk.drain(&discord, HOUR).await;
    discord.next_message();
    (discord, desk, told)
}

#[tokio::test]
async fn what_an_older_version_posted_is_edited_and_answered() {
    let (discord, desk, mut told) = posted_before().await;
    told.status = Status::Disputed;
    desk.tell(&discord, &told, TellKind::Update);
    desk.drain(&discord, HOUR).await;
    let answer = discord.next_message();
    let [first, _] = &discord.messages(1)[..] else { panic!("{:?}", discord.messages(1)) };
    assert_eq!(answer["message_reference"]["message_id"], first["id"]);
    assert_eq!(discord.edits(), 1);
    discord.finish();
}

/// Another owner reports it.
fn grow(development: &mut Development, owner: &str) {
    development.reports.push(report(owner));
    development.status = Status::Corroborated;
}

fn field<'a>(message: &'a Value, name: &str) -> &'a str {
    let fields = message["embeds"][0]["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).unwrap()["value"].as_str().unwrap()
}

#[tokio::test]
async fn a_message_gains_its_further_sources() {
    let (discord, desk, mut told) = posted().await;
    grow(&mut told, "weekly");
    desk.tell(&discord, &told, TellKind::Grown);
    desk.drain(&discord, HOUR).await;
    let [message] = &discord.messages(1)[..] else { panic!("{:?}", discord.messages(1)) };
    assert_eq!(field(message, "Status"), "Reported by 2 independent sources");
    assert!(field(message, "Sources").contains("weekly.test"));
    assert_eq!((discord.posts(), discord.edits()), (1, 1));
    assert_eq!(message["allowed_mentions"]["parse"], serde_json::json!([]));
    discord.finish();
}

#[tokio::test]
async fn it_is_edited_once_a_minute_at_most_and_the_last_state_wins() {
    let (discord, desk, mut told) = posted().await;
    for owner in ["b", "c", "d", "e", "f", "g", "h", "i"] {
        grow(&mut told, owner);
        desk.tell(&discord, &told, TellKind::Grown);
        desk.round(&discord).await;
        discord.pass(SignedDuration::from_secs(20));
    }
    desk.drain(&discord, HOUR).await;
    assert_eq!(field(&discord.messages(1)[0], "Status"), "Reported by 9 independent sources");
    assert_eq!(discord.edits(), 4, "at 0, 60, 120 and 180 seconds");
    discord.finish();
}

#[tokio::test]
async fn what_changes_before_it_was_sent_is_sent_as_it_is_known_then() {
    let discord = Discord::start().await;
    let desk = Desk::new(&discord, &[1], None);
    let mut told = development("AAAAA", "warrant.issued");
    desk.tell(&discord, &told, TellKind::New);
    desk.round(&discord).await;
    grow(&mut told, "weekly");
    desk.tell(&discord, &told, TellKind::Grown);
    discord.open(1, Access::Open);
    desk.drain(&discord, HOUR).await;
    assert_eq!(field(&discord.next_message(), "Status"), "Reported by 2 independent sources");
    assert_eq!(discord.edits(), 0);
    discord.finish();
}

#[tokio::test]
async fn what_may_have_left_arrives_unchanged_and_is_edited_then() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).script([Fault::AcceptThenCut]);
    let desk = Desk::new(&discord, &[1], None);
    let mut told = development("AAAAA", "warrant.issued");
    desk.tell(&discord, &told, TellKind::New);
    desk.round(&discord).await;
    grow(&mut told, "weekly");
    desk.tell(&discord, &told, TellKind::Grown);
    desk.drain(&discord, HOUR).await;
    assert_eq!(field(&discord.next_message(), "Status"), "Reported by 2 independent sources");
    assert_eq!((discord.messages(1).len(), discord.edits()), (1, 1));
    discord.finish();
}

#[tokio::test]
async fn a_message_that_was_deleted_is_never_made_again() {
    let (discord, desk, mut told) = posted().await;
    discord.delete_last(1);
    for owner in ["b", "c", "d"] {
        grow(&mut told, owner);
        desk.tell(&discord, &told, TellKind::Grown);
        desk.drain(&discord, HOUR).await;
        discord.pass(HOUR);
    }
    assert_eq!(discord.messages(1), [] as [Value; 0]);
    assert_eq!((discord.posts(), discord.edits()), (1, 1), "it is asked for once");
    discord.finish();
}

#[tokio::test]
async fn an_edit_that_is_lost_or_limited_is_made_again_and_makes_no_message() {
    let faults = [
        Fault::BadGateway,
        Fault::CutBefore,
        Fault::AcceptThenFail,
        Fault::AcceptThenCut,
        Fault::LimitRoute(30.0),
        Fault::LimitGlobal(5.0),
        Fault::LimitShared(90.0),
        Fault::LimitEdge,
    ];
    for fault in faults {
        let (discord, mut desk, mut told) = posted().await;
        discord.script([fault]);
        grow(&mut told, "weekly");
        desk.tell(&discord, &told, TellKind::Grown);
        desk.round(&discord).await;
        discord.pass(SignedDuration::from_secs(120));
        desk.restart(&discord).await;
        desk.drain(&discord, HOUR).await;
        let messages = discord.messages(1);
        assert_eq!(field(&messages[0], "Status"), "Reported by 2 independent sources");
        assert_eq!((messages.len(), discord.edits()), (1, 2), "{fault:?}");
        discord.finish();
    }
}

#[tokio::test]
async fn a_change_of_status_edits_the_message_and_answers_it() {
    let (discord, desk, mut told) = posted().await;
    let before = discord.messages(1)[0].clone();
    told.status = Status::Retracted;
    desk.tell(&discord, &told, TellKind::Update);
    desk.drain(&discord, HOUR).await;
    let update = discord.next_message();
    assert!(update["embeds"][0]["title"].as_str().unwrap().starts_with("Now retracted: "));
    assert_eq!(update["message_reference"]["message_id"], before["id"]);
    let first = &discord.messages(1)[0];
    assert_eq!(field(first, "Status"), "Retracted: taken back by its source");
    assert_ne!(first["embeds"][0]["color"], before["embeds"][0]["color"]);
    discord.finish();
}

#[tokio::test]
async fn a_later_stage_answers_the_first_message_about_the_earlier_one() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).open(2, Access::Open);
    let desk = Desk::new(&discord, &[1, 2], None);
    let sought = development("AAAAA", "warrant.sought");
    desk.tell(&discord, &sought, TellKind::New);
    desk.drain(&discord, HOUR).await;
    let mut issued = development("BBBBB", "warrant.issued");
    issued.persons.clone_from(&sought.persons);
    issued.date = "2024-06-01".parse().unwrap();
    desk.tell(&discord, &issued, TellKind::New);
    let unrelated = development("CCCCC", "warrant.issued");
    desk.tell(&discord, &unrelated, TellKind::New);
    desk.drain(&discord, HOUR).await;
    for channel in [1, 2] {
        let [first, second, third] = &discord.messages(channel)[..] else {
            panic!("{:?}", discord.messages(channel))
        };
        assert_eq!(second["message_reference"]["message_id"], first["id"]);
        assert_eq!(third["message_reference"], Value::Null);
    }
    (0..6).for_each(|_| drop(discord.next_message()));
    discord.finish();
}

#[tokio::test]
async fn an_answer_to_what_was_deleted_is_a_message_of_its_own() {
    let (discord, desk, mut told) = posted().await;
    discord.delete_last(1);
    told.status = Status::Disputed;
    desk.tell(&discord, &told, TellKind::Update);
    desk.drain(&discord, HOUR).await;
    assert_eq!(discord.next_message()["message_reference"], Value::Null);
    discord.finish();
}

#[tokio::test]
async fn an_edit_that_the_channel_refuses_waits_until_it_opens() {
    let (discord, desk, mut told) = posted().await;
    discord.open(1, Access::Hidden);
    grow(&mut told, "weekly");
    desk.tell(&discord, &told, TellKind::Grown);
    desk.wait(&discord, HOUR).await;
    discord.open(1, Access::Open);
    desk.drain(&discord, HOUR).await;
    assert_eq!(field(&discord.messages(1)[0], "Status"), "Reported by 2 independent sources");
    discord.finish();
}
