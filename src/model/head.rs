//! The token-classification head.

use super::config::EncoderConfig;
use super::layers::TensorMap;
use super::linear::Linear;
use super::weights::Checkpoint;
use crate::error::Result;
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig};
use burn::tensor::{Device, Tensor};

/// Dropout and a linear layer: `classifier.{weight,bias}`.
#[derive(Module, Debug)]
pub struct TokenClassificationHead {
    dropout: Dropout,
    classifier: Linear,
}

impl TokenClassificationHead {
    /// Reads `classifier.*`.
    pub fn load(checkpoint: &mut Checkpoint, config: &EncoderConfig, num_labels: usize, device: &Device) -> Result<Self> {
        let weight = checkpoint.weights("classifier.weight", &[num_labels, config.hidden_size])?;
        let bias = checkpoint.read("classifier.bias", &[num_labels])?.values;
        Ok(Self::from_linear(Linear::new(weight, bias, config.hidden_size, device), config))
    }

    /// A head to be trained: weights from N(0, 0.02) as in BERT's initialisation, biases zero.
    #[cfg(feature = "train")]
    pub fn new(config: &EncoderConfig, num_labels: usize, device: &Device, seed: u64) -> Self {
        use burn::tensor::Distribution;
        device.seed(seed);
        let noise: Tensor<2> = Tensor::random([num_labels, config.hidden_size], Distribution::Normal(0.0, 0.02), device);
        let weight = noise.into_data().try_into_vec().expect("the noise is float32");
        Self::from_linear(Linear::new(super::kernels::Weights::Floats(weight), vec![0.0; num_labels], config.hidden_size, device), config)
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
        self.classifier.put(map, &["classifier".into()]).await
    }
}
