//! Is all well? A snapshot of sources, loops and outbox, and the reasons why a person should look.
//! Pure: the snapshot and the moment are handed in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    config::ConfiguredSource,
    deliver::outbox,
    model::{ChannelId, Delivery, Setback, SourceId, SourceRecord},
    state::OutboxCounts,
    tasks::Beat,
};

/// How everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Why a person should look; empty while all is well.
    pub reasons: Vec<String>,
    /// Whether this comes from a running daemon.
    pub running: bool,
    /// The sources, in the order of the configuration.
    pub sources: Vec<SourceRow>,
    /// The loops of a running daemon.
    pub loops: Vec<LoopRow>,
    /// Deliveries by state.
    pub outbox: OutboxRow,
    /// Moves that are illegal by the ledger and wait for a person; `haguewatch status` looks them up.
    #[serde(default)]
    pub review: Vec<super::ReviewRow>,
}

/// How a source stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Its id.
    pub id: String,
    /// The address in use.
    pub url: String,
    /// When it last answered well.
    #[serde(with = "super::moments", default)]
    pub last_good: Option<Timestamp>,
    /// When it last brought something new.
    #[serde(with = "super::moments", default)]
    pub last_new: Option<Timestamp>,
    /// When it will be asked next.
    #[serde(with = "super::moments", default)]
    pub next_due: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// Whether its server said that it is gone for ever.
    pub gone: bool,
    /// How many postings its last document had.
    pub postings: u32,
    /// The last outcome, in words.
    pub last_outcome: String,
}

/// How a loop stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopRow {
    /// Its name.
    pub name: String,
    /// The longest time between two turns, in seconds.
    pub period_seconds: u64,
    /// How often it turned.
    pub turns: u64,
    /// Why it turned last.
    pub reason: String,
    /// When its last turn began.
    #[serde(with = "super::moments", default)]
    pub began: Option<Timestamp>,
    /// When its last turn ended.
    #[serde(with = "super::moments", default)]
    pub ended: Option<Timestamp>,
    /// What came of it, in words; empty for nothing.
    pub result: String,
    /// Whether it failed.
    pub failed: bool,
}

/// Deliveries by state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Waiting for their turn.
    pub pending: usize,
    /// Begun.
    pub sending: usize,
    /// Arrived.
    pub sent: usize,
    /// Given up.
    pub dead: usize,
    /// When the oldest that waits was enqueued.
    #[serde(with = "super::moments", default)]
    pub oldest: Option<Timestamp>,
    /// The channels that stand still.
    #[serde(default)]
    pub held: Vec<HeldRow>,
}

/// A channel whose oldest message did not get through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRow {
    /// Its id.
    pub channel: u64,
    /// Why, and what to do.
    pub why: String,
    /// Whether it goes on until somebody changes something.
    pub needs_person: bool,
}

/// What a status is made of.
#[derive(Clone, Debug)]
pub struct Snapshot<'a> {
    /// The configured sources.
    pub sources: &'a [ConfiguredSource],
    /// What is remembered of sources.
    pub records: &'a [(SourceId, SourceRecord)],
    /// The loops; `None` where no daemon runs.
    pub beats: Option<Vec<Beat>>,
    /// Deliveries that wait.
    pub outbox: &'a [Delivery],
    /// Deliveries by state.
    pub counts: OutboxCounts,
}

/// The status with its reasons.
pub fn status(snapshot: &Snapshot<'_>, now: Timestamp) -> Status {
    let fresh = SourceRecord::default();
    let row = |configured: &ConfiguredSource| {
        let source = &configured.source;
        let record = snapshot.records.iter().find(|(id, _)| *id == source.id);
        let record = record.map_or(&fresh, |(_, record)| record);
        SourceRow {
            id: source.id.to_string(),
            url: source
                .urls
                .get(record.address)
                .or(source.urls.first())
                .map(ToString::to_string)
                .unwrap_or_default(),
            last_good: record.last_good,
            last_new: record.last_new,
            next_due: record.next_due,
            failures: record.failures,
            gone: record.gone,
            postings: record.postings,
            last_outcome: record.last_outcome.clone(),
        }
    };
    let mut status = Status {
        reasons: Vec::new(),
        running: snapshot.beats.is_some(),
        sources: snapshot.sources.iter().map(row).collect(),
        loops: snapshot.beats.iter().flatten().map(loop_row).collect(),
        outbox: OutboxRow {
            pending: snapshot.counts.pending,
            sending: snapshot.counts.sending,
            sent: snapshot.counts.sent,
            dead: snapshot.counts.dead,
            oldest: snapshot.outbox.iter().map(|delivery| delivery.enqueued).min(),
            held: held(snapshot.outbox),
        },
        review: Vec::new(),
    };
    status.reasons = reasons(&status, now);
    status
}

