//! Check digits, and the numbers that are made of nothing else.

use crate::random::Rand;

/// The digit that makes the sum of Luhn's algorithm a multiple of ten.
pub(super) fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let d = u32::from(b - b'0');
            if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { d }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Verhoeff's check digit, as Aadhaar has it.
pub(super) fn verhoeff(digits: &str) -> u8 {
    // The dihedral group of ten elements: rotations 0 to 4, reflections 5 to 9.
    fn times(a: u8, b: u8) -> u8 {
        match (a < 5, b < 5) {
            (true, true) => (a + b) % 5,
            (true, false) => (a + b - 5) % 5 + 5,
            (false, true) => (a - 5 + 5 - b) % 5 + 5,
            (false, false) => (a + 5 - b) % 5,
        }
    }
    const P: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |times: usize, d: u8| (0..times % 8).fold(d, |d, _| P[usize::from(d)]);
    let sum = digits.bytes().rev().enumerate().fold(0, |sum, (i, b)| times(sum, permuted(i + 1, b - b'0')));
    (0..10).find(|&d| times(sum, d) == 0).unwrap_or(0)
}

/// The weighted sum of digits.
pub(super) fn weighted(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum()
}

/// The NHS's (and the CHI's) modulus 11; `None` where the nine digits admit no check digit.
pub(super) fn modulus_11(nine: &str) -> Option<u32> {
    match 11 - weighted(nine, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        11 => Some(0),
        10 => None,
        digit => Some(digit),
    }
}

/// The remainder by 97 of a number with letters that stand for 10 to 35.
fn modulus_97(text: &str) -> u32 {
    text.chars().fold(0, |rest, c| {
        let value = c.to_digit(36).unwrap_or(0);
        if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 }
    })
}

/// An international bank account number, in one piece or in groups of four.
pub(super) fn iban(rand: &mut Rand) -> String {
    let (country, shape) = rand.of([
        ("GB", "@@@@##############"),
        ("IE", "@@@@##############"),
        ("DE", "##################"),
        ("FR", "#######################"),
        ("ES", "####################"),
        ("NL", "@@@@##########"),
        ("PK", "@@@@################"),
        ("AE", "###################"),
        ("PL", "########################"),
    ]);
    let account = rand.shape(shape);
    let check = 98 - modulus_97(&format!("{account}{country}00"));
    let whole = format!("{country}{check:02}{account}");
    if rand.chance(0.4) {
        return whole;
    }
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(c);
    }
    grouped
}

/// A unique device identifier: GS1 with a trade item number, or HIBCC.
pub(super) fn udi(rand: &mut Rand) -> String {
    if rand.chance(0.2) {
        let shape = rand.of(["+@###@######/$$######@", "+@##################/$$#######@###/S########"]);
        // "$" is the standard's own sign here.
        return rand.shape(shape).replace('$', "S");
    }
    let item = format!("0{}", rand.digits(12));
    let sum = weighted(&item, &[3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    let tail = rand.of([
        "",
        "(17)2#0#1#",
        "(17)2#0#1#(10)@#####",
        "(21)@#######",
        "(11)2#0#1#(21)########",
        "(17)2#0#0#(21)???????",
        "(10)######",
    ]);
    let tail = rand.shape(tail);
    format!("(01){item}{}{tail}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_the_published_ones() {
        assert_eq!(luhn("7992739871"), 3);
        assert_eq!(verhoeff("236"), 3);
        assert_eq!(modulus_11("943476591"), Some(9));
        // GB82 WEST 1234 5698 7654 32 is the registry's example.
        assert_eq!(98 - modulus_97("WEST12345698765432GB00"), 82);
    }

    #[test]
    fn ibans_are_valid() {
        let mut rand = Rand::keyed(1, "iban", 0);
        for _ in 0..200 {
            let iban: String = iban(&mut rand).chars().filter(|c| *c != ' ').collect();
            assert_eq!(modulus_97(&format!("{}{}", &iban[4..], &iban[..4])), 1, "{iban}");
        }
    }
}
