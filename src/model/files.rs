//! The three files of a checkpoint, and the manifest that pins them.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
#[cfg(not(target_family = "wasm"))]
use std::path::Path;

/// `manifest.json`: what a model is called and which bytes it consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version.
    pub id: String,
    /// By file name.
    pub files: BTreeMap<String, Pin>,
}

/// One pinned file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Its size.
    pub bytes: usize,
    /// Its SHA-256, in lower-case hex.
    pub sha256: String,
}

/// The manifest of the model that this build ships with.
pub const DEFAULT_MANIFEST: &str = include_str!("../../models/default/manifest.json");

impl Manifest {
    /// The manifest of the model that this build ships with.
    pub fn default_model() -> Result<Self> {
        serde_json::from_str(DEFAULT_MANIFEST).map_err(|e| Error::ConfigInvalid { reason: format!("manifest.json: {e}") })
    }

    /// The SHA-256 of a model's three files by name; of one that it does not name, `none`, which no file has.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        let hash = |name: &str| self.files.get(name).map_or("none", |pin| pin.sha256.as_str());
        ModelFiles::NAMES.iter().map(|name| (name.to_string(), hash(name).to_string())).collect()
    }
}

/// A checkpoint in memory.
#[derive(Clone)]
pub struct ModelFiles {
    /// `config.json`.
    pub config: Vec<u8>,
    /// `tokenizer.json`.
    pub tokenizer: Vec<u8>,
    /// `model.safetensors`.
    pub weights: Vec<u8>,
}

impl ModelFiles {
    /// File names, in the order of the fields.
    pub const NAMES: [&'static str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];

    /// Reads a Hugging Face checkpoint folder. Weights in `pytorch_model.bin`, a pickle, are read as tensors and nothing else if the build
    /// has the feature `pickle`, and refused otherwise: a pickle can hold code.
    #[cfg(not(target_family = "wasm"))]
    pub fn read(folder: &Path) -> Result<Self> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|e| Error::io(&path, e))
        };
        let pickle = folder.join("pytorch_model.bin");
        let weights = match folder.join(Self::NAMES[2]).exists() || !pickle.exists() {
            true => read(Self::NAMES[2])?,
            #[cfg(feature = "pickle")]
            false => super::pickle::to_safetensors(&pickle)?,
            #[cfg(not(feature = "pickle"))]
            false => {
                let reason = "pytorch_model.bin is a pickle, which can hold code; save the model as model.safetensors";
                return Err(Error::WeightsCorrupt { reason: reason.into() });
            }
        };
        Ok(Self { config: read(Self::NAMES[0])?, tokenizer: read(Self::NAMES[1])?, weights })
    }

    /// Writes the checkpoint folder, with a manifest that calls it `id`. The folder is made if need be.
    ///
    /// # Errors
    /// [`Error::Io`].
    #[cfg(not(target_family = "wasm"))]
    pub fn write(&self, folder: &Path, id: &str) -> Result<()> {
        std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
        let manifest = serde_json::to_vec_pretty(&self.manifest(id)).map_err(|e| Error::ConfigInvalid { reason: e.to_string() })?;
        let written = [&self.config, &self.tokenizer, &self.weights, &manifest];
        for (name, bytes) in Self::NAMES.iter().chain(&["manifest.json"]).zip(written) {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(|e| Error::io(&path, e))?;
        }
        Ok(())
    }

    /// The model that this build ships with.
    #[cfg(feature = "cli")]
    pub fn default_model() -> Self {
        Self {
            config: include_bytes!("../../models/default/config.json").to_vec(),
            tokenizer: include_bytes!("../../models/default/tokenizer.json").to_vec(),
            weights: include_bytes!("../../models/default/model.safetensors").to_vec(),
        }
    }

    /// A manifest that pins these bytes.
    pub fn manifest(&self, id: &str) -> Manifest {
        let files = Self::NAMES.iter().map(|n| n.to_string()).zip(self.pins()).collect();
        Manifest { id: id.into(), files }
    }

    fn pins(&self) -> [Pin; 3] {
        [&self.config, &self.tokenizer, &self.weights].map(|bytes| Pin { bytes: bytes.len(), sha256: sha256(bytes) })
    }

    /// Fails with `HASH_MISMATCH` unless every file is the pinned one.
    pub fn verify(&self, manifest: &Manifest) -> Result<()> {
        check_hashes(&manifest.hashes(), &self.pins().map(|pin| pin.sha256))
    }
}

/// Fails with `HASH_MISMATCH` unless `found`, in the order of [`ModelFiles::NAMES`], are the hashes `expected` by name, as far as there is
/// one.
pub fn check_hashes(expected: &BTreeMap<String, String>, found: &[String; 3]) -> Result<()> {
    for (name, found) in ModelFiles::NAMES.iter().zip(found) {
        if let Some(expected) = expected.get(*name).filter(|expected| *expected != found) {
            return Err(Error::HashMismatch { file: name.to_string(), found: found.clone(), expected: expected.clone() });
        }
    }
    Ok(())
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_pickle_is_refused() {
        let folder = std::env::temp_dir().join(format!("scrubjay-pickle-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("pytorch_model.bin"), b"\x80\x02cos\nsystem\n").unwrap();
        let error = ModelFiles::read(&folder).err().unwrap();
        assert!(error.code() == "WEIGHTS_CORRUPT" && error.to_string().contains("safetensors"), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let files = ModelFiles { config: b"{}".to_vec(), tokenizer: b"[]".to_vec(), weights: vec![0; 9] };
        let manifest = files.manifest("test");
        files.verify(&manifest).unwrap();
        let changed = ModelFiles { weights: vec![1; 9], ..files };
        assert!(matches!(changed.verify(&manifest), Err(Error::HashMismatch { file, .. }) if file == "model.safetensors"));
        let unnamed = Manifest { files: BTreeMap::new(), ..manifest };
        assert!(matches!(changed.verify(&unnamed), Err(Error::HashMismatch { expected, .. }) if expected == "none"));
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
