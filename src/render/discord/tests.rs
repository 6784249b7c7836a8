use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::{
    model::{ItemKey, Joined, Report, StateCode, Status, Step, TellKind},
    render::{
        BodyName, Names, limits,
        safe::tests::{hostile, raw_markup},
    },
};

pub(crate) fn names() -> Names {
    let mut names = Names::default();
    let icc =
        BodyName { name: "International Criminal Court".into(), member: "State Party".into() };
    names.bodies.insert("ICC".into(), icc);
    names.states.insert(StateCode::parse("RUR").unwrap(), "Ruritania".into());
    names.cases.insert("ICC-1".into(), "The Prosecutor v. Ann Example".into());
    names
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn report(owner: &str, title: &str, url: &str) -> Report {
    Report {
        item: ItemKey([0; 16]),
        source: owner.into(),
        owner: owner.into(),
        voice: None,
        title: title.into(),
        url: Some(url.into()),
        at: at("2024-03-05T08:30:00Z"),
        score: 100,
        evidence: Vec::new(),
        joined: Joined::default(),
    }
}

pub(crate) fn development(reports: Vec<Report>) -> Development {
    Development {
        id: "K7Q2M".into(),
        step: Step::parse("warrant.issued").unwrap(),
        body: Some("ICC".into()),
        case: Some("ICC-1".into()),
        states: vec![StateCode::parse("RUR").unwrap()],
        persons: vec!["Ann Example".into()],
        date: "2024-03-05".parse().unwrap(),
        status: Status::Reported,
        first_reported: at("2024-03-05T09:00:00Z"),
        last_reported: at("2024-03-05T09:00:00Z"),
        reports,
        why: String::new(),
        announced: true,
        held: None,
        count: None,
    }
}

pub(crate) fn told(development: &Development, kind: TellKind) -> Message {
    let tell = Tell { development: development.id.clone(), kind, at: at("2024-03-05T09:00:00Z") };
    let to = To { key: MessageKey::from("key"), channel: ChannelId(1), roles: vec![7, 8] };
    message(&tell, development, &names(), to)
}

/// The message as lines, without what other tests look at.
fn lines(message: &Message) -> Vec<String> {
    let embed = &message.embed;
    let mut lines = vec![message.content.clone(), embed.title.clone(), embed.description.clone()];
    lines.extend(embed.fields.iter().map(|field| format!("{}: {}", field.name, field.value)));
    lines.push(embed.footer.clone());
    lines
}

#[test]
fn a_report_of_one_source() {
    let one = report("daily", "Court wants Example *arrested*", "https://daily.test/a(1)");
    assert_eq!(
        lines(&told(&development(vec![one]), TellKind::New)),
        [
            "<@&7> <@&8>",
            "The International Criminal Court issued an arrest warrant for Ann Example.",
            "“Court wants Example \\*arrested\\*” (daily)",
            "Status: Reported by one source",
            "Date: <t:1709640000:D>",
            "Body: International Criminal Court (ICC)",
            "Case: The Prosecutor v. Ann Example",
            "States: Ruritania",
            "Persons: Ann Example",
            "Sources: [daily/daily.test](https://daily.test/a%281%29): “Court wants Example \\*arrested\\*”",
            "#K7Q2M",
        ]
    );
}

#[test]
fn the_count_of_the_ledger_is_a_field_of_its_own() {
    let one = report("daily", "Second warrant", "https://daily.test/1");
    let counted = Development { count: Some(2), ..development(vec![one]) };
    let message = told(&counted, TellKind::New);
    let field = message.embed.fields.iter().find(|field| field.name == "Ledger").unwrap();
    let expected = "Second arrest warrant of the International Criminal Court for Ann Example";
    assert_eq!(field.value, expected);
}

#[test]
fn a_confirmation_leads_to_the_court_and_says_so() {
    let mut court = report("icc", "Warrant issued", "https://court.test/1");
    court.voice = Some("ICC".into());
    let press = report("daily", "Example sought", "https://daily.test/1");
    let mut both = development(vec![press, court]);
    both.status = Status::Confirmed;
    let message = told(&both, TellKind::Update);
    assert_eq!(
        message.embed.title,
        "Now confirmed: The International Criminal Court issued an arrest warrant for Ann Example."
    );
    assert_eq!(message.embed.url.as_deref(), Some("https://court.test/1"));
    assert_eq!(message.embed.footer, "#K7Q2M · confirmed");
    assert_eq!(
        message.embed.fields[0].value,
        "Confirmed by the International Criminal Court itself"
    );
}

#[test]
fn every_status_is_said_in_words_and_in_a_colour_of_its_own() {
    let one = || report("daily", "Example sought", "https://daily.test/1");
    let check = |status, reports: Vec<Report>, expected: &str| {
        let mut development = development(reports);
        development.status = status;
        assert_eq!(status::words(&development, &names()), expected);
    };
    check(Status::Reported, vec![one()], "Reported by one source");
    check(Status::Reported, vec![one(), one()], "Reported by one source");
    let other = || report("weekly", "Example sought", "https://weekly.test/1");
    check(Status::Corroborated, vec![one(), other()], "Reported by 2 independent sources");
    let mut organ = one();
    organ.voice = Some("UNGA".into());
    check(Status::Confirmed, vec![organ], "Confirmed by UNGA");
    check(Status::Confirmed, vec![one()], "Officially confirmed");
    check(Status::Disputed, vec![one()], "Disputed: denied or corrected by one of its sources");
    check(Status::Retracted, vec![one()], "Retracted: taken back by its source");
    let colours: std::collections::BTreeSet<_> =
        Status::ALL.iter().map(|one| status::colour(*one)).collect();
    assert_eq!(colours.len(), Status::ALL.len());
}

#[test]
fn sources_are_grouped_by_owner_and_cut_honestly() {
    let of =
        |n: usize| report(&format!("paper{n}"), &"long headline ".repeat(20), "https://p.test/1");
    let mut reports: Vec<Report> = (0..30).map(of).collect();
    reports.push(of(0));
    let message = told(&development(reports), TellKind::New);
    let sources = message.embed.fields.last().unwrap();
    assert_eq!(sources.value.matches("[paper0/p.test]").count(), 1);
    assert_eq!(sources.value.lines().last(), Some("and 25 more"));
    assert!(limits::check(&message).is_empty());
}

#[test]
fn an_address_that_is_no_link_leaves_the_owner() {
    for refused in ["javascript:alert(1)", "https://discord.gg/x", "nonsense"] {
        let message = told(&development(vec![report("daily", "Sought", refused)]), TellKind::New);
        assert_eq!(message.embed.url, None);
        assert_eq!(message.embed.fields.last().unwrap().value, "daily: “Sought”");
    }
}

#[test]
fn a_headline_of_nothing_is_left_out() {
    let message =
        told(&development(vec![report("daily", "\u{200B}\n", "https://d.test/")]), TellKind::New);
    assert_eq!(message.embed.description, "");
    assert_eq!(message.embed.fields.last().unwrap().value, "[daily/d.test](https://d.test/)");
    assert!(limits::check(&message).is_empty());
}

#[test]
fn a_development_of_which_nothing_is_known_is_told_too() {
    let mut bare = development(Vec::new());
    (bare.body, bare.case) = (None, None);
    bare.states.clear();
    bare.persons.clear();
    assert!(limits::check(&told(&bare, TellKind::New)).is_empty());
}

#[test]
fn more_roles_than_fit_are_not_pinged() {
    let (content, roles) = mentions(&(1..500).map(|n| u64::MAX - n).collect::<Vec<_>>());
    assert!(content.len() <= limits::CONTENT && roles.len() <= limits::ROLES);
    assert_eq!(content.split(' ').count(), roles.len());
    assert_eq!(mentions(&[0, 5, 5]), ("<@&5>".to_owned(), vec![5]));
}

proptest! {
    #[test]
    fn any_text_gives_a_message_that_discord_takes(
        texts in proptest::collection::vec((hostile(), hostile(), hostile()), 0..12),
        persons in proptest::collection::vec(hostile(), 0..8),
        status in proptest::sample::select(Status::ALL),
    ) {
        let reports = texts.iter().map(|(owner, title, url)| {
            report(owner, &title.repeat(3), &format!("https://h.test/{url}"))
        });
        let mut development = development(reports.collect());
        development.persons = persons.into_iter().map(Into::into).collect();
        development.status = status;
        let message = told(&development, TellKind::Update);
        prop_assert_eq!(limits::check(&message), Vec::<String>::new());
        for text in [&message.embed.title, &message.embed.description] {
            prop_assert_eq!(raw_markup(text), None, "{:?}", text);
        }
    }
}
