//! From logits to tags and from tags to entities.

mod borders;
mod consistency;
mod entity;
mod gold;
mod parts;
mod thresholds;
mod titles;
mod viterbi;
mod words;

pub use consistency::{agree, repeated};
pub use entity::{Entity, Source};
pub use gold::word_classes;
pub use parts::part_dates;
pub use thresholds::Thresholds;
pub use viterbi::{WordScores, decode, entity_score};
pub use words::{TokenScores, entities};
