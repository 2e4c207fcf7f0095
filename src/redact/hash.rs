use super::Key;
use crate::error::{Error, Result};
use crate::labels::EntityType;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A keyed hash: the same words the same hash, in every note with the same key, and no way back without the key.
///
/// HMAC-SHA-256 (RFC 2104) over type and words, the words in NFKC and small letters with single spaces. `[PATIENT:5f0e…]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyedHash {
    /// Hexadecimal digits, 8..=64; 16 by default. The fewer, the likelier that two names share a hash.
    #[serde(default = "sixteen")]
    pub length: usize,
}

impl KeyedHash {
    /// Whether it can be used.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] for a length out of range.
    pub fn validate(&self) -> Result<()> {
        match self.length {
            8..=64 => Ok(()),
            length => Err(Error::OptionInvalid { option: "policy", reason: format!("hash length {length} is not in 8..=64") }),
        }
    }

    pub(super) fn replacement(&self, covered: &str, entity_type: EntityType, key: &Key) -> String {
        let words = covered.nfkc().flat_map(char::to_lowercase).collect::<String>();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let hash = key.derive("hash", &format!("{entity_type} {words}"));
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("[{entity_type}:{}]", hex.get(..self.length).unwrap_or(&hex))
    }
}

impl Default for KeyedHash {
    fn default() -> Self {
        Self { length: sixteen() }
    }
}

fn sixteen() -> usize {
    16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_the_same_hash() {
        let (key, other) = (Key::new(&[1; 16]).unwrap(), Key::new(&[2; 16]).unwrap());
        let hash = |text: &str, key: &Key| KeyedHash::default().replacement(text, EntityType::Patient, key);
        assert_eq!(hash("Zoë  Ng", &key), hash("ZOE\u{308}\nNG", &key));
        assert_ne!(hash("Zoë Ng", &key), hash("Zoe Ng", &key));
        assert_ne!(hash("Zoë Ng", &key), hash("Zoë Ng", &other));
        assert_eq!(hash("Zoë Ng", &key).len(), "[PATIENT:]".len() + 16);
        assert_eq!(KeyedHash { length: 64 }.replacement("", EntityType::Age, &key).len(), "[AGE:]".len() + 64);
    }
}
