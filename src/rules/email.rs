//! E-mail addresses: the dot-atom form of RFC 5322 in practice, internationalised letters (RFC 6531) included, and "name (at) host (dot) org".

use super::recogniser::Recogniser;
use crate::labels::EntityType::Email;

pub(super) fn recognisers() -> Vec<Recogniser> {
    vec![
        Recogniser::new(
            "email",
            Email,
            1.0,
            concat!(
                // Any letter beyond ASCII counts, but no punctuation and no white space of Latin-1 or of the general punctuation block.
                r"(?i)(?:mailto:)?(?<phi>[a-z0-9_\x{c0}-\x{1fff}\x{3040}-\x{d7ff}][a-z0-9\x{c0}-\x{1fff}\x{3040}-\x{d7ff}._%+'-]{0,63}@",
                r"(?:[a-z0-9\x{c0}-\x{1fff}\x{3040}-\x{d7ff}-]{1,63}\.){1,6}[a-z\x{c0}-\x{1fff}\x{3040}-\x{d7ff}]{2,24})",
            ),
        )
        .priority(90),
        Recogniser::new(
            "email-spelled",
            Email,
            0.9,
            concat!(
                r"(?i)(?<phi>[a-z0-9][a-z0-9._+-]{1,63}(?:{sp}?[\[(]at[\])]{sp}?|{s}at{s})[a-z0-9-]{2,63}",
                r"(?:(?:{sp}?[\[(]dot[\])]{sp}?|{s}dot{s})[a-z0-9-]{2,63}){1,4})",
            ),
        )
        .priority(90),
    ]
}
