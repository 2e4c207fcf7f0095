//! What was measured, as tables in plain text and in Markdown, and as JSON.

use serde::Serialize;
use std::fmt::Write;

/// Something measured, for people and for machines.
pub trait Report: Serialize {
    /// All of it for people.
    fn render(&self, style: Style) -> String;

    /// Tables in plain text, columns aligned by spaces.
    fn to_text(&self) -> String {
        self.render(Style::Text)
    }

    /// The same tables in Markdown.
    fn to_markdown(&self) -> String {
        self.render(Style::Markdown)
    }

    /// Indented JSON: all of it as it is. Ratios that are not defined are `null`.
    fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("keys are strings and numbers are finite")
    }
}

/// How a report looks to people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl Style {
    /// A title and the line after it.
    pub(crate) fn title(self, title: &str) -> String {
        match self {
            Self::Text => format!("{title}\n"),
            Self::Markdown => format!("## {title}\n\n"),
        }
    }
}

/// Columns that hold words; the first does always.
const WORDS: [&str; 8] = ["Gold label", "Predicted", "Kind", "Examples", "Named", "Measure", "Family", "Start"];

/// Rows of cells. Words are set to the left, numbers to the right.
pub(crate) struct Table {
    header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&str]) -> Self {
        Self::with_header(header.iter().map(|name| name.to_string()).collect())
    }

    pub(crate) fn with_header(header: Vec<String>) -> Self {
        Self { header, rows: Vec::new() }
    }

    fn is_text(&self, column: usize) -> bool {
        column == 0 || self.header.get(column).is_some_and(|name| WORDS.contains(&name.as_str()))
    }

    pub(crate) fn render(&self, style: Style) -> String {
        match style {
            Style::Text => self.text(),
            Style::Markdown => self.markdown(),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        let width = |column: usize, name: &str| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([name.chars().count()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = self.header.iter().enumerate().map(|(column, name)| width(column, name)).collect();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let cells =
                row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
                    if self.is_text(column) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                });
            let line = cells.collect::<Vec<_>>().join("  ");
            out += line.trim_end();
            out.push('\n');
        }
        out
    }

    fn markdown(&self) -> String {
        let rule = (0..self.header.len()).map(|column| if self.is_text(column) { "---" } else { "--:" });
        let mut out = format!("| {} |\n| {} |\n", self.header.join(" | "), rule.collect::<Vec<_>>().join(" | "));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        out
    }
}

/// A ratio; `–` where it is not defined.
pub(crate) fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or("–".into(), |value| format!("{value:.digits$}"))
}
