use super::*;
use crate::{
    deliver::Scope,
    model::{ChannelId, Embed, Message, MessageKey, Receipt},
};
use DeliveryState::{Dead, Pending, Sending, Sent};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn delivery(sequence: u64, channel: u64) -> Delivery {
    Delivery {
        sequence,
        message: Message {
            key: MessageKey::from(format!("key{sequence}")),
            channel: ChannelId(channel),
            developments: Vec::new(),
            reply_to: None,
            content: String::new(),
            mention_roles: Vec::new(),
            embed: Embed::default(),
        },
        enqueued: at(0),
        attempts: 0,
        next_attempt: at(0),
        state: DeliveryState::Pending,
        last_trouble: None,
    }
}

fn with(mut delivery: Delivery, state: DeliveryState) -> Delivery {
    delivery.state = state;
    delivery
}

fn receipt() -> Receipt {
    Receipt { message_id: Some(5), at: at(1) }
}

fn retry(maybe_sent: bool) -> Answer {
    Answer::Retry { why: "trouble".into(), maybe_sent }
}

#[test]
fn one_head_a_channel_and_nothing_overtakes_it() {
    let mut stuck = delivery(1, 1);
    stuck.next_attempt = at(60);
    let outbox = [delivery(4, 2), stuck, delivery(2, 1), delivery(3, 2)];
    let sequences = |now| ready(&outbox, now).iter().map(|one| one.sequence).collect::<Vec<_>>();
    assert_eq!(sequences(at(0)), [3]);
    assert_eq!(sequences(at(60)), [1, 3]);
    assert_eq!(next_due(&outbox), Some(at(0)));
}

#[test]
fn what_is_sent_or_dead_holds_nothing_up() {
    let outbox = [
        with(delivery(1, 1), DeliveryState::Sent(receipt())),
        with(delivery(2, 1), DeliveryState::Dead("refused".into())),
        delivery(3, 1),
    ];
    assert_eq!(ready(&outbox, at(0)), [&outbox[2]]);
    assert_eq!(next_due(&outbox[..2]), None);
}

#[test]
fn an_unknown_attempt_is_repeated_while_the_nonce_holds_and_looked_up_later() {
    let begun = with(delivery(1, 1), DeliveryState::Sending(at(0)));
    assert_eq!(step(&delivery(1, 1), Guard::Nonce, at(9_999)), Step::Send);
    assert_eq!(step(&begun, Guard::Nonce, at(120)), Step::Send);
    assert_eq!(step(&begun, Guard::Nonce, at(121)), Step::LookUp { since: at(0) });
    // A clock that went back says nothing of how long ago it was.
    assert_eq!(step(&begun, Guard::Nonce, at(-500)), Step::LookUp { since: at(0) });
}

#[test]
fn beginning_keeps_the_first_unknown_attempt() {
    assert_eq!(begin(&delivery(1, 1), at(5)).state, DeliveryState::Sending(at(5)));
    let begun = with(delivery(1, 1), DeliveryState::Sending(at(0)));
    assert_eq!(begin(&begun, at(5)).state, DeliveryState::Sending(at(0)));
}

#[test]
fn each_answer_leads_on() {
    let before = delivery(1, 1);
    let unknown = with(delivery(1, 1), DeliveryState::Sending(at(-9)));
    let check = |before: &Delivery, answer: &Answer, state: DeliveryState, attempts: u32| {
        let next = after(before, answer, Guard::Nonce, at(1));
        assert_eq!((&next.state, next.attempts), (&state, attempts), "{answer:?}");
    };
    check(&before, &Answer::Delivered(receipt()), Sent(receipt()), 1);
    let wait = Answer::Wait { until: at(30), scope: Scope::Route };
    check(&before, &wait, Pending, 0);
    check(&unknown, &wait, Sending(at(-9)), 0);
    assert_eq!(after(&before, &wait, Guard::Nonce, at(1)).next_attempt, at(30));
    check(&before, &retry(false), Pending, 1);
    check(&unknown, &retry(false), Sending(at(-9)), 1);
    check(&before, &retry(true), Sending(at(1)), 1);
    check(&unknown, &retry(true), Sending(at(-9)), 1);
    let refused = |status| Answer::Refused { status, code: None, why: "no".into() };
    check(&before, &refused(400), Dead("no".into()), 1);
    check(&before, &refused(413), Dead("no".into()), 1);
    for status in [401, 403, 404] {
        check(&before, &refused(status), Pending, 1);
        check(&unknown, &refused(status), Sending(at(-9)), 1);
    }
}

#[test]
fn a_refusal_parks_for_longer_and_longer_and_keeps_its_reason() {
    let refused = Answer::Refused { status: 403, code: Some(50_001), why: "no access".into() };
    let mut parked = delivery(1, 1);
    let mut pauses = Vec::new();
    for _ in 0..7 {
        parked = after(&parked, &refused, Guard::Nonce, at(0));
        pauses.push(parked.next_attempt.duration_since(at(0)).as_secs());
    }
    assert_eq!(pauses, [60, 120, 240, 480, 900, 900, 900]);
    let kept = Setback { why: "no access".into(), needs_person: true };
    assert_eq!(parked.last_trouble, Some(kept));
    assert_eq!(settle(&parked, &Lookup::Later(refused), at(0)).last_trouble, parked.last_trouble);
    assert_eq!(
        after(&parked, &Answer::Delivered(receipt()), Guard::Nonce, at(0)).last_trouble,
        None
    );
    let outage = Setback { why: "trouble".into(), needs_person: false };
    assert_eq!(after(&parked, &retry(false), Guard::Nonce, at(0)).last_trouble, Some(outage));
}

