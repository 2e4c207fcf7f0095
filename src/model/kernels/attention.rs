//! Scaled dot-product attention (Vaswani et al. 2017) over queries, keys and values that stand side by side.

use super::activation::exp;
use super::isa::{Isa, Loops};
use super::tiles::each_tile;
use super::{each_chunk, panels, rows_at_once};

/// The shape of an attention layer.
#[derive(Debug, Clone, Copy)]
pub struct Heads {
    /// How many.
    pub count: usize,
    /// Width of each.
    pub size: usize,
}

/// Most tiles of rows that a thread takes at once.
const TILES: usize = 4;

/// `qkv` `[batch, seq_len, 3, heads, size]` → `[batch, seq_len, heads, size]`. `bias` `[batch, seq_len]`, where given, is added to the scores of
/// each key.
pub fn attend(qkv: &[f32], seq_len: usize, heads: Heads, bias: Option<&[f32]>) -> Vec<f32> {
    let width = heads.count * heads.size;
    let mut output = vec![0.0; qkv.len() / 3];
    for (b, output) in output.chunks_exact_mut((seq_len * width).max(1)).enumerate() {
        let qkv = &qkv[b * seq_len * 3 * width..][..seq_len * 3 * width];
        let bias = bias.map(|bias| &bias[b * seq_len..][..seq_len]);
        one(Isa::best(), qkv, seq_len, heads, bias, output);
    }
    output
}

/// One document's window.
fn one(isa: Isa, qkv: &[f32], seq_len: usize, heads: Heads, bias: Option<&[f32]>, output: &mut [f32]) {
    let (tile, width) = (isa.floats(), heads.count * heads.size);
    let packed: Vec<_> = (0..heads.count).map(|head| isa.widen(PackHead { qkv, seq_len, heads, head, columns: tile.columns })).collect();
    let scale = 1.0 / (heads.size as f32).sqrt();
    let tall = rows_at_once(seq_len, tile.rows, TILES);
    each_chunk(output, tall * width, |chunk, output| {
        let count = output.len() / width;
        let mut scores = vec![0.0; count * seq_len];
        let mut mixed = vec![0.0; count * heads.size];
        for (head, (keys, values)) in packed.iter().enumerate() {
            let query = |i: usize| &qkv[(chunk * tall + i) * 3 * width + head * heads.size..][..heads.size];
            each_tile(&tile, keys, heads.size, &mut scores, seq_len, query, |part, sums, output| part.copy(sums, output));
            isa.widen(Softmax { scores: &mut scores, seq_len, scale, bias });
            let row = |i: usize| &scores[i * seq_len..][..seq_len];
            each_tile(&tile, values, seq_len, &mut mixed, heads.size, row, |part, sums, output| part.copy(sums, output));
            for (output, mixed) in output.chunks_exact_mut(width).zip(mixed.chunks_exact(heads.size)) {
                output[head * heads.size..][..heads.size].copy_from_slice(mixed);
            }
        }
    });
}

/// A head's keys and values, packed.
struct PackHead<'a> {
    qkv: &'a [f32],
    seq_len: usize,
    heads: Heads,
    head: usize,
    columns: usize,
}

impl Loops for PackHead<'_> {
    type Output = (Vec<f32>, Vec<f32>);

    #[inline(always)]
    fn run<const FUSED: bool>(self) -> (Vec<f32>, Vec<f32>) {
        let Self { qkv, seq_len, heads: Heads { count, size }, head, columns } = self;
        let part = |which: usize, row: usize| &qkv[(row * 3 + which) * count * size + head * size..][..size];
        (panels::of_columns(size, seq_len, columns, |j| part(1, j)), panels::of_lines(seq_len, size, columns, |k| part(2, k)))
    }
}

/// Softmax of `scale · row + bias` of every row of `scores`, in place.
struct Softmax<'a> {
    scores: &'a mut [f32],
    seq_len: usize,
    scale: f32,
    bias: Option<&'a [f32]>,
}

impl Loops for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const FUSED: bool>(self) {
        for row in self.scores.chunks_exact_mut(self.seq_len) {
            match self.bias {
                Some(bias) => {
                    for (x, bias) in row.iter_mut().zip(bias) {
                        *x = *x * self.scale + bias;
                    }
                }
                None => {
                    for x in row.iter_mut() {
                        *x *= self.scale;
                    }
                }
            }
            let max = largest(row);
            for x in row.iter_mut() {
                *x = exp::<FUSED>(*x - max);
            }
            let inverse = 1.0 / total(row);
            for x in row {
                *x *= inverse;
            }
        }
    }
}

/// The largest of `row`, sixteen parts at a time: one value after the other could not be a vector.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    fold(row, f32::NEG_INFINITY, |a, b| if b > a { b } else { a })
}

/// The sum of `row`.
#[inline(always)]
fn total(row: &[f32]) -> f32 {
    fold(row, 0.0, |a, b| a + b)
}

#[inline(always)]
fn fold(row: &[f32], neutral: f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<16>();
    let mut parts = [neutral; 16];
    for chunk in chunks {
        for (part, x) in parts.iter_mut().zip(chunk) {
            *part = join(*part, *x);
        }
    }
    for (part, x) in parts.iter_mut().zip(rest) {
        *part = join(*part, *x);
    }
    for half in [8, 4, 2, 1] {
        let (low, high) = parts.split_at_mut(half);
        for (low, high) in low.iter_mut().zip(high) {
            *low = join(*low, *high);
        }
    }
    parts[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_definition() {
        for (seq_len, heads) in [(1, Heads { count: 1, size: 4 }), (19, Heads { count: 3, size: 10 }), (70, Heads { count: 2, size: 32 })] {
            let (batch, width) = (2, heads.count * heads.size);
            let value = |i: usize| ((i * 7919 + 31) % 2003) as f32 / 500.0 - 2.0;
            let qkv: Vec<f32> = (0..batch * seq_len * 3 * width).map(value).collect();
            // The last third of the second window is padding.
            let bias: Vec<f32> = (0..batch * seq_len).map(|i| if i >= batch * seq_len - seq_len / 3 { -1e9 } else { 0.0 }).collect();
            let found = attend(&qkv, seq_len, heads, Some(&bias));
            let at = |b: usize, i: usize, which: usize, head: usize, d: usize| {
                f64::from(qkv[(b * seq_len + i) * 3 * width + which * width + head * heads.size + d])
            };
            for (i, found) in found.iter().enumerate() {
                let (b, row, head, d) = (i / width / seq_len, i / width % seq_len, i % width / heads.size, i % heads.size);
                let score = |j: usize| {
                    let dot: f64 = (0..heads.size).map(|d| at(b, row, 0, head, d) * at(b, j, 1, head, d)).sum();
                    (dot / (heads.size as f64).sqrt() + f64::from(bias[b * seq_len + j])).exp()
                };
                let sum: f64 = (0..seq_len).map(score).sum();
                let expected: f64 = (0..seq_len).map(|j| score(j) / sum * at(b, j, 2, head, d)).sum();
                assert!((f64::from(*found) - expected).abs() < 1e-4, "{found} for {expected}");
            }
            assert_eq!(attend(&qkv, seq_len, heads, None).len(), found.len());
        }
    }
}
