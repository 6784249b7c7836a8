//! From configuration to a bot that runs: makes the parts, turns them once or until stopped.
//!
//! Owns the order in which parts are made and ended. Does not decide anything about sources,
//! developments or messages.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::SignedDuration;
use tokio::{sync::Notify, task::spawn_blocking, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    classify::{
        Rules,
        definition::{Body, PersonClass},
    },
    config::{Config, ConfiguredSource},
    deliver::Sender,
    digest::{Channel, When},
    fetch::{Fetcher, Network, Policy},
    model::{ChannelId, SourceId},
    ops::{self, Watched},
    render::{BodyName, Names},
    schedule,
    state::{Holder, Store},
    tasks::{self, Board, Deliver, Outlet, Poll, Rhythm, Taken, Trouble, Turn, poll::Means},
};

pub use crate::tasks::now;

/// What messages call bodies, states and cases, from the lexicon that the rules were made of.
pub fn names(rules: &Rules) -> Names {
    let lexicon = rules.definitions();
    let body = |body: &Body| {
        let name = BodyName { name: body.name.clone(), member: body.member.clone() };
        (body.id.clone(), name)
    };
    let officials = lexicon.persons.iter().filter(|person| person.class != PersonClass::Suspect);
    Names {
        bodies: lexicon.bodies.iter().map(body).collect(),
        states: lexicon.states.iter().map(|state| (state.code, state.name.clone())).collect(),
        cases: lexicon.cases.iter().map(|case| (case.id.clone(), case.name.clone())).collect(),
        not_accused: officials.map(|person| person.name.clone()).collect(),
    }
}

/// The one who asks servers, as configured.
pub fn fetcher(config: &Config) -> anyhow::Result<Fetcher> {
    let networks = config.poll.allow_private.iter().map(|(first, length)| {
        let network: Network = format!("{first}/{length}").parse()?;
        anyhow::Ok(network)
    });
    let allow_private = networks.collect::<Result<_, _>>()?;
    Ok(Fetcher::new(Policy { allow_private, ..Policy::new(&config.poll.contact) })?)
}

/// Where messages go: to Discord, or to the terminal where there is no channel or no way to one.
pub fn outlet(config: &Config, colour: bool) -> anyhow::Result<Outlet> {
    let discord = &config.discord;
    if config.channels.is_empty() || (discord.token.is_none() && discord.webhooks.is_empty()) {
        return Ok(Outlet::Terminal { colour });
    }
    let (api, webhooks) = (discord.api.clone(), discord.webhooks.clone());
    let sender = Sender::with(api, discord.token.as_ref(), webhooks)?;
    Ok(Outlet::Discord(Arc::new(sender)))
}

/// Who hears: the configured channels that can be reached, and in place of all others the terminal
/// as a channel that wants everything. A rehearsal shows now what they would hear later.
fn channels(config: &Config, outlet: &Outlet) -> Vec<Channel> {
    let is_reached = |channel: &&Channel| match outlet {
        Outlet::Discord(sender) => sender.serves(channel.id),
        Outlet::Rehearsal { .. } => true,
        Outlet::Terminal { .. } => false,
    };
    let mut channels: Vec<Channel> = config.channels.iter().filter(is_reached).cloned().collect();
    if matches!(outlet, Outlet::Rehearsal { .. }) {
        for channel in &mut channels {
            (channel.when, channel.quiet) = (When::AtOnce, None);
        }
    }
    if channels.is_empty() || channels.len() < config.channels.len() {
        channels.push(Channel::open(tasks::TERMINAL, "terminal"));
    }
    channels
}

/// The parts of a bot.
#[derive(Debug)]
pub struct Bot {
    store: Store,
    poll: Poll,
    deliver: Deliver,
    channels: Arc<[Channel]>,
    names: Arc<Names>,
    sources: Arc<[ConfiguredSource]>,
}

/// What one pass over the sources brought.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// How many sources were asked.
    pub asked: usize,
    /// Sources that a server forbids asking now.
    pub forbidden: Vec<SourceId>,
    /// Why sources brought nothing.
    pub troubles: Vec<(SourceId, Trouble)>,
    /// How many items are remembered without being told, because their source was read for the
    /// first time, and how many of those read as developments.
    pub remembered: (usize, usize),
    /// How many messages arrived.
    pub sent: usize,
    /// Why messages never will.
    pub dead: Vec<String>,
    /// How many messages wait for a later attempt.
    pub waiting: usize,
    /// Why channels stand still.
    pub held: Vec<(ChannelId, String)>,
}

impl Bot {
    /// Makes the parts and remembers what the store knows.
    pub async fn assemble(config: &Config, store: Store, outlet: Outlet) -> anyhow::Result<Self> {
        let fetcher = Arc::new(fetcher(config)?);
        let means = Means {
            sources: config.sources.clone().into(),
            rules: Arc::clone(&config.rules),
            baseline: config.baseline.clone(),
            concurrency: config.poll.concurrency,
            pace: schedule::Policy::USUAL,
        };
        let sources = Arc::clone(&means.sources);
        let channels: Arc<[Channel]> = channels(config, &outlet).into();
        let names = Arc::new(names(&config.rules));
        let deliver = Deliver {
            store: store.clone(),
            outlet,
            channels: Arc::clone(&channels),
            names: Arc::clone(&names),
            operators: config.discord.operators_channel.filter(|_| config.discord.token.is_some()),
        };
        deliver.unpark(now()).await?;
        Ok(Self {
            poll: Poll::begin(means, fetcher, store.clone()).await?,
            channels,
            deliver,
            names,
            store,
            sources,
        })
    }