#[test]
fn a_start_tries_what_was_refused_and_nothing_else() {
    let refused = Answer::Refused { status: 401, code: None, why: "no".into() };
    let wait = Answer::Wait { until: at(30), scope: Scope::Route };
    let outbox = [
        after(&delivery(1, 1), &refused, Guard::Nonce, at(0)),
        after(&delivery(2, 2), &wait, Guard::Nonce, at(0)),
        after(&delivery(3, 3), &retry(true), Guard::Nonce, at(0)),
        after(&after(&delivery(4, 4), &refused, Guard::Nonce, at(0)), &wait, Guard::Nonce, at(0)),
        delivery(5, 1),
    ];
    let tried = unparked(&outbox, at(1));
    assert_eq!(tried.iter().map(|one| one.sequence).collect::<Vec<_>>(), [1]);
    assert_eq!(ready(&tried, at(1)), [&tried[0]]);
}

#[test]
fn each_finding_leads_on() {
    let unknown = with(delivery(1, 1), DeliveryState::Sending(at(-900)));
    let state = |lookup| settle(&unknown, &lookup, at(1)).state;
    assert_eq!(state(Lookup::Found(receipt())), DeliveryState::Sent(receipt()));
    assert_eq!(state(Lookup::Absent), DeliveryState::Pending);
    assert!(matches!(state(Lookup::Unreadable("no access".into())), DeliveryState::Dead(_)));
    assert_eq!(state(Lookup::Later(retry(false))), unknown.state);
    let wait = Answer::Wait { until: at(30), scope: Scope::Route };
    assert_eq!(settle(&unknown, &Lookup::Later(wait), at(1)).next_attempt, at(30));
    assert!(settle(&unknown, &Lookup::Later(retry(false)), at(1)).next_attempt > at(1));
}

#[test]
fn pauses_double_up_to_a_bound_and_are_not_in_step() {
    let pause = |attempts, key: u64| {
        let mut failed = delivery(key, 1);
        failed.attempts = attempts;
        next_attempt(&failed, at(0)).duration_since(at(0)).as_secs()
    };
    for attempts in 1..40 {
        let least = (2_i64 << (attempts - 1).min(20)).min(900);
        let most = least + least / 4;
        for key in 0..50 {
            assert!((least..=most).contains(&pause(attempts, key)), "{attempts} {key}");
        }
    }
    assert_eq!(pause(7, 1), pause(7, 1));
    assert!((0..50).any(|key| pause(7, key) != pause(7, 0)));
    assert!(pause(u32::MAX, 1) <= 1_125);
}

#[test]
fn what_is_old_and_never_left_is_a_backlog_where_it_is_not_alone() {
    let telling =
        || crate::model::Telling { development: "AAAAA".into(), kind: crate::model::TellKind::New };
    let told = |sequence, channel, enqueued| {
        let mut one = delivery(sequence, channel);
        one.message.developments = vec![telling()];
        one.enqueued = at(enqueued);
        one
    };
    let sequences = |outbox: &[Delivery], now| -> Vec<Vec<u64>> {
        let of = |old: Vec<Delivery>| old.iter().map(|one| one.sequence).collect();
        backlogs(outbox, at(now)).into_iter().map(of).collect()
    };
    let outbox = [told(3, 1, 20), told(1, 1, 0), told(2, 2, 0), told(4, 1, 5_000)];
    assert_eq!(sequences(&outbox, 3_600), [] as [Vec<u64>; 0], "an hour is not more than an hour");
    assert_eq!(sequences(&outbox, 3_621), [vec![1, 3]]);
    assert_eq!(sequences(&outbox, 9_000), [vec![1, 3, 4]]);

    let mut under_way = outbox.clone();
    under_way[1].state = Sending(at(0));
    assert_eq!(sequences(&under_way, 9_000), [] as [Vec<u64>; 0], "the head may have left");
    let mut waits = outbox.clone();
    waits[1].next_attempt = at(10_000);
    assert_eq!(sequences(&waits, 9_000), [] as [Vec<u64>; 0], "it is not its turn");
    let mut notice = outbox;
    notice[0].message.developments.clear();
    assert_eq!(sequences(&notice, 9_000), [vec![1, 4]], "a notice stays as it is");
}

#[test]
fn without_a_guard_what_may_have_been_posted_is_not_posted_again() {
    let one = delivery(1, 1);
    let begun = begin(&one, at(0));
    assert_eq!(step(&begun, Guard::Nothing, at(1)), Step::GiveUp);
    assert!(matches!(given_up(&begun).state, Dead(why) if why.contains("perhaps posted")));
    let lost = after(&one, &retry(true), Guard::Nothing, at(0));
    assert!(matches!(lost.state, Dead(why) if why.contains("perhaps posted")));
    let refused = after(&one, &retry(false), Guard::Nothing, at(0));
    assert_eq!(refused.state, Pending);
    let limited = Answer::Wait { until: at(9), scope: Scope::Route };
    let waits = after(&one, &limited, Guard::Nothing, at(0));
    assert_eq!((waits.state, waits.next_attempt), (Pending, at(9)));
}
