//! From the sums of a tile to outputs of a layer.

use super::activation::{Activation, LANES};
use super::gemm::Bytes;
use super::isa::{Loops, Sums};
use super::rows::Rows;
use super::tiles::{GROUP, Part, put};
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

/// What makes an output of a sum. Not a closure, see [`Loops`].
pub trait Value<S> {
    /// What it knows of some columns.
    type Columns;
    /// That, of the columns of `range`, at most [`GROUP`].
    fn columns(&self, range: Range<usize>) -> Self::Columns;
    /// The outputs of a row.
    fn of(&self, row: usize, columns: &Self::Columns, sums: &[S; GROUP]) -> [f32; GROUP];
}

impl<S, V: Value<S>> Loops for Finish<'_, S, V> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        let Self { part, sums, value, bias, activation, output } = self;
        let tall = part.rows.len();
        for c in 0..part.width.div_ceil(GROUP) {
            let range = part.first + c * GROUP..part.first + part.width.min((c + 1) * GROUP);
            let columns = value.columns(range.clone());
            let bias: [f32; GROUP] = filled(&bias[range.clone()]);
            for top in (0..tall).step_by(LANES / GROUP) {
                let mut values = [0.0; LANES];
                for (t, values) in values.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
                    // Behind the last row, that row again.
                    let i = (top + t).min(tall - 1);
                    *values = value.of(part.rows.start + i, &columns, &sums[i].as_chunks::<GROUP>().0[c]);
                    for (value, bias) in values.iter_mut().zip(bias) {
                        *value += bias;
                    }
                }
                activation.apply::<FUSED>(&mut values);
                for (i, values) in values.as_chunks::<GROUP>().0.iter().enumerate().take(tall - top) {
                    put(&mut output[(part.rows.start + top + i) * part.columns..][range.clone()], values);
                }
            }
        }
    }
}

/// A sum of float32 products is the value.
pub struct Floats;

impl Value<f32> for Floats {
    type Columns = ();

    #[inline(always)]
    fn columns(&self, _: Range<usize>) {}

    #[inline(always)]
    fn of(&self, _: usize, _: &(), sums: &[f32; GROUP]) -> [f32; GROUP] {
        *sums
    }
}

/// A sum of whole numbers has to be scaled.
pub struct Scaled<'a, T>(pub &'a Rows<T>, pub &'a Bytes);

impl<T> Value<i32> for Scaled<'_, T> {
    type Columns = ([f32; GROUP], [i32; GROUP]);

    #[inline(always)]
    fn columns(&self, range: Range<usize>) -> Self::Columns {
        (filled(&self.1.scales[range.clone()]), filled(&self.1.totals[range]))
    }

    #[inline(always)]
    fn of(&self, row: usize, (scales, totals): &Self::Columns, sums: &[i32; GROUP]) -> [f32; GROUP] {
        let (scale, zero, excess) = (self.0.scales[row], self.0.zeros[row], self.0.excess[row]);
        std::array::from_fn(|l| (sums[l] - excess - zero * totals[l]) as f32 * (scale * scales[l]))
    }
}

/// `values` and behind them, where they are fewer, zeros.
#[inline(always)]
fn filled<T: Copy + Default, const N: usize>(values: &[T]) -> [T; N] {
    let fill = || {
        let mut all = [T::default(); N];
        all[..values.len()].copy_from_slice(values);
        all
    };
    values.try_into().unwrap_or_else(|_| fill())
}
