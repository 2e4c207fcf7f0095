//! ZIP codes to their first three digits, §164.514(b)(2)(i)(B).

use regex::Regex;
use std::sync::LazyLock;

/// The three-digit areas of 20,000 people or fewer, which must become 000: those of the census of 2000, as listed in "Guidance Regarding
/// Methods for De-identification of Protected Health Information" (US Department of Health and Human Services, Office for Civil Rights,
/// 26 November 2012), and those of the census of 2010, as users of its ZIP code tabulation areas list them. The union of both: an area that
/// has grown is hidden all the same.
const SMALL: [&str; 23] = [
    "036", "059", "063", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772", "790", "821", "823", "830", "831", "878",
    "879", "884", "890", "893",
];

/// Military post offices (Publication 28 of the US Postal Service: AE, AA, AP). The census counts nobody there.
const MILITARY: [std::ops::RangeInclusive<&str>; 3] = ["090"..="099", "340"..="340", "962"..="966"];

/// `021` for 02139 and 02139-4307, `000` for a small area. `None` for anything but five or nine digits: other countries have no such rule.
pub(super) fn generalise(text: &str) -> Option<String> {
    static ZIP: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\s*(?<area>[0-9]{3})[0-9]{2}(?:\s?[-‐‑–]?\s?[0-9]{4})?\s*$").expect("a constant, valid pattern"));
    let area = ZIP.captures(text)?.name("area")?.as_str();
    let hidden = SMALL.contains(&area) || MILITARY.iter().any(|range| range.contains(&area));
    Some(if hidden { "000" } else { area }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_stay_where_many_people_live() {
        for (text, area) in [
            ("02139", Some("021")),
            ("02139-4307", Some("021")),
            ("021394307", Some("021")),
            ("02139 4307", Some("021")),
            (" 10001\r\n", Some("100")),
            ("03601", Some("000")),
            ("05901-1234", Some("000")),
            ("20500", Some("000")),
            ("83001", Some("000")),
            ("77201", Some("000")),
            ("89301", Some("000")),
            ("09096", Some("000")),
            ("34010", Some("000")),
            ("34110", Some("341")),
            ("96370", Some("000")),
            ("2139", None),
            ("021", None),
            ("021391", None),
            ("02139-43", None),
            ("SW1A 1AA", None),
            ("K1A 0B1", None),
            ("110 001", None),
            ("O2139", None),
            ("02139, MA", None),
            ("０２１３９", None),
            ("", None),
        ] {
            assert_eq!(generalise(text).as_deref(), area, "{text:?}");
        }
    }
}
