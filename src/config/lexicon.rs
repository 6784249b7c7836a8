//! `bodies.toml`, `states.toml`, `places.toml`, `persons.toml` and `cases.toml` of `rules/`: who and what the
//! rules can name.
//!
//! Checks each definition by itself and its references to the others. Whether two definitions
//! share a phrase is for the compiler of the rules to say.

use super::{
    names::{self, Names},
    problem::Complaint,
    reader::TomlFile,
    table::Table,
    taken::Taken,
};
use crate::classify::definition::{
    Body, BodyClass, Case, NamedPlace, Person, PersonClass, Role, State,
};

/// Who and what the rules can name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Courts, organs, coalitions and unions.
    pub bodies: Vec<Body>,
    /// States.
    pub states: Vec<State>,
    /// Places that stand for states.
    pub places: Vec<NamedPlace>,
    /// Persons.
    pub persons: Vec<Person>,
    /// Cases.
    pub cases: Vec<Case>,
}

/// The file names of the lexicon, in whatever folder of `rules/` they stand.
pub(crate) const FILES: &[&str] =
    &["bodies.toml", "states.toml", "places.toml", "persons.toml", "cases.toml"];

/// Reads the files of the lexicon and notes the spellings of persons in `names`.
pub(crate) fn read<'f>(
    files: impl Iterator<Item = &'f TomlFile<'f>>,
    names: &mut Names,
) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let mut bodies = Taken::new("body");
    let mut states = Taken::new("state");
    let mut persons = Taken::new("person");
    let mut cases = Taken::new("case");
    for file in files {
        let mut root = file.root();
        for table in root.tables("body") {
            lexicon.bodies.extend(body(table, &mut bodies));
        }
        for table in root.tables("state") {
            lexicon.states.extend(state(table, &mut states));
        }
        for table in root.tables("place") {
            lexicon.places.extend(place(table, names));
        }
        for table in root.tables("person") {
            lexicon.persons.extend(person(table, names, &mut persons));
        }
        for table in root.tables("case") {
            lexicon.cases.extend(case(table, names, &mut cases));
        }
        root.finish();
    }
    for person in &lexicon.persons {
        person.names.iter().for_each(|spelling| names.spell(spelling, &person.name));
    }
    lexicon
}

fn body(mut table: Table<'_>, taken: &mut Taken) -> Option<Body> {
    let id = table.convert("id", "\"ICC\"", capital_id);
    if let Some(id) = &id {
        taken.claim(&table, "id", id);
    }
    let name = table.text("name");
    let classes = [
        ("court", BodyClass::Court),
        ("organ", BodyClass::Organ),
        ("coalition", BodyClass::Coalition),
        ("union", BodyClass::Union),
    ];
    let class = table.one_of("class", &classes);
    let member = table.optional_text("member").filter(|member| !member.is_empty());
    let names = table.texts("names");
    let shared = table.texts("shared");
    let acronyms = table.texts("acronyms");
    let organs = table.texts("organs");
    let treaties = table.texts("treaties");
    let not_beside = table.texts("not_beside");
    let hosts = table.texts("hosts");
    table.finish();
    Some(Body {
        id: id?.into(),
        name: name?,
        class: class?,
        names,
        shared,
        acronyms,
        organs,
        treaties,
        not_beside,
        hosts,
        member: member.unwrap_or_else(|| "member".to_owned()),
    })
}

fn state(mut table: Table<'_>, taken: &mut Taken) -> Option<State> {
    let code = table.convert("code", "\"NLD\"", names::state_code);
    if let Some(code) = &code {
        taken.claim(&table, "code", code.as_str());
    }
    let name = table.text("name");
    let names = table.texts("names");
    let demonyms = table.texts("demonyms");
    let seats = table.texts("seats");
    let acronyms = table.texts("acronyms");
    let not = table.texts("not");
    table.finish();
    Some(State { code: code?, name: name?, names, demonyms, seats, acronyms, not })
}

fn place(mut table: Table<'_>, known: &Names) -> Option<NamedPlace> {
    let names = table.some_texts("names");
    let states = table.convert_each("states", |text| known.state(text));
    table.finish();
    (!states.is_empty()).then_some(NamedPlace { names, states })
}

fn person(mut table: Table<'_>, known: &Names, taken: &mut Taken) -> Option<Person> {
    let name = table.text("name");
    if let Some(name) = &name {
        taken.claim(&table, "name", name);
    }
    let classes = [
        ("suspect", PersonClass::Suspect),
        ("officer", PersonClass::Officer),
        ("official", PersonClass::Official),
    ];
    let class = table.one_of("class", &classes);
    let names = table.texts("names");
    let not = table.texts("not");
    let states = table.convert_each("states", |text| known.state(text));
    let roles = table.tables("roles").into_iter().filter_map(|role| self::role(role, known));
    let roles = roles.collect();
    table.finish();
    Some(Person { name: name?.into(), names, not, states, class: class?, roles })
}

fn role(mut table: Table<'_>, known: &Names) -> Option<Role> {
    let title = table.text("title");
    let state = table.optional_convert("state", "\"NLD\"", |text| known.state(text));
    let body = table.optional_convert("body", "\"ICC\"", |text| known.body(text));
    let from = table.optional_date("from");
    let until = table.optional_date("until");
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        table.complain("until", "the role ends before it begins", "put `from` before `until`");
    }
    table.finish();
    Some(Role { title: title?, state, body, from, until })
}

