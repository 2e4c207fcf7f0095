//! Dates to their years, §164.514(b)(2)(i)(C).

use crate::redact::dates::{full_year, read};
use regex::Regex;
use std::sync::LazyLock;

/// The years in `text`, two digits in full as [`full_year`] has them, and nothing else: `2024` for 03/14/2024 and for "spring 2024",
/// `2015-2019` for a range, `1990s` for a decade. `None` where there is no year.
pub(super) fn generalise(text: &str) -> Option<String> {
    let Some(reading) = read(text) else { return vague(text) };
    let mut years: Vec<i16> = reading.pieces.iter().filter_map(|piece| piece.year()).collect();
    years.dedup();
    if years.is_empty() {
        return None;
    }
    Some(years.iter().map(ToString::to_string).collect::<Vec<String>>().join("-"))
}

/// The one year or decade among words: seasons, holidays, "early 2019". Any other digit may make it something else.
fn vague(text: &str) -> Option<String> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(?:\P{N}*[^\p{N}\p{L}])??(?:(?<full>(?:18|19|20|21|22)[0-9]{2})|['’‘ʼ`](?<two>[0-9]{2})|(?<tens>[0-9]0)['’]?s)(?<s>['’]?s)?\b\P{N}*$",
        )
        .expect("a constant, valid pattern")
    });
    let found = YEAR.captures(text)?;
    let number = |group: &str| found.name(group)?.as_str().parse::<i16>().ok();
    let year = number("full").or_else(|| number("two").or_else(|| number("tens")).map(full_year))?;
    match (found.name("s").or(found.name("tens")), year % 10) {
        (None, _) => Some(year.to_string()),
        (Some(_), 0) => Some(format!("{year}s")),
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_alone_stays() {
        for (text, year) in [
            ("03/14/2024", Some("2024")),
            ("14.03.2024", Some("2024")),
            ("2024-03-14", Some("2024")),
            ("2024-03-14T10:22", Some("2024")),
            ("20240314", Some("2024")),
            ("202403", Some("2024")),
            ("3/14/24", Some("2024")),
            ("3/14/45", Some("1945")),
            ("5/96", Some("1996")),
            ("March 2019", Some("2019")),
            ("March 14, 2024", Some("2024")),
            ("14th of March, 2024", Some("2024")),
            ("14MAR2024", Some("2024")),
            ("31JAN02", Some("2002")),
            ("'09", Some("2009")),
            ("’87", Some("1987")),
            ("Feb 98", Some("1998")),
            ("2019", Some("2019")),
            ("2015-2019", Some("2015-2019")),
            ("2015 to 2019", Some("2015-2019")),
            ("2020/21", Some("2020-2021")),
            ("3/14/2015 - 4/2/2015", Some("2015")),
            ("12/28/2015–1/3/2016", Some("2015-2016")),
            ("March 14-17, 2024", Some("2024")),
            ("Tuesday, 8th September 2017", Some("2017")),
            ("summer 2019", Some("2019")),
            ("fall of 2008", Some("2008")),
            ("summer '25", Some("2025")),
            ("Christmas 2019", Some("2019")),
            ("early March 2019", Some("2019")),
            ("mid-2019", Some("2019")),
            ("1990s", Some("1990s")),
            ("2000S", Some("2000s")),
            ("'90s", Some("1990s")),
            ("90s", Some("1990s")),
            ("late 1980's", Some("1980s")),
            ("1995s", None),
            ("3/14", None),
            ("March", None),
            ("March 14", None),
            ("the 14th", None),
            ("Tuesday", None),
            ("Christmas", None),
            ("summer", None),
            ("Mar-21", None),
            ("room 12, 2019", None),
            ("3rd week of 2019", None),
            ("99/99/2019", None),
            ("XX/XX/2019", Some("2019")),
            ("12345", None),
            ("120192", Some("1992")),
            ("1201923", None),
            ("٢٠١٩", None),
            ("", None),
        ] {
            assert_eq!(generalise(text).as_deref(), year, "{text:?}");
        }
    }
}
