use crate::error::{Error, Result};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// A secret of the caller's, from which hashes, surrogates and date offsets are derived. Whoever has it can test guesses against a
/// redacted note, so it is kept as the notes themselves are.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Fewest bytes of a secret: 128 bits, if they are random.
    pub const MIN_BYTES: usize = 16;

    /// The key of a secret of any length from [`Key::MIN_BYTES`] on. Random bytes, not a password.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] when it is too short.
    pub fn new(secret: &[u8]) -> Result<Self> {
        if secret.len() < Self::MIN_BYTES {
            let reason = format!("{} bytes; at least {} random ones are needed", secret.len(), Self::MIN_BYTES);
            return Err(Error::OptionInvalid { option: "key", reason });
        }
        Ok(Self(mac(secret, b"scrubjay 1", &[])))
    }

    /// A new key from the system's source of randomness.
    ///
    /// # Errors
    /// [`Error::RandomUnavailable`] where there is none.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::RandomUnavailable)?;
        Ok(Self(bytes))
    }

    /// HMAC-SHA-256 of `message` for one `purpose`: what is derived for one tells nothing of another.
    pub(super) fn derive(&self, purpose: &str, message: &str) -> [u8; 32] {
        mac(&self.0, purpose.as_bytes(), message.as_bytes())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The length of the first part goes in, so that no two pairs of parts make one message.
fn mac(key: &[u8], purpose: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(&(purpose.len() as u64).to_le_bytes());
    mac.update(purpose);
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Whose note it is.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The secret. Without one, surrogates and date offsets come from a new random key in each call, and cannot be had again; keyed
    /// hashes need one.
    pub key: Option<Key>,
    /// What tells one patient from another within the caller's data (a record number will do: only its HMAC is used). Notes with the same
    /// key and the same patient get the same surrogates and the same date offset.
    pub patient: String,
}

impl Context {
    /// What tells this key and patient from others, in hexadecimal; `None` without a key. It gives nothing away without the key.
    pub fn fingerprint(&self) -> Option<String> {
        let digest = self.key.as_ref()?.derive("fingerprint", &self.patient);
        Some(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_long_and_tells_nothing() {
        assert_eq!(Key::new(b"too short").unwrap_err().code(), "OPTION_INVALID");
        let key = Key::new(b"sixteen bytes ok").unwrap();
        assert_eq!(format!("{key:?}"), "Key(..)");
        assert_ne!(key.derive("a", "bc"), key.derive("ab", "c"));
        assert_eq!(key.derive("a", "bc"), Key::new(b"sixteen bytes ok").unwrap().derive("a", "bc"));
        let of = |key: &Key, patient: &str| Context { key: Some(key.clone()), patient: patient.into() }.fingerprint();
        assert_eq!(of(&key, "7"), of(&key, "7"));
        assert!(of(&key, "7") != of(&key, "8") && of(&key, "7") != of(&Key::random().unwrap(), "7"));
        assert_ne!(Key::random().unwrap().derive("a", ""), Key::random().unwrap().derive("a", ""));
    }
}
