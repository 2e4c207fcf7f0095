//! Identifiers whose form or check digit is enough, or nearly so.

use crate::labels::EntityType::{Account, Device, HealthPlan, IdNum, License, MedicalRecord};
use crate::rules::checksum;
use crate::rules::context::joined_to_digits;
use crate::rules::recogniser::{Candidate, Found, Recogniser};

pub(super) fn recognisers() -> Vec<Recogniser> {
    vec![
        // National Provider Identifier, 45 CFR 162.406.
        Recogniser::new("npi", License, 0.9, r"(?i)npi{joint?}(?<phi>[0-9]{10})").priority(76).check(|c| {
            c.accept_graded(checksum::npi(c.phi()), 1.0, 0.9)
        }),
        // Drug Enforcement Administration: registrant type, initial (or 9), seven digits.
        Recogniser::new("dea-cue", License, 0.9, r"(?i)dea{joint?}(?<phi>[a-z][a-z9]-?[0-9]{7})").priority(76).check(|c| {
            c.accept_graded(checksum::dea(&c.phi().replace('-', "")), 1.0, 0.9)
        }),
        Recogniser::new("dea", License, 0.7, r"(?<phi>[ABCDEFGHJKLMPRSTUX][A-Z9][0-9]{7})").priority(48).check(|c| c.accept_if(checksum::dea(c.phi()))),
        // NMC (UK nurses): two digits, a letter, four digits, a letter for the part of the register.
        Recogniser::new("nmc", License, 0.9, r"(?i)nmc(?:{sp}pin)?{joint?}(?<phi>[0-9]{2}[a-i][0-9]{4}[a-z])").priority(76),
        // AHPRA (Australia): profession and ten digits.
        Recogniser::new("ahpra", License, 1.0, r"(?<phi>(?:MED|NMW|PHA|PSY|PHY|DEN|OPT|OCC|CHI|POD|ATS|MRP)[0-9]{10})").priority(70),
        // Medicare Beneficiary Identifier (CMS): fixed letter places, without S L O I B Z.
        Recogniser::new(
            "mbi",
            HealthPlan,
            0.9,
            r"(?<phi>[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]{dash}?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]{dash}?[AC-HJKMNP-RT-Y]{2}[0-9]{2})",
        )
        .priority(70),
        // Ontario Health Insurance Plan: ten digits and a version code.
        Recogniser::new("ohip", HealthPlan, 0.9, r"(?<phi>[0-9]{4}(?:{s}|{dash})[0-9]{3}(?:{s}|{dash})[0-9]{3}(?:{s}|{dash})?[A-Z]{2})").priority(70),
        // Bank account (ISO 13616) and payment card (ISO/IEC 7812).
        Recogniser::new("iban", Account, 1.0, r"(?<phi>[A-Z]{2}[0-9]{2}(?:{s}?[A-Z0-9]{4}){2,7}(?:{s}?[A-Z0-9]{1,3}{b})?)").priority(77).check(|c| {
            c.accept_if(checksum::iban(&c.phi().chars().filter(|ch| ch.is_ascii_alphanumeric()).collect::<String>()))
        }),
        Recogniser::new(
            "card",
            Account,
            1.0,
            r"(?<phi>[3-6][0-9]{3}(?:{s}|{dash})?[0-9]{4}(?:{s}|{dash})?[0-9]{4}(?:{s}|{dash})?[0-9]{4}|3[47][0-9]{2}(?:{s}|{dash})?[0-9]{6}(?:{s}|{dash})?[0-9]{5})",
        )
        .priority(68)
        .check(|c| c.accept_if(checksum::luhn(&c.digits()) && !joined_to_digits(c.text, c.span.start, c.span.end))),
        Recogniser::new(
            "card-cue",
            Account,
            0.9,
            r"(?i)(?:credit{sp}card|debit{sp}card|card|visa|mastercard|amex|cc){joint?}(?<phi>[0-9]{12,19}|[0-9]{4}(?:(?:{s}|{dash})[0-9]{4,6}){2}(?:(?:{s}|{dash})[0-9]{1,5}){0,2})",
        )
        .priority(69),
        Recogniser::new("card-masked", Account, 0.9, r"(?i)(?<phi>(?:(?:\*{4}|x{4})(?:{s}|{dash})?){3}[0-9]{4})").priority(69),
        Recogniser::new("card-ending", Account, 0.8, r"(?i)(?:card|account|acct){sp}(?:number{sp})?ending{sp}(?:in{sp}|with{sp})?(?<phi>[0-9]{4})").priority(68),
        // NHS number between blanks, by its check digit alone.
        Recogniser::new("nhs", MedicalRecord, 0.9, r"(?<phi>[0-9]{3}{s}[0-9]{3}{s}[0-9]{4})").priority(52).check(nhs),
        // FDA unique device identifier, GS1 form: device identifier (01) and production identifiers.
        Recogniser::new("udi", Device, 1.0, r"(?<phi>\(01\)[0-9]{14}(?:\([0-9]{2}\)[A-Z0-9./-]{1,20}){0,5})").priority(80),
        // Surgical pathology accessions: "S21-12345", "SP21-001234".
        Recogniser::new("accession-form", IdNum, 0.7, r"(?<phi>[A-Z]{1,3}{dash}?[0-9]{2}{dash}[0-9]{4,7})").priority(46).check(|c| {
            c.accept_if(!joined_to_digits(c.text, c.span.start, c.span.end))
        }),
        // Permanent account number (India) and Aadhaar, beside their words only.
        Recogniser::new("aadhaar", IdNum, 0.9, r"(?i)(?:aadha?ar|uidai|uid){joint?}(?<phi>[0-9]{4}{s}?[0-9]{4}{s}?[0-9]{4})").priority(76),
        Recogniser::new("pan", IdNum, 0.9, r"(?:PAN){joint?}(?<phi>[A-Z]{5}[0-9]{4}[A-Z])").priority(76),
    ]
}

fn nhs(c: &Candidate<'_, '_>) -> Option<Found> {
    c.accept_if(checksum::nhs(&c.digits()) && !joined_to_digits(c.text, c.span.start, c.span.end))
}
