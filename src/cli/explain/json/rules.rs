//! The rules of an explanation, for programs.

use serde::Serialize;

use super::{
    super::{reasons::reason, rules::fate},
    PlaceOut, QuoteOut,
};
use crate::{
    classify::{Attempt, Demand, DoubtNote, Explanation, Fate, Fitted, Place},
    model::{Because, BodyId, Evidence},
    render::Names,
};

/// A rule that was tried.
#[derive(Serialize)]
pub(super) struct RuleOut<'a> {
    rule: &'a str,
    step: String,
    trigger: QuoteOut<'a>,
    /// `reported`, `background`, `left-out` or `missed`.
    outcome: &'static str,
    because: Option<&'static str>,
    /// The outcome in words.
    why: String,
    demands: Vec<DemandOut<'a>>,
    /// `null` for what is missed.
    fit: Option<FitOut<'a>>,
}

#[derive(Serialize)]
struct DemandOut<'a> {
    demand: &'static str,
    wants: Vec<&'a str>,
    met: bool,
    found: Option<QuoteOut<'a>>,
}

#[derive(Serialize)]
struct FitOut<'a> {
    subject: Option<QuoteOut<'a>>,
    object: Option<QuoteOut<'a>>,
    body: Option<&'a str>,
    doubt: Option<DoubtOut>,
    score: ScoreOut,
    /// The stretch that it rests on.
    evidence: PlaceOut,
}

#[derive(Serialize)]
struct DoubtOut {
    because: &'static str,
    why: String,
    accepted: bool,
}

#[derive(Serialize)]
struct ScoreOut {
    sum: i32,
    needed: i32,
    parts: Vec<PartOut>,
}

#[derive(Serialize)]
struct PartOut {
    part: &'static str,
    points: i32,
}

impl<'a> RuleOut<'a> {
    /// A rule on one word, with what came of it.
    pub(super) fn of(attempt: &'a Attempt, explanation: &Explanation, names: &Names) -> Self {
        let Attempt { rule, step, trigger, demands, fitted } = attempt;
        let (outcome, because) = match fitted.as_ref().map(|fitted| fitted.fate) {
            Some(Fate::Reported) => ("reported", None),
            Some(Fate::Background(because) | Fate::Headline(because)) => {
                ("background", Some(because))
            }
            Some(Fate::Surrounds) => ("left-out", None),
            None => ("missed", None),
        };
        let missed = demands.iter().filter(|demand| !demand.met);
        let missed: Vec<String> = missed.map(|demand| reason(demand, names)).collect();
        let why = fitted.as_ref().map(|fitted| fate(fitted, explanation.genre.as_ref()));
        let why = why.unwrap_or_else(|| missed.join("; "));
        Self {
            rule: rule.as_str(),
            step: step.to_string(),
            trigger: trigger.into(),
            outcome,
            because: because.map(Because::as_str),
            why,
            demands: demands.iter().map(DemandOut::from).collect(),
            fit: fitted.as_ref().map(|fitted| FitOut::of(fitted, explanation.needed)),
        }
    }
}

impl<'a> FitOut<'a> {
    fn of(fitted: &'a Fitted, needed: i32) -> Self {
        let parts = fitted.score.iter();
        let Evidence { field, start, end, .. } = fitted.evidence;
        Self {
            subject: fitted.subject.as_ref().map(QuoteOut::from),
            object: fitted.object.as_ref().map(QuoteOut::from),
            body: fitted.body.as_ref().map(BodyId::as_str),
            doubt: fitted.doubt.as_ref().map(DoubtOut::from),
            evidence: Place { field, start, end }.into(),
            score: ScoreOut {
                sum: fitted.sum(),
                needed,
                parts: parts.map(|it| PartOut { part: it.reason, points: it.points }).collect(),
            },
        }
    }
}

impl<'a> From<&'a Demand> for DemandOut<'a> {
    fn from(demand: &'a Demand) -> Self {
        Self {
            demand: demand.key.as_str(),
            wants: demand.wants.iter().map(|want| want.class.as_str()).collect(),
            met: demand.met,
            found: demand.found.as_ref().map(QuoteOut::from),
        }
    }
}

impl From<&DoubtNote> for DoubtOut {
    fn from(doubt: &DoubtNote) -> Self {
        let because = doubt.because.as_str();
        Self { because, why: doubt.ground.to_string(), accepted: doubt.accepted }
    }
}
