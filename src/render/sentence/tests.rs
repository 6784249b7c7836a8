use super::*;
use crate::{
    model::{StateCode, Status},
    render::BodyName,
};

/// Every step of a body, two states and a person; of the same in a case without a person; and of
/// nothing known.
const TABLE: &str = "
membership.founded
  Freedonia and Ruritania founded the International Criminal Court.
  Freedonia and Ruritania founded the International Criminal Court.
  A body was founded.
membership.join-announced
  Freedonia and Ruritania announced the intention to join the International Criminal Court.
  Freedonia and Ruritania announced the intention to join the International Criminal Court.
  A state announced the intention to join a body.
membership.signed
  Freedonia and Ruritania signed the treaty of the International Criminal Court.
  Freedonia and Ruritania signed the treaty of the International Criminal Court.
  A state signed the treaty of a body.
membership.accession-approved
  The accession of Freedonia and Ruritania to the International Criminal Court was approved.
  The accession of Freedonia and Ruritania to the International Criminal Court was approved.
  The accession of a state to a body was approved.
membership.joined
  Freedonia and Ruritania joined the International Criminal Court.
  Freedonia and Ruritania joined the International Criminal Court.
  A state joined a body.
membership.withdrawal-announced
  Freedonia and Ruritania announced withdrawal from the International Criminal Court.
  Freedonia and Ruritania announced withdrawal from the International Criminal Court.
  A state announced withdrawal from a body.
membership.withdrawal-approved
  The withdrawal of Freedonia and Ruritania from the International Criminal Court was approved.
  The withdrawal of Freedonia and Ruritania from the International Criminal Court was approved.
  The withdrawal of a state from a body was approved.
membership.withdrawal-notified
  Freedonia and Ruritania gave formal notice of withdrawal from the International Criminal Court.
  Freedonia and Ruritania gave formal notice of withdrawal from the International Criminal Court.
  A state gave formal notice of withdrawal from a body.
membership.withdrawal-reversed
  The withdrawal of Freedonia and Ruritania from the International Criminal Court was reversed.
  The withdrawal of Freedonia and Ruritania from the International Criminal Court was reversed.
  The withdrawal of a state from a body was reversed.
membership.left
  Freedonia and Ruritania left the International Criminal Court.
  Freedonia and Ruritania left the International Criminal Court.
  A state left a body.
membership.suspended
  The membership of Freedonia and Ruritania in the International Criminal Court was suspended.
  The membership of Freedonia and Ruritania in the International Criminal Court was suspended.
  The membership of a state in a body was suspended.
ruling.provisional-measures
  The International Criminal Court ordered provisional measures in a case concerning Ann Example.
  The International Criminal Court ordered provisional measures in the case Ruritania v. Freedonia.
  A court ordered provisional measures.
ruling.provisional-measures-rejected
  The International Criminal Court rejected a request for provisional measures in a case concerning Ann Example.
  The International Criminal Court rejected a request for provisional measures in the case Ruritania v. Freedonia.
  A court rejected a request for provisional measures.
ruling.advisory-opinion
  The International Criminal Court gave an advisory opinion concerning Freedonia and Ruritania.
  The International Criminal Court gave an advisory opinion on Ruritania v. Freedonia.
  A court gave an advisory opinion.
ruling.judgment
  The International Criminal Court delivered a judgment in a case concerning Ann Example.
  The International Criminal Court delivered a judgment in the case Ruritania v. Freedonia.
  A court delivered a judgment.
ruling.jurisdiction
  The International Criminal Court ruled on its jurisdiction in a case concerning Ann Example.
  The International Criminal Court ruled on its jurisdiction in the case Ruritania v. Freedonia.
  A court ruled on its jurisdiction.
ruling.charges-confirmed
  The International Criminal Court confirmed charges against Ann Example.
  The International Criminal Court confirmed charges in the case Ruritania v. Freedonia.
  A court confirmed charges.
ruling.conviction
  The International Criminal Court convicted Ann Example.
  The International Criminal Court handed down a conviction in the case Ruritania v. Freedonia.
  A court handed down a conviction.
ruling.acquittal
  The International Criminal Court acquitted Ann Example.
  The International Criminal Court handed down an acquittal in the case Ruritania v. Freedonia.
  A court handed down an acquittal.
ruling.sentence
  The International Criminal Court sentenced Ann Example.
  The International Criminal Court handed down a sentence in the case Ruritania v. Freedonia.
  A court handed down a sentence.
