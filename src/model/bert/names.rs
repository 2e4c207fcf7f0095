//! Where a family keeps the tensors that are alike in all of them.

use crate::model::config::ModelType;

/// Names of a layer's tensors, after the layer's own.
pub struct LayerNames {
    /// Before the layer's index.
    pub layers: &'static str,
    /// Query, key, value and output of attention.
    pub attention: [&'static str; 4],
    /// Normalisation behind attention.
    pub attention_norm: &'static str,
    /// First half of the feed-forward layer.
    pub intermediate: &'static str,
    /// Second half.
    pub output: &'static str,
    /// Normalisation behind it.
    pub output_norm: &'static str,
}

const BERT: LayerNames = LayerNames {
    layers: "encoder.layer",
    attention: ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"],
    attention_norm: "attention.output.LayerNorm",
    intermediate: "intermediate.dense",
    output: "output.dense",
    output_norm: "output.LayerNorm",
};

const DISTILBERT: LayerNames = LayerNames {
    layers: "transformer.layer",
    attention: ["attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin"],
    attention_norm: "sa_layer_norm",
    intermediate: "ffn.lin1",
    output: "ffn.lin2",
    output_norm: "output_layer_norm",
};

impl LayerNames {
    /// Those of `family`.
    pub const fn of(family: ModelType) -> &'static Self {
        match family {
            ModelType::Distilbert => &DISTILBERT,
            _ => &BERT,
        }
    }
}
