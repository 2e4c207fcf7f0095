//! Dates of digits alone.

use super::calendar::{valid_pair, valid_year};
use crate::labels::EntityType::Date;
use crate::rules::context::{joined_to_digits, unit_follows};
use crate::rules::recogniser::{Candidate, Found, Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

const DOB: &str = r"(?:d\.?o\.?b\.?|birth{sp}?date|date{sp}of{sp}birth|born(?:{sp}on)?|dod|date{sp}of{sp}death|dos|date{sp}of{sp}service|dated?|doa|adm(?:ission|it)?{sp}date|discharge{sp}date|collected|received|reported|signed|printed|expires?|exp)";

pub(super) fn recognisers() -> Vec<Recogniser> {
    const SEP: &str = r"(?:{sp}?(?:{dash}|/){sp}?|\.{s}?)";
    let full = format!(
        r"(?<phi>(?<a>[0-9]{{1,2}})(?<s1>{SEP})(?<b>[0-9]{{1,2}})(?<s2>{SEP})(?<y>{{apos}}?(?:[0-9]{{4}}|[0-9]{{2}})))(?:T[0-9]{{2}})?"
    );
    let iso = r"(?<phi>(?<y>[12][0-9]{3})(?<s1>{dash}|[/.])(?<a>[0-9]{1,2})(?<s2>{dash}|[/.])(?<b>[0-9]{1,2}))(?:[Tt][0-9]{2}:?[0-9]{2}(?:[0-9]{2})?Z?)?";
    let compact = format!(
        r"(?i){DOB}{{joint?}}(?<phi>(?:(?<y>{{year}})(?<a>[0-9]{{2}})(?<b>[0-9]{{2}})|(?<a2>[0-9]{{2}})(?<b2>[0-9]{{2}})(?<y2>{{year}})))(?:T[0-9]{{4,6}}Z?)?"
    );
    let stamp = r"(?<phi>(?<y>{year})(?<a>[0-9]{2})(?<b>[0-9]{2}))T[0-9]{4,6}Z?";
    let spaced = format!(r"(?i){DOB}{{joint?}}(?<phi>[0-9]{{1,2}}{{s}}[0-9]{{1,2}}{{s}}(?:{{year}}|[0-9]{{2}}))");
    let month_year = r"(?<phi>(?<a>0?[1-9]|1[0-2])(?:/|{dash})(?<y>{year}))";
    let year_month = r"(?<phi>(?<y>{year})(?:/|{dash})(?<a>0[1-9]|1[0-2]))";
    vec![
        Recogniser::new("date-numeric", Date, 1.0, &full).priority(56).check(day_month_year),
        Recogniser::new("date-iso", Date, 1.0, iso).priority(66).check(year_first),
        Recogniser::new("date-compact", Date, 0.9, &compact).priority(65).check(compact_date),
        Recogniser::new("date-stamp", Date, 1.0, stamp).priority(65).check(compact_date),
        Recogniser::new("date-spaced", Date, 0.9, &spaced).priority(56).check(|c| c.accept_if(looks_like_date(c.phi()))),
        Recogniser::new("date-month/year", Date, 0.9, month_year).priority(44).check(month_and_year),
        Recogniser::new("date-year/month", Date, 0.7, year_month).priority(43).check(month_and_year),
    ]
}

/// Whether the whole of `text` is a date of three numbers.
pub(in crate::rules) fn looks_like_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some(&[a, b, c]) = numbers.as_deref() else { return false };
    let year = |part: &str, n: u32| part.len() == 2 || part.len() == 4 && valid_year(n);
    let letters = text.chars().any(char::is_alphabetic);
    !letters && (year(parts[2], c) && valid_pair(a, b) || parts[0].len() == 4 && valid_year(a) && valid_pair(b, c))
}

fn mark(separator: &str) -> Option<char> {
    let mark = separator.trim().chars().next()?;
    Some(if matches!(mark, '/' | '.') { mark } else { '-' })
}

fn day_month_year(c: &Candidate<'_, '_>) -> Option<Found> {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)(?:§|{b}(?:version|ver\.?|v\.?|section|sec\.?|release|rev\.?|build|firmware|software|chapter|table|figure|fig\.?|item|python|windows|ios)){sp}?$",
        )
    });
    // Three numbers between slashes in a row of vital signs or strengths.
    static VITALS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i){b}(?:bp|strength|power|apgars?|ratio|parity|motor|reflexes|gcs|settings|rx|va){sp}?[:=]?{sp}?$"));
    let (a, b) = (c.number("a")?, c.number("b")?);
    let year = c.group("y")?.trim_start_matches(|ch: char| !ch.is_ascii_digit());
    let (first, second) = (mark(c.group("s1")?)?, mark(c.group("s2")?)?);
    let valid = first == second && valid_pair(a, b) && (year.len() == 2 || year.parse().is_ok_and(valid_year));
    let before = c.before(24);
    let short_dots = first == '.' && year.len() == 2;
    let blank_dots = first == '.' && c.phi().contains(char::is_whitespace) && year.len() == 2;
    let continued = dotted_or_slashed(c, first);
    let accepted =
        valid && !continued && !blank_dots && !VERSION.is_match(before) && !VITALS.is_match(before) && !unit_follows(c.after(16));
    if accepted { c.accept_graded(!short_dots && year.len() == 4 || first == '/', 1.0, 0.9) } else { None }
}

/// Whether the same mark and a digit go on before or behind: a longer chain of numbers. A hyphen may join two dates of a range.
fn dotted_or_slashed(c: &Candidate<'_, '_>, mark: char) -> bool {
    let mut left = c.before(8).chars().rev();
    let mut right = c.after(8).chars();
    let goes_on = |a: Option<char>, b: Option<char>| a == Some(mark) && b.is_some_and(|d| d.is_ascii_digit());
    goes_on(left.next(), left.next()) || goes_on(right.next(), right.next())
}

fn year_first(c: &Candidate<'_, '_>) -> Option<Found> {
    let same = mark(c.group("s1")?) == mark(c.group("s2")?);
    let valid = same && valid_year(c.number("y")?) && valid_pair(c.number("a")?, c.number("b")?);
    let goes_on = dotted_or_slashed(c, mark(c.group("s1")?)?);
    c.accept_if(valid && !goes_on)
}

fn compact_date(c: &Candidate<'_, '_>) -> Option<Found> {
    let number = |first: &str, second: &str| c.number(first).or_else(|| c.number(second));
    let (a, b, y) = (number("a", "a2")?, number("b", "b2")?, number("y", "y2")?);
    c.accept_if(valid_year(y) && valid_pair(a, b))
}

/// "3/2015". Units ("10-2000 mL") and chains refuse it.
fn month_and_year(c: &Candidate<'_, '_>) -> Option<Found> {
    let year = c.number("y")?;
    let hyphen = !c.phi().contains('/');
    let padded = c.group("a").is_some_and(|month| month.len() == 2);
    // "06-1800": a range of doses or times; "2010-11" may be a school year, which is a date too.
    let plausible = !hyphen || padded && (1900..=2199).contains(&year);
    let end = c.after(4);
    let range_of_numbers = end.starts_with(['-', '/']) && end.get(1..2).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit())) && hyphen;
    let chained =
        joined_to_digits(c.text, c.span.start, c.span.end) && (hyphen || end.starts_with('/') || c.before(1).ends_with(['/', '.']));
    c.accept_if(plausible && !range_of_numbers && !chained && !unit_follows(c.after(16)))
}