fn case(mut table: Table<'_>, known: &Names, taken: &mut Taken) -> Option<Case> {
    let id = table.convert("id", "\"ICJ-192\"", capital_id);
    if let Some(id) = &id {
        taken.claim(&table, "id", id);
    }
    let body = table.convert("body", "\"ICJ\"", |text| known.body(text));
    let name = table.text("name");
    let parties = table.convert_each("parties", |text| known.state(text));
    let accused = table.convert_each("accused", |text| known.person(text));
    let names = table.texts("names");
    let from = table.optional_date("from");
    table.finish();
    Some(Case { id: id?.into(), body: body?, name: name?, parties, accused, names, from })
}

/// An id that people read in messages: capitals, digits and hyphens.
fn capital_id(text: &str) -> Result<String, Complaint> {
    let simple =
        |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-/.".contains(&byte);
    if text.bytes().all(simple) {
        return Ok(text.to_owned());
    }
    Err(Complaint::new(
        format!("`{text}` is not a simple id"),
        "write capitals, digits and hyphens, such as \"ICJ-192\"",
    ))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::trial::{assembled, check};

    #[test]
    fn a_body_is_read_whole() {
        let text = r#"
[[body]]
id = "HAGUE-GROUP"
name = "The Hague Group"
class = "coalition"
names = ["hague group"]
acronyms = ["HG"]
organs = ["chairs of the hague group"]
treaties = ["bogotá declaration"]
not_beside = ["invicta"]
hosts = ["thg.example"]
[[body]]
id = "ICJ"
name = "International Court of Justice"
class = "court"
member = "State Party"
"#;
        let rules = assembled(&[("rules/bodies.toml", text)]).unwrap().rules;
        let lexicon = rules.definitions();
        assert_eq!(
            lexicon.bodies[0],
            Body {
                id: "HAGUE-GROUP".into(),
                name: "The Hague Group".to_owned(),
                class: BodyClass::Coalition,
                names: vec!["hague group".to_owned()],
                shared: Vec::new(),
                acronyms: vec!["HG".to_owned()],
                organs: vec!["chairs of the hague group".to_owned()],
                treaties: vec!["bogotá declaration".to_owned()],
                not_beside: vec!["invicta".to_owned()],
                hosts: vec!["thg.example".to_owned()],
                member: "member".to_owned(),
            }
        );
        assert_eq!(lexicon.bodies[1].member, "State Party");
    }

    #[test]
    fn states_persons_and_cases_are_read_whole() {
        let person = r#"
[[person]]
name = "Anna Aldan"
names = ["aldan"]
not = ["aldan street"]
states = ["AAA"]
class = "officer"
roles = [
    { title = "prosecutor", body = "ICC", from = 2021-06-16, until = 2026-01-01 },
    { title = "president", state = "AAA" },
]
"#;
        let case = r#"
[[case]]
id = "ICC-01/18"
body = "ICC"
name = "Aldan"
accused = ["Anna Aldan"]
parties = ["BBB"]
names = ["the aldan case"]
from = 2023-12-29
"#;
        let files = [("rules/persons.toml", person), ("rules/cases.toml", case)];
        let rules = assembled(&files).unwrap().rules;
        let lexicon = rules.definitions();
        let person = &lexicon.persons[0];
        assert_eq!(person.class, PersonClass::Officer);
        assert_eq!(person.roles[0].until, Some(date(2026, 1, 1)));
        assert_eq!(person.roles[0].body, Some("ICC".into()));
        assert_eq!(person.roles[1].state.unwrap().as_str(), "AAA");
        let case = &lexicon.cases[0];
        assert_eq!(case.accused, ["Anna Aldan".into()]);
        assert_eq!(case.parties[0].as_str(), "BBB");
        assert_eq!(case.from, Some(date(2023, 12, 29)));
        assert_eq!(lexicon.states.len(), 2);
    }

    #[test]
    fn each_definition_is_checked() {
        check(
            "rules/bodies.toml",
            r#"
[[body]]
id = "icc"
class = "cort"
[[body]]
id = "ICJ"
name = "One"
class = "court"
names = ["", 1]
[[body]]
id = "ICJ"
name = "Another"
class = "court"
"#,
            "\
rules/bodies.toml:2:1: `name` is missing; add a line `name = \"…\"`
rules/bodies.toml:3:6: `icc` is not a simple id; write capitals, digits and hyphens, such as \"ICJ-192\"
rules/bodies.toml:4:9: `cort` is not one of the words for `class`; write `court`
rules/bodies.toml:9:10: `names` has an empty text; write the text or leave it out
rules/bodies.toml:9:14: `names` is a number; put it into double quotes: \"…\"
rules/bodies.toml:11:6: the body `ICJ` stands already at rules/bodies.toml:6:6; keep one of the two",
        );
        check(
            "rules/persons.toml",
            r#"
[[person]]
name = "A"
class = "suspect"
states = ["aaa", "CCC"]
roles = [{ titel = "x", from = 2024-01-02, until = 2024-01-02 }]
"#,
            "\
rules/persons.toml:5:11: `aaa` is not a state's code; write three capital letters (ISO 3166-1 alpha-3), such as \"NLD\"
rules/persons.toml:5:18: `CCC` is not a state of rules/states.toml; write one that stands there, or add it there
rules/persons.toml:6:10: `title` is missing; add a line `title = \"…\"`
rules/persons.toml:6:12: `titel` is not a key of this table; write `title`
rules/persons.toml:6:52: the role ends before it begins; put `from` before `until`",
        );
    }

    #[test]
    fn operators_may_add_files_of_their_own() {
        let more = r#"
[[body]]
id = "AU"
name = "African Union"
class = "union"
"#;
        let rules = assembled(&[("rules/ours/bodies.toml", more)]).unwrap().rules;
        let lexicon = rules.definitions();
        assert_eq!(lexicon.bodies.len(), 3);
    }
}
