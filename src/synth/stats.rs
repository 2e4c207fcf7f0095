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
    /// Entities by type.
    pub entities: BTreeMap<EntityType, usize>,
}

impl SynthStats {
    /// Counts a document.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        self.words += document.text.split_whitespace().count();
        for annotation in &document.annotations {
            *self.entities.entry(annotation.entity_type).or_default() += 1;
        }
    }
}

impl fmt::Display for SynthStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: usize = self.entities.values().sum();
        writeln!(f, "{} documents, {} words, {total} entities", self.documents, self.words)?;
        for (entity_type, count) in &self.entities {
            writeln!(f, "{:<15} {count:>8} {:>7.2} a document", entity_type.name(), *count as f64 / self.documents.max(1) as f64)?;
        }
        Ok(())
    }
}
