//! Tiles for WebAssembly's 128-bit SIMD.
#![allow(unsafe_code)]

use super::isa::{MAX_ROWS, Sums};
use core::arch::wasm32::*;

/// Rows of a tile. Of the shapes that fit the sixteen registers of x86-64, the one that V8 makes the fastest code of (six rows: a third slower).
pub const ROWS: usize = 4;
/// Columns of a tile.
pub const COLUMNS: usize = 8;
const LANES: usize = 4;
const VECTORS: usize = COLUMNS / LANES;

/// Float32 weights.
pub fn floats(a: &[&[f32]; MAX_ROWS], panel: &[f32], sums: &mut Sums<f32>) {
    let depth = panel.len() / COLUMNS;
    assert!(a[..ROWS].iter().all(|row| row.len() >= depth));
    let (a, panel): ([*const f32; ROWS], _) = (std::array::from_fn(|i| a[i].as_ptr()), panel.as_ptr());
    let mut tile = [[f32x4_splat(0.0); VECTORS]; ROWS];
    for k in 0..depth {
        // SAFETY: the panel holds `depth * COLUMNS` values.
        let b: [v128; VECTORS] = std::array::from_fn(|v| unsafe { v128_load(panel.add(k * COLUMNS + v * LANES).cast()) });
        for (tile, a) in tile.iter_mut().zip(a) {
            // SAFETY: every row holds `depth` values.
            let a = unsafe { v128_load32_splat(a.add(k).cast()) };
            for (sum, b) in tile.iter_mut().zip(b) {
                *sum = f32x4_add(*sum, f32x4_mul(a, b));
            }
        }
    }
    store(tile, sums);
}

/// Eight-bit weights.
pub fn bytes(a: &[&[i16]; MAX_ROWS], panel: &[i8], sums: &mut Sums<i32>) {
    let pairs = panel.len() / (2 * COLUMNS);
    assert!(a[..ROWS].iter().all(|row| row.len() >= 2 * pairs));
    let (a, panel): ([*const u32; ROWS], _) = (std::array::from_fn(|i| a[i].as_ptr().cast()), panel.as_ptr());
    let mut tile = [[i32x4_splat(0); VECTORS]; ROWS];
    for pair in 0..pairs {
        // SAFETY: the panel holds `pairs` pairs for each column.
        let b: [v128; VECTORS] = std::array::from_fn(|v| unsafe { i16x8_load_extend_i8x8(panel.add(2 * (pair * COLUMNS + v * LANES))) });
        for (tile, a) in tile.iter_mut().zip(a) {
            // SAFETY: every row holds `pairs` pairs.
            let a = unsafe { v128_load32_splat(a.add(pair)) };
            for (sum, b) in tile.iter_mut().zip(b) {
                *sum = i32x4_add(*sum, i32x4_dot_i16x8(a, b));
            }
        }
    }
    store(tile, sums);
}

fn store<S>(tile: [[v128; VECTORS]; ROWS], sums: &mut Sums<S>) {
    const { assert!(size_of::<S>() == 4) }
    for (sums, tile) in sums.iter_mut().zip(tile) {
        for (v, tile) in tile.into_iter().enumerate() {
            // SAFETY: a row of the sums has `COLUMNS` values of four bytes and more.
            unsafe { v128_store(sums.as_mut_ptr().add(v * LANES).cast(), tile) }
        }
    }
}

/// The same with relaxed SIMD: a product and a sum in one instruction, and sixteen products of eight bits where the machine has one for that.
#[cfg(feature = "relaxed-simd")]
pub mod relaxed {
    use super::*;

    /// Float32 weights.
    #[target_feature(enable = "relaxed-simd")]
    pub fn floats(a: &[&[f32]; MAX_ROWS], panel: &[f32], sums: &mut Sums<f32>) {
        let depth = panel.len() / COLUMNS;
        assert!(a[..ROWS].iter().all(|row| row.len() >= depth));
        let (a, panel): ([*const f32; ROWS], _) = (std::array::from_fn(|i| a[i].as_ptr()), panel.as_ptr());
        let mut tile = [[f32x4_splat(0.0); VECTORS]; ROWS];
        for k in 0..depth {
            // SAFETY: the panel holds `depth * COLUMNS` values.
            let b: [v128; VECTORS] = std::array::from_fn(|v| unsafe { v128_load(panel.add(k * COLUMNS + v * LANES).cast()) });
            for (tile, a) in tile.iter_mut().zip(a) {
                // SAFETY: every row holds `depth` values.
                let a = unsafe { v128_load32_splat(a.add(k).cast()) };
                for (sum, b) in tile.iter_mut().zip(b) {
                    *sum = f32x4_relaxed_madd(a, b, *sum);
                }
            }
        }
        store(tile, sums);
    }

    /// Weights of seven bits, none of them negative: of others it is open what they count.
    #[target_feature(enable = "relaxed-simd")]
    pub fn sevens(a: &[&[i8]; MAX_ROWS], panel: &[i8], sums: &mut Sums<i32>) {
        let quads = panel.len() / (4 * COLUMNS);
        assert!(a[..ROWS].iter().all(|row| row.len() >= 4 * quads));
        let (a, panel): ([*const u32; ROWS], _) = (std::array::from_fn(|i| a[i].as_ptr().cast()), panel.as_ptr());
        let mut tile = [[i32x4_splat(0); VECTORS]; ROWS];
        for quad in 0..quads {
            // SAFETY: the panel holds `quads` quads for each column.
            let b: [v128; VECTORS] = std::array::from_fn(|v| unsafe { v128_load(panel.add(4 * (quad * COLUMNS + v * LANES)).cast()) });
            for (tile, a) in tile.iter_mut().zip(a) {
                // SAFETY: every row holds `quads` quads.
                let a = unsafe { v128_load32_splat(a.add(quad)) };
                for (sum, b) in tile.iter_mut().zip(b) {
                    *sum = i32x4_relaxed_dot_i8x16_i7x16_add(a, b, *sum);
                }
            }
        }
        store(tile, sums);
    }
}
