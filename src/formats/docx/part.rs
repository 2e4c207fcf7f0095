//! The text of one part of a Word document.

use super::super::note::Note;
use super::super::place::Place;
use super::super::xml::{Piece, attributes};
use std::ops::Range;

/// Elements whose text is shown.
const TEXT: &[&str] = &["t", "delText"];

/// Elements whose text says what is shown in their place.
const CODES: &[&str] = &["instrText", "delInstrText"];

/// Whether an attribute of an element in `parent` is text: descriptions of pictures, art of letters, tips of links, document
/// variables, items of lists, and what form fields begin with.
fn is_shown(parent: &str, attribute: &str) -> bool {
    match parent {
        "docVars" | "textInput" | "ddList" => attribute == "val",
        "dropDownList" | "comboBox" => matches!(attribute, "displayText" | "value"),
        _ => matches!(attribute, "descr" | "title" | "alt" | "string" | "tooltip"),
    }
}

/// Appends running text: a line a paragraph, cells of a row between tabs. Codes and attributes follow their paragraph.
pub(super) fn text(source: &str, pieces: &[Piece], part: usize, chart: bool, note: &mut Note) {
    let mut stack: Vec<&str> = Vec::new();
    // What stands between the text so far and the next.
    let mut between = String::from(if note.view.is_empty() { "" } else { "\n\n" });
    let mut asides: Vec<(Range<usize>, Place)> = Vec::new();
    let mut tag = 0..0;
    for (i, piece) in pieces.iter().enumerate() {
        let parent = stack.last().copied().unwrap_or_default();
        match piece {
            Piece::Open { name, tag: open } => {
                match name.as_str() {
                    "tab" | "ptab" if parent == "r" => between.push('\t'),
                    "br" | "cr" if parent == "r" => between.push('\n'),
                    "noBreakHyphen" => between.push('-'),
                    // Deleted words would run into those in their place.
                    "del" if between.is_empty() && !note.view.ends_with(' ') => between.push(' '),
                    _ => {}
                }
                let values =
                    attributes(source, open).filter(|attribute| is_shown(parent, attribute.local()) && !attribute.value.is_empty());
                asides.extend(values.map(|attribute| (attribute.value, Place::XmlAttribute)));
                stack.push(name);
                tag = open.clone();
            }
            Piece::Close { name } => {
                stack.pop();
                match name.as_str() {
                    "p" | "docVars" => {
                        for (range, place) in asides.drain(..) {
                            note.view += if note.view.is_empty() { "" } else { "\n" };
                            note.push(part, source, range, place);
                        }
                        between = if between.starts_with('\n') { "\n\n" } else { "\n" }.into();
                    }
                    "tc" => between = "\t".into(),
                    "tr" | "pt" => between = "\n".into(),
                    "del" if between.is_empty() => between.push(' '),
                    _ => {}
                }
            }
            Piece::Text(range) | Piece::Data(range) => {
                let data = matches!(piece, Piece::Data(_));
                let alone = tag.end == range.start && matches!(pieces.get(i + 1), Some(Piece::Close { .. }));
                let opening = source.get(tag.clone()).unwrap_or_default();
                let trimmed = alone && opening.starts_with("<w:") && !opening.contains("xml:space");
                let (range, place) = match (data, trimmed) {
                    (true, _) => (range.clone(), Place::XmlData),
                    (false, true) => (range.start.saturating_sub(1)..range.end, Place::TrimmedRun),
                    (false, false) => (range.clone(), Place::Xml),
                };
                if TEXT.contains(&parent) || (chart && parent == "v") {
                    note.view += &std::mem::take(&mut between);
                    note.push(part, source, range, place);
                } else if CODES.contains(&parent) {
                    asides.push((range, place));
                }
            }
        }
    }
    for (range, place) in asides {
        note.view += "\n";
        note.push(part, source, range, place);
    }
}

/// Appends text nodes of any name, a line each: `name: text`.
pub(super) fn data(source: &str, pieces: &[Piece], part: usize, note: &mut Note) {
    let mut element = "";
    for piece in pieces {
        let (range, place) = match piece {
            Piece::Open { name, .. } => {
                element = name;
                continue;
            }
            Piece::Close { .. } => continue,
            Piece::Text(range) => (range, Place::Xml),
            Piece::Data(range) => (range, Place::XmlData),
        };
        if source.get(range.clone()).is_some_and(|text| !text.trim().is_empty()) {
            note.view += &format!("\n{element}: ");
            note.push(part, source, range.clone(), place);
        }
    }
}

/// Appends the addresses and numbers of links that write or call.
pub(super) fn links(source: &str, pieces: &[Piece], part: usize, note: &mut Note) {
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Open { tag, .. } => Some(tag),
        _ => None,
    });
    for attribute in tags.flat_map(|tag| attributes(source, tag)).filter(|attribute| attribute.name == "Target") {
        let target = source.get(attribute.value.clone()).unwrap_or_default();
        let scheme = ["mailto:", "tel:", "sms:", "callto:"]
            .iter()
            .find(|scheme| target.get(..scheme.len()).is_some_and(|t| t.eq_ignore_ascii_case(scheme)));
        if let Some(scheme) = scheme {
            note.view.push('\n');
            note.push(part, source, attribute.value.start + scheme.len()..attribute.value.end, Place::Uri);
        }
    }
}
