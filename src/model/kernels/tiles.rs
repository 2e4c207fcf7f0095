//! A product, tile by tile.

use super::isa::{MAX_COLUMNS, MAX_ROWS, Sums, Tile};
use std::ops::Range;

/// Where in the output a tile's sums belong.
pub struct Part {
    /// As many as the tile has, or fewer.
    pub rows: Range<usize>,
    /// The first column.
    pub first: usize,
    /// How many columns.
    pub width: usize,
    /// How many the output has.
    pub columns: usize,
}

impl Part {
    /// Puts `sums` where they belong, as they are.
    #[inline(always)]
    pub fn copy(&self, sums: &Sums<f32>, output: &mut [f32]) {
        for (i, sums) in self.rows.clone().zip(sums) {
            output[i * self.columns + self.first..][..self.width].copy_from_slice(&sums[..self.width]);
        }
    }
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
            write(&Part { rows: top..count.min(top + tile.rows), first, width, columns: d_output }, &sums, output);
        }
    }
}
