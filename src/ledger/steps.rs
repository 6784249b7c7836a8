//! Tables about steps: which of them reporters blur, and which slots tell two events of one step
//! apart. What may follow what is in [`moves`](super::moves).

use crate::model::{Action as A, Kind as K, Step};

/// The more exact word and the loose one.
type Pair = ((K, A), (K, A));

/// Pairs that reports of one event use for each other, the more exact word first. Stages (sought
/// and issued, announced and left) are never here: they are different events.
const BLURRED: &[Pair] = &[
    ((K::Ruling, A::ProvisionalMeasures), (K::Ruling, A::Order)),
    ((K::Ruling, A::ProvisionalMeasures), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::ProvisionalMeasuresRejected), (K::Ruling, A::Dismissed)),
    ((K::Ruling, A::ProvisionalMeasuresRejected), (K::Ruling, A::Order)),
    ((K::Ruling, A::AdvisoryOpinion), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::Jurisdiction), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::Jurisdiction), (K::Ruling, A::Dismissed)),
    ((K::Ruling, A::Dismissed), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::AppealJudgment), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::AppealJudgment), (K::Ruling, A::Dismissed)),
    ((K::Ruling, A::AppealJudgment), (K::Ruling, A::Conviction)),
    ((K::Ruling, A::AppealJudgment), (K::Ruling, A::Acquittal)),
    ((K::Ruling, A::AppealJudgment), (K::Ruling, A::Sentence)),
    ((K::Ruling, A::Conviction), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::Conviction), (K::Ruling, A::Sentence)),
    ((K::Ruling, A::Acquittal), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::Reparations), (K::Ruling, A::Order)),
    ((K::Ruling, A::Reparations), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::NonCompliance), (K::Ruling, A::Judgment)),
    ((K::Ruling, A::Order), (K::Ruling, A::Judgment)),
    ((K::Warrant, A::Upheld), (K::Ruling, A::Dismissed)),
    ((K::Warrant, A::Rejected), (K::Ruling, A::Dismissed)),
    ((K::Warrant, A::Executed), (K::Enforcement, A::Surrendered)),
    ((K::Proceedings, A::TrialOpened), (K::Proceedings, A::Hearing)),
    ((K::Proceedings, A::OpinionRequested), (K::Resolution, A::Adopted)),
    ((K::Membership, A::Suspended), (K::Resolution, A::Adopted)),
    ((K::Membership, A::WithdrawalApproved), (K::Pressure, A::Law)),
    ((K::Enforcement, A::Refused), (K::Enforcement, A::NotArrested)),
    ((K::Resolution, A::Vetoed), (K::Resolution, A::Rejected)),
    ((K::Statement, A::JointStatement), (K::Statement, A::Call)),
];

/// Whether reports of one event may give these two steps.
pub(super) fn interchangeable(one: Step, other: Step) -> bool {
    one == other || more_exact(one, other) || more_exact(other, one)
}

/// Whether `one` says more exactly what `other` says loosely.
pub(super) fn more_exact(one: Step, other: Step) -> bool {
    BLURRED.contains(&((one.kind, one.action), (other.kind, other.action)))
}

/// Whether a court or assembly decides by it: what it did not do is another outcome, not a denial.
pub(super) fn is_decision(step: Step) -> bool {
    matches!(step.kind, K::Ruling | K::Resolution)
}

/// Whether the step is about a person, so that other persons mean another event.
pub(super) fn is_personal(step: Step) -> bool {
    match step.kind {
        K::Warrant => true,
        K::Ruling => matches!(
            step.action,
            A::ChargesConfirmed | A::Conviction | A::Acquittal | A::Sentence | A::AppealJudgment
        ),
        K::Proceedings => matches!(step.action, A::Charges | A::TrialOpened),
        _ => false,
    }
}

/// Whether some body always takes part in the step, so that a report without one left it out.
pub(super) fn is_act_of_a_body(step: Step) -> bool {
    matches!(step.kind, K::Membership | K::Ruling | K::Warrant | K::Proceedings | K::Resolution)
}

/// Whether the step is about a state: its situation or what it failed to do.
pub(super) fn is_about_a_state(step: Step) -> bool {
    match step.kind {
        K::Ruling => step.action == A::NonCompliance,
        K::Proceedings => {
            matches!(step.action, A::InvestigationOpened | A::InvestigationClosed | A::Referral)
        }
        _ => false,
    }
}

/// Whether a body comes to be by it, which happens to it once, whoever is named of those that
/// take part.
pub(super) fn is_founding(step: Step) -> bool {
    step.kind == K::Membership && step.action == A::Founded
}

/// Whether a state joins the case of others by it.
pub(super) fn is_intervention(step: Step) -> bool {
    step.kind == K::Proceedings && matches!(step.action, A::Intervention | A::InterventionAnnounced)
}

/// Whether the step is the act of single states, so that one state in common (against whom they
/// act) is not enough where each report also names another. Sanctions are one package of one
/// state, of which reports name those whom they please, each with a country of their own.
pub(super) fn is_act_of_states(step: Step) -> bool {
    match step.kind {
        K::Enforcement => true,
        K::Pressure => !matches!(step.action, A::Sanctions | A::SanctionsLifted),
        K::Proceedings => is_intervention(step) || step.action == A::Referral,
        K::Statement => matches!(step.action, A::Call | A::Pledge),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str) -> Step {
        Step::parse(text).unwrap()
    }

    #[test]
    fn every_pair_is_made_of_steps() {
        for ((kind, action), (other_kind, other_action)) in BLURRED {
            assert!(Step::new(*kind, *action).is_some(), "{kind}.{action}");
            assert!(Step::new(*other_kind, *other_action).is_some(), "{other_kind}.{other_action}");
        }
    }

    #[test]
    fn stages_are_never_one() {
        for kind in [K::Membership, K::Warrant] {
            for &one in kind.actions() {
                for &other in kind.actions() {
                    let (one, other) = (Step { kind, action: one }, Step { kind, action: other });
                    assert_eq!(interchangeable(one, other), one == other, "{one} {other}");
                }
            }
        }
        assert!(interchangeable(step("ruling.order"), step("ruling.provisional-measures")));
    }
}
