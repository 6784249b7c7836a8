//! Decides which sources may be asked, which are due, what to ask them, and from what came back
//! when to ask again. Pure: time is an argument, and the jitter is a hash of the source's id.
//!
//! A source is asked as often as its `every` says, later if the server wants it so, later still
//! while it fails. It does not decide how requests to one host are spaced (`fetch`), nor what of
//! an answer is remembered besides its pace (`intake`).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use url::Url;

use crate::model::{Cause, Failure, FetchRequest, Fetched, Outcome, Source, SourceRecord};

/// The longest time between two requests, whatever a server says: a mistaken header must not
/// silence a source for a year.
pub const LONGEST: Duration = Duration::from_hours(7 * 24);

/// The longest backoff from failures, and the pace at which lasting refusals are tried again.
pub const DAILY: Duration = Duration::from_hours(24);

/// After so many failures in a row the next address is tried.
const PATIENCE: u32 = 3;

/// What holds for every source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// No source is asked again sooner, whatever its `every` says.
    pub floor: Duration,
}

impl Policy {
    /// The policy of the daemon.
    pub const USUAL: Self = Self { floor: Duration::from_mins(1) };
}

/// Whether nothing forbids asking: not a 410, not a `Retry-After` that still runs. `once` asks
/// whatever may be asked, due or not.
pub fn may_ask(record: &SourceRecord, now: Timestamp) -> bool {
    !record.gone && !is_ahead(record.forbidden_until, now)
}

/// Whether the source may be asked and its time has come. One that was never asked is due.
pub fn is_due(record: &SourceRecord, now: Timestamp) -> bool {
    may_ask(record, now) && !is_ahead(record.next_due, now)
}

/// Whether a moment lies in the future. One beyond [`LONGEST`] was never set by this clock: the
/// clock was turned back since, and waiting for it could take for ever.
fn is_ahead(moment: Option<Timestamp>, now: Timestamp) -> bool {
    moment.is_some_and(|moment| now < moment && moment <= later(now, LONGEST))
}

/// The record as it holds for the addresses that are configured now. Where those were changed, by
/// an operator who mended something, what was learned of the old ones does not hold: the new ones
/// are asked at once. Only what a host forbade stays forbidden while any address is still there.
pub fn settled(source: &Source, mut record: SourceRecord) -> SourceRecord {
    let was_gone = record.gone;
    record.gone_addresses.retain(|url| source.urls.contains(url));
    record.gone = all_gone(source, &record);
    if record.addresses.is_empty() {
        // Written before addresses were kept: it is not known which of them was gone.
        record.next_due = record.next_due.filter(|_| !was_gone);
        return record;
    }
    if record.addresses != source.urls {
        let hosts = |url: &Url| source.urls.iter().any(|now| now.host_str() == url.host_str());
        if !record.addresses.iter().any(hosts) {
            record.forbidden_until = None;
        }
        (record.next_due, record.failures, record.address) = (None, 0, 0);
        record.addresses.clone_from(&source.urls);
    }
    record
}

/// What to ask: [`next_address`], with the validators that are remembered.
pub fn request(source: &Source, record: &SourceRecord, now: Timestamp) -> FetchRequest {
    FetchRequest {
        source: source.id.clone(),
        kind: source.kind,
        url: next_address(source, record, now).clone(),
        validators: record.validators.clone(),
    }
}

/// The address in use, or, on the first request of a day (UTC) while a fallback is in use, the
/// preferred one to see whether it is back.
pub fn next_address<'a>(source: &'a Source, record: &SourceRecord, now: Timestamp) -> &'a Url {
    let day = |moment: Timestamp| TimeZone::UTC.to_datetime(moment).date();
    let asked_today = record.last_asked.is_some_and(|asked| day(asked) == day(now));
    if asked_today { in_use(source, record) } else { preferred(source, record) }
}

/// The places of the addresses that did not answer 410.
fn alive(source: &Source, record: &SourceRecord) -> Vec<usize> {
    let alive = |place: &usize| !record.gone_addresses.contains(&source.urls[*place]);
    (0..source.urls.len()).filter(alive).collect()
}

