//! What is left when the process dies. Losing power cannot be tried here; that the files are
//! synced is for the reader of `durable` to see.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use super::*;

#[test]
fn a_commit_that_returned_is_in_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    for round in 0..50 {
        let intakes = [intake(&format!("a{round}"), 3), intake(&format!("b{round}"), 2)];
        store.commit_intakes(&intakes).unwrap();
        let edition =
            Edition { deliveries: vec![delivery(&format!("m{round}"))], ..Edition::default() };
        store.commit_edition(&edition).unwrap();
        let mut enqueued = store.outbox().unwrap().remove(0);
        enqueued.state = DeliveryState::Sent(Receipt { message_id: Some(round), at: at(3) });
        store.record_delivery(&enqueued).unwrap();

        let grave = tempfile::tempdir().unwrap();
        leave_behind(directory.path(), grave.path());
        let found = Store::open(grave.path()).unwrap();
        for intake in &intakes {
            check_whole(&found, intake);
        }
        assert_eq!(found.deliveries(1).unwrap(), [enqueued]);
        assert_eq!(found.counts().unwrap(), store.counts().unwrap());
    }
}

#[test]
fn a_value_that_lies_in_a_file_of_its_own_is_in_the_files() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let mut large = intake("harbour-post", 2);
    large.items[0].posting.text = "A long lead. ".repeat(40_000);
    store.commit_intakes(std::slice::from_ref(&large)).unwrap();
    assert!(fs::read_dir(directory.path().join("blobs")).unwrap().next().is_some());

    let grave = tempfile::tempdir().unwrap();
    leave_behind(directory.path(), grave.path());
    check_whole(&Store::open(grave.path()).unwrap(), &large);
}

/// The log is written from front to back, so whatever moment a process dies at, what it leaves is
/// the old file with the new bytes up to some place.
#[test]
fn a_log_that_was_cut_anywhere_holds_an_intake_whole_or_not_at_all() {
    const CUTS: usize = 40;
    let directory = tempfile::tempdir().unwrap();
    let log = directory.path().join("db");
    let store = Store::open(directory.path()).unwrap();
    let (first, second) = (intake("harbour-post", 5), intake("tide-times", 20));
    store.commit_intakes(std::slice::from_ref(&first)).unwrap();
    let mut before = fs::read(&log).unwrap();
    let base = tempfile::tempdir().unwrap();
    leave_behind(directory.path(), base.path());
    store.commit_intakes(std::slice::from_ref(&second)).unwrap();
    let after = fs::read(&log).unwrap();
    before.resize(after.len(), 0);
    let differs = |place: &usize| before[*place] != after[*place];
    let from = (0..after.len()).find(differs).unwrap();
    let to = (0..after.len()).rfind(differs).unwrap() + 1;

    let mut whole = 0;
    for cut in 0..=CUTS {
        let cut = from + (to - from) * cut / CUTS;
        let grave = tempfile::tempdir().unwrap();
        leave_behind(base.path(), grave.path());
        fs::write(grave.path().join("db"), [&after[..cut], &before[cut..]].concat()).unwrap();
        let found = Store::open(grave.path()).unwrap();
        check_whole(&found, &first);
        if found.source_record(&second.source).unwrap().is_some() {
            check_whole(&found, &second);
            whole += 1;
        } else {
            let counts = found.counts().unwrap();
            assert_eq!((counts.seen, counts.items, counts.untold), (10, 5, 1), "cut at {cut}");
            assert_eq!((counts.developments, counts.facts), (1, 1), "cut at {cut}");
        }
    }
    assert!((1..CUTS).contains(&whole), "{whole} of {CUTS} cuts are before its end");
}

/// The sources that the writer below writes, by number.
fn numbered(number: usize) -> Intake {
    intake(&format!("{number:06}"), 20)
}

/// Not a test of its own: the process that [`killed_anywhere`] kills. It is told a directory on
/// its input, commits to the store there without end, three intakes at a time, and says how many
/// sources are acknowledged.
#[test]
#[ignore = "is run and killed by another test"]
fn writer() {
    let mut directory = String::new();
    std::io::stdin().read_line(&mut directory).unwrap();
    if directory.is_empty() {
        return;
    }
    let store = Store::open(Path::new(directory.trim_end())).unwrap();
    let mut next = store.source_records().unwrap().len();
    loop {
        let group: Vec<Intake> = (next..next + 3).map(numbered).collect();
        store.commit_intakes(&group).unwrap();
        next += group.len();
        println!("\nacknowledged {next}");
    }
}

#[test]
fn killed_anywhere_what_was_acknowledged_is_there_and_nothing_in_part() {
    let directory = tempfile::tempdir().unwrap();
    for cycle in 1..=5 {
        let acknowledged = write_until_killed(directory.path(), cycle);
        let store = Store::open(directory.path()).unwrap();
        let found = store.source_records().unwrap().len();
        assert!(found >= acknowledged, "{acknowledged} acknowledged, {found} found");
        // What is found has no holes and no halves.
        (0..found).for_each(|number| check_whole(&store, &numbered(number)));
        let counts = store.counts().unwrap();
        assert_eq!((counts.items, counts.seen), (found * 20, found * 40));
        assert_eq!((counts.developments, counts.facts, counts.untold), (found, found, found));
    }
}

/// Runs the writer, kills it after so many acknowledgements, and says how far it acknowledged.
fn write_until_killed(directory: &Path, acknowledgements: usize) -> usize {
    let mut writer = Command::new("/proc/self/exe")
        .args(["--exact", "state::tests::dying::writer", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(writer.stdin.take().unwrap(), "{}", directory.display()).unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = lines.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
    let before = said.by_ref().take(acknowledgements).last().expect("the writer works");
    writer.kill().unwrap();
    writer.wait().unwrap();
    // What it acknowledged between the last line read and its death counts too.
    said.last().unwrap_or(before)
}
