//! Finding a model's temperature and thresholds on notes with annotations.
//!
//! [`fit_temperature`] makes probabilities mean what they say: after it, of the words that the model holds for PHI with probability 0.3,
//! about three in ten are. [`curve`] then decodes the notes at many thresholds, and [`choose`] picks the two that have names,
//! [`Threshold::Balanced`](crate::engine::Threshold::Balanced) and [`Threshold::HighRecall`](crate::engine::Threshold::HighRecall).
//!
//! All of it is arithmetic over scores that the encoder gave once: nothing here runs a model. The notes should be ones that the model was
//! neither trained nor tested on.

mod curve;
#[cfg(feature = "plot")]
mod plot;
mod render;
mod temperature;

pub use curve::{Point, THRESHOLDS, choose, curve};
pub use temperature::{Fit, fit_temperature, rescale};

use crate::engine::OperatingPoints;
use serde::{Deserialize, Serialize};

/// What a calibration found. As text, Markdown, JSON and SVG.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Number of notes.
    pub documents: usize,
    /// The temperature.
    pub fit: Fit,
    /// The figures at every threshold, the lowest first.
    pub curve: Vec<Point>,
    /// What was chosen.
    pub operating_points: OperatingPoints,
}
