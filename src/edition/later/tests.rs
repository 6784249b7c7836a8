use jiff::SignedDuration;

use super::*;
use crate::{
    digest::{Filters, Quiet},
    edition::{
        Past, make,
        tests::{at, development, tell},
    },
    model::{ChannelId, Delivery, Status},
};

fn hourly() -> Channel {
    let when = When::Every(SignedDuration::from_hours(1));
    Channel { when, ..Channel::open(ChannelId(1), "hourly") }
}

fn nightly() -> Channel {
    let time = |text: &str| text.parse().unwrap();
    let timezone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap();
    let quiet = Some(Quiet { from: time("22:00"), to: time("07:00"), timezone });
    Channel { quiet, ..Channel::open(ChannelId(2), "quiet") }
}

fn told(moment: &str, of: &Development, kind: TellKind) -> Tell {
    Tell { at: at(moment), ..tell(of, kind) }
}

/// The publish loop's memory between passes.
#[derive(Default)]
struct Memory {
    rows: Vec<Waiting>,
    told: HashSet<MessageKey>,
    sent: Vec<Delivery>,
}

impl Memory {
    /// A pass: these are untold. Returns what each message tells, and when the next pass is due.
    fn pass(
        &mut self,
        channel: &Channel,
        tells: &[(Tell, &Development)],
        known: &[&Development],
        now: &str,
    ) -> (Vec<String>, Option<String>) {
        let of = |row: &Waiting| *known.iter().find(|of| of.id == row.tell.development).unwrap();
        let waiting: Vec<_> = self.rows.iter().map(|row| (row.clone(), of(row))).collect();
        let untold = Untold { tells, waiting: &waiting, told: &self.told };
        let channels = std::slice::from_ref(channel);
        let (edition, next) = later(&untold, channels, &Names::default(), at(now));
        let said = edition.deliveries.iter().map(|delivery| {
            let tells = delivery.message.developments.iter();
            let ids: Vec<_> = tells.map(|it| format!("{} {:?}", it.development, it.kind)).collect();
            ids.join(", ")
        });
        let said = said.collect();
        self.rows.retain(|row| !edition.released.contains(row));
        self.rows.extend(edition.held);
        self.told.extend(edition.covered.into_iter().map(|(key, _)| key));
        self.told.extend(edition.deliveries.iter().map(|it| it.message.key.clone()));
        self.sent.extend(edition.deliveries);
        (said, next.map(|moment| moment.to_string()))
    }
}

#[test]
fn what_comes_in_an_hour_is_told_when_it_is_over() {
    let (a, b) = (development("AAAAA", "ruling.order"), development("BBBBB", "warrant.issued"));
    let known = [&a, &b];
    let mut memory = Memory::default();
    let one = [(told("2026-11-24T10:05:00Z", &a, TellKind::New), &a)];
    let two = [(told("2026-11-24T10:40:00Z", &b, TellKind::New), &b)];
    let due = Some("2026-11-24T11:00:00Z".to_owned());
    assert_eq!(memory.pass(&hourly(), &one, &known, "2026-11-24T10:06:00Z"), (vec![], due.clone()));
    assert_eq!(memory.pass(&hourly(), &two, &known, "2026-11-24T10:41:00Z"), (vec![], due.clone()));
    assert_eq!(memory.pass(&hourly(), &[], &known, "2026-11-24T10:59:59Z"), (vec![], due));
    let (said, next) = memory.pass(&hourly(), &[], &known, "2026-11-24T11:00:00Z");
    assert_eq!((said, next), (vec!["AAAAA New, BBBBB New".to_owned()], None));
    assert_eq!(memory.pass(&hourly(), &[], &known, "2026-11-24T12:00:00Z"), (vec![], None));
}

#[test]
fn after_days_of_downtime_a_missed_digest_is_told_once() {
    let all: Vec<Development> =
        (0..5).map(|n| development(&format!("AAAA{n}"), "ruling.order")).collect();
    let known: Vec<&Development> = all.iter().collect();
    let mut memory = Memory::default();
    let tells: Vec<_> =
        all.iter().map(|of| (told("2026-11-20T10:05:00Z", of, TellKind::New), of)).collect();
    memory.pass(&hourly(), &tells[..4], &known, "2026-11-20T10:06:00Z");
    // Four days later; the fifth was decided before, and its pass never came.
    let (said, _) = memory.pass(&hourly(), &tells[4..], &known, "2026-11-24T09:31:00Z");
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].matches("New").count(), 5);
    assert_eq!(memory.pass(&hourly(), &[], &known, "2026-11-24T10:00:00Z"), (vec![], None));
}

#[test]
fn a_single_development_is_told_as_its_usual_message() {
    let a = development("AAAAA", "ruling.order");
    let mut memory = Memory::default();
    let tells = [(told("2026-11-24T10:05:00Z", &a, TellKind::New), &a)];
    memory.pass(&hourly(), &tells, &[&a], "2026-11-24T10:06:00Z");
    memory.pass(&hourly(), &[], &[&a], "2026-11-24T11:00:00Z");
    let audience = (&[Channel::open(ChannelId(1), "x")][..], &Names::default());
    let usual = make(&tells, audience, &Past::default(), at("2026-11-24T11:00:00Z"));
    assert_eq!(memory.sent, usual.deliveries);
}

