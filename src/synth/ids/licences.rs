//! Licences to practise and to drive, and vehicles.

use super::checks::luhn;
use super::shapes;
use crate::random::Rand;
use crate::synth::lexicon::Lexicons;

/// A licence or registration of any kind that the country has.
pub(super) fn any(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    match (country, rand.below(10)) {
        ("US", 0) => dea(rand),
        ("US", 1) => npi(rand),
        (_, 2 | 3) => shapes::draw("LIC", "dl", country, lex, rand),
        _ => shapes::draw("LIC", "", country, lex, rand),
    }
}

/// A prescriber's number of the Drug Enforcement Administration: the last digit is the sum's.
pub(super) fn dea(rand: &mut Rand) -> String {
    let letters = rand.of(["A", "B", "F", "M", "G"]).to_string() + &rand.shape("@");
    let n = rand.shape("######");
    let digit = |i: usize| u32::from(n.as_bytes()[i] - b'0');
    let sum = digit(0) + digit(2) + digit(4) + 2 * (digit(1) + digit(3) + digit(5));
    format!("{letters}{n}{}", sum % 10)
}

/// A National Provider Identifier: Luhn's digit with the prefix 80840.
pub(super) fn npi(rand: &mut Rand) -> String {
    let n = format!("1{}", rand.shape("########"));
    let check = luhn(&format!("80840{n}"));
    format!("{n}{check}")
}

/// A vehicle identification number with its check digit.
pub(super) fn vin(lex: &Lexicons, rand: &mut Rand) -> String {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let maker = rand.pick(&lex.vin_makers).to_string();
    let tail = rand.shape("??#??0?#######");
    let mut letters: Vec<char> = maker.chars().chain(tail.chars()).filter(|c| !matches!(c, 'I' | 'O' | 'Q')).take(17).collect();
    while letters.len() < 17 {
        letters.push('1');
    }
    let value = |c: char| match c {
        '0'..='9' => c as u32 - '0' as u32,
        'A'..='H' => c as u32 - 'A' as u32 + 1,
        'J'..='R' => c as u32 - 'J' as u32 + 1,
        'S'..='Z' => c as u32 - 'S' as u32 + 2,
        _ => 0,
    };
    let sum: u32 = letters.iter().zip(WEIGHTS).map(|(&c, w)| value(c) * w).sum();
    letters[8] = match sum % 11 {
        10 => 'X',
        digit => char::from(b'0' + digit as u8),
    };
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vins_have_seventeen_characters_and_no_forbidden_letter() {
        let lex = Lexicons { vin_makers: vec!["1FA".into(), "JH4".into()], ..Lexicons::default() };
        let mut rand = Rand::keyed(1, "vin", 0);
        for _ in 0..50 {
            let v = vin(&lex, &mut rand);
            assert!(v.len() == 17 && !v.contains(['I', 'O', 'Q']), "{v}");
        }
    }

    #[test]
    fn providers_numbers_check() {
        let mut rand = Rand::keyed(1, "npi", 0);
        for _ in 0..50 {
            let npi = npi(&mut rand);
            assert_eq!(luhn(&format!("80840{}", &npi[..9])).to_string(), npi[9..]);
            assert_eq!(dea(&mut rand).len(), 9);
        }
    }
}
