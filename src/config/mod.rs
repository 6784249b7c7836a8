//! `config/*.toml` and the environment, read into values that need no further check.
//!
//! Owns what is read from files and environment at the start: settings, sources, channels, the
//! lexicon, the texts of the rules and the baseline of the ledger. Every file is read before
//! anything is decided, and either everything is right or *every* problem of every file is told as
//! `FILE:LINE:COL: what; what to write instead`. Nothing that is wrong is ignored or defaulted.
//!
//! Does not watch files, fetch addresses or talk to Discord, and knows no rule by its meaning.

mod problem;
mod reader;
mod table;
mod values;
mod taken;
mod names;
mod vocabulary;
mod environment;
mod settings;
mod sources;
mod channels;
mod lexicon;
mod rules;
mod baseline;
mod files;
mod embedded;
mod summary;
#[cfg(test)]
mod trial;

use std::{path::Path, sync::Arc};

pub use environment::Environment;
pub use files::NamedText;
pub use lexicon::Lexicon;
pub use problem::{Place, Problem, Problems};
pub use settings::{Discord, Ops, Poll, Store};
pub use sources::ConfiguredSource;
pub use summary::Summary;

use crate::{classify::Rules, digest::Channel, model::Fact};
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
    /// Where each rule stands.
    rule_places: rules::RulePlaces,
    /// What is known before anything is polled.
    pub baseline: Vec<Fact>,
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

impl Config {
    /// Runs every rule's examples and tells those that are read otherwise than they say.
    pub fn try_rules(&self) -> Result<(), Problems> {
        let problems = rules::try_out(&self.rules, &self.rule_places);
        Problems::of(problems).map_or(Ok(()), Err)
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
    let baseline = baseline::read(ledger_files.iter(), &names);
    let mut settings = settings::read(settings_file.as_ref().map(TomlFile::root));
    settings.discord.token = environment.discord_token(&mut problems);
    let sources =
        sources_file.as_ref().map(|file| sources::read(file.root(), settings.poll.every, &names));
    let channels = channels_file.as_ref().map(|file| channels::read(file.root(), &names));
    let (rules, rule_places) = rules::compile(lexicon, &rule_files, &names, &mut problems);

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
            channels: channels.unwrap_or_default(),
            rules: Arc::new(rules),
            rule_places,
            baseline,
        }),
    }
}

fn parsed(file: &NamedText) -> TomlFile<'_> {
    TomlFile::read(&file.name, &file.text)
}
