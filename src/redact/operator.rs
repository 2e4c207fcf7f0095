use super::{Mask, keep, label, remove};
use crate::error::Result;
use crate::labels::EntityType;
use serde::{Deserialize, Serialize};

/// What is done to an entity. In JSON: `"label"`, `{"mask": {"char": "*", "length": 4}}`, `"remove"`, `"keep"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Operator {
    /// The type's name in brackets: `[PATIENT]`.
    #[default]
    Label,
    /// A character over and over.
    Mask(Mask),
    /// Nothing in its place.
    Remove,
    /// The text stays. The entity is still reported.
    Keep,
}

impl Operator {
    /// Which operator it is, without its settings.
    pub fn kind(&self) -> OperatorKind {
        match self {
            Self::Label => OperatorKind::Label,
            Self::Mask(_) => OperatorKind::Mask,
            Self::Remove => OperatorKind::Remove,
            Self::Keep => OperatorKind::Keep,
        }
    }

    /// Whether its settings can be used.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`](crate::Error::OptionInvalid), as [`Mask::validate`].
    pub fn validate(&self) -> Result<()> {
        match self {
            Self::Mask(mask) => mask.validate(),
            Self::Label | Self::Remove | Self::Keep => Ok(()),
        }
    }

    /// What stands in place of `covered`, an entity of `entity_type`.
    pub(super) fn replacement(&self, covered: &str, entity_type: EntityType) -> String {
        match self {
            Self::Label => label::replacement(entity_type),
            Self::Mask(mask) => mask.replacement(covered),
            Self::Remove => remove::replacement(),
            Self::Keep => keep::replacement(covered),
        }
    }
}

/// The name of an operator, for counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OperatorKind {
    /// [`Operator::Label`].
    Label,
    /// [`Operator::Mask`].
    Mask,
    /// [`Operator::Remove`].
    Remove,
    /// [`Operator::Keep`].
    Keep,
}
