//! What a finding changes: the one place where decisions are made.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{
    Ledger,
    facts::subjects_of_finding,
    grow::{compose, fill, status_of},
    identity::development_id,
    moves::{days_between, is_reversal},
    rows::{in_words, known_since},
    slots::{Agreement, Slots},
    steps::tolerance,
};
use crate::model::{
    Because, Decided, Decision, Development, DevelopmentId, Finding, LedgerChange, Origin,
    Recalled, Report, TellKind,
};

/// What one finding did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The decision, its reason and the development.
    pub decided: Decided,
    /// Rows that were added to the ledger, or whose status rose.
    pub changes: Vec<LedgerChange>,
    /// Developments that were made or changed, to be stored.
    pub touched: Vec<Development>,
    /// Whether the channels should hear of it, and as what.
    pub tell: Option<TellKind>,
}

impl Applied {
    fn quiet(decision: Decision, why: String, said: &Finding, development: Development) -> Self {
        let decided = Decided { decision, why, said: said.clone(), development };
        Self { decided, changes: vec![], touched: vec![], tell: None }
    }
}

/// One finding and the item that reports it.
struct Told<'a> {
    finding: &'a Finding,
    report: Report,
    fresh: bool,
}

impl Ledger {
    /// Takes in what one item reports. `fresh` is false for what a source already had when it was
    /// first read, and for old items: they are remembered, not told.
    pub fn apply(&mut self, finding: &Finding, report: Report, fresh: bool) -> Applied {
        let published = day_of(&report);
        let day = day_of_act(finding, published);
        let slots = Slots::from(finding);
        if finding.dated && days_between(day, published) > tolerance(finding.step) {
            let why = format!("the text dates it to {}", in_words(day));
            return Applied::quiet(
                Decision::Background,
                why,
                finding,
                self.seen_as(finding, day, report),
            );
        }
        if let Some((own, agreement)) = self.developments.reported_by(report.item, &slots) {
            // What comes again brings no news, however it was reworded.
            return self.add_report(&own, agreement, Told { finding, report, fresh: false });
        }
        let same = self.developments.matching(&slots, day);
        if let Some((best, agreement)) = same.first().cloned() {
            let best = self.join(&slots, best, &same);
            return self.add_report(&best, agreement, Told { finding, report, fresh });
        }
        let subjects = subjects_of_finding(finding);
        if let Some(fact) = self.known(finding, &subjects, day) {
            let why = known_since(&fact);
            let development = match &fact.origin {
                Origin::Development(id) => self.developments.get(id).cloned(),
                Origin::Baseline => None,
            };
            let development = development.unwrap_or_else(|| compose(finding, fact.since, report));
            return Applied::quiet(Decision::Background, why, finding, development);
        }
        if let Some(why) = self.illegal(finding, day) {
            return Applied::quiet(Decision::Review, why, finding, compose(finding, day, report));
        }
        self.create(finding, day, report, fresh)
    }

    /// What is decided of a step that a text mentions without reporting it: background, with the
    /// development it recalls where that is known.
    pub fn recall(&self, recalled: &Recalled, report: Report) -> Decided {
        let finding = &recalled.finding;
        let because = match recalled.because {
            Because::OutOfScope => "out of scope",
            because => because.as_str(),
        };
        let development = self.seen_as(finding, day_of_act(finding, day_of(&report)), report);
        let why = format!("only mentioned: {because}");
        Decided { decision: Decision::Background, why, said: finding.clone(), development }
    }

    /// The development that a finding without news belongs to, or one made up to show what it says.
    fn seen_as(&self, finding: &Finding, day: Date, report: Report) -> Development {
        let found = self.developments.matching(&Slots::from(finding), day);
        let strong = found.into_iter().find(|(_, agreement)| agreement.is_strong());
        let known = strong.and_then(|(id, _)| self.developments.get(&id).cloned());
        known.unwrap_or_else(|| compose(finding, day, report))
    }

    fn create(&mut self, finding: &Finding, day: Date, report: Report, fresh: bool) -> Applied {
        let slots = Slots::from(finding);
        let mut development = compose(finding, day, report);
        development.id = development_id(&slots, day, |id| self.developments.is_taken(id));
        development.announced = fresh;
        let what = if is_reversal(finding.step) { "a reversal" } else { "a step" };
        development.why = format!("{what} that the ledger did not know");
        self.developments.put(development.clone());
        let changes = self.learn(&development);
        let (decision, why, tell) = if fresh {
            (Decision::Announce, development.why.clone(), Some(TellKind::New))
        } else {
            (Decision::Background, NOT_FRESH.to_owned(), None)
        };
        let touched = vec![development.clone()];
        Applied {
            decided: Decided { decision, why, said: finding.clone(), development },
            changes,
            touched,
            tell,
        }
    }

    fn add_report(
        &mut self,
        id: &DevelopmentId,
        agreement: Agreement,
        Told { finding, report, fresh }: Told<'_>,
    ) -> Applied {
        let before = self.developments.get(id).cloned();
        let mut development = before.clone().expect("a match is one of the developments");
        let why = merged_because(agreement, finding);
        fill(&mut development, finding);
        if development.reports.iter().all(|known| known.item != report.item) {
            development.first_reported = development.first_reported.min(report.at);
            development.last_reported = development.last_reported.max(report.at);
            development.reports.push(report);
        }
        development.status = status_of(&development);
        let first_told = fresh && !development.announced;
        development.announced |= fresh;
        let grown = before.as_ref().is_some_and(|before| {
            before.status != development.status || owners(before) != owners(&development)
        });
        let (decision, tell) = match (first_told, development.announced) {
            (true, _) => (Decision::Announce, Some(TellKind::New)),
            (false, true) => (Decision::Corroborate, grown.then_some(TellKind::Grown)),
            (false, false) => (Decision::Background, None),
        };
        let mut changes = self.learn(&development);
        changes.extend(self.facts.restate(&development));
        let touched =
            if before.as_ref() == Some(&development) { vec![] } else { vec![development.clone()] };
        self.developments.put(development.clone());
        Applied {
            decided: Decided { decision, why, said: finding.clone(), development },
            changes,
            touched,
            tell,
        }
    }
}

fn owners(development: &Development) -> usize {
    let owners: BTreeSet<_> = development.reports.iter().map(|report| &report.owner).collect();
    owners.len()
}

const NOT_FRESH: &str = "remembered without an alert: the item is not fresh";

/// The day of the act. A day that lies ahead is when it takes effect, not when it was done.
fn day_of_act(finding: &Finding, published: Date) -> Date {
    let tomorrow = published.saturating_add(1.day());
    if finding.date > tomorrow { published } else { finding.date }
}

fn day_of(report: &Report) -> Date {
    TimeZone::UTC.to_datetime(report.at).date()
}

fn merged_because(agreement: Agreement, finding: &Finding) -> String {
    match agreement {
        Agreement::Strong(_) => format!("one more report of {}: shared slots", finding.step),
        Agreement::Weak => {
            format!("one more report of {}: the nearest of its body in these days", finding.step)
        }
        Agreement::Faint | Agreement::Conflict => {
            format!("one more report of {}: the only one in these days", finding.step)
        }
    }
}
