use proptest::prelude::*;

use super::*;
use crate::model::{ChannelId, Embed, MessageKey};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn message(text: &str) -> Message {
    Message {
        key: MessageKey::from("key"),
        channel: ChannelId(1),
        developments: Vec::new(),
        reply_to: None,
        content: String::new(),
        mention_roles: Vec::new(),
        embed: Embed { title: text.into(), ..Embed::default() },
    }
}

fn shown(text: &str, state: DeliveryState) -> Delivery {
    Delivery {
        sequence: 1,
        message: message(text),
        enqueued: at(0),
        attempts: 1,
        next_attempt: at(0),
        state,
        last_trouble: None,
    }
}

fn sent(message_id: Option<u64>) -> DeliveryState {
    DeliveryState::Sent(Receipt { message_id, at: at(0) })
}

fn edit(text: &str, state: DeliveryState, wanted: &str) -> Edit {
    Edit { delivery: shown(text, state), wanted: message(wanted) }
}

#[test]
fn only_a_message_that_is_there_and_reads_otherwise_is_changed() {
    let check = |state, wanted, expected| {
        assert_eq!(judge(&edit("old", state, wanted), at(0)), expected);
    };
    check(sent(Some(5)), "new", Verdict::Change(5));
    check(sent(Some(5)), "old", Verdict::Settled);
    check(sent(None), "new", Verdict::Settled);
    check(DeliveryState::Dead("refused".into()), "new", Verdict::Settled);
    check(DeliveryState::Folded("digest".into()), "new", Verdict::Settled);
    check(DeliveryState::Pending, "new", Verdict::Hold);
    check(DeliveryState::Sending(at(0)), "new", Verdict::Hold);
}

#[test]
fn a_change_is_followed_by_a_pause_and_the_last_wish_wins() {
    let first = edit("one", sent(Some(5)), "two");
    let accepted = Answer::Delivered(Receipt { message_id: Some(5), at: at(0) });
    let (delivery, settled) = after(&first, &accepted, at(0));
    assert!(settled);
    let last = Edit { delivery, wanted: message("four") };
    assert_eq!(judge(&last, at(59)), Verdict::Wait(at(60)));
    assert_eq!(next_due(std::slice::from_ref(&last), at(59)), Some(at(60)));
    assert_eq!(judge(&last, at(60)), Verdict::Change(5));
}

#[test]
fn a_deleted_message_is_never_changed_again() {
    let (delivery, settled) = after(&edit("one", sent(Some(5)), "two"), &Answer::Deleted, at(0));
    assert!(settled);
    let again = Edit { delivery, wanted: message("three") };
    assert_eq!(judge(&again, at(1_000_000)), Verdict::Settled);
}

#[test]
fn a_channel_in_trouble_is_not_asked_for_edits_either() {
    let edits = [edit("one", sent(Some(5)), "two")];
    let mut head = shown("head", DeliveryState::Pending);
    assert_eq!(ready(&edits, std::slice::from_ref(&head), at(0)).len(), 1);
    head.next_attempt = at(60);
    assert!(ready(&edits, std::slice::from_ref(&head), at(0)).is_empty());
    head.message.channel = ChannelId(2);
    assert_eq!(ready(&edits, &[head], at(0)).len(), 1);
}

#[test]
fn what_never_left_leaves_as_it_is_wanted_and_what_may_have_left_does_not() {
    let wanted = message("new");
    let text = |state| freshened(&shown("old", state), Some(&wanted)).message.embed.title;
    assert_eq!(text(DeliveryState::Pending), "new");
    assert_eq!(text(DeliveryState::Sending(at(0))), "old");
}

fn answer() -> impl Strategy<Value = Answer> {
    let refused = |(status, code)| Answer::Refused { status, code, why: "no".into() };
    prop_oneof![
        Just(Answer::Delivered(Receipt { message_id: Some(5), at: at(0) })),
        Just(Answer::Deleted),
        any::<bool>().prop_map(|maybe_sent| Answer::Retry { why: "trouble".into(), maybe_sent }),
        (1_i64..10_000)
            .prop_map(|s| Answer::Wait { until: at(s), scope: crate::deliver::Scope::Route }),
        (
            prop::sample::select(vec![400_u16, 401, 403, 404]),
            prop::option::of(prop::sample::select(vec![10_003_u64, 50_001, 50_005, 50_013])),
        )
            .prop_map(refused),
    ]
}

proptest! {
    /// Whatever Discord answers, and whenever it is asked: the message is changed at most once a
    /// minute, never becomes one to be sent, and shows the last wish once Discord took it.
    #[test]
    fn however_it_goes(steps in prop::collection::vec((answer(), 0_i64..200, any::<u8>()), 1..40)) {
        let mut delivery = shown("0", sent(Some(5)));
        let (mut now, mut changed) = (0, None);
        for (answer, pause, wish) in steps {
            now += pause;
            let edit = Edit { delivery: delivery.clone(), wanted: message(&wish.to_string()) };
            let Verdict::Change(_) = judge(&edit, at(now)) else { continue };
            let (next, settled) = after(&edit, &answer, at(now));
            prop_assert!(matches!(next.state, DeliveryState::Sent(_)));
            if let Answer::Delivered(_) = answer {
                prop_assert!(changed.is_none_or(|before| now - before >= BETWEEN_EDITS));
                prop_assert!(settled && next.message == edit.wanted);
                changed = Some(now);
            } else {
                prop_assert_eq!(&next.message, &delivery.message);
            }
            delivery = next;
        }
    }
}
