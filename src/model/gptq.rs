//! Rounding by what a layer reads: the error of each weight is made up for by the weights of the same row that are rounded after it, so that the
//! layer's outputs change least (GPTQ, Frantar et al. 2023, in the form of LDLQ, Chee et al. 2023, which gives the same numbers).

use super::encoder::Encoder;
use super::kernels::Weights;
use super::store::{Coarseness, most, round_to_nearest, scale, scales};
use crate::engine::TokenClassifier;
use crate::error::Result;
use burn::tensor::Tensor;
use rayon::prelude::*;
use std::sync::{Arc, Mutex};

/// Added to the diagonal, as a share of its mean: inputs that never vary would make the matrix singular. GPTQ's own.
const DAMPING: f32 = 0.01;

/// Sums of products of a layer's inputs, `Xᵀ·X` `[d_input, d_input]`, over all rows that it was given.
#[derive(Debug, Clone, Default)]
pub struct Gram(Arc<Mutex<Option<Tensor<2>>>>);

impl Gram {
    /// Counts the rows of `inputs` `[.., .., d_input]` in.
    pub fn add(&self, inputs: &Tensor<3>) {
        let [batch, seq_len, width] = inputs.dims();
        let rows = inputs.clone().reshape([batch * seq_len, width]);
        let product = rows.clone().transpose().matmul(rows);
        let mut sum = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *sum = Some(match sum.take() {
            Some(sum) => sum + product,
            None => product,
        });
    }

    /// Its values, row by row, and how long a row is; `None` if nothing was counted in.
    pub fn values(&self) -> Option<(Vec<f32>, usize)> {
        let sum = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()?;
        let [depth, _] = sum.dims();
        Some((sum.into_data().try_into_vec().expect("the CPU's tensors are float32"), depth))
    }
}

impl Encoder {
    /// Rounds its weights in place, as [`super::store::serialize`] would, but its layers one after the other, each by what it reads of `windows` behind
    /// the layers that were rounded before it. `progress` is told how many are done of how many. Stored in the same coarseness afterwards,
    /// they are not rounded again.
    ///
    /// # Errors
    /// Those of reading `windows`. On a device other than the CPU nothing happens.
    pub async fn round(&mut self, windows: &[Vec<u32>], coarseness: Coarseness, progress: &mut dyn FnMut(usize, usize)) -> Result<()> {
        let width = self.config().hidden_size;
        self.model_mut().table().replace(|values| {
            let scales = scales(&values, width, coarseness.embeddings);
            Weights::Bytes { values: round_to_nearest(&values, width, &scales), scales }
        });
        let count = self.model_mut().linears().len();
        for index in 0..count {
            let Some(gram) = self.model_mut().linears()[index].observe() else { return Ok(()) };
            // One after the other, so that sums of the same inputs are the same to the bit.
            for window in windows {
                self.classify(std::slice::from_ref(window), &mut Vec::new()).await?;
            }
            if let Some((gram, depth)) = gram.values() {
                self.model_mut().linears()[index].replace(|values| {
                    let scales: Vec<f32> = values.chunks_exact(depth).map(|row| scale(row, coarseness.layers)).collect();
                    Weights::Bytes { values: round(&values, &scales, most(coarseness.layers), &gram), scales }
                });
            }
            progress(index + 1, count);
        }
        Ok(())
    }
}

/// Rounds `weights` `[scales.len(), d_input]` to whole multiples of each row's scale, at most `most` of them, for inputs whose products are
/// `gram` `[d_input, d_input]`.
pub fn round(weights: &[f32], scales: &[f32], most: f32, gram: &[f32]) -> Vec<i8> {
    let depth = weights.len() / scales.len().max(1);
    // What matters most is rounded first, while there is the most left to make up for it.
    let mut order: Vec<usize> = (0..depth).collect();
    order.sort_by(|&a, &b| gram[b * depth + b].total_cmp(&gram[a * depth + a]));
    let factors = factors(gram, &order);
    let rows = weights.par_chunks_exact(depth.max(1)).zip(scales);
    rows.flat_map_iter(|(row, &scale)| {
        let mut whole = vec![0i8; depth];
        let mut errors = vec![0.0f32; depth];
        for (k, &column) in order.iter().enumerate() {
            let owed: f32 = errors[..k].iter().zip(&factors[k * depth..]).map(|(error, factor)| error * factor).sum();
            let nearest = ((row[column] + owed) / scale).round().clamp(-most, most);
            errors[k] = row[column] - nearest * scale;
            whole[column] = nearest as i8;
        }
        whole
    })
    .collect()
}

