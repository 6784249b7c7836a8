//! What happened, in one plain sentence for every step of the vocabulary.
//!
//! A development lists the states and persons that it concerns without saying which of them acted,
//! so the patterns say `concerning` and `involving` where the step alone does not settle it.

use crate::model::{Action as A, Development, Kind as K, PersonName, Step};

use super::{
    names::Names,
    phrase::{fill, listing},
    safe::clean,
};

/// How many states or persons a sentence names before it counts the rest.
const MOST_NAMED: usize = 4;

/// What happened, in one sentence of plain text: no markup, not yet made safe.
pub fn sentence(development: &Development, names: &Names) -> String {
    fill(pattern(development.step), &|slot| fact(slot, development, names))
}

/// The facts by the names that patterns use.
fn fact(slot: &str, development: &Development, names: &Names) -> Option<String> {
    let accused: Vec<&str> = development
        .persons
        .iter()
        .filter(|person| !names.not_accused.contains(*person))
        .map(PersonName::as_str)
        .filter(|name| !clean(name).is_empty())
        .collect();
    let states: Vec<&str> = development.states.iter().map(|state| names.state(state)).collect();
    let known = |list: &[&str]| (!list.is_empty()).then(|| listing(list, MOST_NAMED));
    match slot {
        "body" => development.body.as_ref().map(|body| names.body(body)),
        "case" => development.case.as_ref().map(|case| names.short_case(case).to_owned()),
        "states" => known(&states),
        "accused" => known(&accused),
        "persons" => known(&development.persons.iter().map(PersonName::as_str).collect::<Vec<_>>()),
        "matter" => {
            fact("case", development, names).map(|case| format!("the case {case}")).or_else(|| {
                known(&accused).or(known(&states)).map(|of| format!("a case concerning {of}"))
            })
        }
        "were" => Some(if accused.len() > 1 { "were" } else { "was" }.to_owned()),
        "warrant" => {
            Some(if accused.len() > 1 { "arrest warrants" } else { "an arrest warrant" }.to_owned())
        }
        "member" => member(development, names),
        _ => None,
    }
}

/// `a State Party`, where one state is concerned and its body has a word of its own for members.
fn member(development: &Development, names: &Names) -> Option<String> {
    let noun = &names.bodies.get(development.body.as_ref()?)?.member;
    let own = development.states.len() == 1 && !noun.is_empty() && noun != "member";
    let article =
        if noun.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
    own.then(|| format!("{article} {noun}"))
}