ruling.appeal-judgment
  The International Criminal Court delivered an appeal judgment in a case concerning Ann Example.
  The International Criminal Court delivered an appeal judgment in the case Ruritania v. Freedonia.
  A court delivered an appeal judgment.
ruling.reparations
  The International Criminal Court ruled on reparations in a case concerning Ann Example.
  The International Criminal Court ruled on reparations in the case Ruritania v. Freedonia.
  A court ruled on reparations.
ruling.non-compliance
  The International Criminal Court made a finding of non-compliance concerning Freedonia and Ruritania.
  The International Criminal Court made a finding of non-compliance concerning Freedonia and Ruritania.
  A court made a finding of non-compliance.
ruling.dismissed
  The International Criminal Court dismissed a case concerning Ann Example.
  The International Criminal Court dismissed the case Ruritania v. Freedonia.
  A court dismissed a case.
ruling.order
  The International Criminal Court issued an order in a case concerning Ann Example.
  The International Criminal Court issued an order in the case Ruritania v. Freedonia.
  A court issued an order.
warrant.sought
  The International Criminal Court was asked for an arrest warrant for Ann Example.
  The International Criminal Court was asked for an arrest warrant in the case Ruritania v. Freedonia.
  A court was asked for an arrest warrant.
warrant.issued
  The International Criminal Court issued an arrest warrant for Ann Example.
  The International Criminal Court issued an arrest warrant in the case Ruritania v. Freedonia.
  A court issued an arrest warrant.
warrant.unsealed
  The International Criminal Court unsealed an arrest warrant for Ann Example.
  The International Criminal Court unsealed an arrest warrant in the case Ruritania v. Freedonia.
  A court unsealed an arrest warrant.
warrant.executed
  Ann Example was arrested on a warrant of the International Criminal Court.
  A suspect was arrested on a warrant of the International Criminal Court.
  A suspect was arrested on a warrant.
warrant.withdrawn
  The International Criminal Court withdrew an arrest warrant for Ann Example.
  The International Criminal Court withdrew an arrest warrant in the case Ruritania v. Freedonia.
  A court withdrew an arrest warrant.
warrant.rejected
  The International Criminal Court rejected a request for an arrest warrant for Ann Example.
  The International Criminal Court rejected a request for an arrest warrant in the case Ruritania v. Freedonia.
  A court rejected a request for an arrest warrant.
warrant.upheld
  The International Criminal Court upheld an arrest warrant for Ann Example.
  The International Criminal Court upheld an arrest warrant in the case Ruritania v. Freedonia.
  A court upheld an arrest warrant.
proceedings.case-filed
  A case concerning Ann Example was filed with the International Criminal Court.
  The case Ruritania v. Freedonia was filed with the International Criminal Court.
  A case was filed with a court.
proceedings.referral
  A situation concerning Freedonia and Ruritania was referred to the International Criminal Court.
  A situation concerning Freedonia and Ruritania was referred to the International Criminal Court.
  A situation was referred to a court.
proceedings.intervention-announced
  An intervention in a case concerning Ann Example before the International Criminal Court was announced.
  An intervention in the case Ruritania v. Freedonia before the International Criminal Court was announced.
  An intervention before a court was announced.
proceedings.intervention
  An intervention in a case concerning Ann Example was filed with the International Criminal Court.
  An intervention in the case Ruritania v. Freedonia was filed with the International Criminal Court.
  An intervention was filed with a court.
proceedings.measures-requested
  The International Criminal Court was asked for provisional measures in a case concerning Ann Example.
  The International Criminal Court was asked for provisional measures in the case Ruritania v. Freedonia.
  A court was asked for provisional measures.
proceedings.opinion-requested
  The International Criminal Court was asked for an advisory opinion concerning Freedonia and Ruritania.
  The International Criminal Court was asked for an advisory opinion on Ruritania v. Freedonia.
  A court was asked for an advisory opinion.
proceedings.investigation-opened
  The International Criminal Court opened an investigation concerning Freedonia and Ruritania.
  The International Criminal Court opened an investigation concerning Freedonia and Ruritania.
  A court opened an investigation.
proceedings.investigation-closed
  The International Criminal Court closed an investigation concerning Freedonia and Ruritania.
  The International Criminal Court closed an investigation concerning Freedonia and Ruritania.
  A court closed an investigation.
proceedings.charges
  Charges against Ann Example were brought before the International Criminal Court.
  Charges in the case Ruritania v. Freedonia were brought before the International Criminal Court.
  Charges were brought before a court.
