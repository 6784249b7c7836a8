//! What is marked in a text, and how each mark is labelled.

use super::{marks::Mark, page::Ink, rules, told::Told, words::clean};
use crate::{
    classify::{Attempt, ClauseNote, Entity, Fate, Fitted, Place, Quote},
    model::Field,
};

impl Told<'_> {
    /// The marks of a field, those first that count where they overlap.
    pub(super) fn marks(&self, field: Field) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut add = |place: &Place, sign, label: String, ink| {
            let characters = place.start..place.end;
            let known = marks.iter().any(|mark| mark.characters == characters);
            if place.field == field && !known {
                marks.push(Mark { characters, sign, label: clean(&label), ink });
            }
        };
        for attempt in self.shown_attempts() {
            let Some(fitted) = &attempt.fitted else {
                add(&attempt.trigger.place, '^', format!("nearly {}", attempt.step), Ink::Role);
                continue;
            };
            add(&attempt.trigger.place, '^', attempt.step.to_string(), Ink::Role);
            for (quote, role) in [(&fitted.subject, "actor"), (&fitted.object, "object")] {
                if let Some(quote) = quote {
                    add(&quote.place, '^', self.role(role, quote), Ink::Role);
                }
            }
        }
        for cue in self.explanation.cues.iter().filter(|cue| cue.decides) {
            let label = cue.because.map(|because| because.as_str().to_owned()).unwrap_or_default();
            add(&cue.quote.place, '~', label, Ink::Cue);
        }
        for span in &self.explanation.spans {
            let place = Place { field: span.field, start: span.start, end: span.end };
            if let Some(entity) = &span.names {
                let label = self.label(entity, &self.part(&place));
                add(&place, '-', label.unwrap_or_default(), Ink::Name);
            }
        }
        marks
    }

    /// The rules whose roles are marked: those that are told, else those that fit, else the nearest
    /// one.
    fn shown_attempts(&self) -> Vec<&Attempt> {
        let tried = &self.explanation.tried;
        let is = |wanted: fn(&Fitted) -> bool| -> Vec<&Attempt> {
            tried.iter().filter(|one| one.fitted.as_ref().is_some_and(wanted)).collect()
        };
        let told = is(|fitted| fitted.fate == Fate::Reported);
        let shown = if told.is_empty() { is(|_| true) } else { told };
        if !shown.is_empty() {
            return shown;
        }
        tried.iter().take(1).filter(|one| rules::is_near(one)).collect()
    }

    /// A role, with the name of who has it where that is written otherwise.
    fn role(&self, role: &str, quote: &Quote) -> String {
        let Place { field, start, end } = quote.place;
        let spans = &self.explanation.spans;
        let span =
            spans.iter().find(|span| (span.field, span.start, span.end) == (field, start, end));
        let entity = span.and_then(|span| span.names.as_ref());
        match entity.and_then(|entity| self.label(entity, &quote.words)) {
            Some(label) => format!("{role}: {label}"),
            None => role.to_owned(),
        }
    }

    /// What something is called, where that is not what stands there.
    fn label(&self, entity: &Entity, written: &str) -> Option<String> {
        let label = match entity {
            Entity::State(code) => self.names.state(code).to_owned(),
            other => other.to_string(),
        };
        (!label.eq_ignore_ascii_case(written)).then_some(label)
    }

    /// Whether a rule that fits, or nearly does, was tried on a word of this clause.
    pub(super) fn is_tried_in(&self, clause: &ClauseNote) -> bool {
        self.shown_attempts().iter().any(|attempt| {
            let trigger = attempt.trigger.place;
            clause.places.iter().any(|place| {
                place.field == trigger.field && (place.start..place.end).contains(&trigger.start)
            })
        })
    }
}
