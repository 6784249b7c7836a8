//! What the grammar of a headline says: who acts in which verb, on whom, when, and by whose account.

use std::sync::LazyLock;

use haguewatch::{
    classify::{Article, classify},
    config::{self, Config},
    intake,
    ledger::Ledger,
    model::{Decision, PersonName, Posting},
};
use jiff::civil::date;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

/// A step with the states and persons that it concerns.
type Told = (String, Vec<String>, Vec<String>);

/// What a headline of that autumn reports.
fn read(headline: &str) -> Vec<Told> {
    let published = date(2025, 9, 23);
    let article = Article { title: headline, text: "", published, voice: None };
    let reading = classify(&CONFIG.rules, &article);
    let found = reading.developments.into_iter().map(|finding| {
        let states = finding.states.iter().map(ToString::to_string).collect();
        let persons = finding.persons.iter().map(ToString::to_string).collect();
        (finding.step.to_string(), states, persons)
    });
    found.collect()
}

fn steps(headline: &str) -> Vec<String> {
    let mut steps: Vec<String> = read(headline).into_iter().map(|(step, ..)| step).collect();
    steps.sort();
    steps
}

fn check_steps(headline: &str, expected: &[&str]) {
    assert_eq!(steps(headline), expected, "{headline}");
}

/// Each step with its persons, in the order in which it is told.
fn check_persons(headline: &str, expected: &[(&str, &[&str])]) {
    let told = read(headline);
    let told: Vec<(&str, Vec<&str>)> = told
        .iter()
        .map(|(step, _, persons)| (&**step, persons.iter().map(String::as_str).collect()))
        .collect();
    let expected: Vec<(&str, Vec<&str>)> =
        expected.iter().map(|(step, persons)| (*step, persons.to_vec())).collect();
    assert_eq!(told, expected, "{headline}");
}

/// Against whom the one step of a headline is taken.
fn against(headline: &str) -> Vec<String> {
    let published = date(2026, 2, 1);
    let article = Article { title: headline, text: "", published, voice: None };
    let reading = classify(&CONFIG.rules, &article);
    assert_eq!(reading.developments.len(), 1, "{headline}: {reading:#?}");
    reading.developments[0].persons.iter().map(ToString::to_string).collect()
}

#[test]
fn a_warrant_is_against_whom_it_names_and_nobody_beside() {
    let check =
        |headline: &str, expected: &[&str]| assert_eq!(against(headline), expected, "{headline}");
    check("ICC issues arrest warrant for Alexander Lukashenko", &["Alexander Lukashenko"]);
    check("ICC issues arrest warrant for General Hans Muster of Freedonia", &["Hans Muster"]);
    check(
        "ICC issues arrest warrants for Kim Jong-un and Anna Beispiel",
        &["Anna Beispiel", "Kim Jong-un"],
    );
    check(
        "ICC issues arrest warrant for minister Hans Muster, ally of Netanyahu",
        &["Hans Muster"],
    );
    check("ICC issues arrest warrant for top Putin aide", &[]);
    check("ICC issues arrest warrants for two of Putin's generals", &[]);
    check("ICC issues Putin arrest warrant", &["Vladimir Putin"]);
}

#[test]
fn an_article_may_hold_several_developments_and_several_states_one() {
    let two = read("ICC convicts Alfred Yekatom and acquits Patrice-Edouard Ngaissona");
    assert_eq!(two.len(), 2, "{two:?}");
    assert_eq!((&*two[0].0, &*two[0].2), ("ruling.conviction", &["Alfred Yekatom".to_owned()][..]));
    assert_eq!(two[1].0, "ruling.acquittal");
    assert_eq!(two[1].2, ["Patrice-Edouard Ngaissona"]);
    let joint = read("Mali, Niger and Burkina Faso leave the ICC");
    assert_eq!(joint.len(), 1, "{joint:?}");
    assert_eq!(joint[0].1, ["BFA", "MLI", "NER"]);
    let two = read("Armenia joins the ICC, Hungary leaves the ICC");
    assert_eq!(two.len(), 2, "{two:?}");
    assert_eq!((&*two[0].0, &*two[0].1), ("membership.joined", &["ARM".to_owned()][..]));
    assert_eq!(two[1].1, ["HUN"]);
}

