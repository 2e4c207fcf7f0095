//! Annotated notes and the formats they are kept in.

mod document;

pub use document::{Annotation, Document};
