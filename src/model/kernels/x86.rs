//! Tiles for x86-64.
#![allow(unsafe_code)]

use super::isa::Loops;

/// Runs `loops` with vectors of 256 bits.
#[inline(always)]
pub fn widen<L: Loops>(loops: L) -> L::Output {
    #[target_feature(enable = "avx2,fma")]
    fn inner<L: Loops>(loops: L) -> L::Output {
        loops.run::<true>()
    }
    // SAFETY: chosen only where the features were detected.
    unsafe { inner(loops) }
}

/// Runs `loops` with vectors of 512 bits.
#[inline(always)]
pub fn widen_more<L: Loops>(loops: L) -> L::Output {
    #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
    fn inner<L: Loops>(loops: L) -> L::Output {
        loops.run::<true>()
    }
    // SAFETY: chosen only where the features were detected.
    unsafe { inner(loops) }
}

/// One instruction set: its tile, and the intrinsics that fill it.
macro_rules! tiles {
    ($name:ident, $about:literal, features $features:tt, rows $rows:literal, columns $columns:literal,
     floats { lanes $f_lanes:literal, zero $f_zero:ident, load $f_load:ident, all $f_all:ident, store $f_store:ident, multiply |$fa:ident, $fb:ident, $fs:ident| $f_multiply:expr },
     bytes { of $whole:ty, group $group:literal, zero $i_zero:ident, load |$ip:ident| $i_load:expr, all $i_all:ident, store |$sp:ident, $sv:ident| $i_store:expr, multiply |$ia:ident, $ib:ident, $is:ident| $i_multiply:expr }) => {
        #[doc = $about]
        pub mod $name {
            use super::super::isa::{MAX_COLUMNS, MAX_ROWS, Sums};
            use std::arch::x86_64::*;

            /// Rows of a tile.
            pub const ROWS: usize = $rows;
            /// Columns of a tile.
            pub const COLUMNS: usize = $columns;
            const LANES: usize = $f_lanes;
            const VECTORS: usize = COLUMNS / LANES;
            const _: () = assert!(ROWS <= MAX_ROWS && COLUMNS <= MAX_COLUMNS && COLUMNS % LANES == 0);

            /// Float32 weights.
            pub fn floats(a: &[&[f32]; MAX_ROWS], panel: &[f32], sums: &mut Sums<f32>) {
                let depth = panel.len() / COLUMNS;
                assert!(a[..ROWS].iter().all(|row| row.len() >= depth));
                // SAFETY: chosen only where the features were detected; every row holds `depth` values, and the panel `depth * COLUMNS`.
                unsafe { floats_inner(std::array::from_fn(|i| a[i].as_ptr()), depth, panel.as_ptr(), sums) }
            }

            #[target_feature $features]
            unsafe fn floats_inner(a: [*const f32; ROWS], depth: usize, panel: *const f32, sums: &mut Sums<f32>) {
                let mut tile = [[$f_zero(); VECTORS]; ROWS];
                for k in 0..depth {
                    // SAFETY: see the caller.
                    let b: [_; VECTORS] = std::array::from_fn(|v| unsafe { $f_load(panel.add(k * COLUMNS + v * LANES)) });
                    for i in 0..ROWS {
                        // SAFETY: see the caller.
                        let $fa = $f_all(unsafe { *a[i].add(k) });
                        for v in 0..VECTORS {
                            let ($fb, $fs) = (b[v], tile[i][v]);
                            tile[i][v] = $f_multiply;
                        }
                    }
                }
                for i in 0..ROWS {
                    for v in 0..VECTORS {
                        // SAFETY: a row of the sums has `COLUMNS` values and more.
                        unsafe { $f_store(sums[i].as_mut_ptr().add(v * LANES), tile[i][v]) }
                    }
                }
            }

            /// Eight-bit weights.
            pub fn bytes(a: &[&[$whole]; MAX_ROWS], panel: &[i8], sums: &mut Sums<i32>) {
                let groups = panel.len() / ($group * COLUMNS);
                assert!(a[..ROWS].iter().all(|row| row.len() >= $group * groups));
                // SAFETY: chosen only where the features were detected; every row holds `groups` groups, and the panel `groups * COLUMNS`.
                unsafe { bytes_inner(std::array::from_fn(|i| a[i].as_ptr().cast()), groups, panel.as_ptr(), sums) }
            }

            #[target_feature $features]
            unsafe fn bytes_inner(a: [*const i32; ROWS], groups: usize, panel: *const i8, sums: &mut Sums<i32>) {
                let mut tile = [[$i_zero(); VECTORS]; ROWS];
                for group in 0..groups {
                    let b: [_; VECTORS] = std::array::from_fn(|v| {
                        // SAFETY: see the caller.
                        let $ip = unsafe { panel.add($group * (group * COLUMNS + v * LANES)) };
                        $i_load
                    });
                    for i in 0..ROWS {
                        // SAFETY: see the caller.
                        let $ia = $i_all(unsafe { a[i].add(group).read_unaligned() });
                        for v in 0..VECTORS {
                            let ($ib, $is) = (b[v], tile[i][v]);
                            tile[i][v] = $i_multiply;
                        }
                    }
                }
                for i in 0..ROWS {
                    for v in 0..VECTORS {
                        // SAFETY: a row of the sums has `COLUMNS` values and more.
                        let ($sp, $sv) = (unsafe { sums[i].as_mut_ptr().add(v * LANES) }, tile[i][v]);
                        $i_store
                    }
                }
            }
        }
    };
}

tiles!(avx2, "AVX2 and FMA: sixteen registers of 256 bits.", features (enable = "avx2,fma"), rows 6, columns 16,
    floats { lanes 8, zero _mm256_setzero_ps, load _mm256_loadu_ps, all _mm256_set1_ps, store _mm256_storeu_ps,
        multiply |a, b, sum| _mm256_fmadd_ps(a, b, sum) },
    bytes { of i16, group 2, zero _mm256_setzero_si256, load |p| _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(p.cast()) }),
        all _mm256_set1_epi32, store |p, v| unsafe { _mm256_storeu_si256(p.cast(), v) },
        multiply |a, b, sum| _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)) });

tiles!(avx_vnni, "AVX2 with VNNI.", features (enable = "avx2,fma,avxvnni"), rows 6, columns 16,
    floats { lanes 8, zero _mm256_setzero_ps, load _mm256_loadu_ps, all _mm256_set1_ps, store _mm256_storeu_ps,
        multiply |a, b, sum| _mm256_fmadd_ps(a, b, sum) },
    bytes { of u8, group 4, zero _mm256_setzero_si256, load |p| unsafe { _mm256_loadu_si256(p.cast()) }, all _mm256_set1_epi32,
        store |p, v| unsafe { _mm256_storeu_si256(p.cast(), v) },
        multiply |a, b, sum| _mm256_dpbusd_avx_epi32(sum, a, b) });

tiles!(avx512, "AVX-512 and VNNI: 32 registers of 512 bits.", features (enable = "avx512f,avx512bw,avx512vnni"), rows 12, columns 32,
    floats { lanes 16, zero _mm512_setzero_ps, load _mm512_loadu_ps, all _mm512_set1_ps, store _mm512_storeu_ps,
        multiply |a, b, sum| _mm512_fmadd_ps(a, b, sum) },
    bytes { of u8, group 4, zero _mm512_setzero_si512, load |p| unsafe { _mm512_loadu_si512(p.cast()) }, all _mm512_set1_epi32,
        store |p, v| unsafe { _mm512_storeu_si512(p.cast(), v) },
        multiply |a, b, sum| _mm512_dpbusd_epi32(sum, a, b) });
