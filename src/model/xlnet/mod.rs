//! XLNet (Yang et al. 2019) as it is fine-tuned: the content stream of its two-stream attention. Positions and segments are relative,
//! `<sep><cls>` stand at the end of a window, padding before it, and layers may look back at a memory of earlier windows.

use super::config::EncoderConfig;
use super::layers::{TensorMap, layer_norm, put_layer_norm};
use super::linear::Linear;
use super::table::Table;
use super::weights::Checkpoint;
use crate::error::Result;
use attention::{Relations, RelativeAttention};
use burn::module::Module;
use burn::nn::{Dropout, DropoutConfig, LayerNorm};
use burn::tensor::{Device, Int, Tensor, TensorData};

mod attention;

/// The input of every layer in earlier windows, each `[batch, memory_len, hidden_size]`. Empty at the start of a document.
pub type Memory = Vec<Tensor<3>>;

/// Attention and feed-forward, each with its residual and normalisation.
#[derive(Module, Debug)]
pub struct XlnetLayer {
    attention: RelativeAttention,
    inner: Linear,
    outer: Linear,
    norm: LayerNorm,
    dropout: Dropout,
}

impl XlnetLayer {
    fn load(checkpoint: &mut Checkpoint, index: usize, config: &EncoderConfig, device: &Device) -> Result<Self> {
        let name = format!("layer.{index}");
        let (width, inner) = (config.hidden_size, config.intermediate_size);
        Ok(Self {
            attention: RelativeAttention::load(checkpoint, &format!("{name}.rel_attn"), config, device)?,
            inner: Linear::load(checkpoint, &format!("{name}.ff.layer_1"), width, inner, device)?,
            outer: Linear::load(checkpoint, &format!("{name}.ff.layer_2"), inner, width, device)?,
            norm: layer_norm(checkpoint, &format!("{name}.ff.layer_norm"), width, config.layer_norm_eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
        })
    }

    fn forward(&self, hidden: Tensor<3>, context: Tensor<3>, relations: &Relations) -> Tensor<3> {
        let hidden = self.attention.forward(hidden, context, relations);
        let inner = self.dropout.forward(self.inner.forward_gelu(hidden.clone()));
        let outer = self.dropout.forward(self.outer.forward(inner));
        self.norm.forward(outer + hidden)
    }

    async fn put(&self, map: &mut TensorMap, name: &str) -> Result<()> {
        self.attention.put(map, &format!("{name}.rel_attn")).await?;
        self.inner.put(map, &[format!("{name}.ff.layer_1")]).await?;
        self.outer.put(map, &[format!("{name}.ff.layer_2")]).await?;
        put_layer_norm(map, &format!("{name}.ff.layer_norm"), &self.norm).await
    }
}

/// The encoder without its summary.
#[derive(Module, Debug)]
pub struct XlnetModel {
    /// `[vocab_size, hidden_size]`.
    word: Table,
    layers: Vec<XlnetLayer>,
    dropout: Dropout,
    /// Largest distance that is told from larger ones, if there is one.
    clamp: Option<usize>,
}

impl XlnetModel {
    /// Reads the encoder's tensors.
    pub fn load(checkpoint: &mut Checkpoint, config: &EncoderConfig, device: &Device) -> Result<Self> {
        Ok(Self {
            word: Table::load(checkpoint, "word_embedding.weight", [config.vocab_size, config.hidden_size], device)?,
            layers: (0..config.num_hidden_layers).map(|i| XlnetLayer::load(checkpoint, i, config, device)).collect::<Result<_>>()?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
            clamp: usize::try_from(config.clamp_len).ok().filter(|&limit| limit > 0),
        })
    }

    /// Where it wants the ids.
    pub fn ids_device(&self) -> Device {
        self.word.ids_device()
    }

