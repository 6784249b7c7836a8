//! What a finding changes: the one place where decisions are made.

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{
    Ledger,
    facts::subjects_of_finding,
    grow::{attach, compose, fill, status_of},
    identity::development_id,
    moves::days_between,
    rows::{in_words, known_since},
    slots::{Agreement, Slots},
};
use crate::model::{
    Decided, Decision, Development, DevelopmentId, Finding, Held, LedgerChange, Origin, Report,
    TellKind,
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
    pub(super) fn quiet(why: String, said: &Finding, development: Development) -> Self {
        let decision = Decision::Background;
        let decided = Decided { decision, why, said: said.clone(), development };
        Self { decided, changes: vec![], touched: vec![], tell: None }
    }
}

/// How a finding is to be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    /// As news.
    Fresh,
    /// As something to be remembered: what a source had when it was first read, and old items.
    Old,
    /// As what an item tells beside this development.
    Beside(DevelopmentId),
    /// As an earlier stage of this development.
    Behind(DevelopmentId),
}

/// One finding and the item that reports it.
struct Told<'a> {
    finding: &'a Finding,
    report: Report,
    hearing: Hearing,
}

impl Ledger {
    /// Takes in one thing that an item reports. `fresh` as for [`Ledger::apply_all`].
    pub fn apply(&mut self, finding: &Finding, report: Report, fresh: bool) -> Applied {
        self.take(finding, report, if fresh { Hearing::Fresh } else { Hearing::Old })
    }

    pub(super) fn take(&mut self, finding: &Finding, report: Report, hearing: Hearing) -> Applied {
        let published = day_of(&report);
        let day = day_of_act(finding, published);
        let slots = Slots::from(finding);
        if finding.dated && days_between(day, published) > self.moves.tolerance(finding.step) {
            let why = format!("the text dates it to {}", in_words(day));
            return Applied::quiet(why, finding, self.seen_as(finding, day, report));
        }
        if let Some((own, agreement)) = self.developments.reported_by(report.item, &slots) {
            // What comes again brings no news, however it was reworded.
            let told = Told { finding, report, hearing: Hearing::Old };
            return self.add_report(&own, agreement, told);
        }
        let same = self.developments.matching(&self.moves, &slots, day);
        let told = |id: &DevelopmentId| self.developments.get(id).is_some_and(|it| it.announced);
        let is_told = same.first().is_some_and(|(id, _)| told(id));
        // What waits to be told may be known from another development meanwhile.
        let apart = |origin: &Origin| match origin {
            Origin::Development(known) => same.iter().all(|(id, _)| id != known),
            Origin::Baseline => true,
        };
        let known = self.known(finding, &subjects_of_finding(finding), day);
        let known = known.filter(|fact| !is_told && apart(&fact.origin));
        if let Some(fact) = known {
            let development = match &fact.origin {
                Origin::Development(id) => self.developments.get(id).cloned(),
                Origin::Baseline => None,
            };
            let development = development.unwrap_or_else(|| compose(finding, fact.since, report));
            return Applied::quiet(known_since(&fact), finding, development);
        }
        if let Some((best, agreement)) = same.first().cloned() {
            let best = self.join(&slots, best, &same);
            let told = self.developments.get(&best).is_some_and(|it| it.announced);
            let hearing = if told { hearing } else { self.unless_behind(hearing, &slots, day) };
            return self.add_report(&best, agreement, Told { finding, report, hearing });
        }
        let hearing = self.unless_behind(hearing, &slots, day);
        self.create(day, Told { finding, report, hearing })
    }

    /// The development that a finding without news belongs to, or one made up to show what it says.
    pub(super) fn seen_as(&self, finding: &Finding, day: Date, report: Report) -> Development {
        let known = self.strongly(&Slots::from(finding), day).cloned();
        known.unwrap_or_else(|| compose(finding, day, report))
    }

    /// The development that shares a slot, if any.
    pub(super) fn strongly(&self, slots: &Slots, day: Date) -> Option<&Development> {
        let found = self.developments.matching(&self.moves, slots, day);
        let (id, _) = found.into_iter().find(|(_, agreement)| agreement.is_strong())?;
        self.developments.get(&id)
    }

    /// The hearing, unless a later stage of the same was told: then the report lags behind it.
    fn unless_behind(&self, hearing: Hearing, slots: &Slots, day: Date) -> Hearing {
        let told = |step| {
            let slots = Slots { step, ..slots.clone() };
            self.strongly(&slots, day).filter(|it| it.announced && it.step == step)
        };
        if hearing != Hearing::Fresh {
            return hearing;
        }
        let later = self.moves.later_stages(slots.step).find_map(told);
        later.map_or(hearing, |later| Hearing::Behind(later.id.clone()))
    }

