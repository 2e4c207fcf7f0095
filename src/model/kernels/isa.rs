//! Which instruction set multiplies.

use super::portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::wasm;
#[cfg(target_arch = "x86_64")]
use super::x86;

/// Columns of the widest tile.
pub const MAX_COLUMNS: usize = 32;
/// Rows of the tallest tile.
pub const MAX_ROWS: usize = 12;

/// A tile's sums, row by row; a tile of fewer columns than [`MAX_COLUMNS`] uses the first of each row.
pub type Sums<T> = [[T; MAX_COLUMNS]; MAX_ROWS];

/// The shape of a tile, and the function that fills it.
pub struct Tile<A, B, S> {
    /// Rows at once.
    pub rows: usize,
    /// Columns of a panel.
    pub columns: usize,
    /// `run(a, panel, sums)`: `sums[i][j] = Σ_k a[i][k] · panel[k][j]`. Rows of `a` beyond the tile's are not looked at, and all of its
    /// rows are as long as the panel is deep.
    pub run: fn(a: &[&[A]; MAX_ROWS], panel: &[B], sums: &mut Sums<S>),
}

/// Plain loops that are compiled for each instruction set. Not a closure: the compiler inlines that where it likes, and what is not inlined
/// is compiled for what all machines have. `run` is `#[inline(always)]`, and so is what it calls.
pub trait Loops {
    /// What comes out.
    type Output;
    /// Does it. `FUSED` says that the machine multiplies and adds in one instruction.
    fn run<const FUSED: bool>(self) -> Self::Output;
}

/// An instruction set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// Whatever the compiler makes of plain loops.
    Portable,
    /// WebAssembly's 128-bit SIMD.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128,
    /// Its relaxed SIMD.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
    Relaxed,
    /// AVX2 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 with FMA and VNNI.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The tile of eight-bit weights, by what it multiplies them with. A panel's values stand in groups along the inner dimension:
/// `panel[k / size][j][k % size]`.
pub enum BytesTile {
    /// Sixteen bits, in groups of two.
    Pairs(Tile<i16, i8, i32>),
    /// Eight bits without a sign, in groups of four: where the machine has an instruction for these, it does twice as many at once.
    #[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
    Quads(Tile<u8, i8, i32>),
    /// Eight bits with a sign, in groups of four, the weights moved up by [`SHIFT`], so that none is negative.
    #[cfg(feature = "relaxed-simd")]
    Sevens(Tile<i8, i8, i32>),
}

/// What is added to weights of seven bits. They are smaller than that.
#[cfg(feature = "relaxed-simd")]
pub const SHIFT: i8 = 64;

impl BytesTile {
    /// Columns of a panel, the size of a group, and what is added to each weight.
    pub const fn layout(&self) -> (usize, usize, i8) {
        match self {
            Self::Pairs(tile) => (tile.columns, 2, 0),
            Self::Quads(tile) => (tile.columns, 4, 0),
            #[cfg(feature = "relaxed-simd")]
            Self::Sevens(tile) => (tile.columns, 4, SHIFT),
        }
    }

    /// Rows at once.
    pub const fn rows(&self) -> usize {
        match self {
            Self::Pairs(tile) => tile.rows,
            Self::Quads(tile) => tile.rows,
            #[cfg(feature = "relaxed-simd")]
            Self::Sevens(tile) => tile.rows,
        }
    }
}

impl Isa {
    /// The best that this machine has.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::Portable)
    }

    /// All that this machine has, the best one last.
    pub fn all() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut all = vec![Self::Portable];
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        all.push(Self::Simd128);
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
        all.push(Self::Relaxed);
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma");
            if avx2 {
                all.push(Self::Avx2);
            }
            if avx2 && std::arch::is_x86_feature_detected!("avxvnni") {
                all.push(Self::AvxVnni);
            }
            let avx512 = std::arch::is_x86_feature_detected!("avx512f")
                && std::arch::is_x86_feature_detected!("avx512bw")
                && std::arch::is_x86_feature_detected!("avx512dq")
                && std::arch::is_x86_feature_detected!("avx512vl");
            if avx2 && avx512 && std::arch::is_x86_feature_detected!("avx512vnni") {
                all.push(Self::Avx512);
            }
        }
        all
    }

    /// Runs `loops`, compiled for this instruction set as far as the compiler vectorises by itself.
    #[inline(always)]
    pub fn widen<L: Loops>(self, loops: L) -> L::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 | Self::AvxVnni => x86::widen(loops),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => x86::widen_more(loops),
            _ => loops.run::<false>(),
        }
    }

    /// The tile of float32 weights.
    pub const fn floats(self) -> Tile<f32, f32, f32> {
        match self {
            Self::Portable => Tile { rows: 4, columns: 8, run: portable::floats },
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Self::Simd128 => Tile { rows: wasm::ROWS, columns: wasm::COLUMNS, run: wasm::floats },
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
            Self::Relaxed => Tile { rows: wasm::ROWS, columns: wasm::COLUMNS, run: wasm::relaxed::floats },
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => Tile { rows: x86::avx2::ROWS, columns: x86::avx2::COLUMNS, run: x86::avx2::floats },
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni => Tile { rows: x86::avx_vnni::ROWS, columns: x86::avx_vnni::COLUMNS, run: x86::avx_vnni::floats },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => Tile { rows: x86::avx512::ROWS, columns: x86::avx512::COLUMNS, run: x86::avx512::floats },
        }
    }

    /// The tile of eight-bit weights of which none is larger than `largest`.
    #[cfg_attr(not(feature = "relaxed-simd"), allow(unused_variables))]
    pub const fn bytes(self, largest: u8) -> BytesTile {
        match self {
            Self::Portable => BytesTile::Pairs(Tile { rows: 4, columns: 8, run: portable::bytes }),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
            Self::Relaxed if largest < SHIFT as u8 => {
                BytesTile::Sevens(Tile { rows: wasm::ROWS, columns: wasm::COLUMNS, run: wasm::relaxed::sevens })
            }
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "relaxed-simd"))]
            Self::Relaxed => Self::Simd128.bytes(largest),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Self::Simd128 => BytesTile::Pairs(Tile { rows: wasm::ROWS, columns: wasm::COLUMNS, run: wasm::bytes }),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => BytesTile::Pairs(Tile { rows: x86::avx2::ROWS, columns: x86::avx2::COLUMNS, run: x86::avx2::bytes }),
            #[cfg(target_arch = "x86_64")]
            Self::AvxVnni => {
                BytesTile::Quads(Tile { rows: x86::avx_vnni::ROWS, columns: x86::avx_vnni::COLUMNS, run: x86::avx_vnni::bytes })
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => BytesTile::Quads(Tile { rows: x86::avx512::ROWS, columns: x86::avx512::COLUMNS, run: x86::avx512::bytes }),
        }
    }
}
