//! JSON lines: one note a line, `{"id","text","entities":[{"start","end","type"}]}`.
//!
//! Offsets count [`ReadOptions::offsets`], characters by default. A line without `entities` is a note without annotations; an entity
//! may carry its `text`, which is then compared. An integer `id` is read as its digits. Fields beyond these are ignored, blank lines
//! too.

use super::build::{Builder, invalid};
use super::{Corpus, Document, ReadOptions};
use crate::error::{Error, Result};
use crate::text::{OffsetMap, OffsetUnit};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Reads the lines of `source`. `file` is its name in errors.
///
/// # Errors
/// [`Error::CorpusInvalid`] names the line.
pub fn parse(file: &str, source: &str, options: &ReadOptions) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let mut ids = BTreeMap::new();
    for (number, record) in records(file, source) {
        let record = record?;
        let place = Place { file, at: format!("line {number}") };
        let id = place.id(&record)?;
        if let Some(first) = ids.insert(id.clone(), number) {
            return Err(place.invalid(format!("the id of line {first} again")));
        }
        let text = place.string(&record, "text")?.to_string();
        let mut builder = Builder::new(file, id, text, options.offsets, options);
        for (i, entity) in place.entities(&record, false)?.iter().enumerate() {
            let place = Place { file, at: format!("line {number}, entity {}", i + 1) };
            let entity = place.object(entity)?;
            let span = builder.span(&place.at, place.offset(entity, "start")?, place.offset(entity, "end")?)?;
            let name = place.string(entity, "type")?;
            let standing = builder.slice(span).to_string();
            let texts = entity.get("text").and_then(Value::as_str).map(|found| (found, standing.as_str()));
            builder.push(&place.at, &[span], name, texts)?;
        }
        let (document, warnings) = builder.finish()?;
        corpus.documents.push(document);
        corpus.warnings.extend(warnings);
    }
    corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(corpus)
}

/// The notes as JSON lines, offsets in `unit`.
pub fn write(documents: &[Document], unit: OffsetUnit) -> String {
    let mut out = String::new();
    for document in documents {
        let map = OffsetMap::new(&document.text, unit);
        let entities: Vec<Value> = document
            .annotations
            .iter()
            .map(|annotation| {
                let (start, end) = map.from_span(annotation.span);
                json!({ "start": start, "end": end, "type": annotation.entity_type.name() })
            })
            .collect();
        out += &json!({ "id": document.id, "text": document.text, "entities": entities }).to_string();
        out.push('\n');
    }
    out
}

/// The objects of the lines that are not blank, with their numbers from 1.
pub(super) fn records<'a>(file: &'a str, source: &'a str) -> impl Iterator<Item = (usize, Result<Map<String, Value>>)> + 'a {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let lines = source.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(move |(i, line)| {
        let place = Place { file, at: format!("line {}", i + 1) };
        let record = match serde_json::from_str(line) {
            Ok(Value::Object(record)) => Ok(record),
            Ok(_) => Err(place.invalid("not a JSON object")),
            // The parser's own words may quote the line.
            Err(error) => Err(place.invalid(format!("not JSON from column {}", error.column()))),
        };
        (i + 1, record)
    })
}

/// A line or an entity of it, for errors.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) at: String,
}