    /// The output of the embeddings and of every layer, each `[batch, seq_len, hidden_size]`, given one after the other to `see`; returns
    /// the last. `mask_bias` `[batch, 1, 1, seq_len]` is 0 for tokens and very negative for padding. What the layers read is added to
    /// `memory`, of which at most `memory_len` positions are kept; 0 for none.
    pub fn forward(
        &self,
        input_ids: Tensor<2, Int>,
        mask_bias: Option<Tensor<4>>,
        memory: &mut Memory,
        memory_len: usize,
        see: &mut dyn FnMut(&Tensor<3>),
    ) -> Tensor<3> {
        let [batch, seq_len] = input_ids.dims();
        let remembered = memory.first().map_or(0, |m| m.dims()[1]);
        let key_len = remembered + seq_len;
        let mut hidden = self.dropout.forward(self.word.forward(input_ids));
        // Not that of the ids, which may be in the host's memory.
        let device = hidden.device();
        see(&hidden);
        let relations = Relations {
            distances: self.dropout.forward(self.distances(seq_len, key_len, hidden.dims()[2], &device)),
            foreign: foreign(seq_len, key_len, &device),
            // All of the memory can be looked at.
            mask_bias: mask_bias.map(|bias| Tensor::cat(vec![Tensor::zeros([batch, 1, 1, remembered], &device), bias], 3)),
        };
        let mut next = Memory::new();
        for (i, layer) in self.layers.iter().enumerate() {
            let context = match memory.get(i) {
                Some(memory) => Tensor::cat(vec![memory.clone(), hidden.clone()], 1),
                None => hidden.clone(),
            };
            if memory_len > 0 {
                let kept = memory_len.min(key_len);
                next.push(context.clone().narrow(1, key_len - kept, kept).detach());
            }
            hidden = layer.forward(hidden, context, &relations);
            see(&hidden);
        }
        *memory = next;
        self.dropout.forward(hidden)
    }

    /// The word embeddings.
    #[cfg(feature = "cli")]
    pub fn table(&mut self) -> &mut Table {
        &mut self.word
    }

    /// The layers' linear layers, in the order in which they are run. The projections of attention are none.
    #[cfg(feature = "cli")]
    pub fn linears(&mut self) -> Vec<&mut Linear> {
        self.layers.iter_mut().flat_map(|layer| [&mut layer.inner, &mut layer.outer]).collect()
    }

    /// Sinusoids of the distances `key_len`, …, `-query_len + 1`, `[key_len + query_len, width]`: all sines, then all cosines.
    fn distances(&self, query_len: usize, key_len: usize, width: usize, device: &Device) -> Tensor<2> {
        let mut values = Vec::with_capacity((key_len + query_len) * width);
        let rates: Vec<f32> = (0..width.div_ceil(2)).map(|i| 1.0 / 10000f32.powf((2 * i) as f32 / width as f32)).collect();
        for row in 0..key_len + query_len {
            let distance = key_len as f32 - row as f32;
            let limit = self.clamp.map_or(f32::INFINITY, |limit| limit as f32);
            let distance = distance.clamp(-limit, limit);
            values.extend(rates.iter().map(|rate| (distance * rate).sin()));
            values.extend(rates.iter().map(|rate| (distance * rate).cos()));
        }
        Tensor::from_data(TensorData::new(values, [key_len + query_len, 2 * rates.len()]), device)
    }

    /// Puts all tensors into `map`, by Hugging Face name.
    pub async fn put(&self, map: &mut TensorMap, config: &EncoderConfig) -> Result<()> {
        let prefix = config.model_type.prefix();
        map.insert(format!("{prefix}word_embedding.weight"), self.word.host().await?);
        for (i, layer) in self.layers.iter().enumerate() {
            layer.put(map, &format!("{prefix}layer.{i}")).await?;
        }
        Ok(())
    }
}

/// Which keys are in another segment than the query: `<cls>`, the last token of every window, is in one of its own.
fn foreign(query_len: usize, key_len: usize, device: &Device) -> Tensor<4> {
    let differs = |(query, key): (usize, usize)| f32::from((query + 1 == query_len) != (key + 1 == key_len));
    let values: Vec<f32> = (0..query_len).flat_map(|q| (0..key_len).map(move |k| (q, k))).map(differs).collect();
    Tensor::from_data(TensorData::new(values, [1, 1, query_len, key_len]), device)
}
