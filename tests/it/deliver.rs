//! What arrives at Discord: once, in order, whatever goes wrong between.

use haguewatch::{
    deliver::{
        Sender,
        outbox::{self, Guard, Step},
    },
    digest::{Channel, Mention},
    edition::{self, Past},
    model::{
        ChannelId, Delivery, DeliveryState, Development, ItemKey, Joined, Report, Status, Tell,
        TellKind,
    },
    render::limits,
};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::Value;

use crate::world::{
    answer::Answer,
    desk::names,
    discord::{
        Access, Discord, Fault, TOKEN,
        rules::{self, Shape},
    },
    server::Server,
};

/// An outbox and the loop round it, one round at a time.
struct Bot {
    sender: Sender,
    outbox: Vec<Delivery>,
}

impl Bot {
    fn new(discord: &Discord, outbox: Vec<Delivery>) -> Self {
        Self { sender: sender(discord), outbox }
    }

    /// The same bot after its process died: only what was recorded is left.
    fn restarted(self, discord: &Discord) -> Self {
        Self { sender: sender(discord), ..self }
    }

    /// Attempts every head that is ready.
    async fn round(&mut self, discord: &Discord) {
        let now = discord.now();
        let heads: Vec<Delivery> = outbox::ready(&self.outbox, now).into_iter().cloned().collect();
        for head in heads {
            let now = discord.now();
            match outbox::step(&head, Guard::Nonce, now) {
                Step::Send => {
                    self.record(outbox::begin(&head, now));
                    let answer = self.sender.attempt(&head, None, now).await;
                    self.record(outbox::after(&head, &answer, Guard::Nonce, now));
                }
                Step::GiveUp => panic!("a bot's message has a nonce"),
                Step::LookUp { since } => {
                    let lookup = self.sender.find(&head.message, since, now).await;
                    self.record(outbox::settle(&head, &lookup, now));
                }
            }
        }
    }

    /// Rounds until nothing is left, each when the next head is due; gives their number.
    async fn drain(&mut self, discord: &Discord) -> usize {
        for rounds in 0..50 {
            let Some(due) = outbox::next_due(&self.outbox) else { return rounds };
            let ahead = due.duration_since(discord.now());
            discord.pass(ahead.max(SignedDuration::ZERO));
            self.round(discord).await;
        }
        panic!("the outbox does not empty: {:#?}", self.outbox);
    }

    /// An attempt whose answer nobody lives to see.
    async fn die_sending(mut self, discord: &Discord) -> Self {
        let (head, now) = (self.outbox[0].clone(), discord.now());
        self.record(outbox::begin(&head, now));
        self.sender.attempt(&head, None, now).await;
        self.restarted(discord)
    }

    fn record(&mut self, delivery: Delivery) {
        let sequence = delivery.sequence;
        let same = |one: &&mut Delivery| one.sequence == sequence;
        *self.outbox.iter_mut().find(same).unwrap() = delivery;
    }

    fn states(&self) -> Vec<&DeliveryState> {
        self.outbox.iter().map(|delivery| &delivery.state).collect()
    }
}

fn sender(discord: &Discord) -> Sender {
    Sender::new(discord.url(), &SecretString::from(TOKEN)).unwrap()
}

fn development(id: &str, title: &str) -> Development {
    let at: Timestamp = "2024-03-05T08:30:00Z".parse().unwrap();
    Development {
        id: id.into(),
        step: haguewatch::model::Step::parse("warrant.issued").unwrap(),
        body: Some("ICC".into()),
        case: None,
        states: Vec::new(),
        persons: vec!["Ann Example".into()],
        date: "2024-03-05".parse().unwrap(),
        status: Status::Reported,
        first_reported: at,
        last_reported: at,
        reports: vec![Report {
            item: ItemKey([0; 16]),
            source: "daily".into(),
            owner: "daily".into(),
            voice: None,
            title: title.into(),
            url: Some("https://daily.test/1".into()),
            at,
            score: 100,
            evidence: Vec::new(),
            joined: Joined::default(),
        }],
        why: String::new(),
        announced: true,
        held: None,
        count: None,
    }
}

/// The deliveries of these developments to these channels, in sequence.
fn outbox(ids: &[&str], channels: &[Channel], now: Timestamp) -> Vec<Delivery> {
    let known: Vec<Development> = ids.iter().map(|id| development(id, "Example sought")).collect();
    enqueue(&known, TellKind::New, channels, now)
}

