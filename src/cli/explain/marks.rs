//! Marks under a text: a row of signs below each line, and labels below the signs.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

use super::{
    cells::Cells,
    page::{Ink, Page},
};

/// A mark under a stretch of the text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The characters under which it stands.
    pub(super) characters: Range<usize>,
    /// The sign that it is drawn with.
    pub(super) sign: char,
    /// What is written below; may be empty.
    pub(super) label: String,
    /// Its colour.
    pub(super) ink: Ink,
}

/// Which lines of the text are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// All.
    All,
    /// Those with a mark; a mark of omission stands for the others.
    Marked,
}

/// Draws a text at a column with marks under it. Where marks overlap, the first one counts.
pub(super) fn draw(page: &mut Page, column: usize, cells: &Cells, marks: &[Mark], lines: Lines) {
    let mut owners: Vec<Option<usize>> = vec![None; cells.len()];
    for (index, mark) in marks.iter().enumerate() {
        for cell in cells.holding(&mark.characters) {
            owners[cell].get_or_insert(index);
        }
    }
    let mut skipped = false;
    let mut labelled = false;
    for line in cells.lines(page.look.width - column) {
        if lines == Lines::Marked && owners[line.clone()].iter().all(Option::is_none) {
            if !skipped {
                page.line(&format!("{:column$}…", ""));
            }
            skipped = true;
            continue;
        }
        skipped = false;
        if labelled {
            page.blank();
        }
        let drawn = Drawn { page, column, cells, marks, owners: &owners };
        let rows = [drawn.text(&line), drawn.signs(&line)].into_iter().chain(drawn.labels(&line));
        let rows: Vec<String> = rows.filter(|row| !row.trim().is_empty()).collect();
        for row in &rows {
            page.line(row);
        }
        labelled = rows.len() > 2;
    }
}

/// A line under way.
struct Drawn<'a> {
    page: &'a Page,
    column: usize,
    cells: &'a Cells,
    marks: &'a [Mark],
    /// The mark of each cell.
    owners: &'a [Option<usize>],
}

/// A label and the column in which it begins.
struct Label {
    column: usize,
    mark: usize,
    row: usize,
}

impl Drawn<'_> {
    fn text(&self, line: &Range<usize>) -> String {
        self.row(self.runs(line).map(|(owner, run)| {
            let text: String = run.map(|cell| self.cells.shown(cell).0).collect();
            (owner, text)
        }))
    }

    fn signs(&self, line: &Range<usize>) -> String {
        let row = self.row(self.runs(line).map(|(owner, run)| {
            let sign = owner.map_or(' ', |mark| self.marks[mark].sign);
            let width: usize = run.map(|cell| self.cells.shown(cell).1).sum();
            (owner, std::iter::repeat_n(sign, width).collect())
        }));
        row.trim_end().to_owned()
    }

    /// The rows of labels: each stands below the beginning of its mark, so many rows further down
    /// that it covers none to its right; a stroke leads down to it.
    fn labels(&self, line: &Range<usize>) -> Vec<String> {
        let mut free: Vec<usize> = Vec::new();
        let mut labels: Vec<Label> = Vec::new();
        for (column, mark) in self.begun(line).into_iter().rev() {
            let width = self.marks[mark].label.width();
            let room = self.page.look.width - self.column;
            let column = column.min(room.saturating_sub(width));
            let fits = |limit: &usize| column + width < *limit;
            let row = free.iter().position(fits).unwrap_or(free.len());
            free.resize(free.len().max(row + 1), usize::MAX);
            free[..=row].fill(column);
            labels.push(Label { column, mark, row });
        }
        labels.reverse();
        (0..free.len()).map(|row| self.label_row(&labels, row)).collect()
    }

    fn label_row(&self, labels: &[Label], row: usize) -> String {
        let mut at = 0;
        let mut parts = Vec::new();
        for label in labels.iter().filter(|label| label.row >= row) {
            let text = if label.row == row { self.marks[label.mark].label.as_str() } else { "|" };
            parts.push((None, " ".repeat(label.column.saturating_sub(at))));
            parts.push((Some(label.mark), text.to_owned()));
            at = label.column + text.width();
        }
        self.row(parts.into_iter())
    }

    /// The columns and marks whose label stands below this line: those that begin in it.
    fn begun(&self, line: &Range<usize>) -> Vec<(usize, usize)> {
        let mut column = 0;
        let mut begun = Vec::new();
        for (owner, run) in self.runs(line) {
            if let Some(mark) = owner
                && !self.marks[mark].label.is_empty()
                && !self.owners[..run.start].contains(&owner)
            {
                begun.push((column, mark));
            }
            column += run.map(|cell| self.cells.shown(cell).1).sum::<usize>();
        }
        begun
    }

    /// The stretches of a line that have one mark, or none.
    fn runs(&self, line: &Range<usize>) -> impl Iterator<Item = (Option<usize>, Range<usize>)> {
        let mut at = line.start;
        let end = line.end;
        std::iter::from_fn(move || {
            let owner = *self.owners[..end].get(at)?;
            let from = at;
            at += self.owners[at..end].iter().take_while(|other| **other == owner).count();
            Some((owner, from..at))
        })
    }

    fn row(&self, parts: impl Iterator<Item = (Option<usize>, String)>) -> String {
        let parts = parts.map(|(owner, text)| match owner {
            Some(mark) => self.page.painted(self.marks[mark].ink, &text),
            None => text,
        });
        format!("{:indent$}{}", "", parts.collect::<String>(), indent = self.column)
    }
}

#[cfg(test)]
mod tests;
