//! Legal moves: what a subject that has reached one step may reach next, and which step that a
//! text reports as news is an old one by the ledger. The tables are data, from
//! `ledger/moves.toml`; what they mean is here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Fact, Kind, Status, Step};

/// Everything that is laid down about moves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Stages that follow each other.
    pub ladders: Vec<Ladder>,
    /// Steps that happen once to their subject.
    pub once: Vec<Step>,
    /// How far apart reports of one event lie, for each step that differs from its kind.
    pub of_steps: BTreeMap<Step, Window>,
    /// The same for each kind.
    pub of_kinds: BTreeMap<Kind, Window>,
}

/// Stages that follow each other: who stands on one has passed those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    /// The stages, first to last; each may go by several actions.
    pub stages: Vec<Vec<Step>>,
    /// Stages that may come again once their window is over: each vote of a parliament is news.
    pub repeats: Vec<Step>,
    /// Steps that lead back to the ground: reversals, which are news however old what they undo.
    pub undone_by: Vec<Step>,
    /// Steps outside the ladder after which it may be climbed again.
    pub reopened_by: Vec<Step>,
    /// Steps of which the subject must have taken one before it may take any of this ladder, at a
    /// body whose members are known.
    pub needs: Vec<Step>,
    /// Steps of the ladder that prove by themselves what it needs.
    pub proves: Vec<Step>,
}

/// How far apart, in days, what belongs together may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Two reports of one event at most.
    pub days: i32,
    /// A dated act and the report that is still news.
    pub late: i32,
}

/// What holds of a kind that nothing is laid down for.
const USUAL: Window = Window { days: 7, late: 7 };

impl Ladder {
    /// Which stage a step is, counted from the ground.
    fn stage(&self, step: Step) -> Option<usize> {
        self.stages.iter().position(|stage| stage.contains(&step))
    }

    fn touches(&self, step: Step) -> bool {
        self.stage(step).is_some() || self.undone_by.contains(&step)
    }

    /// The highest stage reached and not lost since.
    fn top<'a>(&self, past: impl Iterator<Item = &'a Fact>) -> Option<(usize, &'a Fact)> {
        let mut top: Option<(usize, &Fact)> = None;
        for fact in past {
            if let Some(stage) = self.stage(fact.step) {
                top = top.filter(|(highest, _)| *highest > stage).or(Some((stage, fact)));
            } else if self.undone_by.contains(&fact.step) || self.reopened_by.contains(&fact.step) {
                top = None;
            }
        }
        top
    }
}

impl Moves {
    /// The ladder that a step climbs or leads down from.
    fn ladder(&self, step: Step) -> Option<&Ladder> {
        self.ladders.iter().find(|ladder| ladder.touches(step))
    }

    fn window_of(&self, step: Step) -> Window {
        let of_step = self.of_steps.get(&step).or_else(|| self.of_kinds.get(&step.kind));
        of_step.copied().unwrap_or(USUAL)
    }

    /// Days between two reports of one event at most.
    pub(super) fn window(&self, step: Step) -> i32 {
        self.window_of(step).days
    }

    /// The widest of all windows.
    pub(super) fn widest(&self) -> i32 {
        let all = self.of_steps.values().chain(self.of_kinds.values());
        all.map(|window| window.days).max().unwrap_or(0).max(USUAL.days)
    }

    /// Days by which a dated act may lie before its publication and still be news: depositaries
    /// and governments make memberships known late.
    pub(super) fn tolerance(&self, step: Step) -> i32 {
        self.window_of(step).late
    }

    /// The fact by which the step is known to have been reached already, if it is. `history` is
    /// the row of one subject, oldest first; what lies after `day` and its window is not looked at.
    pub(super) fn known_by<'a>(
        &self,
        step: Step,
        history: &'a [Fact],
        day: Date,
    ) -> Option<&'a Fact> {
        let near = |fact: &&Fact| days_between(fact.since, day) <= self.window(step);
        // What was taken back is not known.
        let stands = history.iter().filter(|fact| fact.status != Status::Retracted);
        let past = stands.filter(|fact| fact.since <= day || near(fact));
        let same = past.clone().rev().find(|fact| fact.step == step);
        let Some(ladder) = self.ladder(step) else {
            // It may happen again, unless it happens once.
            return same.filter(|fact| self.once.contains(&step) || near(fact));
        };
        let Some(stage) = ladder.stage(step) else {
            return past.rev().find(|fact| ladder.touches(fact.step)).filter(|it| it.step == step);
        };
        let (reached, top) = ladder.top(past)?;
        let again = reached == stage && ladder.repeats.contains(&step) && !near(&top);
        (reached >= stage && !again).then(|| same.unwrap_or(top))
    }

    /// Whether the step undoes another: such a move is news however old what it undoes.
    pub(super) fn is_reversal(&self, step: Step) -> bool {
        self.ladders.iter().any(|ladder| ladder.undone_by.contains(&step))
    }

    /// Whether the first step is a later stage of the same ladder than the other.
    pub(super) fn is_later_stage(&self, step: Step, than: Step) -> bool {
        let later = |ladder: &Ladder| ladder.stage(step) > ladder.stage(than);
        self.ladder(step).is_some_and(|ladder| ladder.stage(than).is_some() && later(ladder))
    }

    /// The stages after this one, the nearest first.
    pub(super) fn later_stages(&self, step: Step) -> impl Iterator<Item = Step> {
        let ladder = self.ladder(step).filter(|ladder| ladder.stage(step).is_some());
        let stages = ladder.map_or(&[][..], |ladder| {
            let next = ladder.stage(step).map_or(0, |stage| stage + 1);
            &ladder.stages[next..]
        });
        stages.iter().flatten().copied()
    }

    /// The steps of which one must have been taken before this one; none where it is free.
    pub(super) fn needs(&self, step: Step) -> &[Step] {
        let ladder = self.ladder(step).filter(|ladder| !ladder.proves.contains(&step));
        ladder.map_or(&[], |ladder| ladder.needs.as_slice())
    }
}

/// Days between two dates, never negative.
pub(super) fn days_between(one: Date, other: Date) -> i32 {
    (one - other).get_days().abs()
}
