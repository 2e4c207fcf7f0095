use crate::labels::EntityType;
use crate::text::Span;

/// A gold annotation: a span and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Annotation {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What.
    pub entity_type: EntityType,
}

/// An annotated note. Annotations are sorted by start and do not overlap.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Name of the note within its corpus.
    pub id: String,
    /// The note.
    pub text: String,
    /// Its PHI.
    pub annotations: Vec<Annotation>,
}

impl std::fmt::Debug for Document {
    /// Leaves the text out: it may be a patient's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("id", &self.id)
            .field("len", &self.text.len())
            .field("annotations", &self.annotations.len())
            .finish()
    }
}
