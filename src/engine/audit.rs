use super::FindOptions;
use crate::labels::EntityType;
use crate::redact::Report;
use serde::Serialize;
use std::collections::BTreeMap;

/// What an auditor asks of a redaction: what was done, by which policy, with which model and settings. It holds no text of the note and
/// none of the caller's lists, so it may be filed.
#[derive(Debug, Clone, Serialize)]
pub struct Audit<'a> {
    /// Version of scrubjay.
    pub scrubjay: &'static str,
    /// Id of the model; `custom` for one of the caller's.
    pub model: &'a str,
    /// SHA-256 of its weights, in hexadecimal.
    pub model_sha256: &'a str,
    /// `balanced`, `high-recall` or a probability.
    pub threshold: String,
    /// Types with a threshold of their own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub thresholds: &'a BTreeMap<EntityType, f32>,
    /// The types that were looked for, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_types: Option<&'a [EntityType]>,
    /// Entries of the caller's allow list.
    pub allowed: usize,
    /// Patterns of the caller's, a type's deny list counted as one.
    pub patterns: usize,
    /// The policy and the counts.
    #[serde(flatten)]
    pub report: &'a Report,
}

impl<'a> Audit<'a> {
    /// The audit of a redaction with `options` by a model.
    pub fn new(model: &'a str, model_sha256: &'a str, options: &'a FindOptions, report: &'a Report) -> Self {
        Self {
            scrubjay: env!("CARGO_PKG_VERSION"),
            model,
            model_sha256,
            threshold: options.threshold.to_string(),
            thresholds: &options.thresholds,
            only_types: options.types.as_deref(),
            allowed: options.lists.allowed(),
            patterns: options.lists.patterns(),
            report,
        }
    }
}
