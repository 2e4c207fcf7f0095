//! The checks that every reader puts its annotations through.

use super::{Annotation, Document, OnOverlap, OnUnknownType, ReadOptions, Warning, WarningKind};
use crate::error::{Error, Result};
use crate::labels::EntityType;
use crate::text::{OffsetMap, OffsetUnit, Span};
use std::collections::BTreeMap;

/// A [`Error::CorpusInvalid`].
pub(super) fn invalid(file: &str, at: impl Into<String>, reason: impl Into<String>) -> Error {
    Error::CorpusInvalid { file: file.into(), at: at.into(), reason: reason.into() }
}

/// A type's name as an error may show it. What does not look like a name may be a slip of the note's text into a wrong field.
pub(super) fn shown_name(name: &str) -> String {
    let plain = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    if plain { format!("{name:?}") } else { format!("a name of {} characters", name.chars().count()) }
}

/// Collects the annotations of one note.
pub(super) struct Builder<'a> {
    file: &'a str,
    options: &'a ReadOptions,
    id: String,
    text: String,
    map: OffsetMap,
    units: usize,
    found: Vec<(Annotation, String)>,
    unknown: usize,
}

impl<'a> Builder<'a> {
    /// For a note whose offsets count `unit`.
    pub(super) fn new(file: &'a str, id: String, text: String, unit: OffsetUnit, options: &'a ReadOptions) -> Self {
        let map = OffsetMap::new(&text, unit);
        let units = map.from_byte(text.len());
        Self { file, options, id, text, map, units, found: Vec::new(), unknown: 0 }
    }

    /// The span in bytes of `start..end` in the note's unit: not empty, in range, on character boundaries.
    pub(super) fn span(&self, at: &str, start: usize, end: usize) -> Result<Span> {
        let invalid = |reason: String| invalid(self.file, at, reason);
        if start >= end {
            return Err(invalid(format!("offsets {start}..{end} cover nothing")));
        }
        if end > self.units {
            return Err(invalid(format!("offsets {start}..{end} reach beyond the text, which ends at {}", self.units)));
        }
        let span = Span::new(self.map.to_byte(start), self.map.to_byte(end));
        // A unit inside a character converts to that character's end: seen by converting back, or by the slice for bytes.
        if self.map.from_span(span) != (start, end) || span.slice(&self.text).is_none() {
            return Err(invalid(format!("offsets {start}..{end} cut a character")));
        }
        Ok(span)
    }

    /// The text that `span` covers.
    pub(super) fn slice(&self, span: Span) -> &str {
        span.slice(&self.text).unwrap_or_default()
    }

    /// Adds an annotation. `found` is its text as the file gives it, when it does, and `standing` the text it must equal.
    pub(super) fn push(&mut self, at: &str, spans: &[Span], type_name: &str, texts: Option<(&str, &str)>) -> Result<()> {
        if let Some((found, standing)) = texts
            && found != standing
        {
            let (start, _) = spans.first().map_or((0, 0), |&s| self.map.from_span(s));
            let (_, end) = spans.last().map_or((0, 0), |&s| self.map.from_span(s));
            return Err(invalid(self.file, at, mismatch(start, end, found, standing)));
        }
        match self.entity_type(at, type_name)? {
            None => self.unknown += 1,
            Some(entity_type) => {
                self.found.extend(spans.iter().map(|&span| (Annotation { span, entity_type }, at.to_string())));
            }
        }
        Ok(())
    }

    /// The type called `name`. `None` when it is unknown and the options say to skip such ones.
    fn entity_type(&self, at: &str, name: &str) -> Result<Option<EntityType>> {
        if let Some(&entity_type) = self.options.type_aliases.get(name) {
            return Ok(Some(entity_type));
        }
        match name.parse() {
            Ok(entity_type) => Ok(Some(entity_type)),
            Err(_) if self.options.unknown_types == OnUnknownType::Skip => Ok(None),
            Err(_) => Err(invalid(self.file, at, format!("unknown type: {}", shown_name(name)))),
        }
    }

    /// The finished note and what was left out of it.
    pub(super) fn finish(mut self) -> Result<(Document, Vec<Warning>)> {
        self.found.sort_by_key(|(annotation, _)| *annotation);
        let mut overlaps = 0;
        if let Some(pair) = self.found.windows(2).find(|pair| pair[0].0.span.overlaps(pair[1].0.span)) {
            if self.options.overlaps == OnOverlap::Refuse {
                let (start, end) = self.map.from_span(pair[1].0.span);
                return Err(invalid(self.file, &pair[1].1, format!("offsets {start}..{end} overlap the annotation at {}", pair[0].1)));
            }
            let before = self.found.len();
            self.found = keep_longer(self.found);
            overlaps = before - self.found.len();
        }
        let warnings = [(WarningKind::Overlaps, overlaps), (WarningKind::UnknownTypes, self.unknown)]
            .into_iter()
            .filter(|&(_, count)| count > 0)
            .map(|(kind, count)| Warning { file: self.file.into(), id: Some(self.id.clone()), kind, count })
            .collect();
        let annotations = self.found.into_iter().map(|(annotation, _)| annotation).collect();
        Ok((Document { id: self.id, text: self.text, annotations }, warnings))
    }
}

fn mismatch(start: usize, end: usize, found: &str, standing: &str) -> String {
    let same = found.chars().zip(standing.chars()).take_while(|(a, b)| a == b).count();
    format!(
        "the text at {start}..{end} is not the annotation's: {} characters in the note, {} in the annotation, the first {same} agree",
        standing.chars().count(),
        found.chars().count(),
    )
}

