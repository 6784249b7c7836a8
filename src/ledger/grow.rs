//! How a development comes to be and grows with its reports.

use jiff::civil::Date;

use super::{identity::development_id, slots::Slots, steps::more_exact};
use crate::model::{Development, Finding, Report, Stance, Status};

/// A development as one finding alone tells it.
pub(super) fn compose(finding: &Finding, date: Date, mut report: Report) -> Development {
    report.joined.why = format!("the first report of {}", finding.step);
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
        held: None,
        count: None,
    };
    fill(&mut development, finding);
    development.status = status_of(&development);
    development
}

/// Adds what a later report knows: slots grow, and a more exact word replaces a loose one.
pub(super) fn fill(development: &mut Development, finding: &Finding) {
    if more_exact(finding.step, development.step) {
        development.step = finding.step;
    }
    development.body = development.body.take().or_else(|| finding.body.clone());
    development.case = development.case.take().or_else(|| finding.case.clone());
    add(&mut development.states, &finding.states);
    add(&mut development.persons, &finding.persons);
}

pub(super) fn take_over(older: &mut Development, newer: Development) {
    older.body = older.body.take().or(newer.body);
    older.case = older.case.take().or(newer.case);
    add(&mut older.states, &newer.states);
    add(&mut older.persons, &newer.persons);
    for report in newer.reports {
        attach(older, report);
    }
    older.announced |= newer.announced;
    if older.announced {
        older.held = None;
    }
}

pub(super) fn add<T: Ord + Clone>(values: &mut Vec<T>, more: &[T]) {
    values.extend(more.iter().cloned());
    values.sort();
    values.dedup();
}

/// Puts a report to those that are there. What comes again replaces nothing but its stance, and
/// text that another owner brought first counts as that one's.
pub(super) fn attach(development: &mut Development, mut report: Report) {
    if let Some(known) = development.reports.iter_mut().find(|it| it.item == report.item) {
        if report.joined.stance != Stance::Reports {
            known.joined.stance = report.joined.stance;
            known.joined.why = report.joined.why;
        }
        return;
    }
    let copied = development.reports.iter().find(|known| {
        known.owner != report.owner && known.joined.sketch.is_copy_of(&report.joined.sketch)
    });
    report.joined.copy_of = copied.map(|known| known.origin().clone());
    development.first_reported = development.first_reported.min(report.at);
    development.last_reported = development.last_reported.max(report.at);
    development.reports.push(report);
}

/// How well a development is established, by its reports alone. The body's own voice confirms, and
/// retracts where it denies; what nobody reports any more is retracted; else a denial disputes.
pub(super) fn status_of(development: &Development) -> Status {
    let reports = &development.reports;
    let says = |stance| reports.iter().filter(move |it| it.joined.stance == stance);
    let official = |it: &Report| it.voice.is_some() && it.voice == development.body;
    let denied = || says(Stance::Denies).chain(says(Stance::TakesBack));
    if denied().any(official) || says(Stance::Reports).next().is_none() {
        return Status::Retracted;
    }
    if says(Stance::Reports).any(official) {
        return Status::Confirmed;
    }
    if denied().next().is_some() {
        return Status::Disputed;
    }
    if development.owners() > 1 { Status::Corroborated } else { Status::Reported }
}
