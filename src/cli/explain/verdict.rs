//! The verdict: what is told of a text, or why nothing is, in one plain sentence each.

use super::{
    reasons::{reason, said},
    rules::is_near,
    words::clean,
};
use crate::{
    classify::{Attempt, CueNote, DoubtNote, Explanation, Fate, Fitted, GroundNote},
    model::{Because, Development, Finding, ItemKey, Joined, Recalled, Report, Status},
    render::{Names, sentence::sentence},
};

/// A verdict.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether something is told.
    pub(super) told: bool,
    /// The sentence.
    pub(super) sentence: String,
    /// Whom and which day it concerns, where it is about a step.
    pub(super) details: Option<String>,
}

/// Everything that is to be said first, what is told before what is not.
pub(super) fn verdicts(explanation: &Explanation, names: &Names, empty: bool) -> Vec<Verdict> {
    let Explanation { reading, .. } = explanation;
    let reported = reading.developments.iter().map(|finding| Verdict {
        told: true,
        sentence: format!("Reported: {} ({}).", happened(finding, names), finding.step),
        details: Some(details(finding, names)),
    });
    let mut verdicts: Vec<Verdict> = reported.collect();
    let opening = if verdicts.is_empty() { "Not news" } else { "Only mentioned" };
    verdicts.extend(reading.background.iter().map(|recalled| {
        let what = happened(&recalled.finding, names);
        let why = why(recalled, explanation);
        Verdict {
            told: false,
            sentence: format!("{opening}: that {what} {why} ({}).", recalled.finding.step),
            details: Some(details(&recalled.finding, names)),
        }
    }));
    if verdicts.is_empty() {
        let sentence = nothing(explanation, names, empty);
        verdicts.push(Verdict { told: false, sentence, details: None });
    }
    verdicts
}

/// Why nothing is read at all.
fn nothing(explanation: &Explanation, names: &Names, empty: bool) -> String {
    if empty {
        return "Nothing to read: the text is empty.".to_owned();
    }
    let nearest = explanation.tried.first().filter(|one| is_near(one)).and_then(|attempt| {
        let missed = attempt.demands.iter().find(|demand| !demand.met)?;
        Some(format!("Nearest is {}: {}.", attempt.rule, reason(missed, names)))
    });
    let genre = explanation.genre.as_ref().map(|doubt| {
        let (because, ground) = (doubt.because.as_str(), because_of(&doubt.ground));
        format!("The whole article is taken for {because} in any case, {ground}.")
    });
    let nothing = match (&nearest, explanation.tried.is_empty()) {
        (Some(_), _) => "Not news: no rule fits.",
        (None, false) => "Not news: no rule fits, and none nearly does.",
        (None, true) => "Not news: no word in it sets off a rule.",
    };
    let is_elsewhere =
        |cue: &&CueNote| cue.because == Some(Because::OutOfScope) && !cue.scope.is_empty();
    let elsewhere = explanation
        .cues
        .iter()
        .find(is_elsewhere)
        .map(|cue| format!("{} points to another thing of that name.", said(&cue.quote)));
    let parts = [Some(nothing.to_owned()), nearest, elsewhere, genre];
    parts.into_iter().flatten().collect::<Vec<String>>().join(" ")
}

/// What a finding says, as inside a sentence.
fn happened(finding: &Finding, names: &Names) -> String {
    /// Words that open our sentences and are no names.
    const OPENINGS: &[&str] =
        &["A", "An", "The", "Charges", "Cooperation", "Proceedings", "Sanctions", "Somebody"];
    let sentence = clean(&sentence(&as_development(finding), names));
    let sentence = sentence.trim_end_matches('.');
    match sentence.split_once(' ') {
        Some((first, rest)) if OPENINGS.contains(&first) => {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => sentence.to_owned(),
    }
}

/// A finding as the development that it would be, for the one who writes sentences.
fn as_development(finding: &Finding) -> Development {
    let Finding { step, body, case, states, persons, date, .. } = finding.clone();
    let moment = jiff::Timestamp::UNIX_EPOCH;
    let report = Report {
        item: ItemKey([0; 16]),
        source: "".into(),
        owner: "".into(),
        voice: None,
        title: String::new(),
        url: None,
        at: moment,
        score: finding.score,
        evidence: Vec::new(),
        joined: Joined::default(),
    };
    Development {
        id: "".into(),
        step,
        body,
        case,
        states,
        persons,
        date,
        status: Status::Reported,
        first_reported: moment,
        last_reported: moment,
        reports: vec![report],
        why: String::new(),
        announced: false,
        held: None,
        count: None,
    }
}

fn details(finding: &Finding, names: &Names) -> String {
    let states: Vec<&str> = finding.states.iter().map(|code| names.state(code)).collect();
    let persons: Vec<&str> = finding.persons.iter().map(crate::model::PersonName::as_str).collect();
    let day = if finding.dated { "named in the text" } else { "day of publication" };
    let parts = [
        Some(format!("body: {}", finding.body.as_ref().map_or("none", |body| body.as_str()))),
        finding.case.as_ref().map(|case| format!("case: {case}")),
        (!states.is_empty()).then(|| format!("states: {}", states.join(", "))),
        (!persons.is_empty()).then(|| format!("persons: {}", persons.join(", "))),
        Some(format!("on {} ({day})", finding.date)),
        Some(format!("score {}", finding.score)),
    ];
    clean(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

/// Why a step that is mentioned is not news: `is only urged, because of “urge”`.
fn why(recalled: &Recalled, explanation: &Explanation) -> String {
    let Recalled { finding, because } = recalled;
    let is_it = |attempt: &&Attempt| {
        let body = attempt.fitted.as_ref().map(|fitted| &fitted.body);
        attempt.step == finding.step && body == Some(&finding.body)
    };
    let fits: Vec<&Fitted> =
        explanation.tried.iter().filter(is_it).filter_map(|one| one.fitted.as_ref()).collect();
    let own = fits.iter().filter(|fitted| fitted.fate == Fate::Background(*because));
    if *because == Because::Weak {
        let best = fits.iter().map(|fitted| fitted.sum()).max();
        let score = best.unwrap_or(finding.score);
        let needed = explanation.needed;
        return format!("has too little to speak for it: its score is {score}, {needed} is needed");
    }
    let is_ground = |doubt: &&DoubtNote| doubt.because == *because;
    let ground = explanation.genre.as_ref().filter(is_ground).or_else(|| {
        let mut doubts = own.filter_map(|fitted| fitted.doubt.as_ref());
        doubts.find(is_ground)
    });
    match ground {
        Some(doubt) => format!("{}, {}", only(*because), because_of(&doubt.ground)),
        None => format!("{}, by what the headline makes of it", only(*because)),
    }
}

/// What a doubt rests on, harmless.
pub(super) fn because_of(ground: &GroundNote) -> String {
    match ground {
        GroundNote::Cue(quote) => format!("because of {}", said(quote)),
        other => clean(&other.to_string()),
    }
}

/// What becomes of a step that is not news.
pub(super) fn only(because: Because) -> &'static str {
    match because {
        Because::Recalled => "is only recalled",
        Because::Urged => "is only urged",
        Because::Planned => "is only planned",
        Because::Considered => "is only considered",
        Because::Denied => "is denied",
        Because::Hypothetical => "is only supposed",
        Because::Question => "is only asked",
        Because::Opinion => "is not reported but discussed (opinion, explainer, digest)",
        Because::OutOfScope => "is out of scope: another thing of that name is meant",
        Because::Weak => "has too little to speak for it",
    }
}
