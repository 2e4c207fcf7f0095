//! Dates shifted by a number of days and written back as they were.
//!
//! Every date of a patient moves by one offset, so that the intervals between them stay. [`shift_dates`] takes the dates of a document at
//! once, because one answers what another leaves open: the year of "3/14", the month of "the 14th", whether 3/4 is in March or in April.
//! Reading is our own, since what is written must have the form of what was read; the calendar is `jiff`'s.
//!
//! One step a file: [`read`] (text → fields with their places), [`habits`] (what a document leaves to be known from all of it),
//! [`context`] (partial dates → days), [`write`] (days → text).

mod age;
mod context;
mod fields;
mod habits;
mod offset;
mod read;
mod words;
mod write;

#[cfg(test)]
mod tests;

pub(super) use age::shift_age;
pub(super) use offset::offset_days;
pub(super) use read::{full_year, read};

use fields::Reading;
use habits::Habits;
use jiff::civil::Date;

/// The dates of one document, in its order, moved by `days` and written in their own form.
///
/// - Day and month of numbers alone stand in the order that the unambiguous dates of the document show most; the month first if none does.
/// - A missing year is that of the nearest date before, or else after, such that the two lie closest together; so is the month of a day
///   alone. Without any year around, it is one that is no leap year.
/// - A month alone is moved as its 15th, a year alone as its 1 July. A weekday alone moves by `days` modulo 7: not at all by whole weeks.
/// - A time of day stays.
///
/// `None` stands for what cannot be read or is not there in the calendar: holidays, seasons, decades, 30 February. Those must not be left as they are.
pub(super) fn shift_dates(texts: &[&str], days: i32) -> Vec<Option<String>> {
    let mut readings: Vec<Option<Reading<'_>>> = texts.iter().map(|text| read(text)).collect();
    let habits = Habits::of(readings.iter().flatten());
    readings.iter_mut().flatten().for_each(|reading| habits.settle(reading));
    let dates = context::resolve(&readings);
    readings.iter().zip(dates).map(|(reading, dates)| write::write(reading.as_ref()?, &moved(&dates?, days)?, days, &habits)).collect()
}

fn moved(dates: &[Option<Date>], days: i32) -> Option<Vec<Option<Date>>> {
    let days = jiff::Span::new().try_days(days).ok()?;
    let moved = |date: &Option<Date>| date.map(|date| date.checked_add(days).ok()).map_or(Some(None), |date| date.map(Some));
    dates.iter().map(moved).collect()
}
