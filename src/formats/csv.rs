//! Comma- and tab-separated values (RFC 4180), a note a row. The crate `csv` gives no places of cells and reads broken quotes as it
//! likes; the tests hold this reader to it.

use super::note::Note;
use super::outline::Field;
use super::place::Place;
use super::splice::Decoded;
use super::{Format, FormatOptions};
use crate::error::{Error, Result};
use std::ops::Range;

/// What a cell's text depends on.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    delimiter: char,
    /// Whether the row has no other. An empty row would be skipped, so it is written with quotes.
    alone: bool,
}

/// A row: its cells with their quotes.
type Row = Vec<Range<usize>>;

impl Cell {
    pub(super) fn decode(self, raw: &str) -> Decoded {
        let Some(quoted) = raw.strip_prefix('"') else { return Decoded::plain(raw) };
        let mut decoded = Decoded::default();
        decoded.escape(1, "");
        let mut rest = quoted.strip_suffix('"').unwrap_or(quoted);
        while let Some((before, after)) = rest.split_once("\"\"") {
            decoded.literal(before);
            decoded.escape(2, "\"");
            rest = after;
        }
        decoded.literal(rest);
        decoded.escape(1, "");
        decoded
    }

    /// Quoted only if the row demands it or the cell was.
    pub(super) fn encode(self, text: &str, quoted: bool) -> String {
        let empty = text.is_empty() && self.alone;
        if quoted || empty || text.contains(['"', '\r', '\n', self.delimiter]) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.into()
        }
    }
}

/// A file's rows and the names of its columns.
struct Table {
    delimiter: char,
    /// Empty if the file names none.
    header: Vec<String>,
    rows: Vec<Row>,
}

fn table(source: &str, format: Format, options: &FormatOptions) -> Result<Table> {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let delimiter = delimiter(source, format, options)?;
    let mut rows = rows(source, start, delimiter).map_err(|(line, reason)| format.invalid(format!("line {line}"), reason))?;
    let text = |cell: &Range<usize>| Cell { delimiter, alone: false }.decode(source.get(cell.clone()).unwrap_or_default()).view;
    let first: Vec<String> = rows.first().map(|row| row.iter().map(text).collect()).unwrap_or_default();
    let named = options.header.unwrap_or_else(|| options.columns.is_some() || !first.iter().any(|cell| is_data(cell)));
    let header = if named && !rows.is_empty() {
        rows.remove(0);
        first
    } else {
        Vec::new()
    };
    Ok(Table { delimiter, header, rows })
}

/// Whether the first row names the columns.
pub(super) fn is_named(source: &str, format: Format, options: &FormatOptions) -> Result<bool> {
    Ok(!table(source, format, options)?.header.is_empty())
}

/// The columns by their names, and how many of their cells are not blank.
pub(super) fn fields(source: &str, format: Format, options: &FormatOptions) -> Result<Vec<Field>> {
    let Table { header, rows, .. } = table(source, format, options)?;
    let blank = |cell: &Range<usize>| source.get(cell.clone()).unwrap_or_default().trim_matches(['"', ' ', '\t']).is_empty();
    let filled = |i: usize| rows.iter().filter(|row| row.get(i).is_some_and(|cell| !blank(cell))).count();
    Ok(header.iter().enumerate().map(|(i, name)| Field { name: name.trim().into(), filled: filled(i) }).collect())
}

