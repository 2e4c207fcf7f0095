//! Names of months and weekdays in rows of one language and length, so that a name is answered by one of its own kind; ordinals; letter case.

/// English in full, abbreviated, with "Sept"; French, Spanish and German in full.
const MONTHS: [[&str; 12]; 6] = [
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
    ["Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre"],
    ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
];

/// English in full and in its abbreviations; French, Spanish and German in full. Monday first.
const WEEKDAYS: [[&str; 7]; 8] = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun"],
    ["Mon", "Tue", "Wed", "Thur", "Fri", "Sat", "Sun"],
    ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"],
    ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
];

/// The row of English months in full.
pub(super) const LONG: usize = 0;
/// The row of abbreviated English months.
pub(super) const SHORT: usize = 1;
/// The same with "Sept".
pub(super) const SEPT: usize = 2;

/// A month's row and number, 1 to 12, whatever its case.
pub(super) fn month(name: &str) -> Option<(usize, i16)> {
    find(&MONTHS, name)
}

/// A weekday's row and number, 1 (Monday) to 7.
pub(super) fn weekday(name: &str) -> Option<(usize, i16)> {
    find(&WEEKDAYS, name)
}

/// The month's name in `row`, in the case of `like`.
pub(super) fn month_name(row: usize, month: i16, like: &str) -> Option<String> {
    name(&MONTHS, row, month, like)
}

/// The weekday's name in `row`, in the case of `like`.
pub(super) fn weekday_name(row: usize, weekday: i16, like: &str) -> Option<String> {
    name(&WEEKDAYS, row, weekday, like)
}

/// Every month's name as a regex alternation.
pub(super) fn months() -> String {
    alternation(MONTHS.as_flattened())
}

/// Every weekday's name as a regex alternation.
pub(super) fn weekdays() -> String {
    alternation(WEEKDAYS.as_flattened())
}

/// The English suffix of a day: 1st, 2nd, 3rd, 11th, in the case of `like`.
pub(super) fn ordinal(day: i16, like: &str) -> String {
    let suffix = match (day % 10, day / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    cased(suffix, like)
}

fn find<const N: usize>(rows: &[[&str; N]], name: &str) -> Option<(usize, i16)> {
    let name = name.to_lowercase();
    rows.iter().enumerate().find_map(|(row, names)| {
        let at = names.iter().position(|n| n.to_lowercase() == name)?;
        Some((row, i16::try_from(at + 1).ok()?))
    })
}

fn name<const N: usize>(rows: &[[&str; N]], row: usize, number: i16, like: &str) -> Option<String> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    rows.get(row)?.get(at).map(|name| cased(name, like))
}

/// The longest first: a regex takes the first that fits.
fn alternation(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.dedup();
    names.join("|")
}

/// `name` in capitals, with one capital or in small letters, as `like` is.
fn cased(name: &str, like: &str) -> String {
    let mut letters = like.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    let capitals = capital && letters.next().is_some_and(char::is_uppercase);
    let mut rest = name.chars();
    match rest.next() {
        Some(_) if capitals => name.to_uppercase(),
        Some(first) if capital => first.to_uppercase().chain(rest).collect(),
        _ => name.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_row_and_case() {
        assert_eq!(month("SEPT"), Some((2, 9)));
        assert_eq!(month("Sep"), Some((SHORT, 9)));
        assert_eq!(month("août"), Some((3, 8)));
        assert_eq!(month("Smarch"), None);
        assert_eq!(month_name(3, 2, "AOÛT").as_deref(), Some("FÉVRIER"));
        assert_eq!(month_name(SHORT, 12, "jan").as_deref(), Some("dec"));
        assert_eq!(month_name(LONG, 13, "x"), None);
        assert_eq!(month_name(LONG, 0, "x"), None);
        assert_eq!(weekday("thurs"), Some((2, 4)));
        assert_eq!(weekday_name(2, 2, "Thurs").as_deref(), Some("Tues"));
    }

    #[test]
    fn ordinals_end_as_english_has_them() {
        let all: Vec<String> = (1..=31).map(|day| format!("{day}{}", ordinal(day, "th"))).collect();
        for day in ["1st", "2nd", "3rd", "4th", "10th", "11th", "12th", "13th", "20th", "21st", "22nd", "23rd", "30th", "31st"] {
            assert!(all.iter().any(|d| d == day), "{day}");
        }
        assert_eq!(ordinal(3, "TH"), "RD");
    }
}
