//! `ledger/moves.toml`: which moves are legal, and how far apart reports of one event lie. The
//! tables may stand in any file of `ledger/`; those of a sort (ladders, windows) replace the shipped
//! ones of that sort.

use super::{
    embedded, problem::Complaint, reader::TomlFile, table::Table, taken::Taken, vocabulary,
};
use crate::{
    ledger::{Ladder, Moves, Window},
    model::{Kind, Step},
};

/// Reads the moves out of files of `ledger/`, table by table.
pub(crate) struct Reader {
    moves: Moves,
    stages: Taken,
    windows: Taken,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let (stages, windows) = (Taken::new("step"), Taken::new("window of"));
        Self { moves: Moves::default(), stages, windows }
    }

    /// Takes the tables of one file.
    pub(crate) fn read(&mut self, root: &mut Table<'_>) {
        for table in root.tables("ladder") {
            self.ladder(table);
        }
        for table in root.tables("once") {
            self.once(table);
        }
        for table in root.tables("window") {
            self.window(table);
        }
    }

    /// What was read; the shipped ones where no file has a table of a sort.
    pub(crate) fn finish(self) -> Moves {
        let Moves { ladders, once, of_steps, of_kinds } = self.moves;
        let shipped = shipped();
        let windows = (of_steps, of_kinds);
        let none = windows.0.is_empty() && windows.1.is_empty();
        let windows = if none { (shipped.of_steps, shipped.of_kinds) } else { windows };
        Moves {
            ladders: if ladders.is_empty() { shipped.ladders } else { ladders },
            once: if once.is_empty() { shipped.once } else { once },
            of_steps: windows.0,
            of_kinds: windows.1,
        }
    }

    fn ladder(&mut self, mut table: Table<'_>) {
        let kind = table.convert("kind", "\"membership\"", vocabulary::kind);
        let stages = table.convert_some("stages", |text| {
            text.split(" or ").map(|word| step(kind, word.trim())).collect::<Result<Vec<_>, _>>()
        });
        let mut steps = |key| -> Vec<Step> {
            table.convert_each(key, |word| step(kind, word)).into_iter().flatten().collect()
        };
        let ladder = Ladder {
            repeats: steps("repeats"),
            undone_by: steps("undone_by"),
            reopened_by: steps("reopened_by"),
            needs: steps("needs"),
            proves: steps("proves"),
            stages: stages.into_iter().map(|stage| stage.into_iter().flatten().collect()).collect(),
        };
        let stands = |step: &Step| ladder.stages.iter().any(|stage| stage.contains(step));
        for (key, listed) in [("repeats", &ladder.repeats), ("proves", &ladder.proves)] {
            if let Some(step) = listed.iter().find(|step| !stands(step)) {
                let what = format!("`{}` is no stage of this ladder", step.action);
                table.complain(key, what, "name one of `stages`, or leave it out");
            }
        }
        for (key, listed) in
            [("undone_by", &ladder.undone_by), ("reopened_by", &ladder.reopened_by)]
        {
            if let Some(step) = listed.iter().find(|step| stands(step)) {
                let what = format!("`{}` is a stage of this ladder", step.action);
                table.complain(key, what, "a stage cannot lead off its own ladder; leave it out");
            }
        }
        let undone = ladder.undone_by.iter().filter(|step| !stands(step));
        for step in ladder.stages.iter().flatten().chain(undone) {
            self.stages.claim(&table, "stages", &step.to_string());
        }
        table.finish();
        self.moves.ladders.push(ladder);
    }

    fn once(&mut self, mut table: Table<'_>) {
        let kind = table.convert("kind", "\"ruling\"", vocabulary::kind);
        let steps = table.convert_some("actions", |word| step(kind, word));
        for step in steps.into_iter().flatten() {
            self.stages.claim(&table, "actions", &step.to_string());
            self.moves.once.push(step);
        }
        table.finish();
    }

    fn window(&mut self, mut table: Table<'_>) {
        let kind = table.convert("kind", "\"ruling\"", vocabulary::kind);
        let steps = table.convert_each("actions", |word| step(kind, word));
        let mut days = |key| {
            let days = table.integer(key)?;
            let fits = i32::try_from(days).ok().filter(|days| (0..=LONGEST).contains(days));
            if fits.is_none() {
                let what = format!("`{key}` is {days}");
                table.complain(key, what, format!("write a number of days from 0 to {LONGEST}"));
            }
            fits
        };
        let window = (days("days"), days("late"));
        if let ((Some(days), Some(late)), Some(kind)) = (window, kind) {
            let window = Window { days, late };
            let steps: Vec<Step> = steps.into_iter().flatten().collect();
            if !table.has("actions") {
                self.claim(&table, "kind", kind.as_str());
                self.moves.of_kinds.insert(kind, window);
            }
            for step in steps {
                self.claim(&table, "actions", &step.to_string());
                self.moves.of_steps.insert(step, window);
            }
        }
        table.finish();
    }

    fn claim(&mut self, table: &Table<'_>, key: &str, name: &str) {
        self.windows.claim(table, key, name);
    }
}