#[test]
fn the_grammar_of_headlines_tells_an_act_from_a_description() {
    for (label, headline) in [
        ("warrant.issued", "Judges at the ICC issue arrest warrant for Joseph Kony"),
        ("", "Putin, wanted by the ICC, lands in Ulaanbaatar for talks"),
        ("", "Convicted war criminal Karadzic moved to another prison"),
        ("membership.accession-approved", "L’Arménie ratifie le Statut de Rome"),
        (
            "ruling.judgment",
            "Poland violated the right to a fair trial, rules the European Court of Human Rights",
        ),
        ("proceedings.officer-change", "World Court judge resigns"),
        ("", "ICC denies issuing arrest warrant for Netanyahu"),
        (
            "",
            "Bashir tells rally that he does not care about the warrant that the ICC issued against him",
        ),
        ("ruling.conviction", "The general who led the militia in Darfur was convicted by the ICC"),
        ("", "The senator, whose father is detained by the ICC, was summoned"),
        ("pressure.sanctions", "EE.UU. impone sanciones a jueces de la CPI"),
    ] {
        let expected: Vec<&str> =
            Some(label).filter(|label| !label.is_empty()).into_iter().collect();
        check_steps(headline, &expected);
    }
}

#[test]
fn a_lead_of_these_days_is_news_under_a_headline_of_demands() {
    let told = |title, text| {
        let article = Article { title, text, published: date(2025, 6, 15), voice: None };
        !classify(&CONFIG.rules, &article).developments.is_empty()
    };
    let urged = "Rights groups urge ICC to issue arrest warrant for Lukashenko";
    assert!(told(urged, "The ICC issued an arrest warrant for Min Aung Hlaing on 14 June 2025."));
    assert!(!told(urged, "The ICC issued an arrest warrant for Min Aung Hlaing on 14 June 2023."));
}

#[test]
fn an_office_means_whoever_held_it_on_that_day() {
    let check = |headline: &str, published, expected: &[&str]| {
        let article = Article { title: headline, text: "", published, voice: None };
        let reading = classify(&CONFIG.rules, &article);
        let persons: Vec<_> =
            reading.developments[0].persons.iter().map(PersonName::as_str).collect();
        assert_eq!(persons, expected, "{headline}");
    };
    let headline = "ICC issues arrest warrant for Sudan's president";
    check(headline, date(2009, 3, 4), &["Omar al-Bashir"]);
    check(headline, date(2023, 3, 4), &[]);
    check("Ex-president of Sudan arrested on ICC warrant", date(2024, 3, 4), &["Omar al-Bashir"]);
    check(
        "ICC issues arrest warrant for Russian president",
        date(2023, 3, 17),
        &["Vladimir Putin"],
    );
    check("ICC issues arrest warrant for Russian president's aide", date(2023, 3, 17), &[]);
}

#[test]
fn a_second_warrant_for_somebody_wanted_is_another() {
    let headline = "ICC issues second arrest warrant for Putin over attacks on power grid";
    let published = date(2026, 2, 1);
    let article = Article { title: headline, text: "", published, voice: None };
    let reading = classify(&CONFIG.rules, &article);
    assert!(reading.developments[0].again, "{reading:#?}");
    let posting = |title: &str, day: &str| {
        let published = Some(format!("{day}T12:00:00Z").parse().unwrap());
        let guid = Some(title.to_owned());
        Posting { guid, title: title.to_owned(), published, ..Posting::default() }
    };
    let mut ledger = Ledger::new(CONFIG.baseline.clone(), Vec::new(), Vec::new());
    let mut decide = |title, day| {
        let item = intake::replayed("gazette", posting(title, day));
        intake::replay_item(&CONFIG.rules, &mut ledger, &item, None)[0].decision
    };
    assert_eq!(decide("ICC issues arrest warrant for Putin", "2026-02-01"), Decision::Background);
    assert_eq!(decide(headline, "2026-02-01"), Decision::Announce);
}

