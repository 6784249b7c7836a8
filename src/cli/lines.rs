//! Items in and readings out as JSON Lines: the words of the interface, kept apart from the
//! program's own types so that neither ties the other.

use std::{
    borrow::Cow,
    io::{self, BufRead},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::model::{BodyId, CaseId, Decided, Evidence, Finding, PersonName, Reading, StateCode};

/// An item of the input. Keys that are not named here are ignored.
#[derive(Debug, Deserialize)]
pub(super) struct ItemLine<'a> {
    /// The caller's own id, given back as it is.
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    /// Who brought it.
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) source: Option<Cow<'a, str>>,
    /// Where it stands.
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) url: Option<Cow<'a, str>>,
    /// The headline.
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) title: Option<Cow<'a, str>>,
    /// The lead.
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) text: Option<Cow<'a, str>>,
    /// When it was published.
    #[serde(deserialize_with = "moment")]
    pub(super) published: Timestamp,
}

/// Text that may be missing, left where it stands in the line unless it has escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn text<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    Ok(Option::<Text<'de>>::deserialize(input)?.map(|text| text.0))
}

fn moment<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Timestamp, D::Error> {
    let text = Cow::<'de, str>::deserialize(input)?;
    text.parse().map_err(|_wrong| {
        let shown: String = text.chars().take(40).collect();
        serde::de::Error::custom(format!(
            "`published` is `{shown}`; write a moment such as 2024-11-21T12:00:00Z"
        ))
    })
}

/// The longest line that is taken, in bytes: no item is as long, and one without an end must not
/// fill the memory.
const LONGEST: usize = 8 << 20;

/// Reads lines into buffers that are used again, whatever their number.
pub(super) struct Lines<R> {
    input: R,
    /// The lines that were read together.
    raw: Vec<Raw>,
    number: u64,
}

/// A line before it is looked at.
#[derive(Default)]
struct Raw {
    number: u64,
    bytes: Vec<u8>,
    /// Whether all of it was taken.
    whole: bool,
}

/// What a line is.
pub(super) enum Line<'a> {
    /// An item.
    Item(ItemLine<'a>),
    /// Something else: the number of the line and what is wrong.
    Bad(u64, String),
}

impl<R: BufRead> Lines<R> {
    /// Lines of this input.
    pub(super) fn of(input: R) -> Self {
        Self { input, raw: Vec::new(), number: 0 }
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        Ok(self.take(1)?.next())
    }

    /// The next lines that are not blank, as many as there are and as are asked for.
    pub(super) fn take(&mut self, most: usize) -> io::Result<impl Iterator<Item = Line<'_>>> {
        self.raw.resize_with(most, Raw::default);
        let mut count = 0;
        while let Some(raw) = self.raw.get_mut(count) {
            raw.bytes.clear();
            raw.whole = take_line(&mut self.input, &mut raw.bytes)?;
            if raw.bytes.is_empty() {
                break;
            }
            self.number += 1;
            raw.number = self.number;
            count += usize::from(!raw.whole || !raw.text().trim_ascii().is_empty());
        }
        Ok(self.raw[..count].iter().map(Raw::read))
    }
}

impl Raw {
    fn read(&self) -> Line<'_> {
        if !self.whole {
            return Line::Bad(self.number, format!("the line is longer than {LONGEST} bytes"));
        }
        let line = self.text();
        // What is known to be UTF-8 as a whole is not asked again string by string.
        let read = match std::str::from_utf8(line) {
            Ok(line) => serde_json::from_str(line),
            Err(_) => serde_json::from_slice(line),
        };
        match read {
            Ok(item) => Line::Item(item),
            Err(error) => Line::Bad(self.number, in_line(&error)),
        }
    }

    /// The line without the mark that some editors put at the beginning of a file.
    fn text(&self) -> &[u8] {
        let bare = if self.number == 1 { self.bytes.strip_prefix(b"\xEF\xBB\xBF") } else { None };
        bare.unwrap_or(&self.bytes)
    }
}

/// Appends the next line, its end included; `false` where it was too long and was passed over.
fn take_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut whole = true;
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(whole);
        }
        let end = memchr::memchr(b'\n', chunk);
        let taken = end.map_or(chunk.len(), |end| end + 1);
        whole &= buffer.len() + taken <= LONGEST;
        if whole || buffer.is_empty() {
            buffer.extend_from_slice(&chunk[..taken.min(LONGEST)]);
        }
        input.consume(taken);
        if end.is_some() {
            return Ok(whole);
        }
    }
}

/// The error without serde's line number, which counts within our one line.
fn in_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let bare = text.rsplit_once(" at line ").map_or(text.as_str(), |(bare, _)| bare);
    format!("{bare} (column {})", error.column())
}

/// A step with its slots, as both commands print it.
#[derive(Debug, Serialize)]
pub(super) struct Slots<'a> {
    kind: &'static str,
    action: &'static str,
    body: Option<&'a str>,
    case: Option<&'a str>,
    #[serde(serialize_with = "states")]
    states: &'a [StateCode],
    #[serde(serialize_with = "persons")]
    persons: &'a [PersonName],
    #[serde(serialize_with = "shown")]
    date: jiff::civil::Date,
}

impl<'a> From<&'a Finding> for Slots<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            kind: finding.step.kind.as_str(),
            action: finding.step.action.as_str(),
            body: finding.body.as_ref().map(BodyId::as_str),
            case: finding.case.as_ref().map(CaseId::as_str),
            states: &finding.states,
            persons: &finding.persons,
            date: finding.date,
        }
    }
}

