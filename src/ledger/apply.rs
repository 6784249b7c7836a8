//! What a finding changes: the one place where decisions are made.

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{
    Ledger,
    developments::Developments,
    facts::{subjects_of_development, subjects_of_finding},
    identity::development_id,
    moves::{days_between, is_leaving, is_reversal, known_by, may_leave},
    slots::{Agreement, Slots, agreement},
    steps::{more_exact, tolerance, window},
};
use crate::model::{
    Because, Decided, Decision, Development, DevelopmentId, Fact, Finding, LedgerChange, Origin,
    Recalled, Report, Status, Subject, TellKind,
};

/// What one finding did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The decision, its reason and the development.
    pub decided: Decided,
    /// Rows that were added to the ledger.
    pub changes: Vec<LedgerChange>,
    /// Developments that were made or changed, to be stored.
    pub touched: Vec<Development>,
    /// Whether the channels should hear of it, and as what.
    pub tell: Option<TellKind>,
}

impl Applied {
    fn quiet(decision: Decision, why: String, development: Development) -> Self {
        let decided = Decided { decision, why, development };
        Self { decided, changes: vec![], touched: vec![], tell: None }
    }
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
            return Applied::quiet(Decision::Background, why, self.seen_as(finding, day, report));
        }
        if let Some((own, agreement)) = self.developments.reported_by(&report, &slots) {
            return self.add_report(&own, agreement, finding, report, fresh);
        }
        let same = self.developments.matching(&slots, day);
        if let Some((best, agreement)) = same.first().cloned() {
            let best = self.join(&slots, best, &same);
            return self.add_report(&best, agreement, finding, report, fresh);
        }
        let subjects = subjects_of_finding(finding);
        if let Some(fact) = self.known(finding, &subjects, day) {
            let why = known_since(&fact);
            let development = match &fact.origin {
                Origin::Development(id) => self.developments.get(id).cloned(),
                Origin::Baseline => None,
            };
            let development = development.unwrap_or_else(|| compose(finding, fact.since, report));
            return Applied::quiet(Decision::Background, why, development);
        }
        if let Some(why) = self.illegal(finding, day) {
            return Applied::quiet(Decision::Review, why, compose(finding, day, report));
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
        Decided { decision: Decision::Background, why, development }
    }

    /// The development that a finding without news belongs to, or one made up to show what it says.
    fn seen_as(&self, finding: &Finding, day: Date, report: Report) -> Development {
        let found = self.developments.matching(&Slots::from(finding), day);
        let strong = found.into_iter().find(|(_, agreement)| agreement.is_strong());
        let known = strong.and_then(|(id, _)| self.developments.get(&id).cloned());
        known.unwrap_or_else(|| compose(finding, day, report))
    }

    /// The latest fact that makes the finding old, where every subject of it is known to have got
    /// there.
    fn known(&self, finding: &Finding, subjects: &[Subject], day: Date) -> Option<Fact> {
        let body = finding.body.as_ref()?;
        let mut latest: Option<&Fact> = None;
        for subject in subjects {
            let history = self.facts.of(finding.step.kind, body, subject);
            let fact = known_by(finding.step, history, day)?;
            latest = latest.filter(|latest| latest.since >= fact.since).or(Some(fact));
        }
        latest.cloned()
    }

    /// Why the move is illegal, if it is: nobody leaves a body that none of them joined. Where the
    /// ledger may merely lack a row (a warrant executed that it never saw issued) nothing is
    /// illegal.
    fn illegal(&self, finding: &Finding, day: Date) -> Option<String> {
        let body = finding.body.as_ref().filter(|body| self.facts.knows_members(body, day))?;
        if !is_leaving(finding.step) || finding.states.is_empty() {
            return None;
        }
        let member = finding.states.iter().any(|&state| {
            let subject = Subject::State(state);
            may_leave(self.facts.of(finding.step.kind, body, &subject), day)
        });
        let states: Vec<&str> = finding.states.iter().map(|state| state.as_str()).collect();
        (!member).then(|| format!("not known as a member of {body}: {}", states.join(", ")))
    }

    fn create(&mut self, finding: &Finding, day: Date, report: Report, fresh: bool) -> Applied {
        let slots = Slots::from(finding);
        let mut development = compose(finding, day, report);
        development.id = development_id(&slots, day, |id| self.developments.is_taken(id));
        development.announced = fresh;
        development.why = match is_reversal(finding.step) {
            true => "a reversal that the ledger did not know".to_owned(),
            false => "a step that the ledger did not know".to_owned(),
        };
        self.developments.put(development.clone());
        let changes = self.learn(&development);
        let (decision, why, tell) = match fresh {
            true => (Decision::Announce, development.why.clone(), Some(TellKind::New)),
            false => (Decision::Background, NOT_FRESH.to_owned(), None),
        };
        let touched = vec![development.clone()];
        Applied { decided: Decided { decision, why, development }, changes, touched, tell }
    }

    /// Joins to the best match every other development that this finding shows to be one with it.
    /// The older one stays and the newer one's id becomes another name of it.
    fn join(
        &mut self,
        slots: &Slots,
        best: DevelopmentId,
        same: &[(DevelopmentId, Agreement)],
    ) -> DevelopmentId {
        let mut keep = best;
        for (other, agreement) in same {
            if *other == keep || !agreement.is_strong() || !self.are_one(slots, &keep, other) {
                continue;
            }
            let (older, newer) = in_order(&self.developments, &keep, other);
            if let Some(joined) = self.developments.join(&newer, &older)
                && let Some(mut development) = self.developments.get(&older).cloned()
            {
                take_over(&mut development, joined);
                self.developments.put(development);
            }
            keep = older;
        }
        keep
    }

    /// Whether two developments are one, now that `slots` are known of both.
    fn are_one(&self, slots: &Slots, one: &DevelopmentId, other: &DevelopmentId) -> bool {
        let (Some(one), Some(other)) = (self.developments.get(one), self.developments.get(other))
        else {
            return false;
        };
        if days_between(one.date, other.date) > window(one.step).min(window(other.step)) {
            return false;
        }
        let mut filled = Slots::from(one);
        filled.case = filled.case.or_else(|| slots.case.clone());
        filled.body = filled.body.or_else(|| slots.body.clone());
        add(&mut filled.states, &slots.states);
        add(&mut filled.surnames, &slots.surnames);
        agreement(&filled, &Slots::from(other)).is_strong()
    }

    fn add_report(
        &mut self,
        id: &DevelopmentId,
        agreement: Agreement,
        finding: &Finding,
        report: Report,
        fresh: bool,
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
        let (decision, tell) = match (first_told, development.announced) {
            (true, _) => (Decision::Announce, Some(TellKind::New)),
            (false, true) => (Decision::Corroborate, None),
            (false, false) => (Decision::Background, None),
        };
        let changes = self.learn(&development);
        let touched =
            if before.as_ref() == Some(&development) { vec![] } else { vec![development.clone()] };
        self.developments.put(development.clone());
        Applied { decided: Decided { decision, why, development }, changes, touched, tell }
    }

    /// Adds the rows of a development's subjects that are not known to have got there.
    fn learn(&mut self, development: &Development) -> Vec<LedgerChange> {
        let Some(body) = &development.body else { return vec![] };
        let (step, since) = (development.step, development.date);
        let mut changes = Vec::new();
        for subject in subjects_of_development(development) {
            if known_by(step, self.facts.of(step.kind, body, &subject), since).is_some() {
                continue;
            }
            let fact = Fact {
                kind: step.kind,
                body: body.clone(),
                subject,
                step,
                since,
                status: development.status,
                origin: Origin::Development(development.id.clone()),
                sources: development
                    .reports
                    .iter()
                    .filter_map(|it| it.url.clone())
                    .take(1)
                    .collect(),
            };
            changes.extend(self.facts.learn(fact));
        }
        changes
    }
}

