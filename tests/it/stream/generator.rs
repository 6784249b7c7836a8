//! A made-up stream of reports with what is true of it: 120 developments in 60 days from 30
//! outlets, most of it noise. The same seed gives the same stream.

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (1..all.len()).rev() {
            all.swap(end, self.below(end + 1));
        }
    }
}

/// How much of everything there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Days.
    pub(crate) days: usize,
    /// States that join the Hague Group.
    pub(crate) joins: usize,
    /// States that announce, notify and take back their withdrawal from the ICC.
    pub(crate) leavers: usize,
    /// Persons who are sought, then wanted, then arrested or cleared.
    pub(crate) persons: usize,
    /// Cases that one state files against another.
    pub(crate) cases: usize,
    /// Reports of one development, at most.
    pub(crate) reports: usize,
}

/// 24 joins, 14 times 3 stages of leaving, 15 times 3 of a warrant and 9 cases are 120.
pub(crate) const WHOLE: Size =
    Size { days: 60, joins: 24, leavers: 14, persons: 15, cases: 9, reports: 40 };

pub(crate) const SMALL: Size =
    Size { days: 20, joins: 4, leavers: 2, persons: 2, cases: 2, reports: 9 };

pub(crate) const OUTLETS: usize = 30;

/// What an outlet publishes on a day.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    pub(crate) day: usize,
    pub(crate) outlet: usize,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// What is true: a step, whom it concerns, and how many independent accounts there are of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Truth {
    pub(crate) step: &'static str,
    pub(crate) whom: String,
    pub(crate) owners: usize,
    /// Denied later.
    pub(crate) denied: bool,
}

pub(crate) struct Stream {
    pub(crate) published: Vec<Published>,
    pub(crate) truths: Vec<Truth>,
}

const STATES: [(&str, &str); 42] = [
    ("Iceland", "ISL"),
    ("Norway", "NOR"),
    ("Chile", "CHL"),
    ("Peru", "PER"),
    ("Ghana", "GHA"),
    ("Kenya", "KEN"),
    ("Zambia", "ZMB"),
    ("Japan", "JPN"),
    ("Mongolia", "MNG"),
    ("Fiji", "FJI"),
    ("Samoa", "WSM"),
    ("Latvia", "LVA"),
    ("Estonia", "EST"),
    ("Portugal", "PRT"),
    ("Greece", "GRC"),
    ("Croatia", "HRV"),
    ("Albania", "ALB"),
    ("Tunisia", "TUN"),
    ("Botswana", "BWA"),
    ("Panama", "PAN"),
    ("Ecuador", "ECU"),
    ("Paraguay", "PRY"),
    ("Uruguay", "URY"),
    ("Finland", "FIN"),
    ("Denmark", "DNK"),
    ("Sweden", "SWE"),
    ("Austria", "AUT"),
    ("Slovenia", "SVN"),
    ("Slovakia", "SVK"),
    ("Malta", "MLT"),
    ("Cyprus", "CYP"),
    ("Belgium", "BEL"),
    ("Ireland", "IRL"),
    ("Spain", "ESP"),
    ("Romania", "ROU"),
    ("Bulgaria", "BGR"),
    ("Nigeria", "NGA"),
    ("Gabon", "GAB"),
    ("Benin", "BEN"),
    ("Madagascar", "MDG"),
    ("Malawi", "MWI"),
    ("Lesotho", "LSO"),
];

const PERSONS: [&str; 15] = [
    "Joseph Kony",
    "Omar al-Bashir",
    "Vladimir Putin",
    "Benjamin Netanyahu",
    "Min Aung Hlaing",
    "Rodrigo Duterte",
    "Hibatullah Akhundzada",
    "Saif al-Islam Gaddafi",
    "Ahmad Harun",
    "Iyad Ag Ghaly",
    "Walter Barasa",
    "Yoav Gallant",
    "Sergei Shoigu",
    "Simone Gbagbo",
    "Abdallah Banda",
];

/// Each step with the ways in which it is reported; `S` and `T` are states, `P` a person.
const WORDS: &[(&str, &[&str])] = &[
    ("membership.joined", &["S joins the Hague Group", "S formally joins the Hague Group"]),
    (
        "membership.withdrawal-announced",
        &[
            "S announces withdrawal from the International Criminal Court",
            "S says it is withdrawing from the ICC",
        ],
    ),
    (
        "membership.withdrawal-notified",
        &[
            "S notifies UN of its withdrawal from the International Criminal Court",
            "UN receives S's notice of withdrawal from the ICC",
        ],
    ),
    (
        "membership.withdrawal-reversed",
        &[
            "S reverses its withdrawal from the International Criminal Court",
            "S revokes decision to leave the ICC",
        ],
    ),
    (
        "warrant.sought",
        &[
            "ICC prosecutor seeks arrest warrant for P",
            "ICC prosecutor requests arrest warrant for P",
        ],
    ),
    ("warrant.issued", &["ICC issues arrest warrant for P", "Hague court orders arrest of P"]),
    ("warrant.executed", &["P arrested on ICC warrant"]),
    ("warrant.withdrawn", &["ICC withdraws arrest warrant for P"]),
    (
        "proceedings.case-filed",
        &["S files case against T at International Court of Justice", "S sues T at the ICJ"],
    ),
];

const NOISE: &[&str] = &[
    "Rain expected in S",
    "S wins the cup",
    "Markets fall in S",
    "New bridge opens in S",
    "Activists urge S to join the Hague Group",
    "Opinion: S should leave the ICC",
    "What is the Hague Group?",
    "S may leave the ICC, minister says",
    "Ten years ago the ICC issued an arrest warrant for P",
    "Lawyers call on ICC to issue arrest warrant for P",
    "Festival returns to S",
    "Book review: a life of P",
    "Podcast: a week in S",
    "Bakers of S compete for prize",
];

