//! What a text mentions without reporting it: background, except a denial of what was told, which
//! changes its status and is told itself.

use super::{
    Applied, Ledger,
    apply::{day_of, day_of_act},
    beside::in_title,
    grow::{attach, status_of},
    slots::Slots,
    steps::is_decision,
};
use crate::model::{
    Because, Decided, Decision, Development, Finding, ItemKey, Recalled, Report, Stance, TellKind,
};

impl Ledger {
    /// Takes in what a text only mentions. `alone` says that nothing else is news in it and that it
    /// is fresh: only then a denial is what the item is about.
    pub fn recall(&mut self, recalled: &Recalled, report: Report, alone: bool) -> Applied {
        let finding = &recalled.finding;
        let official = report.voice.is_some() && report.voice == finding.body;
        let denied = alone
            && recalled.because == Because::Denied
            && in_title(finding)
            && (official || !is_decision(finding.step));
        if let Some(told) = self.told_of(finding, &report).filter(|_| denied) {
            return self.deny(&told, finding, report);
        }
        let because = match recalled.because {
            Because::OutOfScope => "out of scope",
            because => because.as_str(),
        };
        let day = day_of_act(finding, day_of(&report));
        let development = self.seen_as(finding, day, report);
        Applied::quiet(format!("only mentioned: {because}"), finding, development)
    }

    /// The development that was told and of which a denial speaks: the very step, with a slot in
    /// common.
    fn told_of(&self, finding: &Finding, report: &Report) -> Option<Development> {
        let slots = Slots::from(finding);
        let own = self.developments.reported_by(report.item, &slots);
        let day = day_of_act(finding, day_of(report));
        let own = own.and_then(|(id, _)| self.developments.get(&id));
        let told = own.or_else(|| self.strongly(&slots, day))?;
        (told.announced && told.step == finding.step).then(|| told.clone())
    }

    fn deny(&mut self, told: &Development, finding: &Finding, mut report: Report) -> Applied {
        let mut development = told.clone();
        report.joined.stance = stance(told, report.item);
        let mut why = format!("{} is denied", finding.step);
        report.joined.why.clone_from(&why);
        attach(&mut development, report);
        development.status = status_of(&development);
        let is_news = development.status != told.status;
        let (decision, tell) = if is_news {
            why = format!("{why}: now {}", development.status.as_str());
            (Decision::Update, Some(TellKind::Update))
        } else {
            (Decision::Background, None)
        };
        let changes = self.facts.restate(&development);
        let touched = if development == *told { vec![] } else { vec![development.clone()] };
        self.developments.put(development.clone());
        let decided = Decided { decision, why, said: finding.clone(), development };
        Applied { decided, changes, touched, tell }
    }
}

/// A denial by an item that reported it takes the report back.
fn stance(told: &Development, item: ItemKey) -> Stance {
    let own = told.reports.iter().find(|report| report.item == item);
    own.map_or(Stance::Denies, |own| match own.joined.stance {
        Stance::Reports | Stance::TakesBack => Stance::TakesBack,
        Stance::Denies => Stance::Denies,
    })
}