impl Place<'_> {
    pub(super) fn invalid(&self, reason: impl Into<String>) -> Error {
        invalid(self.file, &self.at, reason)
    }

    pub(super) fn object<'v>(&self, value: &'v Value) -> Result<&'v Map<String, Value>> {
        value.as_object().ok_or_else(|| self.invalid("not an object"))
    }

    pub(super) fn id(&self, record: &Map<String, Value>) -> Result<String> {
        match record.get("id") {
            Some(Value::String(id)) => Ok(id.clone()),
            Some(Value::Number(id)) if id.is_u64() => Ok(id.to_string()),
            Some(_) => Err(self.invalid("\"id\" is neither a string nor a whole number")),
            None => Err(self.invalid("\"id\" is missing")),
        }
    }

    pub(super) fn string<'v>(&self, record: &'v Map<String, Value>, field: &str) -> Result<&'v str> {
        let value = record.get(field).ok_or_else(|| self.invalid(format!("{field:?} is missing")))?;
        value.as_str().ok_or_else(|| self.invalid(format!("{field:?} is not a string")))
    }

    pub(super) fn offset(&self, record: &Map<String, Value>, field: &str) -> Result<usize> {
        let value = record.get(field).ok_or_else(|| self.invalid(format!("{field:?} is missing")))?;
        let offset = value.as_u64().and_then(|offset| usize::try_from(offset).ok());
        offset.ok_or_else(|| self.invalid(format!("{field:?} is not an offset")))
    }

    pub(super) fn entities<'v>(&self, record: &'v Map<String, Value>, required: bool) -> Result<&'v [Value]> {
        match record.get("entities") {
            Some(Value::Array(entities)) => Ok(entities),
            Some(_) => Err(self.invalid("\"entities\" is not a list")),
            None if required => Err(self.invalid("\"entities\" is missing")),
            None => Ok(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: &str = include_str!("../../tests/fixtures/corpus/notes.jsonl");

    #[test]
    fn fixture_slices_are_the_phi() {
        let corpus = parse("notes.jsonl", NOTES, &ReadOptions::default()).unwrap();
        let found: Vec<_> = corpus
            .documents
            .iter()
            .flat_map(|d| d.annotations.iter().map(|a| (d.id.as_str(), a.span.slice(&d.text).unwrap(), a.entity_type.name())))
            .collect();
        let expected = [
            ("a", "Zoe\u{301} Müller", "PATIENT"),
            ("a", "12.\u{a0}März\r\n2024", "DATE"),
            ("b", "👩\u{200d}⚕️ Dr. Ng", "DOCTOR"),
            ("b", "שרה לוי", "PATIENT"),
            ("b", "תל אביב", "CITY"),
        ];
        assert_eq!(found, expected);
        assert!(corpus.documents.iter().any(|d| d.id == "7" && d.annotations.is_empty()));
    }

    #[test]
    fn every_unit_round_trips() {
        let corpus = parse("notes.jsonl", NOTES, &ReadOptions::default()).unwrap();
        for offsets in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16] {
            let text = write(&corpus.documents, offsets);
            assert_eq!(parse("x", &text, &ReadOptions { offsets, ..Default::default() }).unwrap(), corpus);
        }
    }

    #[test]
    fn bad_lines_are_named_and_not_quoted() {
        let good = r#"{"id":"a","text":"Jane Roe","entities":[{"start":0,"end":8,"type":"PATIENT"}]}"#;
        for (line, reason) in [
            (r#"{"id":"b","text":"Jane Roe"#, "not JSON"),
            (r#"["Jane Roe"]"#, "not a JSON object"),
            (r#"{"text":"Jane Roe"}"#, "\"id\" is missing"),
            (r#"{"id":"b","note":"Jane Roe"}"#, "\"text\" is missing"),
            (r#"{"id":"b","text":["Jane Roe"]}"#, "\"text\" is not a string"),
            (r#"{"id":"a","text":"Jane Roe"}"#, "the id of line 1 again"),
            (r#"{"id":"b","text":"Jane Roe","entities":{}}"#, "not a list"),
            (r#"{"id":"b","text":"Jane Roe","entities":["Jane Roe"]}"#, "entity 1: not an object"),
            (r#"{"id":"b","text":"Jane Roe","entities":[{"start":-1,"end":8,"type":"PATIENT"}]}"#, "\"start\" is not an offset"),
            (r#"{"id":"b","text":"Jane Roe","entities":[{"start":"Jane Roe","end":8,"type":"PATIENT"}]}"#, "not an offset"),
            (r#"{"id":"b","text":"Jane Roe","entities":[{"start":0,"end":9,"type":"PATIENT"}]}"#, "beyond"),
            (r#"{"id":"b","text":"Jane Roe","entities":[{"start":0,"end":8,"type":"Jane Roe"}]}"#, "unknown type"),
            (r#"{"id":"b","text":"Jane Roe","entities":[{"start":0,"end":4,"type":"PATIENT","text":"Jane Roe"}]}"#, "0..4"),
            (r#"{"id":"b","text":"Jane \ud800"}"#, "not JSON"),
        ] {
            let error = parse("f.jsonl", &format!("{good}\n{line}\n"), &ReadOptions::default()).unwrap_err();
            assert_eq!(error.code(), "CORPUS_INVALID", "{line}");
            let error = error.to_string();
            assert!(error.starts_with("f.jsonl, line 2") && error.contains(reason), "{line}: {error}");
            assert!(!error.contains("Jane"), "{error}");
        }
    }
}
