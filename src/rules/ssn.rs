//! National insurance numbers. US: SSA's rules since 2011 (area not 000, 666 or 900-999, group not 00, serial not 0000). UK: HMRC's
//! NIM39110 (prefix letters). France: the NIR's key. Canada: SIN with Luhn. Ireland: PPSN.

use super::checksum;
use super::context::{cued, joined_to_digits};
use super::recogniser::{Candidate, Found, Recogniser, regex};
use crate::labels::EntityType::Ssn;
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const CUE: &str = r"(?:ssn|ss#|ss{sp}?no\.?|soc(?:ial)?\.?{sp}sec(?:urity)?|s\.s\.n\.?)";
    let cue = format!(
        r"(?i){CUE}{{joint?}}(?:last{{sp}}(?:four|4)(?:{{sp}}digits)?{{joint?}})?(?<phi>[0-9]{{3}}(?:{{s}}|{{dash}})?[0-9]{{2}}(?:{{s}}|{{dash}})?[0-9]{{4}})"
    );
    // The guideline marks what stands there, not the mask.
    let masked = r"(?i)(?:x{3}|\*{3}|\#{3})(?:{s}|{dash})?(?:x{2}|\*{2}|\#{2})(?:{s}|{dash})?(?<phi>[0-9]{4})";
    let last_four = format!(
        r"(?i)(?:{CUE}{{joint?}}(?:\(?(?:last{{sp}}(?:four|4)(?:{{sp}}digits)?|ending(?:{{sp}}in)?)\)?{{joint?}}){{1,2}}|last{{sp}}(?:four|4)(?:{{sp}}digits)?{{sp}}of{{sp}}(?:his{{sp}}|her{{sp}}|the{{sp}})?{CUE}{{joint?}})(?<phi>[0-9]{{4}})"
    );
    vec![
        Recogniser::new("ssn", Ssn, 1.0, r"(?<phi>[0-9]{3}{dash}[0-9]{2}{dash}[0-9]{4})").priority(65).check(us),
        Recogniser::new("ssn-cue", Ssn, 1.0, &cue).priority(72),
        Recogniser::new("ssn-last-four", Ssn, 0.9, &last_four).priority(71),
        Recogniser::new("ssn-masked", Ssn, 0.9, masked).priority(71),
        Recogniser::new("nino", Ssn, 0.9, r"(?i)(?<phi>[a-ceghj-prstw-z][a-ceghj-nprstw-z]{s}?[0-9]{2}{s}?[0-9]{2}{s}?[0-9]{2}{s}?[a-d])")
            .priority(66)
            .check(nino),
        // HMRC's own examples begin with QQ, which is never issued.
        Recogniser::new(
            "nino-cue",
            Ssn,
            0.9,
            r"(?i)(?:ni|nino|national{sp}insurance){joint?}(?<phi>[a-z]{2}{s}?[0-9]{2}{s}?[0-9]{2}{s}?[0-9]{2}{s}?[a-d])",
        )
        .priority(65),
        Recogniser::new(
            "sin",
            Ssn,
            1.0,
            r"(?i)(?:sin|social{sp}insurance){joint?}(?<phi>[0-9]{3}(?:{s}|{dash})?[0-9]{3}(?:{s}|{dash})?[0-9]{3})",
        )
        .priority(70)
        .check(|c| c.accept_graded(checksum::luhn(&c.digits()), 1.0, 0.9)),
        Recogniser::new("ppsn", Ssn, 0.9, r"(?i)(?:ppsn|pps){joint?}(?<phi>[0-9]{7}{s}?[a-w][a-iw]?)").priority(70),
        Recogniser::new("nir", Ssn, 1.0, r"(?<phi>[12]{s}?[0-9]{2}{s}?[0-9]{2}{s}?[0-9]{2}{s}?[0-9]{3}{s}?[0-9]{3}{s}?[0-9]{2})")
            .priority(68)
            .check(|c| c.accept_if(checksum::nir(&c.digits()))),
    ]
}

fn us(c: &Candidate<'_, '_>) -> Option<Found> {
    let digits = c.digits();
    let (area, group, serial) = (digits.get(..3)?, digits.get(3..5)?, digits.get(5..)?);
    let valid = area != "000" && area != "666" && !area.starts_with('9') && group != "00" && serial != "0000";
    // A taxpayer number (ITIN) has the same form and starts with 9.
    let itin = area.starts_with('9') && group >= "50";
    let accepted = (valid || itin) && !joined_to_digits(c.text, c.span.start, c.span.end);
    if accepted { c.accept_graded(valid, 1.0, 0.9) } else { None }
}

fn nino(c: &Candidate<'_, '_>) -> Option<Found> {
    static CUE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:{b}ni{b}|nino|national{sp}insurance)[^\n]{0,16}$"));
    let prefix = c.phi().get(..2)?.to_ascii_uppercase();
    let barred = matches!(prefix.as_str(), "BG" | "GB" | "NK" | "KN" | "TN" | "NT" | "ZZ");
    let cue = cued(c.before(48), &CUE);
    let upper = !c.phi().bytes().any(|b| b.is_ascii_lowercase());
    let accepted = !barred && (cue || upper);
    if accepted { c.accept_graded(cue, 1.0, 0.9) } else { None }
}
