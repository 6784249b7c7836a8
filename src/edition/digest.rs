//! Many developments told together: their messages, and the keys of those.

use crate::{
    digest::{self, Channel},
    model::{ChannelId, Development, Message, MessageKey, TellKind, Telling},
    render::{self, Names, Occasion},
};

use super::{base32, key};

/// The messages that tell these developments to a channel, as many as Discord's limits ask for. No
/// development is left out, and the order of the list does not matter. Roles are pinged once.
pub fn digest(
    told: &[(&Development, TellKind)],
    channel: &Channel,
    occasion: Occasion,
    names: &Names,
) -> Vec<Message> {
    let mut roles: Vec<u64> = Vec::new();
    for (development, _) in told {
        let more = digest::roles(channel, development).into_iter();
        roles.extend(more.filter(|role| !roles.contains(role)).collect::<Vec<_>>());
    }
    let mut parts = Vec::new();
    for part in render::digest(told, occasion, names) {
        let members: Vec<(&Development, TellKind)> =
            part.members.iter().map(|&member| told[member]).collect();
        let key = key_of_all(channel.id, &members);
        let (content, mention_roles) = render::mentions(&std::mem::take(&mut roles));
        let mut embed = part.embed;
        embed.footer = render::digest::footer(&key);
        let telling = |&(development, kind): &(&Development, TellKind)| Telling {
            development: development.id.clone(),
            kind,
        };
        parts.push(Message {
            key,
            channel: channel.id,
            developments: members.iter().map(telling).collect(),
            reply_to: None,
            content,
            mention_roles,
            embed,
        });
    }
    parts
}

/// The identity of a message that tells several developments: those of the messages that would
/// have told them one by one.
fn key_of_all(channel: ChannelId, members: &[(&Development, TellKind)]) -> MessageKey {
    let mut keys: Vec<MessageKey> =
        members.iter().map(|(development, kind)| key(channel, *kind, development)).collect();
    keys.sort();
    let mut hasher = blake3::Hasher::new_derive_key("haguewatch digest key 1");
    for key in keys {
        hasher.update(key.as_str().as_bytes());
    }
    MessageKey::from(base32(&hasher.finalize().as_bytes()[..15]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{digest::Mention, edition::tests::development, model::Kind, render::limits};

    fn developments(count: usize) -> Vec<Development> {
        let steps = ["warrant.issued", "ruling.order", "membership.joined"];
        (0..count).map(|n| development(&format!("AAA{n:03}"), steps[n % steps.len()])).collect()
    }

    fn made(all: &[Development], channel: &Channel) -> Vec<Message> {
        let told: Vec<_> = all.iter().map(|one| (one, TellKind::New)).collect();
        digest(&told, channel, Occasion::Schedule, &Names::default())
    }

    #[test]
    fn every_development_is_told_in_one_of_the_parts_and_each_part_is_taken() {
        let parts = made(&developments(200), &Channel::open(ChannelId(1), "all"));
        assert!(parts.len() > 1);
        let told: BTreeSet<_> = parts.iter().flat_map(|part| &part.developments).collect();
        assert_eq!(told.len(), 200);
        for part in &parts {
            assert_eq!(limits::check(part), Vec::<String>::new());
        }
    }

    #[test]
    fn parts_are_told_apart_by_key_and_by_footer() {
        let parts = made(&developments(200), &Channel::open(ChannelId(1), "all"));
        let other = made(&developments(199), &Channel::open(ChannelId(1), "all"));
        let elsewhere = made(&developments(200), &Channel::open(ChannelId(2), "all"));
        let last = || [parts.last(), other.last(), elsewhere.last()].into_iter().flatten();
        let all: Vec<&Message> = parts.iter().rev().skip(1).chain(last()).collect();
        let keys: BTreeSet<_> = all.iter().map(|part| &part.key).collect();
        let footers: BTreeSet<_> = all.iter().map(|part| &part.embed.footer).collect();
        assert_eq!((keys.len(), footers.len()), (all.len(), all.len()));
        assert!(keys.iter().all(|key| key.as_str().len() == 24));
    }

    #[test]
    fn the_order_in_which_developments_came_does_not_matter() {
        let channel = Channel::open(ChannelId(1), "all");
        let mut all = developments(30);
        let mut first = made(&all, &channel);
        all.reverse();
        let again = made(&all, &channel);
        for part in &mut first {
            part.developments.sort();
        }
        let sorted = |mut part: Message| {
            part.developments.sort();
            part
        };
        assert_eq!(first, again.into_iter().map(sorted).collect::<Vec<_>>());
    }

    #[test]
    fn roles_are_pinged_by_the_first_part_only_and_for_their_kinds() {
        let mention = |role, kinds: &[Kind]| Mention { role, kinds: kinds.to_vec() };
        let mention =
            vec![mention(7, &[Kind::Warrant]), mention(8, &[Kind::Resolution]), mention(9, &[])];
        let channel = Channel { mention, ..Channel::open(ChannelId(1), "all") };
        let parts = made(&developments(200), &channel);
        assert_eq!(parts[0].content, "<@&7> <@&9>");
        assert_eq!(parts[0].mention_roles, [7, 9]);
        assert!(parts[1..].iter().all(|part| part.content.is_empty()));
        assert!(parts[1..].iter().all(|part| part.mention_roles.is_empty()));
    }
}
