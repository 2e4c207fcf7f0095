//! Rows on their way to eight-bit weights.

/// Rows of `depth` values as whole numbers and a scale each: `value ≈ scale · whole`.
pub struct Rows {
    /// Row by row, each of [`Rows::stride`] numbers.
    pub whole: Vec<i16>,
    /// One a row.
    pub scales: Vec<f32>,
    /// `depth`, made even.
    pub stride: usize,
}

/// The largest whole number for which no sum of `depth` products with eight-bit weights leaves 32 bits: between fourteen and sixteen bits
/// for encoders of usual width.
pub fn largest(depth: usize) -> i16 {
    (i32::MAX / (127 * depth.max(1) as i32)).min(i32::from(i16::MAX)) as i16
}

/// Rounds each row of `values` by its own largest value.
#[inline(always)]
pub fn round(values: &[f32], depth: usize) -> Rows {
    let stride = depth.next_multiple_of(2);
    let count = values.len() / depth.max(1);
    let largest = f32::from(largest(depth));
    let mut rows = Rows { whole: vec![0; count * stride], scales: Vec::with_capacity(count), stride };
    for (row, whole) in values.chunks_exact(depth.max(1)).zip(rows.whole.chunks_exact_mut(stride.max(1))) {
        let max = max_magnitude(row);
        let scale = if max > 0.0 { max / largest } else { 1.0 };
        let inverse = 1.0 / scale;
        // Adding and taking away 1.5 · 2^23 rounds to the nearest even without a call; the low bits of the sum are the whole number.
        whole.iter_mut().zip(row).for_each(|(whole, value)| *whole = (value * inverse + 12_582_912.0).to_bits() as i16);
        rows.scales.push(scale);
    }
    rows
}

/// Not a fold over all values: eight at a time make a vector.
#[inline(always)]
fn max_magnitude(row: &[f32]) -> f32 {
    let (chunks, rest) = row.as_chunks::<8>();
    let mut max = [0.0f32; 8];
    for chunk in chunks {
        max.iter_mut().zip(chunk).for_each(|(max, value)| *max = if value.abs() > *max { value.abs() } else { *max });
    }
    max.iter().copied().chain(rest.iter().map(|value| value.abs())).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_within_half_a_step_and_the_sums_fit() {
        let values = [0.5, -1.0, 0.25, 0.0, 0.0, 0.0, 1e-30, 3.0, -700.0];
        let rows = round(&values, 3);
        assert_eq!(rows.stride, 4);
        for (i, &value) in values.iter().enumerate() {
            let (row, column) = (i / 3, i % 3);
            let back = f32::from(rows.whole[row * 4 + column]) * rows.scales[row];
            assert!((back - value).abs() <= rows.scales[row] * 0.5001, "{value}: {back}");
        }
        for depth in [1, 384, 768, 1536, 3072, 4096] {
            assert!(i64::from(largest(depth)) * 127 * depth as i64 <= i64::from(i32::MAX));
            assert!(largest(depth) > 4000, "{depth}");
        }
    }
}
