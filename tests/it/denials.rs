//! Somebody denies what was told: no news of its own, and what was told is disputed from then on.

use std::sync::LazyLock;

use haguewatch::{
    config::{self, Config},
    intake,
    ledger::Ledger,
    model::{Decision, Posting, Status},
};

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

/// Reads one headline after the other, each by an outlet of its own, an hour apart; what was decided
/// on the last, and how sure the first development is then.
#[track_caller]
fn check(headlines: &[&str], decision: Decision, status: Status) {
    let outlets: Vec<String> = (0..headlines.len()).map(|hour| format!("outlet{hour}")).collect();
    let reports = outlets.iter().map(String::as_str).zip(headlines.iter().copied());
    let (decided, whys) = replayed(&reports.collect::<Vec<_>>(), status);
    assert_eq!(decided, [decision], "{whys:?}");
}

/// Reads what these outlets report, an hour apart; what was decided on the last and why.
#[track_caller]
fn replayed(reports: &[(&str, &str)], status: Status) -> (Vec<Decision>, Vec<String>) {
    let mut ledger = Ledger::new(CONFIG.baseline.clone(), Vec::new(), Vec::new());
    let mut last = Vec::new();
    for (hour, (outlet, headline)) in reports.iter().enumerate() {
        let posting = Posting {
            guid: Some(format!("g{hour}")),
            title: (*headline).to_owned(),
            published: Some(format!("2026-11-20T{hour:02}:00:00Z").parse().unwrap()),
            ..Posting::default()
        };
        let item = intake::replayed(outlet, posting);
        last = intake::replay_item(&CONFIG.rules, &mut ledger, &item, None);
    }
    assert_eq!(ledger.developments().next().unwrap().status, status);
    last.into_iter().map(|it| (it.decision, it.why)).unzip()
}

#[test]
fn a_warrant_that_the_court_denies_is_disputed() {
    let told = "ICC issues arrest warrant for Rufus Firefly";
    for denial in [
        "ICC denies issuing arrest warrant for Rufus Firefly",
        "ICC denies that it has issued an arrest warrant for Rufus Firefly",
        "No arrest warrant has been issued for Rufus Firefly, ICC says",
        "La CPI dément avoir émis un mandat d'arrêt contre Rufus Firefly",
        "La CPI niega haber emitido una orden de arresto contra Rufus Firefly",
    ] {
        check(&[told, denial], Decision::Update, Status::Disputed);
    }
}

#[test]
fn a_state_denies_what_is_said_of_it() {
    let told = "Kenya announces withdrawal from International Criminal Court";
    for denial in [
        "Kenya denies it is leaving the ICC",
        "Kenya denies reports that it is leaving the ICC",
        "Reports that Kenya is leaving ICC are false, minister says",
    ] {
        check(&[told, denial], Decision::Update, Status::Disputed);
    }
    let other = "Uganda denies it is leaving the ICC";
    check(&[told, other], Decision::Background, Status::Reported);
}

#[test]
fn a_retraction_takes_back_its_outlets_report_and_reports_nothing() {
    let told = "ICC issues arrest warrant for Rufus Firefly";
    let retraction =
        "Retraction: our report that the ICC issued an arrest warrant for Rufus Firefly was wrong";
    let own = replayed(&[("herald", told), ("herald", retraction)], Status::Retracted);
    assert_eq!(own.0, [Decision::Update], "{:?}", own.1);
    let of_two = [("herald", told), ("gazette", told), ("herald", retraction)];
    assert_eq!(replayed(&of_two, Status::Disputed).0, [Decision::Update]);
    let of_another = [("herald", told), ("gazette", retraction)];
    assert_eq!(replayed(&of_another, Status::Reported).0, []);
}

#[test]
fn who_denies_a_deed_denies_no_step() {
    let told = "ICC convicts general Rufus Firefly, who denied ordering massacre";
    check(&[told], Decision::Announce, Status::Reported);
}
