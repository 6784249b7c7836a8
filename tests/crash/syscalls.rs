//! S2: killed at system calls. S5: system calls that fail.
//!
//! strace does both from outside, so neither needs the program's help.

use std::{collections::BTreeMap, fs, process::Command};

use jiff::SignedDuration;

use crate::{Scale, ambiguity, crowd, judge::judge, life::Orders, table::Row, town::Town};

/// Calls that change what is on the disk or leave the machine.
const DEADLY: [&str; 10] = [
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "sync_file_range",
    "rename",
    "ftruncate",
    "unlink",
    "sendto",
    "writev",
];

/// Calls on files, and how they fail.
const FAILING: [(&str, &str); 8] = [
    ("pwrite64", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EINTR"),
    ("fdatasync", "EIO"),
    ("fsync", "EIO"),
    ("read", "EIO"),
    ("rename", "ENOSPC"),
    ("write", "ENOSPC"),
];

/// How many calls of one sort are tried in one world, one a life.
const LIVES: usize = 10;

/// S2.
pub(crate) fn kills(scale: Scale) -> Row {
    let Some(calls) = calls() else { return absent() };
    let chains = chains(&DEADLY, &calls, scale);
    crowd::each(chains.len(), |number| {
        let (call, first, step) = &chains[number];
        chain(&format!("{call}:signal=KILL"), call, *first, *step)
    })
}

/// S5.
pub(crate) fn failures(scale: Scale) -> Row {
    let Some(calls) = calls() else { return absent() };
    let mut all = Vec::new();
    for (call, error) in FAILING {
        for (_, first, step) in chains(&[call], &calls, scale) {
            all.push((call, error, first, step));
        }
    }
    crowd::each(all.len(), |number| {
        let (call, error, first, step) = all[number];
        chain(&format!("{call}:error={error}"), call, first, step)
    })
}

fn absent() -> Row {
    Row { skipped: Some("strace is not installed"), ..Row::default() }
}

/// Chains of lives that together meet every call: the sort, its first number and the step.
fn chains<'a>(
    sorts: &[&'a str],
    calls: &BTreeMap<String, usize>,
    scale: Scale,
) -> Vec<(&'a str, usize, usize)> {
    let mut chains = Vec::new();
    for sort in sorts {
        let Some(most) = calls.get(*sort) else { continue };
        let all = most.div_ceil(LIVES);
        let chosen = scale.of(1, all).min(all);
        chains.extend((1..=chosen).map(|first| (*sort, first, all)));
    }
    chains
}

/// How many calls of each sort a life makes, at most in one of its threads, as strace counts them;
/// `None` where there is no strace.
fn calls() -> Option<BTreeMap<String, usize>> {
    Command::new("strace").arg("--version").output().ok()?;
    let mut town = Town::new();
    publish(&mut town);
    let log = town.home().join("calls");
    let options = ["-f", "-qq", "-e", "signal=none", "-o", log.to_str().unwrap()];
    let strace = options.map(str::to_owned).to_vec();
    town.live(&Orders { strace, ..Orders::once() });
    let mut by_thread: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in fs::read_to_string(log).unwrap().lines() {
        let mut words = line.split_whitespace();
        let (Some(thread), Some(call)) = (words.next(), words.next()) else { continue };
        let Some((call, _)) = call.split_once('(') else { continue };
        *by_thread.entry((thread.to_owned(), call.to_owned())).or_default() += 1;
    }
    let mut calls = BTreeMap::new();
    for ((_, call), times) in by_thread {
        let most = calls.entry(call).or_insert(0);
        *most = times.max(*most);
    }
    Some(calls)
}

/// One world in which a call of one sort is fatal or fails, in every life a later one.
fn chain(injection: &str, call: &str, first: usize, step: usize) -> Row {
    let mut town = Town::new();
    let mut row = Row::default();
    for nth in 0..LIVES {
        let number = first + nth * step;
        let case = format!("{injection} at {number}");
        publish(&mut town);
        let attempts = town.discord.attempts().len();
        // Only the store's files fail: a log line that is lost is no loss.
        let state = town.state();
        let mut strace =
            vec!["-f".to_owned(), "-qq".to_owned(), "-o".to_owned(), "/dev/null".to_owned()];
        if injection.contains("error=") {
            for file in ["db", "conf", "commits", "format", "holder.new", ""] {
                strace.extend(["-P".to_owned(), state.join(file).display().to_string()]);
            }
        }
        strace.extend(["-e".to_owned(), format!("trace={call}")]);
        strace.extend(["-e".to_owned(), format!("inject={injection}:when={number}")]);
        let life = town.live(&Orders { strace, ..Orders::once() });
        // sled panics where its last sync at the close fails; what was committed is safe by then.
        if life.said.contains("panicked at src/") {
            row.wrong.push(format!("{case}: it panicked: {}", life.said));
        }
        if !life.status.success() {
            row.kills += 1;
            match ambiguity::after_death(&town, attempts) {
                Ok(classes) => row.ambiguous += classes,
                Err(why) => row.wrong.push(format!("{case}: {why}")),
            }
        }
        town.pass(SignedDuration::from_mins(if nth % 2 == 0 { 1 } else { 8 }));
    }
    if let Err(said) = town.heal("") {
        row.wrong.push(format!("{injection} from {first}: it does not come to an end: {said}"));
    }
    row += judge(&town, &format!("{injection} from {first} by {step}"));
    row
}

/// One development in two newsrooms, one in another.
fn publish(town: &mut Town) {
    let next = town.developments;
    town.happens(&[next % 3, (next + 1) % 3]);
    town.happens(&[next % 4]);
}
