//! What is hidden by its arrangement: words spaced out letter by letter, numbers digit by digit, words cut at a line's end, text turned
//! around by an override.
//!
//! These are found in ASCII text too, where a mistake would change what an honest note is read as: so each needs a form that honest notes
//! do not have. "H E E N T" is read as HEENT, which nobody minds; "p.r.n.", "1 2 3 4 5 6 7" and "Jan 3 - 4" stay.

use super::build::{Builder, turned};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// The arrangements, each an alternative with a beginning of its own.
static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    let letters = r"(?-u:\b)[A-Za-z](?:(?: [A-Za-z](?-u:\b)){2,120}|(?:[._*-][A-Za-z]){2,120})";
    let digits = r"(?-u:\b)[0-9](?: [0-9]){1,14}(?: ?[-./] ?[0-9](?: [0-9]){1,14}){1,4}(?-u:\b)";
    let hyphen = r"[a-z]-[\t ]{0,4}\r?\n[\t >]{0,8}[a-z]";
    let number = r"[0-9]-[\t ]{0,4}\r?\n[\t >]{0,8}[0-9]";
    let turned = r"\x{202e}[^\n\r\x{202c}\x{202e}]{1,400}";
    Regex::new(&[letters, digits, hyphen, number, turned].join("|")).expect("a constant, which the tests compile")
});

/// The arrangements of `text`, from left to right.
pub(super) fn find(text: &str) -> impl Iterator<Item = Span> {
    SPECIAL.find_iter(text).map(|found| {
        // The pattern cannot look ahead: the last letter may begin a word.
        let row = found.as_str().as_bytes().get(1).is_some_and(|mark| b"._*-".contains(mark)) && !found.as_str().contains('\n');
        let begins = row && text[found.end()..].starts_with(char::is_alphanumeric);
        Span::new(found.start(), found.end() - if begins { 2 } else { 0 })
    })
}

/// Puts what is seen of the arrangement at `span`.
pub(super) fn put(builder: &mut Builder<'_>, text: &str, span: Span) {
    let found = &text[span.range()];
    let drop = |builder: &mut Builder<'_>, from: usize, to: usize| builder.replace(Span::new(span.start + from, span.start + to), "");
    if found.starts_with('\u{202e}') {
        builder.replace(span, &turned(found));
    } else if let Some(hyphen) = found.find('-').filter(|_| found.contains('\n')) {
        // A number keeps its hyphen.
        let from = if found.starts_with(|c: char| c.is_ascii_digit()) { hyphen + 1 } else { hyphen };
        drop(builder, from, found.len() - 1);
    } else if found.starts_with(|c: char| c.is_ascii_digit()) {
        // Fewer may be the scores of a table.
        let spaces = found.matches(' ').count();
        if spaces > 3 && found.bytes().filter(u8::is_ascii_digit).count() > 5 {
            found.match_indices(' ').for_each(|(at, _)| drop(builder, at, at + 1));
        }
    } else {
        for word in words(found) {
            (word.start + 1..word.end).step_by(2).for_each(|at| drop(builder, at, at + 1));
        }
    }
}

/// The words of a row of single letters with one mark between each two, as bytes of it: a capital behind a small letter begins one.
fn words(row: &str) -> Vec<Span> {
    let letters: Vec<u8> = row.bytes().step_by(2).collect();
    let spaces = row.as_bytes().get(1) == Some(&b' ');
    let mut words: Vec<Span> = Vec::new();
    for (i, letter) in letters.iter().enumerate() {
        match words.last_mut() {
            Some(word) if !(letter.is_ascii_uppercase() && letters[i - 1].is_ascii_lowercase()) => word.end = 2 * i + 1,
            _ => words.push(Span::new(2 * i, 2 * i + 1)),
        }
    }
    words.retain(|word| {
        let letters = &letters[word.start / 2..=word.end / 2];
        let small = letters.iter().filter(|letter| letter.is_ascii_lowercase()).count();
        let title = letters[0].is_ascii_uppercase() && small + 1 == letters.len();
        match (title, small == 0 || small == letters.len()) {
            (true, _) => letters.len() > 2,
            (_, true) => letters.len() > if spaces { 3 } else { 5 },
            _ => false,
        }
    });
    words
}
