//! What one date leaves open and the others of its document answer: the order of day and month, zeros before single digits, whether "May"
//! is in full.

use super::fields::{Field, Form, Kind, Order, Piece, Reading};
use super::words::{LONG, SEPT, SHORT};

/// How a document writes its dates.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// Dates that can only have the day first, less those that can only have the month first.
    day_first: i32,
    /// By form: numbers with a zero before them, less single digits.
    zeros: [i32; 5],
    /// Abbreviated months, less those in full.
    short_months: i32,
}

impl Habits {
    /// The habits of a document.
    pub(super) fn of<'r>(readings: impl Iterator<Item = &'r Reading<'r>>) -> Self {
        let mut habits = Self::default();
        for reading in readings {
            for piece in &reading.pieces {
                habits.day_first += match piece.order {
                    Order::DayFirst => 1,
                    Order::MonthFirst => -1,
                    Order::Either | Order::Fixed => 0,
                };
                habits.zeros[piece.form as usize] += zeros(reading.text, piece);
                habits.short_months += piece.fields.iter().map(short_month).sum::<i32>();
            }
        }
        habits
    }

    /// Reads ambiguous dates as the document has the others.
    pub(super) fn settle(&self, reading: &mut Reading<'_>) {
        for piece in &mut reading.pieces {
            if self.day_first > 0 {
                piece.day_first();
            }
            for field in &mut piece.fields {
                if (field.kind, field.value) == (Kind::MonthName(LONG), 5) && self.short_months > 0 {
                    field.kind = Kind::MonthName(SHORT);
                }
            }
        }
    }

    /// Whether a single digit of `piece` has a zero before it: as the entity has it elsewhere, or else the document, or else as usual.
    pub(super) fn zero(&self, reading: &Reading<'_>, piece: &Piece) -> bool {
        let own: i32 = reading.pieces.iter().filter(|p| p.form == piece.form).map(|p| zeros(reading.text, p)).sum();
        match if own == 0 { self.zeros[piece.form as usize] } else { own } {
            _ if piece.form == Form::Compact => true,
            _ if ordinal(piece) => false,
            0 => piece.form != Form::Named,
            known => known > 0,
        }
    }
}

/// Numbers of the piece with a zero before them, less single digits. An ordinal has no zero and says nothing of the others.
fn zeros(text: &str, piece: &Piece) -> i32 {
    if ordinal(piece) {
        return 0;
    }
    let numbers = piece.fields.iter().filter(|field| matches!(field.kind, Kind::Month | Kind::Day));
    let sign = |digits: &str| i32::from(digits.starts_with('0')) - i32::from(digits.len() == 1);
    numbers.filter_map(|field| text.get(field.at.clone())).map(sign).sum()
}

fn ordinal(piece: &Piece) -> bool {
    piece.fields.iter().any(|field| field.kind == Kind::Suffix)
}

/// 1 for an abbreviated month, −1 for one in full. "May" is neither.
fn short_month(field: &Field) -> i32 {
    match field.kind {
        Kind::MonthName(_) if field.value == 5 => 0,
        Kind::MonthName(SHORT | SEPT) => 1,
        Kind::MonthName(_) => -1,
        _ => 0,
    }
}
