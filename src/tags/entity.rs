use crate::labels::EntityType;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Who found an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The encoder.
    Model,
    /// A recogniser of a form.
    Rule,
    /// The caller's allow or deny list, or pattern.
    List,
    /// A person, in review.
    User,
}

/// PHI found in a text: where, what and how sure. It does not hold the text itself, so it may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Where, in bytes of the original text.
    pub span: Span,
    /// What.
    pub entity_type: EntityType,
    /// Probability in 0..=1. Rules and lists give 1 where the form alone decides.
    pub score: f32,
    /// Who found it.
    pub source: Source,
}
