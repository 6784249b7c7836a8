//! Every rule on every word that sets it off: what came of it.

use super::{
    super::{
        frames::{Frame, View},
        weigh::Candidate,
    },
    demands::Demand,
    doubts::DoubtNote,
    places::Quote,
};
use crate::model::{Because, BodyId, Evidence, Field, Finding, Reading, RuleId, Step};

/// A rule that was tried on a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The rule.
    pub rule: RuleId,
    /// The step that it reads.
    pub step: Step,
    /// The word or phrase that sets it off.
    pub trigger: Quote,
    /// What it demands, in the order in which rules are written.
    pub demands: Vec<Demand>,
    /// How it fits, where every demand is met.
    pub fitted: Option<Fitted>,
}

/// How a rule fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// Who acts.
    pub subject: Option<Quote>,
    /// What is acted on.
    pub object: Option<Quote>,
    /// The body that it is put down to.
    pub body: Option<BodyId>,
    /// What speaks against news in the sentence itself.
    pub doubt: Option<DoubtNote>,
    /// The score as a sum.
    pub score: Vec<Points>,
    /// What became of it beside everything else that the article says.
    pub fate: Fate,
    /// The stretch that it rests on.
    pub evidence: Evidence,
}

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// What for.
    pub reason: &'static str,
    /// How many.
    pub points: i32,
}

/// What became of a rule that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is reported.
    Reported,
    /// It is not news, for its own sake or the whole article's.
    Background(Because),
    /// It is not news, because the headline only mentions it.
    Headline(Because),
    /// It is left out: the headline names another step of its kind, which this one surrounds.
    Surrounds,
}

impl Fitted {
    /// The score.
    pub fn sum(&self) -> i32 {
        self.score.iter().map(|part| part.points).sum()
    }
}

impl Attempt {
    /// How many demands are not met.
    pub fn missed(&self) -> usize {
        self.demands.iter().filter(|demand| !demand.met).count()
    }

    /// How many demands are met.
    pub fn met(&self) -> usize {
        self.demands.len() - self.missed()
    }

    /// What is told stands first, the best score before others; then what else fits; then what
    /// misses least of most.
    fn rank(&self) -> (u8, usize, i32) {
        match &self.fitted {
            Some(fitted) if fitted.fate == Fate::Reported => (0, 0, -fitted.sum()),
            Some(fitted) => (1, 0, -fitted.sum()),
            None => {
                let met = i32::try_from(self.met()).unwrap_or(i32::MAX);
                (2, self.missed(), -met)
            }
        }
    }
}

impl View<'_> {
    /// Every rule on every trigger: those that fit first, then those that miss least of most.
    pub(super) fn attempts(&self, reading: &Reading) -> Vec<Attempt> {
        let mut attempts: Vec<Attempt> = Vec::new();
        for (trigger, rule) in self.triggered() {
            let definition = &self.compiled.definitions.rules[rule];
            let (demands, frame) = self.demands(rule, trigger);
            let fits = demands.iter().all(|demand| demand.met);
            let fitted = if fits { self.fitted(&frame, reading) } else { None };
            let attempt = Attempt {
                rule: definition.id.clone(),
                step: definition.step,
                trigger: self.quote(trigger),
                fitted,
                demands,
            };
            if !attempts.contains(&attempt) {
                attempts.push(attempt);
            }
        }
        attempts.sort_by_key(Attempt::rank);
        attempts
    }

    fn fitted(&self, frame: &Frame, reading: &Reading) -> Option<Fitted> {
        let article = self.article;
        let genre = self.genre().map(|doubt| doubt.because);
        let candidate = self.weigh(*frame, genre)?;
        let doubt = self.doubt(frame, article.published);
        let bodies = &self.compiled.definitions.bodies;
        let body = candidate.body.map(|body| bodies[body].id.clone());
        Some(Fitted {
            subject: frame.subject.map(|index| self.quote(index)),
            object: frame.object.map(|index| self.quote(index)),
            score: self.score(&candidate, body.as_ref()),
            fate: fate(&candidate, body.as_ref(), reading),
            body,
            doubt: doubt.map(|doubt| self.doubt_note(doubt, Some(frame))),
            evidence: self.evidence(frame),
        })
    }

    fn score(&self, candidate: &Candidate, body: Option<&BodyId>) -> Vec<Points> {
        let frame = &candidate.frame;
        let rule = self.compiled.definitions.rules[frame.rule].score;
        let rule = Points { reason: "rule", points: rule };
        let place = self.placing(frame).map(|(reason, points)| Points { reason, points });
        let rest: i32 = place.iter().map(|part| part.points).sum::<i32>() + rule.points;
        let points = candidate.score - rest;
        let body = Points { reason: self.nearness(body, points), points };
        [rule, body].into_iter().chain(place).filter(|part| part.points != 0).collect()
    }

    /// What the body's points are for.
    fn nearness(&self, body: Option<&BodyId>, points: i32) -> &'static str {
        let Some(body) = body else { return "needs no body" };
        let named =
            self.compiled.lexicon.find_class(&format!("body:{body}")).is_some_and(|class| {
                self.mentions.iter().any(|mention| self.compiled.lexicon.is(mention, class))
            });
        match points {
            _ if !named && self.article.voice == Some(body) => "the body's own voice",
            15.. if named => "body in the clause",
            10.. if named => "body in the sentence",
            1.. if named => "body elsewhere",
            _ => "body known from the context",
        }
    }
}

/// What became of a candidate beside the others.
fn fate(candidate: &Candidate, body: Option<&BodyId>, reading: &Reading) -> Fate {
    if let Some(because) = candidate.doubt {
        return Fate::Background(because);
    }
    let is_it = |known: &Finding| known.step == candidate.step && known.body.as_ref() == body;
    if reading.developments.iter().any(is_it) {
        return Fate::Reported;
    }
    match reading.background.iter().find(|one| is_it(&one.finding)) {
        Some(one) if candidate.field == Field::Text => Fate::Headline(one.because),
        _ => Fate::Surrounds,
    }
}
