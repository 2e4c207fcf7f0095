//! The encoder's inner loops on a CPU, for inference: matrices packed once when a checkpoint is loaded, and what lies between them
//! fused. Training and GPUs run the same layers on burn's tensors.
//!
//! A matrix is packed into panels of as many columns as a tile has ([`Tile`]); a tile of rows by columns stays in registers
//! while the loop runs over the inner dimension (Goto & van de Geijn 2008). Eight-bit weights stay eight bits, and the rows that they meet
//! are rounded as well ([`rows`]): to as many bits as an exact sum in 32 bits allows, fourteen to sixteen, so that nothing is lost by it; or to
//! eight where the machine multiplies eight bits by eight, row by row between the smallest and the largest value.
//!
//! Each instruction set has a file with two functions, one per kind of weight, the only unsafe code of the crate; [`Isa::best`] chooses among
//! them. `portable` is what they are checked against.

mod activation;
mod attention;
mod finish;
mod gemm;
mod isa;
mod panels;
mod portable;
mod rows;
mod tiles;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
mod weights;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use activation::Activation;
pub use attention::{Heads, attend};
pub use gemm::Packed;
pub use weights::Weights;

/// How many of `count` rows a thread takes at once: whole tiles of `tile` rows, no more than `most` of them, and as many for each thread.
fn rows_at_once(count: usize, tile: usize, most: usize) -> usize {
    #[cfg(feature = "cli")]
    let threads = rayon::current_num_threads();
    #[cfg(not(feature = "cli"))]
    let threads = 1;
    let tiles = count.div_ceil(tile);
    // Of rounds in which every thread has as many rows: one, as long as that is few enough.
    let rounds = tiles.div_ceil(threads * most).max(1);
    tiles.div_ceil(threads * rounds).max(1) * tile
}

/// Runs `f` on the chunks of `out` of `size` values and their indices: on all threads where the build has them.
fn each_chunk(out: &mut [f32], size: usize, f: impl Fn(usize, &mut [f32]) + Sync + Send) {
    #[cfg(feature = "cli")]
    {
        use rayon::prelude::*;
        out.par_chunks_mut(size).enumerate().for_each(|(i, chunk)| f(i, chunk));
    }
    #[cfg(not(feature = "cli"))]
    out.chunks_mut(size).enumerate().for_each(|(i, chunk)| f(i, chunk));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_out_in_whole_tiles() {
        #[cfg(feature = "cli")]
        let threads = rayon::current_num_threads();
        #[cfg(not(feature = "cli"))]
        let threads = 1;
        for count in [0, 1, 12, 13, 107, 590, 5000] {
            let rows = rows_at_once(count, 12, 8);
            assert!(rows > 0 && rows.is_multiple_of(12) && rows <= 96, "{count}: {rows}");
            let tiles = count.div_ceil(12);
            // No thread waits while another has two tiles more than it needs to.
            assert!(rows / 12 <= tiles.div_ceil(threads).max(1), "{count}: {rows}");
        }
    }
}
