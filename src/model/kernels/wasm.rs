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

/// One kind of weight: what it is multiplied with, of which a group of `$group` fills 32 bits, how a vector of it is loaded, and how two vectors
/// are multiplied and added up.
macro_rules! tile {
    ($(#[$attribute:meta])* $name:ident, $whole:ty, $weight:ty, $sum:ty, group $group:literal,
     load |$p:ident| $load:expr, multiply |$a:ident, $b:ident, $s:ident| $multiply:expr) => {
        $(#[$attribute])*
        pub fn $name(a: &[&[$whole]; MAX_ROWS], panel: &[$weight], sums: &mut Sums<$sum>) {
            const { assert!(size_of::<$whole>() * $group == 4 && size_of::<$sum>() == 4) }
            let groups = panel.len() / ($group * COLUMNS);
            assert!(a[..ROWS].iter().all(|row| row.len() >= $group * groups));
            let (a, panel): ([*const u32; ROWS], _) = (std::array::from_fn(|i| a[i].as_ptr().cast()), panel.as_ptr());
            let mut tile = [[i32x4_splat(0); VECTORS]; ROWS];
            for group in 0..groups {
                let b: [v128; VECTORS] = std::array::from_fn(|v| {
                    // SAFETY: the panel holds `groups` groups for each column.
                    let $p = unsafe { panel.add($group * (group * COLUMNS + v * LANES)) };
                    $load
                });
                for (tile, a) in tile.iter_mut().zip(a) {
                    // SAFETY: every row holds `groups` groups.
                    let $a = unsafe { v128_load32_splat(a.add(group)) };
                    for (sum, $b) in tile.iter_mut().zip(b) {
                        let $s = *sum;
                        *sum = $multiply;
                    }
                }
            }
            for (sums, tile) in sums.iter_mut().zip(tile) {
                for (v, tile) in tile.into_iter().enumerate() {
                    // SAFETY: a row of the sums has `COLUMNS` values of four bytes and more.
                    unsafe { v128_store(sums.as_mut_ptr().add(v * LANES).cast(), tile) }
                }
            }
        }
    };
}

tile!(
    /// Float32 weights.
    floats, f32, f32, f32, group 1,
    load |p| unsafe { v128_load(p.cast()) },
    multiply |a, b, sum| f32x4_add(sum, f32x4_mul(a, b)));

tile!(
    /// Eight-bit weights.
    bytes, i16, i8, i32, group 2,
    load |p| unsafe { i16x8_load_extend_i8x8(p) },
    multiply |a, b, sum| i32x4_add(sum, i32x4_dot_i16x8(a, b)));

/// The same with relaxed SIMD: a product and a sum in one instruction, and sixteen products of eight bits where the machine has one for that.
#[cfg(feature = "relaxed-simd")]
pub mod relaxed {
    use super::*;

    tile!(
        /// Float32 weights.
        #[target_feature(enable = "relaxed-simd")]
        floats, f32, f32, f32, group 1,
        load |p| unsafe { v128_load(p.cast()) },
        multiply |a, b, sum| f32x4_relaxed_madd(a, b, sum));

    tile!(
        /// Weights of seven bits, none of them negative: of others it is open what they count.
        #[target_feature(enable = "relaxed-simd")]
        sevens, i8, i8, i32, group 4,
        load |p| unsafe { v128_load(p.cast()) },
        multiply |a, b, sum| i32x4_relaxed_dot_i8x16_i7x16_add(a, b, sum));
}
