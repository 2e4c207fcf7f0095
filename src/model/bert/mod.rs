//! BERT and RoBERTa: post-norm layers, and their token-classification head.

use super::attention::SelfAttention;
use super::config::{BertConfig, ModelType};
use super::embeddings::BertEmbeddings;
use super::head::TokenClassificationHead;
use super::layers::{TensorMap, layer_norm, linear, put_layer_norm, put_linear};
use super::weights::Checkpoint;
use crate::error::Result;
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig, LayerNorm, Linear};
use burn::tensor::{Device, Int, Tensor, activation::gelu};

/// Added to the scores of padding before softmax. Not `f32::MIN`: a sum of two of them would be infinite.
const MASKED: f32 = -1e9;

/// One transformer layer: attention and feed-forward, each followed by dropout, the residual and normalisation.
#[derive(Module, Debug)]
pub struct BertLayer {
    attention: SelfAttention,
    attention_norm: LayerNorm,
    intermediate: Linear,
    output: Linear,
    output_norm: LayerNorm,
    dropout: Dropout,
}

impl BertLayer {
    fn load(checkpoint: &mut Checkpoint, index: usize, config: &BertConfig, device: &Device) -> Result<Self> {
        let name = format!("encoder.layer.{index}");
        let (width, inner, eps) = (config.hidden_size, config.intermediate_size, config.layer_norm_eps);
        Ok(Self {
            attention: SelfAttention::load(checkpoint, &format!("{name}.attention"), config, device)?,
            attention_norm: layer_norm(checkpoint, &format!("{name}.attention.output.LayerNorm"), width, eps, device)?,
            intermediate: linear(checkpoint, &format!("{name}.intermediate.dense"), width, inner, device)?,
            output: linear(checkpoint, &format!("{name}.output.dense"), inner, width, device)?,
            output_norm: layer_norm(checkpoint, &format!("{name}.output.LayerNorm"), width, eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
        })
    }

    fn forward(&self, hidden: Tensor<3>, mask_bias: Option<Tensor<4>>) -> Tensor<3> {
        let attended = self.dropout.forward(self.attention.forward(hidden.clone(), mask_bias));
        let hidden = self.attention_norm.forward(hidden + attended);
        let inner = gelu(self.intermediate.forward(hidden.clone()));
        let outer = self.dropout.forward(self.output.forward(inner));
        self.output_norm.forward(hidden + outer)
    }

    async fn put(&self, map: &mut TensorMap, name: &str) -> Result<()> {
        self.attention.put(map, &format!("{name}.attention")).await?;
        put_layer_norm(map, &format!("{name}.attention.output.LayerNorm"), &self.attention_norm).await?;
        put_linear(map, &format!("{name}.intermediate.dense"), &self.intermediate).await?;
        put_linear(map, &format!("{name}.output.dense"), &self.output).await?;
        put_layer_norm(map, &format!("{name}.output.LayerNorm"), &self.output_norm).await
    }
}

/// `BertForTokenClassification` and `RobertaForTokenClassification`: the encoder without its pooler, and a linear head over the last hidden state.
#[derive(Module, Debug)]
pub struct BertForTokenClassification {
    embeddings: BertEmbeddings,
    layers: Vec<BertLayer>,
    head: TokenClassificationHead,
    #[module(skip)]
    model_type: ModelType,
}

impl BertForTokenClassification {
    /// Reads a fine-tuned checkpoint. The number of classes is that of `id2label`.
    pub fn load(weights: &[u8], config: &BertConfig, device: &Device) -> Result<Self> {
        let num_labels = config.labels()?.len();
        Self::load_with(weights, config, device, |checkpoint| TokenClassificationHead::load(checkpoint, config, num_labels, device))
    }

    /// Reads an encoder and puts a new head on it, drawn from a normal distribution of deviation 0.02 by `seed`: the start of a
    /// fine-tuning. A head in the file would be an error: it would be lost.
    pub fn with_new_head(weights: &[u8], config: &BertConfig, device: &Device, seed: u64) -> Result<Self> {
        let num_labels = config.labels()?.len();
        Self::load_with(weights, config, device, |_| Ok(TokenClassificationHead::new(config, num_labels, device, seed)))
    }

    fn load_with(
        weights: &[u8],
        config: &BertConfig,
        device: &Device,
        head: impl FnOnce(&mut Checkpoint) -> Result<TokenClassificationHead>,
    ) -> Result<Self> {
        let mut checkpoint = Checkpoint::open(weights, config.model_type.prefix())?;
        let embeddings = BertEmbeddings::load(&mut checkpoint, config, device)?;
        let layers = (0..config.num_hidden_layers).map(|i| BertLayer::load(&mut checkpoint, i, config, device)).collect::<Result<_>>()?;
        let head = head(&mut checkpoint)?;
        checkpoint.finish()?;
        Ok(Self { embeddings, layers, head, model_type: config.model_type })
    }

    /// The output of the embeddings and of every layer, each `[batch, seq_len, hidden_size]`, and the logits
    /// `[batch, seq_len, num_labels]`. `attention_mask` `[batch, seq_len]` is 1 for tokens and 0 for padding; `None` says that there
    /// is no padding.
    pub fn forward_all(&self, input_ids: Tensor<2, Int>, attention_mask: Option<Tensor<2>>) -> (Vec<Tensor<3>>, Tensor<3>) {
        let mask_bias = attention_mask.map(mask_bias);
        let mut hidden_states = vec![self.embeddings.forward(input_ids)];
        for layer in &self.layers {
            let hidden = hidden_states[hidden_states.len() - 1].clone();
            hidden_states.push(layer.forward(hidden, mask_bias.clone()));
        }
        let logits = self.head.forward(hidden_states[hidden_states.len() - 1].clone());
        (hidden_states, logits)
    }

    /// The logits alone, `[batch, seq_len, num_labels]`; arguments as for [`Self::forward_all`].
    pub fn forward(&self, input_ids: Tensor<2, Int>, attention_mask: Option<Tensor<2>>) -> Tensor<3> {
        let mask_bias = attention_mask.map(mask_bias);
        let mut hidden = self.embeddings.forward(input_ids);
        for layer in &self.layers {
            hidden = layer.forward(hidden, mask_bias.clone());
        }
        self.head.forward(hidden)
    }

    /// The parameters of the classification head, which a fine-tuning starts from noise.
    #[cfg(feature = "train")]
    pub fn head_parameters(&self) -> Vec<burn::module::ParamId> {
        burn::module::list_param_ids(&self.head)
    }

    /// All tensors by Hugging Face name, read back from the device.
    pub async fn tensors(&self) -> Result<TensorMap> {
        let mut map = TensorMap::new();
        let prefix = self.model_type.prefix();
        self.embeddings.put(&mut map, prefix).await?;
        for (i, layer) in self.layers.iter().enumerate() {
            layer.put(&mut map, &format!("{prefix}encoder.layer.{i}")).await?;
        }
        self.head.put(&mut map).await?;
        Ok(map)
    }
}

/// `[batch, seq_len]` of ones and zeros → `[batch, 1, 1, seq_len]` of 0 and [`MASKED`].
fn mask_bias(attention_mask: Tensor<2>) -> Tensor<4> {
    let [batch, seq_len] = attention_mask.dims();
    ((attention_mask - 1.0) * -MASKED).reshape([batch, 1, 1, seq_len])
}
