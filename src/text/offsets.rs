use super::Span;
use serde::{Deserialize, Serialize};

/// The unit that offsets are counted in at a border of the crate. Inside, everything is bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// UTF-8 bytes, as in Rust and Go.
    Byte,
    /// Unicode scalar values, as in Python and in the i2b2 files.
    #[default]
    Char,
    /// UTF-16 code units, as in JavaScript, Java and C#.
    Utf16,
}

/// Converts between byte offsets and another unit for one text, in logarithmic time a look-up.
///
/// Only the places where the two counts drift apart are stored: nothing at all for ASCII.
#[derive(Debug, Clone)]
pub struct OffsetMap {
    unit: OffsetUnit,
    marks: Vec<Mark>,
}

/// A character of several bytes: where it starts and ends, as (bytes, units).
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: (usize, usize),
    end: (usize, usize),
}

impl OffsetMap {
    /// The map for `text`.
    pub fn new(text: &str, unit: OffsetUnit) -> Self {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Byte && !text.is_ascii() {
            let mut units = 0;
            for (byte, c) in text.char_indices() {
                let width = if unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
                if !c.is_ascii() {
                    marks.push(Mark { start: (byte, units), end: (byte + c.len_utf8(), units + width) });
                }
                units += width;
            }
        }
        Self { unit, marks }
    }

    /// The unit it converts to.
    pub fn unit(&self) -> OffsetUnit {
        self.unit
    }

    /// The offset in units of the byte offset `byte`, which lies on a character boundary.
    pub fn from_byte(&self, byte: usize) -> usize {
        match self.marks.partition_point(|mark| mark.end.0 <= byte) {
            0 => byte,
            n => self.marks[n - 1].end.1 + (byte - self.marks[n - 1].end.0),
        }
    }

    /// The byte offset of the offset `units`. An offset inside a surrogate pair goes to the end of its character.
    pub fn to_byte(&self, units: usize) -> usize {
        let n = self.marks.partition_point(|mark| mark.end.1 <= units);
        let byte = match n {
            0 => units,
            n => self.marks[n - 1].end.0 + (units - self.marks[n - 1].end.1),
        };
        match self.marks.get(n) {
            Some(next) if units > next.start.1 => next.end.0,
            _ => byte,
        }
    }

    /// The span in units.
    pub fn from_span(&self, span: Span) -> (usize, usize) {
        (self.from_byte(span.start), self.from_byte(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\u{301}é😀b\r\nשלום\u{200d}z";

    #[test]
    fn every_boundary_goes_there_and_back() {
        for unit in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16] {
            let map = OffsetMap::new(TEXT, unit);
            for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                let expected = match unit {
                    OffsetUnit::Byte => byte,
                    OffsetUnit::Char => TEXT[..byte].chars().count(),
                    OffsetUnit::Utf16 => TEXT[..byte].encode_utf16().count(),
                };
                assert_eq!(map.from_byte(byte), expected);
                assert_eq!(map.to_byte(expected), byte);
            }
        }
    }

    #[test]
    fn inside_a_surrogate_pair_goes_to_its_end() {
        let map = OffsetMap::new("😀b", OffsetUnit::Utf16);
        assert_eq!(map.to_byte(1), 4);
    }
}
