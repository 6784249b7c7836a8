//! S4: the power goes. Of what a life wrote and did not sync, the disk has any part.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use haguewatch::state::Store;

use crate::{
    Scale,
    chance::Chance,
    crowd,
    life::Orders,
    recording::{self, Act, Files, Recording},
    table::Row,
    town::Town,
};

/// Of a write that is torn, the disk has so many bytes or a multiple.
const SECTOR: usize = 512;

/// A recorded life and what each moment of it would open as.
struct Tape {
    /// The files before it.
    base: Files,
    recording: Recording,
    /// What the store held, each once, in order.
    held: Vec<String>,
    /// By number of acts: which of `held` had been acknowledged by then.
    acknowledged: Vec<usize>,
}

/// What a disk makes of the writes that were not synced.
#[derive(Clone, Copy, Debug)]
enum Loss {
    /// None is there.
    All,
    /// All are there.
    None,
    /// All but the last.
    Last,
    /// Only the last.
    AllButLast,
    /// Any of them.
    Some,
    /// Any of them, and of one a part.
    Torn,
}

const LOSSES: [Loss; 6] =
    [Loss::All, Loss::None, Loss::Last, Loss::AllButLast, Loss::Some, Loss::Torn];

pub(crate) fn run(scale: Scale) -> Row {
    if Command::new("strace").arg("--version").output().is_err() {
        return Row { skipped: Some("strace is not installed"), ..Row::default() };
    }
    let tapes = [record(false), record(true)];
    let images = scale.of(120, 2_000);
    crowd::each(images, |number| {
        let tape = &tapes[number % tapes.len()];
        let mut chance = Chance::new(u64::try_from(number).unwrap());
        let loss = LOSSES[number / tapes.len() % LOSSES.len()];
        let acts = tape.recording.acts.len();
        let end = 1 + chance.below(acts);
        let mut row = Row { worlds: 1, kills: 1, ..Row::default() };
        let image = image(tape, end, loss, &mut chance);
        if let Err(why) = check(tape, end, &image) {
            row.lost = 1;
            row.wrong.push(format!("image {number}, {loss:?} after act {end} of {acts}: {why}"));
        }
        row
    })
}

/// Records a life: the very first one, or one with work to do.
fn record(first: bool) -> Tape {
    let mut town = Town::new();
    let state = town.state();
    if first {
        fs::remove_dir_all(&state).unwrap();
    }
    for feed in 0..4 {
        town.happens(&[feed, (feed + 1) % 4]);
    }
    let base = recording::files_of(&state);
    let log = town.home().join("calls");
    let strace = recording::options(&log);
    let life = town.live(&Orders { strace, ..Orders::once() });
    assert!(life.status.success(), "{}", life.said);
    let recording = Recording::read(&fs::read_to_string(log).unwrap(), &state);
    let mut tape = Tape { base, recording, held: Vec::new(), acknowledged: Vec::new() };
    tape.play();
    tape
}

impl Tape {
    /// Opens what the files were after each act, with nothing lost.
    fn play(&mut self) {
        let mut files = self.base.clone();
        let start = held(&files).expect("the state before can be opened");
        self.held.push(start);
        let mut acknowledged = 0;
        self.acknowledged.push(acknowledged);
        for act in self.recording.acts.clone() {
            act.apply(&mut files);
            let is_of_database = matches!(&act, Act::Write { file, .. } if file == Path::new("db"));
            if is_of_database {
                let now = held(&files).unwrap_or_else(|why| panic!("without a loss: {why}"));
                if self.held.last() != Some(&now) {
                    self.held.push(now);
                }
            }
            // The note of commits is written once they are safe: all that is held by then is.
            let is_note = matches!(&act, Act::Write { file, .. } if file == Path::new("commits"));
            if is_note {
                let now = held(&files).unwrap_or_else(|why| panic!("at a note: {why}"));
                acknowledged = self.held.iter().position(|one| *one == now).unwrap();
            }
            self.acknowledged.push(acknowledged);
        }
        assert!(self.held.len() > 2, "{} moments differ", self.held.len());
    }
}

/// What the disk has after the first `end` acts and a loss.
fn image(tape: &Tape, end: usize, loss: Loss, chance: &mut Chance) -> Files {
    let acts = &tape.recording.acts;
    let safe = tape.recording.safe(end);
    let unsafe_ones: Vec<usize> = (0..end).filter(|act| !safe.contains(act)).collect();
    let last = unsafe_ones.last().copied();
    let names_until = chance.below(end + 1);
    let (mut kept, mut torn) = (BTreeSet::new(), None);
    for act in unsafe_ones {
        let keeps = match loss {
            Loss::All => false,
            Loss::None => true,
            Loss::Last => Some(act) != last,
            Loss::AllButLast => Some(act) == last,
            Loss::Some | Loss::Torn if acts[act].is_of_names() => act < names_until,
            Loss::Some | Loss::Torn => chance.percent(50),
        };
        if keeps {
            kept.insert(act);
        } else if matches!(loss, Loss::Torn) && torn.is_none() && chance.percent(50) {
            torn = Some(act);
        }
    }
    let mut files = tape.base.clone();
    for (number, act) in acts[..end].iter().enumerate() {
        if safe.contains(&number) || kept.contains(&number) {
            act.apply(&mut files);
        } else if torn == Some(number) {
            tear(act, chance).apply(&mut files);
        }
    }
    files
}

/// A part of a write: up to the edge of a sector, or from one on.
fn tear(act: &Act, chance: &mut Chance) -> Act {
    let Act::Write { file, at, bytes } = act else { return act.clone() };
    let edges = (at / SECTOR + 1..=(at + bytes.len()) / SECTOR).map(|edge| edge * SECTOR - at);
    let edges: Vec<usize> = edges.filter(|edge| *edge < bytes.len()).collect();
    let edge = if edges.is_empty() { 0 } else { chance.pick(&edges) };
    if chance.percent(50) {
        Act::Write { file: file.clone(), at: *at, bytes: bytes[..edge].to_vec() }
    } else {
        Act::Write { file: file.clone(), at: at + edge, bytes: bytes[edge..].to_vec() }
    }
}

/// The image opens, and as some moment that is not before what was acknowledged.
fn check(tape: &Tape, end: usize, image: &Files) -> Result<(), String> {
    let found = held(image)?;
    let acknowledged = tape.acknowledged[end];
    match tape.held.iter().rposition(|one| *one == found) {
        None => Err("it holds what was never held".to_owned()),
        Some(moment) if moment < acknowledged => {
            Err(format!("it is at moment {moment}, but {acknowledged} was acknowledged"))
        }
        Some(_) => Ok(()),
    }
}

/// Everything that a state of these files holds, as text.
fn held(files: &Files) -> Result<String, String> {
    let directory = tempfile::tempdir_in(memory()).unwrap();
    let state = directory.path().join("state");
    recording::lay_out(files, &state);
    let read = || {
        let store = Store::open(&state)?;
        let mut items = store.items().collect::<Result<Vec<_>, _>>()?;
        items.sort_by_key(|item| item.key);
        Ok(format!(
            "{:?}{:?}{:?}{:?}{:?}{items:?}",
            store.source_records()?,
            store.developments()?,
            store.facts()?,
            store.untold()?,
            store.deliveries(usize::MAX)?,
        ))
    };
    read().map_err(|error: haguewatch::state::StateError| error.to_string())
}

/// Where images lie: in memory, where that can be had, since they need no real disk.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}
