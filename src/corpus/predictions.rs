//! What `scrubjay tag` writes and `scrubjay eval` reads: `{"id","entities":[{"start","end","type","score","source"}]}` a line.
//!
//! The lines hold no text, so offsets can only be read together with the notes they were found in.

use super::Document;
use super::build::{Builder, shown_name};
use super::jsonl::{Place, records};
use super::options::ReadOptions;
use crate::error::Result;
use crate::labels::EntityType;
use crate::tags::{Entity, Source};
use crate::text::{OffsetMap, OffsetUnit};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Reads predictions for `documents`: one list for each, in their order. `score` defaults to 1 and `source` to `"model"`.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) names the line. Every note needs its line, with `entities`, if empty, and every
/// line its note: a forgotten note would otherwise count as one in which nothing was found.
pub fn parse(file: &str, source: &str, documents: &[Document], unit: OffsetUnit) -> Result<Vec<Vec<Entity>>> {
    parse_part(file, source, documents, &[], unit)
}

/// As [`parse`], where `documents` are a part of the corpus: lines of the notes `left_out` are skipped.
///
/// # Errors
/// As [`parse`].
pub fn parse_part(file: &str, source: &str, documents: &[Document], left_out: &[String], unit: OffsetUnit) -> Result<Vec<Vec<Entity>>> {
    let left_out: BTreeSet<&str> = left_out.iter().map(String::as_str).collect();
    let indices: BTreeMap<&str, usize> = documents.iter().enumerate().map(|(i, d)| (d.id.as_str(), i)).collect();
    let mut predictions: Vec<Option<Vec<Entity>>> = vec![None; documents.len()];
    let options = ReadOptions::default();
    for (number, record) in records(file, source) {
        let record = record?;
        let place = Place { file, at: format!("line {number}") };
        let id = place.id(&record)?;
        if left_out.contains(id.as_str()) {
            continue;
        }
        let slot = indices.get(id.as_str()).and_then(|&i| Some((documents.get(i)?, predictions.get_mut(i)?)));
        let (document, slot) = slot.ok_or_else(|| place.invalid("no note has this id"))?;
        if slot.is_some() {
            return Err(place.invalid("this id stands there twice"));
        }
        let builder = Builder::new(file, document.id.clone(), document.text.clone(), unit, &options);
        let mut entities = Vec::new();
        for (i, value) in place.entities(&record, true)?.iter().enumerate() {
            let place = Place { file, at: format!("line {number}, entity {}", i + 1) };
            let value = place.object(value)?;
            let span = builder.span(&place.at, place.offset(value, "start")?, place.offset(value, "end")?)?;
            entities.push(Entity {
                span,
                entity_type: entity_type(&place, value)?,
                score: score(&place, value)?,
                source: found_by(&place, value)?,
            });
        }
        *slot = Some(entities);
    }
    let missing = predictions.iter().filter(|p| p.is_none()).count();
    let all = predictions.into_iter().collect::<Option<Vec<_>>>();
    all.ok_or_else(|| Place { file, at: "end of file".into() }.invalid(format!("{missing} of {} notes have no line", documents.len())))
}

fn entity_type(place: &Place<'_>, value: &Map<String, Value>) -> Result<EntityType> {
    let name = place.string(value, "type")?;
    name.parse().map_err(|_| place.invalid(format!("unknown type: {}", shown_name(name))))
}

fn score(place: &Place<'_>, value: &Map<String, Value>) -> Result<f32> {
    match value.get("score") {
        None => Ok(1.0),
        Some(score) => {
            let score = score.as_f64().filter(|score| (0.0..=1.0).contains(score));
            score.map(|score| score as f32).ok_or_else(|| place.invalid("\"score\" is not a number in 0..=1"))
        }
    }
}

fn found_by(place: &Place<'_>, value: &Map<String, Value>) -> Result<Source> {
    match value.get("source") {
        None => Ok(Source::Model),
        Some(source) => {
            serde_json::from_value(source.clone()).map_err(|_| place.invalid("\"source\" is not one of model, rule, list and user"))
        }
    }
}

/// One line, with its line end: what was found in the note `text`, offsets in `unit`.
pub fn write_line(id: &str, text: &str, entities: &[Entity], unit: OffsetUnit) -> String {
    let map = OffsetMap::new(text, unit);
    let entities: Vec<Value> = entities
        .iter()
        .map(|entity| {
            let (start, end) = map.from_span(entity.span);
            json!({ "start": start, "end": end, "type": entity.entity_type, "score": entity.score, "source": entity.source })
        })
        .collect();
    format!("{}\n", json!({ "id": id, "entities": entities }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::plain;
    use crate::text::Span;

    fn notes() -> Vec<Document> {
        vec![plain::document("a", "😀 Zoe\u{301}\r\nBath"), plain::document("b", "")]
    }

    #[test]
    fn every_unit_round_trips() {
        let notes = notes();
        let entity = |start, end, score, source| Entity { span: Span::new(start, end), entity_type: EntityType::Patient, score, source };
        let expected = vec![vec![entity(5, 10, 0.75, Source::Model), entity(12, 16, 1.0, Source::Rule)], vec![]];
        for unit in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16] {
            let lines: Vec<_> = notes.iter().zip(&expected).rev().map(|(d, e)| write_line(&d.id, &d.text, e, unit)).collect();
            assert_eq!(parse("p", &lines.concat(), &notes, unit).unwrap(), expected);
        }
    }

    #[test]
    fn lines_of_notes_left_out_are_skipped() {
        let lines = "{\"id\":\"b\",\"entities\":[]}\n{\"id\":\"a\",\"entities\":[]}";
        assert_eq!(parse_part("p", lines, &notes()[..1], &["b".into()], OffsetUnit::Char).unwrap(), [vec![]]);
        assert!(parse("p", lines, &notes()[..1], OffsetUnit::Char).is_err());
    }

    #[test]
    fn notes_and_lines_belong_together() {
        for (source, reason) in [
            ("{\"id\":\"a\",\"entities\":[]}", "1 of 2 notes"),
            ("{\"id\":\"a\",\"entities\":[]}\n{\"id\":\"a\",\"entities\":[]}", "line 2: this id stands there twice"),
            ("{\"id\":\"c\",\"entities\":[]}", "no note has this id"),
            ("{\"id\":\"a\"}", "\"entities\" is missing"),
            ("{\"id\":\"a\",\"entities\":[{\"start\":0,\"end\":1,\"type\":\"CITY\",\"score\":1.5}]}", "\"score\""),
            ("{\"id\":\"a\",\"entities\":[{\"start\":0,\"end\":1,\"type\":\"CITY\",\"source\":\"x\"}]}", "\"source\""),
            ("{\"id\":\"a\",\"entities\":[{\"start\":0,\"end\":99,\"type\":\"CITY\"}]}", "beyond"),
        ] {
            let error = parse("p", source, &notes(), OffsetUnit::Char).unwrap_err();
            assert_eq!(error.code(), "CORPUS_INVALID");
            assert!(error.to_string().contains(reason), "{source}: {error}");
        }
    }
}
