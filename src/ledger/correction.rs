//! Corrections: an outlet that named another person or state first takes its report back, and what
//! it says now is news of its own.

use super::{
    Applied, Ledger,
    apply::{day_of, day_of_act},
    beside::CURRENT,
    grow::status_of,
    slots::{Agreement, Slots, agreement},
};
use crate::model::{Decided, Decision, Development, Finding, Report, Stance, TellKind};

impl Ledger {
    /// What a correction takes back: the one current development of the same step and body that the
    /// same owner reported and that nothing which the item says now agrees with. Where several come
    /// into question nothing is taken back. With `itself` only what the same item reported before
    /// comes into question.
    pub fn correct(&mut self, findings: &[Finding], report: &Report, itself: bool) -> Vec<Applied> {
        let mut all = Vec::new();
        for finding in findings {
            let wrong: Vec<Development> = self.wrong(findings, finding, (report, itself));
            if let [wrong] = wrong.as_slice() {
                all.push(self.take_back(wrong, finding, report));
            }
        }
        all
    }

    /// What a retraction takes back: the one current development which agrees with what the item
    /// says was wrong, and which the same owner reported.
    pub fn retract(&mut self, finding: &Finding, report: &Report) -> Option<Applied> {
        let day = day_of_act(finding, day_of(report));
        let current = self.developments.of_body(finding.body.as_ref(), day, CURRENT);
        let slots = Slots::from(finding);
        let is_meant = |told: &&Development| {
            let agrees = agreement(&slots, &Slots::from(*told)) != Agreement::Conflict;
            told.announced && agrees && reported(told, report, false)
        };
        let meant: Vec<Development> = current.into_iter().filter(is_meant).cloned().collect();
        let [wrong] = meant.as_slice() else { return None };
        Some(self.take_back(wrong, finding, report))
    }

    fn wrong(
        &self,
        all: &[Finding],
        finding: &Finding,
        (report, itself): (&Report, bool),
    ) -> Vec<Development> {
        let day = day_of_act(finding, day_of(report));
        let current = self.developments.of_body(finding.body.as_ref(), day, CURRENT);
        let is_wrong = |told: &&Development| {
            let known = Slots::from(*told);
            let still =
                |said: &Finding| agreement(&Slots::from(said), &known) != Agreement::Conflict;
            told.announced
                && told.step == finding.step
                && reported(told, report, itself)
                && !all.iter().any(still)
        };
        current.into_iter().filter(is_wrong).cloned().collect()
    }

    fn take_back(&mut self, wrong: &Development, finding: &Finding, report: &Report) -> Applied {
        let mut development = wrong.clone();
        for own in development.reports.iter_mut().filter(|it| it.owner == report.owner) {
            own.joined.stance = Stance::TakesBack;
            own.joined.why = format!("corrected: {}", report.title);
        }
        development.status = status_of(&development);
        let is_news = development.status != wrong.status;
        let decision = if is_news { Decision::Update } else { Decision::Background };
        let why = format!("{} corrects its report: {}", report.owner, development.status.as_str());
        let changes = self.facts.restate(&development);
        self.developments.put(development.clone());
        Applied {
            decided: Decided {
                decision,
                why,
                said: finding.clone(),
                development: development.clone(),
            },
            changes,
            touched: vec![development],
            tell: is_news.then_some(TellKind::Update),
        }
    }
}

fn reported(told: &Development, report: &Report, itself: bool) -> bool {
    told.reports.iter().any(|it| {
        let same_item = it.item == report.item || it.url.is_some() && it.url == report.url;
        it.owner == report.owner && it.joined.stance == Stance::Reports && (same_item || !itself)
    })
}
