use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    model::Step,
    render::{
        discord::tests::{development, names, report},
        safe::tests::{hostile, raw_markup},
    },
};

fn happened(id: &str, step: &str, status: Status) -> Development {
    let mut one = development(vec![report("daily", "A headline", "https://daily.test/1")]);
    (one.id, one.step, one.status) = (id.into(), Step::parse(step).unwrap(), status);
    one
}

fn check(told: &[(&Development, TellKind)], occasion: Occasion, title: &str, text: &str) {
    let parts = digest(told, occasion, &names());
    let [part] = parts.as_slice() else { panic!("one part: {parts:#?}") };
    assert_eq!(part.embed.title, title);
    assert_eq!(part.embed.description, text);
}

#[test]
fn a_digest_is_grouped_by_kind_and_led_by_what_is_confirmed() {
    let mut court = happened("AAAA1", "warrant.issued", Status::Confirmed);
    let mut own = report("icc", "Warrant issued", "https://court.test/1");
    own.voice = Some("ICC".into());
    court.reports.push(own);
    court.reports.push(report("weekly", "Sought", "https://weekly.test/1"));
    let mut two = happened("AAAA2", "warrant.sought", Status::Corroborated);
    two.reports.push(report("weekly", "Sought", "https://weekly.test/1"));
    let mut late = happened("AAAA3", "membership.joined", Status::Retracted);
    late.count = Some(126);
    let told = [(&two, TellKind::New), (&late, TellKind::Update), (&court, TellKind::New)];
    check(
        &told,
        Occasion::Schedule,
        "Digest: 3 developments, 1 of them confirmed",
        "\
**Membership**
- **Now retracted:** Ruritania joined the International Criminal Court as a State Party. (126th State Party of the International Criminal Court) <t:1709640000:D> · [daily/daily.test](https://daily.test/1) · #AAAA3

**Arrest warrants**
- **Confirmed:** The International Criminal Court issued an arrest warrant for Ann Example. <t:1709640000:D> · [icc/court.test](https://court.test/1) and 2 more sources · #AAAA1
- **Reported by 2 independent sources:** The International Criminal Court was asked for an arrest warrant for Ann Example. <t:1709640000:D> · [daily/daily.test](https://daily.test/1) and 1 more source · #AAAA2",
    );
}

#[test]
fn a_digest_says_why_it_comes_late() {
    let check = |occasion, opening: &str| {
        let one = happened("AAAA1", "statement.call", Status::Disputed);
        check(
            &[(&one, TellKind::New)],
            occasion,
            "Digest: 1 development",
            &format!(
                "{opening}**Statements**\n- **Disputed:** A public call was made in connection with the International Criminal Court, involving Ruritania. <t:1709640000:D> · [daily/daily.test](https://daily.test/1) · #AAAA1"
            ),
        );
    };
    check(Occasion::Schedule, "");
    check(Occasion::QuietHours, "Held back during this channel's quiet hours.\n\n");
    check(Occasion::Backlog, "Told late: this channel could not be reached for some time.\n\n");
}

#[test]
fn every_kind_has_a_heading_of_its_own() {
    let headings: Vec<&str> = Kind::ALL.iter().map(|kind| heading(*kind)).collect();
    assert_eq!(
        headings,
        [
            "Membership",
            "Rulings",
            "Arrest warrants",
            "Proceedings",
            "Enforcement",
            "Pressure",
            "Resolutions",
            "Statements",
        ]
    );
}

#[test]
fn titles_count_what_they_tell() {
    use Status::{Confirmed, Reported};
    let check = |statuses: &[Status], expected: &str| {
        let all: Vec<Development> =
            statuses.iter().map(|status| happened("AAAA1", "ruling.order", *status)).collect();
        let told: Vec<_> = all.iter().map(|one| (one, TellKind::New)).collect();
        assert_eq!(title(&told), expected);
    };
    check(&[Reported], "Digest: 1 development");
    check(&[Reported, Reported], "Digest: 2 developments");
    check(&[Confirmed, Confirmed], "Digest: 2 developments, all confirmed");
    check(&[Confirmed, Reported, Reported], "Digest: 3 developments, 1 of them confirmed");
}

#[test]
fn many_developments_are_told_in_parts_that_repeat_their_heading() {
    let all: Vec<Development> = (0..40)
        .map(|n| happened(&format!("AAA{n:02}"), "ruling.order", Status::Reported))
        .collect();
    let told: Vec<_> = all.iter().map(|one| (one, TellKind::New)).collect();
    let parts = digest(&told, Occasion::Schedule, &names());
    assert_eq!(parts.len(), 2);
    for (number, part) in (1..).zip(&parts) {
        assert_eq!(part.embed.title, format!("Digest: 40 developments (part {number} of 2)"));
        assert!(part.embed.description.starts_with("**Rulings**\n- "));
    }
}

#[test]
fn its_id_is_longer_than_any_other() {
    assert_eq!(footer(&MessageKey::from("0123456789abcdefghjkmnpq")), "Digest #0123456789");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn nothing_is_left_out_of_a_digest_and_every_part_fits(
        texts in proptest::collection::vec((hostile(), hostile(), hostile(), ".{0,40}"), 1..60),
        occasion in proptest::sample::select(
            &[Occasion::Schedule, Occasion::QuietHours, Occasion::Backlog][..]),
    ) {
        let steps: Vec<Step> = Step::all().collect();
        let all: Vec<Development> = (0..).zip(&texts).map(|(n, (person, owner, title, url))| {
            let url = format!("https://h.test/{}", url.repeat(n % 70));
            let mut one = development(vec![report(owner, title, &url)]);
            one.id = format!("D{n:04}").into();
            one.step = steps[n * 7 % steps.len()];
            one.status = Status::ALL[n % Status::ALL.len()];
            one.persons = vec![person.repeat(n % 9).into()];
            one
        }).collect();
        let told: Vec<_> = all.iter().map(|one| (one, TellKind::Update)).collect();
        let parts = digest(&told, occasion, &names());
        let members: Vec<usize> = parts.iter().flat_map(|part| part.members.clone()).collect();
        prop_assert_eq!(members.len(), all.len());
        prop_assert_eq!(members.into_iter().collect::<BTreeSet<_>>().len(), all.len());
        for part in &parts {
            prop_assert!(units(&part.embed.title) <= limits::TITLE);
            prop_assert!(units(&part.embed.description) <= limits::DESCRIPTION);
            prop_assert!(!part.members.is_empty());
            for &member in &part.members {
                let id = format!("· #D{member:04}");
                prop_assert!(part.embed.description.contains(&id), "{}", id);
            }
            // Nothing in it is markup but what is ours.
            for line in part.embed.description.lines().filter(|line| line.starts_with("- ")) {
                let line = line.trim_start_matches("- ").replace("**", "");
                let (said, _) = line.rsplit_once("<t:").unwrap();
                prop_assert_eq!(raw_markup(said), None, "{:?}", said);
            }
        }
    }
}
