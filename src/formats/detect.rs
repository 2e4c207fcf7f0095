//! Which format a file has.

use super::Format;
use crate::error::{Error, Result};

/// What begins with these bytes is none of the text formats.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office file; save it as .docx without a password"),
    (b"%PDF-", "a PDF file, which scrubjay does not read"),
    (b"{\\rtf", "an RTF file, which scrubjay does not read; save it as .docx or .txt"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"PAR1", "a Parquet file, which only the command reads, with --input"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"II*\0", "a picture"),
];

/// The bytes that are looked at.
const SAMPLE: usize = 64 << 10;

pub(super) fn detect(name: &str, bytes: &[u8]) -> Result<Format> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = base.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let text = sampled(sample);
    let named = match extension.as_deref() {
        Some("txt" | "text" | "md" | "markdown") => Some(Format::Text),
        Some("csv") => Some(Format::Csv),
        Some("tsv" | "tab") => Some(Format::Tsv),
        Some("hl7") => Some(Format::Hl7),
        Some("docx" | "docm") => Some(Format::Docx),
        Some("jsonl") => Some(Format::JsonLines),
        Some("json" | "ndjson") => Some(json(&text)?),
        _ => None,
    };
    let signature = SIGNATURES.iter().find(|(bytes, _)| sample.starts_with(bytes)).map(|(_, words)| *words);
    let zipped = signature == Some("a zip archive");
    match (named, signature) {
        (Some(Format::Docx), _) if zipped => Ok(Format::Docx),
        (Some(Format::Docx), words) => Err(Format::Docx.invalid("byte 0", words.unwrap_or("not a Word document"))),
        (None, Some(_)) if zipped && contains(bytes, b"word/document.xml") => Ok(Format::Docx),
        (format, Some(words)) => Err(format.map_or_else(|| unknown(words), |format| format.invalid("byte 0", words))),
        (format, None) if is_binary(sample) => Err(format.map_or_else(|| unknown(BINARY), |format| format.invalid("the file", BINARY))),
        (Some(Format::Hl7), None) if !is_hl7(&text) => Err(Format::Hl7.invalid("byte 0", "no message header (MSH)")),
        (Some(format), None) => Ok(format),
        (None, None) if is_hl7(&text) => Ok(Format::Hl7),
        (None, None) if text.starts_with('{') => Ok(json(&text).unwrap_or(Format::Text)),
        (None, None) => Ok(Format::Text),
    }
}

const BINARY: &str = "a binary file, or UTF-16 without a byte order mark";

fn unknown(words: &str) -> Error {
    Error::FormatInvalid { format: "unknown", at: "byte 0".into(), reason: words.into() }
}

/// The first characters, as far as they can be read, without what may stand before them.
fn sampled(sample: &[u8]) -> String {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = sample.as_chunks::<2>().0.iter().copied().map(unit).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match sample {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(sample).into_owned(),
    };
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{b}')).into()
}

fn is_binary(sample: &[u8]) -> bool {
    !matches!(sample, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) && sample.contains(&0)
}

fn is_hl7(text: &str) -> bool {
    ["MSH", "FHS", "BHS"].iter().any(|name| text.starts_with(name)) && super::hl7::Delimiters::of(text).is_some()
}

/// FHIR by its `resourceType`; otherwise JSON lines, if the first line is an object.
fn json(text: &str) -> Result<Format> {
    if text.starts_with('{') && text.contains("\"resourceType\"") {
        return Ok(Format::Fhir);
    }
    match text.lines().next().map(serde_json::from_str::<serde_json::Map<_, serde_json::Value>>) {
        Some(Ok(_)) => Ok(Format::JsonLines),
        _ => Err(unknown("JSON that is neither FHIR (no resourceType) nor an object a line")),
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
