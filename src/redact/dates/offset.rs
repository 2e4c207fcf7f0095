//! How far a patient's dates move.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is hashed, so that the same seed gives other numbers elsewhere.
const PURPOSE: &[u8] = b"scrubjay date offset 1";

/// The offset in days that belongs to `seed`: a whole number of weeks, so that weekdays stay right, back or ahead, never 0, at most
/// `max_days` either way. All of these are equally likely to one who does not know the seed. Less than a week is taken as a week: dates
/// that do not move at all would be no redaction.
///
/// The seed is a secret of *one patient*: all notes of the patient need the same, so that intervals between notes stay, and no other
/// patient may have it, since one known date gives away the offset of all. It comes from HMAC-SHA-256 (RFC 2104) under the seed.
pub(in crate::redact) fn offset_days(seed: &[u8; 32], max_days: u32) -> i32 {
    let weeks = (max_days.min(i32::MAX.unsigned_abs()) / 7).max(1);
    let mut mac = Hmac::<Sha256>::new_from_slice(seed).expect("HMAC takes a key of any length");
    mac.update(PURPOSE);
    let hash = mac.finalize().into_bytes();
    // 128 bits for at most 2^30 outcomes: what the remainder prefers cannot be measured.
    let number = hash.iter().take(16).fold(0u128, |number, &byte| number << 8 | u128::from(byte));
    let outcome = number % (2 * u128::from(weeks));
    let distance = i32::try_from(outcome / 2 + 1).unwrap_or(1) * 7;
    if outcome % 2 == 0 { distance } else { -distance }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn seed(n: u32) -> [u8; 32] {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&n.to_le_bytes());
        seed
    }

    #[test]
    fn all_weeks_within_the_limit_are_alike() {
        let mut counts = BTreeMap::new();
        for n in 0..8000 {
            *counts.entry(offset_days(&seed(n), 30)).or_insert(0) += 1;
        }
        assert_eq!(counts.keys().copied().collect::<Vec<i32>>(), [-28, -21, -14, -7, 7, 14, 21, 28]);
        assert!(counts.values().all(|count| (880..1120).contains(count)), "{counts:?}");
    }

    #[test]
    fn no_limit_breaks_it() {
        for max_days in [0, 6, 7, 13, 364, 3650, u32::MAX] {
            for n in 0..200 {
                let days = offset_days(&seed(n), max_days);
                assert!(days != 0 && days % 7 == 0 && days.unsigned_abs() <= max_days.max(7), "{max_days}: {days}");
            }
        }
    }

    /// As Python's `hmac` and `hashlib` have it: a later version must move a patient's dates as far.
    #[test]
    fn the_seed_decides() {
        assert_eq!([0, 1, 2].map(|n| offset_days(&seed(n), 365)), [119, 343, 329]);
    }
}
