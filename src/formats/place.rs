//! The places that segments stand in: how each one's text is escaped, and what it may hold.

use super::hl7::Delimiters;
use super::splice::{Cut, Decoded, Splice, cut};
use super::{csv, dates, hl7, json, xml};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Where a segment stands in its file.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// A text without escapes.
    Plain,
    /// A cell, with its quotes if it has some.
    Csv(csv::Cell),
    /// Between the quotes of a JSON string.
    Json,
    /// A FHIR date, date and time, or instant (which must be whole) between the quotes of a JSON string.
    FhirDate { instant: bool },
    /// Between the quotes of a JSON string, UTF-8 text in base64.
    Base64,
    /// An XML text node in a JSON string.
    JsonXml,
    /// A component of an HL7 v2 field.
    Hl7(Delimiters),
    /// A component of HL7 type DT or TS.
    Hl7Time(Delimiters),
    /// An XML text node.
    Xml,
    /// Between the quotes of an XML attribute.
    XmlAttribute,
    /// A part of a URI in an XML attribute.
    Uri,
    /// An XML character data section, inside its brackets.
    XmlData,
    /// A text node of a Word document, and the `>` before it, whose element does not claim white space at its ends.
    TrimmedRun,
}

/// What becomes of a segment.
pub(super) enum Edit {
    /// Changes, in bytes from the segment's start.
    Splice(Vec<Splice>),
    /// The JSON value goes, with its key.
    Remove,
}

impl Place {
    /// What stands in the file, decoded.
    pub(super) fn decode(self, raw: &str) -> Decoded {
        match self {
            Self::Plain | Self::XmlData => Decoded::plain(raw),
            Self::Csv(cell) => cell.decode(raw),
            Self::Json | Self::FhirDate { .. } => json::decode(raw),
            Self::Base64 => {
                let mut decoded = Decoded::default();
                decoded.escape(raw.len(), &base64_text(raw).unwrap_or_default());
                decoded
            }
            Self::JsonXml => {
                let outer = json::decode(raw);
                outer.compose(&xml::decode(&outer.view))
            }
            Self::Hl7(delimiters) | Self::Hl7Time(delimiters) => hl7::decode(raw, delimiters),
            Self::Xml | Self::XmlAttribute | Self::Uri => xml::decode(raw),
            Self::TrimmedRun => {
                let mut decoded = Decoded::default();
                decoded.escape(1, "");
                xml::decode_into(&mut decoded, raw.get(1..).unwrap_or_default());
                decoded
            }
        }
    }

    /// What the cuts, in order and disjoint, make of the segment that stands in the file as `raw`.
    pub(super) fn edit(self, raw: &str, cuts: &[Cut]) -> Edit {
        let decoded = self.decode(raw);
        let whole = |text: String| Edit::Splice(vec![Splice::new(0..raw.len(), text)]);
        let text = || cut(&decoded.view, cuts);
        Edit::Splice(match self {
            Self::Plain => decoded.splices(cuts, str::to_string),
            Self::Csv(cell) => return whole(cell.encode(&text(), raw.starts_with('"'))),
            Self::Json => decoded.splices(cuts, json::encode),
            Self::FhirDate { instant } => return dates::fhir(&text(), cuts, instant).map_or(Edit::Remove, whole),
            Self::Base64 => return whole(STANDARD.encode(text())),
            Self::JsonXml => decoded.splices(cuts, |text| json::encode(&xml::encode(text))),
            Self::Hl7(delimiters) => decoded.splices(cuts, |text| hl7::encode(text, delimiters)),
            Self::Hl7Time(_) => return whole(dates::hl7(&text(), cuts, decoded.view.len())),
            Self::Xml | Self::XmlAttribute => decoded.splices(cuts, xml::encode),
            Self::Uri => decoded.splices(cuts, xml::encode_uri),
            Self::XmlData => return whole(xml::encode_data(&text())),
            Self::TrimmedRun => {
                let mut splices = decoded.splices(cuts, xml::encode);
                // Word would drop white space that a cut has brought to the ends.
                if text().trim() != text() {
                    splices.push(Splice::new(0..0, " xml:space=\"preserve\""));
                }
                splices
            }
        })
    }
}

/// The text of a base64 string, if it is one of UTF-8.
pub(super) fn base64_text(raw: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(raw).ok()?).ok()
}
