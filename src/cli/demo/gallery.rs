//! `demo --gallery`: everything that the bot can say, to be looked at before it says it.

mod page;

use std::{
    fs,
    io::{Write, stdout},
    path::Path,
};

use anstyle::Style;
use anyhow::Context as _;
use jiff::Timestamp;

use crate::{
    cli::Ground,
    digest::{Channel, Mention},
    edition,
    model::{
        Action, ChannelId, Development, ItemKey, Joined, Kind, Message, MessageKey, Report, Status,
        Step, Tell, TellKind,
    },
    render::{self, BodyName, Names, Occasion, To, plain, sentence::sentence},
};

use super::{GENERAL, STATES};
use crate::model::StateCode;

/// A part of the gallery.
pub(super) struct Room {
    title: String,
    pictures: Vec<Picture>,
}

/// A message with what to look at in it.
struct Picture {
    caption: String,
    message: Message,
}

/// Prints the gallery, or writes it as a page.
pub(super) fn show(ground: &Ground, page: Option<&Path>) -> anyhow::Result<()> {
    let rooms = rooms();
    if let Some(path) = page {
        fs::write(path, page::html(&rooms))
            .with_context(|| format!("the page cannot be written to {}", path.display()))?;
        ground.say(&format!("the gallery is in {}", path.display()));
        return Ok(());
    }
    let bold = if ground.colour { Style::new().bold().underline() } else { Style::new() };
    let dim = if ground.colour { Style::new().dimmed() } else { Style::new() };
    for room in rooms {
        writeln!(stdout(), "{bold}{}{bold:#}\n", room.title)?;
        for picture in room.pictures {
            writeln!(stdout(), "{dim}{}{dim:#}", picture.caption)?;
            writeln!(stdout(), "{}", plain::block(&picture.message, ground.colour))?;
        }
    }
    Ok(())
}

fn rooms() -> Vec<Room> {
    let names = names();
    let mut rooms =
        vec![Room { title: "How well it is established".to_owned(), pictures: statuses(&names) }];
    for kind in Kind::ALL {
        let steps = Step::all().filter(|step| step.kind == *kind);
        rooms.push(Room {
            title: format!("What happened: {}", kind.as_str()),
            pictures: steps.map(|step| picture_of(step, &names)).collect(),
        });
    }
    rooms.push(Room {
        title: "Many sources, many names, little known".to_owned(),
        pictures: extremes(&names),
    });
    rooms.push(Room { title: "Digests".to_owned(), pictures: digests(&names) });
    rooms
}

/// Each status as first told and as the change that answers it.
fn statuses(names: &Names) -> Vec<Picture> {
    let told = |status: Status, kind: TellKind| {
        let mut one = full(Step::parse("warrant.issued").expect("a step of the vocabulary"));
        one.status = status;
        one.reports.truncate(match status {
            Status::Reported => 1,
            Status::Confirmed => 3,
            Status::Corroborated | Status::Disputed | Status::Retracted => 2,
        });
        let how = if kind == TellKind::Update { "told as a change" } else { "as first told" };
        Picture {
            caption: format!("{}, {how}", status.as_str()),
            message: message(&one, kind, names),
        }
    };
    let all = Status::ALL
        .iter()
        .flat_map(|&status| [TellKind::New, TellKind::Update].map(|kind| told(status, kind)));
    all.collect()
}

/// A step with everything known, and how it is said when a case, or nothing, is known.
fn picture_of(step: Step, names: &Names) -> Picture {
    let one = full(step);
    let cased = Development { case: Some("X-1".into()), persons: Vec::new(), ..one.clone() };
    let bare = bare(step);
    let mut others = vec![sentence(&cased, names), sentence(&bare, names)];
    others.dedup();
    Picture {
        caption: format!("{step}. Also: {}", others.join(" ")),
        message: message(&one, TellKind::New, names),
    }
}

fn extremes(names: &Names) -> Vec<Picture> {
    let step = Step::parse("membership.joined").expect("a step of the vocabulary");
    let mut crowded = full(step);
    crowded.reports = (1..=40)
        .map(|n| {
            report(
                &format!("newspaper-{n}"),
                "A long headline that says the same in many more words than are needed for it",
                None,
            )
        })
        .collect();
    crowded.states = STATES.iter().filter_map(|[code, ..]| StateCode::parse(code)).collect();
    crowded.persons = (1..=20).map(|n| format!("Person Number {n}").into()).collect();
    let mut hostile = full(step);
    hostile.reports = vec![report(
        "gazette",
        "@everyone: [win](https://evil.example) **now** ||at|| discord.gg/x `or` \u{202e}never",
        None,
    )];
    vec![
        Picture {
            caption: "Long lists are cut and counted.".to_owned(),
            message: message(&crowded, TellKind::New, names),
        },
        Picture {
            caption: "Text of a source is only text.".to_owned(),
            message: message(&hostile, TellKind::New, names),
        },
        Picture {
            caption: "Nothing is known but the step.".to_owned(),
            message: message(&bare(step), TellKind::New, names),
        },
    ]
}

