//! What a commit leaves in the store, and what it refuses.

use super::*;

fn store_with(deliveries: &[&str]) -> Store {
    let store = Store::temporary().unwrap();
    let deliveries = deliveries.iter().map(|message| delivery(message)).collect();
    store.commit_edition(&Edition { deliveries, ..Edition::default() }).unwrap();
    store
}

fn outbox(store: &Store) -> Vec<(u64, String)> {
    let outbox = store.outbox().unwrap();
    outbox.iter().map(|d| (d.sequence, d.message.key.to_string())).collect()
}

fn untold(store: &Store) -> Vec<String> {
    let tells = store.untold().unwrap();
    tells.iter().map(|tell| format!("{} {:?}", tell.development, tell.kind)).collect()
}

#[test]
fn everything_in_an_intake_reads_back() {
    let store = Store::temporary().unwrap();
    let intakes = [intake("harbour-post", 30), intake("tide-times", 1), intake("quiet", 0)];
    store.commit_intakes(&intakes).unwrap();
    for intake in &intakes {
        check_whole(&store, intake);
    }
    assert_eq!(store.items().collect::<Result<Vec<_>, _>>().unwrap().len(), 31);
    assert_eq!(store.developments().unwrap().len(), 3);
    assert_eq!(store.source_records().unwrap().len(), 3);
    let counts = store.counts().unwrap();
    assert_eq!((counts.sources, counts.seen, counts.items), (3, 62, 31));
    assert_eq!((counts.developments, counts.facts, counts.untold), (3, 3, 3));
}

#[test]
fn what_was_never_committed_is_not_there() {
    let store = Store::temporary().unwrap();
    assert_eq!(store.source_record(&"harbour-post".into()).unwrap(), None);
    assert_eq!(store.item(&key("a")).unwrap(), None);
    assert_eq!(store.development(&"K7Q2M".into()).unwrap(), None);
    assert!(store.seen(&[key("a"), key("b")]).unwrap().is_empty());
}

#[test]
fn an_id_that_begins_with_another_is_another() {
    let store = Store::temporary().unwrap();
    store.commit_intakes(&[intake("tide", 1), intake("tide-times", 2)]).unwrap();
    check_whole(&store, &intake("tide", 1));
    check_whole(&store, &intake("tide-times", 2));
}

#[test]
fn an_intake_whose_tells_cannot_be_placed_leaves_no_trace() {
    let store = Store::temporary().unwrap();
    store.0.db.insert(keys::meta(keys::NEXT_TELL), "not a number").unwrap();
    let error = store.commit_intakes(&[intake("harbour-post", 30)]).unwrap_err();
    assert!(error.to_string().contains("the store's next-tell"), "{error}");
    assert_eq!(store.counts().unwrap(), Counts::default());
    // It was one record's fault: others are written as before.
    store.commit_intakes(&[tells_only(Vec::new())]).unwrap();
}

#[test]
fn a_fact_that_becomes_better_established_takes_its_own_place() {
    let store = Store::temporary().unwrap();
    let mut intake = intake("harbour-post", 1);
    store.commit_intakes(std::slice::from_ref(&intake)).unwrap();
    intake.changes[0].after.status = Status::Confirmed;
    store.commit_intakes(std::slice::from_ref(&intake)).unwrap();
    assert_eq!(store.facts().unwrap(), [intake.changes[0].after.clone()]);
}

#[test]
fn facts_of_one_subject_on_other_days_or_steps_stand_side_by_side() {
    let store = Store::temporary().unwrap();
    let mut intake = intake("harbour-post", 1);
    let first = intake.changes[0].clone();
    let (mut later, mut sought) = (first.clone(), first.clone());
    later.after.since = jiff::civil::date(2026, 3, 4);
    sought.after.step = Step::parse("warrant.sought").unwrap();
    sought.after.since = jiff::civil::date(2026, 2, 1);
    intake.changes = vec![later, first, sought];
    store.commit_intakes(std::slice::from_ref(&intake)).unwrap();
    let days: Vec<i8> = store.facts().unwrap().iter().map(|fact| fact.since.day()).collect();
    assert_eq!(days, [1, 1, 4]);
}

#[test]
fn tells_keep_the_order_of_decision_past_any_number_of_digits() {
    let store = Store::temporary().unwrap();
    let name = |number: usize| format!("D{}", (number * 7919) % 600);
    for group in 0..6 {
        let tells = (0..100).map(|n| tell(&name(group * 100 + n), TellKind::New, 0)).collect();
        store.commit_intakes(&[tells_only(tells)]).unwrap();
    }
    let expected: Vec<String> = (0..600).map(|number| format!("{} New", name(number))).collect();
    assert_eq!(untold(&store), expected);
}

