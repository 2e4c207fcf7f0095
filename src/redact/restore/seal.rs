//! A mapping under a passphrase.
//!
//! Layout: `SCRUBJAY-MAPPING-1\n`, Argon2id's memory in KiB, passes and lanes (u32, little endian), salt (16 bytes), nonce (24 bytes), then
//! the mapping as JSON under XChaCha20-Poly1305 with everything before it as associated data. The key is Argon2id of the passphrase
//! (RFC 9106), with the first of OWASP's recommended settings that a browser's tab stands easily.

use super::Mapping;
use crate::error::{Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

const MAGIC: &[u8] = b"SCRUBJAY-MAPPING-1\n";
/// Memory in KiB, passes, lanes.
const COST: [u32; 3] = [19_456, 2, 1];
/// A file may ask for more work than that, but not for so much that opening it hangs.
const MAX_COST: [u32; 3] = [1 << 18, 16, 4];
const SALT: usize = 16;
const NONCE: usize = 24;
const HEADER: usize = MAGIC.len() + 12 + SALT + NONCE;
/// Fewest characters of a passphrase.
const MIN_PASSPHRASE: usize = 8;

impl Mapping {
    /// Encrypts it. Whoever has the result and the passphrase has the note's identities.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] for a passphrase of fewer than eight characters, [`Error::RandomUnavailable`].
    pub fn seal(&self, passphrase: &str) -> Result<Vec<u8>> {
        if passphrase.chars().count() < MIN_PASSPHRASE {
            let reason = format!("at least {MIN_PASSPHRASE} characters are needed");
            return Err(Error::OptionInvalid { option: "passphrase", reason });
        }
        let mut sealed = MAGIC.to_vec();
        sealed.extend(COST.iter().flat_map(|cost| cost.to_le_bytes()));
        let mut random = [0; SALT + NONCE];
        getrandom::fill(&mut random).map_err(|_| Error::RandomUnavailable)?;
        sealed.extend(random);
        let json = serde_json::to_vec(self).map_err(|e| Error::MappingInvalid { reason: e.to_string() })?;
        let cipher = cipher(passphrase, &random[..SALT], COST)?;
        let payload = Payload { msg: &json, aad: &sealed };
        let secret = cipher.encrypt(XNonce::from_slice(&random[SALT..]), payload);
        sealed.extend(secret.map_err(|_| Error::MappingInvalid { reason: "it is too large to encrypt".into() })?);
        Ok(sealed)
    }

    /// Decrypts what [`Mapping::seal`] gave.
    ///
    /// # Errors
    /// [`Error::MappingInvalid`] for what is no sealed mapping, [`Error::PassphraseWrong`] when the passphrase is another or the file was
    /// changed: the two cannot be told apart.
    pub fn open(sealed: &[u8], passphrase: &str) -> Result<Self> {
        let invalid = |reason: &str| Error::MappingInvalid { reason: reason.into() };
        let (Some(header), Some(secret)) = (sealed.get(..HEADER), sealed.get(HEADER..)) else {
            return Err(invalid("too short for a sealed mapping"));
        };
        let rest = header.strip_prefix(MAGIC).ok_or_else(|| invalid("not a sealed mapping of this version"))?;
        let (numbers, random) = rest.split_at(12);
        let mut cost = [0; 3];
        for (cost, bytes) in cost.iter_mut().zip(numbers.chunks_exact(4)) {
            *cost = u32::from_le_bytes(bytes.try_into().unwrap_or_default());
        }
        if cost.iter().zip(MAX_COST).any(|(&cost, max)| cost > max) {
            return Err(invalid("opening it would take more work than is safe"));
        }
        let (salt, nonce) = random.split_at(SALT);
        let payload = Payload { msg: secret, aad: header };
        let json = cipher(passphrase, salt, cost)?.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| Error::PassphraseWrong)?;
        // It was sealed with the passphrase, so only another version's is not understood. The parser would quote it.
        serde_json::from_slice(&json).map_err(|_| invalid("its contents are those of another version"))
    }
}

fn cipher(passphrase: &str, salt: &[u8], [memory, passes, lanes]: [u32; 3]) -> Result<XChaCha20Poly1305> {
    let invalid = |_| Error::MappingInvalid { reason: "its key cannot be derived".into() };
    let params = Params::new(memory, passes, lanes, Some(32)).map_err(invalid)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(passphrase.as_bytes(), salt, &mut key).map_err(invalid)?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Context, Policy, apply};

    fn mapping() -> Mapping {
        Mapping::new("x", &apply("x", &[], &Policy::i2b2(), &Context::default()).unwrap())
    }

    #[test]
    fn only_the_passphrase_opens_it() {
        let sealed = mapping().seal("correct horse").unwrap();
        assert_eq!(Mapping::open(&sealed, "correct horse").unwrap(), mapping());
        assert_ne!(sealed, mapping().seal("correct horse").unwrap());
        assert_eq!(Mapping::open(&sealed, "correct house").unwrap_err().code(), "PASSPHRASE_WRONG");
        assert_eq!(mapping().seal("short").unwrap_err().code(), "OPTION_INVALID");
    }

    #[test]
    fn a_changed_file_is_refused() {
        let sealed = mapping().seal("correct horse").unwrap();
        for (at, code) in
            [(0, "MAPPING_INVALID"), (MAGIC.len() + 2, "MAPPING_INVALID"), (HEADER - 1, "PASSPHRASE_WRONG"), (HEADER, "PASSPHRASE_WRONG")]
        {
            let mut changed = sealed.clone();
            changed[at] ^= 0x80;
            assert_eq!(Mapping::open(&changed, "correct horse").unwrap_err().code(), code, "byte {at}");
        }
        for len in [0, 10, HEADER - 1] {
            assert_eq!(Mapping::open(&sealed[..len], "correct horse").unwrap_err().code(), "MAPPING_INVALID");
        }
        assert_eq!(Mapping::open(&sealed[..HEADER + 3], "correct horse").unwrap_err().code(), "PASSPHRASE_WRONG");
    }
}
