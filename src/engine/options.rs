use crate::error::{Error, Result};
use crate::labels::EntityType;
use crate::rules::Lists;
use crate::text::View;
use crate::tokenizer::WindowOptions;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A point on the curve between finding all and marking too much.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Threshold {
    /// The model's own: best strict F1 on its development notes.
    #[default]
    Balanced,
    /// The model's own: nearly nothing missed, and more than PHI marked.
    HighRecall,
    /// The probability from which a word is PHI, in 0..=1: less finds more.
    Probability(f32),
}

impl std::str::FromStr for Threshold {
    type Err = Error;

    /// `balanced`, `high-recall` or a number in 0..=1.
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "balanced" => Ok(Self::Balanced),
            "high-recall" => Ok(Self::HighRecall),
            number => match number.parse() {
                Ok(p) if (0.0..=1.0).contains(&p) => Ok(Self::Probability(p)),
                _ => Err(Error::OptionInvalid {
                    option: "threshold",
                    reason: "it is balanced, high-recall or a number between 0 and 1".into(),
                }),
            },
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Balanced => f.write_str("balanced"),
            Self::HighRecall => f.write_str("high-recall"),
            Self::Probability(p) => write!(f, "{p}"),
        }
    }
}

/// What the named thresholds stand for with one model: found on development notes, stored in its `config.json`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OperatingPoints {
    /// Probability for [`Threshold::Balanced`].
    pub balanced: f32,
    /// Probability for [`Threshold::HighRecall`].
    pub high_recall: f32,
}

impl Default for OperatingPoints {
    /// For a model that was never calibrated.
    fn default() -> Self {
        Self { balanced: 0.5, high_recall: 0.1 }
    }
}

/// What a caller may say about one note.
#[derive(Debug, Clone)]
pub struct FindOptions {
    /// From what on a word is taken for PHI.
    pub threshold: Threshold,
    /// Types with a threshold of their own, in 0..=1.
    pub thresholds: BTreeMap<EntityType, f32>,
    /// Only these types; `None` for all.
    pub types: Option<Vec<EntityType>>,
    /// The caller's allow and deny lists and patterns.
    pub lists: Lists,
    /// Whether the encoder's findings count. For measuring the rules alone; it runs all the same.
    pub model: bool,
    /// Whether the recognisers of forms run. For measuring the model alone.
    pub rules: bool,
    /// Whether what was recognised once is looked for in the whole document: see [`repeated`].
    pub consistent: bool,
    /// Whether disguises are seen through: the finders read the note's [`View`]. For measuring what that gives.
    pub see_through: bool,
    /// Windows that go to the encoder at once: on a CPU as many threads can work on them, on a GPU they are one batch. Progress is told after
    /// each batch.
    pub batch_size: usize,
    /// How notes are cut; `None` for the library's own.
    pub windows: Option<WindowOptions>,
}

impl Default for FindOptions {
    fn default() -> Self {
        Self {
            threshold: Threshold::Balanced,
            thresholds: BTreeMap::new(),
            types: None,
            lists: Lists::default(),
            model: true,
            rules: true,
            consistent: true,
            see_through: true,
            batch_size: 16,
            windows: None,
        }
    }
}

impl FindOptions {
    /// What the finders read of `text`.
    pub fn view<'t>(&self, text: &'t str) -> View<'t> {
        if self.see_through { View::new(text) } else { View::as_written(text) }
    }
}
