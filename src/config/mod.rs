//! `config/*.toml` and the environment, read into values that need no further check.
//!
//! Owns what is read from files and environment at the start: settings, sources, channels, the
//! lexicon, the rules and the baseline of the ledger. Every file is read before
//! anything is decided, and either everything is right or *every* problem of every file is told as
//! `FILE:LINE:COL: what; what to write instead`. Nothing that is wrong is ignored or defaulted.
//!
//! Does not watch files, fetch addresses or talk to Discord, and knows no rule by its meaning.

mod problem;
mod reader;
mod table;
mod typed;
mod values;
mod taken;
mod names;
mod vocabulary;
mod environment;
#[cfg(feature = "failpoints")]
mod drill;
mod settings;
mod sources;
mod channels;
mod webhooks;
mod times;
mod lexicon;
mod rules;
mod places;
mod examples;
mod remarks;
mod review;
mod baseline;
mod moves;
mod files;
mod embedded;
mod summary;
#[cfg(test)]
mod trial;

use std::{path::Path, sync::Arc};

#[cfg(feature = "failpoints")]
pub(crate) use drill::{clock_ahead, drill};
pub use environment::Environment;
pub use files::NamedText;
pub use lexicon::Lexicon;
pub use problem::{Place, Problem, Problems};
pub use settings::{Discord, Ops, Poll, Store};
pub use sources::ConfiguredSource;
pub use summary::Summary;

use crate::{classify::Rules, digest::Channel, ledger::Baseline};
use files::Files;
use names::Names;
use reader::TomlFile;

/// Everything that was configured, checked and ready to use.
#[derive(Clone, Debug)]
pub struct Config {
    /// How to poll.
    pub poll: Poll,
    /// Where Discord is, and the bot's token.
    pub discord: Discord,
    /// The ops page.
    pub ops: Ops,
    /// What is kept.
    pub store: Store,
    /// Whom to ask.
    pub sources: Vec<ConfiguredSource>,
    /// Which channel hears what; where there is none, messages are printed.
    pub channels: Vec<Channel>,
    /// The compiled lexicon, cues and rules.
    pub rules: Arc<Rules>,
    /// What is known before anything is polled.
    pub baseline: Baseline,
}

/// Reads a directory and the environment.
pub fn load(dir: &Path, environment: &Environment) -> Result<Config, Problems> {
    let mut problems = Vec::new();
    let files = files::of_directory(dir, &mut problems);
    assemble(&files, environment, problems)
}

/// The shipped configuration, which is compiled in. It has no channel and no token.
pub fn embedded() -> Config {
    assemble(&files::shipped(), &Environment::default(), Vec::new())
        .expect("a test loads the shipped files")
}

/// A configuration that was looked at closely.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The configuration, in which nothing is wrong.
    pub config: Config,
    /// What is worth a look, in the order of places.
    pub notes: Vec<Problem>,
}

/// Reads a directory (or, without one, what is compiled in) and the environment, tries every rule's
/// examples, and looks for rules that cannot fire, for names that mean two things and for rules
/// that compete. It takes longer than [`load`], which only refuses what cannot be used at all.
pub fn examine(dir: Option<&Path>, environment: &Environment) -> Result<Examined, Problems> {
    let Some(dir) = dir else {
        return examine_files(&files::shipped(), &Environment::default(), Vec::new());
    };
    let mut problems = Vec::new();
    let files = files::of_directory(dir, &mut problems);
    examine_files(&files, environment, problems)
}

fn examine_files(
    files: &Files,
    environment: &Environment,
    problems: Vec<Problem>,
) -> Result<Examined, Problems> {
    let config = assemble(files, environment, problems)?;
    let texts: Vec<TomlFile<'_>> = files.rules.iter().map(parsed).collect();
    let review = review::of(&config.rules, &texts);
    match Problems::of(review.problems) {
        Some(problems) => Err(problems),
        None => Ok(Examined { config, notes: review.notes }),
    }
}

