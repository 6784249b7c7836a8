//! From weighed frames to a reading: what headline and lead say of one step is one finding.

use super::{frames::View, slots::Concerned, targets::is_personal, weigh::Candidate};
use crate::model::{Action, Because, Evidence, Field, Finding, Kind, Reading, Recalled, Step};

/// Joins what headline and lead say of one step, and drops from the background what is reported.
pub(super) fn gather(view: &View<'_>, candidates: Vec<Candidate>) -> Reading {
    let (told, doubted): (Vec<_>, Vec<_>) =
        heed_headline(candidates).into_iter().partition(|candidate| candidate.doubt.is_none());
    let mut drafts = Drafts { view, known: Vec::new() };
    let mut reported: Vec<Draft> = Vec::new();
    for candidate in main_steps(best_readings(view, told)) {
        let known = reported.iter().position(|draft| draft.is_of(&candidate));
        let draft = drafts.of(&candidate);
        match known {
            Some(known) => reported[known].join(draft),
            None => reported.push(draft),
        }
    }
    let mut recalled: Vec<(Draft, Because)> = Vec::new();
    for candidate in doubted {
        let Some(because) = candidate.doubt else { continue };
        let known = reported.iter().chain(recalled.iter().map(|(draft, _)| draft));
        if !known.into_iter().any(|draft| draft.is_of(&candidate)) {
            recalled.push((drafts.of(&candidate), because));
        }
    }
    let finish = |draft: Draft| draft.finish(view);
    Reading {
        developments: reported.into_iter().map(finish).collect(),
        background: recalled
            .into_iter()
            .map(|(draft, because)| Recalled { finding: finish(draft), because })
            .collect(),
    }
}

/// Where the headline only recalls, urges or expects a step, the lead does not report it: it says
/// what the headline is about.
fn heed_headline(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let spoken: Vec<(Step, Option<Because>)> = candidates
        .iter()
        .filter(|candidate| candidate.field == Field::Title)
        .map(|candidate| (candidate.step, candidate.doubt))
        .collect();
    for candidate in &mut candidates {
        let said = || spoken.iter().filter(|(other, _)| *other == candidate.step);
        let told = said().any(|(_, doubt)| matches!(doubt, None | Some(Because::Weak)));
        if candidate.field == Field::Text && !told {
            let spoken = said().find_map(|(_, doubt)| *doubt);
            // What the lead reports and dates to these days is news under a headline of reactions or
            // demands too.
            let recent =
                candidate.recent && matches!(spoken, Some(Because::Recalled | Because::Urged));
            candidate.doubt = candidate.doubt.or(spoken.filter(|_| !recent));
        }
    }
    candidates
}

/// One act is one step. Where rules read the same word as different steps of a kind, the one that
/// is worth most stands, of equals the one that asks for most, then the first. A judgment is what
/// any ruling is: where its sentence says which, that stands alone.
fn best_readings(view: &View<'_>, mut told: Vec<Candidate>) -> Vec<Candidate> {
    let worth = |candidate: &Candidate| {
        let rule = &view.compiled.rules[candidate.frame.rule];
        (candidate.score, rule.demands(), std::cmp::Reverse(candidate.frame.rule))
    };
    let place = |candidate: &Candidate| view.mentions[candidate.frame.trigger];
    let same_word = |one: &Candidate, other: &Candidate| {
        (place(one).from, place(one).to) == (place(other).from, place(other).to)
    };
    // Of two rules with one step the one that sees an object knows whom it concerns.
    let aimed = told.clone();
    told.retain(|one| {
        one.frame.object.is_some()
            || !aimed.iter().any(|other| {
                other.frame.object.is_some()
                    && (other.step, other.body) == (one.step, one.body)
                    && same_word(one, other)
            })
    });
    keep_unbeaten(&mut told, |one, other| same_word(one, other) && worth(other) > worth(one));
    let sentence = |candidate: &Candidate| view.clauses.at(place(candidate).from).sentence;
    // A further verb of the same actor tells a step of its own.
    let parted = |one: &Candidate, other: &Candidate| {
        let clause = |candidate: &Candidate| view.clauses.of[place(candidate).from];
        clause(one) != clause(other) && view.clauses.share(clause(one), clause(other))
    };
    keep_unbeaten(&mut told, |one, other| {
        one.step.kind == Kind::Ruling
            && one.step.action == Action::Judgment
            && one.body == other.body
            && sentence(one) == sentence(other)
            && !parted(one, other)
    });
    told
}

