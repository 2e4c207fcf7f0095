//! States, provinces, counties and countries: lists of few names, each with its other forms.

use super::Note;
use super::case::like;
use super::lexicon::LEXICON;
use crate::redact::identity::fold;

/// Another state of the same country in the same form: whole, or its abbreviation. None for one that no list knows.
pub(super) fn state(note: &Note, slice: &str) -> Option<String> {
    ["us", "ca", "au", "uk"].into_iter().find_map(|list| another(note, list, slice))
}

/// Another country, or another country's adjective or abbreviation. A country that the list does not know gets one by its name.
pub(super) fn country(note: &Note, slice: &str) -> Option<String> {
    let bare = slice.trim_end_matches('s');
    let plural = bare.len() + 1 == slice.len();
    another(note, "country", slice).or_else(|| another(note, "country", bare).filter(|_| plural).map(|made| made + "s")).or_else(|| {
        let key = fold(slice);
        note.first(slice, |attempt| {
            let row = note.seed.draw("country", &key, attempt).pick(LEXICON.list("country"))?;
            row.split('=').next().filter(|_| free(note, row)).map(|name| like(slice, name))
        })
    })
}

/// The form of another row of `list` that `slice` is of its own. The rows are drawn by their first form, so that "Ohio" and "OH" agree.
fn another(note: &Note, list: &str, slice: &str) -> Option<String> {
    let key = fold(slice);
    let rows = LEXICON.list(list);
    let own = rows.iter().find(|row| row.split('=').any(|form| fold(form) == key))?;
    // A word that is its own abbreviation is the word.
    let form = own.split('=').position(|form| fold(form) == key)?;
    let name = fold(own.split('=').next()?);
    // Few countries have abbreviations, one or two; few states have an old one.
    let short = form > 1;
    note.first(slice, |attempt| {
        let row = note.seed.draw(if short { "region-short" } else { "region" }, &format!("{list}.{name}"), attempt).pick(rows)?;
        let forms: Vec<&str> = row.split('=').collect();
        let made = if short { forms.get(2) } else { forms.get(form) }?;
        let dotted = slice.trim_end_matches('.').contains('.') && made.chars().all(char::is_alphabetic);
        let made = if dotted { made.chars().flat_map(|c| [c, '.']).collect() } else { made.trim_end_matches('.').to_string() };
        let end = if slice.ends_with('.') && !made.ends_with('.') { "." } else { "" };
        (row != *own && free(note, row)).then(|| like(slice, &made) + end)
    })
}

/// Whether no form of a row stands in the note.
fn free(note: &Note, row: &str) -> bool {
    row.split('=').all(|form| !note.real.contains(&fold(form)))
}
