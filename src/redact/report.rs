use super::{OperatorKind, Policy};
use crate::labels::EntityType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a redaction did, in numbers. It holds no text and no offsets of the note, so it may be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the policy.
    pub policy: String,
    /// SHA-256 of the policy: see [`Policy::sha256`].
    pub policy_sha256: String,
    /// Number of entities.
    pub entities: usize,
    /// How many of them kept their text because the policy said so.
    pub kept: usize,
    /// Number of entities by type and by what was done to them. Types without any are left out.
    pub types: BTreeMap<EntityType, BTreeMap<OperatorKind, usize>>,
}

impl Report {
    /// Nothing done yet.
    pub fn new(policy: &Policy) -> Self {
        Self { policy: policy.name().into(), policy_sha256: policy.sha256(), entities: 0, kept: 0, types: BTreeMap::new() }
    }

    /// Counts one entity.
    pub(super) fn add(&mut self, entity_type: EntityType, operator: OperatorKind) {
        self.entities += 1;
        self.kept += usize::from(operator == OperatorKind::Keep);
        *self.types.entry(entity_type).or_default().entry(operator).or_default() += 1;
    }

    /// Adds the counts of another note with the same policy.
    pub fn merge(&mut self, other: &Self) {
        self.entities += other.entities;
        self.kept += other.kept;
        for (&entity_type, operators) in &other.types {
            let own = self.types.entry(entity_type).or_default();
            operators.iter().for_each(|(&operator, n)| *own.entry(operator).or_default() += n);
        }
    }

    /// Number of entities of `entity_type`.
    pub fn of_type(&self, entity_type: EntityType) -> usize {
        self.types.get(&entity_type).map_or(0, |operators| operators.values().sum())
    }
}
