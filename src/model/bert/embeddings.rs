//! Word, position and segment embeddings, summed and normalised.

use super::config::BertConfig;
use super::layers::{TensorMap, host, layer_norm, param, put_layer_norm};
use super::weights::Checkpoint;
use crate::error::Result;
use burn::module::{Module, Param};
use burn::nn::{Dropout, DropoutConfig, LayerNorm};
use burn::tensor::{Device, Int, Tensor, module::embedding};

/// The input layer of BERT (Devlin et al. 2019, section 3) and RoBERTa. Every token is in segment 0.
#[derive(Module, Debug)]
pub struct BertEmbeddings {
    /// `[vocab_size, hidden_size]`.
    word: Param<Tensor<2>>,
    /// `[max_position_embeddings, hidden_size]`.
    position: Param<Tensor<2>>,
    /// `[type_vocab_size, hidden_size]`.
    token_type: Param<Tensor<2>>,
    norm: LayerNorm,
    dropout: Dropout,
    /// Row of `position` for the first token.
    position_offset: usize,
}

impl BertEmbeddings {
    /// Reads `embeddings.*`.
    pub fn load(checkpoint: &mut Checkpoint, config: &BertConfig, device: &Device) -> Result<Self> {
        let width = config.hidden_size;
        Ok(Self {
            word: param(checkpoint.encoder("embeddings.word_embeddings.weight", &[config.vocab_size, width])?, device),
            position: param(checkpoint.encoder("embeddings.position_embeddings.weight", &[config.max_position_embeddings, width])?, device),
            token_type: param(checkpoint.encoder("embeddings.token_type_embeddings.weight", &[config.type_vocab_size, width])?, device),
            norm: layer_norm(checkpoint, "embeddings.LayerNorm", width, config.layer_norm_eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
            position_offset: config.position_offset(),
        })
    }

    /// `input_ids` `[batch, seq_len]` → `[batch, seq_len, hidden_size]`.
    pub fn forward(&self, input_ids: Tensor<2, Int>) -> Tensor<3> {
        let [_, seq_len] = input_ids.dims();
        let positions = self.position.val().narrow(0, self.position_offset, seq_len).unsqueeze::<3>();
        let segment = self.token_type.val().narrow(0, 0, 1).unsqueeze::<3>();
        let sum = embedding(self.word.val(), input_ids) + positions + segment;
        self.dropout.forward(self.norm.forward(sum))
    }

    /// Writes `embeddings.*` under `prefix`.
    pub async fn put(&self, map: &mut TensorMap, prefix: &str) -> Result<()> {
        map.insert(format!("{prefix}embeddings.word_embeddings.weight"), host(&self.word).await?);
        map.insert(format!("{prefix}embeddings.position_embeddings.weight"), host(&self.position).await?);
        map.insert(format!("{prefix}embeddings.token_type_embeddings.weight"), host(&self.token_type).await?);
        put_layer_norm(map, &format!("{prefix}embeddings.LayerNorm"), &self.norm).await
    }
}
