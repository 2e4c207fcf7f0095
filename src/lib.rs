//! scrubjay finds and redacts protected health information (PHI) in clinical notes.

pub mod corpus;
pub mod error;
pub mod labels;
pub mod logits;
pub mod resolve;
pub mod rules;
pub mod tags;
pub mod text;

pub use error::{Error, Result};
pub use labels::{EntityType, LabelSet, Tag};
pub use tags::{Entity, Source};
pub use text::Span;
