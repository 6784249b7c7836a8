//! Tables for people and CSV for spreadsheets, of the same rows.

use std::io::{Write, stdout};

use clap::ValueEnum;
use comfy_table::{Table, presets};
use serde::Serialize;

use super::words::clean;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Table,
    /// One array.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Rows with the heads of their columns.
pub(super) struct Columns<const N: usize> {
    pub(super) heads: [&'static str; N],
    pub(super) rows: Vec<[String; N]>,
}

impl<const N: usize> Columns<N> {
    /// Writes the rows; `json` is written in their place where that is asked for.
    pub(super) fn write(&self, format: Format, json: &impl Serialize) -> anyhow::Result<()> {
        match format {
            Format::Table => self.table(),
            Format::Csv => self.csv(),
            Format::Json => self::json(json),
        }
    }

    /// Writes a table; long cells are cut, which the other formats do not do.
    pub(super) fn table(&self) -> anyhow::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(self.heads);
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| short(cell)));
        }
        let mut out = stdout().lock();
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn csv(&self) -> anyhow::Result<()> {
        let mut out = csv::Writer::from_writer(stdout().lock());
        out.write_record(self.heads)?;
        for row in &self.rows {
            out.write_record(row.iter().map(|cell| tame(cell)))?;
        }
        out.flush()?;
        Ok(())
    }
}

/// How many characters of a cell a table shows.
const WIDEST: usize = 70;

fn short(cell: &str) -> String {
    let cell = clean(cell);
    match cell.char_indices().nth(WIDEST) {
        Some((cut, _)) => format!("{}…", cell[..cut].trim_end()),
        None => cell,
    }
}

/// Writes JSON with a line feed at its end.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// A cell that a spreadsheet does not take for a formula: headlines come from strangers.
fn tame(cell: &str) -> String {
    let cell = clean(cell);
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(tame("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(tame("a=b"), "a=b");
    }
}
