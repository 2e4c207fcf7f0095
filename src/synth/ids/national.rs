//! National numbers of patients, of identity and of benefits, with the check digits that they have.

use super::checks::{luhn, modulus_11, verhoeff, weighted};
use crate::random::Rand;

/// The number by which a country's health service knows a patient.
pub(crate) fn national_patient_number(country: &str, rand: &mut Rand) -> String {
    match country {
        "UK" => nhs(rand),
        "IE" => {
            let n = format!("97200000000{}", rand.digits(5));
            format!("{n}{}{}", luhn(&n), rand.below(10))
        }
        "CA" => {
            let shape = rand.of(["9### ### ###", "#### ### ###", "#####-####", "##########", "#########"]);
            rand.shape(shape)
        }
        "AU" => {
            let n = format!("800360{}", rand.shape("#########"));
            let whole = format!("{n}{}", luhn(&n));
            if rand.chance(0.7) { groups(&whole, &[4, 4, 4, 4], " ") } else { whole }
        }
        "NZ" => nhi(rand),
        "IN" => {
            let n = format!("{}{}", rand.of(["91", "43", "22", "71"]), rand.shape("############"));
            groups(&n, &[2, 4, 4, 4], rand.of(["-", "-", " "]))
        }
        "ZA" => {
            let shape = rand.of(["@@@@########@@", "########", "HPRN-@@@@####"]);
            rand.shape(shape).replace("HPRN-", "")
        }
        "SG" | "MY" | "HK" | "AE" => identity_number(country, false, rand),
        "PH" => rand.shape("##-#########-#"),
        "GH" => rand.shape("########"),
        "NG" => rand.shape("###########"),
        "KE" => rand.shape("MOH#########").replace("MOH", ""),
        _ => {
            let shape = rand.of(["########", "#######", "##########", "H########"]);
            rand.shape(shape)
        }
    }
}

/// An NHS, CHI or Health and Care number.
fn nhs(rand: &mut Rand) -> String {
    let whole = loop {
        // CHI numbers start with the day of birth.
        let nine = match rand.below(5) {
            0 => format!("{:02}{:02}{}", rand.range(1, 28), rand.range(1, 12), rand.shape("#####")),
            1 => format!("3{}", rand.shape("########")),
            _ => format!("{}{}", rand.of(["4", "6", "7", "9"]), rand.shape("########")),
        };
        if let Some(check) = modulus_11(&nine) {
            break format!("{nine}{check}");
        }
    };
    match rand.below(8) {
        0..4 => groups(&whole, &[3, 3, 4], " "),
        4 => groups(&whole, &[3, 3, 4], "-"),
        5 => groups(&whole, &[6, 4], " "),
        _ => whole,
    }
}

/// New Zealand's: three letters and four digits, or as issued since 2026 three letters, two digits and two letters.
fn nhi(rand: &mut Rand) -> String {
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut letter = || rand.below(letters.len());
    let three = [letter(), letter(), letter()];
    let prefix: String = three.iter().map(|&i| char::from(letters[i])).collect();
    if rand.chance(0.15) {
        return prefix + &rand.shape("##@@").replace(['I', 'O'], "X");
    }
    let mut digits = rand.shape("###");
    loop {
        let sum: usize =
            three.iter().map(|&i| i + 1).zip([7, 6, 5]).map(|(v, w)| v * w).sum::<usize>() + weighted(&digits, &[4, 3, 2]) as usize;
        match 11 - sum % 11 {
            11 => digits = rand.shape("###"),
            10 => return format!("{prefix}{digits}0"),
            check => return format!("{prefix}{digits}{check}"),
        }
    }
}