/// The notes: of one chosen column, its cells; otherwise a line `Header: cell` for each cell. Cells beyond the header's are read too,
/// because a comma that was not quoted may have brought them there.
pub(super) fn read(source: &str, format: Format, options: &FormatOptions) -> Result<Vec<Note>> {
    let Table { delimiter, header, rows } = table(source, format, options)?;
    let chosen = match &options.columns {
        None => None,
        Some(columns) => Some(columns.iter().map(|name| position(&header, name)).collect::<Result<Vec<_>>>()?),
    };
    let label =
        |i: usize| header.get(i).map(|name| name.trim()).filter(|name| !name.is_empty() && chosen.as_ref().is_none_or(|c| c.len() > 1));
    let patient = options.patient_field.as_ref().map(|name| position(&header, name)).transpose()?;
    let note = |row: &Row| {
        let mut note = Note::default();
        if let Some(column) = patient {
            let cell = row.get(column).and_then(|cell| source.get(cell.clone())).unwrap_or_default();
            let patient = Cell { delimiter, alone: false }.decode(cell).view;
            note.patient =
                Some(super::note::patient(&patient).ok_or_else(|| format.invalid(format!("line {}", line(source, row)), NAMELESS))?);
        }
        let alone = row.len() == 1;
        for (i, cell) in row.iter().enumerate() {
            if i < header.len() && chosen.as_ref().is_some_and(|chosen| !chosen.contains(&i)) {
                continue;
            }
            if !note.segments.is_empty() {
                note.view.push('\n');
            }
            if let Some(label) = label(i) {
                note.view += &format!("{label}: ");
            }
            note.push(0, source, cell.clone(), Place::Csv(Cell { delimiter, alone }));
        }
        Ok(note)
    };
    rows.iter().map(note).collect()
}

const NAMELESS: &str = "the cell that tells whose note it is is empty";

/// The line in which a row begins, from 1.
fn line(source: &str, row: &Row) -> usize {
    lines(source.get(..row.first().map_or(0, |cell| cell.start)).unwrap_or_default()) + 1
}

/// How many line ends of any kind.
pub(super) fn lines(text: &str) -> usize {
    text.matches('\n').count() + text.split('\r').skip(1).filter(|rest| !rest.starts_with('\n')).count()
}

fn position(header: &[String], name: &str) -> Result<usize> {
    let there = header.iter().position(|column| column.trim() == name);
    there.ok_or_else(|| Error::OptionInvalid { option: "columns", reason: format!("no column is called {name:?}") })
}

/// Whether a cell of the first row is no column's name.
fn is_data(cell: &str) -> bool {
    cell.contains('@') || cell.len() > 100 || cell.chars().filter(char::is_ascii_digit).count() > 3
}

/// What stands between cells.
pub(super) fn delimiter(source: &str, format: Format, options: &FormatOptions) -> Result<char> {
    if format == Format::Tsv {
        return Ok('\t');
    }
    match options.delimiter {
        Some(given) if given.is_ascii() && !matches!(given, '"' | '\r' | '\n') => return Ok(given),
        Some(_) => {
            return Err(Error::OptionInvalid { option: "delimiter", reason: "it is one ASCII character, and no quote or line end".into() });
        }
        None => {}
    }
    let line = source.split(['\r', '\n']).find(|line| !line.is_empty()).unwrap_or_default();
    Ok(if line.matches(';').count() > line.matches(',').count() { ';' } else { ',' })
}

/// The rows that are not blank. Otherwise the line and what is wrong.
fn rows(source: &str, start: usize, delimiter: char) -> Result<Vec<Row>, (usize, &'static str)> {
    let bytes = source.as_bytes();
    let line = |at: usize| 1 + lines(source.get(..at).unwrap_or_default());
    let (mut rows, mut row) = (Vec::new(), Row::new());
    let mut at = start;
    while at < bytes.len() {
        let start = at;
        if bytes[at] == b'"' {
            at += 1;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    (Some(_), _) => at += 1,
                    (None, _) => return Err((line(start), "a quote that is not closed")),
                }
            }
            at += 1;
            if bytes.get(at).is_some_and(|&b| b != delimiter as u8 && b != b'\r' && b != b'\n') {
                return Err((line(at), "text after a closing quote"));
            }
        } else {
            while bytes.get(at).is_some_and(|&b| b != delimiter as u8 && b != b'\r' && b != b'\n') {
                at += 1;
            }
        }
        // A blank line is no row.
        if !(row.is_empty() && at == start && bytes.get(at).is_none_or(|&b| b != delimiter as u8)) {
            row.push(start..at);
        }
        match bytes.get(at) {
            Some(&b) if b == delimiter as u8 => {
                at += 1;
                // The file ends with an empty cell.
                if at == bytes.len() {
                    row.push(at..at);
                }
            }
            Some(_) => {
                at += 1;
                if !row.is_empty() {
                    rows.push(std::mem::take(&mut row));
                }
            }
            None => {}
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(rows)
}
