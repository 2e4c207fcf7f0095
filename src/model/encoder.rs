//! A loaded checkpoint on a device, as the [`TokenClassifier`] that the rest of the crate sees.

use super::classifier::ForTokenClassification;
use super::config::EncoderConfig;
use super::device::{ComputeDevice, DeviceKind};
use super::layers::{TensorMap, read_back};
use super::xlnet::Memory;
use crate::engine::{OperatingPoints, TokenClassifier};
use crate::error::{Error, Result};
use crate::labels::LabelSet;
use crate::logits::Logits;
use burn::tensor::{Int, Tensor, TensorData};

/// An encoder with its token-classification head, ready to run.
pub struct Encoder {
    model: ForTokenClassification,
    config: EncoderConfig,
    labels: LabelSet,
    device: ComputeDevice,
    memory_len: usize,
}

impl Encoder {
    /// Reads a checkpoint (`config.json` and `model.safetensors`) onto `device`.
    pub fn load(config: &[u8], weights: &[u8], device: ComputeDevice) -> Result<Self> {
        let config = EncoderConfig::from_json(config)?;
        let model = ForTokenClassification::load(weights, &config, device.tensors())?;
        Self::new(model, config, device)
    }

    /// Wraps a model that is on `device` already.
    pub fn new(model: ForTokenClassification, config: EncoderConfig, device: ComputeDevice) -> Result<Self> {
        let labels = config.labels()?;
        Ok(Self { model, config, labels, device, memory_len: 0 })
    }

    /// Lets each window of a document look back at the hidden states of up to `len` earlier tokens, which slows it down by as much: an
    /// option of XLNet, without effect on the others.
    pub fn with_memory(mut self, len: usize) -> Self {
        self.memory_len = len;
        self
    }

    /// The device it runs on.
    pub fn device(&self) -> &ComputeDevice {
        &self.device
    }

    /// Its hyperparameters.
    pub fn config(&self) -> &EncoderConfig {
        &self.config
    }

    /// All tensors by Hugging Face name, for writing checkpoints.
    pub async fn tensors(&self) -> Result<TensorMap> {
        self.model.tensors(&self.config).await
    }

    #[cfg(feature = "cli")]
    pub(super) fn model_mut(&mut self) -> &mut ForTokenClassification {
        &mut self.model
    }

    /// Columns of padding before a window of `len` tokens in a batch of `seq_len`.
    pub fn indent(&self, len: usize, seq_len: usize) -> usize {
        if self.config.pads_left() { seq_len - len } else { 0 }
    }

    /// `input_ids` (on the model's [`ForTokenClassification::ids_device`]) and `attention_mask`, both `[batch, seq_len]`, for windows of any lengths; the mask is `None` if all are as long.
    pub fn batch(&self, windows: &[&[u32]]) -> Result<(Tensor<2, Int>, Option<Tensor<2>>)> {
        let (limit, vocab) = (self.config.max_positions(), self.config.vocab_size);
        let seq_len = windows.iter().map(|w| w.len()).max().unwrap_or(0);
        if seq_len == 0 || seq_len > limit {
            return Err(Error::EncoderFailed { reason: format!("a window of {seq_len} tokens; the model takes 1 to {limit}") });
        }
        let mut ids = vec![self.config.pad_token_id as i32; windows.len() * seq_len];
        let mut mask = vec![0.0f32; windows.len() * seq_len];
        for (row, window) in windows.iter().enumerate() {
            for (column, &id) in (self.indent(window.len(), seq_len)..).zip(window.iter()) {
                if id as usize >= vocab {
                    return Err(Error::TokenizerInvalid { reason: format!("token id {id} is outside the model's vocabulary of {vocab}") });
                }
                ids[row * seq_len + column] = id as i32;
                mask[row * seq_len + column] = 1.0;
            }
        }
        let shape = [windows.len(), seq_len];
        let device = self.device.tensors();
        let input_ids = Tensor::from_data(TensorData::new(ids, shape), &self.model.ids_device());
        let padded = windows.iter().any(|w| w.len() != seq_len);
        Ok((input_ids, padded.then(|| Tensor::from_data(TensorData::new(mask, shape), device))))
    }
}

impl TokenClassifier for Encoder {
    type Memory = Memory;

    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn operating_points(&self) -> OperatingPoints {
        self.config.operating_points
    }

    fn max_positions(&self) -> usize {
        self.config.max_positions()
    }

    fn looks_back(&self) -> bool {
        self.memory_len > 0
    }

    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Memory) -> Result<Vec<Logits>> {
        let on_cpu = self.device.kind() == DeviceKind::Cpu;
        #[cfg(feature = "cli")]
        if on_cpu && self.memory_len == 0 && windows.len() > 1 {
            use rayon::prelude::*;
            // Each by a thread of its own, so that what lies between the large matrix products is shared out too.
            let one = |window: &Vec<u32>| pollster::block_on(self.run(std::slice::from_ref(window), &mut Memory::new()));
            return Ok(windows.par_iter().map(one).collect::<Result<Vec<_>>>()?.concat());
        }
        // A window that looks back at another cannot run beside it, and on a CPU nothing is gained by padding all to one length.
        let at_once = if on_cpu || self.memory_len > 0 { 1 } else { windows.len().max(1) };
        let mut logits = Vec::with_capacity(windows.len());
        for batch in windows.chunks(at_once) {
            logits.extend(self.run(batch, memory).await?);
        }
        Ok(logits)
    }
}

impl Encoder {
    async fn run(&self, windows: &[Vec<u32>], memory: &mut Memory) -> Result<Vec<Logits>> {
        let num_labels = self.labels.len();
        let rows: Vec<&[u32]> = windows.iter().map(Vec::as_slice).collect();
        let (input_ids, mask) = self.batch(&rows)?;
        let [_, seq_len] = input_ids.dims();
        let logits = self.model.forward_after(input_ids, mask, memory, self.memory_len, &mut |_| {});
        let mut values = read_back(logits).await?;
        self.device.check()?;
        if values.len() != windows.len() * seq_len * num_labels {
            return Err(Error::EncoderFailed { reason: "the device returned another number of logits than asked for".into() });
        }
        values.iter_mut().for_each(|value| *value /= self.config.temperature);
        let window = |(values, window): (&[f32], &Vec<u32>)| {
            let start = self.indent(window.len(), seq_len) * num_labels;
            Logits::new(values[start..start + window.len() * num_labels].to_vec(), num_labels)
        };
        values.chunks_exact(seq_len * num_labels).zip(windows).map(window).collect()
    }
}
