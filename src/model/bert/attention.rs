//! Multi-head self-attention with a padding mask.

use crate::error::Result;
use crate::model::config::EncoderConfig;
use crate::model::layers::TensorMap;
use crate::model::linear::{Linear, attend_packed};
use crate::model::weights::Checkpoint;
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig};
use burn::tensor::{Device, Tensor, activation::softmax};

/// Scaled dot-product attention over `num_attention_heads` heads (Vaswani et al. 2017, section 3.2).
#[derive(Module, Debug)]
pub struct SelfAttention {
    /// Query, key and value side by side: one multiplication instead of three.
    inputs: Linear,
    output: Linear,
    dropout: Dropout,
    heads: usize,
}

impl SelfAttention {
    /// Reads query, key, value and output, which are called `names`.
    pub fn load(checkpoint: &mut Checkpoint, names: [String; 4], config: &EncoderConfig, device: &Device) -> Result<Self> {
        let width = config.hidden_size;
        let [query, key, value, output] = names.each_ref().map(String::as_str);
        Ok(Self {
            inputs: Linear::load_stacked(checkpoint, &[query, key, value], width, width, device)?,
            output: Linear::load(checkpoint, output, width, width, device)?,
            dropout: DropoutConfig::new(config.attention_probs_dropout_prob).init(),
            heads: config.num_attention_heads,
        })
    }

    /// `hidden` `[batch, seq_len, hidden_size]`, `mask_bias` `[batch, 1, 1, seq_len]` (0 for a token, very negative for padding)
    /// → `[batch, seq_len, hidden_size]`.
    pub fn forward(&self, hidden: Tensor<3>, mask_bias: Option<Tensor<4>>) -> Tensor<3> {
        let [batch, seq_len, width] = hidden.dims();
        let head_size = width / self.heads;
        let inputs = self.inputs.forward(hidden);
        if let Linear::Packed(_) = self.inputs {
            return self.output.forward(attend_packed(inputs, self.heads, mask_bias));
        }
        let part = |i: usize| inputs.clone().narrow(2, i * width, width).reshape([batch, seq_len, self.heads, head_size]).swap_dims(1, 2);
        // Scaling the query is cheaper than scaling the [seq_len, seq_len] scores.
        let query = part(0) / (head_size as f64).sqrt();
        let [key, value] = [part(1), part(2)];
        let mut scores = query.matmul(key.swap_dims(2, 3));
        if let Some(bias) = mask_bias {
            scores = scores + bias;
        }
        let probs = self.dropout.forward(softmax(scores, 3));
        let context = probs.matmul(value).swap_dims(1, 2).reshape([batch, seq_len, width]);
        self.output.forward(context)
    }

    /// Its layers, in the order in which they are run.
    #[cfg(feature = "cli")]
    pub fn linears(&mut self) -> [&mut Linear; 2] {
        [&mut self.inputs, &mut self.output]
    }

    /// Writes itself under `names`.
    pub async fn put(&self, map: &mut TensorMap, names: [String; 4]) -> Result<()> {
        self.inputs.put(map, &names[..3]).await?;
        self.output.put(map, &names[3..]).await
    }
}
