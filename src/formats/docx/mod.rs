//! Word documents (Office Open XML, ECMA-376): one note of the main document, then headers, footers, foot- and endnotes, comments and
//! whatever else has text.
//!
//! A text node is a segment, so that a name that Word has cut into several runs is one in the view. Deleted text of tracked changes,
//! field codes, descriptions of pictures, addresses of mail and telephone links and the data bound to content controls are read
//! too. What says who wrote the file is taken out whatever is replaced ([`metadata`]), and so is the preview picture. Other links
//! stay. Pictures, embedded files and signatures cannot be read.

mod archive;
mod metadata;
mod part;
#[cfg(test)]
mod tests;

pub(super) use archive::Archive;

use super::note::Note;
use super::{Container, Format, FormatOptions, Part};
use crate::error::{Error, Result};

/// Reads a document.
pub(super) fn read(bytes: &[u8], options: &FormatOptions) -> Result<Container> {
    let mut archive = Archive::open(bytes)?;
    let names = archive.names().to_vec();
    if !names.iter().any(|name| is_main(name)) {
        return Err(invalid("the file", "no word/document.xml"));
    }
    let (mut note, mut parts) = (Note::default(), Vec::new());
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&i| !names.get(i).is_some_and(|name| is_main(name)));
    for i in order {
        let Some(name) = names.get(i) else { continue };
        let Some(kind) = kind(name) else { continue };
        let bytes = archive.entry(i)?;
        let mut part = Part::decode(&bytes, Format::Docx, &FormatOptions::default()).map_err(|error| within(name, error))?;
        let pieces = super::xml::pieces(&part.source).map_err(|byte| within(name, invalid(format!("byte {byte}"), "not XML")))?;
        match kind {
            Kind::Text => part::text(&part.source, &pieces, parts.len(), name.contains("/charts/"), &mut note),
            Kind::Data => part::data(&part.source, &pieces, parts.len(), &mut note),
            Kind::Links => part::links(&part.source, &pieces, parts.len(), &mut note),
            Kind::Properties => {}
        }
        part.standing = metadata::splices(&part.source, &pieces, kind);
        parts.push(part);
        archive.hold(i);
    }
    let unread = archive.unread();
    Container { format: Format::Docx, notes: vec![note], parts, unread, archive: Some(archive) }.allowing(options)
}

/// What a part of the archive is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its running text.
    Text,
    /// Text nodes of any name, which content controls show.
    Data,
    /// Relationships.
    Links,
    /// Nothing but what is taken out of it.
    Properties,
}

fn kind(name: &str) -> Option<Kind> {
    if name.ends_with(".rels") {
        return Some(Kind::Links);
    }
    let (folder, file) = name.rsplit_once('/')?;
    match (folder.split('/').next()?, file.strip_suffix(".xml")?) {
        ("word", _) => Some(Kind::Text),
        ("docProps", _) => Some(Kind::Properties),
        ("customXml", file) if !file.starts_with("itemProps") => Some(Kind::Data),
        _ => None,
    }
}

/// `word/document.xml`; some versions of Word call it `document2.xml`.
fn is_main(name: &str) -> bool {
    name.starts_with("word/document") && name.ends_with(".xml")
}

fn invalid(at: impl Into<String>, reason: impl Into<String>) -> Error {
    Format::Docx.invalid(at, reason)
}

/// The error with the kind of part that it is about. Names of parts are the writer's own and may say anything.
fn within(name: &str, error: Error) -> Error {
    let known = [
        "word/document",
        "word/header",
        "word/footer",
        "word/footnotes",
        "word/endnotes",
        "word/comments",
        "docProps/core",
        "customXml/item",
    ];
    let part = known.iter().find(|known| name.starts_with(*known)).unwrap_or(&"another part");
    match error {
        Error::FormatInvalid { format, at, reason } => Error::FormatInvalid { format, at: format!("{part}, {at}"), reason },
        error => error,
    }
}
