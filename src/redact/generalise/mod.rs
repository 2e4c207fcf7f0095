//! Coarser values in place of exact ones, as HIPAA's safe harbor method allows: 45 CFR 164.514(b)(2)(i), (B) geographic subdivisions and
//! (C) dates and ages. What cannot be read for certain becomes nothing, and must be redacted.

mod age;
mod date;
mod words;
mod zip;

pub(super) use age::{Age, read_age};

use crate::labels::EntityType;

/// What may stand in place of `text`:
/// - AGE: the age as it is up to 89, and `90+` for all above.
/// - DATE: the year alone. Whoever keeps years must mind those that tell an age over 89: a year of birth before which ninety years lie is
///   such an element (§164.514(b)(2)(i)(C)). One date by itself does not show that; its document does.
/// - ZIP: the first three digits of a ZIP code of the United States, and `000` for areas with few people.
///
/// `None` for other types and for what cannot be read: use a label.
pub(super) fn generalise(entity_type: EntityType, text: &str) -> Option<String> {
    match entity_type {
        EntityType::Age => age::generalise(text),
        EntityType::Date => date::generalise(text),
        EntityType::Zip => zip::generalise(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_types_have_nothing_coarser() {
        for &entity_type in EntityType::ALL {
            let coarse = matches!(entity_type, EntityType::Age | EntityType::Date | EntityType::Zip);
            let texts = ["61", "2019", "02139"];
            assert_eq!(texts.iter().any(|text| generalise(entity_type, text).is_some()), coarse, "{entity_type}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,24}|[0-9a-z /.,;'½+>-]{0,16}", t in 0..EntityType::ALL.len()) {
            generalise(EntityType::ALL[t], &text);
        }
    }
}
