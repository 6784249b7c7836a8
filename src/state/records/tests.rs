//! Every record reads back as it was written, those of version 1 for ever, and what cannot be
//! read is said and not guessed.

use std::fmt::Debug;

use proptest::{prelude::Strategy, test_runner::TestRunner};

use super::{
    Unreadable, arbitrary, delivery, development, fact, item, message, seen, source, spell, tell,
    waiting,
};
use crate::model::{
    Delivery, DeliveryState, Development, Fact, Item, ItemKey, Origin, Receipt, SourceRecord,
    Status, Subject, Tell, TellKind, Telling,
};

/// Writes and reads any value of a kind.
fn check_round_trip<T: Debug + PartialEq>(
    values: impl Strategy<Value = T>,
    encode: impl Fn(&T) -> Vec<u8>,
    decode: impl Fn(&[u8]) -> Result<T, Unreadable>,
) {
    let mut runner = TestRunner::default();
    let done = runner.run(&values, |value| {
        let bytes = encode(&value);
        assert_eq!(decode(&bytes).as_ref(), Ok(&value), "{}", String::from_utf8_lossy(&bytes));
        Ok(())
    });
    done.unwrap();
}

#[test]
fn items_read_back() {
    check_round_trip(arbitrary::item(), item::encode, item::decode);
}

#[test]
fn source_records_read_back() {
    check_round_trip(arbitrary::source_record(), source::encode, source::decode);
}

#[test]
fn developments_read_back() {
    check_round_trip(arbitrary::development(), development::encode, development::decode);
}

#[test]
fn facts_read_back() {
    check_round_trip(arbitrary::fact(), fact::encode, fact::decode);
}

#[test]
fn tells_read_back() {
    check_round_trip(arbitrary::tell(), tell::encode, tell::decode);
}

#[test]
fn waiting_tells_read_back() {
    check_round_trip(arbitrary::waiting(), waiting::encode, waiting::decode);
}

#[test]
fn deliveries_read_back() {
    check_round_trip(arbitrary::delivery(), delivery::encode, delivery::decode);
}

#[test]
fn wanted_messages_read_back() {
    check_round_trip(arbitrary::message(), message::encode, message::decode);
}

#[test]
fn spells_read_back() {
    check_round_trip(arbitrary::spell(), spell::encode, spell::decode);
}

#[test]
fn seen_marks_read_back() {
    let encode = |mark: &_| seen::encode(*mark).to_vec();
    check_round_trip(arbitrary::seen_mark(), encode, seen::decode);
}

const ITEM_V1: &str = r#"{"1":{"key":"000102030405060708090a0b0c0d0e0f",
    "rungs":["000102030405060708090a0b0c0d0e0f"],"content":"ffffffffffffffffffffffffffffffff",
    "source":"harbour-post","owner":"harbour","posting":{"guid":"g-1","title":"Court \u201crules\u201d",
    "text":"","published":"2026-03-01T08:00:00.5Z"},"url":"https://harbour.example/1",
    "seen":"2026-03-01T09:00:00Z"}}"#;

const SOURCE_V1: &str = r#"{"1":{"validators":{"url":"https://harbour.example/feed","etag":"\"v\u00e9\"",
    "last_modified":null},"body_hash":null,"baseline":"2026-03-01T09:00:00Z","next_due":null,
    "forbidden_until":null,"gone":false,"failures":2,"address":1,"last_asked":null,"last_good":null,
    "last_new":null,"last_outcome":"304","postings":30}}"#;

const DEVELOPMENT_V1: &str = r#"{"1":{"id":"K7Q2M","kind":"warrant","action":"issued","body":"ICC",
    "case":null,"states":["XKX"],"persons":["Ada Example"],"date":"2026-02-28","status":"confirmed",
    "first_reported":"2026-03-01T08:00:00Z","last_reported":"2026-03-01T09:00:00Z","reports":[
    {"item":"000102030405060708090a0b0c0d0e0f","source":"harbour-post","owner":"harbour","voice":null,
    "title":"A warrant","url":null,"at":"2026-03-01T08:00:00Z","score":90,
    "evidence":[{"field":"title","start":2,"end":9,"rule":"warrant.issued"}]}],
    "why":"no row of this kind was known","announced":true}}"#;

const FACT_V1: &str = r#"{"1":{"ledger":"warrant","body":"ICC","subject":{"person":"Ada Example"},
    "kind":"warrant","action":"issued","since":"2026-02-28","status":"reported",
    "development":"K7Q2M","sources":["https://harbour.example/1"]}}"#;

const TELL_V1: &str =
    r#"{"1":{"development":"K7Q2M","kind":"update","at":"2026-03-01T08:00:00Z"}}"#;