#[test]
fn what_changes_before_it_is_told_is_told_once_as_it_stands() {
    let mut a = development("AAAAA", "ruling.order");
    let b = development("BBBBB", "ruling.order");
    let mut memory = Memory::default();
    let tells = [
        (told("2026-11-24T10:05:00Z", &a, TellKind::New), &a),
        (told("2026-11-24T10:05:00Z", &b, TellKind::New), &b),
    ];
    memory.pass(&hourly(), &tells, &[&a, &b], "2026-11-24T10:06:00Z");
    a.status = Status::Retracted;
    let update = [(told("2026-11-24T10:30:00Z", &a, TellKind::Update), &a)];
    memory.pass(&hourly(), &update, &[&a, &b], "2026-11-24T10:31:00Z");
    let (said, _) = memory.pass(&hourly(), &[], &[&a, &b], "2026-11-24T11:00:00Z");
    assert_eq!(said, ["BBBBB New, AAAAA New"], "retracted ones come last");
    assert!(memory.sent[0].message.embed.description.contains("**Retracted:**"));
    // Neither is told again by itself, whatever comes late.
    let late = (told("2026-11-24T11:30:00Z", &b, TellKind::Grown), &b);
    let again = [(told("2026-11-24T11:30:00Z", &a, TellKind::Update), &a), late];
    memory.pass(&hourly(), &again, &[&a, &b], "2026-11-24T11:31:00Z");
    assert_eq!(memory.pass(&hourly(), &[], &[&a, &b], "2026-11-24T12:00:00Z"), (vec![], None));
}

#[test]
fn a_night_is_told_as_one_digest_and_the_day_at_once() {
    let (a, b) = (development("AAAAA", "ruling.order"), development("BBBBB", "warrant.issued"));
    let c = development("CCCCC", "membership.joined");
    let known = [&a, &b, &c];
    let mut memory = Memory::default();
    let at_night = |moment, of| [(told(moment, of, TellKind::New), of)];
    let morning = Some("2026-11-25T06:00:00Z".to_owned());
    for (moment, of) in [("2026-11-24T22:10:00Z", &a), ("2026-11-25T03:10:00Z", &b)] {
        assert!(!hears_now(&nightly(), &[], at(moment)));
        let pass = memory.pass(&nightly(), &at_night(moment, of), &known, moment);
        assert_eq!(pass, (vec![], morning.clone()));
    }
    // What is decided in the very pass that ends the night is told with it.
    let last = at_night("2026-11-25T06:00:00Z", &c);
    let (said, next) = memory.pass(&nightly(), &last, &known, "2026-11-25T06:00:01Z");
    assert_eq!((said, next), (vec!["CCCCC New, AAAAA New, BBBBB New".to_owned()], None));
    let text = &memory.sent[0].message.embed.description;
    assert!(text.starts_with("Held back during this channel's quiet hours."), "{text}");
    assert!(hears_now(&nightly(), &[], at("2026-11-25T06:00:02Z")));
}

#[test]
fn a_pass_that_was_killed_gives_the_same_messages_again() {
    let all: Vec<Development> =
        (0..60).map(|n| development(&format!("AAA{n:02}"), "ruling.order")).collect();
    let known: Vec<&Development> = all.iter().collect();
    let rows: Vec<Waiting> = all
        .iter()
        .map(|of| Waiting {
            channel: ChannelId(1),
            tell: told("2026-11-24T10:05:00Z", of, TellKind::New),
        })
        .collect();
    let keys = |now: &str| {
        let mut memory = Memory { rows: rows.clone(), ..Memory::default() };
        memory.pass(&hourly(), &[], &known, now);
        memory.sent.into_iter().map(|sent| sent.message).collect::<Vec<_>>()
    };
    let first = keys("2026-11-24T11:00:00Z");
    assert!(first.len() > 1);
    assert_eq!(first, keys("2026-11-24T11:00:30Z"));
}

#[test]
fn thresholds_and_filters_hold_for_digests_too() {
    let a = development("AAAAA", "ruling.order");
    let sure = Filters { min_status: Some(Status::Confirmed), ..Filters::default() };
    let channel = Channel { filters: sure, ..hourly() };
    let mut memory = Memory::default();
    let tells = [(told("2026-11-24T10:05:00Z", &a, TellKind::New), &a)];
    let pass = memory.pass(&channel, &tells, &[&a], "2026-11-24T10:06:00Z");
    assert_eq!(pass, (vec![], None));
    let grown = [(told("2026-11-24T10:05:00Z", &a, TellKind::Grown), &a)];
    let pass = memory.pass(&hourly(), &grown, &[&a], "2026-11-24T10:06:00Z");
    assert_eq!(pass, (vec![], None), "what grows is for those that waited for it");
}