fn enqueue(
    known: &[Development],
    kind: TellKind,
    channels: &[Channel],
    now: Timestamp,
) -> Vec<Delivery> {
    let told = |one: &Development| Tell { development: one.id.clone(), kind, at: now };
    let pending: Vec<(Tell, &Development)> = known.iter().map(|one| (told(one), one)).collect();
    let mut past = Past::default();
    for channel in channels.iter().filter(|_| kind == TellKind::Update) {
        let heard = known.iter().map(|one| ((channel.id, one.id.clone()), "first".into()));
        past.heard.extend(heard);
    }
    let mut deliveries = edition::make(&pending, (channels, &names()), &past, now).deliveries;
    for (sequence, delivery) in (1..).zip(&mut deliveries) {
        delivery.sequence = sequence;
    }
    deliveries
}

fn alerts(id: u64) -> Channel {
    Channel::open(ChannelId(id), "alerts")
}

fn footer(message: &Value) -> &str {
    message["embeds"][0]["footer"]["text"].as_str().unwrap()
}

async fn one_message(ids: &[&str]) -> (Discord, Bot) {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let bot = Bot::new(&discord, outbox(ids, &[alerts(1)], discord.now()));
    (discord, bot)
}

#[tokio::test]
async fn each_development_is_posted_once_and_in_order() {
    let (discord, mut bot) = one_message(&["AAAAA", "BBBBB", "CCCCC"]).await;
    bot.drain(&discord).await;
    for id in ["#AAAAA", "#BBBBB", "#CCCCC"] {
        assert_eq!(footer(&discord.next_message()), id);
    }
    assert_eq!(discord.posts(), 3);
    discord.finish();
}

#[tokio::test]
async fn what_is_posted_is_what_the_api_description_allows() {
    if !rules::is_described() {
        println!("skipped: ../shared is not here");
        return;
    }
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let mut bot = Bot::new(&discord, outbox(&["AAAAA"], &[alerts(1)], discord.now()));
    bot.drain(&discord).await;
    discord.next_message();
    discord.finish();
    // The description really judges: each of these it refuses.
    for wrong in [
        serde_json::json!({"nonce": "x".repeat(26)}),
        serde_json::json!({"embeds": [{"title": "x".repeat(257)}]}),
        serde_json::json!({"allowed_mentions": {"parse": ["anybody"]}}),
    ] {
        assert!(!rules::described(&wrong, Shape::Message).is_empty(), "{wrong}");
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_and_then_the_message_is_posted_once() {
    for fault in [
        Fault::LimitRoute(1.5),
        Fault::LimitShared(30.0),
        Fault::LimitGlobal(2.25),
        Fault::LimitEdge,
    ] {
        let (discord, mut bot) = one_message(&["AAAAA"]).await;
        discord.script([fault]);
        assert_eq!(bot.drain(&discord).await, 2, "{fault:?}");
        assert_eq!(discord.posts(), 2);
        discord.next_message();
        discord.finish();
    }
}

#[tokio::test]
async fn nothing_is_asked_of_anybody_during_a_global_limit() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).open(2, Access::Open).script([Fault::LimitGlobal(60.0)]);
    let mut bot = Bot::new(&discord, outbox(&["AAAAA"], &[alerts(1), alerts(2)], discord.now()));
    bot.round(&discord).await;
    bot.round(&discord).await;
    assert_eq!(discord.posts(), 1);
    bot.drain(&discord).await;
    discord.next_message();
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn a_limit_on_one_channel_leaves_the_others_alone_and_lets_nothing_overtake() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open).open(2, Access::Open).script([Fault::LimitRoute(60.0)]);
    let deliveries = outbox(&["AAAAA", "BBBBB"], &[alerts(1), alerts(2)], discord.now());
    let mut bot = Bot::new(&discord, deliveries);
    bot.round(&discord).await;
    bot.round(&discord).await;
    assert_eq!(discord.messages(1).len(), 0);
    assert_eq!(discord.messages(2).iter().map(footer).collect::<Vec<_>>(), ["#AAAAA", "#BBBBB"]);
    bot.drain(&discord).await;
    assert_eq!(discord.messages(1).iter().map(footer).collect::<Vec<_>>(), ["#AAAAA", "#BBBBB"]);
    (0..4).for_each(|_| drop(discord.next_message()));
    discord.finish();
}

