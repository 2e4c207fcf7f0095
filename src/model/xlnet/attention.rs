//! Attention over content, distance and segment.

use crate::error::Result;
use crate::model::config::EncoderConfig;
use crate::model::layers::{TensorMap, host, layer_norm, param, put_layer_norm};
use crate::model::weights::{Checkpoint, HostTensor};
use burn::module::{Module, Param};
use burn::nn::{Dropout, DropoutConfig, LayerNorm};
use burn::tensor::{Device, Tensor, activation::softmax};

/// What all layers of one forward pass share.
pub struct Relations {
    /// Encoded distances from `key_len` down to `-query_len + 1`, `[key_len + query_len, hidden_size]`.
    pub distances: Tensor<2>,
    /// 1 where query and key are in different segments, `[1, 1, query_len, key_len]`.
    pub foreign: Tensor<4>,
    /// 0 for tokens and very negative for padding, `[batch, 1, 1, key_len]`.
    pub mask_bias: Option<Tensor<4>>,
}

/// XLNet's content stream with relative positions (Dai et al. 2019, section 3.3) and relative segments (Yang et al. 2019, section
/// 2.5), and the residual and normalisation behind it. The projections are `[hidden_size, heads * head_size]`.
#[derive(Module, Debug)]
pub struct RelativeAttention {
    query: Param<Tensor<2>>,
    key: Param<Tensor<2>>,
    value: Param<Tensor<2>>,
    output: Param<Tensor<2>>,
    distance: Param<Tensor<2>>,
    /// The parts of a query that do not depend on it, each `[heads, head_size]`: for content, distance and segment.
    content_bias: Param<Tensor<2>>,
    distance_bias: Param<Tensor<2>>,
    segment_bias: Param<Tensor<2>>,
    /// `[2, heads * head_size]`: the same segment, another one.
    segments: Param<Tensor<2>>,
    norm: LayerNorm,
    dropout: Dropout,
    heads: usize,
}

/// Projections by their names in the file.
const PROJECTIONS: [&str; 5] = ["q", "k", "v", "o", "r"];
const BIASES: [&str; 3] = ["r_w_bias", "r_r_bias", "r_s_bias"];
const SEGMENTS: &str = "seg_embed";

impl RelativeAttention {
    /// Reads `{name}.*`.
    pub fn load(checkpoint: &mut Checkpoint, name: &str, config: &EncoderConfig, device: &Device) -> Result<Self> {
        let (width, heads, size) = (config.hidden_size, config.num_attention_heads, config.head_size());
        let mut read = |part: &str, shape: &[usize], rows: usize| -> Result<Param<Tensor<2>>> {
            let tensor = checkpoint.encoder(&format!("{name}.{part}"), shape)?;
            let columns = tensor.values.len() / rows.max(1);
            Ok(param(HostTensor { shape: vec![rows, columns], values: tensor.values }, device))
        };
        let [query, key, value, output, distance] = PROJECTIONS.map(|part| read(part, &[width, heads, size], width));
        let [content_bias, distance_bias, segment_bias] = BIASES.map(|part| read(part, &[heads, size], heads));
        let segments = read(SEGMENTS, &[2, heads, size], 2)?;
        Ok(Self {
            query: query?,
            key: key?,
            value: value?,
            output: output?,
            distance: distance?,
            content_bias: content_bias?,
            distance_bias: distance_bias?,
            segment_bias: segment_bias?,
            segments,
            norm: layer_norm(checkpoint, &format!("{name}.layer_norm"), width, config.layer_norm_eps, device)?,
            dropout: DropoutConfig::new(config.hidden_dropout_prob).init(),
            heads,
        })
    }

    /// `hidden` `[batch, query_len, hidden_size]` looks at `context` `[batch, key_len, hidden_size]`: the memory and itself.
    pub fn forward(&self, hidden: Tensor<3>, context: Tensor<3>, relations: &Relations) -> Tensor<3> {
        let [batch, query_len, width] = hidden.dims();
        let [_, key_len, _] = context.dims();
        let (heads, size) = (self.heads, width / self.heads);
        let project = |x: Tensor<3>, weight: &Param<Tensor<2>>| {
            let [batch, len, _] = x.dims();
            x.matmul(weight.val().unsqueeze::<3>()).reshape([batch, len, heads, size]).swap_dims(1, 2)
        };
        let query = project(hidden.clone(), &self.query) / (size as f64).sqrt();
        let biased = |bias: &Param<Tensor<2>>| query.clone() + bias.val().reshape([1, heads, 1, size]) / (size as f64).sqrt();
        let key = project(context.clone(), &self.key);
        let value = project(context, &self.value);
        let distance = project(relations.distances.clone().unsqueeze::<3>(), &self.distance);
        let segments = self.segments.val().reshape([1, 2, heads, size]).swap_dims(1, 2);

        let content = biased(&self.content_bias).matmul(key.swap_dims(2, 3));
        let far = shift(biased(&self.distance_bias).matmul(distance.swap_dims(2, 3)), key_len);
        // [batch, heads, query_len, 2]
        let segment = biased(&self.segment_bias).matmul(segments.swap_dims(2, 3));
        let (same, other) = (segment.clone().narrow(3, 0, 1), segment.narrow(3, 1, 1));
        let mut scores = content + far + (same.clone() + (other - same) * relations.foreign.clone());
        if let Some(bias) = &relations.mask_bias {
            scores = scores + bias.clone();
        }
        let probs = self.dropout.forward(softmax(scores, 3));
        let attended = probs.matmul(value).swap_dims(1, 2).reshape([batch, query_len, width]);
        let output = attended.matmul(self.output.val().transpose().unsqueeze::<3>());
        self.norm.forward(self.dropout.forward(output) + hidden)
    }

    /// Writes itself under `name`.
    pub async fn put(&self, map: &mut TensorMap, name: &str) -> Result<()> {
        let projections = [&self.query, &self.key, &self.value, &self.output, &self.distance];
        let biases = [&self.content_bias, &self.distance_bias, &self.segment_bias];
        let [_, inner] = self.segments.val().dims();
        for (part, tensor) in PROJECTIONS.iter().chain([&SEGMENTS]).zip(projections.into_iter().chain([&self.segments])) {
            let flat = host(tensor).await?;
            let shape = vec![flat.shape[0], self.heads, inner / self.heads];
            map.insert(format!("{name}.{part}"), HostTensor { shape, values: flat.values });
        }
        for (part, tensor) in BIASES.iter().zip(biases) {
            map.insert(format!("{name}.{part}"), host(tensor).await?);
        }
        put_layer_norm(map, &format!("{name}.layer_norm"), &self.norm).await
    }
}

/// Scores by distance, `[batch, heads, query_len, key_len + query_len]` → by key, `[batch, heads, query_len, key_len]`: row `i` moves left
/// by `query_len - i`. Dai et al. 2019, appendix B: read as rows that are one shorter, the matrix is shifted without a copy.
fn shift(scores: Tensor<4>, key_len: usize) -> Tensor<4> {
    let [batch, heads, query_len, distances] = scores.dims();
    let turned = scores.reshape([batch, heads, distances, query_len]).narrow(2, 1, distances - 1);
    turned.reshape([batch, heads, query_len, distances - 1]).narrow(3, 0, key_len)
}
