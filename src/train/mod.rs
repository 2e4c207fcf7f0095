//! Fine-tuning an encoder as an IOB2 tagger, after Oh, Kang & Lee 2022: windows of 250 words, Adam, five epochs.

mod checkpoint;
mod config;
mod dataset;
mod trainer;

pub use config::TrainConfig;
pub use dataset::{Dataset, Example};
pub use trainer::{Base, Event, train};
