//! What the shipped rules make of headlines that they were not written from.
//!
//! The headlines were written and labelled before they were read once.

use std::{collections::BTreeSet, sync::LazyLock};

use haguewatch::{
    classify::{Article, classify, explain},
    config::{self, Config},
    model::Field,
};
use jiff::civil::date;
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

/// Headlines with their step; an empty step where nothing may be told.
const READ: &[(&str, &str)] = &[
    ("enforcement.surrendered", "Germany surrenders Hans Muster to ICC"),
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
    (
        "ruling.advisory-opinion",
        "UN's top court says Israel's presence in Palestinian territories is illegal",
    ),
    ("ruling.advisory-opinion", "World Court rules UK's control of Chagos Islands illegal"),
    ("ruling.dismissed", "ECHR rejects climate case brought by young Portuguese"),
    ("proceedings.discontinued", "ICC terminates proceedings against Hamas's Deif"),
    ("ruling.reparations", "UN court orders Uganda to pay $325m to DR Congo"),
    ("", "Armenian parliament committee backs ICC ratification ahead of vote"),
];

/// Headlines that are read otherwise, so that a rule which learns one shows here.
const NOT_YET: &[(&str, &str)] = &[
    ("ruling.acquittal", "ICC finds Hans Muster guilty, Anna Beispiel not guilty"),
    ("ruling.advisory-opinion", "ICJ: countries have duty to fight climate change"),
    ("", "Greek judge issues arrest warrant for captain amid ICC complaint"),
];