fn held(outbox: &[Delivery]) -> Vec<HeldRow> {
    let row = |(channel, trouble): (ChannelId, &Setback)| HeldRow {
        channel: channel.0,
        why: trouble.why.clone(),
        needs_person: trouble.needs_person,
    };
    outbox::troubles(outbox).into_iter().map(row).collect()
}

fn loop_row(beat: &Beat) -> LoopRow {
    let (result, failed) = match &beat.result {
        Ok(did) => (did.clone(), false),
        Err(error) => (error.clone(), true),
    };
    LoopRow {
        name: beat.name.to_owned(),
        period_seconds: beat.period.as_secs(),
        turns: beat.turns,
        reason: beat.reason.as_str().to_owned(),
        began: Some(beat.began),
        ended: beat.ended,
        result,
        failed,
    }
}

/// After so many failures in a row a source needs a person…
const FAILURES: u32 = 3;
/// …unless it answered within this time.
const SILENT: SignedDuration = SignedDuration::from_hours(24);
/// A message that waits longer than this waits for a person.
const STUCK: SignedDuration = SignedDuration::from_hours(1);
/// How much longer than its period a loop may take: a fetch may last most of a minute.
const SLACK: SignedDuration = SignedDuration::from_secs(120);

/// Why a person should look at this.
pub fn reasons(status: &Status, now: Timestamp) -> Vec<String> {
    let silent = all_silent(&status.sources);
    let sources = status.sources.iter().filter_map(|source| of_source(source, now)).chain(silent);
    sources.chain(of_outbox(&status.outbox, now)).chain(of_loops(&status.loops, now)).collect()
}

/// That no source at all answered at its last turn: then the trouble is here.
fn all_silent(sources: &[SourceRow]) -> Option<String> {
    let failed = |source: &SourceRow| source.failures > 0 || source.gone;
    let all = sources.len() > 1 && sources.iter().all(failed);
    all.then(|| "every source failed at its last turn; is there a network?".to_owned())
}

fn of_source(source: &SourceRow, now: Timestamp) -> Option<String> {
    let SourceRow { id, failures, last_outcome, .. } = source;
    if source.gone {
        return Some(format!(
            "source {id}: its server says that it is gone for ever; find its new address or take it out"
        ));
    }
    let silent = source.last_good.is_none_or(|good| now.duration_since(good) > SILENT);
    (*failures >= FAILURES && silent)
        .then(|| format!("source {id}: failed {failures} times in a row: {last_outcome}"))
}

fn of_outbox(outbox: &OutboxRow, now: Timestamp) -> Vec<String> {
    let mut reasons = Vec::new();
    if outbox.dead > 0 {
        reasons.push(format!("outbox: {} given up; the log says why", outbox.dead));
    }
    let waits = outbox.oldest.filter(|oldest| now.duration_since(*oldest) > STUCK);
    reasons.extend(of_channels(outbox, waits.is_some()));
    if let Some(oldest) = waits {
        let waiting = outbox.pending + outbox.sending;
        let wait = if waiting == 1 { "waits" } else { "wait" };
        reasons.push(format!("outbox: {waiting} {wait}, the oldest since {oldest:.0}"));
    }
    reasons
}

/// Channels that stand still until somebody acts, and, once messages wait too long, the others.
pub fn of_channels(outbox: &OutboxRow, late: bool) -> Vec<String> {
    let told = outbox.held.iter().filter(|held| held.needs_person || late);
    told.map(|held| format!("channel {}: {}", held.channel, held.why)).collect()
}

