//! Seeded choices: the same on every machine and in every version.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of choices. ChaCha8, so that a seed means the same corpus on every machine.
pub(crate) struct Rand(ChaCha8Rng);

impl Rand {
    /// The stream for a purpose: independent of all others, whatever order they are drawn in.
    pub(crate) fn keyed(seed: u64, purpose: &str, index: u64) -> Self {
        let mut key = [0; 32];
        key.copy_from_slice(
            &Sha256::new().chain_update(seed.to_le_bytes()).chain_update(purpose).chain_update(index.to_le_bytes()).finalize(),
        );
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number in `0..n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { self.0.random_range(0..n) }
    }

    /// A number in `low..=high`.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { self.0.random_range(low..=high) }
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of `items`; the default when there are none.
    pub(crate) fn pick<'a>(&mut self, items: &'a [String]) -> &'a str {
        items.get(self.below(items.len())).map_or("", String::as_str)
    }

    /// One of `items`, which are not none.
    pub(crate) fn of<T: Copy, const N: usize>(&mut self, items: [T; N]) -> T {
        items[self.below(N)]
    }

    /// `n` digits, the first not zero.
    pub(crate) fn digits(&mut self, n: usize) -> String {
        (0..n).map(|i| char::from(b'0' + self.range(i64::from(i == 0 && n > 1), 9) as u8)).collect()
    }

    /// The text of a shape: `#` is a digit, `@` a capital letter, `%` a small letter, `?` a letter or digit, `&` a hexadecimal digit.
    pub(crate) fn shape(&mut self, shape: &str) -> String {
        shape
            .chars()
            .map(|c| match c {
                '#' => char::from(b'0' + self.below(10) as u8),
                '@' => char::from(b'A' + self.below(26) as u8),
                '%' => char::from(b'a' + self.below(26) as u8),
                '?' => char::from(b"ABCDEFGHJKLMNPRSTUVWXYZ0123456789"[self.below(33)]),
                '&' => char::from(b"0123456789abcdef"[self.below(16)]),
                c => c,
            })
            .collect()
    }
}

/// A stable number for a text: the same in every version and on every machine.
pub(crate) fn stable_hash(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}
