//! Many developments in one message, and in as many as Discord's limits ask for.
//!
//! Grouped by kind, the confirmed ones first; one line each, and none is ever left out. A line says
//! how well it is established, what happened, when, by whose account, and its short id.

use crate::model::{Development, Embed, Kind, MessageKey, Status, TellKind};

use super::{
    counted::counted,
    discord::{day, short_id},
    limits::{self, units},
    names::Names,
    safe,
    sentence::sentence,
    sources, status,
};

/// Longest sentence of a line.
const SENTENCE: usize = 300;
/// Longest source of a line, address included.
const SOURCE: usize = 700;
/// The colour of a digest's edge: no status has it.
const COLOUR: u32 = 0x5B_4B_8A;
/// How many characters of its key are a digest's short id: more than any development has.
const ID: usize = 10;

/// Why developments are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// It is the time of the channel's digest.
    Schedule,
    /// The channel's quiet hours are over.
    QuietHours,
    /// The channel could not be reached for long.
    Backlog,
}

/// A message of a digest: what it shows, without its footer, and which of the developments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it shows. The footer names the message's key, which is not known here.
    pub embed: Embed,
    /// The places of its developments in the list that the digest was made of.
    pub members: Vec<usize>,
}

/// The messages that tell these developments, every one in exactly one of them.
pub fn digest(told: &[(&Development, TellKind)], occasion: Occasion, names: &Names) -> Vec<Part> {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|&place| rank(told[place].0));
    let mut pages = vec![Page::default()];
    for place in order {
        let (development, kind) = told[place];
        let heading = heading(development.step.kind);
        let line = line(development, kind, names);
        if !pages.last().is_some_and(|page| page.has_room(opening(occasion), heading, &line)) {
            pages.push(Page::default());
        }
        if let Some(page) = pages.last_mut() {
            page.add(opening(occasion), heading, &line);
            page.members.push(place);
        }
    }
    let title = title(told);
    let of = pages.len();
    let part = |(page, number): (Page, usize)| Part {
        embed: Embed {
            title: match of {
                1 => title.clone(),
                _ => format!("{title} (part {number} of {of})"),
            },
            description: page.text,
            colour: COLOUR,
            ..Embed::default()
        },
        members: page.members,
    };
    pages.into_iter().zip(1..).map(part).collect()
}

/// What stands under a digest: its short id, by which it is found again.
pub fn footer(key: &MessageKey) -> String {
    let id: String = key.as_str().chars().take(ID).collect();
    format!("Digest #{}", id.to_uppercase())
}

/// The text of one message while it is written.
#[derive(Default)]
struct Page {
    text: String,
    heading: &'static str,
    members: Vec<usize>,
}

impl Page {
    fn has_room(&self, opening: &str, heading: &'static str, line: &str) -> bool {
        let more = self.next(opening, heading, line);
        self.text.is_empty() || units(&self.text) + units(&more) <= limits::DESCRIPTION
    }

    fn add(&mut self, opening: &str, heading: &'static str, line: &str) {
        let more = self.next(opening, heading, line);
        self.text.push_str(&more);
        self.heading = heading;
    }

    /// What the line adds to the text: under a heading, where it begins its group here.
    fn next(&self, opening: &str, heading: &str, line: &str) -> String {
        match (self.text.is_empty(), self.heading == heading) {
            (true, _) if opening.is_empty() => format!("**{heading}**\n{line}"),
            (true, _) => format!("{opening}\n\n**{heading}**\n{line}"),
            (false, true) => format!("\n{line}"),
            (false, false) => format!("\n\n**{heading}**\n{line}"),
        }
    }
}

/// The order of a digest: by kind, the best established first, then by day.
fn rank(development: &Development) -> (Kind, u8, jiff::civil::Date, &str) {
    let standing = match development.status {
        Status::Confirmed => 0,
        Status::Corroborated => 1,
        Status::Reported => 2,
        Status::Disputed => 3,
        Status::Retracted => 4,
    };
    (development.step.kind, standing, development.date, development.id.as_str())
}

fn title(told: &[(&Development, TellKind)]) -> String {
    let is_confirmed = |it: &&(&Development, TellKind)| it.0.status == Status::Confirmed;
    let confirmed = told.iter().filter(is_confirmed).count();
    match (told.len(), confirmed) {
        (1, _) => "Digest: 1 development".to_owned(),
        (all, 0) => format!("Digest: {all} developments"),
        (all, confirmed) if all == confirmed => {
            format!("Digest: {all} developments, all confirmed")
        }
        (all, confirmed) => format!("Digest: {all} developments, {confirmed} of them confirmed"),
    }
}

fn opening(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Schedule => "",
        Occasion::QuietHours => "Held back during this channel's quiet hours.",
        Occasion::Backlog => "Told late: this channel could not be reached for some time.",
    }
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Membership => "Membership",
        Kind::Ruling => "Rulings",
        Kind::Warrant => "Arrest warrants",
        Kind::Proceedings => "Proceedings",
        Kind::Enforcement => "Enforcement",
        Kind::Pressure => "Pressure",
        Kind::Resolution => "Resolutions",
        Kind::Statement => "Statements",
    }
}

fn line(development: &Development, kind: TellKind, names: &Names) -> String {
    let status = status::change(kind, development.status)
        .map_or_else(|| status::short(development), str::to_owned);
    let sentence = match counted(development, names) {
        Some(counted) => format!("{} ({counted})", sentence(development, names)),
        None => sentence(development, names),
    };
    let sentence = safe::text(&sentence, SENTENCE);
    let mut parts = vec![format!("- **{status}:** {sentence} {}", day(development.date))];
    parts.extend(sources::in_short(development, SOURCE));
    parts.push(safe::text(&short_id(&development.id), 64).replace("\\#", "#"));
    parts.join(" · ")
}

#[cfg(test)]
mod tests;
