//! How much PHI gets away in disguise: the gold annotations of notes are written in ways that people read and finders miss, one way at a
//! time, and what no prediction covers is counted.
//!
//! [`Evasion::disguise`] rewrites the annotated PHI of a note, deterministically; the words around it stay. [`Escapes`] counts the
//! annotations with a letter or digit left standing, and those letters and digits. `scrubjay eval --evasions` prints both, with disguises
//! seen through and not.

mod disguises;
mod report;
#[cfg(test)]
mod tests;

pub use report::{EvasionReport, EvasionRow};

use crate::corpus::{Annotation, Document};
use crate::tags::Entity;
use crate::text::Span;
use serde::Serialize;

/// A way to write PHI.
#[derive(Debug, Clone, Copy)]
pub struct Evasion {
    /// Its name, in lower case.
    pub name: &'static str,
    /// Whether [`View`](crate::text::View) undoes it. What it does not undo needs a guess.
    pub seen_through: bool,
    write: fn(&str) -> String,
}

impl Evasion {
    /// All of them; the first one writes the PHI as it is.
    pub fn all() -> &'static [Self] {
        disguises::ALL
    }

    /// `document` with its annotated PHI in disguise, annotated.
    pub fn disguise(&self, document: &Document) -> Document {
        let mut text = String::with_capacity(document.text.len() * 2);
        let mut annotations = Vec::with_capacity(document.annotations.len());
        let mut at = 0;
        for annotation in &document.annotations {
            text += document.text.get(at..annotation.span.start).unwrap_or_default();
            let start = text.len();
            text += &(self.write)(annotation.span.slice(&document.text).unwrap_or_default());
            annotations.push(Annotation { span: Span::new(start, text.len()), entity_type: annotation.entity_type });
            at = annotation.span.end;
        }
        text += document.text.get(at..).unwrap_or_default();
        Document { id: document.id.clone(), text, annotations }
    }
}

/// What was left standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Escapes {
    /// Annotations.
    pub entities: usize,
    /// Those of which a character is left standing.
    pub escaped: usize,
    /// Characters of annotations that are no ASCII punctuation and no white space.
    pub characters: usize,
    /// Those left standing.
    pub standing: usize,
}

impl Escapes {
    /// Adds a note and what was found in it; `found` is sorted and disjoint.
    pub fn add(&mut self, document: &Document, found: &[Entity]) {
        for annotation in &document.annotations {
            let mut standing = 0;
            let slice = annotation.span.slice(&document.text).unwrap_or_default();
            for (i, c) in slice.char_indices().filter(|(_, c)| !c.is_whitespace() && !c.is_ascii_punctuation()) {
                let at = annotation.span.start + i;
                let next = found.partition_point(|e| e.span.end <= at);
                let covered = found.get(next).is_some_and(|e| e.span.contains(Span::new(at, at + c.len_utf8())));
                self.characters += 1;
                standing += usize::from(!covered);
            }
            self.entities += 1;
            self.escaped += usize::from(standing > 0);
            self.standing += standing;
        }
    }
}
