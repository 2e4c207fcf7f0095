/// Nothing. White space around the entity stays, so two spaces may meet.
pub(super) fn replacement() -> String {
    String::new()
}
