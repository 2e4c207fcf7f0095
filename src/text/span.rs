use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open range `start..end` of UTF-8 bytes of the original text. Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    ///
    /// # Panics
    /// If `start > end`: a reversed span is a programming error.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end} is reversed");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text it covers. `None` when it does not fit the text or cuts a character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Without the white space at its ends.
    pub fn trim(self, text: &str) -> Self {
        let Some(slice) = self.slice(text) else { return self };
        let start = self.start + (slice.len() - slice.trim_start().len());
        let end = start + slice.trim().len();
        Self { start: start.min(self.end), end }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_strict() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 9).contains(Span::new(3, 5)));
        assert_eq!(Span::new(0, 4).union(Span::new(6, 8)), Span::new(0, 8));
    }

    #[test]
    fn trim_keeps_boundaries() {
        let text = "a  Zoë\u{a0} b";
        let span = Span::new(1, text.len() - 1);
        assert_eq!(span.trim(text).slice(text), Some("Zoë"));
        assert!(Span::new(1, 3).trim(text).is_empty());
    }

    #[test]
    fn slice_refuses_cut_characters() {
        assert_eq!(Span::new(1, 2).slice("é"), None);
    }
}
