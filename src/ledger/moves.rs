//! Legal moves: what a subject that has reached one step may reach next, and which step that a
//! text reports as news is an old one by the ledger.

use jiff::civil::Date;

use super::{facts::is_admission, steps::window};
use crate::model::{Action as A, Fact, Kind as K, Step};

/// A ladder of stages; who stands on a rung has passed those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ladder {
    Joining,
    Leaving,
    Warrant,
}

/// What a step does to the row of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// Reaches a rung.
    Climb(Ladder, u8),
    /// Leads back to the ground: a warrant withdrawn, a withdrawal taken back.
    Reset(Ladder),
    /// Happens once to its subject.
    Once,
    /// May happen again.
    Again,
}

fn kind_of_move(step: Step) -> Move {
    match (step.kind, step.action) {
        (K::Membership, A::JoinAnnounced) => Move::Climb(Ladder::Joining, 1),
        (K::Membership, A::Signed) => Move::Climb(Ladder::Joining, 2),
        (K::Membership, A::AccessionApproved) => Move::Climb(Ladder::Joining, 3),
        (K::Membership, A::Joined | A::Founded) => Move::Climb(Ladder::Joining, 4),
        (K::Membership, A::WithdrawalAnnounced) => Move::Climb(Ladder::Leaving, 1),
        (K::Membership, A::WithdrawalApproved) => Move::Climb(Ladder::Leaving, 2),
        (K::Membership, A::WithdrawalNotified) => Move::Climb(Ladder::Leaving, 3),
        (K::Membership, A::Left) => Move::Climb(Ladder::Leaving, 4),
        (K::Membership, A::WithdrawalReversed) => Move::Reset(Ladder::Leaving),
        (K::Warrant, A::Sought) => Move::Climb(Ladder::Warrant, 1),
        (K::Warrant, A::Issued) => Move::Climb(Ladder::Warrant, 2),
        (K::Warrant, A::Unsealed) => Move::Climb(Ladder::Warrant, 3),
        (K::Warrant, A::Executed) => Move::Climb(Ladder::Warrant, 4),
        (K::Warrant, A::Withdrawn | A::Rejected) => Move::Reset(Ladder::Warrant),
        (
            K::Ruling,
            A::AdvisoryOpinion | A::ChargesConfirmed | A::Conviction | A::Acquittal | A::Sentence,
        )
        | (K::Proceedings, A::CaseFiled | A::OpinionRequested | A::TrialOpened | A::Discontinued) => {
            Move::Once
        }
        _ => Move::Again,
    }
}

/// The fact by which the step is known to have been reached already, if it is. `history` is the
/// row of one subject, oldest first; what lies after `day` and its window is not looked at.
pub(super) fn known_by(step: Step, history: &[Fact], day: Date) -> Option<&Fact> {
    let near = |fact: &&Fact| days_between(fact.since, day) <= window(step);
    let past = history.iter().filter(|fact| fact.since <= day || near(fact));
    match kind_of_move(step) {
        Move::Climb(ladder, rung) => {
            let top = top_of(ladder, past.clone())?;
            let Move::Climb(_, reached) = kind_of_move(top.step) else { return None };
            let again = reached == rung && may_repeat(step) && !near(&top);
            let same = past.rev().find(|fact| fact.step == step);
            (reached >= rung && !again).then(|| same.unwrap_or(top))
        }
        Move::Reset(ladder) => {
            past.rev().find(|fact| touches(ladder, fact.step)).filter(|fact| fact.step == step)
        }
        Move::Once => past.rev().find(|fact| fact.step == step),
        Move::Again => past.rev().find(|fact| fact.step == step && near(fact)),
    }
}

/// A parliament votes in several readings and chambers: each vote is news.
fn may_repeat(step: Step) -> bool {
    matches!(step.action, A::AccessionApproved | A::WithdrawalApproved)
}

/// The highest rung reached and not lost since.
fn top_of<'a>(ladder: Ladder, past: impl Iterator<Item = &'a Fact>) -> Option<&'a Fact> {
    let mut top: Option<(u8, &Fact)> = None;
    for fact in past {
        match kind_of_move(fact.step) {
            Move::Climb(this, rung) if this == ladder => match top {
                Some((highest, _)) if highest > rung => {}
                _ => top = Some((rung, fact)),
            },
            // Who has joined may leave again, and who has left may join again.
            Move::Climb(Ladder::Joining | Ladder::Leaving, 4) if ladder != Ladder::Warrant => {
                top = None;
            }
            Move::Reset(this) if this == ladder => top = None,
            _ => {}
        }
    }
    top.map(|(_, fact)| fact)
}