/// A number of identity or taxation. `foreign`: of any country that a migrant may come from.
pub(super) fn identity_number(country: &str, foreign: bool, rand: &mut Rand) -> String {
    let born = format!("{:02}{:02}{:02}", rand.range(25, 99), rand.range(1, 12), rand.range(1, 28));
    let country = if foreign && rand.chance(0.8) {
        rand.of(["PL", "NL", "BR", "ES", "IT", "SE", "MX", "DE", "IN", "SG", "ZA", "UK", "AU", "CA"])
    } else {
        country
    };
    match country {
        "UK" => {
            let shape = rand.of(["## ## ## ", "######", "## ## ##"]);
            let prefix = rand.of(["JK", "AB", "NE", "PW", "WL", "YB", "SC", "ZY", "CE", "HJ"]);
            let gap = if shape.contains(' ') { " " } else { "" };
            format!("{prefix}{gap}{}{gap}{}", rand.shape(shape).trim_end(), rand.of(["A", "B", "C", "D"]))
        }
        "IE" => pps(rand),
        "CA" => {
            let n = format!("{}{}", rand.range(1, 7), rand.shape("#######"));
            let whole = format!("{n}{}", luhn(&n));
            groups(&whole, &[3, 3, 3], rand.of([" ", "-", ""]))
        }
        "AU" => {
            // The ninth digit has weight 10, which is -1: it is the weighted sum of the others by 11, if that is one digit.
            let whole = loop {
                let n = rand.digits(8);
                let check = weighted(&n, &[1, 4, 3, 7, 5, 8, 6, 9]) % 11;
                if check < 10 {
                    break format!("{n}{check}");
                }
            };
            groups(&whole, &[3, 3, 3], rand.of([" ", " ", ""]))
        }
        "NZ" => {
            let shape = rand.of(["##-###-###", "###-###-###", "#########"]);
            rand.shape(shape)
        }
        "IN" => {
            if rand.chance(0.2) {
                return rand.shape("@@@P@####@");
            }
            let n = format!("{}{}", rand.range(2, 9), rand.shape("##########"));
            let whole = format!("{n}{}", verhoeff(&n));
            match rand.below(5) {
                0 => format!("XXXX XXXX {}", &whole[8..]),
                1 => whole,
                _ => groups(&whole, &[4, 4, 4], rand.of([" ", " ", "-"])),
            }
        }
        "PK" => rand.shape("3####-#######-#"),
        "NG" => rand.shape("###########"),
        "KE" => rand.shape("########"),
        "GH" => rand.shape("GHA-7########-#"),
        "ZA" => {
            let n = format!("{born}{}0{}", rand.shape("####"), rand.of(["8", "9"]));
            let whole = format!("{n}{}", luhn(&n));
            if rand.chance(0.2) { groups(&whole, &[6, 4, 2, 1], " ") } else { whole }
        }
        "SG" => nric(rand),
        "MY" => {
            let tail = format!("{:02}{}", rand.range(1, 16), rand.shape("####"));
            if rand.chance(0.75) { format!("{born}-{}-{}", &tail[..2], &tail[2..]) } else { format!("{born}{tail}") }
        }
        "PH" => {
            let shape = rand.of(["##-#######-#", "####-####-####-####", "####-#######-#"]);
            rand.shape(shape)
        }
        "HK" => hkid(rand),
        "AE" => {
            let n = format!("784{}{}", rand.range(1930, 2020), rand.shape("#######"));
            let whole = format!("{n}{}", luhn(&n));
            if rand.chance(0.85) { groups(&whole, &[3, 4, 7, 1], "-") } else { whole }
        }
        "JM" => {
            let shape = rand.of(["### ### ###", "###-###-###", "#########"]);
            rand.shape(shape)
        }
        "PL" => {
            let n = format!("{born}{}", rand.shape("####"));
            let check = (10 - weighted(&n, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10;
            format!("{n}{check}")
        }
        "NL" => loop {
            // The ninth digit has weight -1: it is the weighted sum of the others by 11.
            let n = rand.digits(8);
            let check = weighted(&n, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            if check < 10 {
                return format!("{n}{check}");
            }
        },
        "BR" => rand.shape("###.###.###-##"),
        "ES" => {
            let n = rand.range(10_000_000, 99_999_999);
            format!("{n}{}", char::from(b"TRWAGMYFPDXBNJZSQVHLCKE"[(n % 23) as usize]))
        }
        "IT" => rand.shape("@@@@@@##@##@###@"),
        "SE" => {
            let n = format!("{born}{}", rand.shape("###"));
            format!("{born}-{}{}", &n[6..], luhn(&n))
        }
        "MX" => rand.shape("@@@@") + &born + &rand.shape("HDF@@@##"),
        "DE" => rand.shape("## ### ### ###"),
        _ => rand.shape("###-##-####"),
    }
}

/// A number under which benefits or insurance are paid.
pub(super) fn benefit_number(country: &str, rand: &mut Rand) -> String {
    match country {
        "IE" => pps(rand),
        "AU" => {
            let n = format!("{}{}", rand.range(2, 6), rand.shape("#######"));
            let check = weighted(&n, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10;
            let whole = format!("{n}{check}1");
            let card = if rand.chance(0.8) { groups(&whole, &[4, 5, 1], " ") } else { whole };
            match rand.below(4) {
                0 => format!("{card} / {}", rand.range(1, 5)),
                1 => format!("{card}-{}", rand.range(1, 5)),
                _ => card,
            }
        }
        _ => {
            let shape = rand.of(["#@?#-@?#-@@##", "#@?#@?#@@##", "#@?#@?#@@##"]);
            // A beneficiary identifier starts with no zero and has none of six letters.
            let text = rand.shape(shape).replace(['S', 'L', 'O', 'I', 'B', 'Z'], "K");
            format!("{}{}", rand.range(1, 9), &text[1..])
        }
    }
}

/// Ireland's: seven digits, a check letter, and since 2013 a second letter.
fn pps(rand: &mut Rand) -> String {
    let n = rand.digits(7);
    let second = rand.of(["", "", "A", "B", "W"]);
    let extra = match second {
        "A" => 9,
        "B" => 18,
        _ => 0,
    };
    let sum = weighted(&n, &[8, 7, 6, 5, 4, 3, 2]) + extra;
    format!("{n}{}{second}", char::from(b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize]))
}

/// Singapore's: S or T for citizens, F or G for others, and a check letter.
fn nric(rand: &mut Rand) -> String {
    let prefix = rand.of(["S", "S", "S", "T", "F", "G"]);
    let n = rand.digits(7);
    let sum = weighted(&n, &[2, 7, 6, 5, 4, 3, 2]) + if matches!(prefix, "T" | "G") { 4 } else { 0 };
    let letters = if matches!(prefix, "S" | "T") { b"JZIHGFEDCBA" } else { b"XWUTRQPNMLK" };
    let check = char::from(letters[(sum % 11) as usize]);
    match rand.below(10) {
        0 => format!("{prefix}XXXX{}{check}", &n[4..]),
        _ => format!("{prefix}{n}{check}"),
    }
}

/// Hong Kong's: a letter, six digits and a check digit in brackets.
fn hkid(rand: &mut Rand) -> String {
    let letter = rand.below(26);
    let n = rand.digits(6);
    // A letter counts from ten; a missing first letter counts 36.
    let sum = 36 * 9 + (letter as u32 + 10) * 8 + weighted(&n, &[7, 6, 5, 4, 3, 2]);
    let check = match 11 - sum % 11 {
        10 => "A".to_string(),
        11 => "0".to_string(),
        digit => digit.to_string(),
    };
    let letter = char::from(b'A' + letter as u8);
    if rand.chance(0.85) { format!("{letter}{n}({check})") } else { format!("{letter}{n}{check}") }
}

/// A number in groups.
fn groups(digits: &str, sizes: &[usize], joint: &str) -> String {
    let mut rest = digits;
    let mut parts = Vec::new();
    for &size in sizes {
        let (part, tail) = rest.split_at(size.min(rest.len()));
        parts.push(part);
        rest = tail;
    }
    parts.join(joint) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_check() {
        let mut rand = Rand::keyed(4, "national", 0);
        for _ in 0..200 {
            let nhs: String = nhs(&mut rand).chars().filter(char::is_ascii_digit).collect();
            assert_eq!(modulus_11(&nhs[..9]).unwrap().to_string(), nhs[9..]);
            let za: String = identity_number("ZA", false, &mut rand).chars().filter(char::is_ascii_digit).collect();
            assert_eq!(luhn(&za[..12]).to_string(), za[12..]);
            assert_eq!(nhi(&mut rand).len(), 7);
        }
        assert_eq!(groups("123456789", &[3, 3, 3], "-"), "123-456-789");
    }
}
