use super::DocumentKind;
use crate::corpus::Document;
use crate::labels::EntityType;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Counts over a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SynthStats {
    /// Documents.
    pub documents: usize,
    /// Words, cut at white space.
    pub words: usize,
    /// Documents by kind, which their ids end with.
    pub kinds: BTreeMap<DocumentKind, usize>,
    /// Documents without an entity.
    pub without_entities: usize,
    /// Entities by type.
    pub entities: BTreeMap<EntityType, usize>,
}

impl SynthStats {
    /// Counts a document.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        self.words += document.text.split_whitespace().count();
        if let Some(kind) = DocumentKind::of_id(&document.id) {
            *self.kinds.entry(kind).or_default() += 1;
        }
        self.without_entities += usize::from(document.annotations.is_empty());
        for annotation in &document.annotations {
            *self.entities.entry(annotation.entity_type).or_default() += 1;
        }
    }
}

impl fmt::Display for SynthStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: usize = self.entities.values().sum();
        writeln!(f, "{} documents, {} words, {total} entities", self.documents, self.words)?;
        for (kind, count) in &self.kinds {
            writeln!(f, "{:<15} {count:>8} {:>6.1} % of documents", kind.name(), *count as f64 * 100.0 / self.documents.max(1) as f64)?;
        }
        writeln!(f, "{:<15} {:>8}", "without PHI", self.without_entities)?;
        for (entity_type, count) in &self.entities {
            writeln!(f, "{:<15} {count:>8} {:>7.2} a document", entity_type.name(), *count as f64 / self.documents.max(1) as f64)?;
        }
        Ok(())
    }
}