proceedings.hearing
  The International Criminal Court held a hearing in a case concerning Ann Example.
  The International Criminal Court held a hearing in the case Ruritania v. Freedonia.
  A court held a hearing.
proceedings.trial-opened
  The trial of Ann Example opened before the International Criminal Court.
  The trial in the case Ruritania v. Freedonia opened before the International Criminal Court.
  The trial opened before a court.
proceedings.officer-change
  A change of office took place at the International Criminal Court, concerning Ann Example.
  A change of office took place at the International Criminal Court.
  A change of office took place at a court.
proceedings.discontinued
  Proceedings in a case concerning Ann Example before the International Criminal Court were discontinued.
  Proceedings in the case Ruritania v. Freedonia before the International Criminal Court were discontinued.
  Proceedings before a court were discontinued.
enforcement.measure
  A national measure was taken in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A national measure was taken in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A national measure was taken.
enforcement.cooperated
  Cooperation was given to the International Criminal Court over Ann Example, involving Freedonia and Ruritania.
  Cooperation was given to the International Criminal Court in the case Ruritania v. Freedonia, involving Freedonia and Ruritania.
  Cooperation was given to a court.
enforcement.surrendered
  Ann Example was surrendered to the International Criminal Court.
  A suspect was surrendered to the International Criminal Court.
  A suspect was surrendered to a court.
enforcement.refused
  Cooperation with the International Criminal Court was refused over Ann Example, involving Freedonia and Ruritania.
  Cooperation with the International Criminal Court was refused in the case Ruritania v. Freedonia, involving Freedonia and Ruritania.
  Cooperation with a court was refused.
enforcement.not-arrested
  Ann Example was not arrested despite a warrant of the International Criminal Court, involving Freedonia and Ruritania.
  A suspect was not arrested despite a warrant of the International Criminal Court, involving Freedonia and Ruritania.
  A suspect was not arrested despite a warrant.
pressure.sanctions
  Sanctions were imposed in connection with the International Criminal Court, involving Freedonia and Ruritania.
  Sanctions were imposed in connection with the International Criminal Court, involving Freedonia and Ruritania.
  Sanctions were imposed.
pressure.sanctions-lifted
  Sanctions in connection with the International Criminal Court were lifted, involving Freedonia and Ruritania.
  Sanctions in connection with the International Criminal Court were lifted, involving Freedonia and Ruritania.
  Sanctions were lifted.
pressure.threat
  A threat was made against the International Criminal Court, involving Freedonia and Ruritania.
  A threat was made against the International Criminal Court, involving Freedonia and Ruritania.
  A threat was made against a court.
pressure.cyberattack
  The International Criminal Court was the target of a cyberattack.
  The International Criminal Court was the target of a cyberattack.
  A court was the target of a cyberattack.
pressure.retaliatory-case
  A case was opened in response to proceedings before the International Criminal Court, involving Freedonia and Ruritania.
  A case was opened in response to proceedings before the International Criminal Court, involving Freedonia and Ruritania.
  A case was opened in response to proceedings before a court.
pressure.law
  A law was passed in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A law was passed in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A law was passed.
resolution.adopted
  The International Criminal Court adopted a resolution concerning Freedonia and Ruritania.
  The International Criminal Court adopted a resolution on Ruritania v. Freedonia.
  A body adopted a resolution.
resolution.vetoed
  A draft resolution was vetoed in the International Criminal Court, involving Freedonia and Ruritania.
  A draft resolution was vetoed in the International Criminal Court, involving Freedonia and Ruritania.
  A draft resolution was vetoed.
resolution.rejected
  The International Criminal Court rejected a draft resolution, involving Freedonia and Ruritania.
  The International Criminal Court rejected a draft resolution, involving Freedonia and Ruritania.
  A body rejected a draft resolution.
statement.joint-statement
  A joint statement was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A joint statement was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A joint statement was made.
statement.call
  A public call was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A public call was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A public call was made.
statement.pledge
  A pledge was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A pledge was made in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A pledge was made.
statement.meeting
  A meeting was held in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A meeting was held in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A meeting was held.
statement.report
  A report was published in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A report was published in connection with the International Criminal Court, involving Freedonia and Ruritania.
  A report was published.
";

