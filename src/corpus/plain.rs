//! Plain text: a note without annotations. Every byte is kept, a byte order mark and CRLF included.

use super::Document;

/// The note of a text file.
pub fn document(id: &str, text: &str) -> Document {
    Document { id: id.into(), text: text.into(), annotations: Vec::new() }
}
