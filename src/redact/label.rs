use crate::labels::EntityType;

/// The type's name in brackets: `[PATIENT]`. The same for every entity of the type, so it tells nothing more.
pub(super) fn replacement(entity_type: EntityType) -> String {
    format!("[{entity_type}]")
}
