//! Whether a channel wants to hear of a development, and whom to ping for it.
//!
//! The thresholds `min_status` and `min_owners` are judged when a tell is due. What stays below
//! them then is not told to that channel now; it is told when a later tell of the same development
//! (further sources, confirmation) reaches them.

use crate::model::{Development, Status};

use super::{Channel, Filters};

/// Whether the channel wants to hear of this development as it stands.
pub fn wants(channel: &Channel, development: &Development) -> bool {
    let filters = &channel.filters;
    matches(filters, development) && established(filters, development)
}

/// Whether the channel waits for more than a first report.
pub fn waits(channel: &Channel) -> bool {
    channel.filters.min_status.is_some() || channel.filters.min_owners > 1
}

/// The roles that the channel pings for this development, each once.
pub fn roles(channel: &Channel, development: &Development) -> Vec<u64> {
    let mut roles = Vec::new();
    for mention in &channel.mention {
        let meant = mention.kinds.is_empty() || mention.kinds.contains(&development.step.kind);
        if meant && !roles.contains(&mention.role) {
            roles.push(mention.role);
        }
    }
    roles
}

fn matches(filters: &Filters, development: &Development) -> bool {
    let step = development.step;
    let actions = &filters.actions;
    any(&filters.kinds, [&step.kind])
        && (actions.is_empty() || actions.iter().any(|action| action.admits(step)))
        && any(&filters.bodies, &development.body)
        && any(&filters.cases, &development.case)
        && any(&filters.states, &development.states)
        && any(&filters.persons, &development.persons)
}

/// Whether the list is empty or holds one of these.
fn any<'a, T: PartialEq + 'a>(wanted: &[T], found: impl IntoIterator<Item = &'a T>) -> bool {
    wanted.is_empty() || found.into_iter().any(|one| wanted.contains(one))
}

/// Whether it is established well enough. What the body itself confirmed needs no second owner.
/// What was disputed or retracted always passes: whoever was told must hear of it, and nothing here
/// knows who was.
fn established(filters: &Filters, development: &Development) -> bool {
    let official = development.status >= Status::Confirmed;
    filters.min_status.is_none_or(|least| development.status >= least)
        && (official || development.owners() >= filters.min_owners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        digest::{ActionFilter, Mention},
        model::{ChannelId, ItemKey, Joined, Kind, OwnerId, Report, StateCode, Step},
    };

    fn development(status: Status, owners: &[&str]) -> Development {
        let report = |owner: &&str| Report {
            item: ItemKey([0; 16]),
            source: (*owner).into(),
            owner: OwnerId::from(*owner),
            voice: None,
            title: "A headline".into(),
            url: None,
            at: "2024-01-01T00:00:00Z".parse().unwrap(),
            score: 100,
            evidence: Vec::new(),
            joined: Joined::default(),
        };
        Development {
            id: "K7Q2M".into(),
            step: Step::parse("warrant.issued").unwrap(),
            body: Some("ICC".into()),
            case: None,
            states: vec![StateCode::parse("RUS").unwrap(), StateCode::parse("UKR").unwrap()],
            persons: vec!["Ann Example".into()],
            date: "2024-01-01".parse().unwrap(),
            status,
            first_reported: "2024-01-01T00:00:00Z".parse().unwrap(),
            last_reported: "2024-01-01T00:00:00Z".parse().unwrap(),
            reports: owners.iter().map(report).collect(),
            why: String::new(),
            announced: true,
            held: None,
            count: None,
        }
    }

    fn check(filters: Filters, expected: bool) {
        let channel = Channel { filters, ..Channel::open(ChannelId(1), "alerts") };
        let told = development(Status::Reported, &["one"]);
        assert_eq!(wants(&channel, &told), expected, "{:?}", channel.filters);
    }

    #[test]
    fn a_channel_without_filters_wants_everything() {
        check(Filters::default(), true);
    }

    #[test]
    fn each_filter_admits_what_it_names_and_nothing_else() {
        let none = Filters::default;
        check(Filters { kinds: vec![Kind::Warrant, Kind::Ruling], ..none() }, true);
        check(Filters { kinds: vec![Kind::Ruling], ..none() }, false);
        let actions = |text: &str| vec![ActionFilter::parse(text).unwrap()];
        check(Filters { actions: actions("issued"), ..none() }, true);
        check(Filters { actions: actions("warrant.issued"), ..none() }, true);
        check(Filters { actions: actions("sought"), ..none() }, false);
        check(Filters { actions: actions("warrant.rejected"), ..none() }, false);
        check(Filters { bodies: vec!["ICC".into()], ..none() }, true);
        check(Filters { bodies: vec!["ICJ".into()], ..none() }, false);
        check(Filters { cases: vec!["ICJ-192".into()], ..none() }, false);
        check(Filters { states: vec![StateCode::parse("UKR").unwrap()], ..none() }, true);
        check(Filters { states: vec![StateCode::parse("NLD").unwrap()], ..none() }, false);
        check(Filters { persons: vec!["Ann Example".into()], ..none() }, true);
        check(Filters { persons: vec!["Bob Example".into()], ..none() }, false);
    }

    #[test]
    fn all_filters_must_agree() {
        let (kinds, bodies) = (vec![Kind::Warrant], vec!["ICJ".into()]);
        check(Filters { kinds, bodies, ..Filters::default() }, false);
    }

    #[test]
    fn a_word_that_is_no_action_is_no_filter() {
        assert_eq!(ActionFilter::parse("ruling.issued"), None);
        assert_eq!(ActionFilter::parse("sort-of"), None);
    }

    #[test]
    fn what_is_below_a_threshold_waits_until_it_is_above() {
        let check = |filters: Filters, status, owners: &[&str], expected| {
            let channel = Channel { filters, ..Channel::open(ChannelId(1), "sure") };
            assert_eq!(wants(&channel, &development(status, owners)), expected);
        };
        let status = |least| Filters { min_status: Some(least), ..Filters::default() };
        check(status(Status::Corroborated), Status::Reported, &["one"], false);
        check(status(Status::Corroborated), Status::Corroborated, &["one", "two"], true);
        check(status(Status::Corroborated), Status::Confirmed, &["icc"], true);
        check(status(Status::Confirmed), Status::Disputed, &["one"], true);
        let owners = |min_owners| Filters { min_owners, ..Filters::default() };
        check(owners(2), Status::Reported, &["one", "one"], false);
        check(owners(2), Status::Corroborated, &["one", "two"], true);
        check(owners(2), Status::Confirmed, &["icc"], true);
    }

    #[test]
    fn roles_are_pinged_for_their_kinds_and_once() {
        let told = development(Status::Reported, &["one"]);
        let mention = |role, kinds: &[Kind]| Mention { role, kinds: kinds.to_vec() };
        let mention = vec![
            mention(7, &[Kind::Warrant]),
            mention(8, &[Kind::Ruling]),
            mention(9, &[]),
            mention(7, &[]),
        ];
        let channel = Channel { mention, ..Channel::open(ChannelId(1), "alerts") };
        assert_eq!(roles(&channel, &told), [7, 9]);
    }
}
