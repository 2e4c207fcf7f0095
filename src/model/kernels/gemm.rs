//! A linear layer on packed weights.

use super::activation::Activation;
use super::isa::{Isa, MAX_COLUMNS, MAX_ROWS, Sums, Tile};
use super::{Weights, each_chunk, panels, rows, rows_at_once};
use std::ops::Range;

/// `x · Wᵀ + b`, its weights packed for this machine's instruction set.
#[derive(Debug, Clone)]
pub struct Packed {
    isa: Isa,
    d_input: usize,
    d_output: usize,
    panels: Panels,
    bias: Vec<f32>,
}

#[derive(Debug, Clone)]
enum Panels {
    Floats(Vec<f32>),
    Bytes { values: Vec<i8>, scales: Vec<f32> },
}

/// Most tiles of rows that a thread takes at once: their inputs stay in the cache while all weights pass by.
const TILES: usize = 8;

impl Packed {
    /// Packs `weights` of shape `[bias.len(), d_input]`.
    pub fn new(weights: &Weights, bias: Vec<f32>, d_input: usize) -> Self {
        Self::with(Isa::best(), weights, bias, d_input)
    }

    fn with(isa: Isa, weights: &Weights, bias: Vec<f32>, d_input: usize) -> Self {
        let d_output = bias.len();
        let panels = match weights {
            Weights::Floats(values) => {
                Panels::Floats(panels::of_columns(d_input, d_output, isa.floats().columns, |j| &values[j * d_input..][..d_input]))
            }
            Weights::Bytes { values, scales } => Panels::Bytes {
                values: panels::bytes(d_input, d_output, isa.bytes().columns, |j| &values[j * d_input..][..d_input]),
                scales: scales.clone(),
            },
        };
        Self { isa, d_input, d_output, panels, bias }
    }

    /// `input` `[rows, d_input]` → `[rows, d_output]`.
    pub fn forward(&self, input: &[f32], activation: Activation) -> Vec<f32> {
        let count = input.len() / self.d_input.max(1);
        let mut output = vec![0.0; count * self.d_output];
        let tile = if matches!(self.panels, Panels::Floats(_)) { self.isa.floats().rows } else { self.isa.bytes().rows };
        let tall = rows_at_once(count, tile, TILES);
        each_chunk(&mut output, (tall * self.d_output).max(1), |i, output| {
            let input = &input[i * tall * self.d_input..];
            let input = &input[..output.len() / self.d_output.max(1) * self.d_input];
            match &self.panels {
                Panels::Floats(values) => self.floats(values, input, output, activation),
                Panels::Bytes { values, scales } => self.bytes(values, scales, input, output, activation),
            }
        });
        output
    }

    fn floats(&self, panels: &[f32], input: &[f32], output: &mut [f32], activation: Activation) {
        let row = |i: usize| &input[i * self.d_input..][..self.d_input];
        each_tile(&self.isa.floats(), panels, self.d_input, output, self.d_output, row, |part, sums, output| {
            let bias = &self.bias[part.first..][..part.width];
            self.isa.widen(|| {
                for (i, sums) in part.rows.clone().zip(sums) {
                    let output = &mut output[i * self.d_output + part.first..][..part.width];
                    for ((out, sum), bias) in output.iter_mut().zip(sums).zip(bias) {
                        *out = sum + bias;
                    }
                    activation.apply(output);
                }
            });
        });
    }

    fn bytes(&self, panels: &[i8], scales: &[f32], input: &[f32], output: &mut [f32], activation: Activation) {
        let rows = self.isa.widen(|| rows::round(input, self.d_input));
        let row = |i: usize| &rows.whole[i * rows.stride..][..rows.stride];
        each_tile(&self.isa.bytes(), panels, rows.stride, output, self.d_output, row, |part, sums, output| {
            let (scales, bias) = (&scales[part.first..][..part.width], &self.bias[part.first..][..part.width]);
            self.isa.widen(|| {
                for (i, sums) in part.rows.clone().zip(sums) {
                    let row_scale = rows.scales[i];
                    let output = &mut output[i * self.d_output + part.first..][..part.width];
                    for (((out, &sum), scale), bias) in output.iter_mut().zip(sums).zip(scales).zip(bias) {
                        *out = sum as f32 * (row_scale * scale) + bias;
                    }
                    activation.apply(output);
                }
            });
        });
    }