#[test]
fn a_development_is_told_as_new_once_for_ever() {
    let store = Store::temporary().unwrap();
    let new = tell("K7Q2M", TellKind::New, 0);
    let again = tell("K7Q2M", TellKind::New, 9);
    store.commit_intakes(&[tells_only(vec![new.clone(), again.clone()])]).unwrap();
    store.commit_intakes(&[tells_only(vec![again.clone()])]).unwrap();
    assert_eq!(store.untold().unwrap(), std::slice::from_ref(&new));

    store.commit_edition(&Edition { done: vec![new], ..Edition::default() }).unwrap();
    store.commit_intakes(&[tells_only(vec![again])]).unwrap();
    assert!(store.untold().unwrap().is_empty());
}

#[test]
fn a_development_may_be_updated_any_number_of_times() {
    let store = Store::temporary().unwrap();
    let tells = vec![
        tell("K7Q2M", TellKind::New, 0),
        tell("K7Q2M", TellKind::Update, 1),
        tell("K7Q2M", TellKind::Update, 2),
    ];
    store.commit_intakes(&[tells_only(tells.clone())]).unwrap();
    assert_eq!(store.untold().unwrap(), tells);
    let done = vec![tells[1].clone()];
    store.commit_edition(&Edition { done, ..Edition::default() }).unwrap();
    assert_eq!(store.untold().unwrap(), [tells[0].clone(), tells[2].clone()]);
}

#[test]
fn an_edition_takes_tells_out_and_puts_deliveries_in() {
    let store = Store::temporary().unwrap();
    let tells = vec![tell("D1", TellKind::New, 0), tell("D2", TellKind::New, 1)];
    store.commit_intakes(&[tells_only(tells.clone())]).unwrap();
    let deliveries = vec![delivery("b"), delivery("a")];
    let edition = Edition { deliveries, done: tells[..1].to_vec(), ..Edition::default() };
    store.commit_edition(&edition).unwrap();
    assert_eq!(outbox(&store), [(1, "b".into()), (2, "a".into())]);
    assert_eq!(untold(&store), ["D2 New"]);
}

#[test]
fn the_same_edition_again_changes_nothing() {
    let store = store_with(&["a", "b", "a"]);
    let edition = Edition { deliveries: vec![delivery("a"), delivery("b")], ..Edition::default() };
    store.commit_edition(&edition).unwrap();
    assert_eq!(outbox(&store), [(1, "a".into()), (2, "b".into())]);
}

#[test]
fn a_message_is_not_enqueued_again_whatever_became_of_it() {
    let states = [
        DeliveryState::Pending,
        DeliveryState::Sending(at(2)),
        DeliveryState::Sent(Receipt { message_id: Some(7), at: at(3) }),
        DeliveryState::Dead("the channel is gone".into()),
    ];
    for state in states {
        let store = store_with(&["a"]);
        let mut enqueued = store.outbox().unwrap().remove(0);
        enqueued.state = state;
        store.record_delivery(&enqueued).unwrap();
        let again = Edition { deliveries: vec![delivery("a")], ..Edition::default() };
        store.commit_edition(&again).unwrap();
        assert_eq!(store.deliveries(9).unwrap(), [enqueued]);
    }
}

#[test]
fn the_outbox_holds_what_is_not_sent_nor_dead() {
    let store = store_with(&["a", "b", "c", "d"]);
    let mut all = store.outbox().unwrap();
    all[0].state = DeliveryState::Sent(Receipt { message_id: None, at: at(3) });
    all[1].state = DeliveryState::Dead("the channel is gone".into());
    all[2].state = DeliveryState::Sending(at(4));
    for delivery in &all {
        store.record_delivery(delivery).unwrap();
    }
    assert_eq!(store.outbox().unwrap(), all[2..]);
    let expected = OutboxCounts { pending: 1, sending: 1, sent: 1, dead: 1 };
    assert_eq!(store.counts().unwrap().outbox, expected);

    all.reverse();
    assert_eq!(store.deliveries(9).unwrap(), all);
    assert_eq!(store.deliveries(3).unwrap(), all[..3]);
}

#[test]
fn a_delivery_that_was_never_enqueued_cannot_be_recorded() {
    let store = store_with(&["a"]);
    let mut enqueued = store.outbox().unwrap().remove(0);
    enqueued.sequence = 5;
    let error = store.record_delivery(&enqueued).unwrap_err().to_string();
    assert!(error.contains("message a") && error.contains("sequence 1, not 5"), "{error}");
    assert!(store.record_delivery(&delivery("z")).is_err());
    assert_eq!(outbox(&store), [(1, "a".into())]);
}

