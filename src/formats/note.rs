//! A note of a file, its segments, and replacements in it.

use super::Part;
use super::place::{Edit, Place};
use super::splice::{Cut, Splice};
use crate::error::{Error, Result};
use crate::redact::RedactedEntity;
use crate::text::Span;
use std::fmt;
use std::ops::Range;

/// What the encoder and the rules read as one text.
#[derive(Clone, Default)]
pub struct Note {
    /// The decoded text, with context.
    pub view: String,
    /// The changeable pieces, in the order of the view, disjoint.
    pub segments: Vec<Segment>,
    /// Whose note it is, if the caller named the field that tells ([`FormatOptions::patient_field`](super::FormatOptions::patient_field)).
    pub patient: Option<String>,
}

/// A changeable piece of the file.
#[derive(Clone)]
pub struct Segment {
    /// Where it stands, in bytes of [`Note::view`].
    pub span: Span,
    /// The part of the file that it lies in.
    pub(super) part: usize,
    /// Where it lies there, in bytes.
    pub(super) source: Range<usize>,
    pub(super) place: Place,
}

/// A text in place of a span of a note's view.
#[derive(Clone, PartialEq, Eq)]
pub struct Replacement {
    /// What is replaced, in bytes of [`Note::view`].
    pub span: Span,
    /// What stands there afterwards, unescaped.
    pub text: String,
}

/// Who is meant by what stands in the patient's field: `None` for blanks, by which many would be one.
pub(super) fn patient(field: &str) -> Option<String> {
    Some(field.trim()).filter(|name| !name.is_empty()).map(str::to_string)
}

impl From<&RedactedEntity> for Replacement {
    fn from(redacted: &RedactedEntity) -> Self {
        Self { span: redacted.entity.span, text: redacted.replacement.clone() }
    }
}

impl fmt::Debug for Note {
    /// Leaves the text out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Note").field("len", &self.view.len()).field("segments", &self.segments.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment").field("span", &self.span).finish_non_exhaustive()
    }
}

impl fmt::Debug for Replacement {
    /// Leaves the text out: a policy may keep what it covers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replacement").field("span", &self.span).finish_non_exhaustive()
    }
}

impl Note {
    /// Whether `span` of the view touches a changeable piece.
    pub fn holds(&self, span: Span) -> bool {
        let next = self.segments.partition_point(|s| s.span.end <= span.start);
        self.segments.get(next).is_some_and(|s| s.span.overlaps(span))
    }

    /// Appends a segment: what stands at `source` of `text`, part `part` of the file.
    pub(super) fn push(&mut self, part: usize, text: &str, source: Range<usize>, place: Place) {
        let start = self.view.len();
        self.view += &place.decode(text.get(source.clone()).unwrap_or_default()).view;
        self.segments.push(Segment { span: Span::new(start, self.view.len()), part, source, place });
    }

    /// Appends the splices that put `replaced` into the parts, and the starts of JSON values to remove.
    pub(super) fn edit(
        &self,
        note: usize,
        replaced: &[Replacement],
        parts: &[Part],
        splices: &mut [Vec<Splice>],
        removed: &mut Vec<usize>,
    ) -> Result<()> {
        // Cuts by segment; neighbours in the list if they fall into the same one.
        let mut cuts: Vec<(usize, Vec<Cut>)> = Vec::new();
        let mut end = 0;
        for (i, Replacement { span, text }) in replaced.iter().enumerate() {
            let covered = (span.start >= end && span.start < span.end).then(|| span.slice(&self.view)).flatten();
            let Some(covered) = covered else {
                let reason = format!("note {note}, replacement {i} at {}..{} is empty, out of order or does not fit", span.start, span.end);
                return Err(Error::OptionInvalid { option: "replaced", reason });
            };
            end = span.end;
            if covered == text {
                continue;
            }
            let mut text = text.as_str();
            let first = self.segments.partition_point(|segment| segment.span.end <= span.start);
            for (j, segment) in self.segments.iter().enumerate().skip(first).take_while(|(_, segment)| segment.span.start < span.end) {
                if !segment.span.overlaps(*span) {
                    continue;
                }
                let start = span.start.max(segment.span.start) - segment.span.start;
                let end = span.end.min(segment.span.end) - segment.span.start;
                let cut = Cut { start, end, text: std::mem::take(&mut text).to_string() };
                match cuts.last_mut() {
                    Some((last, cuts)) if *last == j => cuts.push(cut),
                    _ => cuts.push((j, vec![cut])),
                }
            }
        }
        for (j, cuts) in cuts {
            let Segment { part, source, place, .. } = &self.segments[j];
            let raw = parts.get(*part).and_then(|part| part.source.get(source.clone())).unwrap_or_default();
            match place.edit(raw, &cuts) {
                Edit::Splice(edits) => {
                    let edits = edits.into_iter().map(|edit| edit.shifted(source.start));
                    splices[*part].extend(edits);
                }
                Edit::Remove => removed.push(source.start),
            }
        }
        Ok(())
    }
}
