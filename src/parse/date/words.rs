//! The words of dates: months in several languages, zones, and words that say nothing.

/// Months by their full names and usual short forms: English, French, Spanish, German, Dutch.
const MONTHS: [(i8, &[&str]); 12] = [
    (1, &["january", "jan", "janvier", "janv", "enero", "ene", "januar", "jänner", "januari"]),
    (
        2,
        &["february", "feb", "février", "fevrier", "févr", "fév", "febrero", "februar", "februari"],
    ),
    (3, &["march", "mar", "mars", "marzo", "märz", "mrz", "mär", "maart", "mrt"]),
    (4, &["april", "apr", "avril", "avr", "abril", "abr"]),
    (5, &["may", "mai", "mayo", "mei"]),
    (6, &["june", "jun", "juin", "junio", "juni"]),
    (7, &["july", "jul", "juillet", "juil", "julio", "juli"]),
    (8, &["august", "aug", "août", "aout", "agosto", "ago", "augustus"]),
    (9, &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "set"]),
    (10, &["october", "oct", "octobre", "octubre", "oktober", "okt"]),
    (11, &["november", "nov", "novembre", "noviembre"]),
    (
        12,
        &["december", "dec", "décembre", "decembre", "déc", "diciembre", "dic", "dezember", "dez"],
    ),
];

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Zones that feeds name, in minutes east of Greenwich. `IST` and `BST` are read as India's and
/// Britain's; North American ones as RFC 822 gives them.
const ZONES: [(&str, i32); 46] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("etc/gmt", 0),
    ("etc/utc", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("cat", 120),
    ("sast", 120),
    ("eest", 180),
    ("eat", 180),
    ("msk", 180),
    ("trt", 180),
    ("wat", 60),
    ("gst", 240),
    ("pkt", 300),
    ("ist", 330),
    ("hkt", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("at", -240),
    ("ast", -240),
    ("adt", -180),
    ("et", -300),
    ("est", -300),
    ("edt", -240),
    ("ct", -360),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    MONTHS.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(month, _)| *month)
}

/// The offset that a zone's name means, in minutes. `MT` and `PT` are the standard times.
pub(super) fn zone(name: &str) -> Option<i32> {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "mt" => Some(-420),
        "pt" => Some(-480),
        name => ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, minutes)| *minutes),
    }
}

/// The text with month names in English, cut to at most so many letters.
pub(super) fn in_english(text: &str, letters: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        let end = rest[start..]
            .find(|char: char| !char.is_alphabetic())
            .map_or(rest.len(), |len| start + len);
        let (before, word) = (&rest[..start], &rest[start..end]);
        out.push_str(before);
        rest = &rest[end..];
        match month(word).and_then(|month| usize::try_from(month - 1).ok()) {
            Some(index) => {
                let name = ENGLISH[index];
                out.push_str(&name[..letters.min(name.len())]);
                // The full stop of a short form belongs to it.
                rest = rest.strip_prefix('.').unwrap_or(rest);
            }
            None => out.push_str(word),
        }
    }
    out + rest
}
