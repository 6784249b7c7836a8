//! What can happen: kinds and the actions (stages) of each.

use std::fmt;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)*
        }

        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word as it is written in config and JSON.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads the word as it is written in config and JSON.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// The eight kinds of development.
    Kind {
        Membership = "membership",
        Ruling = "ruling",
        Warrant = "warrant",
        Proceedings = "proceedings",
        Enforcement = "enforcement",
        Pressure = "pressure",
        Resolution = "resolution",
        Statement = "statement",
    }
}

words! {
    /// A stage within a kind. Some words serve two kinds (`rejected`): a [`Step`] has both.
    Action {
        Founded = "founded",
        JoinAnnounced = "join-announced",
        Signed = "signed",
        AccessionApproved = "accession-approved",
        Joined = "joined",
        WithdrawalAnnounced = "withdrawal-announced",
        WithdrawalApproved = "withdrawal-approved",
        WithdrawalNotified = "withdrawal-notified",
        WithdrawalReversed = "withdrawal-reversed",
        Left = "left",
        Suspended = "suspended",
        ProvisionalMeasures = "provisional-measures",
        ProvisionalMeasuresRejected = "provisional-measures-rejected",
        AdvisoryOpinion = "advisory-opinion",
        Judgment = "judgment",
        Jurisdiction = "jurisdiction",
        ChargesConfirmed = "charges-confirmed",
        Conviction = "conviction",
        Acquittal = "acquittal",
        Sentence = "sentence",
        AppealJudgment = "appeal-judgment",
        Reparations = "reparations",
        NonCompliance = "non-compliance",
        Dismissed = "dismissed",
        Order = "order",
        Sought = "sought",
        Issued = "issued",
        Unsealed = "unsealed",
        Executed = "executed",
        Withdrawn = "withdrawn",
        Rejected = "rejected",
        Upheld = "upheld",
        CaseFiled = "case-filed",
        Referral = "referral",
        InterventionAnnounced = "intervention-announced",
        Intervention = "intervention",
        MeasuresRequested = "measures-requested",
        OpinionRequested = "opinion-requested",
        InvestigationOpened = "investigation-opened",
        InvestigationClosed = "investigation-closed",
        Charges = "charges",
        Hearing = "hearing",
        TrialOpened = "trial-opened",
        OfficerChange = "officer-change",
        Discontinued = "discontinued",
        Measure = "measure",
        Cooperated = "cooperated",
        Surrendered = "surrendered",
        Refused = "refused",
        NotArrested = "not-arrested",
        Sanctions = "sanctions",
        SanctionsLifted = "sanctions-lifted",
        Threat = "threat",
        Cyberattack = "cyberattack",
        RetaliatoryCase = "retaliatory-case",
        Law = "law",
        Adopted = "adopted",
        Vetoed = "vetoed",
        JointStatement = "joint-statement",
        Call = "call",
        Pledge = "pledge",
        Meeting = "meeting",
        Report = "report",
    }
}

impl Kind {
    /// The actions that this kind has, in the order of the contract.
    pub fn actions(self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Membership => &[
                A::Founded,
                A::JoinAnnounced,
                A::Signed,
                A::AccessionApproved,
                A::Joined,
                A::WithdrawalAnnounced,
                A::WithdrawalApproved,
                A::WithdrawalNotified,
                A::WithdrawalReversed,
                A::Left,
                A::Suspended,
            ],
            Self::Ruling => &[
                A::ProvisionalMeasures,
                A::ProvisionalMeasuresRejected,
                A::AdvisoryOpinion,
                A::Judgment,
                A::Jurisdiction,
                A::ChargesConfirmed,
                A::Conviction,
                A::Acquittal,
                A::Sentence,
                A::AppealJudgment,
                A::Reparations,
                A::NonCompliance,
                A::Dismissed,
                A::Order,
            ],
            Self::Warrant => &[
                A::Sought,
                A::Issued,
                A::Unsealed,
                A::Executed,
                A::Withdrawn,
                A::Rejected,
                A::Upheld,
            ],
            Self::Proceedings => &[
                A::CaseFiled,
                A::Referral,
                A::InterventionAnnounced,
                A::Intervention,
                A::MeasuresRequested,
                A::OpinionRequested,
                A::InvestigationOpened,
                A::InvestigationClosed,
                A::Charges,
                A::Hearing,
                A::TrialOpened,
                A::OfficerChange,
                A::Discontinued,
            ],
            Self::Enforcement => {
                &[A::Measure, A::Cooperated, A::Surrendered, A::Refused, A::NotArrested]
            }
            Self::Pressure => &[
                A::Sanctions,
                A::SanctionsLifted,
                A::Threat,
                A::Cyberattack,
                A::RetaliatoryCase,
                A::Law,
            ],
            Self::Resolution => &[A::Adopted, A::Vetoed, A::Rejected],
            Self::Statement => &[A::JointStatement, A::Call, A::Pledge, A::Meeting, A::Report],
        }
    }
}

/// What happened, as a kind and one of its actions: *sought* and *issued* are two steps and are
/// never merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The kind.
    pub kind: Kind,
    /// One of [`Kind::actions`].
    pub action: Action,
}

impl Step {
    /// A step, where the kind has that action.
    pub fn new(kind: Kind, action: Action) -> Option<Self> {
        kind.actions().contains(&action).then_some(Self { kind, action })
    }

    /// Reads `kind.action`, such as `warrant.issued`.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, action) = text.split_once('.')?;
        Self::new(Kind::parse(kind)?, Action::parse(action)?)
    }

    /// Every step of the vocabulary.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL
            .iter()
            .flat_map(|&kind| kind.actions().iter().map(move |&action| Self { kind, action }))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{}", self.kind.as_str(), self.action.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_reads_back_as_it_is_written() {
        for step in Step::all() {
            assert_eq!(Step::parse(&step.to_string()), Some(step));
        }
        assert_eq!(Step::all().count(), 64);
    }

    #[test]
    fn an_action_of_another_kind_is_no_step() {
        assert_eq!(Step::parse("warrant.joined"), None);
        assert_eq!(Step::parse("warrant"), None);
    }
}
