//! The countries that documents come from.

use crate::random::Rand;

/// Codes with how often a document that names no country comes from there. Much of what will be read is American.
const COUNTRIES: [(&str, usize); 18] = [
    ("US", 50),
    ("UK", 12),
    ("IE", 4),
    ("CA", 6),
    ("AU", 6),
    ("NZ", 3),
    ("IN", 4),
    ("PK", 1),
    ("NG", 2),
    ("KE", 1),
    ("GH", 1),
    ("ZA", 2),
    ("SG", 2),
    ("MY", 1),
    ("PH", 2),
    ("HK", 1),
    ("AE", 1),
    ("JM", 1),
];

/// The country with this code.
pub(crate) fn known(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|(known, _)| *known == code).map(|(known, _)| *known)
}

/// A country by its share of documents.
pub(crate) fn draw(rand: &mut Rand) -> &'static str {
    let mut at = rand.below(COUNTRIES.iter().map(|(_, weight)| weight).sum());
    for (code, weight) in COUNTRIES {
        if at < weight {
            return code;
        }
        at -= weight;
    }
    "US"
}

/// Whether titles are mostly written with a full stop ("Dr.").
pub(crate) fn dots_titles(country: &str) -> bool {
    matches!(country, "US" | "CA" | "PH" | "IN" | "NG" | "AE" | "PK" | "JM")
}
