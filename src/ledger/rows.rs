//! The ledger's rows, asked and added to: whether the subjects of a finding are known to have got
//! there, whether they may, and what a development adds.

use jiff::civil::Date;

use super::{Ledger, facts::subjects_of_development, moves::days_between};
use crate::model::{Development, Fact, Finding, LedgerChange, Origin, StateCode, Subject};

impl Ledger {
    /// The latest fact that makes the finding old, where every subject of it is known to have got
    /// there.
    pub(super) fn known(&self, finding: &Finding, subjects: &[Subject], day: Date) -> Option<Fact> {
        let body = finding.body.as_ref()?;
        let mut latest: Option<&Fact> = None;
        for subject in subjects {
            let history = self.facts.of(finding.step.kind, body, subject);
            let fact = self.moves.known_by(finding.step, history, day)?;
            latest = latest.filter(|latest| latest.since >= fact.since).or(Some(fact));
        }
        let another = |fact: &&Fact| {
            finding.again && days_between(fact.since, day) > self.moves.window(finding.step)
        };
        latest.filter(|fact| !another(fact)).cloned()
    }

    /// Why the move is illegal, if it is: nobody leaves a body that none of them joined. Where the
    /// ledger may merely lack a row (a warrant executed that it never saw issued) nothing is
    /// illegal.
    pub(super) fn illegal(&self, finding: &Finding, day: Date) -> Option<String> {
        let body = finding.body.as_ref().filter(|body| self.facts.knows_members(body, day))?;
        let needs = self.moves.needs(finding.step);
        if needs.is_empty() || finding.states.is_empty() {
            return None;
        }
        let member = finding.states.iter().any(|&state| {
            let row = self.facts.of(finding.step.kind, body, &Subject::State(state));
            row.iter().any(|fact| fact.since <= day && needs.contains(&fact.step))
        });
        let states: Vec<&str> = finding.states.iter().map(StateCode::as_str).collect();
        (!member).then(|| format!("not known as a member of {body}: {}", states.join(", ")))
    }

    /// Adds the rows of a development's subjects that are not known to have got there.
    pub(super) fn learn(&mut self, development: &Development) -> Vec<LedgerChange> {
        let Some(body) = &development.body else { return vec![] };
        let (step, since) = (development.step, development.date);
        let mut changes = Vec::new();
        for subject in subjects_of_development(development) {
            if self.moves.known_by(step, self.facts.of(step.kind, body, &subject), since).is_some()
            {
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

pub(super) fn known_since(fact: &Fact) -> String {
    let source = match (&fact.origin, fact.sources.first()) {
        (_, Some(address)) => address.clone(),
        (Origin::Development(id), None) => format!("development {id}"),
        (Origin::Baseline, None) => "the baseline".to_owned(),
    };
    format!("known since {}, from {source}", in_words(fact.since))
}

/// `26 January 2024`
pub(super) fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
