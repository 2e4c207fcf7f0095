//! Multi-head self-attention with a padding mask.

use crate::error::Result;
use crate::model::config::EncoderConfig;
use crate::model::layers::{TensorMap, linear, put_linear};
use crate::model::weights::Checkpoint;
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig, Linear};
use burn::tensor::{Device, Tensor, activation::softmax};

/// Scaled dot-product attention over `num_attention_heads` heads (Vaswani et al. 2017, section 3.2).
#[derive(Module, Debug)]
pub struct SelfAttention {
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    dropout: Dropout,
    heads: usize,
}

impl SelfAttention {
    /// Reads query, key, value and output, which are called `names`.
    pub fn load(checkpoint: &mut Checkpoint, names: [String; 4], config: &EncoderConfig, device: &Device) -> Result<Self> {
        let width = config.hidden_size;
        let [query, key, value, output] = names;
        Ok(Self {
            query: linear(checkpoint, &query, width, width, device)?,
            key: linear(checkpoint, &key, width, width, device)?,
            value: linear(checkpoint, &value, width, width, device)?,
            output: linear(checkpoint, &output, width, width, device)?,
            dropout: DropoutConfig::new(config.attention_probs_dropout_prob).init(),
            heads: config.num_attention_heads,
        })
    }

    /// `hidden` `[batch, seq_len, hidden_size]`, `mask_bias` `[batch, 1, 1, seq_len]` (0 for a token, very negative for padding)
    /// → `[batch, seq_len, hidden_size]`.
    pub fn forward(&self, hidden: Tensor<3>, mask_bias: Option<Tensor<4>>) -> Tensor<3> {
        let [batch, seq_len, width] = hidden.dims();
        let head_size = width / self.heads;
        let split = |linear: &Linear, x: Tensor<3>| linear.forward(x).reshape([batch, seq_len, self.heads, head_size]).swap_dims(1, 2);
        // Scaling the query is cheaper than scaling the [seq_len, seq_len] scores.
        let query = split(&self.query, hidden.clone()) / (head_size as f64).sqrt();
        let key = split(&self.key, hidden.clone());
        let value = split(&self.value, hidden);
        let mut scores = query.matmul(key.swap_dims(2, 3));
        if let Some(bias) = mask_bias {
            scores = scores + bias;
        }
        let probs = self.dropout.forward(softmax(scores, 3));
        let context = probs.matmul(value).swap_dims(1, 2).reshape([batch, seq_len, width]);
        self.output.forward(context)
    }

    /// Writes itself under `names`.
    pub async fn put(&self, map: &mut TensorMap, names: [String; 4]) -> Result<()> {
        for (name, linear) in names.iter().zip([&self.query, &self.key, &self.value, &self.output]) {
            put_linear(map, name, linear).await?;
        }
        Ok(())
    }
}
