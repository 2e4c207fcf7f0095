//! The Gregorian calendar, without a year where none is written.

/// Whether `month` has a `day`; 29 February always counts, for want of a year or of the writer's care.
pub(super) fn valid_day(month: u32, day: u32) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Whether two numbers are a day and a month in one order or the other.
pub(super) fn valid_pair(a: u32, b: u32) -> bool {
    valid_day(a, b) || valid_day(b, a)
}

/// Years that a note can speak of: those of the living and their parents, and the shifted ones of de-identified corpora.
pub(super) fn valid_year(year: u32) -> bool {
    (1850..=2199).contains(&year)
}

/// The month that an English name or abbreviation begins.
pub(super) fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|n| *n == head).and_then(|i| u32::try_from(i + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_days() {
        assert!(valid_day(2, 29) && !valid_day(2, 30) && !valid_day(4, 31) && !valid_day(13, 1) && !valid_day(1, 0));
        assert!(valid_pair(31, 12) && !valid_pair(13, 13));
        assert_eq!(month("Sept"), Some(9));
        assert_eq!(month("é"), None);
    }
}