    /// The weights in the checkpoint's layout `[d_output, d_input]`, and the bias.
    pub fn unpack(&self) -> (Vec<f32>, &[f32]) {
        let mut weights = Vec::with_capacity(self.d_output * self.d_input);
        for j in 0..self.d_output {
            weights.extend((0..self.d_input).map(|k| match &self.panels {
                Panels::Floats(values) => {
                    let width = self.isa.floats().columns;
                    values[(j / width * self.d_input + k) * width + j % width]
                }
                Panels::Bytes { values, scales } => {
                    let (width, pairs) = (self.isa.bytes().columns, self.d_input.div_ceil(2));
                    f32::from(values[((j / width * pairs + k / 2) * width + j % width) * 2 + k % 2]) * scales[j]
                }
            }));
        }
        (weights, &self.bias)
    }
}

/// Where in the output a tile's sums belong.
pub struct Part {
    /// As many as the tile has, or fewer.
    pub rows: Range<usize>,
    /// The first column.
    pub first: usize,
    /// How many columns.
    pub width: usize,
}

/// Multiplies the rows that `row` gives, each `depth` long, with `panels`, and hands every tile to `write(part, sums, output)`, not every row:
/// what a vector of constants is loaded for should be more than one.
#[inline(always)]
pub fn each_tile<'a, A: 'a, B, S: Copy + Default>(
    tile: &Tile<A, B, S>,
    panels: &[B],
    depth: usize,
    output: &mut [f32],
    d_output: usize,
    row: impl Fn(usize) -> &'a [A],
    write: impl Fn(&Part, &Sums<S>, &mut [f32]),
) {
    let count = output.len() / d_output.max(1);
    let mut sums: Sums<S> = [[S::default(); MAX_COLUMNS]; MAX_ROWS];
    for (p, panel) in panels.chunks_exact((depth * tile.columns).max(1)).enumerate() {
        let first = p * tile.columns;
        let width = tile.columns.min(d_output - first);
        for top in (0..count).step_by(tile.rows) {
            // Behind the last row the tile works on that row again.
            (tile.run)(&std::array::from_fn(|i| row((top + i).min(count - 1))), panel, &mut sums);
            write(&Part { rows: top..count.min(top + tile.rows), first, width }, &sums, output);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(i: usize) -> f32 {
        ((i * 7919 + 31) % 2003) as f32 / 1001.0 - 1.0
    }

    /// Every instruction set of this machine, sizes that fill no tile, and the plain sum.
    #[test]
    fn as_the_plain_sum() {
        for (count, d_input, d_output) in [(1, 1, 1), (3, 5, 7), (13, 32, 33), (101, 47, 64), (7, 384, 57), (30, 1536, 40)] {
            let input: Vec<f32> = (0..count * d_input).map(value).collect();
            let bias: Vec<f32> = (0..d_output).map(|i| value(i + 9)).collect();
            let bytes: Vec<i8> = (0..d_output * d_input).map(|i| (value(i + 3) * 127.0) as i8).collect();
            let scales: Vec<f32> = (0..d_output).map(|i| 0.001 * (1.0 + i as f32)).collect();
            let floats: Vec<f32> = bytes.iter().enumerate().map(|(i, b)| f32::from(*b) * scales[i / d_input]).collect();
            for isa in Isa::all() {
                for weights in [Weights::Floats(floats.clone()), Weights::Bytes { values: bytes.clone(), scales: scales.clone() }] {
                    let packed = Packed::with(isa, &weights, bias.clone(), d_input);
                    assert_eq!(packed.unpack(), (floats.clone(), bias.as_slice()));
                    let found = packed.forward(&input, Activation::Identity);
                    assert_eq!(found.len(), count * d_output);
                    for (i, found) in found.iter().enumerate() {
                        let (row, column) = (i / d_output, i % d_output);
                        let products = (0..d_input).map(|k| f64::from(input[row * d_input + k]) * f64::from(floats[column * d_input + k]));
                        let size: f64 = products.clone().map(f64::abs).sum();
                        let expected = products.sum::<f64>() + f64::from(bias[column]);
                        let error = (f64::from(*found) - expected).abs();
                        assert!(error <= 2e-4 * size + 1e-6, "{isa:?} {count}x{d_input}x{d_output}: {found} for {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_rows_are_none() {
        let packed = Packed::new(&Weights::Floats(vec![1.0; 6]), vec![0.0; 2], 3);
        assert!(packed.forward(&[], Activation::Gelu).is_empty());
    }
}