/// Keeps those that no other step of their kind beats.
fn keep_unbeaten(told: &mut Vec<Candidate>, beats: impl Fn(&Candidate, &Candidate) -> bool) {
    if told.len() < 2 {
        return;
    }
    let all = told.clone();
    told.retain(|one| {
        !all.iter().any(|other| {
            other.step != one.step && other.step.kind == one.step.kind && beats(one, other)
        })
    });
}

/// Where the headline names a step of a kind, further steps of that kind in the lead only surround
/// it (`the judges also…`).
fn main_steps(told: Vec<Candidate>) -> Vec<Candidate> {
    let title = |candidate: &&Candidate| candidate.field == Field::Title;
    let heads: Vec<Candidate> = told.iter().filter(title).copied().collect();
    let surrounds = |candidate: &Candidate| {
        candidate.field == Field::Text
            && heads.iter().all(|head| head.step != candidate.step)
            && heads
                .iter()
                .any(|head| head.step.kind == candidate.step.kind && head.body == candidate.body)
    };
    told.into_iter().filter(|candidate| !surrounds(candidate)).collect()
}

/// A finding in the making.
#[derive(Debug)]
struct Draft {
    /// What it was made from first.
    first: Candidate,
    score: i32,
    concerned: Concerned,
    evidence: Vec<Evidence>,
    dated: Option<jiff::civil::Date>,
    again: bool,
}

impl Draft {
    fn is_of(&self, candidate: &Candidate) -> bool {
        self.first.step == candidate.step && self.first.body == candidate.body
    }

    fn join(&mut self, other: Self) {
        self.score = self.score.max(other.score);
        self.concerned.join(other.concerned);
        self.dated = self.dated.or(other.dated);
        self.again |= other.again;
        for evidence in other.evidence {
            if !self.evidence.contains(&evidence) {
                self.evidence.push(evidence);
            }
        }
    }

    fn finish(self, view: &View<'_>) -> Finding {
        let definitions = &view.compiled.definitions;
        let (states, persons, case) = self.concerned.named(definitions);
        let published = view.article.published;
        Finding {
            step: self.first.step,
            body: self.first.body.map(|body| definitions.bodies[body].id.clone()),
            case,
            states,
            persons,
            date: self.dated.map_or(published, |day| day.min(published)),
            dated: self.dated.is_some(),
            again: self.again,
            score: self.score,
            evidence: self.evidence,
        }
    }
}

/// What decides whom a frame concerns, besides its step and body.
type Ground = (Step, Option<usize>, usize, Option<usize>);

/// Makes drafts, and remembers whom frames concern: many rules read the same words.
struct Drafts<'a, 'b> {
    view: &'a View<'b>,
    known: Vec<(Ground, Concerned)>,
}

impl Drafts<'_, '_> {
    fn of(&mut self, candidate: &Candidate) -> Draft {
        let Candidate { frame, step, body, score, .. } = *candidate;
        let view = self.view;
        let trigger = view.mentions[frame.trigger].from;
        let aimed = is_personal(step) || step.kind == Kind::Membership;
        let ground = if aimed {
            (step, body, frame.trigger, frame.object)
        } else {
            (step, body, view.clauses.of[trigger], None)
        };
        let known = self.known.iter().find(|(other, _)| *other == ground);
        let concerned = if let Some((_, concerned)) = known {
            concerned.clone()
        } else {
            let concerned = view.concerned(&frame, step, body);
            self.known.push((ground, concerned.clone()));
            concerned
        };
        let day = view
            .day(&frame, view.article.published)
            .filter(|day| day.exact || candidate.doubt.is_some());
        Draft {
            first: *candidate,
            score,
            concerned,
            evidence: vec![view.evidence(&frame)],
            dated: day.map(|day| day.latest),
            again: view.calls_it_another(&frame),
        }
    }
}