/// Reads all files together; `problems` are those that were met on the way to their texts.
fn assemble(
    files: &Files,
    environment: &Environment,
    mut problems: Vec<Problem>,
) -> Result<Config, Problems> {
    let (lexicon_files, rule_files): (Vec<&NamedText>, Vec<&NamedText>) =
        files.rules.iter().partition(|file| lexicon::FILES.contains(&file.file_name()));
    let lexicon_files: Vec<TomlFile<'_>> = lexicon_files.into_iter().map(parsed).collect();
    let rule_files: Vec<TomlFile<'_>> = rule_files.into_iter().map(parsed).collect();
    let ledger_files: Vec<TomlFile<'_>> = files.ledger.iter().map(parsed).collect();
    let settings_file = files.settings.as_ref().map(parsed);
    let sources_file = files.sources.as_ref().map(parsed);
    let channels_file = files.channels.as_ref().map(parsed);

    let mut names = Names::of(lexicon_files.iter());
    let lexicon = lexicon::read(lexicon_files.iter(), &mut names);
    let (facts, moves) = baseline::read(ledger_files.iter(), &names);
    let mut settings = settings::read(settings_file.as_ref().map(TomlFile::root));
    settings.discord.token = environment.discord_token(&mut problems);
    let sources =
        sources_file.as_ref().map(|file| sources::read(file.root(), settings.poll.every, &names));
    let secrets = (environment, &settings.discord.api);
    let channels = channels_file.as_ref().map(|file| channels::read(file.root(), &names, secrets));
    let (channels, webhooks) = channels.unwrap_or_default();
    settings.discord.webhooks = webhooks;
    let rules = rules::compile(lexicon, &rule_files, &names, &mut problems);

    let read = [settings_file, sources_file, channels_file].into_iter().flatten();
    let read = read.chain(lexicon_files).chain(rule_files).chain(ledger_files);
    problems.extend(read.flat_map(TomlFile::into_problems));
    match Problems::of(problems) {
        Some(problems) => Err(problems),
        None => Ok(Config {
            poll: settings.poll,
            discord: settings.discord,
            ops: settings.ops,
            store: settings.store,
            sources: sources.unwrap_or_default(),
            channels,
            rules: Arc::new(rules),
            baseline: Baseline { facts, moves: Arc::new(moves) },
        }),
    }
}

