//! Combining marks: an accent is put together with its letter (NFC), what is piled on beyond that goes.

use super::chars::Unit;
use crate::text::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// From so many letters of a word on that carry a mark which no composed letter has, the marks are a disguise: "Olúṣẹ́gun" has one.
const DISGUISE: usize = 3;

/// Composes the letters and digits of Latin, Greek and Cyrillic with the marks behind them. Of the marks that remain, those that strike
/// a letter out or enclose it go, those of a digit too, all but the first of a letter, and all in a word with [`DISGUISE`] of them.
pub(super) fn compose(units: &mut Vec<Unit>) {
    if !units.iter().any(|unit| is_mark(unit.c)) {
        return;
    }
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    // Where in `out` the word begins, and the marks that remained in it.
    let (mut word, mut remained) = (0, 0);
    let mut at = 0;
    while at < units.len() {
        let base = units[at];
        let mut end = at + 1;
        while end < units.len() && is_mark(units[end].c) {
            end += 1;
        }
        if !base.c.is_alphanumeric() {
            strip(&mut out, word, remained);
            (word, remained) = (out.len() + 1, 0);
        }
        if end == at + 1 || !western(base.c) {
            out.extend_from_slice(&units[at..end]);
        } else {
            let span = Span::new(base.span.start, units[end - 1].span.end);
            // A ligature's letters are made of the same bytes, and stay so.
            out.iter_mut().rev().take_while(|unit| unit.span == base.span).for_each(|unit| unit.span = span);
            let marks = units[at + 1..end].iter().map(|unit| unit.c).filter(|&c| !strikes(c));
            let mut composed = std::iter::once(base.c).chain(marks).nfc();
            out.extend(composed.next().map(|c| Unit { c, span }));
            if let Some(mark) = composed.next().filter(|_| !base.c.is_numeric()) {
                remained += 1;
                out.push(Unit { c: mark, span });
            }
        }
        at = end;
    }
    strip(&mut out, word, remained);
    *units = out;
}

/// Takes the remaining marks from the word that begins at `word`, if they are too many.
fn strip(out: &mut Vec<Unit>, word: usize, remained: usize) {
    if remained >= DISGUISE {
        let marks = out.split_off(word).into_iter().filter(|unit| !is_mark(unit.c));
        out.extend(marks);
    }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

fn western(c: char) -> bool {
    c.is_alphanumeric() && matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

/// Strokes through letters and frames around them: no orthography writes with them, what it needs of the kind (ø, ł) is a letter.
fn strikes(c: char) -> bool {
    matches!(c, '\u{334}'..='\u{338}' | '\u{489}' | '\u{20d2}' | '\u{20d3}' | '\u{20d8}'..='\u{20da}' | '\u{20dd}'..='\u{20f0}')
}
