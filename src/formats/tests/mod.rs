//! What holds of every format. Persons are invented.

mod by_format;
mod properties;

use super::*;
use crate::redact::{Context, Policy, apply};
use crate::rules::Rules;
use crate::text::Span;

const HL7: &str = include_str!("../../../tests/fixtures/formats/oru.hl7");
const FHIR: &str = include_str!("../../../tests/fixtures/formats/patient.json");
const CSV: &str = include_str!("../../../tests/fixtures/formats/notes.csv");
const TSV: &str = include_str!("../../../tests/fixtures/formats/notes.tsv");
const JSONL: &str = include_str!("../../../tests/fixtures/formats/notes.jsonl");
const TEXT: &str = include_str!("../../../tests/fixtures/formats/note.txt");

const FIXTURES: [(&str, Format, &str); 6] = [
    ("note.txt", Format::Text, TEXT),
    ("notes.csv", Format::Csv, CSV),
    ("notes.tsv", Format::Tsv, TSV),
    ("notes.jsonl", Format::JsonLines, JSONL),
    ("oru.hl7", Format::Hl7, HL7),
    ("patient.json", Format::Fhir, FHIR),
];

/// Reads, replaces every occurrence of each first text by its second, writes.
pub(super) fn replace(bytes: &[u8], format: Format, options: &FormatOptions, pairs: &[(&str, &str)]) -> Vec<u8> {
    let container = Container::read(bytes, format, options).unwrap();
    container.write(&replacements(&container, pairs)).unwrap()
}

pub(super) fn replacements(container: &Container, pairs: &[(&str, &str)]) -> Vec<Vec<Replacement>> {
    let found = |note: &Note| {
        let one = |&(from, to): &(&str, &str)| {
            let found = note.view.match_indices(from).map(move |(at, _)| (at, from.len(), to.to_string()));
            found.map(|(at, len, text)| Replacement { span: Span::new(at, at + len), text }).collect::<Vec<_>>()
        };
        let mut found: Vec<_> = pairs.iter().flat_map(one).collect();
        found.sort_by_key(|replacement| replacement.span.start);
        found
    };
    container.notes().iter().map(found).collect()
}

fn replaced(text: &str, format: Format, options: &FormatOptions, pairs: &[(&str, &str)]) -> String {
    String::from_utf8(replace(text.as_bytes(), format, options, pairs)).unwrap()
}

fn error(text: &str, format: Format, options: &FormatOptions) -> String {
    let error = Container::read(text.as_bytes(), format, options).unwrap_err();
    assert_eq!(error.code(), "FORMAT_INVALID");
    assert!(!error.to_string().contains("Roe"), "{error}");
    error.to_string()
}

fn views(text: &str, format: Format, options: &FormatOptions) -> Vec<String> {
    Container::read(text.as_bytes(), format, options).unwrap().notes().iter().map(|note| note.view.clone()).collect()
}

#[test]
fn fixtures_are_known_and_come_back() {
    for (name, format, text) in FIXTURES {
        assert_eq!(Format::detect(name, text.as_bytes()).unwrap(), format, "{name}");
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{text}");
            let wide: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.trim_start_matches('\u{feff}').encode_utf16()).flat_map(u16::to_le_bytes).collect();
            for bytes in [text.as_bytes(), &wide] {
                let container = Container::read(bytes, format, &FormatOptions::default()).unwrap();
                assert_eq!(container.write(&vec![Vec::new(); container.notes().len()]).unwrap(), bytes, "{name}");
                // A policy that keeps everything changes nothing.
                let keep = |note: &Note| {
                    let span = Span::new(0, note.view.len());
                    Vec::from_iter((!span.is_empty()).then(|| Replacement { span, text: note.view.clone() }))
                };
                let kept: Vec<_> = container.notes().iter().map(keep).collect();
                assert_eq!(container.write(&kept).unwrap(), bytes, "{name}");
            }
        }
    }
}

#[test]
fn segments_are_in_order_and_read_as_the_view_does() {
    for (name, format, text) in FIXTURES {
        let container = Container::read(text.as_bytes(), format, &FormatOptions::default()).unwrap();
        for note in container.notes() {
            let mut end = 0;
            for segment in &note.segments {
                assert!(segment.span.start >= end && segment.span.slice(&note.view).is_some(), "{name}");
                end = segment.span.end;
            }
        }
        assert!(!format!("{container:?}{:?}", container.notes()).contains("Roe"));
    }
}

