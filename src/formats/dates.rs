//! Dates in fields that may hold nothing else. A replacement that is no date there is cut down to the year in it, or to nothing.

use super::splice::Cut;
use regex::Regex;
use std::sync::LazyLock;

/// HL7 FHIR R4, 2.24.0.1: date, dateTime and instant.
static FHIR: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(?<zone>Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)";
    regex(&format!(r"^[0-9]{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])({time})?)?)?$"))
});

/// HL7 v2.5.1, 2.A.21 and 2.A.22: date (from the year on), or date and time.
static HL7: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"([01][0-9]|2[0-3])([0-5][0-9]([0-5][0-9](\.[0-9]{1,4})?)?)?";
    let date = format!(r"[0-9]{{4}}((0[1-9]|1[0-2])((0[1-9]|[12][0-9]|3[01])({time})?)?)?");
    regex(&format!(r"^{date}([+-][0-9]{{4}})?$"))
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(1[89]|20|21)[0-9]{2}\b"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// Whether a FHIR string is a date, a date and time or an instant.
pub(super) fn is_fhir(text: &str) -> bool {
    FHIR.is_match(text)
}

/// `text`, which `cuts` have made, as a FHIR date. `None` if nothing is left of it.
pub(super) fn fhir(text: &str, cuts: &[Cut], instant: bool) -> Option<String> {
    match FHIR.captures(text) {
        Some(captures) if !instant || captures.name("zone").is_some() => Some(text.into()),
        _ if instant => None,
        _ => year(cuts),
    }
}

/// `text`, which `cuts` have made of `len` bytes, as an HL7 v2 date or time; empty if nothing is left of it.
pub(super) fn hl7(text: &str, cuts: &[Cut], len: usize) -> String {
    // Digits that another place would give another meaning: a year before "0930" makes a day of the time.
    let stands = cuts.iter().all(|cut| cut.text.len() == cut.end - cut.start || cut.end - cut.start == len);
    if stands && HL7.is_match(text) { text.into() } else { year(cuts).unwrap_or_default() }
}

/// The year that a replacement has. What stands around it is no source: "1530" may be a time.
fn year(cuts: &[Cut]) -> Option<String> {
    cuts.iter().find_map(|cut| YEAR.find(&cut.text)).map(|year| year.as_str().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_stays_a_date() {
        let cut = |text: &str| [Cut { start: 0, end: 8, text: text.into() }];
        for (text, replacement, date, instant) in [
            ("2024-03-08", "2024-03-08", Some("2024-03-08"), None),
            ("2024-03-08T10:00:00Z", "2024-03-08", Some("2024-03-08T10:00:00Z"), Some("2024-03-08T10:00:00Z")),
            ("2024-13-08", "2024-13-08", Some("2024"), None),
            ("[DATE]", "[DATE]", None, None),
            ("[DATE 1961]", "[DATE 1961]", Some("1961"), None),
            ("1961T10:00:00Z", "1961", Some("1961"), None),
            ("████", "████", None, None),
            ("", "", None, None),
        ] {
            assert_eq!(fhir(text, &cut(replacement), false).as_deref(), date, "{text}");
            assert_eq!(fhir(text, &cut(replacement), true).as_deref(), instant, "{text}");
        }
        for (text, replacement, len, date) in [
            ("202403081530-0500", "20240308", 17, "202403081530-0500"),
            ("20240308", "20240308", 8, "20240308"),
            ("2024", "2024", 8, "2024"),
            ("20240930", "2024", 12, "2024"),
            ("[DATE]1530", "[DATE]", 12, ""),
            ("[DATE 1961]1530", "[DATE 1961]", 12, "1961"),
            ("2030", "", 12, ""),
            ("", "", 8, ""),
        ] {
            assert_eq!(hl7(text, &cut(replacement), len), date, "{text}");
        }
    }
}
