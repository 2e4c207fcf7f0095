//! Tiles in plain loops, for machines without a file of their own, and as the reference of those that have one.

use super::isa::{MAX_ROWS, Sums};

const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// Float32 weights.
pub fn floats(a: &[&[f32]; MAX_ROWS], panel: &[f32], sums: &mut Sums<f32>) {
    let mut tile = [[0.0; COLUMNS]; ROWS];
    for (k, b) in panel.as_chunks::<COLUMNS>().0.iter().enumerate() {
        for (a, tile) in a.iter().zip(&mut tile) {
            let a = a[k];
            tile.iter_mut().zip(b).for_each(|(sum, b)| *sum += a * b);
        }
    }
    sums.iter_mut().zip(&tile).for_each(|(sums, tile)| sums[..COLUMNS].copy_from_slice(tile));
}

/// Eight-bit weights.
pub fn bytes(a: &[&[i16]; MAX_ROWS], panel: &[i8], sums: &mut Sums<i32>) {
    let mut tile = [[0; COLUMNS]; ROWS];
    for (pair, b) in panel.as_chunks::<{ 2 * COLUMNS }>().0.iter().enumerate() {
        for (a, tile) in a.iter().zip(&mut tile) {
            let (even, odd) = (i32::from(a[2 * pair]), i32::from(a[2 * pair + 1]));
            for (sum, b) in tile.iter_mut().zip(b.as_chunks::<2>().0) {
                *sum += even * i32::from(b[0]) + odd * i32::from(b[1]);
            }
        }
    }
    sums.iter_mut().zip(&tile).for_each(|(sums, tile)| sums[..COLUMNS].copy_from_slice(tile));
}
