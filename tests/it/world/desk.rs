//! The telling half of the bot with a real store: developments are learned, published and
//! delivered to a Discord on loopback, at the time of that Discord.

use haguewatch::{
    deliver::Sender,
    digest::Channel,
    model::{
        ChannelId, Development, Edition, Fact, Intake, ItemKey, Joined, LedgerChange, Origin,
        Report, SourceRecord, Status, Step, Subject, Tell, TellKind,
    },
    render::{BodyName, Names},
    state::Store,
    tasks::{self, Deliver, Outlet, deliver::Round},
};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::discord::{Discord, TOKEN};

/// A store, its channels and the two loops that tell.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) deliver: Deliver,
}

impl Desk {
    /// One that tells everything to these channels, and trouble to that one.
    pub(crate) fn new(discord: &Discord, channels: &[u64], operators: Option<u64>) -> Self {
        let store = Store::temporary().unwrap();
        let named = |id: &u64| Channel::open(ChannelId(*id), &format!("alerts-{id}"));
        let deliver = Deliver {
            store: store.clone(),
            outlet: Outlet::Discord(sender(discord).into()),
            channels: channels.iter().map(named).collect(),
            names: names().into(),
            operators: operators.map(ChannelId),
        };
        Self { store, deliver }
    }

    /// One that tells everything to one webhook, without a bot.
    pub(crate) fn by_webhook(discord: &Discord, webhook: u64, token: &str) -> Self {
        let mut desk = Self::new(discord, &[webhook], None);
        desk.use_webhook(discord, webhook, token);
        desk
    }

    /// The webhook's address is another, or the same after a restart.
    pub(crate) fn use_webhook(&mut self, discord: &Discord, webhook: u64, token: &str) {
        let tokens = [(ChannelId(webhook), SecretString::from(token))].into();
        let sender = Sender::with(discord.url(), None, tokens).unwrap();
        self.deliver.outlet = Outlet::Discord(sender.into());
    }

    /// The process dies and starts again: what was in memory is gone.
    pub(crate) async fn restart(&mut self, discord: &Discord) {
        self.deliver.outlet = Outlet::Discord(sender(discord).into());
        self.deliver.unpark(discord.now()).await.unwrap();
    }

    /// It becomes known, as this.
    pub(crate) fn learn(&self, development: &Development, kind: TellKind, at: Timestamp) {
        let fact = Fact {
            kind: development.step.kind,
            body: "ICC".into(),
            subject: Subject::Person(development.persons[0].clone()),
            step: development.step,
            since: development.date,
            status: development.status,
            origin: Origin::Development(development.id.clone()),
            sources: Vec::new(),
        };
        let intake = Intake {
            source: "daily".into(),
            record: SourceRecord::default(),
            seen: Vec::new(),
            items: Vec::new(),
            developments: vec![development.clone()],
            changes: vec![LedgerChange { before: None, after: fact }],
            tells: vec![Tell { development: development.id.clone(), kind, at }],
            decisions: Vec::new(),
            problems: Vec::new(),
        };
        self.store.commit_intakes(&[intake]).unwrap();
    }

    pub(crate) fn publish(&self, discord: &Discord) -> Edition {
        tasks::publish(&self.store, &self.deliver.channels, &self.deliver.names, discord.now())
            .unwrap()
            .edition
    }

    /// It becomes known and is put into the outbox.
    pub(crate) fn tell(&self, discord: &Discord, development: &Development, kind: TellKind) {
        self.learn(development, kind, discord.now());
        self.publish(discord);
    }

    pub(crate) async fn round(&self, discord: &Discord) -> Round {
        self.deliver.round(|| discord.now()).await.unwrap()
    }

    /// Rounds until nothing is left, each when the next is due, and not longer than this.
    pub(crate) async fn drain(&self, discord: &Discord, most: SignedDuration) {
        let until = discord.now() + most;
        while let Some(next) = self.round(discord).await.next {
            assert!(next <= until, "the outbox does not empty: {:#?}", self.store.outbox());
            discord.pass(next.duration_since(discord.now()).max(SignedDuration::ZERO));
        }
    }

    /// Rounds for so long, each when the next is due or after a quarter of an hour.
    pub(crate) async fn wait(&self, discord: &Discord, time: SignedDuration) {
        let until = discord.now() + time;
        while discord.now() < until {
            let quarter = discord.now() + SignedDuration::from_mins(15);
            let next = self.round(discord).await.next.unwrap_or(quarter).min(until);
            discord.pass(next.duration_since(discord.now()).max(SignedDuration::from_secs(1)));
        }
    }
}

fn sender(discord: &Discord) -> Sender {
    Sender::new(discord.url(), &SecretString::from(TOKEN)).unwrap()
}

/// What the bodies of the tests are called.
pub(crate) fn names() -> Names {
    let mut names = Names::default();
    let icc =
        BodyName { name: "International Criminal Court".into(), member: "State Party".into() };
    names.bodies.insert("ICC".into(), icc);
    names
}

/// A development about a person of its own, reported by one owner.
pub(crate) fn development(id: &str, step: &str) -> Development {
    let at: Timestamp = "2024-03-05T08:30:00Z".parse().unwrap();
    Development {
        id: id.into(),
        step: Step::parse(step).unwrap(),
        body: Some("ICC".into()),
        case: None,
        states: Vec::new(),
        persons: vec![format!("Ann {id}").as_str().into()],
        date: "2024-03-05".parse().unwrap(),
        status: Status::Reported,
        first_reported: at,
        last_reported: at,
        reports: vec![report("daily")],
        why: String::new(),
        announced: true,
        held: None,
        count: None,
    }
}

/// A report by this owner.
pub(crate) fn report(owner: &str) -> Report {
    Report {
        item: ItemKey([0; 16]),
        source: owner.into(),
        owner: owner.into(),
        voice: None,
        title: format!("Example sought, says {owner}"),
        url: Some(format!("https://{owner}.test/1")),
        at: "2024-03-05T08:30:00Z".parse().unwrap(),
        score: 100,
        evidence: Vec::new(),
        joined: Joined::default(),
    }
}
