//! What the channels have heard: which of it should read otherwise by now, and which of it a new
//! message answers.

use std::collections::{BTreeMap, BTreeSet};

use super::{key, message};
use crate::{
    digest::Channel,
    model::{ChannelId, Delivery, Development, DevelopmentId, Message, MessageKey, Tell, TellKind},
    render::Names,
};

/// What the channels have heard of what is to be told.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The first message by which a channel heard of a development.
    pub heard: BTreeMap<(ChannelId, DevelopmentId), MessageKey>,
    /// The earlier stages of each development, the latest first.
    pub earlier: BTreeMap<DevelopmentId, Vec<DevelopmentId>>,
}

impl Past {
    /// The first message by which the channel heard of it.
    pub(super) fn first(&self, channel: ChannelId, of: &Development) -> Option<&MessageKey> {
        self.heard.get(&(channel, of.id.clone()))
    }

    /// How the messages should read by which channels were told of these developments alone.
    pub fn wanted(
        &self,
        pending: &[(Tell, &Development)],
        channels: &[Channel],
        names: &Names,
    ) -> Vec<Message> {
        let mut met = BTreeSet::new();
        let mut wanted = Vec::new();
        for (tell, development) in pending {
            for channel in channels {
                let own = key(channel.id, TellKind::New, development);
                if self.first(channel.id, development) == Some(&own) && met.insert(own) {
                    wanted.push(message(TellKind::New, (tell, development), channel, names));
                }
            }
        }
        wanted
    }

    /// Lets each message that tells one development answer the first that its channel heard of it,
    /// or else of the latest of its earlier stages; in their order, as they will be heard.
    pub fn link(&self, deliveries: &mut [Delivery]) {
        let mut heard = self.heard.clone();
        for Delivery { message, .. } in deliveries {
            let of = |id: &DevelopmentId| (message.channel, id.clone());
            if let [telling] = &message.developments[..] {
                let id = &telling.development;
                let stages = self.earlier.get(id).into_iter().flatten();
                let answered = std::iter::once(id).chain(stages).find_map(|id| heard.get(&of(id)));
                message.reply_to = answered.filter(|key| **key != message.key).cloned();
            }
            for telling in &message.developments {
                let place = (message.channel, telling.development.clone());
                heard.entry(place).or_insert_with(|| message.key.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edition::{
            make,
            tests::{at, development, tell},
        },
        model::{Edition, Status},
    };

    fn made(pending: &[(Tell, &Development)], channels: &[Channel], past: &Past) -> Edition {
        let names = Names::default();
        let mut edition = make(pending, (channels, &names), past, at("2024-01-02T00:00:00Z"));
        edition.wanted = past.wanted(pending, channels, &names);
        past.link(&mut edition.deliveries);
        edition
    }

    fn pending(of: &Development, kind: TellKind) -> (Tell, &Development) {
        (tell(of, kind), of)
    }

    fn heard(by: &str, of: &Development) -> Past {
        let heard = [((ChannelId(1), of.id.clone()), by.into())].into();
        Past { heard, ..Past::default() }
    }

    #[test]
    fn what_was_told_is_mended_and_its_change_of_status_answers_it() {
        let mut one = development("AAAAA", "warrant.issued");
        let channels = [Channel::open(ChannelId(1), "all"), Channel::open(ChannelId(2), "late")];
        let first = made(&[pending(&one, TellKind::New)], &channels[..1], &Past::default());
        let first = &first.deliveries[0].message;
        let past = heard(first.key.as_str(), &one);

        one.status = Status::Corroborated;
        let grown = made(&[pending(&one, TellKind::Grown)], &channels, &past);
        assert!(grown.deliveries.is_empty());
        let [wanted] = &grown.wanted[..] else { panic!("{:?}", grown.wanted) };
        assert_eq!(wanted.key, first.key);
        assert_ne!(wanted.embed, first.embed);

        one.status = Status::Retracted;
        let update = made(&[pending(&one, TellKind::Update)], &channels, &past);
        assert_eq!(update.wanted[0].key, first.key);
        let [told] = &update.deliveries[..] else { panic!("{:?}", update.deliveries) };
        assert_eq!((told.message.channel.0, &told.message.reply_to), (1, &Some(first.key.clone())));

        one.status = Status::Confirmed;
        let late = made(&[pending(&one, TellKind::Update)], &channels[1..], &past);
        let kinds = late.deliveries.iter().map(|it| it.message.developments[0].kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [TellKind::New], "it never heard of it");
        assert_eq!(late.deliveries[0].message.reply_to, None);
    }

    #[test]
    fn what_a_digest_told_is_not_mended() {
        let one = development("AAAAA", "warrant.issued");
        let channels = [Channel::open(ChannelId(1), "all")];
        let grown = made(&[pending(&one, TellKind::Grown)], &channels, &heard("digest", &one));
        assert!(grown.deliveries.is_empty() && grown.wanted.is_empty());
    }

    #[test]
    fn a_later_stage_answers_the_latest_that_the_channel_heard_of() {
        let (sought, issued) =
            (development("AAAAA", "warrant.sought"), development("BBBBB", "warrant.issued"));
        let channels = [Channel::open(ChannelId(1), "all")];
        let stages = vec!["ZZZZZ".into(), sought.id.clone(), "YYYYY".into()];
        let past = Past { earlier: [(issued.id.clone(), stages)].into(), ..Past::default() };
        let told = [pending(&sought, TellKind::New), pending(&issued, TellKind::New)];
        let both = made(&told, &channels, &past);
        let [first, second] = &both.deliveries[..] else { panic!("{:?}", both.deliveries) };
        assert_eq!(first.message.reply_to, None);
        assert_eq!(second.message.reply_to.as_ref(), Some(&first.message.key));
    }
}
