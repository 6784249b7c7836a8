//! Whom a step concerns: who stands where a sentence aims, who promises, and who only speaks.

use std::sync::LazyLock;

use haguewatch::{
    classify::{Article, classify},
    config::{self, Config},
};
use jiff::civil::date;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

/// The persons of the first step that a headline and its lead report.
fn check(title: &str, text: &str, expected: &[&str]) {
    let article = Article { title, text, published: date(2025, 9, 23), voice: None };
    let reading = classify(&CONFIG.rules, &article);
    assert!(!reading.developments.is_empty(), "{title}: nothing is told");
    let persons: Vec<_> = reading.developments[0].persons.iter().map(ToString::to_string).collect();
    assert_eq!(persons, expected, "{title} / {text}");
}

#[test]
fn what_is_done_to_somebody_concerns_whose_it_is() {
    check("ICC denies Duterte's interim release", "", &["Rodrigo Duterte"]);
    check("Karadzic's sentence increased to life by UN court", "", &["Radovan Karadzic"]);
    check("ICC opens investigation into Duterte's drug war", "", &["Rodrigo Duterte"]);
}

#[test]
fn a_list_goes_on_behind_what_its_members_lead() {
    let leads = "ICC issues warrants for Yoav Gallant and the leader of Hamas' military wing";
    check(&format!("{leads} Mohammed Deif"), "", &["Mohammed Deif", "Yoav Gallant"]);
    let commands = "ICC issues warrants for Sergey Kobylash, commander of the Aerospace Forces,";
    check(&format!("{commands} and Hans Muster"), "", &["Hans Muster", "Sergey Kobylash"]);
}

#[test]
fn what_somebody_is_called_is_nobody_else() {
    let called = "ICC convicts Bosco Ntaganda, nicknamed \"The Terminator\", of war crimes";
    check(called, "", &["Bosco Ntaganda"]);
}

#[test]
fn who_is_described_before_the_verb_surrenders() {
    check("Hans Muster, wanted since 2015, surrenders to the ICC", "", &["Hans Muster"]);
}

#[test]
fn whoever_stands_beside_is_not_concerned() {
    check("ICC convicts man of bribing Gbagbo witnesses", "", &[]);
    let of_whom = "the government of Belarusian President Alexander Lukashenko";
    check(&format!("ICC opens investigation into crimes by {of_whom}"), "", &[]);
    let host = "Putin received by Mongolian President Ukhnaa Khurelsukh despite ICC warrant";
    check(host, "", &["Vladimir Putin"]);
    let guest = "Putin lands in Mongolia despite ICC arrest warrant";
    check(guest, "Putin and Hans Muster met at the airport.", &["Vladimir Putin"]);
}

#[test]
fn a_promise_is_also_whose_who_makes_it() {
    let refused = "Poland will not arrest Netanyahu on ICC warrant";
    let promise = "Foreign Minister Jan Kowalski said on Monday that the visit would go ahead.";
    check(refused, promise, &["Benjamin Netanyahu", "Jan Kowalski"]);
    let critics = "Rights groups said on Monday that the visit was a disgrace.";
    check(refused, critics, &["Benjamin Netanyahu"]);
}

#[test]
fn a_prosecutor_who_seeks_is_named_beside_whom_the_warrant_is_for() {
    let sought = "ICC prosecutor seeks arrest warrant for Min Aung Hlaing";
    let said = "Karim Khan said that more would follow.";
    check(sought, said, &["Karim Khan", "Min Aung Hlaing"]);
    // Alone the officer would make all that is sought one step.
    check("ICC prosecutor requests warrants for Taliban leaders", said, &[]);
}

#[test]
fn who_reads_out_or_welcomes_a_ruling_does_not_give_it() {
    let ruling = "Israel's occupation of Palestinian territories unlawful, ICJ says";
    check(ruling, "Nawaf Salam read out the opinion.", &[]);
    check(ruling, "The opinion was read by the court's president Nawaf Salam.", &[]);
    let dispute = "ICJ rules that the case between Venezuela and Guyana can proceed.";
    check(&format!("{dispute} President Irfaan Ali welcomes the decision"), "", &[]);
}

#[test]
fn a_lead_names_companions_in_one_breath() {
    let freed = "Laurent Gbagbo and his ally Charles Blé Goudé are free to go home.";
    check("ICC orders release of Gbagbo", freed, &["Charles Ble Goude", "Laurent Gbagbo"]);
    let warrant = "ICC issues arrest warrant for Benjamin Netanyahu";
    let spoke = "Benjamin Netanyahu and Vladimir Putin spoke by phone on Monday.";
    check(warrant, spoke, &["Benjamin Netanyahu"]);
    let dined = "Benjamin Netanyahu and Sara Muster were having dinner.";
    check(warrant, dined, &["Benjamin Netanyahu"]);
}

#[test]
fn a_lead_that_dates_its_step_to_these_days_is_news_under_any_headline() {
    let told = |text: &str| {
        let title = "Drug war families cheer";
        let article = Article { title, text, published: date(2025, 9, 23), voice: None };
        !classify(&CONFIG.rules, &article).developments.is_empty()
    };
    let opened = "opened an investigation into killings in the Philippines.";
    assert!(told(&format!("The International Criminal Court on 22 September 2025 {opened}")));
    assert!(!told(&format!("The International Criminal Court {opened}")));
    assert!(!told(&format!("The International Criminal Court on 22 September 2021 {opened}")));
}
