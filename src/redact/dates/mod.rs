//! Dates shifted by a number of days and written back as they were.
//!
//! Every date of a patient moves by one offset, so that the intervals between them stay. [`shift_dates`] takes the dates of a document at
//! once, because one answers what another leaves open: the year of "3/14", the month of "the 14th", whether 3/4 is in March or in April.
//! Reading is our own, since what is written must have the form of what was read; the calendar is `jiff`'s.
//!
//! One step a file: `read` (text → fields with their places), `habits` (what all of a document says about each date), `context` (partial
//! dates → days), `write` (days → text). `offset` says how far, and `age` takes ages along.

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

use fields::{Piece, Reading};
use habits::Habits;
use jiff::Span;
use jiff::civil::Date;

/// The dates of one document, in its order, moved by `days` and written in their own form.
///
/// - Day and month of numbers alone stand in the order that the unambiguous dates of the document show most; the month first if none does.
/// - A missing year is that of the nearest date before, or else after, such that the two lie closest together; so is the month of a day
///   alone. Without any year around, it is one that is no leap year.
/// - A month alone is moved as its 15th, a year alone as its 1 July. A weekday alone moves by `days` modulo 7: not at all by whole weeks.
/// - A time of day stays.
///
/// `None` stands for what cannot be read or is not there in the calendar (holidays, seasons, decades, 30 February), and for a range that
/// its form cannot hold any longer. Those must not be left as they are.
pub(super) fn shift_dates(texts: &[&str], days: i32) -> Vec<Option<String>> {
    let mut readings: Vec<Option<Reading<'_>>> = texts.iter().map(|text| read(text)).collect();
    let habits = Habits::of(readings.iter().flatten());
    readings.iter_mut().flatten().for_each(|reading| habits.settle(reading));
    let dates = context::resolve(&readings);
    let write = |(reading, old): (&Option<Reading<'_>>, Option<Vec<Option<Date>>>)| {
        let (reading, old) = (reading.as_ref()?, old?);
        let new = moved(&old, days)?;
        if same_shared(&reading.pieces, &old, &new) { write::write(reading, &new, days, &habits) } else { None }
    };
    readings.iter().zip(dates).map(write).collect()
}

fn moved(dates: &[Option<Date>], days: i32) -> Option<Vec<Option<Date>>> {
    let days = Span::new().try_days(days).ok()?;
    let moved = |date: &Option<Date>| date.map(|date| date.checked_add(days).ok()).map_or(Some(None), |date| date.map(Some));
    dates.iter().map(moved).collect()
}

/// Whether the month or year that dates of a range share, and one alone spells out, is still one: "March 28-30" cannot become "March 31-2".
fn same_shared(pieces: &[Piece], old: &[Option<Date>], new: &[Option<Date>]) -> bool {
    let parts = |i: usize, dates: &[Option<Date>]| dates[i].map(|date| (date.year(), date.month()));
    let years = |i: usize, dates: &[Option<Date>]| dates[i].map(|date| date.year());
    (0..pieces.len()).flat_map(|i| (0..pieces.len()).map(move |j| (i, j))).all(|(i, j)| {
        let month = pieces[i].month().is_some() && pieces[j].month().is_none() && parts(i, old) == parts(j, old);
        let year = pieces[i].year().is_some() && pieces[j].year().is_none() && years(i, old) == years(j, old);
        (!month || parts(i, new) == parts(j, new)) && (!year || years(i, new) == years(j, new))
    })
}
