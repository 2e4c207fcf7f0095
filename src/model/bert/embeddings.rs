//! Word, position and segment embeddings, summed and normalised.

use crate::error::Result;
use crate::model::config::{EncoderConfig, ModelType};
use crate::model::layers::{TensorMap, host, layer_norm, param, put_layer_norm};
use crate::model::table::Table;
use crate::model::weights::Checkpoint;
use burn::module::{Module, Param};
use burn::nn::{Dropout, DropoutConfig, LayerNorm};
use burn::tensor::{Device, Int, Tensor};

/// The input layer of BERT (Devlin et al. 2019, section 3) and RoBERTa, where every token is in segment 0, and of DistilBERT, which has no segments.
#[derive(Module, Debug)]
pub struct BertEmbeddings {
    /// `[vocab_size, hidden_size]`.
    word: Table,
    /// `[max_position_embeddings, hidden_size]`.
    position: Param<Tensor<2>>,
    /// `[type_vocab_size, hidden_size]`.
    token_type: Option<Param<Tensor<2>>>,
    norm: LayerNorm,
    dropout: Dropout,
    /// Row of `position` for the first token.
    position_offset: usize,
}

impl BertEmbeddings {
    /// Reads `embeddings.*`.
    pub fn load(checkpoint: &mut Checkpoint, config: &EncoderConfig, device: &Device) -> Result<Self> {
        let width = config.hidden_size;
        let mut token_type = None;
        if config.model_type != ModelType::Distilbert {
            let table = checkpoint.encoder("embeddings.token_type_embeddings.weight", &[config.type_vocab_size, width])?;
            token_type = Some(param(table, device));
        }
        Ok(Self {
            word: Table::load(checkpoint, "embeddings.word_embeddings.weight", [config.vocab_size, width], device)?,
            position: param(checkpoint.encoder("embeddings.position_embeddings.weight", &[config.max_position_embeddings, width])?, device),
            token_type,
            norm: layer_norm(checkpoint, "embeddings.LayerNorm", width, config.layer_norm_eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
            position_offset: config.position_offset(),
        })
    }

    /// Where it wants the ids.
    pub fn ids_device(&self) -> Device {
        self.word.ids_device()
    }

    /// The word embeddings.
    #[cfg(feature = "cli")]
    pub fn table(&mut self) -> &mut Table {
        &mut self.word
    }

    /// `input_ids` `[batch, seq_len]` → `[batch, seq_len, hidden_size]`.
    pub fn forward(&self, input_ids: Tensor<2, Int>) -> Tensor<3> {
        let [_, seq_len] = input_ids.dims();
        let positions = self.position.val().narrow(0, self.position_offset, seq_len).unsqueeze::<3>();
        let mut sum = self.word.forward(input_ids) + positions;
        if let Some(segments) = &self.token_type {
            sum = sum + segments.val().narrow(0, 0, 1).unsqueeze::<3>();
        }
        self.dropout.forward(self.norm.forward(sum))
    }

    /// Writes `embeddings.*` under `prefix`.
    pub async fn put(&self, map: &mut TensorMap, prefix: &str) -> Result<()> {
        map.insert(format!("{prefix}embeddings.word_embeddings.weight"), self.word.host().await?);
        map.insert(format!("{prefix}embeddings.position_embeddings.weight"), host(&self.position).await?);
        if let Some(segments) = &self.token_type {
            map.insert(format!("{prefix}embeddings.token_type_embeddings.weight"), host(segments).await?);
        }
        put_layer_norm(map, &format!("{prefix}embeddings.LayerNorm"), &self.norm).await
    }
}
