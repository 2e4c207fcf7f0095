//! `config.json` of a Hugging Face checkpoint, checked before a single tensor is read.

use crate::engine::OperatingPoints;
use crate::error::{Error, Result};
use crate::labels::LabelSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

mod family;

pub use family::ModelType;

/// Hyperparameters of an encoder with a token-classification head. Field names are those of Hugging Face's BERT; files of the other
/// families say them in their own terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncoderConfig {
    /// The family.
    pub model_type: ModelType,
    /// Rows of the word embedding.
    pub vocab_size: usize,
    /// Width of every hidden state.
    pub hidden_size: usize,
    /// Number of transformer layers.
    pub num_hidden_layers: usize,
    /// Attention heads a layer; divides `hidden_size`.
    pub num_attention_heads: usize,
    /// Width of the feed-forward layer.
    pub intermediate_size: usize,
    /// Activation of the feed-forward layer: `gelu` (exact).
    #[serde(default = "defaults::hidden_act")]
    pub hidden_act: String,
    /// Dropout on hidden states, in training only.
    #[serde(default = "defaults::dropout")]
    pub hidden_dropout_prob: f64,
    /// Dropout on attention probabilities, in training only. XLNet takes the other one.
    #[serde(default = "defaults::dropout")]
    pub attention_probs_dropout_prob: f64,
    /// Rows of the position embedding; see [`EncoderConfig::max_positions`]. XLNet has none and was pretrained on 512 tokens.
    #[serde(default = "defaults::max_position_embeddings")]
    pub max_position_embeddings: usize,
    /// Rows of the segment embedding of BERT and RoBERTa. scrubjay always uses segment 0.
    #[serde(default = "defaults::type_vocab_size")]
    pub type_vocab_size: usize,
    /// XLNet: distances beyond this count as this; -1 for no limit.
    #[serde(default = "defaults::clamp_len")]
    pub clamp_len: i64,
    /// Epsilon of layer normalisation.
    #[serde(default = "defaults::layer_norm_eps")]
    pub layer_norm_eps: f64,
    /// The padding token.
    #[serde(default)]
    pub pad_token_id: u32,
    /// `BertForTokenClassification` and its like for a fine-tuned checkpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub architectures: Vec<String>,
    /// Class index to label. Empty in a checkpoint without a classification head.
    #[serde(default, with = "string_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub id2label: BTreeMap<usize, String>,
    /// What logits are divided by, so that probabilities mean what they say: found on development notes.
    #[serde(default = "defaults::temperature")]
    pub temperature: f32,
    /// What the named thresholds stand for with this model.
    #[serde(default)]
    pub operating_points: OperatingPoints,
    /// Label to class index: written for other readers, and when read it must be the inverse of `id2label`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label2id: BTreeMap<String, usize>,
}

mod defaults {
    pub fn hidden_act() -> String {
        "gelu".into()
    }
    pub fn dropout() -> f64 {
        0.1
    }
    pub fn type_vocab_size() -> usize {
        2
    }
    pub fn layer_norm_eps() -> f64 {
        1e-12
    }
    pub fn temperature() -> f32 {
        1.0
    }
    pub fn max_position_embeddings() -> usize {
        512
    }
    pub fn clamp_len() -> i64 {
        -1
    }
}