fn touches(ladder: Ladder, step: Step) -> bool {
    match kind_of_move(step) {
        Move::Climb(this, _) | Move::Reset(this) => this == ladder,
        Move::Once | Move::Again => false,
    }
}

/// Whether the step leads out of a body, so that only a member can take it. A notice that the
/// depositary took is proof of membership itself.
pub(super) fn needs_membership(step: Step) -> bool {
    step.action != A::WithdrawalNotified && touches(Ladder::Leaving, step)
}

/// Whether the step undoes another: such a move is news however old what it undoes.
pub(super) fn is_reversal(step: Step) -> bool {
    matches!(kind_of_move(step), Move::Reset(_))
        || step.kind == K::Pressure && step.action == A::SanctionsLifted
}

/// Whether a state with this row may leave: it joined, or at least signed.
pub(super) fn may_leave(history: &[Fact], day: Date) -> bool {
    history.iter().any(|fact| {
        fact.since <= day && (is_admission(fact.step) || touches(Ladder::Joining, fact.step))
    })
}

/// Days between two dates, never negative.
pub(super) fn days_between(one: Date, other: Date) -> i32 {
    (one - other).get_days().abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, StateCode, Status, Subject};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Whether `step` on a day is known by the history (`step day` each).
    #[track_caller]
    fn check(history: &[(&str, &str)], step: &str, on: &str, known: Option<&str>) {
        let history: Vec<Fact> = history
            .iter()
            .map(|(step, since)| {
                let step = Step::parse(step).unwrap();
                Fact {
                    kind: step.kind,
                    body: "ICC".into(),
                    subject: Subject::State(StateCode::parse("AAA").unwrap()),
                    step,
                    since: day(since),
                    status: Status::Confirmed,
                    origin: Origin::Baseline,
                    sources: vec![],
                }
            })
            .collect();
        let found = known_by(Step::parse(step).unwrap(), &history, day(on));
        assert_eq!(found.map(|fact| fact.since), known.map(day));
    }

    #[test]
    fn a_higher_rung_makes_the_lower_ones_old() {
        let joined = [("membership.joined", "2002-07-01")];
        check(&joined, "membership.joined", "2024-01-01", Some("2002-07-01"));
        check(&joined, "membership.signed", "2024-01-01", Some("2002-07-01"));
        check(&joined, "membership.left", "2024-01-01", None);
        check(&[("warrant.sought", "2024-05-20")], "warrant.issued", "2024-11-21", None);
        let issued = [("warrant.sought", "2024-05-20"), ("warrant.issued", "2024-11-21")];
        check(&issued, "warrant.sought", "2025-01-01", Some("2024-05-20"));
        check(&issued, "warrant.unsealed", "2025-01-01", None);
    }

    #[test]
    fn what_was_undone_may_happen_again() {
        let left = [("membership.joined", "2011-11-01"), ("membership.left", "2019-03-17")];
        check(&left, "membership.joined", "2027-01-01", None);
        check(&left, "membership.withdrawal-announced", "2027-01-01", Some("2019-03-17"));
        let lifted = [("warrant.issued", "2020-01-01"), ("warrant.withdrawn", "2021-01-01")];
        check(&lifted, "warrant.issued", "2022-01-01", None);
        check(&lifted, "warrant.withdrawn", "2022-01-01", Some("2021-01-01"));
        let back = [
            ("membership.withdrawal-notified", "2016-10-19"),
            ("membership.withdrawal-reversed", "2017-03-07"),
        ];
        check(&back, "membership.withdrawal-announced", "2023-04-25", None);
    }

    #[test]
    fn votes_and_orders_may_come_again_after_their_window() {
        let vote = [("membership.withdrawal-approved", "2025-12-02")];
        check(&vote, "membership.withdrawal-approved", "2025-12-05", Some("2025-12-02"));
        check(&vote, "membership.withdrawal-approved", "2025-12-11", None);
        let order = [("ruling.provisional-measures", "2024-01-26")];
        check(&order, "ruling.provisional-measures", "2024-01-30", Some("2024-01-26"));
        check(&order, "ruling.provisional-measures", "2024-05-24", None);
        let opinion = [("ruling.advisory-opinion", "2024-07-19")];
        check(&opinion, "ruling.advisory-opinion", "2025-07-19", Some("2024-07-19"));
    }

    #[test]
    fn what_came_later_is_not_known_yet() {
        check(&[("membership.joined", "2024-11-01")], "membership.joined", "2024-01-01", None);
    }
}
