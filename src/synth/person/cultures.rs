//! Which cultures people of a country come from.

use crate::random::Rand;
use crate::synth::lexicon::{Culture, Lexicons};

/// Shares of a country's usual cultures, in per cent; what is left to 100 are migrants of any culture. `census` are US Census names.
fn shares(country: &str) -> &'static [(&'static str, usize)] {
    match country {
        "UK" => &[
            ("british", 44),
            ("scottish", 8),
            ("welsh", 7),
            ("irish", 5),
            ("pakistani", 5),
            ("indian", 4),
            ("punjabi", 3),
            ("bangladeshi", 3),
            ("polish", 3),
            ("caribbean", 3),
            ("yoruba", 2),
            ("somali", 1),
        ],
        "IE" => &[
            ("irish", 46),
            ("irishgaelic", 20),
            ("gaelic", 6),
            ("british", 5),
            ("polish", 4),
            ("yoruba", 1),
            ("filipino", 2),
            ("portuguese", 1),
        ],
        "CA" => &[
            ("census", 38),
            ("quebecois", 12),
            ("british", 8),
            ("punjabi", 5),
            ("cantonese", 4),
            ("chinese", 3),
            ("filipino", 4),
            ("firstnations", 3),
            ("ukrainian", 3),
            ("italian", 3),
        ],
        "AU" => &[
            ("british", 34),
            ("census", 14),
            ("irish", 6),
            ("italian", 5),
            ("greek", 5),
            ("vietnamese", 4),
            ("chinese", 5),
            ("indian", 4),
            ("arabic", 3),
            ("sinhala", 2),
        ],
        "NZ" => &[
            ("newzealand", 44),
            ("maori", 16),
            ("samoan", 7),
            ("tongan", 4),
            ("british", 6),
            ("indian", 5),
            ("chinese", 4),
            ("fijian", 2),
            ("dutch", 2),
        ],
        "IN" => &[("indian", 68), ("tamil", 9), ("punjabi", 8), ("bangladeshi", 2), ("pakistani", 6), ("nepali", 2)],
        "PK" => &[("pakistani", 86), ("arabic", 4), ("persian", 4)],
        "NG" => &[("yoruba", 32), ("igbo", 32), ("hausa", 24), ("words", 2)],
        "KE" => &[("kenyan", 80), ("somali", 7), ("indian", 3), ("central_africa", 3)],
        "GH" => &[("ghanaian", 86), ("hausa", 4), ("yoruba", 2)],
        "ZA" => &[("southafrican", 80), ("dutch", 4), ("british", 5), ("central_africa", 4)],
        "SG" => &[("hokkien", 42), ("cantonese", 12), ("malay", 15), ("tamil", 12), ("chinese", 6), ("filipino", 2), ("punjabi", 2)],
        "MY" => &[("malay", 54), ("hokkien", 16), ("cantonese", 9), ("tamil", 10), ("bangladeshi", 2), ("indonesian", 2), ("punjabi", 2)],
        "PH" => &[("filipino", 92), ("hokkien", 3)],
        "HK" => &[("cantonese", 80), ("chinese", 6), ("filipino", 4), ("british", 2), ("nepali", 2)],
        "AE" => &[("arabic", 50), ("indian", 14), ("pakistani", 9), ("filipino", 7), ("persian", 4), ("bangladeshi", 4), ("british", 3)],
        "JM" => &[("caribbean", 88), ("census", 6)],
        _ => &[
            ("census", 50),
            ("hispanic", 12),
            ("indian", 3),
            ("chinese", 2),
            ("vietnamese", 2),
            ("filipino", 2),
            ("italian", 2),
            ("jewish", 2),
            ("words", 1),
        ],
    }
}

/// The culture of somebody in a country; `None` is the US Census.
pub(crate) fn draw<'a>(lex: &'a Lexicons, country: &str, rand: &mut Rand) -> Option<&'a Culture> {
    let mut at = rand.below(100);
    for (name, share) in shares(country) {
        if at < *share {
            // A small split may lack the culture.
            return lex.cultures.iter().find(|c| c.name == *name);
        }
        at -= share;
    }
    lex.cultures.get(rand.below(lex.cultures.len()))
}

/// Whether the family name may come first when the culture's people are written in English.
pub(crate) fn family_first(culture: &str) -> bool {
    matches!(
        culture,
        "chinese" | "taiwanese" | "cantonese" | "hokkien" | "korean" | "vietnamese" | "japanese" | "hungarian" | "khmer" | "hmong"
    )
}

/// Whether both parents' surnames are borne.
pub(crate) fn two_surnames(culture: &str) -> bool {
    matches!(culture, "hispanic" | "portuguese" | "catalan")
}

/// Whether people of one name only are usual.
pub(crate) fn mononyms(culture: &str) -> bool {
    matches!(culture, "indonesian" | "burmese" | "tamil" | "persian" | "somali" | "mongolian" | "native" | "ethiopian")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::Split;
    use crate::synth::lexicon::names;

    #[test]
    fn shares_name_cultures_and_leave_room_for_migrants() {
        let cultures = names::cultures(Split::Train);
        for country in crate::synth::places::COUNTRIES {
            assert!(shares(country).iter().map(|s| s.1).sum::<usize>() < 100, "{country}");
            assert!(shares(country).iter().all(|(n, _)| *n == "census" || cultures.iter().any(|c| c.name == *n)), "{country}");
        }
    }
}
