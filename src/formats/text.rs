//! Plain text and Markdown: the file is the note.

use super::note::Note;
use super::place::Place;

/// The note: everything but the byte order mark.
pub(super) fn read(source: &str) -> Vec<Note> {
    let mut note = Note::default();
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    note.push(0, source, start..source.len(), Place::Plain);
    vec![note]
}
