//! `ledger/`: the dated facts that are known before anything is polled.
//!
//! A `[[fact]]` is one row of the ledger; a `[[roster]]` is many rows that differ only in the
//! subject and the day. Every row names a source. What may follow what is in
//! [`super::moves`].

use jiff::civil::Date;

use super::{
    moves, names::Names, problem::Complaint, reader::TomlFile, table::Table, taken::Taken, values,
    vocabulary,
};
use crate::{
    ledger::Moves,
    model::{BodyId, Fact, Origin, Status, Step, Subject},
};

/// Reads the baseline facts of all files, and the moves.
pub(crate) fn read<'f>(
    files: impl Iterator<Item = &'f TomlFile<'f>>,
    names: &Names,
) -> (Vec<Fact>, Moves) {
    let mut facts = Vec::new();
    let mut taken = Taken::new("fact");
    let mut moves = moves::Reader::new();
    for file in files {
        let mut root = file.root();
        for table in root.tables("fact") {
            facts.extend(fact(table, names, &mut taken));
        }
        for table in root.tables("roster") {
            roster(table, names, &mut taken, &mut facts);
        }
        moves.read(&mut root);
        root.finish();
    }
    (facts, moves.finish())
}

/// What a fact and a roster have in common.
struct Heading {
    step: Step,
    body: BodyId,
    status: Status,
    sources: Vec<String>,
}

impl Heading {
    fn read(table: &mut Table<'_>, names: &Names) -> Option<Self> {
        let kind = table.convert("kind", "\"membership\"", vocabulary::kind);
        // Without its kind an action can only be looked up among all of them.
        let step = table.convert("action", "\"joined\"", |word| match kind {
            Some(kind) => vocabulary::step(kind, word).map(Some),
            None => vocabulary::action(word).map(|_| None),
        });
        let body = table.convert("body", "\"ICC\"", |text| names.body(text));
        let status = table.optional_convert("status", "\"confirmed\"", vocabulary::status);
        let sources = table.convert_one_or_more("source", values::url);
        if !table.has("source") {
            table.complain(
                "source",
                "the fact has no source",
                "add a line `source = \"https://…\"`",
            );
        }
        Some(Self {
            step: step??,
            body: body?,
            status: status.unwrap_or(Status::Confirmed),
            sources: sources.iter().map(ToString::to_string).collect(),
        })
    }

    fn fact(&self, subject: Subject, since: Date) -> Fact {
        Fact {
            kind: self.step.kind,
            body: self.body.clone(),
            subject,
            step: self.step,
            since,
            status: self.status,
            origin: Origin::Baseline,
            sources: self.sources.clone(),
        }
    }
}

fn fact(mut table: Table<'_>, names: &Names, taken: &mut Taken) -> Option<Fact> {
    let heading = Heading::read(&mut table, names);
    let subjects: Vec<&str> = SUBJECTS.iter().copied().filter(|key| table.has(key)).collect();
    let state = table.optional_convert("state", "\"NLD\"", |text| names.state(text));
    let person = table.optional_convert("person", "\"…\"", |text| names.person(text));
    let case = table.optional_convert("case", "\"ICJ-192\"", |text| names.case(text));
    let since = table.date("since");
    match subjects.as_slice() {
        [_] => {}
        [] => table.complain(
            "state",
            "the fact has no subject",
            "add a line `state = …`, `person = …` or `case = …`",
        ),
        [_, second, ..] => table.complain(
            second,
            "the fact has two subjects",
            "keep one of `state`, `person` and `case`; write a fact for each",
        ),
    }
    let subject =
        state.map(Subject::State).or(person.map(Subject::Person)).or(case.map(Subject::Case));
    let row = (|| Some(heading?.fact(subject?, since?)))();
    if let Some(row) = &row {
        taken.claim(&table, "kind", &title(row));
    }
    table.finish();
    row
}

/// The keys of which a fact has one.
const SUBJECTS: &[&str] = &["state", "person", "case"];

fn roster(mut table: Table<'_>, names: &Names, taken: &mut Taken, facts: &mut Vec<Fact>) {
    let heading = Heading::read(&mut table, names);
    for (key, subject) in ROSTERS {
        let Some(mut list) = table.table(key) else { continue };
        for (name, day) in list.days() {
            let subject = match subject(names, &name) {
                Ok(subject) => subject,
                Err(complaint) => {
                    list.complain_of_name(&name, complaint);
                    continue;
                }
            };
            let Some(row) = heading.as_ref().map(|heading| heading.fact(subject, day)) else {
                continue;
            };
            taken.claim(&list, &name, &title(&row));
            facts.push(row);
        }
    }
    if !ROSTERS.iter().any(|(key, _)| table.has(key)) {
        table.complain(
            "states",
            "the roster is empty",
            "add a table [roster.states] with lines such as `NLD = 2001-07-17`",
        );
    }
    table.finish();
}

/// Reads the name of a subject.
type ReadSubject = fn(&Names, &str) -> Result<Subject, Complaint>;

/// The sub-tables of a roster, by the sort of subject that they list.
const ROSTERS: &[(&str, ReadSubject)] = &[
    ("states", |names, text| names.state(text).map(Subject::State)),
    ("persons", |names, text| names.person(text).map(Subject::Person)),
    ("cases", |names, text| names.case(text).map(Subject::Case)),
];