fn all_gone(source: &Source, record: &SourceRecord) -> bool {
    alive(source, record).is_empty()
}

fn preferred<'a>(source: &'a Source, record: &SourceRecord) -> &'a Url {
    let first = source.urls.first().expect("a source has at least one address");
    source.urls.iter().find(|url| !record.gone_addresses.contains(url)).unwrap_or(first)
}

fn in_use<'a>(source: &'a Source, record: &SourceRecord) -> &'a Url {
    let url = source.urls.get(record.address);
    url.filter(|url| !record.gone_addresses.contains(url))
        .unwrap_or_else(|| preferred(source, record))
}

/// The record with its pace brought up to date after a fetch: when to ask next, which address,
/// what is forbidden, how often it failed. `ttl` is the document's own wish (RSS `ttl`), if any.
/// What the document said (validators, hash, postings) is left for the intake to record.
pub fn after(
    policy: Policy,
    source: &Source,
    record: &SourceRecord,
    fetched: &Fetched,
    ttl: Option<Duration>,
) -> SourceRecord {
    let last_outcome = words(&fetched.outcome);
    let mut next = SourceRecord { last_asked: Some(fetched.at), last_outcome, ..record.clone() };
    next.addresses.clone_from(&source.urls);
    if matches!(fetched.outcome, Outcome::Gone) && !next.gone_addresses.contains(&fetched.url) {
        next.gone_addresses.push(fetched.url.clone());
    }
    let every = source.every.max(policy.floor).max(Duration::from_secs(1));
    let wait = match &fetched.outcome {
        Outcome::Body(_) | Outcome::NotModified(_) => {
            succeed(&mut next, source, fetched);
            every.max(fetched.pacing.max_age.unwrap_or_default()).max(ttl.unwrap_or_default())
        }
        // The address in use is as good as it was, and is asked next.
        _ if is_look_back(source, record, fetched) => policy.floor,
        Outcome::RateLimited => {
            next.failures = record.failures.saturating_add(1);
            backoff(every.saturating_mul(2), next.failures)
        }
        Outcome::Gone => {
            move_on(&mut next, source);
            next.gone = all_gone(source, &next);
            if next.gone { LONGEST } else { every }
        }
        Outcome::Failed(failure) => fail(&mut next, source, failure, every),
    };
    let limited = matches!(fetched.outcome, Outcome::RateLimited);
    let at_most = |moment: Timestamp| moment.min(later(fetched.at, LONGEST));
    let retry_after = fetched.pacing.retry_after.map(at_most);
    next.forbidden_until = retry_after.or(limited.then(|| at_most(later(fetched.at, wait))));
    let due = at_most(later(fetched.at, jittered(wait, source)));
    next.next_due = Some(next.forbidden_until.map_or(due, |until| due.max(until)));
    next
}

/// Whether the preferred address was asked in vain while a fallback is in use. That is no failure
/// of the source, and not even a 410 there stops the fallback.
fn is_look_back(source: &Source, record: &SourceRecord, fetched: &Fetched) -> bool {
    *in_use(source, record) != fetched.url && *preferred(source, record) == fetched.url
}

/// A good answer ends the failures and makes its address the one in use.
fn succeed(next: &mut SourceRecord, source: &Source, fetched: &Fetched) {
    next.failures = 0;
    next.last_good = Some(fetched.at);
    next.address = source.urls.iter().position(|url| *url == fetched.url).unwrap_or(0);
    next.gone_addresses.retain(|url| *url != fetched.url);
    next.gone = false;
}