#[test]
fn sequences_go_on_after_the_store_was_closed() {
    let directory = tempfile::tempdir().unwrap();
    for (sequence, message) in [(1, "a"), (2, "b")] {
        let store = Store::open(directory.path()).unwrap();
        let edition = Edition { deliveries: vec![delivery(message)], ..Edition::default() };
        store.commit_edition(&edition).unwrap();
        let mut enqueued = store.outbox().unwrap().remove(0);
        assert_eq!(enqueued.sequence, sequence);
        enqueued.state = DeliveryState::Sent(Receipt { message_id: Some(7), at: at(3) });
        store.record_delivery(&enqueued).unwrap();
    }
}

/// What is said when the value under a key is overwritten and everything is read.
#[track_caller]
fn check_named(key: Vec<u8>, name: &str) {
    let store = Store::temporary().unwrap();
    store.commit_intakes(&[intake("harbour-post", 2)]).unwrap();
    store
        .commit_edition(&Edition { deliveries: vec![delivery("a")], ..Edition::default() })
        .unwrap();
    assert!(store.0.db.insert(key, b"{\"1\":{}}").unwrap().is_some());
    let error = read_everything(&store).unwrap_err();
    assert!(matches!(error, StateError::Record { .. }));
    assert!(error.to_string().contains(name), "{error}");
}

fn read_everything(store: &Store) -> Result<(), StateError> {
    store.source_records()?;
    store.seen(&item("harbour-post", 0).rungs)?;
    store.items().try_for_each(|item| item.map(drop))?;
    store.developments()?;
    store.facts()?;
    store.untold()?;
    store.outbox()?;
    Ok(())
}

#[test]
fn a_record_that_cannot_be_read_is_named_and_not_skipped() {
    let item = item("harbour-post", 0);
    let development = development("D-harbour-post", &[]);
    check_named(keys::source(&"harbour-post".into()), "source harbour-post");
    check_named(keys::seen(&item.key), &format!("seen mark {}", item.key));
    check_named(keys::item(&item.key), &format!("item {}", item.key));
    check_named(keys::development(&development.id), "development D-harbour-post");
    check_named(keys::fact(&fact(&development)), "fact warrant ICC person D-harbour-post");
    check_named(keys::numbered(keys::Table::Tell, 1), "tell 1");
    check_named(keys::numbered(keys::Table::Outbox, 1), "delivery 1");
}

fn check_halted(store: &Store) {
    let refused = store.commit_intakes(&[intake("harbour-post", 1)]);
    assert!(matches!(refused, Err(StateError::Halted { .. })));
    let refused = store.commit_edition(&Edition::default());
    assert!(matches!(refused, Err(StateError::Halted { .. })));
    assert_eq!(store.counts().unwrap(), Counts::default());
}

#[test]
fn after_a_write_that_the_disk_refused_nothing_is_written() {
    let store = Store::temporary().unwrap();
    let source = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let failed = store.write(|| Err(StateError::Disk { path: "db".into(), source }));
    assert!(matches!(failed, Err(StateError::Disk { .. })));
    check_halted(&store);
}

#[test]
fn after_a_write_that_panicked_nothing_is_written() {
    let store = Store::temporary().unwrap();
    let write = std::panic::AssertUnwindSafe(|| store.write(|| panic!("in the middle")));
    assert!(std::panic::catch_unwind(write).is_err());
    check_halted(&store);
}

#[test]
fn what_waits_is_kept_by_channel_and_time_until_it_is_released() {
    let store = Store::temporary().unwrap();
    let row = |channel, id: &str, second| Waiting {
        channel: ChannelId(channel),
        tell: tell(id, TellKind::New, second),
    };
    let held = vec![row(7, "AAAAA", 300), row(7, "BBBBB", -20), row(3, "AAAAA", 900)];
    let edition = Edition { held: held.clone(), ..Edition::default() };
    store.commit_edition(&edition).unwrap();
    store.commit_edition(&edition).unwrap();
    let [a, b, c] = held.try_into().unwrap();
    assert_eq!(store.waiting().unwrap(), [c.clone(), b.clone(), a.clone()]);
    let released = vec![c, a];
    store.commit_edition(&Edition { released, ..Edition::default() }).unwrap();
    assert_eq!(store.waiting().unwrap(), [b]);
}

#[test]
fn what_a_digest_covers_is_never_enqueued_by_itself() {
    let store = Store::temporary().unwrap();
    let covered = vec![("one".into(), "digest".into()), ("two".into(), "digest".into())];
    let edition = Edition { deliveries: vec![delivery("digest")], covered, ..Edition::default() };
    store.commit_edition(&edition).unwrap();
    assert!(store.is_enqueued(&"one".into()).unwrap() && store.is_enqueued(&"two".into()).unwrap());
    assert!(!store.is_enqueued(&"three".into()).unwrap());
    let deliveries = ["one", "three", "two"].map(delivery).to_vec();
    store.commit_edition(&Edition { deliveries, ..Edition::default() }).unwrap();
    assert_eq!(outbox(&store), [(1, "digest".to_owned()), (2, "three".to_owned())]);
}
