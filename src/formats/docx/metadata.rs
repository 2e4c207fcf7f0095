//! What a Word document says of its writers, and which is taken out whatever is replaced: authors and dates of comments and tracked
//! changes (the author becomes "Author", as Word's own inspector has it), the chosen days of date controls, and the title, subject,
//! keywords, authors, company and custom texts of the properties. The dates on which the file was made and changed stay.

use super::super::splice::Splice;
use super::super::xml::{Attribute, Piece, attributes};
use super::Kind;
use std::ops::Range;

/// Properties whose texts are emptied.
#[rustfmt::skip]
const EMPTIED: &[&str] = &[
    "creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category", "identifier", "contentStatus", "Manager", "Company",
    "HyperlinkBase", "lpstr", "lpwstr", "bstr",
];

/// The splices that take it out.
pub(super) fn splices(source: &str, pieces: &[Piece], kind: Kind) -> Vec<Splice> {
    let mut splices = Vec::new();
    let mut element = "";
    for piece in pieces {
        match piece {
            Piece::Open { name, tag } => {
                element = name;
                match kind {
                    Kind::Text => authorship(source, tag, &mut splices),
                    Kind::Links if is_preview(source, tag) => splices.push(Splice::new(tag.clone(), "")),
                    _ => {}
                }
            }
            Piece::Text(range) | Piece::Data(range) if kind == Kind::Properties && EMPTIED.contains(&element) => {
                splices.push(Splice::new(range.clone(), ""));
            }
            Piece::Close { .. } => element = "",
            Piece::Text(_) | Piece::Data(_) => {}
        }
    }
    splices
}

fn authorship(source: &str, tag: &Range<usize>, splices: &mut Vec<Splice>) {
    let authored = attributes(source, tag).any(|attribute| attribute.local() == "author");
    for Attribute { name, value, whole } in attributes(source, tag) {
        let local = name.rsplit(':').next().unwrap_or(name);
        let text = match local {
            "author" | "userId" => "Author",
            "initials" if authored => "A",
            "date" if authored => "",
            "dateUtc" | "fullDate" => "",
            _ => continue,
        };
        if source.get(value.clone()) != Some(text) {
            splices.push(if text.is_empty() { Splice::new(whole, "") } else { Splice::new(value, text) });
        }
    }
}

/// Whether a relationship leads to the preview picture.
fn is_preview(source: &str, tag: &Range<usize>) -> bool {
    let preview = |attribute: Attribute| {
        attribute.name == "Type" && source.get(attribute.value).is_some_and(|kind| kind.ends_with("/metadata/thumbnail"))
    };
    attributes(source, tag).any(preview)
}
