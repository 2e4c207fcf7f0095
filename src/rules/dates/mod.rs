//! Dates as the i2b2 2014 guideline wants them: days, months, years, weekdays, holidays and seasons with their punctuation inside, times of
//! day outside. Forms: ISO 8601, numeric in every order, written English, and loose ones (years, decades, "3/12") where the context decides.

mod calendar;
mod holidays;
mod numeric;
mod partial;
mod written;
mod years;

use super::recogniser::Recogniser;
pub(super) use numeric::looks_like_date;

pub(super) fn recognisers() -> Vec<Recogniser> {
    let mut all = numeric::recognisers();
    all.extend(written::recognisers());
    all.extend(partial::recognisers());
    all.extend(years::recognisers());
    all.extend(holidays::recognisers());
    all
}
