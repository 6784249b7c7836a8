//! What README says is so: its commands exist and run, its tables are complete.

use std::{collections::BTreeSet, fs, path::Path};

use crate::bot::Bot;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The lines behind `$ ` in its console blocks.
fn console_lines() -> Vec<String> {
    let readme = readme();
    readme.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect()
}

/// The first words of the commands in the table, without the program's name.
fn commands_of_the_table() -> BTreeSet<String> {
    let readme = readme();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `haguewatch "));
    rows.map(|row| row.split([' ', '`']).next().unwrap().to_owned()).collect()
}

#[test]
fn the_table_has_every_command_and_no_other() {
    let help = Bot::new().run(&["help"]).with_code(0).out;
    let listed: BTreeSet<String> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| *word != "help")
        .map(str::to_owned)
        .collect();
    assert_eq!(commands_of_the_table(), listed);
}

#[test]
fn every_command_shows_its_examples() {
    let bot = Bot::new();
    for command in commands_of_the_table() {
        let help = bot.run(&["help", &command]).with_code(0).out;
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
}

#[test]
fn the_commands_of_the_first_minute_run() {
    let lines = console_lines();
    assert_eq!(lines[0], "cargo run --release -- demo");
    assert_eq!(lines[1], "cargo run --release -- once --dry-run");
    let bot = Bot::new();
    let demo = bot.run(&["demo"]).with_code(0);
    assert!(demo.out.contains("Hague Group"), "{demo:#?}");
    bot.run(&["check"]).with_code(0);
}

#[test]
fn the_checks_of_every_change_run_the_test_command_of_the_readme() {
    let test = console_lines().into_iter().find(|line| line.starts_with("cargo test")).unwrap();
    let checks = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(checks.lines().any(|line| line == format!("run {test}")), "{test}");
}

#[test]
fn the_table_of_files_has_every_file_of_the_configuration() {
    let readme = readme();
    for file in fs::read_dir(root().join("config/rules")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(
            readme.contains(&format!("`{name}`")) || readme.contains(&format!("rules/{name}`")),
            "{name}"
        );
    }
    for name in ["haguewatch.toml", "sources.toml", "channels.toml"] {
        assert!(root().join("config").join(name).exists() && readme.contains(&format!("`{name}`")));
    }
}

#[test]
fn the_entries_of_the_guide_work_as_they_stand() {
    let guide = fs::read_to_string(root().join("config/rules/GUIDE.md")).unwrap();
    let bot = Bot::new();
    let config = bot.home().join("config");
    copy(&root().join("config"), &config);
    for block in guide.split("```toml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let file = block.lines().next().unwrap().strip_prefix("# ").unwrap();
        let path = config.join(file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, format!("{before}\n{block}")).unwrap();
    }
    bot.run(&["--config", "config", "check"]).with_code(0);
    let read = |headline: &str| {
        bot.run(&["--config", "config", "explain", headline]).with_code(0).out.replace("\n  ", " ")
    };
    let said = read("ICC lays open arrest warrant for President Firefly");
    assert!(said.contains("warrant.unsealed") && said.contains("Rufus Firefly"), "{said}");
    let said = read("ICC puts its seal on arrest warrant for Rufus Firefly");
    assert!(said.starts_with("Reported") && said.contains("warrant.issued"), "{said}");
    let said = read("Activist dreams of ICC issuing arrest warrant for Rufus Firefly");
    assert!(said.starts_with("Not news"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let target = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy(&file.path(), &target);
        } else {
            fs::copy(file.path(), target).unwrap();
        }
    }
}
