//! Any value of the model that is stored, for property tests.

use jiff::{Timestamp, civil::Date};
use proptest::{
    collection::vec,
    option::of,
    prelude::{Just, Strategy, any},
    prop_oneof,
    sample::select,
};
use url::Url;

use crate::model::{
    ChannelId, Delivery, DeliveryState, Development, Embed, EmbedField, Evidence, Fact, Field,
    Held, Item, ItemKey, Joined, Kind, Message, Origin, Posting, Receipt, Report, SeenMark,
    Setback, Sketch, SourceRecord, Spell, Stance, Standing, StateCode, Status, Step, Subject,
    Taken, Tell, TellKind, Telling, Validators, Waiting,
};

fn moment() -> impl Strategy<Value = Timestamp> {
    let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    (first + 1..last, 0..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    (1_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

fn text() -> impl Strategy<Value = String> {
    any::<String>()
}

fn rung() -> impl Strategy<Value = ItemKey> {
    any::<[u8; 16]>().prop_map(ItemKey)
}

fn step() -> impl Strategy<Value = Step> {
    select(Step::all().collect::<Vec<_>>())
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL)
}

fn state() -> impl Strategy<Value = StateCode> {
    "[A-Z]{3}".prop_map(|code| StateCode::parse(&code).unwrap())
}

pub(in crate::state) fn seen_mark() -> impl Strategy<Value = SeenMark> {
    any::<([u8; 16], u8)>().prop_map(|(content, revisions)| SeenMark { content, revisions })
}

fn posting() -> impl Strategy<Value = Posting> {
    (of(text()), of(text()), text(), text(), of(moment()), of(moment())).prop_map(
        |(guid, url, title, text, published, updated)| Posting {
            guid,
            url,
            title,
            text,
            published,
            updated,
        },
    )
}

pub(in crate::state) fn item() -> impl Strategy<Value = Item> {
    let taken = any::<(u32, bool)>().prop_map(|(order, fresh)| Taken { order, fresh });
    let who = (text(), text());
    let what = (posting(), of(text()));
    (rung(), vec(rung(), 0..4), any::<[u8; 16]>(), who, what, moment(), taken).prop_map(
        |(key, rungs, content, (source, owner), (posting, url), seen, taken)| Item {
            key,
            rungs,
            content,
            source: source.into(),
            owner: owner.into(),
            posting,
            url,
            seen,
            taken,
        },
    )
}

pub(in crate::state) fn source_record() -> impl Strategy<Value = SourceRecord> {
    let url =
        "https://[a-z]{1,9}\\.example/[a-zé ?&=#]{0,9}".prop_map(|url| Url::parse(&url).unwrap());
    let lists = (vec(url.clone(), 0..3), vec(url.clone(), 0..3), vec(any::<u64>(), 0..4));
    let validators = (url, of(any::<Vec<u8>>()), of(any::<Vec<u8>>()))
        .prop_map(|(url, etag, last_modified)| (url, Validators { etag, last_modified }));
    let known = (of(validators), of(any::<[u8; 32]>()), text());
    let moments = vec(of(moment()), 6);
    let numbers = any::<(bool, u32, u32, u32)>();
    (known, moments, numbers, lists).prop_map(
        |(
            (validators, body_hash, last_outcome),
            at,
            (gone, failures, address, postings),
            (gone_addresses, addresses, titles),
        )| {
            SourceRecord {
                validators,
                body_hash,
                baseline: at[0],
                next_due: at[1],
                forbidden_until: at[2],
                gone,
                gone_addresses,
                addresses,
                failures,
                address: address as usize,
                last_asked: at[3],
                last_good: at[4],
                last_new: at[5],
                last_outcome,
                postings,
                titles,
            }
        },
    )
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (select(&[Field::Title, Field::Text][..]), any::<u32>(), any::<u32>(), text()).prop_map(
        |(field, start, end, rule)| Evidence {
            field,
            start: start as usize,
            end: end as usize,
            rule: rule.into(),
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let words = (text(), text(), of(text()), text(), of(text()));
    let rest = (any::<i32>(), vec(evidence(), 0..3), joined());
    (rung(), words, moment(), rest).prop_map(
        |(item, (source, owner, voice, title, url), at, (score, evidence, joined))| Report {
            item,
            source: source.into(),
            owner: owner.into(),
            voice: voice.map(Into::into),
            title,
            url,
            at,
            score,
            evidence,
            joined,
        },
    )
}

fn joined() -> impl Strategy<Value = Joined> {
    (select(Stance::ALL), of(text()), vec(any::<u32>(), 0..4), text()).prop_map(
        |(stance, copy_of, sketch, why)| Joined {
            stance,
            copy_of: copy_of.map(Into::into),
            sketch: Sketch(sketch.into()),
            why,
        },
    )
}

pub(in crate::state) fn development() -> impl Strategy<Value = Development> {
    let what = (text(), step(), of(text()), of(text()));
    let whom = (vec(state(), 0..3), vec(text(), 0..3));
    let when = (day(), moment(), moment());
    let held = (of(select(Held::ALL)), any::<Option<u32>>());
    let rest = (status(), vec(report(), 0..3), text(), any::<bool>(), held);
    (what, whom, when, rest).prop_map(|(what, whom, when, rest)| Development {
        id: what.0.into(),
        step: what.1,
        body: what.2.map(Into::into),
        case: what.3.map(Into::into),
        states: whom.0,
        persons: whom.1.into_iter().map(Into::into).collect(),
        date: when.0,
        first_reported: when.1,
        last_reported: when.2,
        status: rest.0,
        reports: rest.1,
        why: rest.2,
        announced: rest.3,
        held: rest.4.0,
        count: rest.4.1,
    })
}

pub(in crate::state) fn fact() -> impl Strategy<Value = Fact> {
    let subject = prop_oneof![
        state().prop_map(Subject::State),
        text().prop_map(|name| Subject::Person(name.into())),
        text().prop_map(|case| Subject::Case(case.into())),
    ];
    let origin =
        of(text()).prop_map(|id| id.map_or(Origin::Baseline, |id| Origin::Development(id.into())));
    (select(Kind::ALL), text(), subject, step(), day(), status(), origin, vec(text(), 0..3))
        .prop_map(|(kind, body, subject, step, since, status, origin, sources)| Fact {
            kind,
            body: body.into(),
            subject,
            step,
            since,
            status,
            origin,
            sources,
        })
}

pub(in crate::state) fn tell() -> impl Strategy<Value = Tell> {
    (text(), select(&[TellKind::New, TellKind::Grown, TellKind::Update][..]), moment())
        .prop_map(|(id, kind, at)| Tell { development: id.into(), kind, at })
}

pub(in crate::state) fn waiting() -> impl Strategy<Value = Waiting> {
    (any::<u64>(), tell()).prop_map(|(channel, tell)| Waiting { channel: ChannelId(channel), tell })
}

fn embed() -> impl Strategy<Value = Embed> {
    let field = (text(), text(), any::<bool>()).prop_map(|(name, value, inline)| EmbedField {
        name,
        value,
        inline,
    });
    (text(), of(text()), text(), any::<u32>(), vec(field, 0..3), text(), of(moment())).prop_map(
        |(title, url, description, colour, fields, footer, timestamp)| Embed {
            title,
            url,
            description,
            colour,
            fields,
            footer,
            timestamp,
        },
    )
}

pub(in crate::state) fn message() -> impl Strategy<Value = Message> {
    let kind = select(&[TellKind::New, TellKind::Grown, TellKind::Update][..]);
    let telling = (text(), kind)
        .prop_map(|(development, kind)| Telling { development: development.into(), kind });
    let links = (vec(telling, 0..3), of(text()));
    (text(), any::<u64>(), links, text(), any::<Vec<u64>>(), embed()).prop_map(
        |(key, channel, (developments, reply_to), content, mention_roles, embed)| Message {
            key: key.into(),
            channel: ChannelId(channel),
            developments,
            reply_to: reply_to.map(Into::into),
            content,
            mention_roles,
            embed,
        },
    )
}

pub(in crate::state) fn delivery() -> impl Strategy<Value = Delivery> {
    let state = prop_oneof![
        Just(DeliveryState::Pending),
        moment().prop_map(DeliveryState::Sending),
        (any::<Option<u64>>(), moment())
            .prop_map(|(message_id, at)| DeliveryState::Sent(Receipt { message_id, at })),
        text().prop_map(DeliveryState::Dead),
        text().prop_map(|into| DeliveryState::Folded(into.into())),
    ];
    let trouble = proptest::option::of(
        (text(), any::<bool>()).prop_map(|(why, needs_person)| Setback { why, needs_person }),
    );
    (any::<u64>(), message(), moment(), any::<u32>(), moment(), state, trouble).prop_map(
        |(sequence, message, enqueued, attempts, next_attempt, state, last_trouble)| Delivery {
            sequence,
            message,
            enqueued,
            attempts,
            next_attempt,
            state,
            last_trouble,
        },
    )
}

pub(in crate::state) fn spell() -> impl Strategy<Value = Spell> {
    (of(any::<u64>()), moment(), text()).prop_map(|(channel, since, why)| {
        let of = channel.map_or(Standing::Bot, |channel| Standing::Channel(ChannelId(channel)));
        Spell { of, since, why }
    })
}
