//! The words of the vocabulary as operators write them, with the nearest right one for a slip.

use super::problem::Complaint;
use crate::{
    digest::ActionFilter,
    model::{Action, Kind, Status, Step},
};

/// Reads a kind, such as `warrant`.
pub(crate) fn kind(word: &str) -> Result<Kind, Complaint> {
    Kind::parse(word).ok_or_else(|| {
        Complaint::unknown("a kind", word, Kind::ALL.iter().map(|kind| kind.as_str()))
    })
}

/// Reads an action, such as `issued`.
pub(crate) fn action(word: &str) -> Result<Action, Complaint> {
    Action::parse(word).ok_or_else(|| {
        Complaint::unknown("an action", word, Action::ALL.iter().map(|action| action.as_str()))
    })
}

/// Reads an action (`rejected`: of every kind that has it) or a step (`warrant.rejected`).
pub(crate) fn action_filter(word: &str) -> Result<ActionFilter, Complaint> {
    match word.split_once('.') {
        None => action(word).map(ActionFilter::Word),
        Some((kind_word, action_word)) => {
            step(kind(kind_word)?, action_word).map(ActionFilter::Step)
        }
    }
}

/// Reads an action of a kind.
pub(crate) fn step(kind: Kind, action_word: &str) -> Result<Step, Complaint> {
    let step = Action::parse(action_word).and_then(|action| Step::new(kind, action));
    step.ok_or_else(|| {
        let actions = kind.actions().iter().map(|action| action.as_str());
        Complaint::unknown(&format!("an action of {kind}"), action_word, actions)
    })
}

/// Reads a status, such as `corroborated`.
pub(crate) fn status(word: &str) -> Result<Status, Complaint> {
    Status::parse(word).ok_or_else(|| {
        Complaint::unknown("a status", word, Status::ALL.iter().map(|status| status.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Result<ActionFilter, &str>) {
        let read = action_filter(word)
            .map_err(|complaint| format!("{}; {}", complaint.what, complaint.mend));
        assert_eq!(read, expected.map_err(str::to_owned));
    }

    #[test]
    fn an_action_alone_means_every_kind_that_has_it() {
        check("rejected", Ok(ActionFilter::Word(Action::Rejected)));
        check("isued", Err("`isued` is not an action; write `issued`"));
    }

    #[test]
    fn a_step_means_itself() {
        let step = Step { kind: Kind::Warrant, action: Action::Rejected };
        check("warrant.rejected", Ok(ActionFilter::Step(step)));
        check("warant.issued", Err("`warant` is not a kind; write `warrant`"));
        check("warrant.isued", Err("`isued` is not an action of warrant; write `issued`"));
        check(
            "resolution.joined",
            Err(
                "`joined` is not an action of resolution; write one of `adopted`, `vetoed`, `rejected`",
            ),
        );
    }
}
