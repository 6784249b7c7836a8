//! The rules that fit, with their scores as sums, and those that nearly do, with what they lack.

use super::{
    page::{Ink, Page},
    reasons::{reason, said},
    verdict::{because_of, only},
};
use crate::{
    classify::{Attempt, Demand, DoubtNote, Explanation, Fate, Fitted, Key, Points},
    model::Field,
    render::Names,
};

/// How many of the rules that nearly fit are shown.
const NEAREST: usize = 5;
/// How many of its demands a rule may miss and still be near.
const FEW: usize = 2;

/// Writes both.
pub(super) fn write(page: &mut Page, explanation: &Explanation, names: &Names) {
    let (fitting, missing): (Vec<&Attempt>, Vec<&Attempt>) =
        explanation.tried.iter().partition(|attempt| attempt.fitted.is_some());
    if !fitting.is_empty() {
        page.heading("Rules that fit");
    }
    for attempt in &fitting {
        if let Some(fitted) = &attempt.fitted {
            fits(page, attempt, fitted, explanation);
        }
    }
    let nearest = nearest(&missing, &fitting);
    let full = page.look.full;
    let near = nearest.iter().filter(|attempt| is_near(attempt)).count().min(NEAREST);
    let shown = if full { nearest.len() } else { near };
    if shown == 0 {
        if explanation.tried.len() == missing.len() && !missing.is_empty() {
            page.blank();
            page.paragraph(2, Ink::Faint, "-v shows the rules that were tried");
        }
        return;
    }
    page.heading("Rules that nearly fit, nearest first");
    for attempt in nearest.iter().take(shown) {
        misses(page, attempt, names);
    }
    if let Some(more) = nearest.len().checked_sub(shown).filter(|more| *more > 0) {
        page.paragraph(2, Ink::Faint, &format!("… and {more} more: -v shows them all"));
    }
}

/// Whether a rule that does not fit nearly does: it misses little, and finds something that it
/// wants.
pub(super) fn is_near(attempt: &Attempt) -> bool {
    let finds = |demand: &Demand| match demand.key {
        Key::Without => false,
        Key::Subject => demand.met && demand.found.is_some(),
        _ => demand.met,
    };
    attempt.missed() <= FEW
        && attempt.missed() <= attempt.met()
        && attempt.demands.iter().any(finds)
}

/// The best attempt of each rule that never fits, in order.
fn nearest<'a>(missing: &[&'a Attempt], fitting: &[&Attempt]) -> Vec<&'a Attempt> {
    let mut nearest: Vec<&Attempt> = Vec::new();
    for attempt in missing {
        let is_it = |known: &&Attempt| known.rule == attempt.rule;
        if !nearest.iter().any(is_it) && !fitting.iter().any(is_it) {
            nearest.push(attempt);
        }
    }
    nearest
}

fn fits(page: &mut Page, attempt: &Attempt, fitted: &Fitted, explanation: &Explanation) {
    let fate = fate(fitted, explanation.genre.as_ref());
    page.paragraph(2, Ink::Plain, &format!("{}: {fate}", head(attempt)));
    let actor = fitted.subject.as_ref().map(|quote| format!("by {}", said(quote)));
    let object = fitted.object.as_ref().map(|quote| format!("on {}", said(quote)));
    let roles: Vec<String> = [actor, object].into_iter().flatten().collect();
    if !roles.is_empty() {
        page.paragraph(4, Ink::Plain, &roles.join(", "));
    }
    page.paragraph(4, Ink::Plain, &as_sum(fitted, explanation.needed));
}

/// What became of a rule that fits, and why.
pub(super) fn fate(fitted: &Fitted, genre: Option<&DoubtNote>) -> String {
    let ground = |accepted: bool| {
        let doubt = fitted.doubt.as_ref().filter(|doubt| doubt.accepted == accepted);
        doubt.map(|doubt| (doubt.because, because_of(&doubt.ground)))
    };
    match fitted.fate {
        Fate::Reported => match ground(true) {
            Some((because, ground)) => {
                format!("reported: it {}, {ground}, which this rule takes for news", only(because))
            }
            None => "reported".to_owned(),
        },
        Fate::Background(because) => {
            let whole = genre.map(|doubt| (doubt.because, because_of(&doubt.ground)));
            match whole.or(ground(false)).filter(|(own, _)| *own == because) {
                Some((_, ground)) => format!("{}, {ground}", only(because)),
                None => only(because).to_owned(),
            }
        }
        Fate::Headline(because) => format!("{}, as the headline has it", only(because)),
        Fate::Surrounds => {
            "left out: it surrounds another step, which the headline names".to_owned()
        }
    }
}

/// `rule 75 + body in the clause 15 + headline 20 = 110, at least 90 needed`
fn as_sum(fitted: &Fitted, needed: i32) -> String {
    let mut text = String::new();
    for (at, Points { reason, points }) in fitted.score.iter().enumerate() {
        let sign = match (at, *points < 0) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        };
        text.extend([sign, reason, " ", &points.abs().to_string()]);
    }
    format!("{text} = {}, at least {needed} needed", fitted.sum())
}

/// The rule and what set it off.
fn head(attempt: &Attempt) -> String {
    let place = match attempt.trigger.place.field {
        Field::Title => "",
        Field::Text => " in the lead",
    };
    format!("{} on {}{place}", attempt.rule, said(&attempt.trigger))
}

fn misses(page: &mut Page, attempt: &Attempt, names: &Names) {
    let (met, all) = (attempt.met(), attempt.demands.len());
    let head = format!("{}: {met} of {all} demands met", head(attempt));
    page.paragraph(2, Ink::Plain, &head);
    let missed = attempt.demands.iter().filter(|demand| !demand.met);
    for demand in missed.take(if page.look.full { usize::MAX } else { 1 }) {
        page.paragraph(4, Ink::Plain, &reason(demand, names));
    }
}
