//! Ages that go with shifted dates.

use crate::redact::generalise::{Age, read_age};

/// The age in `text` moved by `days` in whole years, to the nearest: mostly as it was, since offsets are small. Only a plain number of
/// years is moved; months, fractions, words and decades stay. `None` where no age can be read, or none is left.
pub(in crate::redact) fn shift_age(text: &str, days: i32) -> Option<String> {
    let age = read_age(text)?;
    let Age { number: Some(at), years } = age else { return Some(text.into()) };
    // A year has 365.2425 days in the mean.
    let moved = years + (f64::from(days) / 365.2425).round();
    if moved < 0.0 {
        return None;
    }
    Some(format!("{}{moved}{}", text.get(..at.start)?, text.get(at.end..)?))
}
