/// The covered text itself.
pub(super) fn replacement(covered: &str) -> String {
    covered.to_string()
}
