//! `demo`: the newcomer's first look. A scripted fortnight, published by invented outlets on
//! loopback, goes through the real pipeline; after each day it is told what the bot just did and
//! why it kept quiet about the rest.

mod gallery;
mod script;
mod stage;

use std::{
    collections::HashSet,
    io::{Write, stdout},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anstyle::Style;
use clap::Args;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{End, Ground, ending::Refused, words};
use crate::{
    app::{self, Bot},
    classify::{
        Article, Rules,
        definition::{Definitions, Person, PersonClass, State},
        explain,
    },
    config::{self, Config},
    digest::Channel,
    model::{
        ChannelId, Decided, Decision, Fact, Field, Item, ItemKey, Kind, Origin, Posting, StateCode,
        Status, Step, Subject,
    },
    state::Store,
    tasks::{Outlet, Taken},
};
use script::{DAYS, Day, GENERAL, PARTY, STATES};
use stage::Stage;

#[derive(Debug, Args)]
#[command(after_help = "\
Everything in it is invented: states, people, newspapers and events. It needs no network, no
token and no configuration, and leaves nothing behind.

Examples:
  haguewatch demo
  haguewatch demo --slow
  haguewatch demo --gallery                      every sentence the bot can say
  haguewatch demo --gallery --html gallery.html  the same as a page
  DISCORD_TOKEN=… haguewatch demo --channel 123456789012345678")]
pub(super) struct Options {
    /// Pause between days
    #[arg(long)]
    slow: bool,
    /// Post to this Discord channel instead of the terminal; the token is the configured one
    #[arg(long, value_name = "ID")]
    channel: Option<u64>,
    /// Show everything that the bot can say instead of playing the fortnight
    #[arg(long, conflicts_with_all = ["slow", "channel"])]
    gallery: bool,
    /// Write the gallery to this file as a page that needs nothing else
    #[arg(long, value_name = "FILE", requires = "gallery")]
    html: Option<PathBuf>,
}

/// Plays the fortnight.
pub(super) fn run(ground: &Ground, options: &Options) -> anyhow::Result<End> {
    if options.gallery {
        gallery::show(ground, options.html.as_deref())?;
        return Ok(End::Done);
    }
    let (outlet, channels) = audience(ground, options)?;
    let page = Page {
        bold: style(ground, Style::new().bold()),
        dim: style(ground, Style::new().dimmed()),
    };
    page.opening()?;
    super::runtime()?.block_on(async {
        let mut stage = Stage::open().await?;
        let mut config = invented();
        (config.sources, config.channels) = (stage.sources(), channels);
        let mut bot = Bot::assemble(&config, Store::temporary()?, outlet).await?;
        let everyone: Vec<usize> = (0..config.sources.len()).collect();
        for day in DAYS {
            let at = moment_of(day);
            for (order, publication) in (0..).zip(day.published) {
                stage.publish(publication, at + SignedDuration::from_secs(order));
            }
            page.day(day, at)?;
            let mut said: Vec<Taken> = Vec::new();
            bot.poll_once(&everyone, |taken| said.push(taken)).await?;
            page.quiet(&config.rules, &said)?;
            bot.tell(Duration::from_secs(30)).await?;
            if options.slow {
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
        }
        anyhow::Ok(())
    })?;
    page.ending()?;
    Ok(End::Done)
}

/// Who hears: the terminal, or the channel that is named.
fn audience(ground: &Ground, options: &Options) -> anyhow::Result<(Outlet, Vec<Channel>)> {
    let Some(channel) = options.channel else {
        return Ok((Outlet::Terminal { colour: ground.colour }, Vec::new()));
    };
    let channels = vec![Channel::open(ChannelId(channel), "demo")];
    let mut config = ground.config()?;
    config.channels.clone_from(&channels);
    match app::outlet(&config, ground.colour)? {
        Outlet::Terminal { .. } | Outlet::Rehearsal { .. } => {
            let lack = "there is no token: set DISCORD_TOKEN or DISCORD_TOKEN_FILE";
            Err(Refused(lack.to_owned()).into())
        }
        outlet @ Outlet::Discord(_) => Ok((outlet, channels)),
    }
}

/// The shipped configuration with the fortnight's states and its general.
fn invented() -> Config {
    let mut config = config::embedded();
    let mut lexicon: Definitions = config.rules.definitions().clone();
    lexicon.states.extend(STATES.iter().map(|[code, name, demonym, capital]| State {
        code: StateCode::parse(code).expect("three capitals"),
        name: (*name).to_owned(),
        names: vec![name.to_lowercase()],
        demonyms: vec![demonym.to_lowercase()],
        seats: vec![capital.to_lowercase()],
        acronyms: Vec::new(),
        not: Vec::new(),
    }));
    let (name, state) = GENERAL;
    lexicon.persons.push(Person {
        name: name.into(),
        names: Vec::new(),
        not: Vec::new(),
        states: StateCode::parse(state).into_iter().collect(),
        class: PersonClass::Suspect,
        roles: Vec::new(),
    });
    let (rules, _) = Rules::compile(lexicon);
    config.rules = Arc::new(rules);
    config.baseline.facts.extend(party());
    // One after the other, so that the story is the same every time.
    config.poll.concurrency = 1;
    config.poll.allow_private = vec![("127.0.0.0".parse().expect("an address"), 8)];
    config
}

/// That the state which will turn away was a State Party.
fn party() -> Option<Fact> {
    Some(Fact {
        kind: Kind::Membership,
        body: "ICC".into(),
        subject: Subject::State(StateCode::parse(PARTY)?),
        step: Step::parse("membership.joined")?,
        since: jiff::civil::date(2003, 1, 1),
        status: Status::Confirmed,
        origin: Origin::Baseline,
        sources: vec!["https://invented.example/".to_owned()],
    })
}

/// The moment of a day of the fortnight that ends now.
fn moment_of(day: &Day) -> Timestamp {
    let ago = SignedDuration::from_hours(24 * (14 - day.number)) + SignedDuration::from_mins(5);
    app::now() - ago
}

fn style(ground: &Ground, style: Style) -> Style {
    if ground.colour { style } else { Style::new() }
}

/// What is printed round the messages.
struct Page {
    bold: Style,
    dim: Style,
}

impl Page {
    fn opening(&self) -> std::io::Result<()> {
        let Self { bold, dim } = self;
        writeln!(stdout(), "{bold}A fortnight in an invented world{bold:#}")?;
        writeln!(
            stdout(),
            "{dim}Two newspapers and two courts' press pages are served on this machine, and the bot polls them.\nStates, people, outlets and events are all made up. Nothing leaves this machine.{dim:#}\n"
        )
    }

    fn day(&self, day: &Day, at: Timestamp) -> std::io::Result<()> {
        let Self { bold, .. } = self;
        let date = at.strftime("%-d %B %Y");
        writeln!(stdout(), "{bold}Day {}{bold:#}, {date}. {}", day.number, day.caption)
    }

    /// Says of every new item what the bot made of it.
    fn quiet(&self, rules: &Rules, said: &[Taken]) -> std::io::Result<()> {
        let Self { dim, .. } = self;
        for taken in said {
            let mut decided: HashSet<ItemKey> = HashSet::new();
            for (item, _, decisions) in &taken.intake.decisions {
                decided.insert(item.key);
                let title = words::clean(&item.posting.title);
                let what = decisions.iter().min_by_key(|one| one.decision).map(verdict);
                let what = what.unwrap_or_default();
                writeln!(stdout(), "  {dim}{}: “{title}” → {what}{dim:#}", item.source)?;
            }
            let others = taken.intake.items.iter().filter(|item| !decided.contains(&item.key));
            for item in others {
                let title = words::clean(&item.posting.title);
                let what = unread(rules, item);
                writeln!(stdout(), "  {dim}{}: “{title}” → {what}{dim:#}", item.source)?;
            }
        }
        writeln!(stdout())
    }

    fn ending(&self) -> std::io::Result<()> {
        let Self { bold, .. } = self;
        writeln!(
            stdout(),
            "{bold}What next?{bold:#}
  haguewatch once --dry-run     what would be said of the real sources now
  haguewatch preview icj-press  one source, and what is made of each item
  haguewatch explain \"ICC issues arrest warrant for General Firefly of Freedonia\"
  haguewatch run                with a channel in config/channels.toml and DISCORD_TOKEN set"
        )
    }
}

/// Why an item was read as nothing at all.
fn unread(rules: &Rules, item: &Item) -> String {
    let Posting { title, text, .. } = &item.posting;
    let published = TimeZone::UTC.to_datetime(item.moment()).date();
    let explanation = explain(rules, &Article { title, text, published, voice: None });
    if let Some(genre) = &explanation.genre {
        return format!("quiet: {}", words::clean(&genre.to_string()));
    }
    let is_elsewhere = |meaning: &String| meaning == "cue:elsewhere";
    let elsewhere = explanation.spans.iter().find(|span| span.meanings.iter().any(is_elsewhere));
    let Some(span) = elsewhere else {
        return "quiet: no step of any kind is reported".to_owned();
    };
    let whole = match span.field {
        Field::Title => title,
        Field::Text => text,
    };
    let said: String = whole.chars().skip(span.start).take(span.end - span.start).collect();
    format!("quiet: another thing of that name is meant, because of “{}”", words::clean(&said))
}

fn verdict(decided: &Decided) -> String {
    let Decided { decision, why, development, .. } = decided;
    match decision {
        Decision::Announce => format!("told: {why}"),
        Decision::Update => format!("told as an update: {why}"),
        Decision::Corroborate => {
            format!("added to #{}, which is now {}", development.id, development.status.as_str())
        }
        Decision::Background => format!("quiet: {why}"),
        Decision::Review => format!("shown to operators only: {why}"),
    }
}
