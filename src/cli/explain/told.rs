//! An explanation in words and as JSON.

use std::{collections::BTreeMap, io::Write};

use anstyle::Style;
use serde::Serialize;

use super::{line, words};
use crate::{
    classify::{Explanation, Tried},
    cli::lines::ReadingOut,
    model::{Evidence, Field},
    ops::{DevelopmentRow, ItemRow, LedgerRow},
};

/// An item and why it is read as it is.
pub(super) struct Told<'a> {
    pub(super) item: &'a ItemRow,
    pub(super) explanation: Explanation,
    /// The developments that have it among their reports.
    pub(super) joined: Vec<&'a DevelopmentRow>,
    /// The rows of the ledger that are known from those.
    pub(super) ledger: Vec<&'a LedgerRow>,
}

/// Tells what became of a development.
pub(super) fn development(out: &mut impl Write, row: &DevelopmentRow) -> std::io::Result<()> {
    let body = row.body.as_deref().unwrap_or("no body");
    writeln!(
        out,
        "#{} {}.{} ({body}) on {}, {}",
        row.id, row.kind, row.action, row.date, row.status
    )?;
    line(out, "because", &row.why)?;
    line(
        out,
        "told",
        if row.announced { "yes" } else { "no: it was known when its source was first read" },
    )?;
    for report in &row.reports {
        let url = report.url.as_deref().unwrap_or("no address");
        line(
            out,
            "report",
            &format!("{} at {}: {} ({url})", report.source, report.at, report.title),
        )?;
    }
    writeln!(out)
}

impl Told<'_> {
    /// Tells why.
    pub(super) fn write(&self, out: &mut impl Write, colour: bool) -> std::io::Result<()> {
        let Explanation { reading, genre, clauses, tried, .. } = &self.explanation;
        let found = reading.developments.iter().map(|finding| (finding, None));
        let recalled = reading.background.iter().map(|one| (&one.finding, Some(one.because)));
        let all: Vec<_> = found.chain(recalled).collect();
        let evidence: Vec<&Evidence> =
            all.iter().flat_map(|(finding, _)| &finding.evidence).collect();
        writeln!(out, "{}", underlined(&self.item.title, Field::Title, &evidence, colour))?;
        if !self.item.text.is_empty() {
            writeln!(out, "{}", underlined(&self.item.text, Field::Text, &evidence, colour))?;
        }
        for (finding, because) in &all {
            match because {
                None => line(out, "reads as", &words::finding(finding))?,
                Some(because) => {
                    line(
                        out,
                        "mentions",
                        &format!("{}: {}", words::finding(finding), because.as_str()),
                    )?;
                }
            }
        }
        if all.is_empty() {
            line(out, "reads as", "nothing that this bot tells")?;
        }
        self.became(out)?;
        if let Some(genre) = genre {
            line(out, "genre", genre)?;
        }
        for clause in clauses.iter().filter(|clause| clause.because.is_some()) {
            let because = clause.because.map(crate::model::Because::as_str).unwrap_or_default();
            line(
                out,
                "clause",
                &format!("\"{}\": {because}", self.part(clause.field, clause.start, clause.end)),
            )?;
        }
        for span in &self.explanation.spans {
            let text = self.part(span.field, span.start, span.end);
            line(out, "known", &format!("\"{text}\": {}", span.meanings.join(", ")))?;
        }
        for attempt in tried {
            line(
                out,
                "rule",
                &format!(
                    "{} on \"{}\": {}",
                    attempt.rule,
                    attempt.trigger,
                    outcome(&attempt.outcome)
                ),
            )?;
        }
        writeln!(out)
    }

    /// Tells what became of an item that was read: nothing of a mere sentence.
    fn became(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.joined.is_empty() && !self.item.key.is_empty() {
            line(out, "joined", "no development")?;
        }
        for row in &self.joined {
            let step = format!("{}.{}", row.kind, row.action);
            line(out, "joined", &format!("#{} {step} on {}, {}", row.id, row.date, row.status))?;
        }
        for row in &self.ledger {
            let LedgerRow { kind, body, action, since, status, .. } = row;
            let whom = row.subject();
            line(
                out,
                "ledger",
                &format!("{kind} {body} {whom}: {action} since {since}, {status}"),
            )?;
        }
        Ok(())
    }

    fn part(&self, field: Field, start: usize, end: usize) -> String {
        let text = match field {
            Field::Title => &self.item.title,
            Field::Text => &self.item.text,
        };
        text.chars().skip(start).take(end.saturating_sub(start)).collect()
    }
}