/// The pattern of a step: the table of everything that can be said to have happened.
#[expect(clippy::too_many_lines, reason = "a table: one line a step")]
fn pattern(step: Step) -> &'static str {
    match (step.kind, step.action) {
        (K::Membership, A::Founded) => {
            "[{states} founded {body}|{body} was founded|{states} founded a body|A body was founded]."
        }
        (K::Membership, A::JoinAnnounced) => {
            "[{states}|a state] announced the intention to join [{body}|a body]."
        }
        (K::Membership, A::Signed) => "[{states}|a state] signed the treaty of [{body}|a body].",
        (K::Membership, A::AccessionApproved) => {
            "The accession of [{states}|a state] to [{body}|a body] was approved."
        }
        (K::Membership, A::Joined) => "[{states}|a state] joined [{body}|a body][ as {member}].",
        (K::Membership, A::WithdrawalAnnounced) => {
            "[{states}|a state] announced withdrawal from [{body}|a body]."
        }
        (K::Membership, A::WithdrawalApproved) => {
            "The withdrawal of [{states}|a state] from [{body}|a body] was approved."
        }
        (K::Membership, A::WithdrawalNotified) => {
            "[{states}|a state] gave formal notice of withdrawal from [{body}|a body]."
        }
        (K::Membership, A::WithdrawalReversed) => {
            "The withdrawal of [{states}|a state] from [{body}|a body] was reversed."
        }
        (K::Membership, A::Left) => "[{states}|a state] left [{body}|a body].",
        (K::Membership, A::Suspended) => {
            "The membership of [{states}|a state] in [{body}|a body] was suspended."
        }

        (K::Ruling, A::ProvisionalMeasures) => {
            "[{body}|a court] ordered provisional measures[ in {matter}]."
        }
        (K::Ruling, A::ProvisionalMeasuresRejected) => {
            "[{body}|a court] rejected a request for provisional measures[ in {matter}]."
        }
        (K::Ruling, A::AdvisoryOpinion) => {
            "[{body}|a court] gave an advisory opinion[ on {case}| concerning {states}]."
        }
        (K::Ruling, A::Judgment) => "[{body}|a court] delivered a judgment[ in {matter}].",
        (K::Ruling, A::Jurisdiction) => "[{body}|a court] ruled on its jurisdiction[ in {matter}].",
        (K::Ruling, A::ChargesConfirmed) => {
            "[{body}|a court] confirmed charges[ against {accused}| in {matter}]."
        }
        (K::Ruling, A::Conviction) => {
            "[{body}|a court] [convicted {accused}|handed down a conviction in {matter}|handed down a conviction]."
        }
        (K::Ruling, A::Acquittal) => {
            "[{body}|a court] [acquitted {accused}|handed down an acquittal in {matter}|handed down an acquittal]."
        }
        (K::Ruling, A::Sentence) => {
            "[{body}|a court] [sentenced {accused}|handed down a sentence in {matter}|handed down a sentence]."
        }
        (K::Ruling, A::AppealJudgment) => {
            "[{body}|a court] delivered an appeal judgment[ in {matter}]."
        }
        (K::Ruling, A::Reparations) => "[{body}|a court] ruled on reparations[ in {matter}].",
        (K::Ruling, A::NonCompliance) => {
            "[{body}|a court] made a finding of non-compliance[ concerning {states}| in {matter}]."
        }
        (K::Ruling, A::Dismissed) => "[{body}|a court] dismissed [{matter}|a case].",
        (K::Ruling, A::Order) => "[{body}|a court] issued an order[ in {matter}].",

        (K::Warrant, A::Sought) => {
            "[{body}|a court] was asked for {warrant}[ for {accused}| in {matter}]."
        }
        (K::Warrant, A::Issued) => {
            "[{body}|a court] issued {warrant}[ for {accused}| in {matter}]."
        }
        (K::Warrant, A::Unsealed) => {
            "[{body}|a court] unsealed {warrant}[ for {accused}| in {matter}]."
        }
        (K::Warrant, A::Executed) => {
            "[{accused} {were}|a suspect was] arrested on a warrant[ of {body}]."
        }
        (K::Warrant, A::Withdrawn) => {
            "[{body}|a court] withdrew {warrant}[ for {accused}| in {matter}]."
        }
        (K::Warrant, A::Rejected) => {
            "[{body}|a court] rejected a request for {warrant}[ for {accused}| in {matter}]."
        }
        (K::Warrant, A::Upheld) => {
            "[{body}|a court] upheld {warrant}[ for {accused}| in {matter}]."
        }

        (K::Proceedings, A::CaseFiled) => "[{matter}|a case] was filed with [{body}|a court].",
        (K::Proceedings, A::Referral) => {
            "A situation[ concerning {states}] was referred to [{body}|a court]."
        }
        (K::Proceedings, A::InterventionAnnounced) => {
            "An intervention[ in {matter}] before [{body}|a court] was announced."
        }
        (K::Proceedings, A::Intervention) => {
            "An intervention[ in {matter}] was filed with [{body}|a court]."
        }
        (K::Proceedings, A::MeasuresRequested) => {
            "[{body}|a court] was asked for provisional measures[ in {matter}]."
        }
        (K::Proceedings, A::OpinionRequested) => {
            "[{body}|a court] was asked for an advisory opinion[ on {case}| concerning {states}]."
        }
        (K::Proceedings, A::InvestigationOpened) => {
            "[{body}|a court] opened an investigation[ concerning {states}| concerning {accused}]."
        }
        (K::Proceedings, A::InvestigationClosed) => {
            "[{body}|a court] closed an investigation[ concerning {states}| concerning {accused}]."
        }
        (K::Proceedings, A::Charges) => {
            "Charges[ against {accused}| in {matter}] were brought before [{body}|a court]."
        }
        (K::Proceedings, A::Hearing) => "[{body}|a court] held a hearing[ in {matter}].",
        (K::Proceedings, A::TrialOpened) => {
            "The trial[ of {accused}| in {matter}] opened before [{body}|a court]."
        }
        (K::Proceedings, A::OfficerChange) => {
            "A change of office took place at [{body}|a court][, concerning {persons}]."
        }
        (K::Proceedings, A::Discontinued) => {
            "Proceedings[ in {matter}] before [{body}|a court] were discontinued."
        }

        (K::Enforcement, A::Measure) => {
            "A national measure was taken[ in connection with {body}][, involving {states}]."
        }
        (K::Enforcement, A::Cooperated) => {
            "Cooperation was given to [{body}|a court][ in the case {case}| over {accused}][, involving {states}]."
        }
        (K::Enforcement, A::Surrendered) => {
            "[{accused} {were}|a suspect was] surrendered to [{body}|a court]."
        }
        (K::Enforcement, A::Refused) => {
            "Cooperation with [{body}|a court] was refused[ in the case {case}| over {accused}][, involving {states}]."
        }
        (K::Enforcement, A::NotArrested) => {
            "[{accused} {were}|a suspect was] not arrested despite a warrant[ of {body}][, involving {states}]."
        }

        (K::Pressure, A::Sanctions) => {
            "Sanctions were imposed[ in connection with {body}][, involving {states}]."
        }
        (K::Pressure, A::SanctionsLifted) => {
            "Sanctions[ in connection with {body}] were lifted[, involving {states}]."
        }
        (K::Pressure, A::Threat) => {
            "A threat was made against [{body}|a court][, involving {states}]."
        }
        (K::Pressure, A::Cyberattack) => "[{body}|a court] was the target of a cyberattack.",
        (K::Pressure, A::RetaliatoryCase) => {
            "A case was opened in response to proceedings before [{body}|a court][, involving {states}]."
        }
        (K::Pressure, A::Law) => {
            "A law was passed[ in connection with {body}][, involving {states}]."
        }

        (K::Resolution, A::Adopted) => {
            "[{body}|a body] adopted a resolution[ on {case}| concerning {states}]."
        }
        (K::Resolution, A::Vetoed) => {
            "A draft resolution was vetoed[ in {body}][, involving {states}]."
        }
        (K::Resolution, A::Rejected) => {
            "[{body}|a body] rejected a draft resolution[, involving {states}]."
        }

        (K::Statement, A::JointStatement) => {
            "A joint statement was made[ in connection with {body}][, involving {states}]."
        }
        (K::Statement, A::Call) => {
            "A public call was made[ in connection with {body}][, involving {states}]."
        }
        (K::Statement, A::Pledge) => {
            "A pledge was made[ in connection with {body}][, involving {states}]."
        }
        (K::Statement, A::Meeting) => {
            "A meeting was held[ in connection with {body}][, involving {states}]."
        }
        (K::Statement, A::Report) => {
            "A report was published[ in connection with {body}][, involving {states}]."
        }
        // `Step::new` admits no other pair; should one be made by hand, its own words are said.
        (_, _) => "A development was reported[ in connection with {body}][, involving {states}].",
    }
}

#[cfg(test)]
mod tests;
