//! The fortnight, as data. Every state, person, outlet and event in it is invented; only the
//! names of the courts and of the Hague Group are real, so that the shipped rules read it.

use super::stage::Outlet;

/// One day of the fortnight.
pub(super) struct Day {
    /// Which, from 1 to 14.
    pub(super) number: i64,
    /// What to look out for.
    pub(super) caption: &'static str,
    /// What is published.
    pub(super) published: &'static [Publication],
}

/// Something that appears somewhere.
pub(super) struct Publication {
    /// Where.
    pub(super) outlet: Outlet,
    /// Its headline.
    pub(super) title: &'static str,
    /// Its lead.
    pub(super) text: &'static str,
}

const fn item(outlet: Outlet, title: &'static str, text: &'static str) -> Publication {
    Publication { outlet, title, text }
}

/// A state of the fortnight: code, name, demonym, capital.
pub(super) const STATES: &[[&str; 4]] = &[
    ["XAR", "Ruritania", "Ruritanian", "Strelsau"],
    ["XAF", "Freedonia", "Freedonian", "Marxville"],
    ["XAB", "Borduria", "Bordurian", "Szohod"],
    ["XAS", "Syldavia", "Syldavian", "Klow"],
];

/// The person of the fortnight, and the state that an act against him concerns.
pub(super) const GENERAL: (&str, &str) = ("Rufus Firefly", "XAF");

/// The state that is a State Party from the beginning.
pub(super) const PARTY: &str = "XAS";

use Outlet::{CriminalCourt, Gazette, Herald, WorldCourt};

/// The fortnight.
pub(super) const DAYS: &[Day] = &[
    Day {
        number: 1,
        caption: "The first look at every source. What is already there is remembered, so that it is not told as news later, but nobody is told.",
        published: &[
            item(
                Herald,
                "ICC prosecutor seeks arrest warrant for Freedonian general Rufus Firefly",
                "The request was made public in The Hague.",
            ),
            item(Gazette, "Ten things to see in Strelsau this summer", ""),
            item(WorldCourt, "The Registry publishes its calendar", ""),
            item(CriminalCourt, "Visitors' centre: new opening hours", ""),
        ],
    },
    Day {
        number: 2,
        caption: "A state joins a coalition: told at once, with the one source there is.",
        published: &[
            item(
                Herald,
                "Ruritania joins the Hague Group",
                "The foreign ministry in Strelsau announced the step on Tuesday.",
            ),
            item(
                Herald,
                "Ruritanian parliament passes budget",
                "After a long night, the budget passed.",
            ),
        ],
    },
    Day {
        number: 3,
        caption: "Another newspaper reports the same. That is further evidence for the story told, not a second story.",
        published: &[item(Gazette, "Ruritania joins Hague Group as new member", "")],
    },
    Day {
        number: 4,
        caption: "Calls, plans and rumours. Nothing has happened, so nothing is said.",
        published: &[
            item(Herald, "Activists urge Borduria to join the Hague Group", ""),
            item(Gazette, "Borduria considers leaving the International Criminal Court", ""),
            item(Herald, "ICJ to rule on Monday in Borduria v. Freedonia", ""),
        ],
    },
    Day {
        number: 5,
        caption: "Another ICC: the one of cricket.",
        published: &[item(
            Gazette,
            "ICC announces squads for the Twenty20 cricket World Cup in Ruritania",
            "",
        )],
    },
    Day {
        number: 6,
        caption: "The warrant that was sought on day 1 is issued. That is another stage, and news.",
        published: &[item(
            Herald,
            "ICC issues arrest warrant for Freedonian general Rufus Firefly",
            "Judges found reasonable grounds to believe that he ordered the attacks.",
        )],
    },
    Day {
        number: 7,
        caption: "The court's own page confirms it. The story told is now well established; it is not told again.",
        published: &[item(CriminalCourt, "ICC judges issue arrest warrant for Rufus Firefly", "")],
    },
    Day {
        number: 9,
        caption: "A case before another court.",
        published: &[item(
            Gazette,
            "Borduria files case against Freedonia at the International Court of Justice",
            "",
        )],
    },
    Day {
        number: 11,
        caption: "An order, on the court's page and in two newspapers on the same day: one message, confirmed from the start.",
        published: &[
            item(
                WorldCourt,
                "The International Court of Justice orders Freedonia to halt works on the Bordurian border",
                "",
            ),
            item(Herald, "World Court orders Freedonia to halt works on Bordurian border", ""),
            item(
                Gazette,
                "Top UN court orders Freedonia to halt border works in case brought by Borduria",
                "",
            ),
        ],
    },
    Day {
        number: 13,
        caption: "Explainers and looks back. They tell of steps, but of none that is new.",
        published: &[
            item(Herald, "Explainer: what is the Hague Group that Ruritania joined?", ""),
            item(
                Gazette,
                "Freedonian general Rufus Firefly, for whom the ICC issued an arrest warrant last week, gives a speech",
                "",
            ),
        ],
    },
    Day {
        number: 14,
        caption: "A state turns away.",
        published: &[item(
            Herald,
            "Syldavia announces withdrawal from the International Criminal Court",
            "The cabinet in Klow took the decision on Sunday.",
        )],
    },
];