fn outcome(tried: &Tried) -> String {
    match tried {
        Tried::Missed(why) => format!("does not fit: {why}"),
        Tried::Fitted { subject, object, doubt, score } => {
            let sum: i32 = score.iter().map(|(_, part)| part).sum();
            let parts: Vec<String> =
                score.iter().map(|(name, part)| format!("{name} {part:+}")).collect();
            let subject = subject.as_ref().map(|it| format!(", by \"{it}\"")).unwrap_or_default();
            let object = object.as_ref().map(|it| format!(", on \"{it}\"")).unwrap_or_default();
            let doubt = doubt.as_ref().map(|it| format!("; but {it}")).unwrap_or_default();
            format!("fits{subject}{object}; score {sum} = {}{doubt}", parts.join(" "))
        }
    }
}

/// The text with what the reading rests on underlined, or in brackets where there are no colours.
fn underlined(text: &str, field: Field, evidence: &[&Evidence], colour: bool) -> String {
    let style = Style::new().underline();
    let (on, off) = if colour {
        (style.render().to_string(), style.render_reset().to_string())
    } else {
        ("[".to_owned(), "]".to_owned())
    };
    let inside = |at: usize| {
        evidence.iter().any(|span| span.field == field && (span.start..span.end).contains(&at))
    };
    let mut marked = String::new();
    let mut open = false;
    for (at, letter) in text.chars().chain(['\n']).enumerate() {
        if inside(at) != open {
            marked.push_str(if open { &off } else { &on });
            open = !open;
        }
        marked.push_str(&words::clean(letter.encode_utf8(&mut [0; 4])));
        if letter == ' ' {
            marked.push(' ');
        }
    }
    marked
}

/// The same for programs.
#[derive(Serialize)]
pub(super) struct Out<'a> {
    /// The one that was asked for, or that the item joined.
    development: Option<&'a DevelopmentRow>,
    ledger: Vec<&'a LedgerRow>,
    items: Vec<ItemOut<'a>>,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    #[serde(flatten)]
    item: &'a ItemRow,
    joined: Vec<&'a str>,
    reading: ReadingOut<'a>,
    genre: Option<&'a str>,
    spans: Vec<SpanOut<'a>>,
    rules: Vec<BTreeMap<&'static str, String>>,
}

#[derive(Serialize)]
struct SpanOut<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    meanings: &'a [String],
}

impl<'a> Out<'a> {
    /// Puts the parts together.
    pub(super) fn of(development: Option<&'a DevelopmentRow>, told: &'a [Told<'_>]) -> Self {
        let items = told.iter().map(|Told { item, explanation, joined, .. }| ItemOut {
            item,
            joined: joined.iter().map(|row| row.id.as_str()).collect(),
            reading: ReadingOut::of(&item.key, &explanation.reading),
            genre: explanation.genre.as_deref(),
            spans: explanation
                .spans
                .iter()
                .map(|span| SpanOut {
                    field: span.field.as_str(),
                    start: span.start,
                    end: span.end,
                    meanings: &span.meanings,
                })
                .collect(),
            rules: explanation
                .tried
                .iter()
                .map(|attempt| {
                    BTreeMap::from([
                        ("rule", attempt.rule.to_string()),
                        ("step", attempt.step.to_string()),
                        ("trigger", attempt.trigger.clone()),
                        ("outcome", outcome(&attempt.outcome)),
                    ])
                })
                .collect(),
        });
        let joined = || told.iter().find_map(|one| one.joined.first().copied());
        let mut ledger: Vec<&LedgerRow> = Vec::new();
        for row in told.iter().flat_map(|one| &one.ledger) {
            if !ledger.contains(row) {
                ledger.push(row);
            }
        }
        Self { development: development.or_else(joined), ledger, items: items.collect() }
    }
}
