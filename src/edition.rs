//! Composition of the telling stages: from what is untold to the complete list of messages.
//!
//! The same pending tells give the same edition, message for message and key for key, so that an
//! edition that was made before a crash and again after it is the same one.

mod digest;
mod later;
mod notice;
mod past;

pub use digest::digest;
pub use later::{Untold, hears_now, keys, later};
pub use notice::notice;
pub use past::Past;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    digest::{Channel, roles, waits, wants},
    model::{
        ChannelId, Delivery, DeliveryState, Development, DevelopmentId, Edition, Message,
        MessageKey, Status, Tell, TellKind,
    },
    render::{self, Names, To},
};

/// Every message that the pending tells ask for, and how those should read by which the same was
/// told before. A tell that no channel wants is done too. What a message answers is settled by
/// [`Past::link`].
pub fn make(
    pending: &[(Tell, &Development)],
    (channels, names): (&[Channel], &Names),
    past: &Past,
    now: Timestamp,
) -> Edition {
    let mut edition = Edition::default();
    let mut told = BTreeSet::new();
    for (tell, development) in pending {
        for channel in channels {
            let place = (channel.id, &development.id);
            let is_heard = told.contains(&place) || past.first(channel.id, development).is_some();
            let Some(kind) = told_as(tell, development, is_heard, channel) else { continue };
            let message = message(kind, (tell, development), channel, names);
            edition.deliveries.push(delivery(message, now));
            told.insert(place);
        }
        edition.done.push(tell.clone());
    }
    edition
}

/// As what the channel is told of it, if at all. What it heard of is told again only as a change of
/// status; what it did not hear of is new to it, unless it is already taken back.
fn told_as(
    tell: &Tell,
    development: &Development,
    is_heard: bool,
    channel: &Channel,
) -> Option<TellKind> {
    let kind = match (tell.kind, is_heard) {
        (TellKind::Update, true) => TellKind::Update,
        (TellKind::New | TellKind::Grown, true) => return None,
        (TellKind::Update, false) if development.status >= Status::Disputed => return None,
        (_, false) => TellKind::New,
    };
    hears(channel, tell, development).then_some(kind)
}

/// Whether the channel is to hear of this, now or later.
fn hears(channel: &Channel, told: &Tell, development: &Development) -> bool {
    let meant = told.kind != TellKind::Grown || waits(channel);
    meant && wants(channel, development)
}

/// The message that tells a channel of a development alone, as this.
fn message(
    kind: TellKind,
    (tell, development): (&Tell, &Development),
    channel: &Channel,
    names: &Names,
) -> Message {
    let told = Tell { kind, ..tell.clone() };
    let key = key(channel.id, kind, development);
    let to = To { key, channel: channel.id, roles: roles(channel, development) };
    render::message(&told, development, names, to)
}

/// A message that nobody tried to send yet. Its sequence is given by the store.
pub fn delivery(message: Message, now: Timestamp) -> Delivery {
    Delivery {
        sequence: 0,
        message,
        enqueued: now,
        attempts: 0,
        next_attempt: now,
        state: DeliveryState::Pending,
        last_trouble: None,
    }
}

/// The identity of a message: what is said to whom. A development is told as new once, whether at
/// its first report or when it has grown enough for the channel; a change of status is another
/// message, and each status is told once.
pub fn key(channel: ChannelId, kind: TellKind, development: &Development) -> MessageKey {
    match kind {
        TellKind::New | TellKind::Grown => first_key(channel, &development.id),
        TellKind::Update => {
            keyed(channel, &development.id, &["update", development.status.as_str()])
        }
    }
}

/// The identity of the message that tells a development as new.
pub fn first_key(channel: ChannelId, id: &DevelopmentId) -> MessageKey {
    keyed(channel, id, &["new"])
}

fn keyed(channel: ChannelId, id: &DevelopmentId, what: &[&str]) -> MessageKey {
    let mut hasher = blake3::Hasher::new_derive_key("haguewatch message key 1");
    hasher.update(&channel.0.to_be_bytes());
    hasher.update(&(id.as_str().len() as u64).to_be_bytes());
    hasher.update(id.as_str().as_bytes());
    for part in what {
        hasher.update(part.as_bytes());
    }
    MessageKey::from(base32(&hasher.finalize().as_bytes()[..15]))
}

