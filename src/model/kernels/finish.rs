//! From the sums of a tile to outputs of a layer.

use super::activation::Activation;
use super::gemm::Bytes;
use super::isa::{Loops, Sums};
use super::rows::Rows;
use super::tiles::Part;
use std::ops::Range;

/// From a tile's sums to outputs.
pub struct Finish<'a, S, V> {
    /// Where they belong.
    pub part: &'a Part,
    /// The tile's.
    pub sums: &'a Sums<S>,
    /// What makes outputs of them.
    pub value: V,
    /// Added to each, one a column.
    pub bias: &'a [f32],
    /// Applied to each.
    pub activation: Activation,
    /// The layer's.
    pub output: &'a mut [f32],
}

/// What makes outputs of sums. Not a closure, see [`Loops`].
pub trait Value<S> {
    /// Those of a row in the columns of `range`, plus `bias`.
    fn row(&self, row: usize, range: Range<usize>, sums: &[S], bias: &[f32], output: &mut [f32]);
}

impl<S, V: Value<S>> Loops for Finish<'_, S, V> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let Self { part, sums, value, bias, activation, output } = self;
        let range = part.first..part.first + part.width;
        let bias = &bias[range.clone()];
        for (i, sums) in part.rows.clone().zip(sums) {
            let output = &mut output[i * part.columns..][range.clone()];
            value.row(i, range.clone(), sums, bias, output);
            activation.apply::<FUSED>(output);
        }
    }
}

/// A sum of float32 products is the value.
pub struct Floats;

impl Value<f32> for Floats {
    #[inline(always)]
    fn row(&self, _: usize, _: Range<usize>, sums: &[f32], bias: &[f32], output: &mut [f32]) {
        for ((out, sum), bias) in output.iter_mut().zip(sums).zip(bias) {
            *out = sum + bias;
        }
    }
}

/// A sum of whole numbers has to be scaled.
pub struct Scaled<'a, T>(pub &'a Rows<T>, pub &'a Bytes);

impl<T> Value<i32> for Scaled<'_, T> {
    #[inline(always)]
    fn row(&self, row: usize, range: Range<usize>, sums: &[i32], bias: &[f32], output: &mut [f32]) {
        let (scales, totals) = (&self.1.scales[range.clone()], &self.1.totals[range]);
        let (row_scale, zero, excess) = (self.0.scales[row], self.0.zeros[row], self.0.excess[row]);
        for ((((out, &sum), scale), total), bias) in output.iter_mut().zip(sums).zip(scales).zip(totals).zip(bias) {
            *out = (sum - excess - zero * total) as f32 * (row_scale * scale) + bias;
        }
    }
}
