//! Rows on their way to eight-bit weights.

use super::isa::Loops;
#[cfg(feature = "relaxed-simd")]
use super::isa::SHIFT;

/// Rows of `depth` values as whole numbers: `value ≈ scale · (whole - zero)`.
pub struct Rows<T> {
    /// Row by row, each of [`Rows::stride`] numbers.
    pub whole: Vec<T>,
    /// One a row.
    pub scales: Vec<f32>,
    /// One a row: the number that stands for zero.
    pub zeros: Vec<i32>,
    /// One a row: by how much a sum of products with moved weights is too large.
    pub excess: Vec<i32>,
    /// `depth`, made a multiple of the size of a group.
    pub stride: usize,
}

/// Added to a number of less than 2^22 it rounds that to the nearest even whole number, which then stands in the low bits of the sum.
const ROUND: f32 = 12_582_912.0;

/// The largest whole number for which no sum of `depth` products with eight-bit weights leaves 32 bits: between fourteen and sixteen bits
/// for encoders of usual width.
pub fn largest(depth: usize) -> i16 {
    (i32::MAX / (127 * depth.max(1) as i32)).min(i32::from(i16::MAX)) as i16
}

impl<T: Copy + Default> Rows<T> {
    /// `count` rows, in groups of `size`, that are not filled yet.
    fn empty(count: usize, depth: usize, size: usize) -> Self {
        let stride = depth.next_multiple_of(size);
        let (scales, zeros) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Self { whole: vec![T::default(); count * stride], scales, zeros, excess: vec![0; count], stride }
    }
}

/// Rounds each row of `depth` values by its own largest value, in groups of two.
pub struct ToWords<'a> {
    /// Row by row.
    pub values: &'a [f32],
    /// Of a row.
    pub depth: usize,
}

impl Loops for ToWords<'_> {
    type Output = Rows<i16>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Rows<i16> {
        to_words(self.values, self.depth)
    }
}

/// Rounds each row of `depth` values to 255 steps between its smallest value and its largest, in groups of four. Zero is one of the steps.
pub struct ToBytes<'a> {
    /// Row by row.
    pub values: &'a [f32],
    /// Of a row.
    pub depth: usize,
}

impl Loops for ToBytes<'_> {
    type Output = Rows<u8>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Rows<u8> {
        to_bytes(self.values, self.depth)
    }
}

#[inline(always)]
fn to_words(values: &[f32], depth: usize) -> Rows<i16> {
    let largest = f32::from(largest(depth));
    let mut rows = Rows::empty(values.len() / depth.max(1), depth, 2);
    for (row, whole) in values.chunks_exact(depth.max(1)).zip(rows.whole.chunks_exact_mut(rows.stride.max(1))) {
        let (low, high) = range(row);
        let max = high.max(-low);
        let scale = if max > 0.0 { max / largest } else { 1.0 };
        let inverse = 1.0 / scale;
        for (whole, value) in whole.iter_mut().zip(row) {
            *whole = (value * inverse + ROUND).to_bits() as i16;
        }
        rows.scales.push(scale);
        rows.zeros.push(0);
    }
    rows
}

#[inline(always)]
fn to_bytes(values: &[f32], depth: usize) -> Rows<u8> {
    let mut rows = Rows::empty(values.len() / depth.max(1), depth, 4);
    for (row, whole) in values.chunks_exact(depth.max(1)).zip(rows.whole.chunks_exact_mut(rows.stride.max(1))) {
        let (low, high) = range(row);
        let scale = if high > low { (high - low) / 255.0 } else { 1.0 };
        let inverse = 1.0 / scale;
        let zero = (ROUND - low * inverse) - ROUND;
        // What lies half a step beyond the last one belongs to it.
        let (shift, most) = (ROUND + zero, ROUND + 255.0);
        for (whole, value) in whole.iter_mut().zip(row) {
            let sum = value * inverse + shift;
            let sum = if sum > ROUND { sum } else { ROUND };
            *whole = (if sum < most { sum } else { most }).to_bits() as u8;
        }
        rows.scales.push(scale);
        rows.zeros.push(zero as i32);
    }
    rows
}

/// As [`ToBytes`], less 128 each, for weights that [`SHIFT`] was added to.
#[cfg(feature = "relaxed-simd")]
pub struct ToSigned<'a>(pub ToBytes<'a>);

#[cfg(feature = "relaxed-simd")]
impl Loops for ToSigned<'_> {
    type Output = Rows<i8>;

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> Rows<i8> {
        let depth = self.0.depth;
        let mut rows = to_bytes(self.0.values, depth);
        let mut excess = Vec::with_capacity(rows.scales.len());
        for row in rows.whole.chunks_exact_mut(rows.stride.max(1)) {
            let mut sum = 0;
            // What fills up the last group meets weights of zero, which were not moved.
            for byte in &mut row[..depth] {
                *byte ^= 128;
                sum += i32::from(*byte as i8);
            }
            excess.push(sum * i32::from(SHIFT));
        }
        let whole = rows.whole.into_iter().map(|byte| byte as i8).collect();
        Rows { whole, scales: rows.scales, zeros: rows.zeros.iter().map(|zero| zero - 128).collect(), excess, stride: rows.stride }
    }
}

/// The smallest and the largest of `row` and zero. Not a fold over all values: sixteen at a time make a vector.
#[inline(always)]
fn range(row: &[f32]) -> (f32, f32) {
    let (chunks, rest) = row.as_chunks::<16>();
    let (mut low, mut high) = ([0.0f32; 16], [0.0f32; 16]);
    for chunk in chunks {
        for ((low, high), value) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = smaller(*low, *value);
            *high = larger(*high, *value);
        }
    }
    for (low, value) in low.iter_mut().zip(rest) {
        *low = smaller(*low, *value);
    }
    for (high, value) in high.iter_mut().zip(rest) {
        *high = larger(*high, *value);
    }
    for half in [8, 4, 2, 1] {
        for l in 0..half {
            low[l] = smaller(low[l], low[l + half]);
            high[l] = larger(high[l], high[l + half]);
        }
    }
    (low[0], high[0])
}

/// Not `f32::min`, which asks for NaN as well: that is a call in WebAssembly.
#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_within_half_a_step_and_the_sums_fit() {
        let values = [0.5, -1.0, 0.25, 0.0, 0.0, 0.0, 1e-30, 3.0, -700.0, 2.0, 255.0, 1.0];
        let (words, bytes) = (to_words(&values, 3), to_bytes(&values, 3));
        assert_eq!((words.stride, bytes.stride), (4, 4));
        for (i, &value) in values.iter().enumerate() {
            let (row, column) = (i / 3, i % 3);
            let back = f32::from(words.whole[row * 4 + column]) * words.scales[row];
            assert!((back - value).abs() <= words.scales[row] * 0.5001, "{value}: {back}");
            let back = (i32::from(bytes.whole[row * 4 + column]) - bytes.zeros[row]) as f32 * bytes.scales[row];
            // Zero is rounded too, so the ends may be half a step further off.
            assert!((back - value).abs() <= bytes.scales[row] * 1.0001, "{value}: {back}");
            assert!(value != 0.0 || back == 0.0);
        }
        for depth in [1, 384, 768, 1536, 3072, 4096] {
            assert!(i64::from(largest(depth)) * 127 * depth as i64 <= i64::from(i32::MAX));
            assert!(255 * 127 * depth as i64 <= i64::from(i32::MAX));
            assert!(largest(depth) > 4000, "{depth}");
        }
    }
}
