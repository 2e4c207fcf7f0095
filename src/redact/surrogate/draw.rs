//! Choices that the seed makes: HMAC-SHA-256 of what is replaced, so that whoever has not the seed cannot tell one from the other.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The seed of a set of documents. Not `Debug`: it is a secret.
pub(super) struct Seed(Hmac<Sha256>);

impl Seed {
    pub(super) fn new(seed: &[u8; 32]) -> Self {
        // HMAC fills its key up with zeros to the block of the hash function (RFC 2104).
        let mut key = [0; 64];
        key[..32].copy_from_slice(seed);
        Self(Hmac::new(&key.into()))
    }

    /// The choices for `key`, which is replaced for `purpose`. Another `attempt` gives others, when the first cannot be used.
    pub(super) fn draw(&self, purpose: &str, key: &str, attempt: u32) -> Draw {
        let mut mac = self.0.clone();
        for part in [purpose.as_bytes(), key.as_bytes(), &attempt.to_le_bytes()] {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        Draw { mac, block: [0; 32], used: 32, blocks: 0 }
    }

    /// The letters in place of a to z: one cycle (Sattolo 1986), so that none stays and no two become one.
    pub(super) fn alphabet(&self) -> [char; 26] {
        let mut letters: [char; 26] = std::array::from_fn(|i| char::from(b'a' + i as u8));
        let mut draw = self.draw("alphabet", "", 0);
        for i in (1..letters.len()).rev() {
            letters.swap(i, draw.below(i));
        }
        letters
    }
}

/// A stream of choices.
pub(super) struct Draw {
    mac: Hmac<Sha256>,
    block: [u8; 32],
    used: usize,
    blocks: u32,
}

impl Draw {
    fn byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let mut mac = self.mac.clone();
            mac.update(&self.blocks.to_le_bytes());
            self.block = mac.finalize().into_bytes().into();
            self.blocks += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// A number in `0..n`; 0 when `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        // Of 40 bits the remainder favours no number that anybody could tell.
        let wide = (0..5).fold(0u64, |wide, _| wide << 8 | u64::from(self.byte()));
        (wide % (n.max(1) as u64)) as usize
    }

    /// One of `items`.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        items.get(self.below(items.len())).copied()
    }

    fn of(&mut self, first: u8, n: usize) -> char {
        char::from(first + self.below(n) as u8)
    }

    /// A character of the same class: a digit for a digit, a letter of the same case for a letter, all else as it is.
    pub(super) fn like(&mut self, c: char) -> char {
        match c {
            c if c.is_numeric() => self.of(b'0', 10),
            c if c.is_uppercase() => self.of(b'A', 26),
            c if c.is_alphabetic() => self.of(b'a', 26),
            c => c,
        }
    }

    /// Every character by one of its class. The first digit is no zero if it was none.
    pub(super) fn shape(&mut self, text: &str) -> String {
        let first = text.find(char::is_numeric);
        let leads = |i: usize, c: char| Some(i) == first && c != '0';
        text.char_indices().map(|(i, c)| if leads(i, c) { self.of(b'1', 9) } else { self.like(c) }).collect()
    }

    /// The text of a pattern: `#` is a digit.
    pub(super) fn fill(&mut self, pattern: &str) -> String {
        pattern.chars().map(|c| if c == '#' { self.of(b'0', 10) } else { c }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_hang_on_everything_and_nothing_else() {
        let all = |seed: u8, purpose, key, attempt| {
            let mut draw = Seed::new(&[seed; 32]).draw(purpose, key, attempt);
            (0..40).map(|_| draw.below(1 << 30)).collect::<Vec<_>>()
        };
        let first = all(1, "name", "okafor", 0);
        assert_eq!(first, all(1, "name", "okafor", 0));
        for other in [all(2, "name", "okafor", 0), all(1, "namo", "kafor", 0), all(1, "nam", "eokafor", 0), all(1, "name", "okafor", 1)] {
            assert_ne!(first, other);
        }
        assert!(first[..6] != first[6..12]);
    }

    #[test]
    fn no_letter_stays() {
        for seed in 0..50 {
            let mut letters = Seed::new(&[seed; 32]).alphabet();
            assert!(letters.iter().zip('a'..='z').all(|(a, b)| *a != b));
            letters.sort_unstable();
            assert!(letters.iter().copied().eq('a'..='z'));
        }
    }

    #[test]
    fn shapes_stay() {
        let mut draw = Seed::new(&[3; 32]).draw("id", "x", 0);
        for _ in 0..50 {
            let made: Vec<char> = draw.shape("Ab-10 ٣é").chars().collect();
            assert!(made[0].is_ascii_uppercase() && made[1].is_ascii_lowercase() && made[2] == '-' && ('1'..='9').contains(&made[3]));
            assert!(made[4].is_ascii_digit() && made[5] == ' ' && made[6].is_ascii_digit() && made[7].is_ascii_lowercase());
        }
        assert_eq!(Seed::new(&[3; 32]).draw("id", "x", 0).below(0), 0);
    }
}