/// A finding of a reading: its slots are fields here, since `flatten` would go through a map.
#[derive(Debug, Serialize)]
pub(super) struct FindingOut<'a> {
    kind: &'static str,
    action: &'static str,
    body: Option<&'a str>,
    case: Option<&'a str>,
    #[serde(serialize_with = "states")]
    states: &'a [StateCode],
    #[serde(serialize_with = "persons")]
    persons: &'a [PersonName],
    #[serde(serialize_with = "shown")]
    date: jiff::civil::Date,
    score: i32,
    #[serde(serialize_with = "evidence")]
    evidence: &'a [Evidence],
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
}

/// A reading.
#[derive(Debug, Serialize)]
pub(super) struct ReadingOut<'a> {
    id: &'a str,
    developments: Vec<FindingOut<'a>>,
    background: Vec<FindingOut<'a>>,
}

impl<'a> ReadingOut<'a> {
    /// The line for a reading of the item with this id.
    pub(super) fn of(id: &'a str, reading: &'a Reading) -> Self {
        let out = |finding: &'a Finding, because| {
            let Slots { kind, action, body, case, states, persons, date } = Slots::from(finding);
            let (score, evidence) = (finding.score, &finding.evidence[..]);
            FindingOut { kind, action, body, case, states, persons, date, score, evidence, because }
        };
        Self {
            id,
            developments: reading.developments.iter().map(|finding| out(finding, None)).collect(),
            background: reading
                .background
                .iter()
                .map(|recalled| out(&recalled.finding, Some(recalled.because.as_str())))
                .collect(),
        }
    }
}

/// What was decided of an item.
#[derive(Debug, Serialize)]
pub(super) struct DecisionsOut<'a> {
    id: &'a str,
    decisions: Vec<DecisionOut<'a>>,
}

/// One decision: what the item says, and the development that it belongs to.
#[derive(Debug, Serialize)]
struct DecisionOut<'a> {
    development: &'a str,
    decision: &'static str,
    #[serde(flatten)]
    slots: Slots<'a>,
    status: &'static str,
    why: &'a str,
}

impl<'a> DecisionsOut<'a> {
    /// The line for what was decided of the item with this id.
    pub(super) fn of(id: &'a str, decisions: &'a [Decided]) -> Self {
        let out = |decided: &'a Decided| DecisionOut {
            development: decided.development.id.as_str(),
            decision: decided.decision.as_str(),
            slots: Slots::from(&decided.said),
            status: decided.development.status.as_str(),
            why: &decided.why,
        };
        Self { id, decisions: decisions.iter().map(out).collect() }
    }
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    rule: &'a str,
}

fn states<S: Serializer>(states: &&[StateCode], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(states.iter().map(StateCode::as_str))
}

fn persons<S: Serializer>(persons: &&[PersonName], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(persons.iter().map(PersonName::as_str))
}

fn evidence<S: Serializer>(evidence: &&[Evidence], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(evidence.iter().map(|span| EvidenceOut {
        field: span.field.as_str(),
        start: span.start,
        end: span.end,
        rule: span.rule.as_str(),
    }))
}

fn shown<S: Serializer, T: std::fmt::Display>(value: &T, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each line of an input is: an item's id, or the number of a bad line and what is wrong.
    #[track_caller]
    fn check(input: &[u8], expected: &[&str]) {
        let mut lines = Lines::of(input);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push(match line {
                Line::Item(item) => item.id.to_string(),
                // The column is the JSON reader's, which counts it one way or another.
                Line::Bad(number, what) => {
                    let what = what.split(" (column").next().unwrap_or_default();
                    format!("{number}: {what}")
                }
            });
        }
        assert_eq!(found, expected);
    }

    const GOOD: &str = r#"{"id":"a","published":"2024-01-01T00:00:00Z","other":[1]}"#;

    #[test]
    fn lines_may_be_blank_marked_or_unended() {
        let text = format!("\u{FEFF}{GOOD}\r\n\n  \n{GOOD}");
        check(text.as_bytes(), &["a", "a"]);
        check(b"", &[]);
    }

    #[test]
    fn a_bad_line_is_told_with_its_number_and_the_next_is_read() {
        let text = format!("{{\n{GOOD}\n{{\"id\":\"b\",\"published\":\"yesterday\"}}\n\"\u{e9}\n");
        check(
            text.as_bytes(),
            &[
                "1: EOF while parsing an object",
                "a",
                "3: `published` is `yesterday`; write a moment such as 2024-11-21T12:00:00Z",
                "4: control character (\\u0000-\\u001F) found while parsing a string",
            ],
        );
        let text = [b"{\"id\":\"\xff\"}\n", GOOD.as_bytes()].concat();
        check(&text, &["1: invalid unicode code point", "a"]);
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let mut text = vec![b'x'; LONGEST + 100];
        text.push(b'\n');
        text.extend_from_slice(GOOD.as_bytes());
        check(&text, &["1: the line is longer than 8388608 bytes", "a"]);
    }

    #[test]
    fn escapes_are_read() {
        let line = r#"{"id":"a\"b","published":"2024-01-01T00:00:00+02:00","title":null}"#;
        check(line.as_bytes(), &["a\"b"]);
    }
}
