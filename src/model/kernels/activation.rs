//! What is done to each value. Branch-free, so that the compiler makes vectors of it.

/// A function applied to every output of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// None.
    Identity,
    /// `x · Φ(x)` by the error function, as in BERT (Hendrycks & Gimpel 2016).
    Gelu,
}

/// Values that a function is applied to at once. So many vectors share each of its constants, which not every compiler keeps at hand.
pub const LANES: usize = 16;

impl Activation {
    /// Applies it to each.
    #[inline(always)]
    pub fn apply<const FUSED: bool>(self, values: &mut [f32; LANES]) {
        if self == Self::Gelu {
            let erf = erf::<FUSED>(std::array::from_fn(|l| values[l] * std::f32::consts::FRAC_1_SQRT_2));
            for (x, erf) in values.iter_mut().zip(erf) {
                *x = 0.5 * *x * (1.0 + erf);
            }
        }
    }
}

/// `a · b + c`. Where no instruction does it in one, the exact one would be a call.
#[inline(always)]
fn multiply_add<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// The polynomial of these coefficients, the highest power's first, by Horner's rule.
#[inline(always)]
fn polynomial<const FUSED: bool, const N: usize>(x: &[f32; LANES], coefficients: [f32; N]) -> [f32; LANES] {
    let mut sum = [coefficients[0]; LANES];
    for c in &coefficients[1..] {
        for l in 0..LANES {
            sum[l] = multiply_add::<FUSED>(sum[l], x[l], *c);
        }
    }
    sum
}

/// The error function to within 4e-7: the rational minimax approximation of Eigen (unsupported/Eigen/SpecialFunctions).
#[inline(always)]
fn erf<const FUSED: bool>(x: [f32; LANES]) -> [f32; LANES] {
    let x = x.map(|x| if x > -4.0 { x } else { -4.0 }).map(|x| if x < 4.0 { x } else { 4.0 });
    let square = x.map(|x| x * x);
    let p = [-2.726_142_3e-10, 2.770_681_4e-8, -2.101_024e-6, -5.692_506_4e-5, -7.349_906_3e-4, -2.954_6e-3, -1.609_603_3e-2];
    let q = [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2];
    let (p, q) = (polynomial::<FUSED, _>(&square, p), polynomial::<FUSED, _>(&square, q));
    std::array::from_fn(|l| x[l] * p[l] / q[l])
}

/// `e^x` of each to within two units in the last place (the polynomial of Cephes' `expf`), for `x` ≤ 88; below -87 it stays at 1e-38.
#[inline(always)]
pub fn exp<const FUSED: bool>(x: [f32; LANES]) -> [f32; LANES] {
    let x = x.map(|x| if x > -87.0 { x } else { -87.0 });
    // Adding 1.5 · 2^23 rounds to a whole number, which then stands in the low bits.
    let shifted = x.map(|x| multiply_add::<FUSED>(x, std::f32::consts::LOG2_E, 12_582_912.0));
    let r: [f32; LANES] = std::array::from_fn(|l| {
        let n = shifted[l] - 12_582_912.0;
        multiply_add::<FUSED>(n, 2.121_944_4e-4, multiply_add::<FUSED>(n, -0.693_359_4, x[l]))
    });
    let p = polynomial::<FUSED, _>(&r, [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5]);
    std::array::from_fn(|l| {
        let fraction = multiply_add::<FUSED>(p[l] * r[l], r[l], r[l]) + 1.0;
        f32::from_bits(fraction.to_bits().wrapping_add(shifted[l].to_bits() << 23))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz & Stegun 7.1.5 and 7.1.14 in double precision.
    fn exact_erf(x: f64) -> f64 {
        if x.abs() > 3.0 {
            let mut fraction = x.abs();
            for k in (1..200).rev() {
                fraction = x.abs() + f64::from(k) / 2.0 / fraction;
            }
            return x.signum() * (1.0 - (-x * x).exp() / std::f64::consts::PI.sqrt() / fraction);
        }
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn close_to_double_precision() {
        close::<false>();
        close::<true>();
    }

    fn close<const FUSED: bool>() {
        for i in -8000..8000 {
            let x = i as f32 / 1000.0;
            let exact = f64::from(x).exp();
            assert!(((f64::from(exp::<FUSED>([x; LANES])[0]) - exact) / exact).abs() < 2.5e-7, "exp {x}");
            let error = (f64::from(erf::<FUSED>([x; LANES])[0]) - exact_erf(f64::from(x))).abs();
            assert!(error < 4e-7, "erf {x}: {error:.2e}");
        }
        let least = exp::<FUSED>([-1e9; LANES])[LANES - 1];
        assert!((0.0..1e-37).contains(&least));
        let mut values = [0.0; LANES];
        values[..4].copy_from_slice(&[0.0, 1.0, -10.0, 10.0]);
        Activation::Gelu.apply::<FUSED>(&mut values);
        assert_eq!(values[0], 0.0);
        assert!((values[1] - 0.841_344_7).abs() < 1e-6 && values[2].abs() < 1e-5 && (values[3] - 10.0).abs() < 1e-5);
    }
}