#[tokio::test]
async fn a_message_in_trouble_is_not_overtaken() {
    let (discord, mut bot) = one_message(&["AAAAA", "BBBBB"]).await;
    discord.script([Fault::BadGateway]);
    bot.round(&discord).await;
    bot.round(&discord).await;
    assert_eq!((discord.posts(), discord.messages(1).len()), (1, 0));
    bot.drain(&discord).await;
    assert_eq!(footer(&discord.next_message()), "#AAAAA");
    assert_eq!(footer(&discord.next_message()), "#BBBBB");
    discord.finish();
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_no_second_message() {
    for fault in [Fault::AcceptThenFail, Fault::AcceptThenCut] {
        let (discord, mut bot) = one_message(&["AAAAA"]).await;
        discord.script([fault]);
        bot.drain(&discord).await;
        assert_eq!((discord.posts(), discord.messages(1).len()), (2, 1), "{fault:?}");
        assert!(matches!(bot.states()[..], [DeliveryState::Sent(_)]));
        discord.next_message();
        discord.finish();
    }
}

#[tokio::test]
async fn a_request_that_is_lost_is_made_again() {
    for fault in [Fault::CutBefore, Fault::BadGateway] {
        let (discord, mut bot) = one_message(&["AAAAA"]).await;
        discord.script([fault, fault, fault]);
        bot.drain(&discord).await;
        assert_eq!((discord.posts(), discord.messages(1).len()), (4, 1), "{fault:?}");
        discord.next_message();
        discord.finish();
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_a_success() {
    let (discord, mut bot) = one_message(&["AAAAA"]).await;
    discord.script([Fault::AcceptThenGarble]);
    assert_eq!(bot.drain(&discord).await, 1);
    let [DeliveryState::Sent(receipt)] = bot.states()[..] else { panic!("{:?}", bot.states()) };
    assert_eq!(receipt.message_id, None);
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn a_refused_message_is_parked_with_its_reason_and_other_channels_go_on() {
    let discord = Discord::start().await;
    discord.open(1, Access::NoSend).open(2, Access::Open).open(3, Access::Hidden);
    let channels = [1, 2, 3, 4].map(alerts);
    let mut bot = Bot::new(&discord, outbox(&["AAAAA"], &channels, discord.now()));
    bot.round(&discord).await;
    bot.round(&discord).await;
    let reason = |code: &str, delivery: &Delivery| {
        assert_eq!(delivery.state, DeliveryState::Pending);
        let why = &delivery.last_trouble.as_ref().unwrap().why;
        assert!(why.contains(code), "{why}");
    };
    reason("50013", &bot.outbox[0]);
    assert!(matches!(bot.states()[1], DeliveryState::Sent(_)));
    reason("50001", &bot.outbox[2]);
    reason("10003", &bot.outbox[3]);
    assert_eq!(discord.posts(), 4, "nobody is asked again during the pause");
    assert_eq!(outbox::troubles(&bot.outbox).len(), 3);

    discord.open(1, Access::Open).open(3, Access::Open).open(4, Access::Open);
    bot.drain(&discord).await;
    assert!(bot.states().iter().all(|state| matches!(state, DeliveryState::Sent(_))));
    (0..4).for_each(|_| drop(discord.next_message()));
    discord.finish();
}

#[tokio::test]
async fn nothing_overtakes_a_message_whose_channel_is_closed() {
    let (discord, mut bot) = one_message(&["AAAAA", "BBBBB"]).await;
    discord.open(1, Access::Hidden);
    bot.round(&discord).await;
    bot.round(&discord).await;
    assert_eq!(discord.posts(), 1);
    discord.open(1, Access::Open);
    bot.drain(&discord).await;
    assert_eq!(footer(&discord.next_message()), "#AAAAA");
    assert_eq!(footer(&discord.next_message()), "#BBBBB");
    discord.finish();
}

#[tokio::test]
async fn a_channel_that_is_closed_while_the_outcome_is_unknown_loses_and_repeats_nothing() {
    for access in [Access::Hidden, Access::Open] {
        let (discord, bot) = one_message(&["AAAAA"]).await;
        let mut bot = bot.die_sending(&discord).await;
        discord.open(1, access).pass(SignedDuration::from_mins(60));
        bot.round(&discord).await;
        discord.open(1, Access::Open);
        bot.drain(&discord).await;
        assert_eq!(discord.posts(), 1);
        assert!(matches!(bot.states()[..], [DeliveryState::Sent(_)]));
        discord.next_message();
        discord.finish();
    }
}

#[tokio::test]
async fn a_web_page_in_place_of_discord_takes_no_message() {
    let (discord, mut bot) = one_message(&["AAAAA"]).await;
    let page = Server::start();
    page.put("/api/v10/channels/1/messages", Answer::ok("text/html", "<!doctype html>welcome"));
    bot.sender = Sender::new(page.url("/"), &SecretString::from(TOKEN)).unwrap();
    bot.round(&discord).await;
    assert!(matches!(bot.states()[..], [DeliveryState::Sending(_)]), "{:?}", bot.states());
    let mut bot = bot.restarted(&discord);
    discord.pass(SignedDuration::from_mins(60));
    bot.drain(&discord).await;
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn a_wrong_token_loses_nothing() {
    let (discord, mut bot) = one_message(&["AAAAA"]).await;
    bot.sender = Sender::new(discord.url(), &SecretString::from("wrong")).unwrap();
    bot.round(&discord).await;
    assert!(matches!(bot.states()[..], [DeliveryState::Pending]));
    let mut bot = bot.restarted(&discord);
    bot.drain(&discord).await;
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn a_death_while_sending_makes_no_second_message() {
    for minutes in [0, 1, 3, 60, 3_000] {
        let (discord, bot) = one_message(&["AAAAA"]).await;
        let mut bot = bot.die_sending(&discord).await;
        discord.chatter(1, "what was that?");
        discord.pass(SignedDuration::from_mins(minutes));
        bot.drain(&discord).await;
        assert_eq!(discord.messages(1).len(), 2, "after {minutes} minutes");
        assert!(matches!(bot.states()[..], [DeliveryState::Sent(_)]));
        discord.next_message();
        discord.finish();
    }
}

#[tokio::test]
async fn a_death_before_it_was_accepted_loses_no_message() {
    for minutes in [0, 3, 3_000] {
        for people_talk in [false, true] {
            let (discord, bot) = one_message(&["AAAAA"]).await;
            discord.script([Fault::CutBefore]);
            let mut bot = bot.die_sending(&discord).await;
            if people_talk {
                (0..250).for_each(|n| discord.chatter(1, &format!("{n}")));
            }
            discord.pass(SignedDuration::from_mins(minutes));
            bot.drain(&discord).await;
            assert_eq!(footer(&discord.next_message()), "#AAAAA");
            discord.finish();
        }
    }
}

#[tokio::test]
async fn a_long_busy_channel_is_read_page_by_page() {
    let (discord, bot) = one_message(&["AAAAA"]).await;
    (0..150).for_each(|n| discord.chatter(1, &format!("{n}")));
    let mut bot = bot.die_sending(&discord).await;
    (0..150).for_each(|n| discord.chatter(1, &format!("{n}")));
    discord.pass(SignedDuration::from_mins(60));
    bot.drain(&discord).await;
    assert_eq!(discord.posts(), 1);
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn an_update_is_not_taken_for_the_first_message() {
    let (discord, mut bot) = one_message(&["AAAAA"]).await;
    bot.drain(&discord).await;
    discord.next_message();
    let mut known = development("AAAAA", "Example sought");
    known.status = Status::Confirmed;
    bot.outbox = enqueue(&[known], TellKind::Update, &[alerts(1)], discord.now());
    discord.script([Fault::CutBefore]);
    let mut bot = bot.die_sending(&discord).await;
    discord.pass(SignedDuration::from_mins(60));
    bot.drain(&discord).await;
    assert_eq!(footer(&discord.next_message()), "#AAAAA · confirmed");
    discord.finish();
}

#[tokio::test]
async fn where_history_cannot_be_read_nothing_is_repeated() {
    let (discord, bot) = one_message(&["AAAAA", "BBBBB"]).await;
    discord.open(1, Access::NoHistory);
    let mut bot = bot.die_sending(&discord).await;
    discord.pass(SignedDuration::from_mins(60));
    bot.drain(&discord).await;
    assert!(matches!(bot.states()[..], [DeliveryState::Dead(_), DeliveryState::Sent(_)]));
    assert_eq!(footer(&discord.next_message()), "#AAAAA");
    assert_eq!(footer(&discord.next_message()), "#BBBBB");
    discord.finish();
}

#[tokio::test]
async fn in_an_empty_channel_without_history_nothing_is_lost() {
    let (discord, bot) = one_message(&["AAAAA"]).await;
    discord.open(1, Access::NoHistory).script([Fault::CutBefore]);
    let mut bot = bot.die_sending(&discord).await;
    discord.pass(SignedDuration::from_mins(60));
    bot.drain(&discord).await;
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn a_message_that_a_moderator_deleted_is_not_posted_again() {
    let (discord, bot) = one_message(&["AAAAA"]).await;
    let mut bot = bot.die_sending(&discord).await;
    discord.next_message();
    discord.delete_last(1);
    bot.drain(&discord).await;
    assert_eq!(discord.messages(1), [] as [Value; 0]);
    assert!(matches!(bot.states()[..], [DeliveryState::Sent(_)]));
    discord.finish();
}

#[tokio::test]
async fn source_text_pings_nobody_and_configured_roles_are_pinged() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let hostile = "@everyone <@&<@1234> [bank](https://evil.test) discord.gg/x \u{202E}||boo||";
    let mention = vec![Mention { role: 77, kinds: Vec::new() }];
    let channel = Channel { mention, ..alerts(1) };
    let known = [development("AAAAA", hostile)];
    let deliveries = enqueue(&known, TellKind::New, &[channel], discord.now());
    Bot::new(&discord, deliveries).drain(&discord).await;
    let message = discord.next_message();
    assert_eq!(message["mention_everyone"], false);
    assert_eq!(message["mention_roles"], serde_json::json!(["77"]));
    assert_eq!(message["allowed_mentions"]["parse"], serde_json::json!([]));
    let text = message["embeds"].to_string();
    for markup in ["@everyone", "<@", "](https://evil", "discord.gg/", "\u{202E}", " ||"] {
        assert!(!text.contains(markup), "{markup} in {text}");
    }
    discord.finish();
}

#[tokio::test]
async fn the_longest_texts_are_taken() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let mut long = development("AAAAA", &"👩\u{200D}🚀*@".repeat(5_000));
    let of = |n: usize| Report {
        owner: format!("{n}{}", "o".repeat(300)).into(),
        url: Some(format!("https://long.test/{}", "a(".repeat(900))),
        ..long.reports[0].clone()
    };
    long.reports = (0..60).map(of).collect();
    long.persons = (0..80).map(|n| format!("{n} {}", "N".repeat(400)).into()).collect();
    let deliveries = enqueue(&[long], TellKind::New, &[alerts(1)], discord.now());
    assert!(limits::check(&deliveries[0].message).is_empty());
    Bot::new(&discord, deliveries).drain(&discord).await;
    discord.next_message();
    discord.finish();
}

#[tokio::test]
async fn discord_refuses_what_is_too_long_and_so_do_we() {
    let discord = Discord::start().await;
    discord.open(1, Access::Open);
    let mut deliveries = outbox(&["AAAAA"], &[alerts(1)], discord.now());
    deliveries[0].message.embed.title = "x".repeat(257);
    assert_eq!(limits::check(&deliveries[0].message).len(), 1);
    let mut bot = Bot::new(&discord, deliveries);
    bot.drain(&discord).await;
    assert!(matches!(bot.states()[..], [DeliveryState::Dead(_)]));
    assert!(discord.messages(1).is_empty());
}

#[tokio::test]
async fn no_error_shows_the_token() {
    let (discord, bot) = one_message(&["AAAAA"]).await;
    let head = bot.outbox[0].clone();
    let url = discord.url();
    discord.script([Fault::CutBefore]);
    let cut = bot.sender.attempt(&head, None, discord.now()).await;
    drop(discord);
    let refused = Sender::new(url, &SecretString::from("wrong.token")).unwrap();
    let down = refused.attempt(&head, None, Timestamp::UNIX_EPOCH).await;
    let shown = format!("{cut:?} {down:?} {refused:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains("wrong.token"), "{shown}");
}