fn parsed(file: &NamedText) -> TomlFile<'_> {
    TomlFile::read(&file.name, &file.text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::{trial::assembled_with, *};

    #[test]
    fn the_shipped_files_have_no_problem() {
        let config = assemble(&files::shipped(), &Environment::default(), Vec::new())
            .unwrap_or_else(|problems| panic!("{problems}"));
        assert!(config.sources.len() > 30);
        assert_eq!(config.channels, [], "every channel is only an example");
        assert!(config.discord.token.is_none());
        let official: Vec<&str> = config
            .sources
            .iter()
            .filter(|configured| configured.source.voice == Some("ICJ".into()))
            .map(|configured| configured.source.id.as_str())
            .collect();
        assert_eq!(official, ["icj-press"]);
    }

    #[test]
    fn the_shipped_settings_are_the_defaults() {
        let shipped = embedded();
        let defaults = trial::assembled(&[]).unwrap();
        assert_eq!(shipped.poll, defaults.poll);
        assert_eq!(shipped.ops, defaults.ops);
        assert_eq!(shipped.store, defaults.store);
        assert_eq!(format!("{:?}", shipped.discord), format!("{:?}", defaults.discord));
    }

    #[test]
    fn the_channels_that_are_shown_as_examples_are_right() {
        let mut files = files::shipped();
        let shown = files.channels.as_mut().unwrap();
        let is_toml = |line: &&str| {
            let key = line.split_once(" = ").map(|(key, _)| key);
            let plain =
                |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            line.starts_with("[[") || key.is_some_and(plain)
        };
        let lines = shown.text.lines().filter_map(|line| line.strip_prefix("# "));
        shown.text = lines.filter(is_toml).collect::<Vec<_>>().join("\n");
        let config = assemble(&files, &Environment::default(), Vec::new())
            .unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(config.channels.len(), 3);
        let filters = &config.channels[0].filters;
        assert!(!filters.kinds.is_empty() && !filters.actions.is_empty());
        assert!(!filters.cases.is_empty() && !filters.persons.is_empty());
        assert_eq!(config.channels[0].mention.len(), 1);
    }

    #[test]
    fn the_shipped_directory_is_the_shipped_configuration() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        let loaded =
            load(&dir, &Environment::default()).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(Summary::of(&loaded), Summary::of(&embedded()));
    }

    #[test]
    fn every_problem_of_every_file_is_told_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("haguewatch.toml", "[poll]\nevery = 15\n[opps]\n");
        write("sources.toml", "[[source]]\nid = \"a\"\nkind = \"feed\"\nurls = []\n");
        write("channels.toml", "[[channel]]\nid = 1\nkinds = [\"warant\"]\n");
        write("rules/bodies.toml", "[[body]]\nid = ICC\n");
        write(
            "ledger/a.toml",
            "[[fact]]\nkind = \"membership\"\naction = \"joined\"\nbody = \"XYZ\"\nstate = \"AAA\"\nsource = \"https://a.example\"\n",
        );
        let token = [("DISCORD_TOKEN".into(), "a b".into())];
        let problems = load(dir.path(), &Environment::of(token)).unwrap_err().to_string();
        assert_eq!(
            problems.replace(&dir.path().display().to_string(), "DIR"),
            "\
DIR/channels.toml:3:10: `warant` is not a kind; write `warrant`
DIR/haguewatch.toml:2:9: `every` is a number; write a duration such as \"15m\"
DIR/haguewatch.toml:3:2: `opps` is not a key of this table; write `ops`
DIR/ledger/a.toml:1:1: `since` is missing; add a line `since = 2024-01-26`
DIR/rules/bodies.toml:2:6: this is not TOML: invalid float; put a text into double quotes, or write a number
DIR/sources.toml:4:8: `urls` is empty; write at least one
environment:1:1: this is not a Discord token: it is empty or has white space or odd characters in it; copy the bot's token alone, without the word `Bot` before it",
        );
    }

    #[test]
    fn a_secret_is_in_no_debug_output() {
        let config = assembled_with(&[], &[("DISCORD_TOKEN", "hunter2.secret")]).unwrap();
        assert!(config.discord.token.is_some());
        assert!(!format!("{config:#?}").contains("hunter2"));
    }

    #[test]
    fn a_rule_with_a_word_that_nothing_defines_is_told_at_its_place() {
        let text = "[[verb]]\nid = \"join\"\nwords = [\"join\"]\n\n[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nverb = [\"jion\"]";
        let problems = trial::assembled(&[("rules/ours.toml", text)]).unwrap_err();
        assert_eq!(
            problems.to_string(),
            "rules/ours.toml:8:9: rule `a`: nothing defines `jion` of `verb`; write `join`"
        );
    }

    #[test]
    fn the_examples_of_the_shipped_rules_are_read_as_they_say() {
        if let Err(problems) = examine(None, &Environment::default()) {
            panic!("{problems}");
        }
    }

    #[test]
    fn an_example_that_is_read_otherwise_is_told_at_its_rule() {
        let text = "[[noun]]\nid = \"pact\"\nwords = [\"pact\"]\n[[verb]]\nid = \"join\"\nwords = [\"join\"]\n[[rule]]\nid = \"a\"\nstep = \"membership.joined\"\nscore = 80\nverb = [\"join\"]\nobject = [\"pact\"]\nexamples = [\"X joins the pact\", \"X leaves the pact\"]\ncounter = [\"Y joined the pact\"]";
        let problems = trial::examined(&[("rules/ours.toml", text)]).unwrap_err().to_string();
        let lines: Vec<&str> = problems.lines().collect();
        assert_eq!(lines.len(), 2, "{problems}");
        let missed =
            "rules/ours.toml:13:33: rule `a`: the example \"X leaves the pact\" is not read";
        assert!(lines[0].starts_with(missed), "{problems}");
        let counter =
            "rules/ours.toml:14:12: rule `a`: the counter-example \"Y joined the pact\" is";
        assert!(lines[1].starts_with(counter), "{problems}");
    }

    #[test]
    fn a_summary_counts() {
        let sources = "[[source]]\nid = \"a\"\nkind = \"feed\"\nvoice = \"ICC\"\nowner = \"x\"\nurls = [\"https://a.example\"]
[[source]]\nid = \"b\"\nkind = \"page\"\nowner = \"x\"\nurls = [\"https://b.example\"]\n[source.page]\nitem = \"li\"";
        let config = trial::assembled(&[("sources.toml", sources)]).unwrap();
        let expected = Summary {
            feeds: 1,
            pages: 1,
            official: 1,
            owners: 1,
            channels: 0,
            bodies: 2,
            states: 2,
            persons: 1,
            cases: 1,
            rules: 0,
            facts: 0,
        };
        assert_eq!(Summary::of(&config), expected);
    }

    /// A small configuration in which every key of every file stands.
    const WHOLE: &[(&str, &str)] = &[
        ("haguewatch.toml", include_str!("../../config/haguewatch.toml")),
        (
            "sources.toml",
            r#"[[source]]
id = "a"
kind = "page"
urls = ["https://a.example/"]
every = "10m"
voice = "ICC"
owner = "b"
[source.page]
item = "li"
date = { selector = "time", format = ["%d %B %Y"], timezone = "UTC" }
"#,
        ),
        (
            "channels.toml",
            r#"[[channel]]
id = 1
name = "n"
kinds = ["warrant"]
actions = ["issued", "warrant.rejected"]
states = ["AAA"]
persons = ["Anna Aldan"]
min_status = "confirmed"
min_owners = 2
mention = [{ role = 1, kinds = ["warrant"] }]
"#,
        ),
        (
            "rules/persons.toml",
            r#"[[person]]
name = "Anna Aldan"
class = "suspect"
states = ["AAA"]
roles = [{ title = "t", body = "ICC", from = 2020-01-01, until = 2021-01-01 }]
"#,
        ),
        (
            "ledger/a.toml",
            r#"[[fact]]
kind = "warrant"
action = "issued"
body = "ICC"
person = "Anna Aldan"
since = 2024-11-21
source = "https://a.example/"
[[roster]]
kind = "membership"
action = "joined"
body = "ICC"
source = "https://a.example/"
[roster.states]
AAA = 2001-01-01
"#,
        ),
    ];

    #[test]
    fn the_whole_configuration_is_right_before_it_is_damaged() {
        let config = trial::assembled(WHOLE).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(config.baseline.facts.len(), 2);
    }

    proptest! {
        #[test]
        fn no_damage_to_a_file_makes_a_panic_or_a_problem_without_a_place(
            file in 0..WHOLE.len(),
            at in 0.0..1.0_f64,
            len in 0..30_usize,
            instead in "[\\[\\]{}=\".,\n #'a1é-]{0,4}",
        ) {
            let (name, text) = WHOLE[file];
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                reason = "a place in a short text"
            )]
            let at = text.floor_char_boundary((at * text.len() as f64) as usize);
            let end = text.floor_char_boundary(at + len).max(at);
            let damaged = format!("{}{instead}{}", &text[..at], &text[end..]);
            let mut files = WHOLE.to_vec();
            files[file] = (name, &damaged);
            let problems = trial::assembled(&files).err();
            for problem in problems.iter().flat_map(Problems::iter) {
                prop_assert!(files.iter().any(|(name, _)| *name == &*problem.place.file));
                prop_assert!(!problem.what.is_empty() && !problem.mend.is_empty());
                prop_assert_eq!(problem.to_string().lines().count(), 1);
            }
        }
    }
}
