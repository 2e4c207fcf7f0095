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

/// Another row of `list` in the form that `slice` has of its own. Rows are drawn by their first form, so that "Ohio" and "OH" agree.
fn another(note: &Note, list: &str, slice: &str) -> Option<String> {
    let own = LEXICON.region(list, &fold(slice))?;
    let key = fold(own.row.split('=').next()?);
    // Few countries have an abbreviation; those draw from each other.
    let purpose = if list == "country" && own.form > 1 { "abbreviation" } else { "region" };
    note.first(slice, |attempt| {
        let row = note.seed.draw(purpose, &key, attempt).pick(LEXICON.list(list))?;
        let forms: Vec<&str> = row.split('=').collect();
        // A state without an old abbreviation has its postal one.
        let form = forms.get(own.form.min(2)).or_else(|| forms.get(1).filter(|_| list != "country"))?.trim_end_matches('.');
        let made = if slice.trim_end_matches('.').contains('.') && form.chars().all(char::is_alphabetic) {
            form.chars().flat_map(|c| [c, '.']).collect()
        } else if slice.ends_with('.') {
            format!("{form}.")
        } else {
            form.to_string()
        };
        (row != own.row && free(note, row)).then(|| like(slice, &made))
    })
}

/// Whether no form of a row stands in the note.
fn free(note: &Note, row: &str) -> bool {
    row.split('=').all(|form| !note.real.contains(&fold(form)))
}