/// The moves that the program comes with.
pub(crate) fn shipped() -> Moves {
    let (name, text) = embedded::FILES
        .iter()
        .find(|(name, _)| *name == "ledger/moves.toml")
        .expect("it is one of the shipped files");
    let file = TomlFile::read(name, text);
    let mut reader = Reader::new();
    reader.read(&mut file.root());
    reader.moves
}

/// The longest window, in days: past a year a look back would be one at everything.
const LONGEST: i32 = 366;

/// An action of the kind, where that is known: without it the word can only be looked up.
fn step(kind: Option<Kind>, word: &str) -> Result<Option<Step>, Complaint> {
    match kind {
        Some(kind) => vocabulary::step(kind, word).map(Some),
        None => vocabulary::action(word).map(|_| None),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::trial::{assembled, check};

    #[test]
    fn every_mistake_in_a_move_is_told_with_its_mend() {
        check(
            "ledger/moves.toml",
            r#"
[[ladder]]
kind = "warrant"
stages = ["sought", "isued", "unsealed or executed"]
repeats = ["withdrawn"]
undone_by = ["executed"]
[[ladder]]
kind = "warrant"
stages = ["sought"]
[[once]]
kind = "ruling"
actions = []
[[window]]
kind = "ruling"
days = 400
late = 7
[[window]]
kind = "statement"
days = 4
[[window]]
kind = "warrant"
days = 4
late = 4
[[window]]
kind = "warrant"
days = 5
late = 4
"#,
            "\
ledger/moves.toml:4:21: `isued` is not an action of warrant; write `issued`
ledger/moves.toml:5:11: `withdrawn` is no stage of this ladder; name one of `stages`, or leave it out
ledger/moves.toml:6:13: `executed` is a stage of this ladder; a stage cannot lead off its own ladder; leave it out
ledger/moves.toml:9:10: the step `warrant.sought` stands already at ledger/moves.toml:4:10; keep one of the two
ledger/moves.toml:12:11: `actions` is empty; write at least one
ledger/moves.toml:15:8: `days` is 400; write a number of days from 0 to 366
ledger/moves.toml:17:1: `late` is missing; add a line `late = 1`
ledger/moves.toml:25:8: the window of `warrant` stands already at ledger/moves.toml:21:8; keep one of the two",
        );
    }

    #[test]
    fn a_directory_without_a_sort_of_moves_has_the_shipped_ones() {
        let none = assembled(&[]).unwrap();
        assert_eq!(none.baseline.moves, crate::config::embedded().baseline.moves);
        let text = "[[once]]\nkind = \"ruling\"\nactions = [\"judgment\"]\n";
        let own = assembled(&[("ledger/own.toml", text)]).unwrap();
        assert_eq!(own.baseline.moves.once.len(), 1);
        assert_eq!(own.baseline.moves.ladders, none.baseline.moves.ladders);
        assert_eq!(own.baseline.moves.of_kinds, none.baseline.moves.of_kinds);
    }
}
