//! `ledger/`: the dated facts that are known before anything is polled.
//!
//! A `[[fact]]` is one row of the ledger; a `[[roster]]` is many rows that differ only in the
//! subject and the day. Every row names a source.

use jiff::civil::Date;

use super::{
    names::Names, problem::Complaint, reader::TomlFile, table::Table, taken::Taken, values,
    vocabulary,
};
use crate::model::{BodyId, Fact, Origin, Status, Step, Subject};

/// Reads the baseline facts of all files.
pub(crate) fn read<'f>(files: impl Iterator<Item = &'f TomlFile<'f>>, names: &Names) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut taken = Taken::new("fact");
    for file in files {
        let mut root = file.root();
        for table in root.tables("fact") {
            facts.extend(fact(table, names, &mut taken));
        }
        for table in root.tables("roster") {
            roster(table, names, &mut taken, &mut facts);
        }
        root.finish();
    }
    facts
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