#[test]
fn a_further_verb_of_the_same_actor_has_its_own_objects() {
    let halt = "ruling.provisional-measures";
    check_steps(
        "ICJ tells Myanmar to protect Rohingya, throws out army's objection",
        &["ruling.jurisdiction", halt],
    );
    check_steps(
        "Hungary announces withdrawal from ICC, rejects Netanyahu warrant",
        &["membership.withdrawal-announced"],
    );
    check_steps(
        "ICC issues arrest warrant for general, orders Interpol to be notified",
        &["warrant.issued"],
    );
    check_steps(
        "ICC issues warrant for minister, rejects request for warrant against president",
        &["warrant.issued", "warrant.rejected"],
    );
    check_steps(
        "ICC sentences Al Hassan to 10 years, rejects prosecutors' call for 20",
        &["ruling.sentence"],
    );
    // What ends a sentence, closes an aside or is a noun begins nothing.
    check_steps(
        "Poland violated the right to a fair trial, rules the European Court of Human Rights",
        &["ruling.judgment"],
    );
    check_steps("Netanyahu, hit with ICC arrest warrant, visits Malta", &[]);
}

#[test]
fn each_verb_has_its_own_persons() {
    let (muster, beispiel): (&[&str], &[&str]) = (&["Hans Muster"], &["Anna Beispiel"]);
    let both: &[&str] = &["Anna Beispiel", "Hans Muster"];
    check_persons(
        "ICC convicts Hans Muster of war crimes, acquits Anna Beispiel",
        &[("ruling.conviction", muster), ("ruling.acquittal", beispiel)],
    );
    check_persons(
        "Hans Muster convicted and Anna Beispiel acquitted by ICC",
        &[("ruling.conviction", muster), ("ruling.acquittal", beispiel)],
    );
    check_persons(
        "ICC judges convict Hans Muster but acquit Anna Beispiel",
        &[("ruling.conviction", muster), ("ruling.acquittal", beispiel)],
    );
    check_persons(
        "International Criminal Court issues warrant for arrest of general Hans Muster",
        &[("warrant.issued", muster)],
    );
    check_persons(
        "ICC issues warrant for Hans Muster and withdraws warrant for Anna Beispiel",
        &[("warrant.issued", muster), ("warrant.withdrawn", beispiel)],
    );
    check_persons(
        "ICC issues warrants for Hans Muster and, in a second case, for Anna Beispiel",
        &[("warrant.issued", both)],
    );
    check_persons(
        "ICC issues arrest warrant for Hans Muster, another for Anna Beispiel",
        &[("warrant.issued", both)],
    );
    check_persons("ICC issues warrant for Hans Muster's arrest", &[("warrant.issued", muster)]);
    check_persons("ICC prosecutor seeks Hans Muster's arrest", &[("warrant.sought", muster)]);
    check_persons(
        "Hans Muster arrested on ICC warrant, Anna Beispiel still at large",
        &[("warrant.executed", muster)],
    );
}

#[test]
fn what_a_party_says_of_the_court_is_its_claim() {
    check_steps("Lawyer says ICC withdrew warrant for his client", &[]);
    check_steps("Senator alleges ICC has issued arrest warrant for him", &[]);
    check_steps("Minister claims ICC has issued secret warrant against general", &[]);
    check_steps("'They convicted me without proof': Al Hassan on ICC verdict", &[]);
    check_steps("'ICC has issued warrant', says minister", &["warrant.issued"]);
    check_steps(
        "ICC has issued arrest warrant for general, says court spokesman",
        &["warrant.issued"],
    );
}

