//! An encoder of any family with its token-classification head, as one module.

use super::bert::BertModel;
use super::config::{EncoderConfig, ModelType};
use super::head::TokenClassificationHead;
use super::layers::TensorMap;
use super::weights::Checkpoint;
use super::xlnet::{Memory, XlnetModel};
#[cfg(feature = "cli")]
use super::{linear::Linear, table::Table};
use crate::error::Result;
use burn::module::Module;
use burn::tensor::{Device, Int, Tensor};

/// Added to the scores of padding before softmax. Not `f32::MIN`: a sum of two of them would be infinite.
const MASKED: f32 = -1e9;

/// The encoder, by family.
#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant)] // there is one of it
pub enum EncoderModel {
    /// BERT, RoBERTa and DistilBERT.
    Bert(BertModel),
    /// XLNet.
    Xlnet(XlnetModel),
}

/// `BertForTokenClassification` and its like: the encoder, and a linear head over the last hidden state.
#[derive(Module, Debug)]
pub struct ForTokenClassification {
    encoder: EncoderModel,
    head: TokenClassificationHead,
}

impl ForTokenClassification {
    /// Reads a fine-tuned checkpoint. The number of classes is that of `id2label`.
    pub fn load(weights: &[u8], config: &EncoderConfig, device: &Device) -> Result<Self> {
        let num_labels = config.labels()?.len();
        let checkpoint = Checkpoint::open(weights, config.model_type.prefix())?;
        Self::load_with(checkpoint, config, device, |checkpoint| TokenClassificationHead::load(checkpoint, config, num_labels, device))
    }

    /// The start of a fine-tuning: reads an encoder and puts a new head on it, drawn from a normal distribution of deviation 0.02 by
    /// `seed`. A head in the file is taken where `keep_head` says that its labels are those of `config`; else it is an error, for it
    /// would be lost. The heads of pretraining are passed over. Without `weights` the encoder is drawn as well.
    #[cfg(feature = "train")]
    pub fn for_fine_tuning(weights: Option<&[u8]>, config: &EncoderConfig, device: &Device, seed: u64, keep_head: bool) -> Result<Self> {
        let num_labels = config.labels()?.len();
        let checkpoint = match weights {
            Some(weights) => Checkpoint::open(weights, config.model_type.prefix())?,
            None => Checkpoint::random(seed),
        };
        Self::load_with(checkpoint, config, device, |checkpoint| {
            checkpoint.ignore_pretraining_heads();
            match keep_head && checkpoint.has("classifier.weight") {
                true => TokenClassificationHead::load(checkpoint, config, num_labels, device),
                false => Ok(TokenClassificationHead::new(config, num_labels, device, seed)),
            }
        })
    }

    fn load_with(
        mut checkpoint: Checkpoint,
        config: &EncoderConfig,
        device: &Device,
        head: impl FnOnce(&mut Checkpoint) -> Result<TokenClassificationHead>,
    ) -> Result<Self> {
        let encoder = match config.model_type {
            ModelType::Xlnet => EncoderModel::Xlnet(XlnetModel::load(&mut checkpoint, config, device)?),
            ModelType::Bert | ModelType::Roberta | ModelType::Distilbert => {
                EncoderModel::Bert(BertModel::load(&mut checkpoint, config, device)?)
            }
        };
        let head = head(&mut checkpoint)?;
        checkpoint.finish()?;
        Ok(Self { encoder, head })
    }

    /// The device that `input_ids` have to be on.
    pub fn ids_device(&self) -> Device {
        match &self.encoder {
            EncoderModel::Bert(model) => model.ids_device(),
            EncoderModel::Xlnet(model) => model.ids_device(),
        }
    }

    /// Logits `[batch, seq_len, num_labels]`. `attention_mask` `[batch, seq_len]` is 1 for tokens and 0 for padding; `None` says that
    /// there is no padding.
    pub fn forward(&self, input_ids: Tensor<2, Int>, attention_mask: Option<Tensor<2>>) -> Tensor<3> {
        self.forward_after(input_ids, attention_mask, &mut Memory::new(), 0, &mut |_| {})
    }

    /// As [`Self::forward`], for the windows that follow those in `memory`: XLNet looks back at up to `memory_len` positions. The other
    /// families have no memory. The output of the embeddings and of every layer, each `[batch, seq_len, hidden_size]`, is shown to `see`.
    pub fn forward_after(
        &self,
        input_ids: Tensor<2, Int>,
        attention_mask: Option<Tensor<2>>,
        memory: &mut Memory,
        memory_len: usize,
        see: &mut dyn FnMut(&Tensor<3>),
    ) -> Tensor<3> {
        let mask_bias = attention_mask.map(mask_bias);
        self.head.forward(match &self.encoder {
            EncoderModel::Bert(model) => model.forward(input_ids, mask_bias, see),
            EncoderModel::Xlnet(model) => model.forward(input_ids, mask_bias, memory, memory_len, see),
        })
    }

    /// The parameters of the classification head, which a fine-tuning starts from noise.
    #[cfg(feature = "train")]
    pub fn head_parameters(&self) -> Vec<burn::module::ParamId> {
        burn::module::list_param_ids(&self.head)
    }

    /// The word embeddings.
    #[cfg(feature = "cli")]
    pub fn table(&mut self) -> &mut Table {
        match &mut self.encoder {
            EncoderModel::Bert(model) => model.table(),
            EncoderModel::Xlnet(model) => model.table(),
        }
    }

    /// The encoder's linear layers, in the order in which they are run.
    #[cfg(feature = "cli")]
    pub fn linears(&mut self) -> Vec<&mut Linear> {
        match &mut self.encoder {
            EncoderModel::Bert(model) => model.linears(),
            EncoderModel::Xlnet(model) => model.linears(),
        }
    }

    /// All tensors by Hugging Face name, read back from the device. `config` is the one that the model was loaded by.
    pub async fn tensors(&self, config: &EncoderConfig) -> Result<TensorMap> {
        let mut map = TensorMap::new();
        match &self.encoder {
            EncoderModel::Bert(model) => model.put(&mut map, config).await?,
            EncoderModel::Xlnet(model) => model.put(&mut map, config).await?,
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
