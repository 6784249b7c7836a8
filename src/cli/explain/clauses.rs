//! What the openings of clauses make of them, and how far cues reach.

use super::{
    cells::Cells,
    marks::{Lines, Mark, draw},
    page::{Ink, Page},
    reasons::said,
    told::Told,
    words::clean,
};
use crate::{
    classify::{ClauseNote, CueNote, definition::Reach},
    model::Because,
};

/// Writes the clauses, where there is more than one to tell apart.
pub(super) fn clauses(page: &mut Page, told: &Told<'_>) {
    let clauses = &told.explanation.clauses;
    let dependent = clauses.iter().any(|clause| clause.because.is_some());
    let several = page.look.full && clauses.len() > 1;
    if !dependent && !several {
        return;
    }
    page.heading("Clauses");
    for clause in clauses {
        if !page.look.full && clause.because.is_none() && !told.is_tried_in(clause) {
            continue;
        }
        let said = words(told, clause);
        page.entry(role(clause), &format!("“{said}”"));
    }
}

/// What a clause is.
pub(super) fn role(clause: &ClauseNote) -> &'static str {
    match (clause.because, &clause.opened_by) {
        (Some(because), _) => because.as_str(),
        (None, Some(_)) => "beside",
        (None, None) => "main",
    }
}

fn words(told: &Told<'_>, clause: &ClauseNote) -> String {
    let parts = clause.places.iter().map(|place| clean(&told.part(place)));
    let parts: Vec<String> = parts
        .map(|part| part.trim_matches([',', ' ']).to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(" … ")
}

/// Writes the cues that matter, each with its reach drawn under the text.
pub(super) fn cues(page: &mut Page, told: &Told<'_>) {
    let opens = |cue: &&CueNote| cue.reach.opens();
    let (shown, others): (Vec<&CueNote>, Vec<&CueNote>) = told
        .explanation
        .cues
        .iter()
        .filter(|cue| page.look.full || !opens(cue))
        .partition(|cue| page.look.full || cue.decides);
    if shown.is_empty() {
        return;
    }
    page.heading("Cues");
    for cue in shown {
        page.paragraph(2, Ink::Plain, &effect(cue));
        drawn(page, told, cue);
    }
    if !others.is_empty() {
        let mut all: Vec<String> = others.iter().map(|cue| said(&cue.quote)).collect();
        all.dedup();
        page.paragraph(2, Ink::Faint, &format!("without effect here: {}", all.join(", ")));
    }
}

/// What a cue does: `“urge” (cue urge): what follows it in its clause is urged`.
fn effect(cue: &CueNote) -> String {
    let what = match cue.reach {
        Reach::Forward => "what follows it in its clause",
        Reach::Backward => "what stands before it in its clause",
        Reach::Sentence => "everything in its sentence",
        Reach::Opening | Reach::Headline => "the whole article",
        Reach::Clause | Reach::Content => "the clause that it opens",
        Reach::Both => "everything in its clause",
    };
    let makes = cue.because.map_or("is taken as said", made);
    let words = said(&cue.quote);
    if cue.scope.is_empty() {
        return format!("{words} (cue {}): reaches nothing here", cue.id);
    }
    format!("{words} (cue {}): {what} {makes}", cue.id)
}

fn made(because: Because) -> &'static str {
    match because {
        Because::Recalled => "is recalled",
        Because::Urged => "is urged",
        Because::Planned => "is planned",
        Because::Considered => "is considered",
        Because::Denied => "is denied",
        Because::Hypothetical => "is supposed",
        Because::Question => "is asked",
        Because::Opinion => "is opinion",
        Because::OutOfScope => "is about something else",
        Because::Weak => "is weak",
    }
}

/// The text with the cue and its reach.
fn drawn(page: &mut Page, told: &Told<'_>, cue: &CueNote) {
    let field = cue.quote.place.field;
    let (text, read) = told.field(field);
    let mark = |characters, sign| Mark { characters, sign, label: String::new(), ink: Ink::Cue };
    let place = cue.quote.place;
    let mut marks = vec![mark(place.start..place.end, '~')];
    let reached = cue.scope.iter().filter(|place| place.field == field);
    marks.extend(reached.map(|place| mark(place.start..place.end, '.')));
    draw(page, 4, &Cells::of(text, read), &marks, Lines::Marked);
}
