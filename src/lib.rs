//! scrubjay finds and redacts protected health information (PHI) in clinical notes.

pub mod corpus;
pub mod error;
pub mod labels;
pub mod logits;
#[cfg(feature = "synth")]
pub mod synth;
pub mod tags;
pub mod text;

pub use error::{Error, Result};
pub use labels::{EntityType, LabelSet, Tag};
pub use tags::{Entity, Source};
pub use text::Span;
