//! What a closer look at rules and lexicon finds, in words, each with what to write instead.

use super::{places::Places, problem::Complaint};
use crate::classify::{
    definition::Rule,
    review::{Fault, PhraseFault, Remark, RuleFault, Spot},
};

/// The words for a remark.
pub(super) fn complaint(remark: &Remark<'_>, places: &Places<'_>) -> Complaint {
    match remark.fault {
        Fault::Phrase(fault) => of_phrase(fault, &remark.at, places),
        Fault::Rule(fault) => of_rule(fault, &remark.at, places),
    }
}

/// What is the matter with a phrase, a cue or a body.
fn of_phrase(fault: PhraseFault<'_>, at: &Spot<'_>, places: &Places<'_>) -> Complaint {
    let Spot { list, id, key, text } = at;
    match fault {
        PhraseFault::Unreadable => Complaint::new(
            format!("`{text}` has neither letter nor digit, so no text has it"),
            "write the words, or leave it out",
        ),
        PhraseFault::NotFound => Complaint::new(
            format!("`{text}` is not found in a text that has it, because of its marks"),
            "write the words of it that no mark parts",
        ),
        PhraseFault::TwoThings(other) => Complaint::new(
            format!("`{text}` means two things: {} and {}", named(at), elsewhere(&other, places)),
            "keep it in one of the two, or write longer phrases that tell them apart",
        ),
        PhraseFault::OwnName(other) => Complaint::new(
            format!("`{text}` of `{key}` is a name of the same {list} at {}", places.find(&other)),
            "take it out of one of the two, or write the longer phrase that means something else",
        ),
        PhraseFault::SmallLetters => Complaint::new(
            format!("`{text}` of `{key}` counts only in headlines that are all capitals"),
            "write it in capitals, or as one of `names`",
        ),
        PhraseFault::NoAcronym => Complaint::new(
            format!("`{key}` of {list} `{id}` does nothing: it has no acronym"),
            "add its `acronyms`, or leave the key out",
        ),
        PhraseFault::KeepsNothingApart => Complaint::new(
            format!("a text with `{text}` of `{key}` names {list} `{id}` all the same"),
            "write the whole phrase as texts have it, from the name on or from before it",
        ),
        PhraseFault::Effectless => Complaint::new(
            format!(
                "cue `{id}` does nothing: it has no `because`, asserts only forward, and no rule names `cue:{id}`"
            ),
            "add `because`, or write reach = \"forward\" or \"clause\"",
        ),
    }
}

/// What is the matter with a rule.
fn of_rule(fault: RuleFault<'_>, at: &Spot<'_>, places: &Places<'_>) -> Complaint {
    let Spot { id, key, text, .. } = at;
    let whose = |rule: &Rule| format!("rule `{}` at {}", rule.id, places.of_rule(rule));
    let idle = |fatal: bool, why: &str| {
        if fatal {
            format!("rule `{id}` can never fire: `{text}` of `{key}` {why}")
        } else {
            format!("`{text}` of `{key}` does nothing for rule `{id}`: it {why}")
        }
    };
    match fault {
        RuleFault::Wordless { fatal } => {
            Complaint::new(idle(fatal, "has no words"), "give the class its words, or leave it out")
        }
        RuleFault::ShutOut { by, fatal } => Complaint::new(
            if by.strip_prefix('@').unwrap_or(by) == *text {
                idle(fatal, "is what `without` excludes")
            } else {
                idle(fatal, &format!("is always `{by}` too, which `without` excludes"))
            },
            format!("take `{by}` out of `without`, or `{text}` out of `{key}`"),
        ),
        RuleFault::NeverGiven { fatal } => Complaint::new(
            idle(fatal, "is a status that no cue gives to a single step"),
            "write one that a cue of cues.toml gives, or leave it out",
        ),
        RuleFault::TooLow { lacks } => Complaint::new(
            format!("rule `{id}` can never fire: even the best match lacks {lacks} points"),
            format!("raise `score` by {lacks} or more"),
        ),
        RuleFault::BodyOutside => Complaint::new(
            format!("`{key}` of rule `{id}` is none of its `bodies`"),
            "add it to `bodies`, or leave `body` out",
        ),
        RuleFault::Twice(other) => Complaint::new(
            format!("rule `{id}` asks for the same as {}", whose(other)),
            "keep one of the two, with the examples of both",
        ),
        RuleFault::Covered(other) => Complaint::new(
            format!("rule `{id}` gains nothing: {} reads whatever it reads", whose(other)),
            "keep the wider one, with the examples of both",
        ),
        RuleFault::Overlapped { by, apart } => Complaint::new(
            format!("whatever rule `{id}` reads, {} reads as {} too", whose(by), by.step),
            keep_away(by, apart),
        ),
        RuleFault::Rivalled { by, apart } => Complaint::new(
            format!("\"{text}\" fits {} with the same score, by {}", by.step, whose(by)),
            format!("raise the `score` of the one that is meant, or {}", keep_away(by, apart)),
        ),
    }
}

fn keep_away(rule: &Rule, apart: Option<&str>) -> String {
    match apart {
        Some(class) => format!("add a class such as `{class}` to `without` of `{}`", rule.id),
        None => format!("add to `without` of `{}` a class that keeps it away", rule.id),
    }
}

/// The thing that a phrase names: `state \`PSE\``.
fn named(spot: &Spot<'_>) -> String {
    format!("{} `{}`", spot.list, spot.id)
}

fn elsewhere(spot: &Spot<'_>, places: &Places<'_>) -> String {
    format!("{} at {}", named(spot), places.find(spot))
}
