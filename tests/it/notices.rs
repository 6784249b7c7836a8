//! What needs a person is told to the operators once, and its end too.

use haguewatch::{deliver::Sender, model::TellKind, tasks::Outlet};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::Value;

use crate::world::{
    desk::{Desk, development},
    discord::{Access, Discord, Fault},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A channel 1 for alerts and a channel 9 for operators.
async fn desk() -> (Discord, Desk) {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).open(9, Access::Open);
    let desk = Desk::new(&discord, &[1], Some(9));
    (discord, desk)
}

fn titles(discord: &Discord, channel: u64) -> Vec<String> {
    let title = |message: &Value| message["embeds"][0]["title"].as_str().unwrap().to_owned();
    discord.messages(channel).iter().map(title).collect()
}

fn read_all(discord: &Discord, channels: &[u64]) {
    let all: usize = channels.iter().map(|channel| discord.messages(*channel).len()).sum();
    (0..all).for_each(|_| drop(discord.next_message()));
}

#[tokio::test]
async fn a_channel_that_is_closed_is_told_once_and_goes_on_by_itself() {
    let (discord, mut desk) = desk().await;
    discord.open(1, Access::Hidden);
    for id in ["AAAAA", "BBBBB"] {
        desk.tell(&discord, &development(id, "warrant.issued"), TellKind::New);
    }
    desk.wait(&discord, SignedDuration::from_mins(30)).await;
    desk.restart(&discord).await;
    desk.wait(&discord, SignedDuration::from_mins(15)).await;
    assert_eq!(titles(&discord, 9), ["Messages to alerts-1 have stopped"]);
    discord.open(1, Access::Open);
    desk.drain(&discord, DAY).await;
    assert_eq!(discord.messages(1).len(), 2);
    let told = ["Messages to alerts-1 have stopped", "Messages to alerts-1 go out again"];
    assert_eq!(titles(&discord, 9), told);
    read_all(&discord, &[1, 9]);
    discord.finish();
}

#[tokio::test]
async fn each_spell_of_trouble_is_told_anew() {
    let (discord, desk) = desk().await;
    for id in ["AAAAA", "BBBBB", "CCCCC"] {
        discord.open(1, Access::NoSend);
        desk.tell(&discord, &development(id, "warrant.issued"), TellKind::New);
        desk.wait(&discord, SignedDuration::from_mins(10)).await;
        discord.open(1, Access::Open);
        desk.drain(&discord, DAY).await;
    }
    assert_eq!(titles(&discord, 9).len(), 6);
    read_all(&discord, &[1, 9]);
    discord.finish();
}

#[tokio::test]
async fn an_outage_is_no_trouble_of_a_persons() {
    let (discord, desk) = desk().await;
    discord.outage(Some(Fault::BadGateway));
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.wait(&discord, DAY).await;
    discord.outage(None);
    desk.drain(&discord, DAY).await;
    assert_eq!((discord.messages(1).len(), discord.messages(9).len()), (1, 0));
    read_all(&discord, &[1]);
    discord.finish();
}

#[tokio::test]
async fn a_refused_bot_is_told_once_for_all_channels_once_it_is_let_in() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).open(2, Access::Open).open(9, Access::Open);
    let mut desk = Desk::new(&discord, &[1, 2], Some(9));
    let wrong = Sender::new(discord.url(), &SecretString::from("wrong")).unwrap();
    desk.deliver.outlet = Outlet::Discord(wrong.into());
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.wait(&discord, SignedDuration::from_mins(30)).await;
    desk.restart(&discord).await;
    desk.drain(&discord, DAY).await;
    assert_eq!((discord.messages(1).len(), discord.messages(2).len()), (1, 1));
    let told = ["Discord refuses the bot", "Discord takes the bot's messages again"];
    assert_eq!(titles(&discord, 9), told);
    read_all(&discord, &[1, 2, 9]);
    discord.finish();
}

#[tokio::test]
async fn trouble_of_the_operators_channel_itself_makes_no_message() {
    let (discord, desk) = desk().await;
    discord.open(1, Access::Hidden).open(9, Access::Hidden);
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.wait(&discord, SignedDuration::from_mins(30)).await;
    discord.open(9, Access::Open);
    desk.wait(&discord, SignedDuration::from_mins(30)).await;
    assert_eq!(titles(&discord, 9), ["Messages to alerts-1 have stopped"]);
    read_all(&discord, &[9]);
    discord.finish();
}

#[tokio::test]
async fn a_message_that_was_perhaps_posted_is_shown_to_the_operators() {
    let (discord, mut desk) = desk().await;
    discord.open(1, Access::NoHistory).script([Fault::AcceptThenCut]);
    desk.tell(&discord, &development("AAAAA", "warrant.issued"), TellKind::New);
    desk.round(&discord).await;
    discord.pass(SignedDuration::from_hours(1));
    desk.restart(&discord).await;
    desk.drain(&discord, DAY).await;
    assert_eq!(discord.messages(1).len(), 1);
    assert_eq!(titles(&discord, 9), ["A message to alerts-1 needs a look"]);
    let notice = discord.messages(9)[0]["embeds"][0]["description"].to_string();
    assert!(notice.contains("#AAAAA") && notice.contains("perhaps posted"), "{notice}");
    read_all(&discord, &[1, 9]);
    discord.finish();
}
