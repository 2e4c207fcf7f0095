//! Dates as the i2b2 2014 guideline wants them: days, months, years, weekdays, holidays and seasons with their punctuation inside, times of
//! day outside. Forms: ISO 8601, numeric in every order, written English, and loose ones (years, decades, "3/12") where the context decides.

mod calendar;
mod holidays;
mod numeric;
mod partial;
mod written;
mod years;

use super::context::before;
use super::recogniser::{Found, Recogniser, regex};
use crate::labels::EntityType;
use regex::Regex;
use std::sync::LazyLock;

pub(super) use numeric::looks_like_date;

/// "Thu 2/29" and "SUN 2019-03-10" are one date, whatever recogniser has found the figures.
pub(super) fn join_weekdays(text: &str, found: &mut [Found]) {
    static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i){b}(?<day>{weekday})\.?,?{s}{1,2}$"));
    for date in found.iter_mut().filter(|f| f.entity_type == EntityType::Date) {
        let figures = date.span.slice(text).is_some_and(|s| s.starts_with(|c: char| c.is_ascii_digit()));
        let before = before(text, date.span.start, 16);
        if figures && let Some(day) = WEEKDAY.captures(before).and_then(|c| c.name("day")) {
            date.span.start -= before.len() - day.start();
            // Before the weekday alone.
            date.priority = date.priority.max(40);
        }
    }
}

pub(super) fn recognisers() -> Vec<Recogniser> {
    let mut all = numeric::recognisers();
    all.extend(written::recognisers());
    all.extend(partial::recognisers());
    all.extend(years::recognisers());
    all.extend(holidays::recognisers());
    all
}
