//! What an item tells beside its story. A report of something that was told brings more than that:
//! what the act is to somebody (a defiance, a retaliation), what else the court did on the way, and
//! whatever was misread in it. None of it is an alert of its own yet: it is kept, and told as soon
//! as an item reports it for its own sake.
//!
//! A higher stage that a later day brings is never held back, nor what the headline says where the
//! known story stands in the text only, nor another state's act that the headline names.

use jiff::civil::Date;

use super::{
    Applied, Ledger,
    apply::{Hearing, day_of, day_of_act},
    moves::days_between,
    slots::Slots,
};
use crate::model::{Development, DevelopmentId, Field, Finding, Report, StateCode};

/// For so many days after it was told a development is what the items about it are about.
pub(super) const CURRENT: i32 = 3;

/// A told development that an item reports.
struct Story {
    id: DevelopmentId,
    date: Date,
    states: Vec<StateCode>,
}

impl Ledger {
    /// Takes in everything that one item reports. `fresh` is false for what a source already had
    /// when it was first read, and for old items: they are remembered, not told.
    pub fn apply_all(
        &mut self,
        findings: &[Finding],
        report: impl Fn(&Finding) -> Report,
        fresh: bool,
    ) -> Vec<Applied> {
        let reports: Vec<Report> = findings.iter().map(&report).collect();
        // What stands alone stands beside nothing.
        let stories: Vec<Option<Story>> = if findings.len() > 1 {
            findings.iter().zip(&reports).map(|(it, report)| self.story_of(it, report)).collect()
        } else {
            findings.iter().map(|_| None).collect()
        };
        let hear = |(index, finding): (usize, &Finding)| {
            let told =
                || findings.iter().zip(&stories).filter_map(|(it, s)| Some((it, s.as_ref()?)));
            match &stories[index] {
                _ if !fresh => Hearing::Old,
                Some(_) => Hearing::Fresh,
                None => told()
                    .find(|(lead, story)| stands_beside(self, finding, lead, story))
                    .map_or(Hearing::Fresh, |(_, story)| Hearing::Beside(story.id.clone())),
            }
        };
        let hearings: Vec<Hearing> = findings.iter().enumerate().map(hear).collect();
        let each = findings.iter().zip(reports).zip(hearings);
        each.map(|((finding, report), hearing)| self.take(finding, report, hearing)).collect()
    }

    /// The current development that the finding is one more report of.
    fn story_of(&self, finding: &Finding, report: &Report) -> Option<Story> {
        let published = day_of(report);
        let slots = Slots::from(finding);
        let own = self.developments.reported_by(report.item, &slots);
        let day = day_of_act(finding, published);
        let found = || self.developments.matching(&self.moves, &slots, day);
        let (id, _) =
            own.or_else(|| found().into_iter().next()).filter(|(_, it)| it.is_strong())?;
        let Development { id, date, states, announced, .. } = self.developments.get(&id)?;
        let current = *announced && days_between(*date, published) <= CURRENT;
        current.then(|| Story { id: id.clone(), date: *date, states: states.clone() })
    }
}

/// Whether the finding is told only beside the story that another finding of the item reports.
fn stands_beside(ledger: &Ledger, finding: &Finding, lead: &Finding, story: &Story) -> bool {
    let leads = in_title(lead);
    if in_title(finding) && !leads {
        return false;
    }
    if ledger.moves.is_later_stage(finding.step, lead.step) && finding.date > story.date {
        return false;
    }
    let others = finding.states.iter().any(|state| !story.states.contains(state));
    finding.step.kind == lead.step.kind || !in_title(finding) || !others
}

pub(super) fn in_title(finding: &Finding) -> bool {
    finding.evidence.iter().any(|span| span.field == Field::Title)
}