const NOT_FRESH: &str = "remembered without an alert: the item is not fresh";

/// A development as one finding alone tells it.
fn compose(finding: &Finding, date: Date, report: Report) -> Development {
    let mut development = Development {
        id: development_id(&Slots::from(finding), date, |_| false),
        step: finding.step,
        body: finding.body.clone(),
        case: finding.case.clone(),
        states: vec![],
        persons: vec![],
        date,
        status: Status::Reported,
        first_reported: report.at,
        last_reported: report.at,
        reports: vec![report],
        why: String::new(),
        announced: false,
    };
    fill(&mut development, finding);
    development.status = status_of(&development);
    development
}

/// Adds what a later report knows: slots grow, and a more exact word replaces a loose one.
fn fill(development: &mut Development, finding: &Finding) {
    if more_exact(finding.step, development.step) {
        development.step = finding.step;
    }
    development.body = development.body.take().or_else(|| finding.body.clone());
    development.case = development.case.take().or_else(|| finding.case.clone());
    add(&mut development.states, &finding.states);
    add(&mut development.persons, &finding.persons);
}

fn take_over(older: &mut Development, newer: Development) {
    older.body = older.body.take().or(newer.body);
    older.case = older.case.take().or(newer.case);
    add(&mut older.states, &newer.states);
    add(&mut older.persons, &newer.persons);
    for report in newer.reports {
        if older.reports.iter().all(|known| known.item != report.item) {
            older.reports.push(report);
        }
    }
    older.last_reported = older.last_reported.max(newer.last_reported);
    older.announced |= newer.announced;
}

fn add<T: Ord + Clone>(values: &mut Vec<T>, more: &[T]) {
    values.extend(more.iter().cloned());
    values.sort();
    values.dedup();
}

fn in_order(
    developments: &Developments,
    one: &DevelopmentId,
    other: &DevelopmentId,
) -> (DevelopmentId, DevelopmentId) {
    let age = |id: &DevelopmentId| (developments.get(id).map(|it| it.first_reported), id.clone());
    if age(one) <= age(other) { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
}

/// Reports of one owner count once; the body's own voice confirms. A denial is not undone by
/// counting.
fn status_of(development: &Development) -> Status {
    if matches!(development.status, Status::Disputed | Status::Retracted) {
        return development.status;
    }
    let reports = &development.reports;
    if reports.iter().any(|it| it.voice.is_some() && it.voice == development.body) {
        return Status::Confirmed;
    }
    let independent = reports.iter().any(|report| report.owner != reports[0].owner);
    if independent { Status::Corroborated } else { Status::Reported }
}

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
        Agreement::Weak | Agreement::Conflict => {
            format!("one more report of {}: the only one of its body in these days", finding.step)
        }
    }
}

fn known_since(fact: &Fact) -> String {
    let source = match (&fact.origin, fact.sources.first()) {
        (_, Some(address)) => address.clone(),
        (Origin::Development(id), None) => format!("development {id}"),
        (Origin::Baseline, None) => "the baseline".to_owned(),
    };
    format!("known since {}, from {source}", in_words(fact.since))
}

/// `26 January 2024`
fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