/// JSON objects have string keys: `{"0": "O"}`.
mod string_keys {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(map: &BTreeMap<usize, String>, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(map.iter().map(|(k, v)| (k.to_string(), v)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<BTreeMap<usize, String>, D::Error> {
        let map = BTreeMap::<String, String>::deserialize(d)?;
        map.into_iter()
            .map(|(k, v)| k.parse().map(|k| (k, v)).map_err(|_| D::Error::custom("id2label has a key that is no number")))
            .collect()
    }
}

impl EncoderConfig {
    /// Largest value accepted for any dimension: a corrupt file must not make us allocate the address space.
    const MAX_DIMENSION: usize = 1 << 22;

    /// Reads and checks `config.json`.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let invalid = |e: serde_json::Error| Error::ConfigInvalid { reason: e.to_string() };
        let mut value: serde_json::Map<String, Value> = serde_json::from_slice(json).map_err(invalid)?;
        // Before a missing field is complained of: an unknown family has other fields.
        ModelType::normalise(&mut value)?;
        let config: Self = serde_json::from_value(Value::Object(value)).map_err(invalid)?;
        config.validate()?;
        Ok(config)
    }

    /// As `config.json`.
    pub fn to_json(&self) -> Result<String> {
        let invalid = |e: serde_json::Error| Error::ConfigInvalid { reason: e.to_string() };
        // By way of text: a number of 32 bits then has the digits that it needs, not those of its nearest one of 64.
        let mut value: Value = serde_json::to_string(self).and_then(|json| serde_json::from_str(&json)).map_err(invalid)?;
        if let Some(fields) = value.as_object_mut() {
            self.model_type.own_terms(fields);
        }
        serde_json::to_string_pretty(&value).map_err(invalid)
    }

    fn validate(&self) -> Result<()> {
        let invalid = |reason: String| Err(Error::ConfigInvalid { reason });
        for (name, value) in [
            ("vocab_size", self.vocab_size),
            ("hidden_size", self.hidden_size),
            ("num_hidden_layers", self.num_hidden_layers),
            ("num_attention_heads", self.num_attention_heads),
            ("intermediate_size", self.intermediate_size),
            ("max_position_embeddings", self.max_position_embeddings),
            ("type_vocab_size", self.type_vocab_size),
        ] {
            if value == 0 || value > Self::MAX_DIMENSION {
                return invalid(format!("{name} = {value} is out of range"));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return invalid(format!(
                "hidden_size = {} does not divide by num_attention_heads = {}",
                self.hidden_size, self.num_attention_heads
            ));
        }
        if self.max_positions() == 0 {
            return invalid("max_position_embeddings leaves no position".into());
        }
        if !(self.layer_norm_eps > 0.0 && self.layer_norm_eps < 1.0) {
            return invalid("layer_norm_eps is out of range".into());
        }
        if !(self.temperature > 0.01 && self.temperature < 100.0) {
            return invalid("temperature is out of range".into());
        }
        let points = self.operating_points;
        for (name, p) in [("balanced", points.balanced), ("high_recall", points.high_recall)] {
            if !(0.0..=1.0).contains(&p) {
                return invalid(format!("operating_points.{name} is out of range"));
            }
        }
        for (name, p) in
            [("hidden_dropout_prob", self.hidden_dropout_prob), ("attention_probs_dropout_prob", self.attention_probs_dropout_prob)]
        {
            if !(0.0..1.0).contains(&p) {
                return invalid(format!("{name} is out of range"));
            }
        }
        if self.hidden_act != "gelu" {
            return Err(Error::ConfigUnsupported { field: "hidden_act", value: self.hidden_act.clone() });
        }
        if !self.id2label.is_empty() && !self.label2id.is_empty() {
            let inverse: BTreeMap<_, _> = self.id2label.iter().map(|(id, label)| (label.clone(), *id)).collect();
            if inverse != self.label2id {
                return Err(Error::LabelsInvalid { reason: "label2id is not the inverse of id2label".into() });
            }
        }
        Ok(())
    }

    /// The classifier's labels.
    pub fn labels(&self) -> Result<LabelSet> {
        LabelSet::from_id2label(&self.id2label)
    }

    /// This configuration with a classification head for `labels`.
    pub fn with_labels(mut self, labels: &LabelSet) -> Self {
        self.id2label = labels.id2label();
        self.label2id = self.id2label.iter().map(|(id, label)| (label.clone(), *id)).collect();
        self.architectures = vec![self.model_type.architecture().into()];
        self
    }

    /// The row of the position embedding that a window's first token takes: RoBERTa counts from the padding token's id + 1.
    pub fn position_offset(&self) -> usize {
        match self.model_type {
            ModelType::Bert | ModelType::Distilbert | ModelType::Xlnet => 0,
            ModelType::Roberta => self.pad_token_id as usize + 1,
        }
    }

    /// Tokens of the longest window, special tokens included.
    pub fn max_positions(&self) -> usize {
        self.max_position_embeddings.saturating_sub(self.position_offset())
    }

    /// Whether a batch is padded before its windows and not behind them: XLNet's special tokens stand at the end.
    pub fn pads_left(&self) -> bool {
        self.model_type == ModelType::Xlnet
    }

    /// Width of one attention head.
    pub fn head_size(&self) -> usize {
        self.hidden_size / self.num_attention_heads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(edit: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
        let mut v = serde_json::json!({"model_type": "bert", "vocab_size": 10, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
            "intermediate_size": 16, "max_position_embeddings": 32, "id2label": {"0": "O", "1": "B-AGE", "2": "I-AGE"}});
        edit(&mut v);
        v.to_string().into_bytes()
    }

    #[test]
    fn reads_and_writes() {
        let config = EncoderConfig::from_json(&json(|_| {})).unwrap();
        assert_eq!(config.labels().unwrap().len(), 3);
        assert_eq!(EncoderConfig::from_json(config.to_json().unwrap().as_bytes()).unwrap(), config);
    }

    #[test]
    fn other_families_use_their_own_terms() {
        let distilbert = r#"{"model_type": "distilbert", "vocab_size": 10, "dim": 8, "n_layers": 1, "n_heads": 2, "hidden_dim": 16,
            "max_position_embeddings": 32, "dropout": 0.2, "attention_dropout": 0.3}"#;
        let xlnet = r#"{"model_type": "xlnet", "vocab_size": 10, "d_model": 8, "n_layer": 1, "n_head": 2, "d_inner": 16, "dropout": 0.2,
            "mem_len": null, "clamp_len": 7, "pad_token_id": 5}"#;
        for (json, own, foreign) in [(distilbert, "n_layers", "clamp_len"), (xlnet, "n_layer", "max_position_embeddings")] {
            let config = EncoderConfig::from_json(json.as_bytes()).unwrap();
            assert_eq!((config.hidden_size, config.num_hidden_layers, config.hidden_dropout_prob), (8, 1, 0.2));
            let written: Value = serde_json::from_str(&config.to_json().unwrap()).unwrap();
            assert_eq!((written[own].as_u64(), written.get("hidden_size"), written.get(foreign)), (Some(1), None, None));
            assert_eq!(EncoderConfig::from_json(config.to_json().unwrap().as_bytes()).unwrap(), config);
        }
    }

    #[test]
    fn refuses_by_name() {
        let code = |edit: fn(&mut serde_json::Value)| EncoderConfig::from_json(&json(edit)).unwrap_err();
        assert_eq!(code(|v| v["model_type"] = "gpt2".into()).code(), "CONFIG_UNSUPPORTED");
        assert_eq!(code(|v| v["hidden_act"] = "relu".into()).code(), "CONFIG_UNSUPPORTED");
        assert_eq!(code(|v| v["position_embedding_type"] = "relative_key".into()).code(), "CONFIG_UNSUPPORTED");
        assert!(code(|v| v["num_attention_heads"] = 3.into()).to_string().contains("num_attention_heads"));
        assert_eq!(code(|v| v["hidden_size"] = 0.into()).code(), "CONFIG_INVALID");
        assert_eq!(code(|v| v["vocab_size"] = u64::MAX.into()).code(), "CONFIG_INVALID");
        assert_eq!(code(|v| v["label2id"] = serde_json::json!({"O": 1})).code(), "LABELS_INVALID");
        assert_eq!(code(|v| v["is_decoder"] = true.into()).code(), "CONFIG_UNSUPPORTED");
        assert_eq!(code(|v| v["pruned_heads"] = serde_json::json!({"0": [1]})).code(), "CONFIG_UNSUPPORTED");
        let uni = br#"{"model_type": "xlnet", "attn_type": "uni"}"#;
        assert!(EncoderConfig::from_json(uni).unwrap_err().to_string().contains("attn_type"));
        assert_eq!(EncoderConfig::from_json(b"<html>").unwrap_err().code(), "CONFIG_INVALID");
    }
}
