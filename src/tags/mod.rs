//! From tags to entities.

mod entity;

pub use entity::{Entity, Source};