/// Greedily by length, the first of equals: what stays never overlaps, and every left-out one overlaps one that is no shorter.
fn keep_longer(mut found: Vec<(Annotation, String)>) -> Vec<(Annotation, String)> {
    found.sort_by_key(|(a, _)| (std::cmp::Reverse(a.span.len()), *a));
    let mut kept: BTreeMap<usize, (Annotation, String)> = BTreeMap::new();
    for entry in found {
        // Kept ones are disjoint, so only the last that starts before this one's end can reach into it.
        let before = kept.range(..entry.0.span.end).next_back();
        if before.is_none_or(|(_, (other, _))| !other.span.overlaps(entry.0.span)) {
            kept.insert(entry.0.span.start, entry);
        }
    }
    kept.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Zoe\u{301} 😀 lives in Bath\r\n";

    fn build(unit: OffsetUnit, options: &ReadOptions, list: &[(usize, usize, &str)]) -> Result<(Document, Vec<Warning>)> {
        let mut builder = Builder::new("f", "d".into(), TEXT.into(), unit, options);
        for (i, &(start, end, name)) in list.iter().enumerate() {
            let span = builder.span(&format!("line {i}"), start, end)?;
            builder.push(&format!("line {i}"), &[span], name, None)?;
        }
        builder.finish()
    }

    #[test]
    fn every_unit_reaches_the_same_slice() {
        for (unit, start, end) in [(OffsetUnit::Char, 16, 20), (OffsetUnit::Utf16, 17, 21), (OffsetUnit::Byte, 20, 24)] {
            let (document, _) = build(unit, &ReadOptions::default(), &[(start, end, "CITY")]).unwrap();
            assert_eq!(document.annotations[0].span.slice(TEXT), Some("Bath"), "{unit:?}");
        }
    }

    #[test]
    fn bad_offsets_are_refused() {
        for (unit, start, end, reason) in [
            (OffsetUnit::Char, 0, 99, "beyond"),
            (OffsetUnit::Char, usize::MAX - 1, usize::MAX, "beyond"),
            (OffsetUnit::Char, 4, 4, "nothing"),
            (OffsetUnit::Char, 4, 3, "nothing"),
            (OffsetUnit::Utf16, 5, 6, "cut"),
            (OffsetUnit::Utf16, 6, 8, "cut"),
            (OffsetUnit::Byte, 0, 4, "cut"),
            (OffsetUnit::Byte, 4, 5, "cut"),
        ] {
            let error = build(unit, &ReadOptions::default(), &[(start, end, "CITY")]).unwrap_err();
            assert_eq!(error.code(), "CORPUS_INVALID");
            assert!(error.to_string().contains(reason), "{unit:?} {start}..{end}: {error}");
        }
    }

    #[test]
    fn overlaps_are_refused_or_the_longer_stays() {
        let list = [(0, 4, "PATIENT"), (3, 7, "DOCTOR"), (5, 16, "CITY"), (16, 20, "CITY"), (16, 20, "CITY")];
        let error = build(OffsetUnit::Char, &ReadOptions::default(), &list).unwrap_err().to_string();
        assert!(error.contains("line 1") && error.contains("line 0"), "{error}");
        let options = ReadOptions { overlaps: OnOverlap::KeepLonger, ..Default::default() };
        let (document, warnings) = build(OffsetUnit::Char, &options, &list).unwrap();
        let kept: Vec<_> = document.annotations.iter().map(|a| a.span.slice(TEXT).unwrap()).collect();
        assert_eq!(kept, ["Zoe\u{301}", "😀 lives in ", "Bath"]);
        assert_eq!((warnings.len(), warnings[0].kind, warnings[0].count), (1, WarningKind::Overlaps, 2));
    }

    #[test]
    fn unknown_types_are_refused_mapped_or_skipped() {
        let list = [(0, 4, "NOMBRE"), (16, 20, "CITY")];
        let error = build(OffsetUnit::Char, &ReadOptions::default(), &list).unwrap_err().to_string();
        assert!(error.contains("\"NOMBRE\""), "{error}");
        let skip = ReadOptions { unknown_types: OnUnknownType::Skip, ..Default::default() };
        let (document, warnings) = build(OffsetUnit::Char, &skip, &list).unwrap();
        assert_eq!((document.annotations.len(), warnings[0].kind, warnings[0].count), (1, WarningKind::UnknownTypes, 1));
        let map = ReadOptions { type_aliases: BTreeMap::from([("NOMBRE".into(), EntityType::Patient)]), ..Default::default() };
        let (document, warnings) = build(OffsetUnit::Char, &map, &list).unwrap();
        assert_eq!((document.annotations[0].entity_type, warnings.len()), (EntityType::Patient, 0));
    }

    #[test]
    fn errors_do_not_hold_text() {
        let options = ReadOptions::default();
        let mut builder = Builder::new("f", "d".into(), TEXT.into(), OffsetUnit::Char, &options);
        let span = builder.span("x", 16, 20).unwrap();
        let error = builder.push("x", &[span], "CITY", Some(("Bach", "Bath"))).unwrap_err().to_string();
        assert!(!error.contains("Bat") && !error.contains("Bac") && error.contains("16..20"), "{error}");
        let error = builder.push("x", &[span], "Bath, where she lives", None).unwrap_err().to_string();
        assert!(!error.contains("Bath"), "{error}");
    }
}