/// Row k: what column k of a row of weights owes to the errors of those before it, in `order`. These are the columns of U in
/// `gram = U·D·Uᵀ`, where U is upper triangular with ones on its diagonal.
fn factors(gram: &[f32], order: &[usize]) -> Vec<f32> {
    let depth = order.len();
    let mean = (0..depth).map(|k| f64::from(gram[k * depth + k])).sum::<f64>() / depth.max(1) as f64;
    let damping = mean.max(f64::MIN_POSITIVE) * f64::from(DAMPING);
    // The lower triangle, row by row; worked on from its last row up.
    let mut rest: Vec<Vec<f64>> = (0..depth)
        .map(|i| (0..=i).map(|j| f64::from(gram[order[i] * depth + order[j]]) + if i == j { damping } else { 0.0 }).collect())
        .collect();
    let mut factors = vec![0.0; depth * depth];
    while let Some(mut column) = rest.pop() {
        let k = rest.len();
        let pivot = column.pop().unwrap_or(1.0);
        rest.par_iter_mut().enumerate().for_each(|(i, row)| {
            let share = column[i] / pivot;
            row.iter_mut().zip(&column).for_each(|(value, other)| *value -= share * other);
        });
        factors[k * depth..].iter_mut().zip(&column).for_each(|(factor, value)| *factor = (value / pivot) as f32);
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::{Device, TensorData};

    fn noise(i: usize) -> f32 {
        ((i * 7919 + i * i * 31 + 17) % 2003) as f32 / 1001.0 - 1.0
    }

    /// `rows` inputs of `depth` values that depend on one another, as a layer's do.
    fn inputs(rows: usize, depth: usize) -> Vec<f32> {
        (0..rows * depth).map(|i| noise(i) * 0.3 + noise(i / depth * 977 + i % 3) * (1.0 + (i % depth) as f32 / 9.0)).collect()
    }

    fn gram(inputs: &[f32], depth: usize) -> Vec<f32> {
        let gram = Gram::default();
        for half in inputs.chunks(inputs.len() / 2) {
            gram.add(&Tensor::from_data(TensorData::new(half.to_vec(), [1, half.len() / depth, depth]), &Device::flex()));
        }
        gram.values().unwrap().0
    }

    fn squared_error(weights: &[f32], whole: &[i8], scales: &[f32], inputs: &[f32]) -> f64 {
        let depth = weights.len() / scales.len();
        let output = |row: usize, input: &[f32]| -> f64 {
            (0..depth).map(|k| f64::from(input[k] * (weights[row * depth + k] - f32::from(whole[row * depth + k]) * scales[row]))).sum()
        };
        inputs.chunks(depth).flat_map(|input| (0..scales.len()).map(move |row| output(row, input).powi(2))).sum()
    }

    #[test]
    fn outputs_change_less_than_by_rounding_to_the_nearest() {
        let (rows, depth) = (12, 40);
        let weights: Vec<f32> = (0..rows * depth).map(|i| noise(3 * i + 1)).collect();
        let scales: Vec<f32> = (0..rows).map(|i| 0.2 + i as f32 * 0.01).collect();
        let inputs = inputs(200, depth);
        let whole = round(&weights, &scales, 127.0, &gram(&inputs, depth));
        let nearest: Vec<i8> = weights.iter().enumerate().map(|(i, w)| (w / scales[i / depth]).round() as i8).collect();
        let (found, plain) = (squared_error(&weights, &whole, &scales, &inputs), squared_error(&weights, &nearest, &scales, &inputs));
        assert!(found < 0.2 * plain, "{found} against {plain}");
    }

    #[test]
    fn inputs_that_have_nothing_to_do_with_one_another_leave_the_nearest() {
        let weights = [0.26, -0.9, 0.1, 40.0];
        let identity: Vec<f32> = (0..16).map(|i| f32::from(u8::from(i % 5 == 0))).collect();
        assert_eq!(round(&weights, &[0.2], 127.0, &identity), [1, -5, 1, 127]);
        assert_eq!(round(&weights, &[0.2], 127.0, &[0.0; 16]), [1, -5, 1, 127]);
        assert!(round(&[], &[], 127.0, &[]).is_empty() && Gram::default().values().is_none());
    }
}
