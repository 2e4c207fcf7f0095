//! A linear layer on packed weights.

use super::activation::Activation;
use super::finish::{Finish, Floats, Scaled};
use super::isa::{BytesTile, Isa, Tile};
#[cfg(feature = "relaxed-simd")]
use super::rows::ToSigned;
use super::rows::{Rows, ToBytes, ToWords};
use super::tiles::each_tile;
use super::{Weights, each_chunk, panels, rows_at_once};

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
    Bytes(Bytes),
}

/// Eight-bit weights.
#[derive(Debug, Clone)]
pub struct Bytes {
    panels: Vec<i8>,
    /// One a column.
    pub scales: Vec<f32>,
    /// The sum of each column, of which a row takes as many away as its zero says.
    pub totals: Vec<i32>,
    /// The largest magnitude.
    largest: u8,
}

/// Most tiles of rows that a thread takes at once: their inputs stay in the cache while all weights pass by, once for all of them.
const TILES: usize = 32;

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
            Weights::Bytes { values, scales } => {
                let largest = values.iter().map(|weight| weight.unsigned_abs()).max().unwrap_or(0);
                let (columns, group, shift) = isa.bytes(largest).layout();
                let totals = values.chunks_exact(d_input.max(1)).map(|column| column.iter().copied().map(i32::from).sum()).collect();
                let moved: Vec<i8> = values.iter().map(|weight| weight.wrapping_add(shift)).collect();
                let panels = panels::bytes(d_input, d_output, columns, group, |j| &moved[j * d_input..][..d_input]);
                Panels::Bytes(Bytes { panels, scales: scales.clone(), totals, largest })
            }
        };
        Self { isa, d_input, d_output, panels, bias }
    }

    /// `input` `[rows, d_input]` → `[rows, d_output]`.
    pub fn forward(&self, input: &[f32], activation: Activation) -> Vec<f32> {
        let count = input.len() / self.d_input.max(1);
        let mut output = vec![0.0; count * self.d_output];
        let tile = match &self.panels {
            Panels::Floats(_) => self.isa.floats().rows,
            Panels::Bytes(bytes) => self.isa.bytes(bytes.largest).rows(),
        };
        let tall = rows_at_once(count, tile, TILES);
        each_chunk(&mut output, (tall * self.d_output).max(1), |i, output| {
            let input = &input[i * tall * self.d_input..];
            let input = &input[..output.len() / self.d_output.max(1) * self.d_input];
            match &self.panels {
                Panels::Floats(values) => self.floats(values, input, output, activation),
                Panels::Bytes(bytes) => match self.isa.bytes(bytes.largest) {
                    BytesTile::Pairs(tile) => {
                        let rows = self.isa.widen(ToWords { values: input, depth: self.d_input });
                        self.bytes(&tile, bytes, &rows, output, activation);
                    }
                    BytesTile::Quads(tile) => {
                        let rows = self.isa.widen(ToBytes { values: input, depth: self.d_input });
                        self.bytes(&tile, bytes, &rows, output, activation);
                    }
                    #[cfg(feature = "relaxed-simd")]
                    BytesTile::Sevens(tile) => {
                        let rows = self.isa.widen(ToSigned(ToBytes { values: input, depth: self.d_input }));
                        self.bytes(&tile, bytes, &rows, output, activation);
                    }
                },
            }
        });
        output
    }

    fn floats(&self, panels: &[f32], input: &[f32], output: &mut [f32], activation: Activation) {
        let row = |i: usize| &input[i * self.d_input..][..self.d_input];
        each_tile(&self.isa.floats(), panels, self.d_input, output, self.d_output, row, |part, sums, output| {
            self.isa.widen(Finish { part, sums, value: Floats, bias: &self.bias, activation, output });
        });
    }

    fn bytes<T>(&self, tile: &Tile<T, i8, i32>, bytes: &Bytes, rows: &Rows<T>, output: &mut [f32], activation: Activation) {
        let row = |i: usize| &rows.whole[i * rows.stride..][..rows.stride];
        each_tile(tile, &bytes.panels, rows.stride, output, self.d_output, row, |part, sums, output| {
            self.isa.widen(Finish { part, sums, value: Scaled(rows, bytes), bias: &self.bias, activation, output });
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
                Panels::Bytes(Bytes { panels, scales, largest, .. }) => {
                    let (width, size, shift) = self.isa.bytes(*largest).layout();
                    let groups = self.d_input.div_ceil(size);
                    f32::from(panels[((j / width * groups + k / size) * width + j % width) * size + k % size] - shift) * scales[j]
                }
            }));
        }
        (weights, &self.bias)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(i: usize) -> f32 {
        ((i * 7919 + 31) % 2003) as f32 / 1001.0 - 1.0
    }

    /// Every instruction set of this machine, sizes that fill no tile, and the plain sum; weights of eight bits and of seven.
    #[test]
    fn as_the_plain_sum() {
        for largest in [127.0, 63.0] {
            agree(largest);
        }
    }

    fn agree(largest: f32) {
        for (count, d_input, d_output) in [(1, 1, 1), (3, 5, 7), (13, 32, 33), (101, 47, 64), (7, 384, 57), (30, 1536, 40)] {
            let input: Vec<f32> = (0..count * d_input).map(value).collect();
            let bias: Vec<f32> = (0..d_output).map(|i| value(i + 9)).collect();
            let bytes: Vec<i8> = (0..d_output * d_input).map(|i| (value(i + 3) * largest) as i8).collect();
            let scales: Vec<f32> = (0..d_output).map(|i| 0.001 * (1.0 + i as f32)).collect();
            let floats: Vec<f32> = bytes.iter().enumerate().map(|(i, b)| f32::from(*b) * scales[i / d_input]).collect();
            for isa in Isa::all() {
                for weights in [Weights::Floats(floats.clone()), Weights::Bytes { values: bytes.clone(), scales: scales.clone() }] {
                    let packed = Packed::with(isa, &weights, bias.clone(), d_input);
                    assert_eq!(packed.unpack(), (floats.clone(), bias.as_slice()));
                    let found = packed.forward(&input, Activation::Identity);
                    assert_eq!(found.len(), count * d_output);
                    // Rows of eight bits are as far off as half a step, which is a 255th of their range, and as their zero may move them.
                    let quads = matches!(weights, Weights::Bytes { .. }) && !matches!(isa.bytes(largest as u8), BytesTile::Pairs(_));
                    for (i, found) in found.iter().enumerate() {
                        let (row, column) = (i / d_output, i % d_output);
                        let products = (0..d_input).map(|k| f64::from(input[row * d_input + k]) * f64::from(floats[column * d_input + k]));
                        let size: f64 = products.clone().map(f64::abs).sum();
                        let weight: f64 = floats[column * d_input..][..d_input].iter().map(|w| f64::from(w.abs())).sum();
                        let expected = products.sum::<f64>() + f64::from(bias[column]);
                        let error = (f64::from(*found) - expected).abs();
                        let allowed = if quads { weight / 127.0 } else { 2e-4 * size } + 1e-6;
                        assert!(error <= allowed, "{isa:?} {count}x{d_input}x{d_output}: {found} for {expected}");
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