#[test]
fn the_year_of_a_deed_is_not_the_day_of_the_act() {
    check_steps("ICC convicted militia leader of crimes committed in 2004", &["ruling.conviction"]);
    check_steps(
        "Militia leader convicted by ICC over crimes during 2009 coup",
        &["ruling.conviction"],
    );
    check_steps(
        "Georgia's rights were violated by Russia in 2008 war, Strasbourg court ruled",
        &["ruling.judgment"],
    );
    check_steps(
        "Strasbourg court: Poland violated rights of journalist in 2019",
        &["ruling.judgment"],
    );
    check_steps("ICC convicted Lubanga in 2012", &[]);
    check_steps("Two years ago, the ICC issued an arrest warrant for Putin", &[]);
}

#[test]
fn who_is_described_by_an_old_act_makes_other_news() {
    for headline in [
        "Acquitted by the ICC, Gbagbo joins rally",
        "Fresh from ICC acquittal, Gbagbo plans rally",
        "Convicted by the ICC, Lubanga forms new rebel group",
        "Netanyahu, for whom the ICC issued an arrest warrant, flies over Greece",
        "Warlord jailed by ICC dies in prison",
        "Former warlord convicted by ICC wins early release plea",
    ] {
        check_steps(headline, &[]);
    }
}

#[test]
fn an_order_behind_a_colon_is_a_demand_unless_a_court_gives_it() {
    for headline in [
        "HRW: Mongolia: arrest Putin on arrival",
        "Armenia: ratify Rome Statute now",
        "South Africa: surrender Bashir to ICC",
        "Hungary prepares to leave ICC",
        "Calls mount for ICC to issue warrant for Hemedti",
        "Prime minister vows to quit ICC if elected",
        "ICJ to hear arguments in border case from Monday",
    ] {
        check_steps(headline, &[]);
    }
}

#[test]
fn a_court_called_by_an_unknown_place_is_a_local_one() {
    check_steps("In an ICC row, a Hillbrow court issues arrest warrant for militia leader", &[]);
    check_steps("The Hague tribunal issues arrest warrant for Kosovo general", &["warrant.issued"]);
    check_steps("Sudanese prosecutors issue arrest warrant for ICC suspect Haroun", &[]);
    check_steps("ICC prosecutors seek arrest of militia chief", &["warrant.sought"]);
}

#[test]
fn what_stands_between_commas_neither_acts_nor_speaks_for_the_verb() {
    check_steps(
        "The trial of Joseph Kony, accused of forcing women into marriage, opens at the ICC",
        &["proceedings.trial-opened"],
    );
    check_steps(
        "The US, citing security, imposes sanctions on ICC judges",
        &["pressure.sanctions"],
    );
    check_persons(
        "Dominic Ongwen, a former child soldier, is sentenced to 25 years by the ICC",
        &[("ruling.sentence", &["Dominic Ongwen"])],
    );
    check_persons(
        "Former minister Hans Muster acquitted by the International Criminal Court",
        &[("ruling.acquittal", &["Hans Muster"])],
    );
}

#[test]
fn a_step_that_is_recalled_has_the_day_that_the_text_names() {
    let published = date(2025, 6, 15);
    let check = |headline, expected| {
        let article = Article { title: headline, text: "", published, voice: None };
        let reading = classify(&CONFIG.rules, &article);
        assert!(reading.developments.is_empty(), "{headline}: {reading:#?}");
        let finding = &reading.background[0].finding;
        assert_eq!((finding.date, finding.dated), (expected, true), "{headline}");
    };
    check("Two years ago, the ICC issued an arrest warrant for Putin", date(2023, 6, 15));
    check("ICC convicted Lubanga in 2012", date(2012, 12, 31));
}