/// Crockford's base 32: five bits a character, without letters that read like digits.
fn base32(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(DIGITS[(bits >> held & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    text
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        digest::Filters,
        model::{Kind, Step},
    };

    pub(crate) fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    pub(crate) fn development(id: &str, step: &str) -> Development {
        Development {
            id: id.into(),
            step: Step::parse(step).unwrap(),
            body: Some("ICC".into()),
            case: None,
            states: Vec::new(),
            persons: Vec::new(),
            date: "2024-01-01".parse().unwrap(),
            status: Status::Reported,
            first_reported: at("2024-01-01T00:00:00Z"),
            last_reported: at("2024-01-01T00:00:00Z"),
            reports: Vec::new(),
            why: String::new(),
            announced: true,
            held: None,
            count: None,
        }
    }

    pub(crate) fn tell(of: &Development, kind: TellKind) -> Tell {
        Tell { development: of.id.clone(), kind, at: at("2024-01-01T00:00:00Z") }
    }

    fn pending(of: &Development, kind: TellKind) -> (Tell, &Development) {
        (tell(of, kind), of)
    }

    /// The edition for these channels, which heard of nothing.
    fn made(pending: &[(Tell, &Development)], channels: &[Channel]) -> Edition {
        let audience = (channels, &Names::default());
        make(pending, audience, &Past::default(), at("2024-01-02T00:00:00Z"))
    }

    #[test]
    fn what_grows_is_told_to_those_that_waited_and_as_the_same_message() {
        let mut one = development("AAAAA", "warrant.issued");
        let patient = Channel {
            filters: Filters { min_status: Some(Status::Confirmed), ..Filters::default() },
            ..Channel::open(ChannelId(2), "confirmed")
        };
        let channels = [Channel::open(ChannelId(1), "all"), patient];
        let told = |one: &Development, kind| {
            let edition = made(&[pending(one, kind)], &channels);
            let messages = edition.deliveries.into_iter().map(|delivery| delivery.message);
            messages.map(|message| (message.channel.0, message.key)).collect::<Vec<_>>()
        };
        let first = told(&one, TellKind::New);
        assert_eq!(first.iter().map(|(channel, _)| *channel).collect::<Vec<_>>(), [1]);
        one.status = Status::Corroborated;
        assert_eq!(told(&one, TellKind::Grown), []);
        one.status = Status::Confirmed;
        let grown = told(&one, TellKind::Grown);
        assert_eq!(grown.iter().map(|(channel, _)| *channel).collect::<Vec<_>>(), [2]);
        assert_eq!(told(&one, TellKind::New)[1], grown[0], "the store tells the key once");
    }

    #[test]
    fn each_channel_that_wants_it_gets_each_development_in_order() {
        let (one, two) =
            (development("AAAAA", "warrant.issued"), development("BBBBB", "ruling.order"));
        let pending = [pending(&one, TellKind::New), pending(&two, TellKind::New)];
        let rulings = Channel {
            filters: Filters { kinds: vec![Kind::Ruling], ..Filters::default() },
            ..Channel::open(ChannelId(2), "rulings")
        };
        let channels = [Channel::open(ChannelId(1), "all"), rulings];
        let now = at("2024-01-02T00:00:00Z");
        let edition = made(&pending, &channels);
        let told: Vec<_> = edition
            .deliveries
            .iter()
            .map(|delivery| {
                let tells = &delivery.message.developments[0];
                (delivery.message.channel.0, tells.development.as_str().to_owned())
            })
            .collect();
        let expected = [(1, "AAAAA"), (1, "BBBBB"), (2, "BBBBB")];
        assert_eq!(told, expected.map(|(channel, id)| (channel, id.to_owned())));
        assert!(edition.deliveries.iter().all(|delivery| delivery.next_attempt == now
            && delivery.attempts == 0
            && delivery.state == DeliveryState::Pending));
        assert_eq!(edition.done.len(), 2);
    }

    #[test]
    fn what_nobody_wants_is_done_too() {
        let one = development("AAAAA", "warrant.issued");
        let edition = made(&[pending(&one, TellKind::New)], &[]);
        assert!(edition.deliveries.is_empty());
        assert_eq!(edition.done, [tell(&one, TellKind::New)]);
    }

    #[test]
    fn the_same_intent_gives_the_same_edition_whenever_it_is_made() {
        let one = development("AAAAA", "warrant.issued");
        let pending = [pending(&one, TellKind::New)];
        let channels = [Channel::open(ChannelId(1), "all")];
        let made = |now| {
            make(&pending, (&channels, &Names::default()), &Past::default(), at(now)).deliveries
        };
        assert_eq!(
            made("2024-01-02T00:00:00Z")[0].message,
            made("2025-01-02T00:00:00Z")[0].message
        );
    }

    #[test]
    fn keys_differ_where_the_intent_does_and_fit_a_nonce() {
        let mut one = development("AAAAA", "warrant.issued");
        let other = development("BBBBB", "warrant.issued");
        let (new, update) = (TellKind::New, TellKind::Update);
        let mut keys = vec![
            key(ChannelId(1), new, &one),
            key(ChannelId(2), new, &one),
            key(ChannelId(1), new, &other),
            key(ChannelId(1), update, &one),
        ];
        // The status is part of an update's identity only: a new development is told once.
        one.status = Status::Confirmed;
        assert_eq!(key(ChannelId(1), new, &one), keys[0]);
        keys.push(key(ChannelId(1), update, &one));
        assert!(keys.iter().all(|key| key.as_str().len() == 24), "{keys:?}");
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn base_32_reads_bits_from_the_left() {
        assert_eq!(base32(&[0, 0, 0, 0, 0]), "00000000");
        assert_eq!(base32(&[0xFF; 5]), "zzzzzzzz");
        assert_eq!(base32(&[0x08, 0x42, 0x10, 0x84, 0x21]), "11111111");
    }
}
