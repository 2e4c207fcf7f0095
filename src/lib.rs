//! scrubjay finds and redacts protected health information (PHI) in clinical notes, in the browser and natively.
//!
//! A note goes one way through the crate, a stage a module: [`tokenizer`] (sub-words with byte offsets, windows) → `model` (the
//! encoder, the only place that knows a tensor, with `train`) → [`logits`] → [`tags`] (constrained decoding) → entities, joined by those
//! of [`rules`] → [`resolve`] (overlaps) → [`redact`] (policy, operators). [`engine`] puts the stages together behind a trait, so that
//! everything but the encoder is tested without one. Imports point only back along this line. `crf` is a classical baseline to measure
//! the encoder by.
//!
//! [`formats`] stands at both ends: it reads files that hold notes (CSV, JSON lines, HL7, FHIR, Word) and writes them back in their own
//! form with the PHI replaced. `bulk` does that with many files on all cores.
//!
//! Offsets are half-open UTF-8 byte ranges ([`Span`]) everywhere inside; [`text`] converts them at the borders. Errors carry a stable
//! code and never the text of a note ([`error`]).
//!
#![cfg_attr(feature = "encoder", doc = include_str!("../README.md"))]

#[cfg(feature = "bulk")]
pub mod bulk;
pub mod calibrate;
pub mod corpus;
#[cfg(feature = "crf")]
pub mod crf;
pub mod engine;
pub mod error;
pub mod eval;
pub mod formats;
pub mod labels;
pub mod logits;
#[cfg(feature = "encoder")]
pub mod model;
#[cfg(feature = "synth")]
mod random;
pub mod redact;
pub mod resolve;
pub mod rules;
pub mod study;
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
