//! FHIR JSON (R4 and R5): a resource, a Bundle, or several one after another, a note each.
//!
//! The view is the JSON with its strings decoded, a property a line, without indentation; of a narrative the text alone. Strings
//! may change, except those that are the structure: types, ids, references, systems, codes, URLs. Dates stay dates: a replacement that
//! is none leaves its year, or the property is removed. Numbers and booleans stay, and so do the sizes and hashes that a resource
//! states of an attachment.

use super::Format;
use super::dates;
use super::json::{self, Node, Value};
use super::note::Note;
use super::place::{Place, base64_text};
use super::xml::{self, Piece};
use crate::error::Result;

/// Properties whose strings are structure.
#[rustfmt::skip]
const STRUCTURE: &[&str] = &[
    "resourceType", "id", "reference", "type", "url", "system", "code", "use", "status", "unit", "language", "contentType", "fullUrl", "linkId",
    "version", "versionId", "profile", "source", "implicitRules", "instantiatesCanonical", "instantiatesUri", "canonical", "gender", "intent",
    "priority", "mode", "kind", "comparator", "relation", "method", "criticality", "clinicalStatus", "verificationStatus", "docStatus",
    "hash", "thumbprint", "targetFormat", "sigFormat", "rank", "etag", "ifNoneMatch", "ifMatch", "ifNoneExist", "questionnaire",
    "valueCode", "valueUri", "valueUrl", "valueCanonical", "valueOid", "valueUuid", "valueId", "valueTime",
];

/// Properties of type instant, which must be whole.
const INSTANTS: &[&str] = &["lastUpdated", "issued", "recorded", "timestamp", "when", "valueInstant"];

/// Elements of XHTML that begin a line.
const BLOCKS: &[&str] =
    &["p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "pre", "blockquote"];

/// The notes. `unread` gets what cannot be read.
pub(super) fn read(source: &str, unread: &mut Vec<String>) -> Result<Vec<Note>> {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let roots = json::parse(source, start).map_err(|byte| Format::Fhir.invalid(format!("byte {byte}"), "not JSON"))?;
    if roots.is_empty() {
        return Err(Format::Fhir.invalid("the file", "no resource"));
    }
    let mut reader = Reader { source, note: Note::default(), attachments: 0 };
    let mut notes = Vec::new();
    for root in &roots {
        if root.member(source, "resourceType").is_none() {
            return Err(Format::Fhir.invalid(format!("byte {}", root.source.start), "no resource: `resourceType` is missing"));
        }
        reader.value("", root, None);
        notes.push(std::mem::take(&mut reader.note));
    }
    if reader.attachments > 0 {
        unread.push(format!("attachments that are not plain text: {}", reader.attachments));
    }
    Ok(notes)
}

struct Reader<'a> {
    source: &'a str,
    note: Note,
    attachments: usize,
}

impl Reader<'_> {
    /// Appends a value, of the property `key` of `parent`.
    fn value(&mut self, key: &str, node: &Node, parent: Option<&Node>) {
        match &node.value {
            Value::Object(members) => {
                self.note.view += "{\n";
                for (i, (member, value)) in members.iter().enumerate() {
                    self.note.view += &format!("\"{}\": ", member.name);
                    self.value(&member.name, value, Some(node));
                    self.note.view += if i + 1 < members.len() { ",\n" } else { "\n" };
                }
                self.note.view.push('}');
            }
            Value::Array(values) => {
                self.note.view.push('[');
                for (i, value) in values.iter().enumerate() {
                    self.value(key, value, parent);
                    self.note.view += if i + 1 < values.len() { ", " } else { "" };
                }
                self.note.view.push(']');
            }
            Value::String => {
                self.note.view.push('"');
                self.string(key, node, parent);
                self.note.view.push('"');
            }
            Value::Other => self.note.view += self.source.get(node.source.clone()).unwrap_or_default(),
        }
    }

    fn string(&mut self, key: &str, node: &Node, parent: Option<&Node>) {
        let inside = node.inside();
        let raw = self.source.get(inside.clone()).unwrap_or_default();
        let text = json::decode(raw).view;
        let sibling = |name: &str| parent.and_then(|parent| parent.member(self.source, name));
        let place = match key {
            "div" if self.narrative(node) => return,
            // `Attachment`, `Binary` or `Signature`. The `data` of `SampledData` is numbers.
            "data" if sibling("contentType").is_some() || !is_sampled(&text) => {
                let kind = sibling("contentType").unwrap_or_default().to_ascii_lowercase();
                let plain = kind.starts_with("text/") && !kind.starts_with("text/rtf") && raw == text;
                if !plain || base64_text(raw).is_none() {
                    self.attachments += 1;
                    self.note.view.push('…');
                    return;
                }
                Some(Place::Base64)
            }
            "valueBase64Binary" => {
                self.attachments += 1;
                self.note.view.push('…');
                return;
            }
            _ if STRUCTURE.contains(&key) => None,
            _ if is_date_key(key) && dates::is_fhir(&text) => Some(Place::FhirDate { instant: INSTANTS.contains(&key) }),
            _ => Some(Place::Json),
        };
        match place {
            Some(place) => self.note.push(0, self.source, inside, place),
            None => self.note.view += &text,
        }
    }

    /// Appends the text nodes of an XHTML narrative, if it is one.
    fn narrative(&mut self, node: &Node) -> bool {
        let inside = node.inside();
        let decoded = json::decode(self.source.get(inside.clone()).unwrap_or_default());
        let Ok(pieces) = xml::pieces(&decoded.view) else { return false };
        for piece in pieces {
            match piece {
                Piece::Text(range) if decoded.view.get(range.clone()).is_some_and(|text| text.trim().is_empty()) => {
                    self.note.view.push(' ')
                }
                Piece::Text(range) => {
                    let raw = decoded.raw(range);
                    self.note.push(0, self.source, inside.start + raw.start..inside.start + raw.end, Place::JsonXml);
                }
                Piece::Data(range) => {
                    let raw = decoded.raw(range);
                    self.note.push(0, self.source, inside.start + raw.start..inside.start + raw.end, Place::Json);
                }
                Piece::Close { name } | Piece::Open { name, .. } if BLOCKS.contains(&name.as_str()) => self.note.view.push('\n'),
                Piece::Close { name } if matches!(name.as_str(), "td" | "th") => self.note.view.push('\t'),
                Piece::Open { .. } | Piece::Close { .. } => {}
            }
        }
        true
    }
}

/// Whether a property holds dates: not one whose string a person may write anything into.
fn is_date_key(key: &str) -> bool {
    !matches!(
        key,
        "value" | "text" | "display" | "title" | "line" | "city" | "district" | "state" | "postalCode" | "country" | "family" | "given"
    ) && !matches!(key, "prefix" | "suffix" | "valueString" | "valueMarkdown" | "description" | "comment" | "name" | "label" | "identifier")
}

/// Numbers and the letters of `SampledData.data`.
fn is_sampled(text: &str) -> bool {
    text.split(' ').all(|item| matches!(item, "E" | "U" | "L") || item.parse::<f64>().is_ok())
}
