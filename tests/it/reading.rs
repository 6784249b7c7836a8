//! What the shipped rules make of headlines that they were not written from.
//!
//! The headlines were written and labelled before they were read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use haguewatch::{
    classify::{Article, classify, explain},
    config::{self, Config},
    intake,
    ledger::{Baseline, Ledger},
    model::{Decision, Fact, Field, Item, PersonName, Posting},
};
use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;

static CONFIG: LazyLock<Config> = LazyLock::new(config::embedded);

fn steps(headline: &str) -> BTreeSet<String> {
    let published = date(2025, 6, 15);
    let article = Article { title: headline, text: "", published, voice: None };
    let reading = classify(&CONFIG.rules, &article);
    reading.developments.iter().map(|finding| finding.step.to_string()).collect()
}

/// Whether a headline is read as labelled: the step is among those reported, or nothing is.
fn is_read_as(label: &str, headline: &str) -> bool {
    let steps = steps(headline);
    if label.is_empty() { steps.is_empty() } else { steps.contains(label) }
}

#[test]
fn headlines_are_read_as_a_reader_labelled_them() {
    let wrong: Vec<_> =
        READ.iter().filter(|(label, headline)| !is_read_as(label, headline)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn headlines_that_are_not_read_yet_are_known() {
    let learned: Vec<_> =
        NOT_YET.iter().filter(|(label, headline)| is_read_as(label, headline)).collect();
    assert!(learned.is_empty(), "move these to the list of what is read: {learned:#?}");
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
    let read = |headline: &str| -> Vec<(String, Vec<String>, Vec<String>)> {
        let published = date(2025, 9, 23);
        let article = Article { title: headline, text: "", published, voice: None };
        let reading = classify(&CONFIG.rules, &article);
        let found = reading.developments.into_iter().map(|finding| {
            let states = finding.states.iter().map(ToString::to_string).collect();
            let persons = finding.persons.iter().map(ToString::to_string).collect();
            (finding.step.to_string(), states, persons)
        });
        found.collect()
    };
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
    ] {
        assert!(is_read_as(label, headline), "{label}: {headline}: {:?}", steps(headline));
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
fn what_is_made_up_is_not_told() {
    for headline in [
        "Fake news: ICC issued arrest warrant for Hans Muster",
        "Parody site says ICC issued arrest warrant for Hans Muster",
        "ICC issues arrest warrant for Hans Muster, AI-generated video claims",
        "Court in Madrid issues arrest warrant for Hans Muster as ICC case continues",
    ] {
        assert_eq!(steps(headline), BTreeSet::new(), "{headline}");
    }
}

#[test]
fn a_web_address_says_nothing() {
    let headline = "ICC issues arrest warrant for Hans Muster https://news.example/?id=3";
    assert!(is_read_as("warrant.issued", headline));
}

#[test]
fn an_empty_article_says_nothing() {
    assert!(steps("").is_empty());
}

#[test]
fn a_megabyte_is_read_at_once() {
    let text = "The International Criminal Court issues an arrest warrant. ".repeat(20_000);
    let article = Article { title: "", text: &text, published: date(2025, 6, 15), voice: None };
    classify(&CONFIG.rules, &article);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_and_its_spans_lie_inside(title in ".{0,200}", text in "\\PC{0,400}") {
        let published = date(2025, 6, 15);
        let article = Article { title: &title, text: &text, published, voice: None };
        let explanation = explain(&CONFIG.rules, &article);
        for span in &explanation.spans {
            let field = match span.field { Field::Title => &title, Field::Text => &text };
            prop_assert!(span.start < span.end && span.end <= field.chars().count());
        }
    }

    #[test]
    fn words_of_the_field_in_any_order_are_read(words in prop::collection::vec(0..WORDS.len(), 0..40)) {
        let title: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let title = title.join(" ");
        let article =
            Article { title: &title, text: &title, published: date(2025, 6, 15), voice: None };
        let reading = classify(&CONFIG.rules, &article);
        prop_assert_eq!(&reading, &classify(&CONFIG.rules, &article));
        for finding in &reading.developments {
            prop_assert!(finding.states.is_sorted() && finding.persons.is_sorted());
            prop_assert!(finding.evidence.iter().all(|span| span.start < span.end));
        }
    }
}

const WORDS: &[&str] = &[
    "ICC",
    "ICJ",
    "World Court",
    "the",
    "judges",
    "prosecutor",
    "issues",
    "issued",
    "to issue",
    "arrest warrant",
    "for",
    "Putin",
    "Netanyahu",
    "after",
    "despite",
    "who",
    "not",
    "may",
    "urged to",
    "by",
    "is",
    "was",
    "had",
    "Hungary",
    "leaves",
    "withdrawal",
    "from",
    "Rome Statute",
    "orders",
    "Israel",
    "halt",
    ",",
    ":",
    "?",
    "in 2009",
    "on Friday",
    "says",
    "that",
    "U.S.",
    "\u{301}",
    "“",
    "25000",
    "years ago",
    "2023-03-17",
    "31/02",
    "99 December",
    "last March",
];

/// An extra check on real, labelled headlines where they are at hand: floors well below what was
/// measured, so that a rule which breaks something shows.
#[test]
fn labelled_headlines_of_the_shared_set_are_read_well() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/dev.jsonl");
    let Ok(lines) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared is not here");
        return;
    };
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = told(&lines);
    let (mut right, mut false_alarms, mut missed) = (0_u32, 0_u32, 0_u32);
    for line in &lines {
        let gold = &line["gold"];
        let new = gold["new"].as_bool().unwrap();
        let scope = gold["scope"].as_str().unwrap();
        let counts = scope == "core" || !new && scope == "out";
        if gold["borderline"].as_bool().unwrap() || !counts {
            continue;
        }
        match (new, told[line["id"].as_str().unwrap()]) {
            (true, true) => right += 1,
            (true, false) => missed += 1,
            (false, true) => false_alarms += 1,
            (false, false) => {}
        }
    }
    let precision = f64::from(right) / f64::from(right + false_alarms);
    let recall = f64::from(right) / f64::from(right + missed);
    eprintln!("new: precision {precision:.3}, recall {recall:.3}");
    assert!(precision > 0.90 && recall > 0.80, "precision {precision:.3}, recall {recall:.3}");
}

/// Which lines are told, by id, when the stream is run through reading and ledger.
fn told(lines: &[serde_json::Value]) -> BTreeMap<String, bool> {
    let text = |line: &serde_json::Value, key: &str| {
        line[key].as_str().map(str::to_owned).unwrap_or_default()
    };
    let mut items: Vec<(String, Item)> = lines
        .iter()
        .map(|line| {
            let posting = Posting {
                guid: Some(text(line, "id")),
                title: text(line, "title"),
                text: text(line, "text"),
                published: Some(text(line, "published").parse().unwrap()),
                ..Posting::default()
            };
            (text(line, "id"), intake::replayed(&text(line, "source"), posting))
        })
        .collect();
    items.sort_by_key(|(id, item)| (item.posting.published, id.clone()));
    let first = TimeZone::UTC.to_datetime(items[0].1.moment()).date();
    let known: Vec<Fact> =
        CONFIG.baseline.facts.iter().filter(|fact| fact.since < first).cloned().collect();
    let baseline = Baseline { facts: known, ..CONFIG.baseline.clone() };
    let mut ledger = Ledger::new(baseline, Vec::new(), Vec::new());
    let tells = |decision| {
        matches!(decision, Decision::Announce | Decision::Update | Decision::Corroborate)
    };
    items
        .into_iter()
        .map(|(id, item)| {
            let decided = intake::replay_item(&CONFIG.rules, &mut ledger, &item, None);
            (id, decided.iter().any(|decided| tells(decided.decision)))
        })
        .collect()
}

/// Headlines with their step; an empty step where nothing may be told.
const READ: &[(&str, &str)] = &[
    ("ruling.provisional-measures", "UN court orders Russia to halt invasion of Ukraine"),
    (
        "ruling.provisional-measures",
        "International Court of Justice orders Myanmar to protect Rohingya",
    ),
    (
        "ruling.provisional-measures",
        "Top UN court orders Azerbaijan to ensure safe return of people to Nagorno-Karabakh",
    ),
    ("ruling.provisional-measures", "World Court tells Israel to prevent acts of genocide in Gaza"),
    (
        "ruling.provisional-measures",
        "ICJ: Israel must take all measures to prevent genocide in Gaza",
    ),
    ("ruling.provisional-measures", "UN court orders US to lift some Iran sanctions"),
    (
        "ruling.provisional-measures-rejected",
        "UN court rejects Mexico's request for emergency measures against Ecuador",
    ),
    (
        "ruling.advisory-opinion",
        "UN maritime court rules greenhouse gases are marine pollution in landmark climate opinion",
    ),
    (
        "ruling.advisory-opinion",
        "Britain must return Chagos Islands, says UN court in advisory opinion",
    ),
    ("ruling.judgment", "World Court rules Kenya-Somalia sea border in Mogadishu's favour"),
    (
        "ruling.judgment",
        "European Court of Human Rights says Russia responsible for downing of MH17",
    ),
    (
        "ruling.judgment",
        "Poland violated rights of ex-president Walesa, top European rights court rules",
    ),
    ("ruling.jurisdiction", "UN court says it can hear Ukraine's genocide case against Russia"),
    ("ruling.jurisdiction", "World court has jurisdiction in Guyana-Venezuela border dispute"),
    ("ruling.conviction", "ICC finds Malian Islamist guilty of war crimes in Timbuktu"),
    ("ruling.conviction", "Ongwen guilty of 61 war crimes, ICC rules"),
    ("ruling.acquittal", "War crimes court acquits Ivory Coast's Laurent Gbagbo"),
    ("ruling.sentence", "LRA commander Dominic Ongwen jailed for 25 years by ICC"),
    ("ruling.sentence", "ICC jails Malian jihadist police chief for 10 years"),
    ("ruling.appeal-judgment", "ICC upholds conviction of Ugandan rebel commander Ongwen"),
    ("ruling.charges-confirmed", "ICC confirms war crimes charges against Mali's Al Hassan"),
    ("ruling.reparations", "ICC orders 52 million euros in reparations for Ongwen victims"),
    ("ruling.non-compliance", "ICC finds Hungary failed to comply by not arresting Netanyahu"),
    (
        "warrant.issued",
        "Russian ex-defence minister Shoigu, general Gerasimov wanted by ICC for Ukraine war crimes",
    ),
    (
        "warrant.issued",
        "ICC issues arrest warrants for Russian commanders over attacks on power grid",
    ),
    ("warrant.issued", "International Criminal Court issues arrest warrant for Netanyahu, Gallant"),
    ("warrant.issued", "La CPI emite orden de arresto contra Putin"),
    ("warrant.issued", "La CPI lance un mandat d'arrêt contre Netanyahu"),
    (
        "warrant.sought",
        "ICC prosecutor seeks arrest warrants for Taliban leaders over persecution of women",
    ),
    (
        "warrant.sought",
        "ICC prosecutor requests arrest warrant for Myanmar's military leader Min Aung Hlaing",
    ),
    ("warrant.unsealed", "ICC unseals warrants for six Libyan militia members"),
    ("warrant.executed", "Sudanese militia leader Ali Kushayb arrested, handed over to ICC"),
    ("warrant.executed", "Former Philippine leader Duterte arrested on ICC warrant"),
    ("warrant.upheld", "ICC rejects Israel's request to cancel Netanyahu arrest warrant"),
    (
        "membership.withdrawal-announced",
        "Hungary announces withdrawal from International Criminal Court",
    ),
    ("membership.withdrawal-announced", "Hungary to quit ICC as Netanyahu visits"),
    ("membership.withdrawal-approved", "Hungarian parliament votes to leave ICC"),
    ("membership.left", "Philippines officially leaves International Criminal Court"),
    ("membership.joined", "Malaysia accedes to Rome Statute of the International Criminal Court"),
    ("membership.withdrawal-announced", "Malaysia withdraws from Rome Statute"),
    ("membership.joined", "Kiribati becomes 123rd State Party to the Rome Statute"),
    ("membership.accession-approved", "Ukraine's parliament votes to ratify Rome Statute"),
    ("membership.founded", "Nine nations form 'Hague Group' to defend ICJ and ICC rulings"),
    ("membership.withdrawal-announced", "Burkina Faso, Mali and Niger withdraw from ICC"),
    ("membership.withdrawal-reversed", "South Africa revokes ICC withdrawal"),
    (
        "proceedings.case-filed",
        "South Africa launches case at top UN court accusing Israel of genocide in Gaza",
    ),
    ("proceedings.case-filed", "Nicaragua takes Germany to the ICJ over aid to Israel"),
    ("proceedings.case-filed", "Mexico sues Ecuador at world court over embassy raid"),
    ("proceedings.case-filed", "Canada, Netherlands take Syria to World Court over torture"),
    (
        "proceedings.intervention",
        "Ireland files intervention in South Africa case against Israel at ICJ",
    ),
    (
        "proceedings.intervention-announced",
        "Turkey to join South Africa's genocide case against Israel at ICJ",
    ),
    (
        "proceedings.investigation-opened",
        "ICC opens war crimes investigation in Palestinian territories",
    ),
    ("proceedings.investigation-opened", "ICC prosecutor launches probe into crimes in Venezuela"),
    ("proceedings.referral", "39 countries refer Ukraine to ICC for war crimes investigation"),
    ("proceedings.hearing", "ICJ begins hearings on Israel's obligations to aid agencies in Gaza"),
    ("proceedings.hearing", "World's top court opens landmark climate hearings"),
    ("proceedings.trial-opened", "Duterte trial opens at International Criminal Court"),
    ("proceedings.officer-change", "ICC elects Karim Khan as new prosecutor"),
    (
        "proceedings.officer-change",
        "ICC prosecutor Karim Khan steps aside pending misconduct probe",
    ),
    ("pressure.sanctions", "US sanctions ICC prosecutor Bensouda"),
    ("pressure.sanctions", "Trump signs order imposing sanctions on International Criminal Court"),
    ("pressure.sanctions", "US imposes sanctions on two more ICC judges"),
    ("pressure.sanctions-lifted", "US lifts Trump-era sanctions on ICC officials"),
    ("pressure.cyberattack", "International Criminal Court says cyber security incident detected"),
    ("pressure.threat", "US threatens new sanctions against ICC"),
    ("pressure.law", "US House passes bill to sanction International Criminal Court"),
    ("enforcement.refused", "Hungary will not arrest Netanyahu despite ICC warrant, Orban says"),
    ("enforcement.not-arrested", "Putin arrives in Mongolia despite ICC arrest warrant"),
    ("enforcement.measure", "Spain cancels arms deal with Israel over Gaza genocide"),
    ("enforcement.surrendered", "Germany hands over Libyan suspect to ICC"),
    ("resolution.adopted", "UN General Assembly votes to seek ICJ opinion on Israel's obligations"),
    (
        "resolution.adopted",
        "UN Security Council adopts resolution demanding immediate ceasefire in Gaza",
    ),
    ("resolution.adopted", "UN Human Rights Council calls for halt to arms sales to Israel"),
    ("resolution.vetoed", "Russia vetoes Security Council resolution on Sudan ceasefire"),
    ("resolution.vetoed", "US blocks UN Security Council demand for Gaza ceasefire"),
    ("statement.report", "UN inquiry accuses Israel of crimes against humanity of extermination"),
    ("statement.joint-statement", "79 countries condemn US sanctions on ICC in joint statement"),
    ("", "Amnesty urges Mongolia to arrest Putin"),
    ("", "What is the International Criminal Court?"),
    ("", "Israel asks ICC to withdraw arrest warrants"),
    ("", "ICC judges to decide on Duterte release request"),
    ("", "Kremlin says ICC arrest warrant for Putin is void"),
    ("", "Supreme Court orders Israel to provide food to prisoners"),
    ("", "Trial of man accused of murder begins in Hague district court"),
    ("", "EU court rules Hungary violated asylum law"),
    ("", "ICC fines India captain over slow over-rate"),
    ("", "Germany's top court dismisses case over arms to Israel"),
    ("", "Netanyahu visits Hungary as country ponders ICC exit"),
    ("", "Ireland could join South Africa's case at the ICJ"),
    ("", "Lawyers ask ICC to investigate Syrian officials"),
    ("", "Putin skips BRICS summit because of ICC warrant"),
    ("", "A year after ICC warrant, Putin travels to Mongolia"),
    ("", "German court convicts Syrian doctor of crimes against humanity"),
    ("", "UN Security Council to vote on Gaza resolution Tuesday"),
    ("", "Rubio slams ICC over Netanyahu warrants"),
    ("", "ICC warrants: how European countries would react"),
    ("", "Court sentences former minister to 10 years for corruption"),
    ("", "Philippine senator dela Rosa fears ICC arrest"),
    ("", "Congress passes bill to fund government"),
    ("", "UN chief calls on Security Council to act on Gaza"),
    (
        "proceedings.trial-opened",
        "War crimes trial of Kosovo ex-president Thaci opens in The Hague",
    ),
    (
        "ruling.advisory-opinion",
        "ICJ says Israel's occupation of Palestinian territories is unlawful",
    ),
    ("ruling.judgment", "European court condemns France over police violence"),
    ("ruling.judgment", "Swiss women win landmark climate case at European Court of Human Rights"),
    (
        "ruling.appeal-judgment",
        "UN court upholds Karadzic conviction and increases sentence to life",
    ),
    ("warrant.executed", "Rwanda genocide suspect Kabuga arrested near Paris"),
    (
        "membership.withdrawal-announced",
        "Philippines' Duterte says withdrawing from International Criminal Court",
    ),
    (
        "proceedings.intervention",
        "Chile files request to join South Africa's genocide case against Israel",
    ),
    ("proceedings.hearing", "Israel defends itself at UN's top court against genocide accusations"),
    ("proceedings.officer-change", "Lebanese judge Nawaf Salam elected president of ICJ"),
    ("pressure.retaliatory-case", "Russia issues arrest warrant for ICC president"),
    ("enforcement.refused", "France says Netanyahu has immunity from ICC arrest warrant"),
];

/// Headlines that are read otherwise, so that a rule which learns one shows here.
const NOT_YET: &[(&str, &str)] = &[
    (
        "ruling.advisory-opinion",
        "UN's top court says Israel's presence in Palestinian territories is illegal",
    ),
    ("ruling.judgment", "ECHR rejects climate case brought by young Portuguese"),
    ("ruling.judgment", "UN court orders Uganda to pay $325m to DR Congo"),
    ("warrant.withdrawn", "ICC terminates proceedings against Hamas's Deif"),
    ("", "Armenian parliament committee backs ICC ratification ahead of vote"),
];