/// Loops that failed or are late.
pub fn of_loops(loops: &[LoopRow], now: Timestamp) -> Vec<String> {
    let late = |one: &LoopRow| {
        let allowed = SignedDuration::from_secs(one.period_seconds.cast_signed());
        let moved = one.began.max(one.ended);
        moved.is_some_and(|moved| now.duration_since(moved) > allowed + SLACK)
    };
    let word = |one: &LoopRow| {
        if one.failed {
            return Some(format!("the {} loop failed: {}", one.name, one.result));
        }
        late(one).then(|| {
            format!(
                "the {} loop is late: its last turn began at {:.0}",
                one.name,
                one.began.unwrap_or_default()
            )
        })
    };
    loops.iter().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-02-02T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(status: &Status, expected: &[&str]) {
        assert_eq!(reasons(status, at(NOW)), expected);
    }

    fn source(change: impl FnOnce(&mut SourceRow)) -> Status {
        let mut source = SourceRow { id: "a".into(), ..SourceRow::default() };
        change(&mut source);
        Status { sources: vec![source], ..Status::default() }
    }

    #[test]
    fn a_source_that_was_never_asked_or_failed_lately_needs_nobody() {
        check(&source(|_| {}), &[]);
        check(&source(|source| source.failures = 2), &[]);
        let lately = |source: &mut SourceRow| {
            (source.failures, source.last_good) = (9, Some(at("2026-02-02T01:00:00Z")));
        };
        check(&source(lately), &[]);
    }

    #[test]
    fn sources_that_all_fail_at_once_need_a_person() {
        let failing = |failures| SourceRow {
            id: "a".into(),
            failures,
            last_good: Some(at("2026-02-02T11:00:00Z")),
            ..SourceRow::default()
        };
        let of = |rows: Vec<SourceRow>| Status { sources: rows, ..Status::default() };
        check(
            &of(vec![failing(1), failing(1)]),
            &["every source failed at its last turn; is there a network?"],
        );
        check(&of(vec![failing(1), failing(0)]), &[]);
        check(&of(vec![failing(1)]), &[]);
    }

    #[test]
    fn a_dead_source_needs_a_person() {
        let failing = |source: &mut SourceRow| {
            (source.failures, source.last_outcome) = (3, "404 Not Found".into());
        };
        check(&source(failing), &["source a: failed 3 times in a row: 404 Not Found"]);
        check(
            &source(|source| source.gone = true),
            &[
                "source a: its server says that it is gone for ever; find its new address or take it out",
            ],
        );
    }

    #[test]
    fn messages_that_wait_or_were_given_up_need_a_person() {
        let outbox = |pending, dead, oldest| Status {
            outbox: OutboxRow { pending, dead, oldest, ..OutboxRow::default() },
            ..Status::default()
        };
        check(&outbox(1, 0, Some(at("2026-02-02T11:30:00Z"))), &[]);
        check(
            &outbox(2, 1, Some(at("2026-02-02T10:30:00Z"))),
            &[
                "outbox: 1 given up; the log says why",
                "outbox: 2 wait, the oldest since 2026-02-02T10:30:00Z",
            ],
        );
    }

    #[test]
    fn a_channel_that_is_refused_needs_a_person_at_once_and_an_outage_later() {
        let outbox = |needs_person, oldest: &str| Status {
            outbox: OutboxRow {
                pending: 1,
                oldest: Some(at(oldest)),
                held: vec![HeldRow { channel: 42, why: "no access".into(), needs_person }],
                ..OutboxRow::default()
            },
            ..Status::default()
        };
        check(&outbox(true, "2026-02-02T11:59:00Z"), &["channel 42: no access"]);
        check(&outbox(false, "2026-02-02T11:59:00Z"), &[]);
        check(
            &outbox(false, "2026-02-02T10:30:00Z"),
            &["channel 42: no access", "outbox: 1 waits, the oldest since 2026-02-02T10:30:00Z"],
        );
    }

    #[test]
    fn a_loop_that_fails_or_stands_still_needs_a_person() {
        let one = |began: &str, failed| Status {
            loops: vec![LoopRow {
                name: "poll".into(),
                period_seconds: 60,
                began: Some(at(began)),
                result: "the disk is full".into(),
                failed,
                ..LoopRow::default()
            }],
            ..Status::default()
        };
        check(&one("2026-02-02T11:58:00Z", false), &[]);
        check(
            &one("2026-02-02T11:50:00Z", false),
            &["the poll loop is late: its last turn began at 2026-02-02T11:50:00Z"],
        );
        check(&one("2026-02-02T11:59:00Z", true), &["the poll loop failed: the disk is full"]);
    }
}
