//! The families of encoders: what each calls its tensors, its class and its hyperparameters.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// `model_type` of a `config.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelType {
    /// Devlin et al. 2019.
    Bert,
    /// Liu et al. 2019: BERT with a byte-level vocabulary and positions that begin behind the padding token's id.
    Roberta,
    /// Sanh et al. 2019: BERT with half of the layers, no segments, and other names.
    Distilbert,
    /// Yang et al. 2019: relative positions, relative segments, special tokens at the end.
    Xlnet,
}

impl ModelType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Bert, Self::Roberta, Self::Distilbert, Self::Xlnet];

    /// As `config.json` says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bert => "bert",
            Self::Roberta => "roberta",
            Self::Distilbert => "distilbert",
            Self::Xlnet => "xlnet",
        }
    }

    /// What Hugging Face puts before the names of the encoder's tensors.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Bert => "bert.",
            Self::Roberta => "roberta.",
            Self::Distilbert => "distilbert.",
            Self::Xlnet => "transformer.",
        }
    }

    /// The class that a fine-tuned checkpoint names in `architectures`.
    pub const fn architecture(self) -> &'static str {
        match self {
            Self::Bert => "BertForTokenClassification",
            Self::Roberta => "RobertaForTokenClassification",
            Self::Distilbert => "DistilBertForTokenClassification",
            Self::Xlnet => "XLNetForTokenClassification",
        }
    }

    /// Hyperparameters that the family calls by another name than BERT: its own, BERT's.
    const fn synonyms(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Bert | Self::Roberta => &[],
            Self::Distilbert => &[
                ("dim", "hidden_size"),
                ("n_layers", "num_hidden_layers"),
                ("n_heads", "num_attention_heads"),
                ("hidden_dim", "intermediate_size"),
                ("activation", "hidden_act"),
                ("dropout", "hidden_dropout_prob"),
                ("attention_dropout", "attention_probs_dropout_prob"),
            ],
            Self::Xlnet => &[
                ("d_model", "hidden_size"),
                ("n_layer", "num_hidden_layers"),
                ("n_head", "num_attention_heads"),
                ("d_inner", "intermediate_size"),
                ("ff_activation", "hidden_act"),
                ("dropout", "hidden_dropout_prob"),
            ],
        }
    }

    /// BERT's hyperparameters that the family does not have.
    const fn without(self) -> &'static [&'static str] {
        match self {
            Self::Bert | Self::Roberta => &["clamp_len"],
            Self::Distilbert => &["clamp_len", "type_vocab_size", "layer_norm_eps", "position_embedding_type"],
            Self::Xlnet => &["type_vocab_size", "position_embedding_type", "max_position_embeddings", "attention_probs_dropout_prob"],
        }
    }

    /// Options that change what the encoder computes, with the only value that is known here.
    fn required(self) -> Vec<(&'static str, Value)> {
        let always = [("is_decoder", false.into()), ("add_cross_attention", false.into())];
        let own = match self {
            Self::Bert | Self::Roberta => vec![("position_embedding_type", "absolute".into())],
            Self::Distilbert => vec![],
            Self::Xlnet => vec![("attn_type", "bi".into()), ("bi_data", false.into())],
        };
        always.into_iter().chain(own).collect()
    }

    /// A `config.json` in BERT's terms, and whose it is.
    ///
    /// # Errors
    /// [`Error::ConfigUnsupported`] names the family or the option that there is no code for.
    pub fn normalise(config: &mut Map<String, Value>) -> Result<Self> {
        let unsupported = |field: &'static str, value: &Value| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_string);
            Error::ConfigUnsupported { field, value }
        };
        let named = config.get("model_type").and_then(Value::as_str).unwrap_or("(none)").to_string();
        let family = Self::ALL.into_iter().find(|f| f.name() == named);
        let family = family.ok_or(Error::ConfigUnsupported { field: "model_type", value: named })?;
        for (field, known) in family.required() {
            if let Some(value) = config.get(field).filter(|v| !v.is_null() && **v != known) {
                return Err(unsupported(field, value));
            }
        }
        if let Some(pruned) = config.get("pruned_heads").filter(|v| v.as_object().is_some_and(|heads| !heads.is_empty())) {
            return Err(unsupported("pruned_heads", pruned));
        }
        for (own, bert) in family.synonyms() {
            if let Some(value) = config.remove(*own) {
                config.insert((*bert).into(), value);
            }
        }
        // DistilBERT's epsilon is not in its configuration; in the others a missing one is 1e-12 as well.
        family.without().iter().for_each(|field| drop(config.remove(*field)));
        Ok(family)
    }

    /// The reverse of [`Self::normalise`], for writing.
    pub fn own_terms(self, config: &mut Map<String, Value>) {
        self.without().iter().for_each(|field| drop(config.remove(*field)));
        for (own, bert) in self.synonyms() {
            if let Some(value) = config.remove(*bert) {
                config.insert((*own).into(), value);
            }
        }
    }
}
