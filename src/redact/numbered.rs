use crate::labels::EntityType;

/// The label with the number of what it names: `[PATIENT-1]`.
pub(super) fn replacement(entity_type: EntityType, number: usize) -> String {
    format!("[{entity_type}-{number}]")
}
