//! What a reader sees of a note, and the way back to its bytes.
//!
//! A name can be written so that people read it and a finder does not: "J\u{200b}ohn" with a zero-width space inside, "Ѕmith" with a
//! Cyrillic letter, "Ｓｍｉｔｈ" in full width. The view is the note without such disguises; the finders read the view, and what they find
//! goes back to the note, widened to whole disguises. A note without any is its own view and costs one scan.
//!
//! What is undone: characters that are not seen (default ignorable ones of Unicode, controls), exotic spaces, full-width, mathematical and
//! dressed-up letters and digits, ligatures, digits of other scripts, look-alike letters inside Latin words (Unicode TR39), look-alike marks
//! inside numbers, marks piled onto letters, HTML's character references, text that an override turns around, words spaced out letter by
//! letter, and words hyphenated at a line's end. What is left alone: accents of names, which are only composed (NFC), words in their own
//! script, µ, ½, m², emoji. What needs a guess is not undone: "J0hn", a name broken over lines without a hyphen, and unmarked rows of digits.

mod build;
mod chars;
mod html;
mod marks;
mod scripts;
mod spaced;
#[cfg(test)]
mod tests;

use super::Span;
use std::borrow::Cow;
use std::fmt;
use unicode_normalization::char::is_combining_mark;

/// A note as a reader sees it.
pub struct View<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    edits: Vec<Edit>,
}

/// Bytes of the note that read otherwise in the view. Sorted and disjoint in both; a dropped character has an empty `view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edit {
    original: Span,
    view: Span,
}

impl fmt::Debug for View<'_> {
    /// Leaves the text out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("len", &self.text.len()).field("edits", &self.edits.len()).finish()
    }
}

impl<'t> View<'t> {
    /// The view of `original`, in linear time.
    pub fn new(original: &'t str) -> Self {
        build::view(original)
    }

    /// The note as it is written, as its own view.
    pub fn as_written(original: &'t str) -> Self {
        Self { original, text: Cow::Borrowed(original), edits: Vec::new() }
    }

    /// What the finders read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the note holds no disguise: the view is the note.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// The bytes of the note behind `span` of the view: whole characters and whole disguises, with the marks and the invisible characters
    /// at its ends. Never decreasing; every byte of the note that the span was made of lies inside.
    pub fn original(&self, span: Span) -> Span {
        let start = self.start(span.start);
        let end = self.end(span.end).max(start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(self.with_unseen_before(start), self.with_marks_behind(end))
    }

    fn start(&self, at: usize) -> usize {
        let i = self.edits.partition_point(|edit| edit.view.end <= at);
        match self.edits.get(i) {
            Some(edit) if edit.view.start <= at => edit.original.start,
            _ => self.behind(i, at),
        }
    }

    fn end(&self, at: usize) -> usize {
        let i = self.edits.partition_point(|edit| edit.view.start < at);
        match i.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if edit.view.end >= at => edit.original.end,
            _ => self.behind(i, at),
        }
    }

    /// Where `at` stands in the note if it lies between the edits `i - 1` and `i`.
    fn behind(&self, i: usize, at: usize) -> usize {
        match i.checked_sub(1) {
            Some(last) => self.edits[last].original.end + (at - self.edits[last].view.end),
            None => at,
        }
    }

    /// What was dropped before a word and touches no word before that.
    fn with_unseen_before(&self, start: usize) -> usize {
        let mut at = start;
        let mut i = self.edits.partition_point(|edit| edit.original.end <= start);
        while let Some(edit) = i.checked_sub(1).map(|last| self.edits[last])
            && edit.original.end == at
            && edit.view.is_empty()
        {
            at = edit.original.start;
            i -= 1;
        }
        match self.original[..at].chars().next_back() {
            Some(c) if c.is_alphanumeric() => start,
            _ => at,
        }
    }

    /// What was dropped behind a word, and marks that stand on its last letter.
    fn with_marks_behind(&self, end: usize) -> usize {
        let mut at = end;
        let mut i = self.edits.partition_point(|edit| edit.original.start < end);
        loop {
            if let Some(edit) = self.edits.get(i).filter(|edit| edit.original.start == at && edit.view.is_empty()) {
                at = edit.original.end;
                i += 1;
                continue;
            }
            match self.original[at..].chars().next() {
                Some(c) if !c.is_ascii() && is_combining_mark(c) => at += c.len_utf8(),
                _ => return at,
            }
            // A mark that was put together with something is that edit's.
            i += self.edits[i..].iter().take_while(|edit| edit.original.start < at).count();
        }
    }
}
