//! S1: ended at every named point, at each of its passings, under each answer of Discord.

use std::{collections::BTreeMap, time::Duration};

use jiff::SignedDuration;

use crate::{
    Scale, ambiguity, crowd, judge::judge, life::Orders, table::Row, town::Town,
    world::discord::Fault,
};

/// What Discord does with the first message of a life, and how long the bot is dead after it.
const CIRCUMSTANCES: [(Fault, SignedDuration); 6] = [
    (Fault::Nothing, SignedDuration::from_secs(5)),
    (Fault::Nothing, SignedDuration::from_mins(4)),
    (Fault::Nothing, SignedDuration::from_mins(20)),
    (Fault::AcceptThenCut, SignedDuration::from_secs(70)),
    (Fault::AcceptThenFail, SignedDuration::from_mins(6)),
    (Fault::CutBefore, SignedDuration::from_mins(3)),
];

/// Which passings of a point are tried at most: the first so many.
const PASSINGS: usize = 30;

pub(crate) fn run(scale: Scale) -> Row {
    let points: Vec<(String, usize)> = passings().into_iter().collect();
    let all = points.len() * CIRCUMSTANCES.len();
    let chosen = scale.of(all.div_ceil(6), all);
    let mut row = crowd::each(chosen, |number| {
        // A share takes every point under one circumstance, the next point under the next one.
        let (point, circumstance) = match scale {
            Scale::Full => (number % points.len(), number / points.len()),
            Scale::Share => (number % points.len(), number % CIRCUMSTANCES.len()),
        };
        let (name, passings) = &points[point];
        let most = scale.of(6, PASSINGS).min(*passings);
        chain(name, most, circumstance)
    });
    println!("S1: {} points, each at up to {} passings", points.len(), scale.of(6, PASSINGS));
    row.wrong.extend(points.is_empty().then(|| "no point was passed".to_owned()));
    row
}

/// Every point that a life passes, and how often.
fn passings() -> BTreeMap<String, usize> {
    let mut passings = BTreeMap::new();
    let mut town = Town::new();
    publish(&mut town);
    // One life is cut off in the middle of a message, so that the next one searches for it.
    town.live(&Orders::once().drill("deliver.begun@2"));
    town.pass(SignedDuration::from_mins(10));
    publish(&mut town);
    let life = town.live(&Orders::once().drill("trace"));
    for point in life.said.lines().filter_map(|line| line.strip_prefix("passed ")) {
        *passings.entry(point.to_owned()).or_default() += 1;
    }
    passings
}

/// One world in which lives end at the first, second, third… passing of a point.
fn chain(point: &str, passings: usize, circumstance: usize) -> Row {
    let (fault, pause) = CIRCUMSTANCES[circumstance];
    let case = format!("{point}, {fault:?}, {pause:#}");
    let mut town = Town::new();
    let mut row = Row::default();
    for passing in 1..=passings {
        publish(&mut town);
        town.discord.weather([fault]);
        let attempts = town.discord.attempts().len();
        // What Discord did not take is tried again after seconds; nobody waits for that here.
        let killed_after = (fault != Fault::Nothing).then_some(Duration::from_secs(1));
        let drill = format!("{point}@{passing}");
        let life = town.live(&Orders { killed_after, ..Orders::once().drill(drill) });
        if life.ended_itself() {
            row.kills += 1;
            match ambiguity::after_death(&town, attempts) {
                Ok(classes) => row.ambiguous += classes,
                Err(why) => row.wrong.push(format!("{case}: {why}")),
            }
        }
        town.pass(pause);
    }
    if let Err(said) = town.heal("") {
        row.wrong.push(format!("{case}: it does not come to an end: {said}"));
    }
    row += judge(&town, &case);
    row
}

/// Two developments, the first of which is reported twice.
fn publish(town: &mut Town) {
    let next = town.developments;
    town.happens(&[next % 3, (next + 1) % 3]);
    town.happens(&[next % 4]);
}