/// A failure counts, may move the source on to its next address, and gives the wait.
///
/// What passes (an outage) is waited for, ever longer, and costs the address its place only when
/// it lasts; what does not pass by itself (a 404, a challenge) costs it at once. Once all
/// addresses were refused that way there is a day's rest.
fn fail(next: &mut SourceRecord, source: &Source, failure: &Failure, every: Duration) -> Duration {
    next.failures = next.failures.saturating_add(1);
    let lasting = lasts(failure.cause);
    let mut fresh = false;
    if lasting || next.failures.is_multiple_of(PATIENCE) {
        fresh = move_on(next, source);
    }
    match (fresh, lasting) {
        (true, _) => every,
        (false, true) => every.max(DAILY),
        (false, false) => backoff(every, next.failures),
    }
}

/// Takes the next address into use, or the first one again after the last. Says whether it is
/// one that this round has not asked yet.
fn move_on(next: &mut SourceRecord, source: &Source) -> bool {
    let alive = alive(source, next);
    let following = alive.iter().copied().find(|&place| place > next.address);
    next.address = following.or(alive.first().copied()).unwrap_or(0);
    following.is_some()
}

/// Whether a failure will most likely be the same next time. What our own guard refuses ends with
/// a change of our configuration, and must not be waited for.
fn lasts(cause: Cause) -> bool {
    match cause {
        // Timeout, misdirected and "too early" are the server's moods among the client's errors.
        Cause::Status(code) => (400..500).contains(&code) && ![408, 421, 425].contains(&code),
        Cause::Challenge | Cause::Redirect | Cause::TooLarge => true,
        Cause::Refused
        | Cause::Dns
        | Cause::Connect
        | Cause::Tls
        | Cause::Timeout
        | Cause::Protocol => false,
    }
}

/// Doubles with each failure in a row after the first, up to a day or the source's own pace.
fn backoff(wait: Duration, failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(31);
    wait.saturating_mul(1 << doublings).min(DAILY.max(wait))
}

/// Up to a tenth longer, by a share that is the source's own, so that sources which are asked at
/// the same time once do not stay together for ever.
fn jittered(wait: Duration, source: &Source) -> Duration {
    let hash = blake3::hash(source.id.as_str().as_bytes());
    let share = u32::from(hash.as_bytes()[0]);
    let wait = wait.min(LONGEST);
    wait + wait / 10 * share / 255
}

