//! Vehicles: identification numbers (ISO 3779, check digit of 49 CFR 565.15) and plates beside their cue words.

use super::checksum;
use super::recogniser::Recogniser;
use crate::labels::EntityType::Vehicle;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const PLATE: &str = concat!(
        r"(?i)(?:(?:licen[cs]e|number|registration|car|vehicle|index){sp}plates?|plates?{sp}?(?:numbers?|no\.?|#)|",
        r"(?:vehicle|car){sp}(?:registration|reg\.?|tag)|rego|tag{sp}?(?:number|no\.?|#)){joint?}(?:reads?{sp})?",
        r"(?<phi>[a-z0-9]{1,8}(?:(?:{s}|{dash})[a-z0-9]{1,7}){0,2})",
    );
    vec![
        Recogniser::new("vin", Vehicle, 1.0, r"(?i)(?<phi>[a-hj-npr-z0-9]{17})").priority(69).check(|c| {
            let letters = c.phi().bytes().filter(u8::is_ascii_alphabetic).count();
            c.accept_if((2..=14).contains(&letters) && checksum::vin(c.phi()))
        }),
        Recogniser::new("vin-cue", Vehicle, 0.9, r"(?i)(?:vin|vehicle{sp}id(?:entification)?){joint?}(?<phi>[a-z0-9]{11,17})")
            .priority(70)
            .check(|c| c.accept_if(c.phi().bytes().any(|b| b.is_ascii_digit()))),
        Recogniser::new("plate", Vehicle, 0.9, PLATE).priority(66).check(|c| {
            // The pattern may have run on into the sentence: only words of capitals and digits belong to a plate.
            let mut end = 0;
            let mut at = 0;
            for part in c.phi().split_inclusive([' ', '\u{a0}', '-']) {
                let word = part.trim_end_matches([' ', '\u{a0}', '-']);
                if end > 0 && !word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
                    break;
                }
                end = at + word.len();
                at += part.len();
            }
            let plate = c.phi().get(..end)?;
            let span = crate::text::Span::new(c.span.start, c.span.start + end);
            c.accept_if(plate.bytes().any(|b| b.is_ascii_digit()) && plate.len() > 2).map(|hit| hit.with_span(span))
        }),
    ]
}
