//! What the log says of an answer.

use tracing::{debug, info, warn};

use super::{Taken, Trouble};
use crate::model::Problem;

/// Says what is worth saying of what was taken in: news, trouble when it begins and ends.
pub(super) fn log(taken: &Taken) {
    let Taken { intake, trouble, first_sight, recovered, begins, losses } = taken;
    let source = intake.source.as_str();
    match trouble {
        Some(Trouble { what, mend }) if *begins => {
            warn!(source.id = source, source.mend = %mend, "{source} gave nothing: {what}");
        }
        Some(Trouble { what, .. }) => {
            let failures = intake.record.failures;
            debug!(
                source.id = source,
                source.failures = failures,
                "{source} still gives nothing: {what}"
            );
        }
        None if *recovered => info!(source.id = source, "{source} answers again"),
        None => {}
    }
    if *first_sight {
        let items = intake.items.len();
        info!(
            source.id = source,
            source.items = items,
            "{source} was read for the first time: {items} items are remembered, not told"
        );
    }
    for (item, _, decisions) in &intake.decisions {
        for decided in decisions {
            debug!(
                source.id = source,
                item.key = %item.key,
                development.id = %decided.development.id,
                decision.kind = decided.decision.as_str(),
                "{}: {}", decided.development.step, decided.why
            );
        }
    }
    for problem in &intake.problems {
        debug!(source.id = source, "{source}, {}: {}", problem.place, problem.what);
    }
    log_losses(source, *losses, &intake.problems);
}

/// Says that a document was read in part when that begins or changes: the same broken item at
/// every poll is worth one line.
fn log_losses(source: &str, losses: Option<usize>, problems: &[Problem]) {
    match (losses, problems.first()) {
        (Some(count), Some(Problem { place, what })) => warn!(
            source.id = source,
            source.problems = count,
            "{source} was read in part, problems: {count}; the first, {place}: {what}"
        ),
        (Some(_), None) => info!(source.id = source, "{source} is read in whole again"),
        (None, _) => {}
    }
}
