//! A date as a note has it: fields with their exact places, and the text between them left alone.

use std::ops::Range;

/// What a field holds. Names carry the row of [`words`](super::words) they are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redact) enum Kind {
    Year,
    Month,
    MonthName(usize),
    Day,
    /// The "th" of "14th". It has no value.
    Suffix,
    Weekday(usize),
}

/// A field: its bytes in the entity's text and its value. A year is always in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redact) struct Field {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    pub(super) value: i16,
}

/// How a date is built, for the habits that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redact) enum Form {
    /// 2024-03-14
    YearFirst,
    /// 03/14/2024, 3/14
    Numeric,
    /// 20240314
    Compact,
    /// March 14, the 14th, Tuesday
    Named,
    /// 14-MAR, 14MAR2024
    Joined,
}

/// What a date of numbers says about the order of its day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::redact) enum Order {
    /// There is nothing to order, or its form has one order.
    Fixed,
    /// Only the month can come first: 3/14.
    MonthFirst,
    /// Only the day can come first: 14/3.
    DayFirst,
    /// Both can: 3/4. Read with the month first until the document says otherwise.
    Either,
}

/// One date, with some or all of its fields, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redact) struct Piece {
    pub(super) form: Form,
    pub(super) order: Order,
    pub(super) fields: Vec<Field>,
}

impl Piece {
    fn value(&self, wanted: impl Fn(Kind) -> bool) -> Option<i16> {
        self.fields.iter().find(|field| wanted(field.kind)).map(|field| field.value)
    }

    /// The year, in full.
    pub(in crate::redact) fn year(&self) -> Option<i16> {
        self.value(|kind| kind == Kind::Year)
    }

    /// The month, from 1.
    pub(super) fn month(&self) -> Option<i16> {
        self.value(|kind| matches!(kind, Kind::Month | Kind::MonthName(_)))
    }

    /// The day of the month, from 1.
    pub(super) fn day(&self) -> Option<i16> {
        self.value(|kind| kind == Kind::Day)
    }

    /// Reads an ambiguous date with the day first.
    pub(super) fn day_first(&mut self) {
        if self.order == Order::Either {
            for field in &mut self.fields {
                field.kind = match field.kind {
                    Kind::Month => Kind::Day,
                    Kind::Day => Kind::Month,
                    kind => kind,
                };
            }
            self.order = Order::DayFirst;
        }
    }
}

/// An entity's text, read: one date, or those of a range or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::redact) struct Reading<'t> {
    pub(super) text: &'t str,
    pub(in crate::redact) pieces: Vec<Piece>,
}
