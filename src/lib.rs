//! scrubjay finds and redacts protected health information (PHI) in clinical notes.

pub mod corpus;
pub mod engine;
pub mod error;
pub mod eval;
pub mod labels;
pub mod logits;
#[cfg(feature = "encoder")]
pub mod model;
pub mod redact;
pub mod resolve;
pub mod rules;
#[cfg(feature = "synth")]
pub mod synth;
pub mod tags;
pub mod text;
pub mod tokenizer;
#[cfg(feature = "train")]
pub mod train;
#[cfg(all(feature = "wasm", target_family = "wasm"))]
mod wasm;

pub use error::{Error, Result};
pub use labels::{EntityType, LabelSet, Tag};
pub use tags::{Entity, Source};
pub use text::Span;
