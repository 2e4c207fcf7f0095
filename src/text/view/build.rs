//! The view put together: stretches with a form of their own (spaced-out words, overrides) and, between them, words.

use super::chars::{self, Unit};
use super::{Edit, View, marks, scripts, spaced};
use crate::text::Span;
use std::borrow::Cow;

/// Most bytes of a word that are looked at at once: bounds the memory on text without white space.
const MOST: usize = 1 << 14;

/// Builds the view's text beside the note.
pub(super) struct Builder<'t> {
    original: &'t str,
    text: String,
    edits: Vec<Edit>,
    /// How far the note is copied.
    copied: usize,
}

impl<'t> Builder<'t> {
    fn new(original: &'t str) -> Self {
        Self { original, text: String::new(), edits: Vec::new(), copied: 0 }
    }

    /// `span` of the note, not before what was replaced last, reads `text`.
    pub fn replace(&mut self, span: Span, text: &str) {
        self.text += &self.original[self.copied..span.start];
        let start = self.text.len();
        self.text += text;
        self.copied = span.end;
        match self.edits.last_mut() {
            // A row of dropped characters is one.
            Some(last) if text.is_empty() && last.view.is_empty() && last.original.end == span.start => last.original.end = span.end,
            _ => self.edits.push(Edit { original: span, view: Span::new(start, self.text.len()) }),
        }
    }

    fn finish(mut self) -> View<'t> {
        if self.edits.is_empty() {
            return View::as_written(self.original);
        }
        self.text += &self.original[self.copied..];
        View { original: self.original, text: Cow::Owned(self.text), edits: self.edits }
    }

    /// Replaces what the units of `span` read otherwise. Units of one span are one edit.
    fn put(&mut self, span: Span, units: &[Unit]) {
        let mut at = span.start;
        let mut read = String::new();
        for group in units.chunk_by(|a, b| a.span == b.span) {
            let here = group[0].span;
            if here.start > at {
                self.replace(Span::new(at, here.start), "");
            }
            read.clear();
            read.extend(group.iter().map(|unit| unit.c));
            if here.slice(self.original) != Some(&read) {
                self.replace(here, &read);
            }
            at = here.end;
        }
        if at < span.end {
            self.replace(Span::new(at, span.end), "");
        }
    }
}

pub(super) fn view(original: &str) -> View<'_> {
    let mut builder = Builder::new(original);
    let plain = original.bytes().all(chars::plain_byte);
    let mut at = 0;
    for special in spaced::find(original) {
        if !plain {
            words(&mut builder, Span::new(at, special.start));
        }
        spaced::put(&mut builder, original, special);
        at = special.end;
    }
    if !plain {
        words(&mut builder, Span::new(at, original.len()));
    }
    builder.finish()
}

/// The words of `span`, which are looked at one by one.
fn words(builder: &mut Builder<'_>, span: Span) {
    let text = builder.original;
    let end_of_word = |from: usize| {
        let end = text[from..span.end].find(chars::splits).map_or(span.end, |len| from + len);
        let mut cut = end.min(from + MOST);
        while !text.is_char_boundary(cut) {
            cut += 1;
        }
        cut
    };
    let mut at = span.start;
    while at < span.end {
        at += text[at..span.end].find(|c| !chars::splits(c)).unwrap_or(span.end - at);
        let word = Span::new(at, end_of_word(at));
        if text[word.range()].chars().any(|c| !chars::plain(c)) {
            let units = read(text, word);
            builder.put(word, &units);
        }
        at = word.end;
    }
}

/// What is seen of a word.
fn read(text: &str, word: Span) -> Vec<Unit> {
    let mut units = chars::read(text, word);
    marks::compose(&mut units);
    scripts::unmix(text, &mut units);
    chars::straighten(&mut units);
    units
}

/// What is seen of a stretch that an override turns around.
pub(super) fn turned(text: &str) -> String {
    let mut units = read(text, Span::new(0, text.len()));
    units.reverse();
    units.into_iter().map(|unit| unit.c).collect()
}
