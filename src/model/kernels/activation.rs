//! What is done to each value. Branch-free, so that the compiler makes vectors of it.

/// A function applied to every output of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// None.
    Identity,
    /// `x · Φ(x)` by the error function, as in BERT (Hendrycks & Gimpel 2016).
    Gelu,
}

impl Activation {
    /// Applies it in place.
    #[inline(always)]
    pub fn apply<const FUSED: bool>(self, values: &mut [f32]) {
        if self == Self::Gelu {
            for x in values {
                *x = 0.5 * *x * (1.0 + erf::<FUSED>(*x * std::f32::consts::FRAC_1_SQRT_2));
            }
        }
    }
}

/// `a · b + c`. Where no instruction does it in one, the exact one would be a call.
#[inline(always)]
fn multiply_add<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// The error function to within 4e-7: the rational minimax approximation of Eigen (unsupported/Eigen/SpecialFunctions).
#[inline(always)]
fn erf<const FUSED: bool>(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let x2 = x * x;
    let mut p = -2.726_142_3e-10;
    for c in [2.770_681_4e-8, -2.101_024e-6, -5.692_506_4e-5, -7.349_906_3e-4, -2.954_6e-3, -1.609_603_3e-2] {
        p = multiply_add::<FUSED>(p, x2, c);
    }
    let mut q = -1.456_607_2e-5;
    for c in [-2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2] {
        q = multiply_add::<FUSED>(q, x2, c);
    }
    x * p / q
}

/// `e^x` to within two units in the last place (the polynomial of Cephes' `expf`), for `x` ≤ 88; below -87 it stays at 1e-38.
#[inline(always)]
pub fn exp<const FUSED: bool>(x: f32) -> f32 {
    let x = x.max(-87.0);
    // Adding 1.5 · 2^23 rounds to a whole number, which then stands in the low bits.
    let shifted = multiply_add::<FUSED>(x, std::f32::consts::LOG2_E, 12_582_912.0);
    let n = shifted - 12_582_912.0;
    let r = multiply_add::<FUSED>(n, 2.121_944_4e-4, multiply_add::<FUSED>(n, -0.693_359_4, x));
    let mut p = 1.987_569_1e-4;
    for c in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        p = multiply_add::<FUSED>(p, r, c);
    }
    let fraction = multiply_add::<FUSED>(p * r, r, r) + 1.0;
    f32::from_bits(fraction.to_bits().wrapping_add(shifted.to_bits() << 23))
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
            assert!(((f64::from(exp::<FUSED>(x)) - exact) / exact).abs() < 2.5e-7, "exp {x}");
            let error = (f64::from(erf::<FUSED>(x)) - exact_erf(f64::from(x))).abs();
            assert!(error < 4e-7, "erf {x}: {error:.2e}");
        }
        assert!(exp::<FUSED>(-1e9) < 1e-37 && exp::<FUSED>(-1e9) >= 0.0);
        let mut values = [0.0, 1.0, -10.0, 10.0];
        Activation::Gelu.apply::<FUSED>(&mut values);
        assert_eq!(values[0], 0.0);
        assert!((values[1] - 0.841_344_7).abs() < 1e-6 && values[2].abs() < 1e-5 && (values[3] - 10.0).abs() < 1e-5);
    }
}
