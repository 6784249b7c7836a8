//! An explanation in words: the verdict, the text with its marks, what led to it, and what became
//! of it.

use super::{
    cells::Cells,
    clauses,
    marks::{Lines, draw},
    page::{Ink, Page},
    rules,
    verdict::{Verdict, verdicts},
    words::clean,
};
use crate::{
    classify::{Explanation, Place},
    model::Field,
    ops::{DevelopmentRow, ItemRow, LedgerRow, rows::ReportRow},
    render::Names,
};

/// An item and why it is read as it is.
pub(super) struct Told<'a> {
    pub(super) item: &'a ItemRow,
    pub(super) explanation: Explanation,
    /// What bodies and states are called.
    pub(super) names: &'a Names,
    /// The developments that have it among their reports.
    pub(super) joined: Vec<&'a DevelopmentRow>,
    /// The rows of the ledger that are known from those.
    pub(super) ledger: Vec<&'a LedgerRow>,
}

/// Tells what became of a development.
pub(super) fn development(page: &mut Page, row: &DevelopmentRow) {
    let body = row.body.as_deref().unwrap_or("no body");
    let step = format!("{}.{}", row.kind, row.action);
    let head = format!("#{} {step} ({body}) on {}, {}", row.id, row.date, row.status);
    page.paragraph(0, Ink::Heading, &clean(&head));
    page.entry("because", &clean(&row.why));
    let told = match row.held.as_deref() {
        None if row.announced => "yes",
        None => "no: it was known when its source was first read",
        Some("review") => "no: the ledger does not allow it",
        Some(_) => "no: it waits for a report of its own",
    };
    page.entry("told", told);
    for fact in &row.ledger {
        let entry =
            format!("{}.{} of {} since {}", fact.kind, fact.action, fact.subject(), fact.since);
        page.entry("ledger", &clean(&entry));
    }
    for report in &row.reports {
        let url = report.url.as_deref().unwrap_or("no address");
        let said = format!("{} at {}: {} ({url})", report.source, report.at, report.title);
        page.entry("report", &clean(&said));
        page.entry("joined", &clean(&joined(report)));
    }
}

/// Why a report joined, and by which rules it was read.
fn joined(report: &ReportRow) -> String {
    let copied = report.copy_of.as_ref().map(|owner| format!("; it carries the text of {owner}"));
    let rules = report.rules.join(", ");
    let read = if rules.is_empty() { String::new() } else { format!("; read by {rules}") };
    format!("{}{}{read}", report.joined, copied.unwrap_or_default())
}

impl Told<'_> {
    /// Tells everything, the verdict first.
    pub(super) fn write(&self, page: &mut Page) {
        page.blank();
        for Verdict { told, sentence, details } in self.verdicts() {
            let ink = if told { Ink::Told } else { Ink::Quiet };
            page.paragraph(0, ink, &sentence);
            if let Some(details) = details {
                page.paragraph(2, Ink::Faint, &details);
            }
        }
        self.text(page);
        clauses::clauses(page, self);
        clauses::cues(page, self);
        rules::write(page, &self.explanation, self.names);
        self.became(page);
    }

    /// What is to be said first.
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let empty = [&self.item.title, &self.item.text].iter().all(|text| clean(text).is_empty());
        verdicts(&self.explanation, self.names, empty)
    }

    /// The headline and the lead as far as they are read, with their marks.
    fn text(&self, page: &mut Page) {
        let mut signs = String::new();
        for field in [Field::Title, Field::Text] {
            let (text, read) = self.field(field);
            let cells = Cells::of(text, read);
            if cells.len() == 0 {
                continue;
            }
            page.blank();
            let marks = self.marks(field);
            draw(page, 2, &cells, &marks, Lines::All);
            signs.extend(marks.iter().map(|mark| mark.sign));
            let rest = text.chars().count().saturating_sub(read);
            if rest > 0 {
                let note = format!("… only the beginning is read: {rest} characters more follow");
                page.paragraph(2, Ink::Faint, &note);
            }
        }
        let fits = self.explanation.tried.iter().any(|attempt| attempt.fitted.is_some());
        let roles = if fits { "^^^ what a rule reads" } else { "^^^ what nearly sets off a rule" };
        let meanings = [('^', roles), ('~', "~~~ cues"), ('-', "--- known names")];
        let legend: Vec<&str> = meanings
            .into_iter()
            .filter(|(sign, _)| signs.contains(*sign))
            .map(|(_, meaning)| meaning)
            .collect();
        if !legend.is_empty() {
            page.blank();
            page.paragraph(2, Ink::Faint, &legend.join(", "));
        }
    }

    /// Tells what became of an item that was read: nothing of a mere sentence.
    fn became(&self, page: &mut Page) {
        if self.item.key.is_empty() {
            return;
        }
        page.heading("What became of it");
        if self.joined.is_empty() {
            page.entry("joined", "no development");
        }
        for row in &self.joined {
            let step = format!("{}.{}", row.kind, row.action);
            let said = format!("#{} {step} on {}, {}: {}", row.id, row.date, row.status, row.title);
            page.entry("joined", &clean(&said));
        }
        for row in &self.ledger {
            let LedgerRow { kind, body, action, since, status, .. } = row;
            let whom = row.subject();
            let said = format!("{kind} {body} {whom}: {action} since {since}, {status}");
            page.entry("ledger", &clean(&said));
        }
    }

    /// A field, and how many characters of it are read.
    pub(super) fn field(&self, field: Field) -> (&str, usize) {
        match field {
            Field::Title => (&self.item.title, self.explanation.title_read),
            Field::Text => (&self.item.text, self.explanation.text_read),
        }
    }

    /// What stands in a place.
    pub(super) fn part(&self, place: &Place) -> String {
        let (text, _) = self.field(place.field);
        text.chars().skip(place.start).take(place.end.saturating_sub(place.start)).collect()
    }
}
