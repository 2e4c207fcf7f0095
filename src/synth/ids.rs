//! Numbers and addresses that stand for somebody: telephone numbers, record numbers, serial numbers, accounts on computers.

mod checks;
mod domains;
mod licences;
mod national;
mod online;
mod shapes;

pub(crate) use national::national_patient_number;
pub(crate) use online::{email, ip, url, username};

use super::lexicon::Lexicons;
use crate::random::Rand;

/// A telephone or fax number as the country writes it, now and then with an extension.
pub(crate) fn phone(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    let number = shapes::draw("PHONE", "", country, lex, rand);
    // Nobody dials an extension of a mobile telephone or of a number without an area.
    if number.len() < 11 || rand.chance(0.93) {
        return number;
    }
    let n = 2 + rand.below(4);
    let joint = rand.of([" x", " x", " ext. ", " ext ", " Ext. ", "x", ", ext. ", " ext.", " extn ", " X"]);
    format!("{number}{joint}{}", rand.digits(n))
}

/// A pager, beeper or bleep number, short or long.
pub(crate) fn pager(lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    shapes::draw("PAGER", "", country, lex, rand)
}

/// An identifier of the kind of slot `slot`, as the country has them.
pub(crate) fn number(slot: &str, variant: &str, lex: &Lexicons, country: &str, rand: &mut Rand) -> String {
    match (slot, variant) {
        ("NHS", _) => national_patient_number(country, rand),
        ("MRN", "nhs") => national_patient_number(country, rand),
        ("SSN", "") if country == "US" && rand.chance(0.03) => shapes::draw("SSN", "last4", country, lex, rand),
        ("SSN", "") if country == "US" && rand.chance(0.9) => shapes::draw("SSN", "", country, lex, rand),
        ("SSN", "" | "intl") => national::identity_number(country, variant == "intl" || country == "US", rand),
        ("PLAN", "") if matches!(country, "IE" | "US" | "AU") && rand.chance(0.3) => national::benefit_number(country, rand),
        ("ACCT", "iban") => checks::iban(rand),
        ("ACCT", "") if matches!(country, "UK" | "IE" | "PK" | "AE") && rand.chance(0.15) => checks::iban(rand),
        ("LIC", "npi") | ("ID", "npi") => licences::npi(rand),
        ("LIC", "dea") => licences::dea(rand),
        ("LIC", "") => licences::any(lex, country, rand),
        ("VEH", "vin") => licences::vin(lex, rand),
        ("VEH", "") if rand.chance(0.35) => licences::vin(lex, rand),
        ("VEH", "") => shapes::draw("VEH", "plate", country, lex, rand),
        ("DEV", "udi") => checks::udi(rand),
        ("DEV", "") => match rand.below(20) {
            0 => checks::udi(rand),
            1..4 => shapes::draw("DEV", "model", country, lex, rand),
            4 => shapes::draw("DEV", "lot", country, lex, rand),
            _ => shapes::draw("DEV", "", country, lex, rand),
        },
        _ => shapes::draw(slot, variant, country, lex, rand),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::person::Person;
    use crate::synth::places::COUNTRIES;

    #[test]
    fn every_number_is_clean_in_every_country() {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/synth");
        let lex = Lexicons::load(std::path::Path::new(data), crate::synth::Split::Train).unwrap();
        let mut rand = Rand::keyed(2, "ids", 0);
        let r = &mut rand;
        let slots = [
            "NHS",
            "MRN",
            "MRN:nhs",
            "SSN",
            "SSN:last4",
            "SSN:intl",
            "PLAN",
            "PLAN:mbi",
            "ACCT",
            "ACCT:iban",
            "LIC",
            "LIC:dl",
            "LIC:dea",
            "LIC:npi",
            "LIC:gmc",
            "LIC:nmc",
            "LIC:ahpra",
            "LIC:pass",
            "VEH",
            "VEH:vin",
            "VEH:plate",
            "DEV",
            "DEV:model",
            "DEV:udi",
            "DEV:lot",
            "BIO",
            "ID",
            "ID:npi",
            "EXT",
        ];
        for i in 0..COUNTRIES.len() * 60 {
            let country = COUNTRIES[i % COUNTRIES.len()];
            let person = Person::new(&lex, country, i % 2 == 0, r);
            let mut made: Vec<String> = slots
                .iter()
                .map(|slot| {
                    let (slot, variant) = slot.split_once(':').unwrap_or((slot, ""));
                    number(slot, variant, &lex, country, r)
                })
                .collect();
            made.extend([phone(&lex, country, r), pager(&lex, country, r), ip(r), username(&person, r), url(&person, country, r)]);
            made.extend([email(&person, country, true, r), email(&person, country, false, r)]);
            for text in made {
                assert!(text.len() > 1 && text.trim() == text && !text.contains(['$', '~', ';', '|', '\n']), "{country}: {text:?}");
            }
        }
    }
}
