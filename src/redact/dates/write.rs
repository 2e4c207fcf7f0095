//! From fields back to text: each in the form of the one it replaces, all between them as it was.

use super::fields::{Field, Kind, Piece, Reading};
use super::habits::Habits;
use super::words;
use jiff::civil::Date;

/// Writes `dates` in place of the pieces of `reading`; weekdays go on by `days`. `None` where a year leaves the form it has.
pub(super) fn write(reading: &Reading<'_>, dates: &[Option<Date>], days: i32, habits: &Habits) -> Option<String> {
    let mut out = String::with_capacity(reading.text.len() + 8);
    let mut end = 0;
    for (piece, date) in reading.pieces.iter().zip(dates) {
        for field in &piece.fields {
            out += reading.text.get(end..field.at.start)?;
            out += &written(reading, piece, field, *date, days, habits)?;
            end = field.at.end;
        }
    }
    out += reading.text.get(end..)?;
    Some(out)
}

fn written(reading: &Reading<'_>, piece: &Piece, field: &Field, date: Option<Date>, days: i32, habits: &Habits) -> Option<String> {
    let old = reading.text.get(field.at.clone())?;
    let number = |value: i8| {
        let zero = match old.len() {
            1 => false,
            _ if old.starts_with('0') => true,
            _ => habits.zero(reading, piece),
        };
        if zero { format!("{value:02}") } else { value.to_string() }
    };
    Some(match field.kind {
        Kind::Weekday(row) => {
            words::weekday_name(row, i16::try_from((i32::from(field.value) - 1 + days.rem_euclid(7)) % 7 + 1).ok()?, old)?
        }
        Kind::Year if old.len() == 2 => format!("{:02}", date?.year().rem_euclid(100)),
        Kind::Year => Some(date?.year()).filter(|year| (1000..=9999).contains(year))?.to_string(),
        Kind::Month => number(date?.month()),
        Kind::MonthName(row) => words::month_name(row, date?.month().into(), old)?,
        Kind::Day => number(date?.day()),
        Kind::Suffix => words::ordinal(date?.day().into(), old),
    })
}