/// What makes a row itself, in words: two rows of the same title are one too many.
fn title(fact: &Fact) -> String {
    let subject = match &fact.subject {
        Subject::State(code) => code.to_string(),
        Subject::Person(name) => name.to_string(),
        Subject::Case(id) => id.to_string(),
    };
    format!("{} {} {subject} {}", fact.body, fact.step, fact.since)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::trial::{assembled, check};

    #[track_caller]
    fn check_rows(text: &str, expected: &[&str]) {
        let config = assembled(&[("ledger/a.toml", text)]).unwrap();
        let rows: Vec<String> = config
            .baseline
            .facts
            .iter()
            .map(|fact| {
                format!("{} {} {}", title(fact), fact.status.as_str(), fact.sources.join(" "))
            })
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_fact_is_about_a_state_a_person_or_a_case() {
        check_rows(
            r#"
[[fact]]
kind = "membership"
action = "withdrawal-notified"
body = "ICC"
state = "AAA"
since = 2026-06-18
source = "https://treaties.example/cn"
[[fact]]
kind = "warrant"
action = "issued"
body = "ICC"
person = "Anna Aldan"
since = 2024-11-21
source = ["https://a.example/1", "https://b.example/2"]
status = "corroborated"
[[fact]]
kind = "ruling"
action = "judgment"
body = "ICJ"
case = "ICJ-1"
since = 2020-01-01
source = "https://a.example/"
"#,
            &[
                "ICC membership.withdrawal-notified AAA 2026-06-18 confirmed https://treaties.example/cn",
                "ICC warrant.issued Anna Aldan 2024-11-21 corroborated https://a.example/1 https://b.example/2",
                "ICJ ruling.judgment ICJ-1 2020-01-01 confirmed https://a.example/",
            ],
        );
    }

    #[test]
    fn a_roster_gives_a_row_a_name() {
        let text = r#"
[[roster]]
kind = "membership"
action = "joined"
body = "ICC"
source = "https://treaties.example/"
[roster.states]
BBB = 2001-01-01
AAA = 2002-02-02
[roster.persons]
"Somebody Unknown" = 2003-03-03
"#;
        check_rows(
            text,
            &[
                "ICC membership.joined AAA 2002-02-02 confirmed https://treaties.example/",
                "ICC membership.joined BBB 2001-01-01 confirmed https://treaties.example/",
                "ICC membership.joined Somebody Unknown 2003-03-03 confirmed https://treaties.example/",
            ],
        );
        let fact = &assembled(&[("ledger/a.toml", text)]).unwrap().baseline.facts[0];
        assert_eq!(fact.since, date(2002, 2, 2));
        assert_eq!(fact.origin, Origin::Baseline);
        assert_eq!(fact.kind, fact.step.kind);
    }

    #[test]
    fn every_mistake_in_a_fact_is_told() {
        check(
            "ledger/a.toml",
            r#"
[[fact]]
kind = "membrship"
action = "joind"
body = "ICQ"
state = "CCC"
since = "2024-01-01"
[[fact]]
kind = "warrant"
action = "joined"
body = "ICC"
source = "a.example"
[[fact]]
kind = "warrant"
action = "issued"
body = "ICC"
state = "AAA"
person = "Anna A. Aldan"
since = 2024-13-01
source = "https://a.example"
"#,
            "\
ledger/a.toml:2:1: the fact has no source; add a line `source = \"https://…\"`
ledger/a.toml:3:8: `membrship` is not a kind; write `membership`
ledger/a.toml:4:10: `joind` is not an action; write `joined`
ledger/a.toml:5:8: `ICQ` is not a body of rules/bodies.toml; write `ICC`
ledger/a.toml:6:9: `CCC` is not a state of rules/states.toml; write one that stands there, or add it there
ledger/a.toml:7:9: `since` is a text; write a day such as 2024-01-26, without quotes
ledger/a.toml:8:1: `since` is missing; add a line `since = 2024-01-26`
ledger/a.toml:8:1: the fact has no subject; add a line `state = …`, `person = …` or `case = …`
ledger/a.toml:10:10: `joined` is not an action of warrant; write one of `sought`, `issued`, `unsealed`, `executed`, `withdrawn`, `rejected`, `upheld`
ledger/a.toml:12:10: `a.example` is not an address: relative URL without a base; write it whole, such as \"https://example.org/feed.xml\"
ledger/a.toml:18:10: `Anna A. Aldan` is not a person of rules/persons.toml by this name; write `Anna Aldan`, or add the person there
ledger/a.toml:18:10: the fact has two subjects; keep one of `state`, `person` and `case`; write a fact for each
ledger/a.toml:19:9: this is not TOML: invalid date, expected month between 01 and 12; correct the line; texts stand in double quotes, lists in [ ]",
        );
    }

    #[test]
    fn every_mistake_in_a_roster_is_told() {
        check(
            "ledger/a.toml",
            r#"
[[roster]]
kind = "membership"
action = "joined"
body = "ICC"
source = "https://a.example"
[roster.states]
AAA = 2002
CCC = 2003-01-01
BBB = 2003-01-01
[[roster]]
kind = "membership"
action = "joined"
body = "ICC"
source = "https://a.example"
[roster.states]
BBB = 2003-01-01
[[roster]]
kind = "membership"
action = "joined"
body = "ICC"
source = "https://a.example"
[roster.state]
BBB = 2003-01-01
"#,
            "\
ledger/a.toml:8:7: `AAA` is a number; write a day such as 2024-01-26, without quotes
ledger/a.toml:9:1: `CCC` is not a state of rules/states.toml; write one that stands there, or add it there
ledger/a.toml:17:7: the fact `ICC membership.joined BBB 2003-01-01` stands already at ledger/a.toml:10:7; keep one of the two
ledger/a.toml:18:1: the roster is empty; add a table [roster.states] with lines such as `NLD = 2001-07-17`
ledger/a.toml:23:9: `state` is not a key of this table; write `states`",
        );
    }
}
