//! S0: flaws that are put in on purpose. A suite that does not notice them proves nothing.

use std::fs;

use jiff::SignedDuration;

use crate::{
    Scale, crowd, judge::judge, life::Orders, table::Row, town::Town, world::discord::Fault,
};

/// A flaw and the story in which it shows.
type Control = (&'static str, fn(&str) -> Row);

const CONTROLS: &[Control] = &[
    ("fleeting-nonce", lost_answer_within_the_window),
    ("unenforced-nonce", lost_answer_within_the_window),
    ("no-lookup", lost_answer_long_ago),
    ("unrecorded-attempt", lost_answer_long_ago),
    ("unflushed", killed_after_a_commit),
    ("validators-first", killed_between_the_commits),
    ("no-queue", refused_in_the_middle),
    ("empty-on-error", a_state_that_cannot_be_opened),
    ("unwitnessed", a_log_that_lost_its_end),
];

/// How often a flaw is tried: what sled's own threads write in time, and whose request arrives
/// first, is chance.
const TRIES: usize = 6;

/// Every flaw must make its story go wrong, and without a flaw every story must go well.
pub(crate) fn run(_: Scale) -> Row {
    crowd::each(CONTROLS.len(), |number| {
        let (flaw, story) = CONTROLS[number];
        let mut right = story("");
        let mut wrongs = (0..TRIES).filter_map(|_| story(flaw).wrong.into_iter().next());
        let noticed = wrongs.next();
        if let Some(wrong) = &noticed {
            let short: String = wrong.chars().take(160).collect();
            println!("S0: {flaw} noticed: {short}");
        }
        right.flaws = (1, usize::from(noticed.is_some()));
        for wrong in &mut right.wrong {
            *wrong = format!("without the flaw {flaw}: {wrong}");
        }
        if noticed.is_none() {
            right.wrong.push(format!("the flaw {flaw} was not noticed"));
        }
        right
    })
}

/// Discord took the message and we died before we noted it; we are back in seconds.
fn lost_answer_within_the_window(flaw: &str) -> Row {
    dies(flaw, "deliver.header@1", SignedDuration::from_secs(5))
}

/// The same, and we are back when Discord has forgotten the nonce.
fn lost_answer_long_ago(flaw: &str) -> Row {
    dies(flaw, "deliver.header@1", SignedDuration::from_mins(20))
}

/// Messages arrived and were noted, then we died.
fn killed_after_a_commit(flaw: &str) -> Row {
    dies(flaw, "deliver.recorded@2", SignedDuration::from_mins(20))
}

/// The first thing of a poll that is on the disk is the last that we did.
fn killed_between_the_commits(flaw: &str) -> Row {
    dies(flaw, "state.synced@1", SignedDuration::from_mins(20))
}

/// Four feeds report something each; the bot dies at a point, and is back after a while.
fn dies(flaw: &str, point: &str, pause: SignedDuration) -> Row {
    let town = busy();
    let life = town.live(&Orders::once().drill(format!("{flaw},{point}")));
    let mut row = Row { kills: usize::from(life.was_cut_off()), ..Row::default() };
    town.pass(pause);
    town.live(&Orders::once().drill(flaw));
    end(&town, flaw, &mut row);
    row
}

/// The first messages fail, and many others stand behind them.
fn refused_in_the_middle(flaw: &str) -> Row {
    let mut town = busy();
    (0..12).for_each(|number| town.happens(&[number % 4]));
    town.discord.weather([Fault::BadGateway; 6]);
    let killed_after = Some(std::time::Duration::from_millis(800));
    town.live(&Orders { killed_after, ..Orders::once().drill(flaw) });
    let mut row = Row::default();
    end(&town, flaw, &mut row);
    row
}

/// The database is overwritten. It must be refused, and go on from a backup.
fn a_state_that_cannot_be_opened(flaw: &str) -> Row {
    damaged(flaw, |log| log.fill(b'x'))
}

/// The end of the database's log is gone, as a disk may lose it. The same holds.
fn a_log_that_lost_its_end(flaw: &str) -> Row {
    damaged(flaw, |log| {
        let end = log.iter().rposition(|byte| *byte != 0).unwrap();
        log[end * 9 / 10..].fill(0);
    })
}

fn damaged(flaw: &str, harm: fn(&mut [u8])) -> Row {
    let mut town = busy();
    let mut row = Row::default();
    row.wrong.extend(town.heal("").err());
    let (state, backup) = (town.state(), town.home().join("backup"));
    let copy = |from: &std::path::Path, to: &std::path::Path| {
        fs::create_dir_all(to.join("blobs")).unwrap();
        for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
    };
    copy(&state, &backup);
    let mut log = fs::read(state.join("db")).unwrap();
    harm(&mut log);
    fs::write(state.join("db"), log).unwrap();
    town.happens(&[0]);
    let life = town.live(&Orders::once().drill(flaw));
    if life.status.success() || !life.said.contains("state") {
        row.wrong.push(format!("a damaged state was not refused: {}", life.said));
    }
    fs::remove_dir_all(&state).unwrap();
    copy(&backup, &state);
    end(&town, flaw, &mut row);
    row
}

fn busy() -> Town {
    let mut town = Town::new();
    (0..4).for_each(|feed| town.happens(&[feed]));
    town
}

fn end(town: &Town, flaw: &str, row: &mut Row) {
    if let Err(said) = town.heal(flaw) {
        row.wrong.push(format!("it does not come to an end: {said}"));
    }
    *row += judge(town, "control");
}