/// Words of which outlets make their own leads, without any meaning for a court.
const OWN: &[&str] = &[
    "morning",
    "quiet",
    "square",
    "lamps",
    "crowd",
    "harbour",
    "slowly",
    "bells",
    "radio",
    "street",
    "evening",
    "paper",
    "window",
    "market",
    "garden",
    "letters",
    "coffee",
    "benches",
    "trams",
    "clouds",
    "umbrellas",
    "corner",
    "station",
    "melody",
    "painter",
    "library",
    "bakery",
    "violin",
];

impl Stream {
    pub(crate) fn of(size: Size, seed: u64) -> Self {
        let mut stream = Self { published: Vec::new(), truths: Vec::new() };
        let mut dice = Dice::new(seed);
        let mut states = STATES;
        dice.shuffle(&mut states);
        for (name, code) in &states[..size.joins] {
            let day = dice.below(size.days - 5);
            stream.report(&mut dice, size, ("membership.joined", code), (day, &[("S", name)]));
        }
        for (name, code) in states[size.joins..].iter().take(size.leavers) {
            let start = dice.below(size.days / 4);
            for (stage, step) in ["announced", "notified", "reversed"].into_iter().enumerate() {
                let step = WORDS.iter().find(|(word, _)| word.ends_with(step)).unwrap().0;
                let day = start + stage * size.days / 4;
                let denied = stage == 0 && dice.below(3) == 0;
                stream.report(&mut dice, size, (step, code), (day, &[("S", name)]));
                if denied {
                    let outlet = dice.below(OUTLETS);
                    let title = format!("{name} will not leave the ICC, government says");
                    stream.publish(day + 3, outlet, title, String::new());
                    stream.truths.last_mut().unwrap().denied = true;
                }
            }
        }
        for name in &PERSONS[..size.persons] {
            let start = dice.below(size.days / 4);
            let last = dice.pick(&["warrant.executed", "warrant.withdrawn"]);
            for (stage, step) in ["warrant.sought", "warrant.issued", last].into_iter().enumerate()
            {
                let day = start + stage * size.days / 4;
                stream.report(&mut dice, size, (step, name), (day, &[("P", name)]));
            }
        }
        for pair in states.chunks(2).take(size.cases) {
            let [(one, code), (other, second)] = pair else { continue };
            let whom =
                if code < second { format!("{code} {second}") } else { format!("{second} {code}") };
            let day = dice.below(size.days - 5);
            let words = [("S", *one), ("T", *other)];
            stream.report(&mut dice, size, ("proceedings.case-filed", &whom), (day, &words));
        }
        stream.noise(&mut dice, size);
        stream
    }

    /// Two reports or more of one step: some in an outlet's own words, the others from the wire.
    fn report(
        &mut self,
        dice: &mut Dice,
        size: Size,
        (step, whom): (&'static str, &str),
        (day, names): (usize, &[(&str, &str)]),
    ) {
        let variants = WORDS.iter().find(|(word, _)| *word == step).unwrap().1;
        let wire = own_words(dice);
        let mut outlets: Vec<usize> = (0..OUTLETS).collect();
        dice.shuffle(&mut outlets);
        let count = 2 + dice.below(size.reports - 1);
        let (mut own, mut wired) = (0, 0);
        for index in 0..count {
            let outlet = outlets[index % OUTLETS];
            // An outlet that reports twice is its own or the wire's both times.
            let carries = outlet.is_multiple_of(3);
            let (variant, text) = if carries {
                (variants[0], wire.clone())
            } else {
                (dice.pick(variants), own_words(dice))
            };
            if index < OUTLETS {
                *(if carries { &mut wired } else { &mut own }) += 1;
            }
            let title = filled(variant, names);
            // The first report comes on the day itself.
            let lag = if index == 0 { 0 } else { dice.below(3) };
            self.publish(day + lag, outlet, title, text);
        }
        let owners = own + usize::from(wired > 0);
        self.truths.push(Truth { step, whom: whom.to_owned(), owners, denied: false });
    }

    /// As much that is no news that seven items in ten are.
    fn noise(&mut self, dice: &mut Dice, size: Size) {
        for _ in 0..self.published.len() * 7 / 3 {
            let (state, _) = STATES[dice.below(STATES.len())];
            let names = [("S", state), ("P", PERSONS[dice.below(PERSONS.len())])];
            let title = filled(dice.pick(NOISE), &names);
            let (day, outlet) = (dice.below(size.days), dice.below(OUTLETS));
            let text = own_words(dice);
            self.publish(day, outlet, title, text);
        }
        self.published.sort_by_key(|one| (one.day, one.outlet));
    }

    fn publish(&mut self, day: usize, outlet: usize, title: String, text: String) {
        self.published.push(Published { day, outlet, title, text });
    }
}

/// A letter that stands alone gives way to its name.
fn filled(words: &str, names: &[(&str, &str)]) -> String {
    let fill = |word: &str| {
        let (letter, rest) = word.split_at(word.len().min(1));
        let name = names.iter().find(|(of, _)| *of == letter);
        match name {
            Some((_, name)) if !rest.starts_with(char::is_alphanumeric) => format!("{name}{rest}"),
            _ => word.to_owned(),
        }
    };
    words.split(' ').map(fill).collect::<Vec<_>>().join(" ")
}

fn own_words(dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..24).map(|_| dice.pick(OWN)).collect();
    format!("The {}.", words.join(" "))
}