/// A digest of each occasion, and one that takes several messages.
fn digests(names: &Names) -> Vec<Picture> {
    let all: Vec<Development> = Step::all()
        .zip(Status::ALL.iter().cycle())
        .zip(1..)
        .map(|((step, &status), n)| Development {
            status,
            id: format!("EX{n:03}").as_str().into(),
            ..full(step)
        })
        .collect();
    let digest = |count: usize, occasion, caption: &str| {
        let kind = |one: &Development| {
            if one.status >= Status::Disputed { TellKind::Update } else { TellKind::New }
        };
        let told: Vec<_> =
            all.iter().step_by(all.len() / count).map(|one| (one, kind(one))).collect();
        let parts = edition::digest(&told, &channel(), occasion, names);
        let caption = caption.to_owned();
        parts.into_iter().map(move |message| Picture { caption: caption.clone(), message })
    };
    digest(6, Occasion::Schedule, "At the time of the channel's digest.")
        .chain(digest(4, Occasion::QuietHours, "When the quiet hours are over."))
        .chain(digest(
            3,
            Occasion::Backlog,
            "When the channel could not be reached for more than an hour.",
        ))
        .chain(digest(all.len(), Occasion::Schedule, "More than one message holds."))
        .collect()
}

fn channel() -> Channel {
    let mention = vec![Mention { role: 1, kinds: vec![Kind::Ruling] }];
    Channel { mention, ..Channel::open(ChannelId(1), "gallery") }
}

fn message(of: &Development, kind: TellKind, names: &Names) -> Message {
    let tell = Tell { development: of.id.clone(), kind, at: moment() };
    let to = To { key: MessageKey::from("gallery"), channel: ChannelId(1), roles: Vec::new() };
    render::message(&tell, of, names, to)
}

/// The morning on which everything in the gallery happened.
fn moment() -> Timestamp {
    Timestamp::from_second(1_772_438_400).unwrap_or_default()
}

fn bare(step: Step) -> Development {
    Development {
        id: "K7Q2M".into(),
        step,
        body: None,
        case: None,
        states: Vec::new(),
        persons: Vec::new(),
        date: jiff::civil::date(2026, 3, 2),
        status: Status::Reported,
        first_reported: moment(),
        last_reported: moment(),
        reports: vec![report("example-herald", "An invented headline", None)],
        why: String::new(),
        announced: true,
        held: None,
        count: None,
    }
}

fn full(step: Step) -> Development {
    let count = (step.action != Action::Issued).then_some(14).or(Some(2));
    let body = if step.kind == Kind::Membership { "HAGUE-GROUP" } else { "ICC" };
    Development {
        body: Some(body.into()),
        states: STATES.iter().take(2).filter_map(|[code, ..]| StateCode::parse(code)).collect(),
        persons: vec![GENERAL.0.into()],
        count,
        reports: vec![
            report("example-herald", "An invented headline of the Example Herald", None),
            report("sample-gazette", "The Sample Gazette has it too", None),
            report("invented-court", "Press release of an invented court", Some(body)),
        ],
        ..bare(step)
    }
}

fn report(owner: &str, title: &str, voice: Option<&str>) -> Report {
    Report {
        item: ItemKey([0; 16]),
        source: owner.into(),
        owner: owner.into(),
        voice: voice.map(Into::into),
        title: title.to_owned(),
        url: Some(format!("https://{owner}.example/story")),
        at: moment(),
        score: 100,
        evidence: Vec::new(),
        joined: Joined::default(),
    }
}

fn names() -> Names {
    let body =
        |name: &str, member: &str| BodyName { name: name.to_owned(), member: member.to_owned() };
    Names {
        bodies: [
            ("ICC".into(), body("International Criminal Court", "State Party")),
            ("HAGUE-GROUP".into(), body("The Hague Group", "member")),
        ]
        .into(),
        states: STATES
            .iter()
            .filter_map(|[code, name, ..]| Some((StateCode::parse(code)?, (*name).to_owned())))
            .collect(),
        cases: [("X-1".into(), "Duties at Sea (Borduria v. Freedonia)".to_owned())].into(),
        ..Names::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::limits;

    #[test]
    fn the_gallery_has_every_step_status_and_occasion_and_discord_would_take_it() {
        let rooms = rooms();
        let pictures: Vec<&Picture> = rooms.iter().flat_map(|room| &room.pictures).collect();
        for step in Step::all() {
            let own = format!("{step}. ");
            assert!(pictures.iter().any(|it| it.caption.starts_with(&own)), "{step}");
        }
        for status in Status::ALL {
            assert!(
                pictures.iter().any(|it| it.caption.starts_with(status.as_str())),
                "{status:?}"
            );
        }
        for picture in &pictures {
            assert_eq!(
                limits::check(&picture.message),
                Vec::<String>::new(),
                "{}",
                picture.caption
            );
        }
        let parts = pictures.iter().filter(|it| it.caption.starts_with("More than one"));
        assert!(parts.count() > 1);
    }

    #[test]
    fn its_page_needs_nothing_from_outside() {
        let page = page::html(&rooms());
        for outside in ["<script", "<img", "<link", "url(", "src=", "@import"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(page.matches("<article>").count(), page.matches("</article>").count());
    }
}