    fn create(&mut self, day: Date, Told { finding, report, hearing }: Told<'_>) -> Applied {
        let mut development = compose(finding, day, report);
        let slots = Slots::from(finding);
        development.id = development_id(&slots, day, |id| self.developments.is_taken(id));
        let illegal = self.illegal(finding, day);
        development.held = match (&illegal, &hearing) {
            (Some(_), _) => Some(Held::Review),
            (None, Hearing::Beside(_)) => Some(Held::Beside),
            (None, Hearing::Behind(_)) => Some(Held::Behind),
            (None, _) => None,
        };
        development.announced = hearing == Hearing::Fresh && illegal.is_none();
        development.why = match (illegal, &hearing) {
            (Some(why), _) => why,
            (None, Hearing::Beside(id)) => beside(id),
            (None, Hearing::Behind(id)) => format!("#{id}, a later stage of it, was told before"),
            (None, _) => self.news_of(finding),
        };
        // What is held is not known: it must not make the report that it waits for an old one.
        let changes =
            if development.held.is_none() { self.learn(&development) } else { Vec::new() };
        development.count = self.count(&development).filter(|_| development.announced);
        self.developments.put(development.clone());
        let (decision, tell) = match (development.announced, development.held) {
            (true, _) => (Decision::Announce, Some(TellKind::New)),
            (false, Some(Held::Review)) => (Decision::Review, None),
            (false, _) => (Decision::Background, None),
        };
        let why = match hearing {
            Hearing::Old if development.held.is_none() => NOT_FRESH.to_owned(),
            _ => development.why.clone(),
        };
        let touched = vec![development.clone()];
        let decided = Decided { decision, why, said: finding.clone(), development };
        Applied { decided, changes, touched, tell }
    }

    fn add_report(
        &mut self,
        id: &DevelopmentId,
        agreement: Agreement,
        Told { finding, mut report, hearing }: Told<'_>,
    ) -> Applied {
        let before = self.developments.get(id).cloned();
        let mut development = before.clone().expect("a match is one of the developments");
        let mut why = merged_because(agreement, finding);
        report.joined.why.clone_from(&why);
        fill(&mut development, finding);
        attach(&mut development, report);
        development.status = status_of(&development);
        if development.held == Some(Held::Review) {
            // Another report may bring the state that may, or the ledger know more by now.
            development.held = self.illegal(finding, development.date).map(|_| Held::Review);
        }
        let review = development.held == Some(Held::Review);
        let fresh = hearing == Hearing::Fresh && !review;
        let first_told = fresh && !development.announced;
        if first_told {
            development.held = None;
            development.why = self.news_of(finding);
            why.clone_from(&development.why);
        }
        development.announced |= fresh;
        let grown = before.as_ref().is_some_and(|before| {
            before.status != development.status || before.owners() != development.owners()
        });
        let (decision, tell) = match (first_told, development.announced) {
            (true, _) => (Decision::Announce, Some(TellKind::New)),
            (false, true) => (Decision::Corroborate, grown.then_some(TellKind::Grown)),
            (false, false) if review => (Decision::Review, None),
            (false, false) => (Decision::Background, None),
        };
        if let (false, Some(_)) = (development.announced, development.held) {
            why.clone_from(&development.why);
        }
        let mut changes =
            if development.held.is_none() { self.learn(&development) } else { Vec::new() };
        changes.extend(self.facts.restate(&development));
        if first_told {
            development.count = self.count(&development);
        }
        let touched =
            if before.as_ref() == Some(&development) { vec![] } else { vec![development.clone()] };
        self.developments.put(development.clone());
        let decided = Decided { decision, why, said: finding.clone(), development };
        Applied { decided, changes, touched, tell }
    }

    fn news_of(&self, finding: &Finding) -> String {
        let what = if self.moves.is_reversal(finding.step) { "a reversal" } else { "a step" };
        format!("{what} that the ledger did not know")
    }
}

const NOT_FRESH: &str = "remembered without an alert: the item is not fresh";

fn beside(id: &DevelopmentId) -> String {
    format!("told beside #{id} only: it waits for a report of its own")
}

/// The day of the act. A day that lies ahead is when it takes effect, not when it was done.
pub(super) fn day_of_act(finding: &Finding, published: Date) -> Date {
    let tomorrow = published.saturating_add(1.day());
    if finding.date > tomorrow { published } else { finding.date }
}

pub(super) fn day_of(report: &Report) -> Date {
    TimeZone::UTC.to_datetime(report.at).date()
}

fn merged_because(agreement: Agreement, finding: &Finding) -> String {
    let shared = match agreement {
        Agreement::Strong(_) => "shared slots",
        Agreement::Weak => "the nearest of its body in these days",
        Agreement::Faint | Agreement::Conflict => "the only one in these days",
    };
    format!("one more report of {}: {shared}", finding.step)
}