fn later(moment: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    moment.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// The outcome in words, for `status`.
fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Body(document) => format!("document of {} bytes", document.bytes.len()),
        Outcome::NotModified(_) => "not modified".into(),
        Outcome::RateLimited => "rate limited (429)".into(),
        Outcome::Gone => "gone (410)".into(),
        Outcome::Failed(failure) => failure.detail.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Document, OwnerId, Pacing, SourceId, SourceKind, Validators};

    const HOUR: Duration = Duration::from_hours(1);

    fn noon() -> Timestamp {
        "2026-02-02T12:00:00Z".parse().unwrap()
    }

    fn court(addresses: usize, every: Duration) -> Source {
        Source {
            id: SourceId::from("court"),
            kind: SourceKind::Page,
            urls: (0..addresses).map(url).collect(),
            every,
            voice: None,
            owner: OwnerId::from("court"),
        }
    }

    fn url(number: usize) -> Url {
        format!("https://court{number}.test/news").parse().unwrap()
    }

    fn fetched(address: usize, outcome: Outcome) -> Fetched {
        let pacing = Pacing::default();
        Fetched { source: SourceId::from("court"), url: url(address), at: noon(), outcome, pacing }
    }

    fn failed(cause: Cause) -> Outcome {
        Outcome::Failed(Failure { cause, detail: "no luck".into() })
    }

    fn body() -> Outcome {
        Outcome::Body(Document {
            bytes: b"<html>".into(),
            content_type: None,
            final_url: url(0),
            validators: Validators::default(),
        })
    }

    fn unchanged() -> Outcome {
        Outcome::NotModified(Validators::default())
    }

    /// The record after these outcomes, each asked where the record says.
    fn run(source: &Source, outcomes: &[Outcome]) -> SourceRecord {
        outcomes.iter().fold(SourceRecord::default(), |record, outcome| {
            let fetched = fetched(record.address, outcome.clone());
            after(Policy::USUAL, source, &record, &fetched, None)
        })
    }

    /// The wait in whole hours, without what jitter added.
    fn hours(record: &SourceRecord) -> u64 {
        let due = |hours| {
            let wait = jittered(Duration::from_hours(hours), &court(1, HOUR)).min(LONGEST);
            Some(later(noon(), wait))
        };
        (0..=7 * 24).rev().find(|hours| due(*hours) == record.next_due).unwrap()
    }

    fn check(source: &Source, outcomes: &[Outcome], expected: (u64, usize, u32)) {
        let record = run(source, outcomes);
        assert_eq!((hours(&record), record.address, record.failures), expected, "{outcomes:?}");
    }

    #[test]
    fn a_source_that_was_never_asked_is_due() {
        assert!(is_due(&SourceRecord::default(), noon()));
    }

    #[test]
    fn a_source_is_due_at_its_time_and_not_before() {
        let record = SourceRecord { next_due: Some(noon()), ..SourceRecord::default() };
        assert!(!is_due(&record, later(noon(), Duration::ZERO) - SignedDuration::from_nanos(1)));
        assert!(is_due(&record, noon()));
    }

    #[test]
    fn what_is_not_due_may_be_asked_and_what_is_forbidden_may_not() {
        let soon = Some(later(noon(), HOUR));
        let record = SourceRecord { next_due: soon, ..SourceRecord::default() };
        assert!(may_ask(&record, noon()) && !is_due(&record, noon()));
        let record = SourceRecord { forbidden_until: soon, ..SourceRecord::default() };
        assert!(!may_ask(&record, noon()) && !is_due(&record, noon()));
        assert!(is_due(&record, later(noon(), HOUR)));
        let record = SourceRecord { gone: true, ..SourceRecord::default() };
        assert!(!may_ask(&record, later(noon(), LONGEST)));
    }

    #[test]
    fn a_clock_that_was_turned_back_silences_nothing() {
        let far = Some(later(noon(), LONGEST + HOUR));
        let record =
            SourceRecord { next_due: far, forbidden_until: far, ..SourceRecord::default() };
        assert!(is_due(&record, noon()));
    }

    #[test]
    fn good_answers_keep_the_pace() {
        check(&court(1, HOUR), &[body()], (1, 0, 0));
        check(&court(1, HOUR), &[unchanged()], (1, 0, 0));
        check(&court(1, 30 * DAILY), &[body()], (7 * 24, 0, 0));
    }

    #[test]
    fn the_floor_holds_for_the_hurried() {
        let record = run(&court(1, Duration::ZERO), &[body()]);
        assert!(record.next_due.unwrap() >= later(noon(), Policy::USUAL.floor));
    }

    #[test]
    fn servers_may_ask_for_a_slower_pace_but_not_for_a_faster_one() {
        let wait = |max_age, ttl| {
            let pacing = Pacing { max_age, retry_after: None };
            let answer = Fetched { pacing, ..fetched(0, unchanged()) };
            let (source, record) = (court(1, HOUR), SourceRecord::default());
            hours(&after(Policy::USUAL, &source, &record, &answer, ttl))
        };
        assert_eq!(wait(Some(5 * HOUR), None), 5);
        assert_eq!(wait(Some(Duration::from_mins(1)), None), 1);
        assert_eq!(wait(None, Some(3 * HOUR)), 3);
        assert_eq!(wait(Some(2 * HOUR), Some(3 * HOUR)), 3);
        assert_eq!(wait(Some(Duration::MAX), Some(Duration::MAX)), 7 * 24);
    }

    #[test]
    fn failures_that_may_pass_are_waited_for_ever_longer_up_to_a_day() {
        let source = court(1, HOUR);
        let outage = failed(Cause::Status(503));
        for (failures, expected) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (90, 24)] {
            let outcomes = vec![outage.clone(); failures];
            check(&source, &outcomes, (expected, 0, u32::try_from(failures).unwrap()));
        }
        check(&source, &[outage.clone(), outage, body()], (1, 0, 0));
    }

    #[test]
    fn lasting_refusals_are_tried_again_daily() {
        for cause in [Cause::Status(404), Cause::Status(403), Cause::Challenge] {
            check(&court(1, HOUR), &[failed(cause)], (24, 0, 1));
        }
        check(&court(1, 3 * DAILY), &[failed(Cause::Status(404))], (72, 0, 1));
    }

    #[test]
    fn what_the_guard_refuses_is_tried_again_like_an_outage() {
        check(&court(1, HOUR), &[failed(Cause::Refused)], (1, 0, 1));
        check(&court(1, HOUR), &vec![failed(Cause::Refused); 3], (4, 0, 3));
    }

    #[test]
    fn an_outage_moves_on_to_the_fallback_after_three_failures() {
        let source = court(2, HOUR);
        let down = failed(Cause::Timeout);
        check(&source, &vec![down.clone(); 2], (2, 0, 2));
        check(&source, &vec![down.clone(); 3], (1, 1, 3));
        check(&source, &vec![down.clone(); 6], (24, 0, 6));
        check(&source, &[down.clone(), down.clone(), down, body()], (1, 1, 0));
    }

    #[test]
    fn a_lasting_refusal_moves_on_at_once_and_rests_when_all_refused() {
        let source = court(3, HOUR);
        let missing = failed(Cause::Status(404));
        check(&source, &vec![missing.clone(); 1], (1, 1, 1));
        check(&source, &vec![missing.clone(); 2], (1, 2, 2));
        check(&source, &vec![missing.clone(); 3], (24, 0, 3));
    }

    #[test]
    fn the_preferred_address_is_tried_once_a_day() {
        let source = court(2, HOUR);
        let record =
            SourceRecord { address: 1, last_asked: Some(noon()), ..SourceRecord::default() };
        assert_eq!(request(&source, &record, later(noon(), 11 * HOUR)).url, url(1));
        let tomorrow = later(noon(), 13 * HOUR);
        assert_eq!(request(&source, &record, tomorrow).url, url(0));

        let vain = Fetched { at: tomorrow, ..fetched(0, failed(Cause::Timeout)) };
        let still = after(Policy::USUAL, &source, &record, &vain, None);
        assert_eq!((still.address, still.failures), (1, 0));
        assert!(is_due(&still, later(tomorrow, Duration::from_secs(70))));
        assert_eq!(request(&source, &still, later(tomorrow, HOUR)).url, url(1));

        let back = Fetched { at: tomorrow, ..fetched(0, body()) };
        assert_eq!(after(Policy::USUAL, &source, &record, &back, None).address, 0);
        let gone = Fetched { at: tomorrow, ..fetched(0, Outcome::Gone) };
        assert!(!after(Policy::USUAL, &source, &record, &gone, None).gone);
    }

    #[test]
    fn a_request_carries_the_validators_as_remembered() {
        let validators =
            Some((url(0), Validators { etag: Some(b"x".into()), ..Default::default() }));
        let record = SourceRecord { validators: validators.clone(), ..SourceRecord::default() };
        let request = request(&court(1, HOUR), &record, noon());
        assert_eq!(request.validators, validators);
        assert_eq!(request.kind, SourceKind::Page);
    }

    #[test]
    fn an_address_that_config_took_away_falls_back_to_the_first() {
        let record =
            SourceRecord { address: 9, last_asked: Some(noon()), ..SourceRecord::default() };
        assert_eq!(request(&court(2, HOUR), &record, noon()).url, url(0));
    }

    #[test]
    fn a_rate_limit_forbids_for_as_long_as_it_says_or_twice_the_pace() {
        let source = court(2, HOUR);
        let record = run(&source, &[Outcome::RateLimited]);
        assert_eq!((hours(&record), record.address), (2, 0));
        assert_eq!(record.forbidden_until, Some(later(noon(), 2 * HOUR)));
        assert_eq!(hours(&run(&source, &vec![Outcome::RateLimited; 3])), 8);

        let until = Some(later(noon(), 5 * HOUR));
        let pacing = Pacing { max_age: None, retry_after: until };
        let limited = Fetched { pacing, ..fetched(0, Outcome::RateLimited) };
        let record = after(Policy::USUAL, &source, &SourceRecord::default(), &limited, None);
        assert_eq!(record.forbidden_until, until);
        assert_eq!(record.next_due, until);

        let good = after(Policy::USUAL, &source, &record, &fetched(0, body()), None);
        assert_eq!((good.forbidden_until, good.failures), (None, 0));
    }

    #[test]
    fn unavailable_with_a_date_forbids_too_but_never_beyond_a_week() {
        let pacing = Pacing { max_age: None, retry_after: Some(Timestamp::MAX) };
        let down = Fetched { pacing, ..fetched(0, failed(Cause::Status(503))) };
        let (source, record) = (court(1, HOUR), SourceRecord::default());
        let record = after(Policy::USUAL, &source, &record, &down, None);
        assert_eq!(record.forbidden_until, Some(later(noon(), LONGEST)));
        assert_eq!(record.next_due, record.forbidden_until);
    }

    #[test]
    fn gone_is_never_asked_again() {
        let record = run(&court(1, HOUR), &[Outcome::Gone]);
        assert!(record.gone && !may_ask(&record, later(noon(), 2 * LONGEST)));
    }

    #[test]
    fn an_address_that_is_gone_leaves_the_others() {
        let source = court(3, HOUR);
        let record = run(&source, &[Outcome::Gone]);
        assert_eq!((record.gone, hours(&record)), (false, 1));
        let tomorrow = later(noon(), DAILY);
        assert_eq!(request(&source, &record, noon()).url, url(1));
        assert_eq!(request(&source, &record, tomorrow).url, url(1), "it is no look back");
        let missing = vec![failed(Cause::Status(404)); 2];
        let refused = run(&source, &[vec![Outcome::Gone], missing].concat());
        assert_eq!((refused.address, hours(&refused)), (1, 24));
        assert!(run(&source, &vec![Outcome::Gone; 2]).gone_addresses == [url(0), url(1)]);
        assert!(run(&source, &vec![Outcome::Gone; 3]).gone);

        let fallback =
            SourceRecord { address: 1, last_asked: Some(noon()), ..SourceRecord::default() };
        let gone = Fetched { at: tomorrow, ..fetched(0, Outcome::Gone) };
        let record = after(Policy::USUAL, &source, &fallback, &gone, None);
        assert_eq!(request(&source, &record, later(tomorrow, 2 * DAILY)).url, url(1));
    }

    #[test]
    fn what_was_learned_holds_for_the_addresses_that_it_was_learned_of() {
        let (first, other) = (court(1, HOUR), Source { urls: vec![url(7)], ..court(1, HOUR) });
        let moved = Source { urls: vec![url(0).join("/feed").unwrap()], ..court(1, HOUR) };
        let more = Source { urls: vec![url(0), url(7)], ..court(1, HOUR) };
        let gone = run(&first, &[Outcome::Gone]);
        assert_eq!(settled(&first, gone.clone()), gone);
        assert!(is_due(&settled(&other, gone.clone()), noon()));
        assert!(is_due(&settled(&more, gone.clone()), noon()));
        assert_eq!(request(&more, &settled(&more, gone), noon()).url, url(7));

        let missing = run(&first, &vec![failed(Cause::Status(404)); 3]);
        assert_eq!(settled(&first, missing.clone()), missing);
        let mended = settled(&moved, missing);
        assert_eq!((mended.failures, is_due(&mended, noon())), (0, true));
        assert_eq!(mended.last_asked, Some(noon()));

        let limited = run(&first, &[Outcome::RateLimited]);
        assert!(!may_ask(&settled(&moved, limited.clone()), noon()), "the host still forbids it");
        assert!(may_ask(&settled(&other, limited), noon()));
    }

    #[test]
    fn a_record_of_before_addresses_were_kept_is_asked_once_more() {
        let due = Some(later(noon(), LONGEST));
        let old = SourceRecord { gone: true, next_due: due, ..SourceRecord::default() };
        assert!(is_due(&settled(&court(1, HOUR), old), noon()));
        let waits = SourceRecord { next_due: due, ..SourceRecord::default() };
        assert_eq!(settled(&court(1, HOUR), waits.clone()), waits);
    }

    #[test]
    fn the_record_says_what_happened_and_keeps_what_is_not_pace() {
        let known = SourceRecord { postings: 7, baseline: Some(noon()), ..SourceRecord::default() };
        let source = court(1, HOUR);
        let outcomes = [
            (body(), "document of 6 bytes"),
            (unchanged(), "not modified"),
            (Outcome::RateLimited, "rate limited (429)"),
            (Outcome::Gone, "gone (410)"),
            (failed(Cause::Dns), "no luck"),
        ];
        for (outcome, expected) in outcomes {
            let record = after(Policy::USUAL, &source, &known, &fetched(0, outcome), None);
            assert_eq!(record.last_outcome, expected);
            assert_eq!((record.postings, record.baseline), (7, Some(noon())));
            assert_eq!(record.last_asked, Some(noon()));
        }
    }

    #[test]
    fn jitter_is_the_sources_own_and_at_most_a_tenth() {
        let named = |name: &str| Source { id: SourceId::from(name), ..court(1, HOUR) };
        let waits: Vec<Duration> =
            (0..100).map(|number| jittered(HOUR, &named(&format!("court{number}")))).collect();
        assert!(waits.iter().all(|wait| (HOUR..=HOUR + HOUR / 10).contains(wait)));
        let distinct: std::collections::HashSet<_> = waits.iter().collect();
        assert!(distinct.len() > 50, "sources are spread: {}", distinct.len());
        assert_eq!(jittered(HOUR, &named("a")), jittered(HOUR, &named("a")));
    }

    fn outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(body()),
            Just(unchanged()),
            Just(Outcome::RateLimited),
            Just(Outcome::Gone),
            any::<u16>().prop_map(|code| failed(Cause::Status(code))),
            Just(failed(Cause::Timeout)),
            Just(failed(Cause::Challenge)),
        ]
    }

    fn moment() -> impl Strategy<Value = Timestamp> {
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        (first..=last).prop_map(|second| Timestamp::from_second(second).unwrap())
    }

    fn length() -> impl Strategy<Value = Duration> {
        prop_oneof![
            Just(Duration::ZERO),
            Just(Duration::MAX),
            (0..1_000_000_u64).prop_map(Duration::from_secs),
            any::<u64>().prop_map(Duration::from_secs),
        ]
    }

    proptest! {
        #[test]
        fn the_next_request_lies_ahead_within_a_week_and_after_what_is_forbidden(
            (every, floor) in (length(), length()),
            (addresses, address) in (1..4_usize, any::<usize>()),
            failures in any::<u32>(),
            (outcome, asked) in (outcome(), 0..4_usize),
            (max_age, ttl) in (proptest::option::of(length()), proptest::option::of(length())),
            retry_after in proptest::option::of(moment()),
            at in moment(),
        ) {
            prop_assume!(at < Timestamp::MAX - SignedDuration::from_hours(8 * 24));
            let record = SourceRecord { failures, address, ..SourceRecord::default() };
            let pacing = Pacing { max_age, retry_after };
            let fetched = Fetched { at, pacing, ..fetched(asked, outcome) };
            let source = court(addresses, every);
            let next = after(Policy { floor }, &source, &record, &fetched, ttl);

            let (due, week) = (next.next_due.unwrap(), later(at, LONGEST));
            prop_assert!(at < due && due <= week, "{due}");
            if let Some(until) = retry_after {
                prop_assert!(due >= until.min(week));
                prop_assert!(next.forbidden_until.is_some());
            }
            if !next.gone {
                prop_assert!(is_due(&next, due) && may_ask(&next, due));
                prop_assert!(!is_due(&next, due - SignedDuration::from_nanos(1)));
            }
            request(&source, &next, due);
        }
    }
}