    /// Asks these sources (by their place in the configuration), due or not but for those that a
    /// server forbids, then publishes and delivers. Waits up to `patience` for what is delayed.
    pub async fn once(&mut self, chosen: &[usize], patience: Duration) -> anyhow::Result<Pass> {
        let mut taken = Pass::default();
        let asked = self.poll_once(chosen, |one| taken.note(one)).await?;
        let told = self.tell(patience).await?;
        Ok(Pass {
            asked: asked.asked,
            forbidden: asked.forbidden,
            troubles: taken.troubles,
            remembered: taken.remembered,
            ..told
        })
    }

    /// Publishes and delivers. Waits up to `patience` for what is delayed.
    pub async fn tell(&self, patience: Duration) -> anyhow::Result<Pass> {
        let mut pass = Pass::default();
        self.publish().await?;
        let until = now().saturating_add(SignedDuration::try_from(patience)?)?;
        loop {
            let round = self.deliver.round(now).await?;
            pass.sent += round.sent;
            pass.dead.extend(round.dead);
            match round.next {
                None => return Ok(pass),
                Some(next) if next > until => {
                    (pass.waiting, pass.held) = (round.waiting, round.held);
                    return Ok(pass);
                }
                Some(next) => {
                    sleep(Duration::try_from(next.duration_since(now())).unwrap_or_default()).await;
                }
            }
        }
    }

    /// Asks these sources and takes in what they say; nothing is told yet.
    pub async fn poll_once(
        &mut self,
        chosen: &[usize],
        mut note: impl FnMut(Taken),
    ) -> anyhow::Result<Pass> {
        let allowed = self.poll.allowed(now());
        let (ask, forbidden): (Vec<usize>, Vec<usize>) =
            chosen.iter().partition(|index| allowed.contains(index));
        let pass = Pass {
            asked: ask.len(),
            forbidden: forbidden
                .iter()
                .map(|&index| self.sources[index].source.id.clone())
                .collect(),
            ..Pass::default()
        };
        self.poll.enqueue(ask);
        while self.poll.is_busy() {
            for taken in self.poll.take_next().await? {
                note(taken);
            }
        }
        Ok(pass)
    }

    /// Makes messages of what is untold.
    pub async fn publish(&self) -> anyhow::Result<usize> {
        let (store, channels, names) =
            (self.store.clone(), Arc::clone(&self.channels), Arc::clone(&self.names));
        let publish = move || tasks::publish(&store, &channels, &names, now());
        Ok(spawn_blocking(publish).await??.edition.deliveries.len())
    }

    /// Turns the loops until stopped. Returns early only with an error.
    pub async fn run(mut self, config: &Config, stop: CancellationToken) -> anyhow::Result<()> {
        let board = Board::default();
        let (publishing, delivering) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let rhythm = |name, period, wake: &Arc<Notify>| Rhythm {
            name,
            period,
            wake: Arc::clone(wake),
            stop: stop.clone(),
            board: board.clone(),
        };
        let watched = Watched {
            store: self.store.clone(),
            board: board.clone(),
            sources: Arc::clone(&self.sources),
            baseline: config.baseline.clone(),
            started: now(),
        };
        let serving = ops::serve(config.ops.listen, watched, stop.clone());
        let polling = tasks::drive(rhythm("poll", POLL, &Arc::default()), async |now| {
            self.poll.turn(now, || publishing.notify_one()).await
        });
        let (store, channels, names) = (&self.store, &self.channels, &self.names);
        let telling = tasks::drive(rhythm("publish", PUBLISH, &publishing), async |now| {
            let (store, channels, names) = (store.clone(), Arc::clone(channels), Arc::clone(names));
            let published =
                spawn_blocking(move || tasks::publish(&store, &channels, &names, now)).await??;
            let made = published.edition.deliveries.len();
            if made > 0 {
                delivering.notify_one();
            }
            Ok(Turn { did: told(made, "message", "made"), again: published.next })
        });
        let deliver = &self.deliver;
        let bringing = tasks::drive(rhythm("deliver", DELIVER, &delivering), async |_| {
            let round = deliver.round(now).await?;
            Ok(Turn { did: told(round.sent, "message", "arrived"), again: round.next })
        });
        let ended = stop.clone();
        let ending = async move {
            let done = tokio::try_join!(polling, telling, bringing, serving);
            done.map(|_| ())
        };
        let result = ending.await;
        point!("run.stopping");
        anyhow::ensure!(result.is_err() || ended.is_cancelled(), "every loop ended by itself");
        result
    }
}

/// The longest pause of each loop.
const POLL: Duration = Duration::from_mins(1);
const PUBLISH: Duration = Duration::from_mins(1);
const DELIVER: Duration = Duration::from_mins(1);

fn told(count: usize, what: &str, verb: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("1 {what} {verb}"),
        _ => format!("{count} {what}s {verb}"),
    }
}

impl Pass {
    fn note(&mut self, taken: Taken) {
        if taken.first_sight {
            self.remembered.0 += taken.intake.items.len();
            self.remembered.1 += taken.readable();
        }
        if let Some(trouble) = taken.trouble {
            self.troubles.push((taken.intake.source, trouble));
        }
    }
}

/// Opens the store for good and says who holds it.
pub fn open(config: &Config, state: &std::path::Path, command: &str) -> anyhow::Result<Store> {
    if flaw!("empty-on-error") && Store::open(state).is_err() {
        std::fs::remove_dir_all(state)?;
    }
    let store = Store::open(state)?;
    let holder = Holder::this_process(command, now());
    let holder = match config.ops.listen {
        Some(address) if command.ends_with("run") => holder.with_ops(address.to_string()),
        _ => holder,
    };
    store.announce(&holder).context("the state's holder could not be noted")?;
    Ok(store)
}
