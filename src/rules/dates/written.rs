//! Dates with the name of the month.

use super::calendar::{month, valid_day};
use crate::labels::EntityType::Date;
use crate::rules::context::unit_follows;
use crate::rules::recogniser::{Candidate, Found, Recogniser, regex};
use regex::Regex;
use std::sync::LazyLock;

pub(super) fn recognisers() -> Vec<Recogniser> {
    const WEEKDAY: &str = r"(?:(?<w>{weekday})\.?,?{sp}(?:the{sp})?)?";
    const YEAR: &str = r"(?:{year}|{apos}[0-9]{2})";
    const TO: &str = r"(?:{sp}?{dash}{sp}?|{sp}(?:to|through|thru|and|or|&){sp})";
    let month_day = format!(
        r"(?i)(?<phi>{WEEKDAY}(?<m>{{month}})(?:\.?{{hs}}|{{sp}})(?:the{{sp}})?(?<d>[0-9]{{1,2}}){{b}}(?:{{s}}?(?<o>{{ord}}))?(?:{TO}(?<d2>[0-9]{{1,2}}){{b}}{{ord}}?)?(?<y>,?{{sp}}(?:of{{sp}})?{YEAR}{{b}}|,?{{apos}}[0-9]{{2}}{{b}}|,{{year}}{{b}})?)"
    );
    let month_ord = format!(
        r"(?i)(?<phi>{WEEKDAY}(?<m>{{month}})\.?{{sp}}?(?<d>[0-9]{{1,2}})(?<o>{{ord}})(?:{TO}(?<d2>[0-9]{{1,2}}){{ord}}?{{b}})?(?<y>,?{{sp}}?(?:of{{sp}})?{YEAR}{{b}})?)"
    );
    let day_month = format!(
        r"(?i)(?<phi>{WEEKDAY}(?:(?<d2>[0-9]{{1,2}}){{ord}}?{TO})?(?<d>[0-9]{{1,2}})(?:{{s}}?(?<o>{{ord}}))?{{sp}}(?:day{{sp}})?(?:of{{sp}})?(?<m>{{month}}){{b}}(?:\.?,?(?<y>{{sp}}?(?:of{{sp}})?{YEAR}{{b}}))?)"
    );
    let joined =
        r"(?i)(?<phi>(?<d>[0-9]{1,2})(?:{dash}|[/.])?(?<m>{month})(?:{dash}|[/.])?(?<y>{apos}?(?:{year}|[0-9]{2})))(?:[T:][0-9]{2})?";
    let joined_no_year = r"(?i)(?<phi>(?<d>[0-9]{1,2})(?:{dash}|/)(?<m>{month}))";
    let joined_us = r"(?i)(?<phi>(?<m>{month})(?:{dash}|/)(?<d>[0-9]{1,2})(?:{dash}|/)(?<y>{year}|[0-9]{2}))";
    let year_month_day = r"(?i)(?<phi>(?<y>{year})(?:{dash}|/|{sp})(?<m>{month})(?:{dash}|/|\.?{sp})(?<d>[0-9]{1,2})(?<o>{ord})?)";
    let month_year = r"(?i)(?<phi>(?:mid{dash})?(?<m>{month}){b}(?:\.?,?{sp}(?:of{sp})?(?<y>{year})|\.?,?{sp}?(?<y2>{apos}[0-9]{2})|\.?(?:{dash}|/)(?<y3>{year}|{apos}?[0-9]{2})))";
    vec![
        Recogniser::new("date-month-day", Date, 1.0, &month_day).priority(58).check(day_and_month),
        Recogniser::new("date-month-ord", Date, 1.0, &month_ord).priority(57).check(day_and_month),
        Recogniser::new("date-day-month", Date, 1.0, &day_month).priority(58).check(day_and_month),
        Recogniser::new("date-joined", Date, 1.0, joined).priority(59).check(day_and_month),
        Recogniser::new("date-joined-no-year", Date, 0.9, joined_no_year).priority(52).check(day_and_month),
        Recogniser::new("date-joined-us", Date, 1.0, joined_us).priority(59).check(day_and_month),
        Recogniser::new("date-year-month-day", Date, 1.0, year_month_day).priority(59).check(day_and_month),
        Recogniser::new("date-month-year", Date, 1.0, month_year).priority(54).check(month_and_year),
    ]
}

fn day_and_month(c: &Candidate<'_, '_>) -> Option<Found> {
    static SEPTEMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^{sp}?(?:x{s}?[0-9]|of{sp}[0-9]+{sp}?(?:mg|ml)|strength)"));
    let name = c.group("m")?;
    let month = month(name)?;
    let valid = valid_day(month, c.number("d")?) && c.number("d2").is_none_or(|day| valid_day(month, day));
    let dated = c.group("y").is_some() || c.group("o").is_some() || c.group("w").is_some();
    // "may 2" and "march 3" in lower case are verbs.
    let verb = matches!(name, "may" | "march" | "mar" | "sun" | "dec" | "MAR") && !dated;
    let quantity = c.group("y").is_none() && unit_follows(c.after(16));
    let chained =
        c.group("y").is_none() && c.after(2).strip_prefix(['.', '/']).is_some_and(|rest| rest.starts_with(|d: char| d.is_ascii_digit()));
    let hit = c.accept_graded(dated, 1.0, 0.9);
    if valid && !verb && !quantity && !chained && !SEPTEMBER.is_match(c.after(16)) { hit } else { None }
}

/// "Mar-21" without an apostrophe could be the 21st; both are dates. "may 2015" is one too, "may 2000 mL" is not.
fn month_and_year(c: &Candidate<'_, '_>) -> Option<Found> {
    let hyphened = c.group("y3").is_some_and(|year| year.len() == 2);
    let lower = c.group("m").is_some_and(|m| matches!(m, "may" | "march" | "mar" | "dec" | "sep" | "jan" | "jun"));
    let accepted = !(unit_follows(c.after(16)) || hyphened && lower);
    if accepted { c.accept_graded(!hyphened, 1.0, 0.9) } else { None }
}