#[test]
fn names_and_contents_are_detected() {
    for (name, bytes, format) in [
        ("A/NOTE.TXT", b"a".as_slice(), Format::Text),
        ("note.md", b"", Format::Text),
        ("note", b"caf\xe9", Format::Text),
        ("export", b"\x0bMSH|^~\\&|", Format::Hl7),
        ("a.b.tsv", b"a\tb", Format::Tsv),
        ("bulk.ndjson", b"{\"resourceType\": \"Patient\"}\n", Format::Fhir),
        ("a.ndjson", b"{\"text\": \"\"}\n{}", Format::JsonLines),
        ("x", b"PK\x03\x04....word/document.xml", Format::Docx),
        ("x.txt", b"\xff\xfea\0", Format::Text),
        ("x.hl7", b"\xff\xfeM\0S\0H\0|\0^\0~\0\\\0&\0", Format::Hl7),
    ] {
        assert_eq!(Format::detect(name, bytes).unwrap(), format, "{name}");
    }
    for (name, bytes, reason) in [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), "encrypted"),
        ("a.docx", b"Roe", "not a Word document"),
        ("a.csv", b"PK\x03\x04", "zip"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.txt", b"{\\rtf1 Roe}", "RTF"),
        ("a", b"R\0o\0e\0", "binary"),
        ("a.hl7", b"Roe", "MSH"),
        ("a.json", b"[{\"note\": \"Roe\"}]", "neither"),
        ("a.json", b"{\n\"note\": \"Roe\"}", "neither"),
        ("a", b"PK\x03\x04", "zip"),
    ] {
        let error = Format::detect(name, bytes).unwrap_err();
        assert_eq!(error.code(), "FORMAT_INVALID", "{name}");
        assert!(error.to_string().contains(reason) && !error.to_string().contains("Roe"), "{name}: {error}");
    }
}

#[test]
fn replacements_must_fit() {
    let container = Container::read("Zoë Roe".as_bytes(), Format::Text, &FormatOptions::default()).unwrap();
    let at = |start, end| Replacement { span: Span { start, end }, text: String::new() };
    for replaced in [
        vec![],
        vec![vec![], vec![]],
        vec![vec![at(1, 3)]],
        vec![vec![at(0, 9)]],
        vec![vec![at(2, 2)]],
        vec![vec![at(5, 4)]],
        vec![vec![at(5, 7), at(0, 2)]],
        vec![vec![at(0, 4), at(2, 6)]],
        vec![vec![at(usize::MAX - 1, usize::MAX)]],
    ] {
        assert_eq!(container.write(&replaced).unwrap_err().code(), "OPTION_INVALID");
    }
    let large = vec![b'a'; MAX_BYTES + 1];
    assert_eq!(Container::read(&large, Format::Text, &FormatOptions::default()).unwrap_err().code(), "TOO_LARGE");
}

#[test]
fn the_rules_know_what_the_views_show() {
    let gone_hl7 = ["ROE", "JANE", "77120", "219-09-9999", "19610704", "12 ELM", "SALEM", "97301", "555-0188", "jd@x", "20240301"];
    let gone_fhir = ["\"Roe\"", "\"Jane\"", "1961", "12 Elm", "Salem", "555-0188"];
    for (format, text, gone) in [(Format::Hl7, HL7, &gone_hl7[..]), (Format::Fhir, FHIR, &gone_fhir[..])] {
        let container = Container::read(text.as_bytes(), format, &FormatOptions::default()).unwrap();
        let view = &container.notes()[0].view;
        let redaction = apply(view, &Rules::default().find(view), &Policy::i2b2(), &Context::default()).unwrap();
        let written = container.write(&[redaction.entities.iter().map(Replacement::from).collect()]).unwrap();
        let written = String::from_utf8(written).unwrap();
        let left: Vec<_> = gone.iter().filter(|phi| written.contains(**phi)).collect();
        assert!(left.is_empty(), "{left:?} in {written}");
        assert!(Container::read(written.as_bytes(), format, &FormatOptions::default()).is_ok());
    }
}
