//! From partial dates to days of the calendar. What a date leaves out comes from the dates around it, as near to them as it can be, so
//! that intervals do not change by a leap day or at the turn of a year.

use super::fields::{Piece, Reading};
use jiff::civil::Date;

/// Where no year is to be found: the middle of a year that is no leap year.
const NO_CONTEXT: Date = Date::constant(2019, 7, 2);

/// The dates around.
#[derive(Clone, Copy, Default)]
struct Context {
    /// The last one with a year, its own or of its context.
    dated: Option<Date>,
    /// The last one with a month.
    month: Option<Date>,
}

/// The date of each piece of each reading; the piece is `None` where it is a weekday alone, the reading where a piece is no date that
/// there is (30 February, or a day without any month around).
///
/// Without a day the 15th of the month is meant, without a month 1 July.
pub(super) fn resolve(readings: &[Option<Reading<'_>>]) -> Vec<Option<Vec<Option<Date>>>> {
    // What stands before the first date takes its year, or month, from there.
    let pieces = || readings.iter().flatten().flat_map(|reading| &reading.pieces);
    let dated = pieces().find_map(year_of);
    let context = Context { dated, month: None };
    let month = pieces().filter(|piece| piece.month().is_some());
    let with_year = month.clone().filter(|piece| piece.year().is_some());
    let month = with_year.chain(month).find_map(|piece| resolved(piece, context));
    let mut context = Context { dated, month };
    readings.iter().map(|reading| entity(&reading.as_ref()?.pieces, &mut context)).collect()
}

/// The dates of one entity, those that know more first: in "14-17 March 2024" the 14th takes month and year from the 17th.
fn entity(pieces: &[Piece], context: &mut Context) -> Option<Vec<Option<Date>>> {
    context.dated = pieces.iter().find_map(year_of).or(context.dated);
    let mut dates = vec![None; pieces.len()];
    for with_month in [true, false] {
        for (piece, date) in pieces.iter().zip(&mut dates).filter(|(piece, _)| piece.month().is_some() == with_month) {
            if (piece.year(), piece.month(), piece.day()) == (None, None, None) {
                continue;
            }
            *date = Some(resolved(piece, *context)?);
            if with_month || piece.day().is_some() {
                *context = Context { dated: *date, month: *date };
            }
        }
    }
    Some(dates)
}

/// What a piece with a year tells the others: its date, or else the middle of the year, which any day of that year is nearest to.
fn year_of(piece: &Piece) -> Option<Date> {
    let year = piece.year()?;
    piece.month().map_or_else(|| date(year, 7, 2), |month| date(year, month, piece.day().unwrap_or(15)))
}

fn resolved(piece: &Piece, context: Context) -> Option<Date> {
    let around = context.dated.unwrap_or(NO_CONTEXT);
    match (piece.year(), piece.month(), piece.day()) {
        (Some(year), Some(month), day) => date(year, month, day.unwrap_or(15)),
        (Some(year), None, None) => date(year, 7, 1),
        (Some(year), None, Some(day)) => {
            let month = context.month?;
            nearest((1..=12).filter_map(|m| date(year, m, day)), month)
        }
        // Eight years, for the 29th of February at the turn of a century.
        (None, Some(month), day) => nearest((-8..=8).filter_map(|y| date(around.year() + y, month, day.unwrap_or(15))), around),
        (None, None, Some(day)) => {
            let month = context.month?;
            let first = month.first_of_month();
            let months = [first.yesterday().ok()?, first, first.last_of_month().tomorrow().ok()?];
            nearest(months.into_iter().filter_map(|m| date(m.year(), i16::from(m.month()), day)), month)
        }
        (None, None, None) => None,
    }
}

fn nearest(dates: impl Iterator<Item = Date>, around: Date) -> Option<Date> {
    dates.min_by_key(|&date| around.duration_until(date).abs())
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}