const DELIVERY_V1: &str = r#"{"1":{"sequence":7,"message":{"key":"m-1","channel":42,
    "development":"K7Q2M","content":"","mention_roles":[3],"embed":{"title":"t","url":null,
    "description":"d","colour":255,"fields":[{"name":"n","value":"v","inline":true}],
    "footer":"K7Q2M","timestamp":null}},"enqueued":"2026-03-01T08:00:00Z","attempts":1,
    "next_attempt":"2026-03-01T08:01:00Z","state":{"sent":{"message_id":99,"at":"2026-03-01T08:00:02Z"}}}}"#;

#[test]
fn an_item_of_version_1_still_reads() {
    let item: Item = item::decode(ITEM_V1.as_bytes()).unwrap();
    assert_eq!(item.key, ItemKey([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]));
    assert_eq!(item.posting.title, "Court “rules”");
    assert_eq!(item.posting.published, Some("2026-03-01T08:00:00.5Z".parse().unwrap()));
    assert_eq!(item.posting.updated, None);
}

#[test]
fn a_source_of_version_1_still_reads() {
    let record: SourceRecord = source::decode(SOURCE_V1.as_bytes()).unwrap();
    let (url, validators) = record.validators.unwrap();
    assert_eq!(url.as_str(), "https://harbour.example/feed");
    assert_eq!(validators.etag.as_deref(), Some(&b"\"v\xe9\""[..]));
    assert_eq!((record.failures, record.address, record.postings), (2, 1, 30));
}

#[test]
fn a_development_of_version_1_still_reads() {
    let development: Development = development::decode(DEVELOPMENT_V1.as_bytes()).unwrap();
    assert_eq!(development.step.to_string(), "warrant.issued");
    assert_eq!(development.status, Status::Confirmed);
    assert_eq!(development.reports[0].evidence[0].rule.as_str(), "warrant.issued");
}

#[test]
fn a_fact_of_version_1_still_reads() {
    let fact: Fact = fact::decode(FACT_V1.as_bytes()).unwrap();
    assert_eq!(fact.subject, Subject::Person("Ada Example".into()));
    assert_eq!(fact.origin, Origin::Development("K7Q2M".into()));
}

#[test]
fn a_tell_of_version_1_still_reads() {
    let tell: Tell = tell::decode(TELL_V1.as_bytes()).unwrap();
    assert_eq!((tell.development.as_str(), tell.kind), ("K7Q2M", TellKind::Update));
}

#[test]
fn a_delivery_of_version_1_still_reads() {
    let delivery: Delivery = delivery::decode(DELIVERY_V1.as_bytes()).unwrap();
    let at = "2026-03-01T08:00:02Z".parse().unwrap();
    assert_eq!(delivery.state, DeliveryState::Sent(Receipt { message_id: Some(99), at }));
    let telling = Telling { development: "K7Q2M".into(), kind: TellKind::New };
    assert_eq!((delivery.message.developments, delivery.message.reply_to), (vec![telling], None));
    let update =
        DELIVERY_V1.replacen("\"footer\":\"K7Q2M\"", "\"footer\":\"#K7Q2M · confirmed\"", 1);
    let update = delivery::decode(update.as_bytes()).unwrap();
    assert_eq!(update.message.developments[0].kind, TellKind::Update);
}

/// What is said of a development record in which `from` was replaced.
fn check_unreadable(from: &str, to: &str, said: &str) {
    let text = DEVELOPMENT_V1.replacen(from, to, 1);
    assert_ne!(text, DEVELOPMENT_V1);
    let error = development::decode(text.as_bytes()).unwrap_err();
    assert!(error.contains(said), "{error}");
}

#[test]
fn a_record_that_cannot_be_read_says_why() {
    check_unreadable("\"1\"", "\"2\"", "unknown variant `2`");
    check_unreadable("warrant", "warant", "`warant.issued` is no step");
    check_unreadable("issued", "joined", "`warrant.joined` is no step");
    check_unreadable("XKX", "xkx", "`xkx` is no state code");
    check_unreadable("confirmed", "sure", "`sure` is no status");
    check_unreadable("\"title\",\"start\"", "\"lead\",\"start\"", "`lead` is no field");
    check_unreadable("2026-02-28", "2026-02-30", "`2026-02-30`");
    check_unreadable("\"id\":\"K7Q2M\",", "", "missing field `id`");
    check_unreadable("000102", "0001", "not 16 bytes in hexadecimal");
}

#[test]
fn a_seen_mark_of_another_length_is_unreadable() {
    assert!(seen::decode(&[0; 3]).is_err());
    assert!(seen::decode(&[0; 16]).is_err());
    assert!(seen::decode(&[0; 18]).is_err());
}
