//! What the machine could do at best: the encoder's matrix products with nothing around them, and one large product.

use super::config::{EncoderConfig, ModelType};
use burn::tensor::{Device, Distribution, Tensor};
use std::time::Instant;

/// Products `[batch, rows, inner] · [batch, inner, columns]`, so many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// How many.
    pub count: usize,
    /// Matrices in each, one a head where it is about heads.
    pub batch: usize,
    /// Rows of the left matrix.
    pub rows: usize,
    /// Columns of the left and rows of the right matrix.
    pub inner: usize,
    /// Columns of the right matrix.
    pub columns: usize,
}

impl Product {
    /// A product of two square matrices of 1024: large enough that a good implementation comes near to what the machine can do.
    pub const LARGE: Self = Self { count: 1, batch: 1, rows: 1024, inner: 1024, columns: 1024 };

    /// Floating-point operations: a multiplication and an addition for each term of each sum.
    pub fn operations(&self) -> f64 {
        2.0 * [self.count, self.batch, self.rows, self.inner, self.columns].map(|n| n as f64).iter().product::<f64>()
    }

    /// Seconds that burn's matmul takes for one of them on the CPU: the shortest of `repetitions`, with the operands in the cache if they
    /// fit.
    fn seconds(&self, repetitions: usize) -> f64 {
        let device = Device::flex();
        let random = |rows, columns| Tensor::<3>::random([self.batch, rows, columns], Distribution::Uniform(-1.0, 1.0), &device);
        let (left, right) = (random(self.rows, self.inner), random(self.inner, self.columns));
        let once = || {
            let start = Instant::now();
            std::hint::black_box(left.clone().matmul(right.clone()));
            start.elapsed().as_secs_f64()
        };
        once();
        (0..repetitions.max(1)).map(|_| once()).fold(f64::INFINITY, f64::min)
    }
}

/// All matrix products of one forward pass over a window of `len` tokens, special ones included. What is linear in the hidden size
/// (normalisation, activations, softmax) is not among them.
pub fn products(config: &EncoderConfig, len: usize) -> Vec<Product> {
    let (width, heads, size) = (config.hidden_size, config.num_attention_heads, config.head_size());
    let layers = config.num_hidden_layers;
    let dense = |count, rows, inner, columns| Product { count, batch: 1, rows, inner, columns };
    let by_head = |inner, columns| Product { count: layers, batch: heads, rows: len, inner, columns };
    let mut all = vec![
        dense(4 * layers, len, width, width),
        by_head(size, len),
        by_head(len, size),
        dense(layers, len, width, config.intermediate_size),
        dense(layers, len, config.intermediate_size, width),
        dense(1, len, width, config.id2label.len()),
    ];
    if config.model_type == ModelType::Xlnet {
        all.extend([dense(layers, 2 * len, width, width), by_head(size, 2 * len)]);
    }
    all
}

/// Floating-point operations a second that burn's matmul reaches on `products` on the CPU, with the threads that it uses by itself.
pub fn rate(products: &[Product], repetitions: usize) -> f64 {
    let seconds: f64 = products.iter().map(|p| p.count as f64 * p.seconds(repetitions)).sum();
    products.iter().map(Product::operations).sum::<f64>() / seconds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelFiles;

    #[test]
    fn counts_the_shipped_encoder() {
        let config = EncoderConfig::from_json(&ModelFiles::default_model().config).unwrap();
        let found: f64 = products(&config, 100).iter().map(Product::operations).sum();
        // 6 layers of 4·384² + 2·384·1536 weights, and a head of 384·57, each used once a token; then 2·384 terms a pair of tokens.
        let weights = 6.0 * (4.0 * 384.0 * 384.0 + 2.0 * 384.0 * 1536.0) + 384.0 * 57.0;
        assert_eq!(found, 2.0 * (100.0 * weights + 6.0 * 2.0 * 384.0 * 100.0 * 100.0));
    }
}
