//! What a fine-tuning writes: the best model as a Hugging Face folder, and the state to go on from.

use super::config::TrainConfig;
use crate::error::{Error, Result};
use crate::model::store::{WeightFormat, serialize};
use crate::model::{Encoder, EncoderConfig, ForTokenClassification};
use burn::module::Module;
use burn::optim::ModuleOptimizer;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// How far a run has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done.
    pub step: usize,
    /// Epochs done and validated.
    pub epoch: usize,
    /// Best strict F1 so far.
    pub best_f1: Option<f64>,
    /// Sum of the losses of the epoch under way.
    pub loss_sum: f64,
    /// Their number.
    pub loss_steps: usize,
    /// The configuration that the run was begun with.
    pub config: TrainConfig,
}

/// The output folder.
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Makes the folder and writes what is known from the start.
    pub fn open(folder: &Path, shape: &EncoderConfig, tokenizer: &[u8], config: &TrainConfig) -> Result<Self> {
        let store = Self { folder: folder.to_path_buf() };
        fs::create_dir_all(store.state("")).map_err(|e| Error::io(folder, e))?;
        store.write("config.json", shape.to_json()?.as_bytes())?;
        store.write("tokenizer.json", tokenizer)?;
        let json = serde_json::to_vec_pretty(config).map_err(|e| failed(&e))?;
        store.write("train.json", &json)?;
        Ok(store)
    }

    /// The progress of an earlier run in this folder, or none. Fails if that run had another configuration.
    pub fn load_progress(&self, config: &TrainConfig) -> Result<Progress> {
        let path = self.state("progress.json");
        if !path.exists() {
            return Ok(Progress { config: config.clone(), ..Default::default() });
        }
        let bytes = fs::read(&path).map_err(|e| Error::io(&path, e))?;
        let progress: Progress = serde_json::from_slice(&bytes).map_err(|e| failed(&e))?;
        if progress.config != *config {
            let reason = "the output folder holds a run with another configuration; give another folder or remove it".into();
            return Err(Error::OptionInvalid { option: "output", reason });
        }
        Ok(progress)
    }

    /// Parameters and optimiser state of an earlier run.
    pub fn load_state(
        &self,
        model: ForTokenClassification,
        optimizer: ModuleOptimizer,
    ) -> Result<(ForTokenClassification, ModuleOptimizer)> {
        let model = model.try_load_file(self.state("model.bpk")).map_err(|e| failed(&e))?;
        let optimizer = optimizer.load(self.state("optimizer.bpk")).map_err(|e| failed(&e))?;
        Ok((model, optimizer))
    }

    /// Saves the state to go on from. The progress is written last: a save that is cut off is not gone on from by half.
    pub fn save_state(&self, model: &ForTokenClassification, optimizer: &ModuleOptimizer, progress: &Progress) -> Result<()> {
        model.clone().save_file(self.state("model.new.bpk")).map_err(|e| failed(&e))?;
        optimizer.save(self.state("optimizer.new.bpk")).map_err(|e| failed(&e))?;
        for name in ["model", "optimizer"] {
            let (from, to) = (self.state(&format!("{name}.new.bpk")), self.state(&format!("{name}.bpk")));
            fs::rename(&from, &to).map_err(|e| Error::io(&from, e))?;
        }
        let json = serde_json::to_vec(progress).map_err(|e| failed(&e))?;
        self.write("state/progress.json", &json)
    }

    /// Writes the model in float32.
    pub async fn save_model(&self, model: &Encoder) -> Result<()> {
        self.write("model.safetensors", &serialize(&model.tensors().await?, WeightFormat::F32)?)
    }

    /// Writes beside and renames, so that a file is there whole or not at all.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let (path, new) = (self.folder.join(name), self.folder.join(format!("{name}.new")));
        fs::write(&new, bytes).map_err(|e| Error::io(&new, e))?;
        fs::rename(&new, &path).map_err(|e| Error::io(&path, e))
    }

    fn state(&self, name: &str) -> PathBuf {
        self.folder.join("state").join(name)
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::TrainingFailed { reason: error.to_string() }
}
