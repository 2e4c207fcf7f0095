//! Check digits. Every function takes the characters without separators and is false on anything of another length.

fn values(digits: &str) -> Option<Vec<u32>> {
    digits.chars().map(|c| c.to_digit(10)).collect()
}

/// Luhn's sum (ISO/IEC 7812-1 annex B): payment cards, IMEI, Canadian SIN.
pub(super) fn luhn(digits: &str) -> bool {
    let Some(values) = values(digits) else { return false };
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| match (i % 2, d * 2) {
            (0, _) => d,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    values.len() > 1 && sum.is_multiple_of(10)
}

/// National Provider Identifier: Luhn over the ten digits behind the card issuer prefix 80840 (45 CFR 162.406).
pub(super) fn npi(digits: &str) -> bool {
    digits.len() == 10 && digits.starts_with(['1', '2']) && luhn(&format!("80840{digits}"))
}

/// DEA registration: d1+d3+d5 + 2·(d2+d4+d6) ends in d7.
pub(super) fn dea(number: &str) -> bool {
    let Some(v) = number.get(2..).and_then(values) else { return false };
    v.len() == 7 && (v[0] + v[2] + v[4] + 2 * (v[1] + v[3] + v[5])) % 10 == v[6]
}

/// NHS number (and Scottish CHI): weights 10..2, modulus 11 (NHS Data Dictionary).
pub(super) fn nhs(digits: &str) -> bool {
    let Some(v) = values(digits) else { return false };
    if v.len() != 10 {
        return false;
    }
    let sum: u32 = v[..9].iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    (11 - sum % 11) % 11 == v[9]
}

/// Vehicle identification number: transliteration and weights of 49 CFR 565.15 (ISO 3779), check digit at place 9.
pub(super) fn vin(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let letter = |c: char| match c.to_ascii_uppercase() {
        'A' | 'J' => Some(1),
        'B' | 'K' | 'S' => Some(2),
        'C' | 'L' | 'T' => Some(3),
        'D' | 'M' | 'U' => Some(4),
        'E' | 'N' | 'V' => Some(5),
        'F' | 'W' => Some(6),
        'G' | 'P' | 'X' => Some(7),
        'H' | 'Y' => Some(8),
        'R' | 'Z' => Some(9),
        c => c.to_digit(10),
    };
    let Some(values) = number.chars().map(letter).collect::<Option<Vec<u32>>>() else { return false };
    if values.len() != WEIGHTS.len() {
        return false;
    }
    let rest = values.iter().zip(WEIGHTS).map(|(v, w)| v * w).sum::<u32>() % 11;
    number.chars().nth(8).is_some_and(|c| if rest == 10 { c.eq_ignore_ascii_case(&'X') } else { c.to_digit(10) == Some(rest) })
}

/// International bank account number: modulus 97 is 1 (ISO 13616).
pub(super) fn iban(number: &str) -> bool {
    if !(15..=34).contains(&number.len()) || !number.is_ascii() {
        return false;
    }
    let (head, tail) = number.split_at(4);
    let rest = tail.chars().chain(head.chars()).try_fold(0u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some(if value > 9 { rest * 100 + value } else { rest * 10 + value } % 97)
    });
    rest == Some(1)
}

/// French social security number (NIR): the last two digits are 97 less the first thirteen modulo 97.
pub(super) fn nir(digits: &str) -> bool {
    let (Some(body), Some(key)) = (digits.get(..13), digits.get(13..15)) else { return false };
    let (Ok(body), Ok(key)) = (body.parse::<u64>(), key.parse::<u64>()) else { return false };
    digits.len() == 15 && 97 - body % 97 == key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_neighbours_fail() {
        assert!(luhn("4111111111111111") && !luhn("4111111111111112"));
        assert!(npi("1234567893") && !npi("1234567890"));
        assert!(dea("AB1234563") && !dea("AB1234567"));
        assert!(nhs("9434765919") && !nhs("9434765918"));
        assert!(vin("1M8GDM9AXKP042788") && !vin("1M8GDM9A1KP042788"));
        assert!(iban("GB82WEST12345698765432") && !iban("GB83WEST12345698765432"));
        assert!(nir("255081416802538") && !nir("255081416802539"));
    }

    #[test]
    fn other_lengths_and_letters_fail() {
        for text in ["", "1", "é", "ABCDEFGHIJKLMNOPQ", "éééééééééééééééééé", "12345678901234567890123456789012345"] {
            assert!(!npi(text) && !dea(text) && !nhs(text) && !vin(text) && !iban(text) && !nir(text), "{text}");
        }
    }
}
