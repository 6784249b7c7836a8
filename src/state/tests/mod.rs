//! The store from outside: opening, committing, dying. What the tests share are made-up values.

mod committing;
#[cfg(target_os = "linux")]
mod dying;
mod opening;

use std::{fs, path::Path};

use jiff::Timestamp;

use super::*;
use crate::model::*;

/// A moment so many seconds after an arbitrary one.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_352_000 + second).unwrap()
}

fn key(of: &str) -> ItemKey {
    ItemKey(blake3::hash(of.as_bytes()).as_bytes()[..16].try_into().unwrap())
}

fn item(source: &str, number: usize) -> Item {
    let name = format!("{source}/{number}");
    Item {
        key: key(&name),
        rungs: vec![key(&name), key(&format!("{name} by address"))],
        content: key(&format!("{name} content")).0,
        source: source.into(),
        owner: "harbour".into(),
        posting: Posting {
            guid: Some(name.clone()),
            url: Some(format!("https://harbour.example/{name}?from=feed")),
            title: format!("A made-up headline with the number {number}"),
            text: "Two sentences stand for a lead. They are about as long as leads are, and say \
                   nothing at all about any court, state or person that there is."
                .into(),
            published: Some(at(-60)),
            updated: None,
        },
        url: Some(format!("https://harbour.example/{name}")),
        seen: at(0),
        taken: Taken::default(),
    }
}

fn development(id: &str, items: &[Item]) -> Development {
    let report = |item: &Item| Report {
        item: item.key,
        source: item.source.clone(),
        owner: item.owner.clone(),
        voice: None,
        title: item.posting.title.clone(),
        url: item.url.clone(),
        at: item.moment(),
        score: 80,
        evidence: vec![Evidence {
            field: Field::Title,
            start: 0,
            end: 9,
            rule: "warrant.issued".into(),
        }],
        joined: Joined::default(),
    };
    Development {
        id: id.into(),
        step: Step::parse("warrant.issued").unwrap(),
        body: Some("ICC".into()),
        case: None,
        states: vec![StateCode::parse("XKX").unwrap()],
        persons: vec!["Ada Example".into()],
        date: jiff::civil::date(2026, 3, 1),
        status: Status::Reported,
        first_reported: at(0),
        last_reported: at(0),
        reports: items.iter().map(report).collect(),
        why: "no row of this kind was known".into(),
        announced: true,
        held: None,
        count: None,
    }
}

fn fact(development: &Development) -> Fact {
    Fact {
        kind: Kind::Warrant,
        body: "ICC".into(),
        subject: Subject::Person(development.id.as_str().into()),
        step: development.step,
        since: development.date,
        status: development.status,
        origin: Origin::Development(development.id.clone()),
        sources: vec!["https://harbour.example/1".into()],
    }
}

fn tell(development: &str, kind: TellKind, second: i64) -> Tell {
    Tell { development: development.into(), kind, at: at(second) }
}

/// An intake that writes to every table: so many items, and one development of which they report.
fn intake(source: &str, items: usize) -> Intake {
    let items: Vec<Item> = (0..items).map(|number| item(source, number)).collect();
    let development = development(&format!("D-{source}"), &items[..items.len().min(2)]);
    let seen = items.iter().flat_map(|item| {
        let mark = SeenMark { content: item.content, revisions: 0 };
        item.rungs.iter().map(move |rung| (*rung, mark))
    });
    Intake {
        source: source.into(),
        record: SourceRecord { postings: 30, next_due: Some(at(900)), ..SourceRecord::default() },
        seen: seen.collect(),
        changes: vec![LedgerChange { before: None, after: fact(&development) }],
        tells: vec![tell(development.id.as_str(), TellKind::New, 0)],
        developments: vec![development],
        items,
        decisions: Vec::new(),
        problems: Vec::new(),
    }
}

/// An intake that says nothing but that some tells were decided.
fn tells_only(tells: Vec<Tell>) -> Intake {
    let nothing = intake("quiet", 0);
    Intake { developments: Vec::new(), changes: Vec::new(), tells, ..nothing }
}

fn delivery(message: &str) -> Delivery {
    Delivery {
        sequence: 0,
        message: Message {
            key: message.into(),
            channel: ChannelId(42),
            developments: Vec::new(),
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed { title: message.into(), ..Embed::default() },
        },
        enqueued: at(1),
        attempts: 0,
        next_attempt: at(1),
        state: DeliveryState::Pending,
        last_trouble: None,
    }
}

/// Fails unless everything that the intake says is in the store, and so says which intakes are
/// there whole.
#[track_caller]
fn check_whole(store: &Store, intake: &Intake) {
    assert_eq!(store.source_record(&intake.source).unwrap().as_ref(), Some(&intake.record));
    let rungs: Vec<ItemKey> = intake.seen.iter().map(|(rung, _)| *rung).collect();
    let seen = store.seen(&rungs).unwrap();
    for (rung, mark) in &intake.seen {
        assert_eq!(seen.get(rung), Some(mark));
    }
    for item in &intake.items {
        assert_eq!(store.item(&item.key).unwrap().as_ref(), Some(item));
    }
    for development in &intake.developments {
        assert_eq!(store.development(&development.id).unwrap().as_ref(), Some(development));
    }
    let facts = store.facts().unwrap();
    for change in &intake.changes {
        assert!(facts.contains(&change.after));
    }
    let untold = store.untold().unwrap();
    for tell in &intake.tells {
        assert!(untold.contains(tell));
    }
}

/// Copies the files of a store as they are on the disk at this moment, which is what a process
/// that dies now leaves behind.
fn leave_behind(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("blobs")).unwrap();
    for directory in ["", "blobs"] {
        for file in fs::read_dir(from.join(directory)).unwrap().map(Result::unwrap) {
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), to.join(directory).join(file.file_name())).unwrap();
            }
        }
    }
}
