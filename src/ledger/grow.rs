//! How a development comes to be and grows with its reports.

use jiff::civil::Date;

use super::{identity::development_id, slots::Slots, steps::more_exact};
use crate::model::{Development, Finding, Report, Status};

/// A development as one finding alone tells it.
pub(super) fn compose(finding: &Finding, date: Date, report: Report) -> Development {
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
        if older.reports.iter().all(|known| known.item != report.item) {
            older.reports.push(report);
        }
    }
    older.last_reported = older.last_reported.max(newer.last_reported);
    older.announced |= newer.announced;
}

pub(super) fn add<T: Ord + Clone>(values: &mut Vec<T>, more: &[T]) {
    values.extend(more.iter().cloned());
    values.sort();
    values.dedup();
}

/// Reports of one owner count once; the body's own voice confirms. A denial is not undone by
/// counting.
pub(super) fn status_of(development: &Development) -> Status {
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
