use crate::labels::EntityType;
use std::collections::BTreeMap;

/// The probability in 0..=1 from which a word is taken for PHI: one for all types, and exceptions. 0.5 takes a word for what the
/// encoder holds likeliest; less finds more.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    all: f32,
    types: BTreeMap<EntityType, f32>,
}

impl Thresholds {
    /// `all` for every type that `types` does not name.
    pub fn new(all: f32, types: BTreeMap<EntityType, f32>) -> Self {
        Self { all, types }
    }

    /// What is added to the log-score of the labels of `entity_type`: `-ln(p / (1 - p))`.
    pub(super) fn bias(&self, entity_type: EntityType) -> f32 {
        let p = self.types.get(&entity_type).unwrap_or(&self.all).clamp(1e-6, 1.0 - 1e-6);
        -(p / (1.0 - p)).ln()
    }
}

impl From<f32> for Thresholds {
    fn from(all: f32) -> Self {
        Self::new(all, BTreeMap::new())
    }
}
