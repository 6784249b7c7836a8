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
            Edition { deliveries: vec![delivery(&format!("m{round}"))], done: Vec::new() };
        store.commit_edition(&edition).unwrap();
        let mut enqueued = store.outbox().unwrap().remove(0);
        enqueued.state = DeliveryState::Sent(Receipt { message_id: Some(round), at: at(3) });
        store.record_delivery(&enqueued).unwrap();

        let grave = tempfile::tempdir().unwrap();
        leave_behind(directory.path(), grave.path());
        let found = Store::open(grave.path()).unwrap();
        intakes.iter().for_each(|intake| check_whole(&found, intake));
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
    for cycle in 1..=8 {
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
