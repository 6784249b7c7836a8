//! What opening does with what it finds.

use super::*;

/// A closed store with something in it.
fn closed() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    store.commit_intakes(&[intake("harbour-post", 30)]).unwrap();
    directory
}

/// What opening says after something was done to the files of a closed store.
#[track_caller]
fn check_refused(harm: impl FnOnce(&Path)) -> StateError {
    let directory = closed();
    harm(directory.path());
    let error = Store::open(directory.path()).unwrap_err();
    let copied = Store::scratch_copy(directory.path()).map(|_| "a copy");
    assert_eq!(copied.unwrap_err().to_string(), error.to_string());
    error
}

#[track_caller]
fn check_damaged(harm: impl FnOnce(&Path)) {
    let error = check_refused(harm);
    assert!(matches!(error, StateError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("put back a copy"), "{error}");
}

#[test]
fn a_directory_that_is_missing_is_made() {
    let directory = tempfile::tempdir().unwrap();
    let deep = directory.path().join("a/b");
    assert_eq!(Store::open(&deep).unwrap().counts().unwrap(), Counts::default());
}

#[test]
fn a_store_that_was_closed_opens_with_everything_in_it() {
    let directory = closed();
    check_whole(&Store::open(directory.path()).unwrap(), &intake("harbour-post", 30));
}

#[test]
fn a_second_open_is_refused_with_the_holder_named() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap();
    let said = Store::open(directory.path()).unwrap_err().to_string();
    assert!(said.contains(&format!("in use by process {}", std::process::id())), "{said}");

    let holder = Holder::this_process("haguewatch run", at(0)).with_ops("127.0.0.1:9464");
    store.announce(&holder).unwrap();
    for refused in [Store::open(directory.path()), Store::scratch_copy(directory.path())] {
        match refused.unwrap_err() {
            StateError::Locked { holder: Some(found), .. } => assert_eq!(found, holder),
            other => panic!("{other}"),
        }
    }

    drop(store);
    Store::open(directory.path()).unwrap();
}

#[test]
fn a_store_that_another_program_locked_is_refused() {
    let directory = closed();
    let database = fs::File::open(directory.path().join("db")).unwrap();
    database.lock().unwrap();
    let error = Store::open(directory.path()).unwrap_err();
    assert!(matches!(error, StateError::Locked { .. }), "{error}");
}

#[test]
fn an_unfinished_snapshot_is_removed() {
    let directory = closed();
    let snapshot = directory.path().join("snap.0FFFFFFFFFFFFFFF.generating");
    fs::write(&snapshot, [7; 100]).unwrap();
    let store = Store::open(directory.path()).unwrap();
    assert!(!snapshot.exists());
    check_whole(&store, &intake("harbour-post", 30));
}

#[test]
fn garbage_in_place_of_the_database_is_damage() {
    check_damaged(|directory| {
        let noise: Vec<u8> =
            (0..2_000_u32).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes()).collect();
        fs::write(directory.join("db"), noise).unwrap();
    });
}

#[test]
fn garbage_in_place_of_everything_is_damage() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("db"), vec![0x5a; 70_000]).unwrap();
    let error = Store::open(directory.path()).unwrap_err();
    assert!(matches!(error, StateError::Damaged { .. }), "{error}");
}

#[test]
fn an_emptied_database_is_damage_and_not_a_new_one() {
    check_damaged(|directory| fs::write(directory.join("db"), "").unwrap());
}

#[test]
fn a_snapshot_of_garbage_is_damage() {
    check_damaged(|directory| {
        drop(Store::open(directory).unwrap());
        for file in fs::read_dir(directory).unwrap().map(Result::unwrap) {
            if file.file_name().to_string_lossy().starts_with("snap.") {
                fs::write(file.path(), [7; 300]).unwrap();
            }
        }
    });
}

#[test]
fn a_newer_format_is_refused_before_the_database_is_touched() {
    let error = check_refused(|directory| fs::write(directory.join("format"), "2\n").unwrap());
    assert!(matches!(error, StateError::TooNew { found: 2, known: 1 }), "{error}");
}

#[test]
fn a_newer_format_inside_the_database_is_refused() {
    let error = check_refused(|directory| {
        let store = Store::open(directory).unwrap();
        store.0.db.insert(keys::meta(keys::FORMAT), &2_u32.to_be_bytes()).unwrap();
    });
    assert!(matches!(error, StateError::TooNew { found: 2, known: 1 }), "{error}");
}

#[test]
fn a_format_that_is_no_number_is_damage() {
    check_damaged(|directory| fs::write(directory.join("format"), "one").unwrap());
}

#[test]
fn a_first_start_that_died_before_it_ended_is_a_first_start_again() {
    let directory = tempfile::tempdir().unwrap();
    drop(sled::Config::new().path(directory.path()).open().unwrap());
    Store::open(directory.path()).unwrap();
    assert!(directory.path().join("format").exists());
}

#[test]
fn a_temporary_store_is_gone_when_it_is_dropped() {
    let store = Store::temporary().unwrap();
    let directory = store.0.disk.directory().to_owned();
    let clone = store.clone();
    store.commit_intakes(&[intake("harbour-post", 3)]).unwrap();
    drop(store);
    check_whole(&clone, &intake("harbour-post", 3));
    drop(clone);
    assert!(!directory.exists());
}

#[test]
fn a_scratch_copy_knows_everything_and_writes_nothing_back() {
    let directory = closed();
    let before = fs::read(directory.path().join("db")).unwrap();
    let copy = Store::scratch_copy(directory.path()).unwrap();
    copy.commit_intakes(&[intake("tide-times", 30)]).unwrap();
    check_whole(&copy, &intake("harbour-post", 30));
    check_whole(&copy, &intake("tide-times", 30));

    assert_eq!(fs::read(directory.path().join("db")).unwrap(), before);
    let original = Store::open(directory.path()).unwrap();
    assert_eq!(original.source_record(&"tide-times".into()).unwrap(), None);
}

#[test]
fn a_scratch_copy_of_nothing_is_empty_and_makes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("state");
    let copy = Store::scratch_copy(&missing).unwrap();
    assert_eq!(copy.counts().unwrap(), Counts::default());
    assert!(!missing.exists());
}

#[test]
fn a_store_can_be_shared_between_threads() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<Store>();
}

/// Harms the log of a store at four places, one at a time.
fn check_log(opened_before: bool, harm: fn(&mut Vec<u8>, usize)) {
    for part in 0..4 {
        check_damaged(|directory| {
            if opened_before {
                // Opening leaves a snapshot, an index of the log; sled takes another way then.
                drop(Store::open(directory).unwrap());
            }
            let mut log = fs::read(directory.join("db")).unwrap();
            let end = log.iter().rposition(|byte| *byte != 0).unwrap();
            harm(&mut log, 4_000 + (end - 4_000) * part / 4);
            fs::write(directory.join("db"), log).unwrap();
        });
    }
}

#[test]
fn a_log_with_one_bit_turned_is_damage_and_not_a_shorter_one() {
    check_log(false, |log, place| log[place] ^= 0x10);
    check_log(true, |log, place| log[place] ^= 0x10);
}

#[test]
fn a_log_that_lost_its_end_is_damage_and_not_a_shorter_one() {
    check_log(false, Vec::truncate);
    check_log(true, Vec::truncate);
}

#[test]
fn a_first_start_that_died_within_its_settings_is_a_first_start_again() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("conf"), [1, 2, 3, 4, 5, 6, 7, 8, 9]).unwrap();
    Store::open(directory.path()).unwrap();
}
