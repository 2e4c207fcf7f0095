//! BERT, RoBERTa and DistilBERT: absolute positions, then layers of attention and feed-forward, each normalised behind its residual.

use super::config::EncoderConfig;
use super::layers::{TensorMap, layer_norm, put_layer_norm};
use super::linear::Linear;
#[cfg(feature = "cli")]
use super::table::Table;
use super::weights::Checkpoint;
use crate::error::Result;
use attention::SelfAttention;
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig, LayerNorm};
use burn::tensor::{Device, Int, Tensor};
use embeddings::BertEmbeddings;
use names::LayerNames;

mod attention;
mod embeddings;
mod names;

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
    fn load(checkpoint: &mut Checkpoint, index: usize, config: &EncoderConfig, device: &Device) -> Result<Self> {
        let names = LayerNames::of(config.model_type);
        let name = |part: &str| format!("{}.{index}.{part}", names.layers);
        let (width, inner, eps) = (config.hidden_size, config.intermediate_size, config.layer_norm_eps);
        Ok(Self {
            attention: SelfAttention::load(checkpoint, names.attention.map(name), config, device)?,
            attention_norm: layer_norm(checkpoint, &name(names.attention_norm), width, eps, device)?,
            intermediate: Linear::load(checkpoint, &name(names.intermediate), width, inner, device)?,
            output: Linear::load(checkpoint, &name(names.output), inner, width, device)?,
            output_norm: layer_norm(checkpoint, &name(names.output_norm), width, eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
        })
    }

    fn forward(&self, hidden: Tensor<3>, mask_bias: Option<Tensor<4>>) -> Tensor<3> {
        let attended = self.dropout.forward(self.attention.forward(hidden.clone(), mask_bias));
        let hidden = self.attention_norm.forward(hidden + attended);
        let inner = self.intermediate.forward_gelu(hidden.clone());
        let outer = self.dropout.forward(self.output.forward(inner));
        self.output_norm.forward(hidden + outer)
    }

    #[cfg(feature = "cli")]
    fn linears(&mut self) -> impl Iterator<Item = &mut Linear> {
        self.attention.linears().into_iter().chain([&mut self.intermediate, &mut self.output])
    }

    async fn put(&self, map: &mut TensorMap, index: usize, config: &EncoderConfig) -> Result<()> {
        let names = LayerNames::of(config.model_type);
        let name = |part: &str| format!("{}{}.{index}.{part}", config.model_type.prefix(), names.layers);
        self.attention.put(map, names.attention.map(name)).await?;
        put_layer_norm(map, &name(names.attention_norm), &self.attention_norm).await?;
        self.intermediate.put(map, &[name(names.intermediate)]).await?;
        self.output.put(map, &[name(names.output)]).await?;
        put_layer_norm(map, &name(names.output_norm), &self.output_norm).await
    }
}

/// The encoder without its pooler.
#[derive(Module, Debug)]
pub struct BertModel {
    embeddings: BertEmbeddings,
    layers: Vec<BertLayer>,
}

impl BertModel {
    /// Reads the encoder's tensors.
    pub fn load(checkpoint: &mut Checkpoint, config: &EncoderConfig, device: &Device) -> Result<Self> {
        let embeddings = BertEmbeddings::load(checkpoint, config, device)?;
        let layers = (0..config.num_hidden_layers).map(|i| BertLayer::load(checkpoint, i, config, device)).collect::<Result<_>>()?;
        Ok(Self { embeddings, layers })
    }

    /// Where it wants the ids.
    pub fn ids_device(&self) -> Device {
        self.embeddings.ids_device()
    }

    /// The output of the embeddings and of every layer, each `[batch, seq_len, hidden_size]`, given one after the other to `see`; returns
    /// the last. `mask_bias` `[batch, 1, 1, seq_len]` is 0 for tokens and very negative for padding.
    pub fn forward(&self, input_ids: Tensor<2, Int>, mask_bias: Option<Tensor<4>>, see: &mut dyn FnMut(&Tensor<3>)) -> Tensor<3> {
        let mut hidden = self.embeddings.forward(input_ids);
        see(&hidden);
        for layer in &self.layers {
            hidden = layer.forward(hidden, mask_bias.clone());
            see(&hidden);
        }
        hidden
    }

    /// The word embeddings.
    #[cfg(feature = "cli")]
    pub fn table(&mut self) -> &mut Table {
        self.embeddings.table()
    }

    /// The layers' linear layers, in the order in which they are run.
    #[cfg(feature = "cli")]
    pub fn linears(&mut self) -> Vec<&mut Linear> {
        self.layers.iter_mut().flat_map(BertLayer::linears).collect()
    }

    /// Puts all tensors into `map`, by Hugging Face name.
    pub async fn put(&self, map: &mut TensorMap, config: &EncoderConfig) -> Result<()> {
        self.embeddings.put(map, config.model_type.prefix()).await?;
        for (i, layer) in self.layers.iter().enumerate() {
            layer.put(map, i, config).await?;
        }
        Ok(())
    }
}