fn names() -> Names {
    let mut names = Names::default();
    let body = |name: &str, member: &str| BodyName { name: name.into(), member: member.into() };
    names.bodies.insert("ICC".into(), body("International Criminal Court", "State Party"));
    names.bodies.insert("HAGUE-GROUP".into(), body("The Hague Group", "member"));
    for (code, name) in [("RUR", "Ruritania"), ("FRE", "Freedonia"), ("COL", "Colombia")] {
        names.states.insert(StateCode::parse(code).unwrap(), name.into());
    }
    names.cases.insert("X-1".into(), "Duties at Sea (Ruritania v. Freedonia)".into());
    names.not_accused.insert("Pat Prosecutor".into());
    names
}

fn development(step: Step) -> Development {
    let at = "2024-01-01T00:00:00Z".parse().unwrap();
    Development {
        id: "K7Q2M".into(),
        step,
        body: None,
        case: None,
        states: Vec::new(),
        persons: Vec::new(),
        date: "2024-01-01".parse().unwrap(),
        status: Status::Reported,
        first_reported: at,
        last_reported: at,
        reports: Vec::new(),
        why: String::new(),
        announced: true,
        held: None,
        count: None,
    }
}

#[test]
fn every_step_has_its_sentence() {
    let mut table = vec![String::new()];
    for step in Step::all() {
        let bare = development(step);
        let mut full = development(step);
        full.body = Some("ICC".into());
        full.states = ["FRE", "RUR"].map(|code| StateCode::parse(code).unwrap()).to_vec();
        full.persons = vec!["Ann Example".into()];
        let mut cased = full.clone();
        cased.case = Some("X-1".into());
        cased.persons.clear();
        table.push(step.to_string());
        for one in [full, cased, bare] {
            table.push(format!("  {}", sentence(&one, &names())));
        }
    }
    table.push(String::new());
    assert_eq!(table.join("\n"), TABLE);
}

#[track_caller]
fn check(step: &str, change: impl FnOnce(&mut Development), expected: &str) {
    let mut development = development(Step::parse(step).unwrap());
    change(&mut development);
    assert_eq!(sentence(&development, &names()), expected);
}

fn states(codes: &[&str]) -> Vec<StateCode> {
    codes.iter().map(|code| StateCode::parse(code).unwrap()).collect()
}

#[test]
fn a_coalition_has_members_and_a_court_has_parties() {
    check(
        "membership.joined",
        |told| (told.body, told.states) = (Some("HAGUE-GROUP".into()), states(&["COL"])),
        "Colombia joined the Hague Group.",
    );
    check(
        "membership.joined",
        |told| (told.body, told.states) = (Some("ICC".into()), states(&["COL"])),
        "Colombia joined the International Criminal Court as a State Party.",
    );
    check(
        "membership.joined",
        |told| (told.body, told.states) = (Some("ICC".into()), states(&["COL", "FRE"])),
        "Colombia and Freedonia joined the International Criminal Court.",
    );
}

#[test]
fn several_are_listed_and_many_are_counted() {
    check(
        "membership.left",
        |told| (told.body, told.states) = (Some("ICC".into()), states(&["BFA", "MLI", "NER"])),
        "BFA, MLI and NER left the International Criminal Court.",
    );
    check(
        "membership.left",
        |told| told.states = states(&["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]),
        "AAA, BBB, CCC, DDD and 2 more left a body.",
    );
}

#[test]
fn several_accused_have_several_warrants() {
    let two = || vec!["Ann Example".into(), "Bob Example".into()];
    check(
        "warrant.issued",
        |told| (told.body, told.persons) = (Some("ICC".into()), two()),
        "The International Criminal Court issued arrest warrants for Ann Example and Bob Example.",
    );
    check(
        "warrant.executed",
        |told| told.persons = two(),
        "Ann Example and Bob Example were arrested on a warrant.",
    );
}

#[test]
fn a_prosecutor_who_is_named_is_not_accused() {
    check(
        "warrant.sought",
        |told| {
            told.body = Some("ICC".into());
            told.persons = vec!["Ann Example".into(), "Pat Prosecutor".into()];
        },
        "The International Criminal Court was asked for an arrest warrant for Ann Example.",
    );
    check(
        "warrant.sought",
        |told| told.persons = vec!["Pat Prosecutor".into()],
        "A court was asked for an arrest warrant.",
    );
}

#[test]
fn an_unknown_body_goes_by_its_id() {
    check("ruling.order", |told| told.body = Some("NEWCOURT".into()), "NEWCOURT issued an order.");
}

#[test]
fn a_name_of_nothing_is_not_named() {
    check(
        "warrant.issued",
        |told| told.persons = vec!["\u{200B}".into()],
        "A court issued an arrest warrant.",
    );
}
