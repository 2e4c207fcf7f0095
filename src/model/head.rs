//! The token-classification head.

use super::config::EncoderConfig;
use super::layers::{TensorMap, linear_from, put_linear};
use super::weights::{Checkpoint, HostTensor};
use crate::error::Result;
use burn::module::{Module, Param};
use burn::nn::{Dropout, DropoutConfig, Linear};
use burn::tensor::{Device, Distribution, Tensor};

/// Dropout and a linear layer: `classifier.{weight,bias}`.
#[derive(Module, Debug)]
pub struct TokenClassificationHead {
    dropout: Dropout,
    classifier: Linear,
}

impl TokenClassificationHead {
    /// Reads `classifier.*`.
    pub fn load(checkpoint: &mut Checkpoint, config: &EncoderConfig, num_labels: usize, device: &Device) -> Result<Self> {
        let weight = checkpoint.read("classifier.weight", &[num_labels, config.hidden_size])?;
        let bias = checkpoint.read("classifier.bias", &[num_labels])?;
        Ok(Self::from_linear(linear_from(weight, bias, device), config))
    }

    /// A head to be trained: weights from N(0, 0.02) as in BERT's initialisation, biases zero.
    pub fn new(config: &EncoderConfig, num_labels: usize, device: &Device, seed: u64) -> Self {
        device.seed(seed);
        let bias = HostTensor { shape: vec![num_labels], values: vec![0.0; num_labels] };
        let weight = HostTensor { shape: vec![num_labels, config.hidden_size], values: vec![0.0; num_labels * config.hidden_size] };
        let mut classifier = linear_from(weight, bias, device);
        let noise = Tensor::random([config.hidden_size, num_labels], Distribution::Normal(0.0, 0.02), device);
        // A new parameter: one that takes over another's place by `map` would not be trained.
        classifier.weight = Param::from_tensor(noise);
        Self::from_linear(classifier, config)
    }

    fn from_linear(classifier: Linear, config: &EncoderConfig) -> Self {
        Self { dropout: DropoutConfig::new(config.hidden_dropout_prob).init(), classifier }
    }

    /// `[batch, seq_len, hidden_size]` → `[batch, seq_len, num_labels]`.
    pub fn forward(&self, hidden: Tensor<3>) -> Tensor<3> {
        self.classifier.forward(self.dropout.forward(hidden))
    }

    /// Writes `classifier.*`.
    pub async fn put(&self, map: &mut TensorMap) -> Result<()> {
        put_linear(map, "classifier", &self.classifier).await
    }
}
