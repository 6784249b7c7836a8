//! S3: killed at any moment, also while it recovers, and again at once.

use std::time::{Duration, Instant};

use jiff::SignedDuration;

use crate::{
    Scale, ambiguity,
    chance::Chance,
    crowd,
    judge::judge,
    life::Orders,
    table::Row,
    town::{FEEDS, Town},
    world::discord::Fault,
};

/// Kills in one world.
const KILLS: usize = 20;

/// How much time goes by between a death and the next start: inside the window of a nonce, between
/// what the bot and what Discord make of that window, and long after.
const PAUSES: [SignedDuration; 8] = [
    SignedDuration::from_secs(1),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(70),
    SignedDuration::from_mins(3),
    SignedDuration::from_mins(6),
    SignedDuration::from_mins(20),
    SignedDuration::from_mins(50),
    SignedDuration::from_mins(90),
];

/// What may go wrong at Discord.
pub(crate) const FAULTS: [Fault; 10] = [
    Fault::AcceptThenHold,
    Fault::AcceptThenHold,
    Fault::AcceptThenHold,
    Fault::AcceptThenCut,
    Fault::AcceptThenFail,
    Fault::AcceptThenGarble,
    Fault::CutBefore,
    Fault::BadGateway,
    Fault::LimitRoute(1.0),
    Fault::LimitGlobal(1.0),
];

pub(crate) fn run(scale: Scale) -> Row {
    let worlds = scale.of(8, 52);
    crowd::each(worlds, |seed| saga(seed, ""))
}

/// A world in which the bot is killed again and again, with these flaws put in.
pub(crate) fn saga(seed: usize, flaws: &str) -> Row {
    let mut chance = Chance::new(u64::try_from(seed).unwrap());
    let mut town = Town::new();
    let usual = usual_time(&mut town, flaws);
    let mut row = Row::default();
    while row.kills < KILLS {
        publish(&mut town, &mut chance);
        town.discord.weather(weather(&mut chance));
        let attempts = town.discord.attempts().len();
        let recovering = chance.percent(20);
        let longest = if recovering { usual / 3 } else { usual * 5 / 4 };
        let after = Duration::from_micros(
            u64::try_from(chance.below(usize::try_from(longest.as_micros()).unwrap())).unwrap(),
        );
        let command = if chance.percent(50) { "run" } else { "once" };
        let orders = Orders { command, killed_after: Some(after), ..Orders::once().drill(flaws) };
        let life = town.live(&orders);
        row.recoveries.extend(life.ready);
        if life.was_cut_off() {
            row.kills += 1;
            match ambiguity::after_death(&town, attempts) {
                Ok(classes) => row.ambiguous += classes,
                Err(why) => row.wrong.push(format!("seed {seed}: {why}")),
            }
        }
        // A double kill: it dies again before time has gone by.
        if !chance.percent(15) {
            town.pass(chance.pick(&PAUSES));
        }
    }
    if let Err(said) = town.heal(flaws) {
        row.wrong.push(format!("seed {seed}: it does not come to an end: {said}"));
    }
    row += judge(&town, &format!("seed {seed}"));
    row
}

/// How long a life lasts in which nothing goes wrong.
fn usual_time(town: &mut Town, flaws: &str) -> Duration {
    (0..3).for_each(|feed| town.happens(&[feed]));
    let began = Instant::now();
    town.live(&Orders::once().drill(flaws));
    began.elapsed()
}

/// Some things happen, and some that happened are reported elsewhere too.
pub(crate) fn publish(town: &mut Town, chance: &mut Chance) {
    for _ in 0..chance.below(4) {
        town.happens(&[chance.below(FEEDS.len())]);
    }
    if chance.percent(40) {
        town.report(chance.below(FEEDS.len()), chance.below(town.developments));
    }
}

/// What goes wrong at Discord in one life: nothing, or something after some messages.
pub(crate) fn weather(chance: &mut Chance) -> Vec<Fault> {
    if chance.percent(40) {
        return Vec::new();
    }
    let mut faults = vec![Fault::Nothing; chance.below(6)];
    faults.push(chance.pick(&FAULTS));
    faults
}
