//! The XML of the i2b2/UTHealth 2014 shared task: `<deIdi2b2><TEXT><![CDATA[…]]></TEXT><TAGS><NAME id="P0" start="16" end="28"
//! text="…" TYPE="PATIENT" comment=""/>…</TAGS></deIdi2b2>`, offsets in characters.
//!
//! The root element may have any name, as in corpora that borrowed the format (MEDDOCAN). A tag without `TYPE` takes its element's
//! name for the type. A `text` attribute is compared with the slice, each run of line ends and tabs counting as spaces, because XML
//! parsers turn them into spaces in attributes. Line ends of the note are kept as they stand in the file, CRLF included; offsets that
//! were counted after a parser had turned CRLF into LF do not fit them, and their `text` gives them away.
//!
//! Written files hold `]]>` split over two CDATA sections and carriage returns as `&#13;`, so that every XML parser reads back the
//! same characters and the offsets hold.

use super::build::{Builder, invalid};
use super::{Corpus, Document, ReadOptions};
use crate::error::{Error, Result};
use crate::text::{OffsetMap, OffsetUnit};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::fmt::Write;

/// Reads one file. `id` becomes the note's id.
///
/// # Errors
/// [`Error::CorpusInvalid`] names the byte of the file.
pub fn parse(file: &str, id: &str, source: &str, options: &ReadOptions) -> Result<Corpus> {
    let (text, tags) = events(file, source)?;
    let mut builder = Builder::new(file, id.into(), text, OffsetUnit::Char, options);
    for tag in tags {
        let span = builder.span(&tag.at, tag.start, tag.end)?;
        let standing = spaced(builder.slice(span));
        let found = tag.text.as_deref().map(spaced);
        builder.push(&tag.at, &[span], &tag.type_name, found.as_deref().map(|found| (found, standing.as_str())))?;
    }
    let (document, warnings) = builder.finish()?;
    Ok(Corpus { documents: vec![document], warnings })
}

struct RawTag {
    at: String,
    start: usize,
    end: usize,
    type_name: String,
    text: Option<String>,
}

/// Where the reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Root,
    Text,
    Tags,
}

/// The note and the tags as they stand in the file.
fn events(file: &str, source: &str) -> Result<(String, Vec<RawTag>)> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = Reader::from_str(source);
    let (mut section, mut depth, mut text, mut tags) = (Section::Root, 0usize, None::<String>, Vec::new());
    loop {
        let start = reader.buffer_position();
        let fail = |reason: &str| invalid(file, format!("byte {start}"), reason);
        let event = reader.read_event().map_err(|error| match error {
            // Fixed words. The other kinds quote names, and what looks like a name may be the note's text.
            quick_xml::Error::Syntax(error) => fail(&format!("not XML: {error}")),
            quick_xml::Error::IllFormed(_) => fail("not XML: start and end of an element do not match"),
            _ => fail("not XML"),
        })?;
        match event {
            Event::Start(element) => {
                depth += 1;
                match (section, depth, element.name().as_ref()) {
                    (_, 1, _) => {}
                    (Section::Root, 2, "TEXT") if text.is_some() => return Err(fail("a second TEXT element")),
                    (Section::Root, 2, "TEXT") => (section, text) = (Section::Text, Some(String::new())),
                    (Section::Root, 2, "TAGS") => section = Section::Tags,
                    (Section::Tags, 3, _) => tags.push(tag(file, start, &element)?),
                    (Section::Text, ..) => return Err(fail("an element inside TEXT")),
                    _ => return Err(fail("an element that is neither TEXT nor TAGS")),
                }
            }
            Event::Empty(element) => match (section, depth, element.name().as_ref()) {
                (Section::Root, 1, "TEXT") if text.is_none() => text = Some(String::new()),
                (Section::Root, 1, "TAGS") => {}
                (Section::Tags, 2, _) => tags.push(tag(file, start, &element)?),
                _ => return Err(fail("an empty element out of place")),
            },
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    section = Section::Root;
                }
            }
            Event::CData(data) => match (&mut text, section) {
                (Some(text), Section::Text) => *text += &data.into_inner(),
                _ => return Err(fail("text outside TEXT")),
            },
            Event::Text(data) => match (&mut text, section) {
                (Some(text), Section::Text) => *text += &data.into_inner(),
                _ if data.trim().is_empty() => {}
                _ => return Err(fail("text outside TEXT")),
            },
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => resolve_predefined_entity(&reference).map(str::to_string),
                };
                match (&mut text, section, resolved) {
                    (Some(text), Section::Text, Some(resolved)) => *text += &resolved,
                    _ => return Err(fail("an entity reference that is unknown or out of place")),
                }
            }
            Event::Eof if depth > 0 => return Err(fail("the file ends inside an element")),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    let text = text.ok_or_else(|| invalid(file, "end of file", "no TEXT element"))?;
    Ok((text, tags))
}

fn tag(file: &str, position: u64, element: &BytesStart<'_>) -> Result<RawTag> {
    let at = format!("byte {position}");
    let fail = |reason: String| invalid(file, &*at, reason);
    let (mut start, mut end, mut text, mut type_name) = (None, None, None, element.name().as_ref().to_string());
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| fail("attributes are not well-formed".into()))?;
        let key = attribute.key.as_ref();
        if !matches!(key, "start" | "end" | "text" | "TYPE") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| fail(format!("attribute {key} holds an unknown entity reference")))?.into_owned();
        let offset = || value.parse().map_err(|_| fail(format!("attribute {key} is not an offset")));
        match key {
            "start" => start = Some(offset()?),
            "end" => end = Some(offset()?),
            "text" => text = Some(value),
            _ => type_name = value,
        }
    }
    let start = start.ok_or_else(|| fail("attribute start is missing".into()))?;
    let end = end.ok_or_else(|| fail("attribute end is missing".into()))?;
    Ok(RawTag { at, start, end, type_name, text })
}

/// The text as it comes out of an attribute that was not escaped with care.
fn spaced(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ")
}

/// The file of one note.
///
/// # Errors
/// [`Error::CorpusInvalid`] when the note holds a character that XML cannot, such as U+0000 or U+000B.
pub fn write(document: &Document) -> Result<String> {
    if let Some((byte, _)) = document.text.char_indices().find(|&(_, c)| !is_xml_char(c)) {
        return Err(invalid(&document.id, format!("byte {byte}"), "a character that XML cannot hold"));
    }
    let text = document.text.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#13;<![CDATA[");
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<deIdi2b2>\n<TEXT><![CDATA[{text}]]></TEXT>\n<TAGS>\n")
        .replace("<![CDATA[]]>", "");
    let map = OffsetMap::new(&document.text, OffsetUnit::Char);
    for (i, annotation) in document.annotations.iter().enumerate() {
        let outside = || -> Error { invalid(&document.id, format!("annotation {i}"), "does not fit the text") };
        let covered = annotation.span.slice(&document.text).ok_or_else(outside)?;
        let (start, end) = map.from_span(annotation.span);
        let (element, name) = (annotation.entity_type.category().name(), annotation.entity_type.name());
        // Writing to a string cannot fail.
        let _ =
            writeln!(out, r#"<{element} id="P{i}" start="{start}" end="{end}" text="{}" TYPE="{name}" comment="" />"#, escaped(covered));
    }
    out += "</TAGS>\n</deIdi2b2>\n";
    Ok(out)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' => out += "&#9;",
            '\n' => out += "&#10;",
            '\r' => out += "&#13;",
            c => out.push(c),
        }
    }
    out
}

/// `Char` of XML 1.0.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Annotation, OnUnknownType, WarningKind};
    use crate::labels::EntityType;
    use crate::text::Span;
    use proptest::prelude::*;

    fn read(source: &str) -> Result<Document> {
        Ok(parse("f.xml", "f", source, &ReadOptions::default())?.documents.remove(0))
    }

    fn slices(document: &Document) -> Vec<(&str, &str)> {
        document.annotations.iter().map(|a| (a.span.slice(&document.text).unwrap(), a.entity_type.name())).collect()
    }

    #[test]
    fn the_shared_task_s_layout() {
        let document = read(include_str!("../../tests/fixtures/corpus/i2b2.xml")).unwrap();
        assert_eq!(
            slices(&document),
            [
                ("2067-05-03", "DATE"),
                ("Zoe\u{301} O'Hara & Söhne", "PATIENT"),
                ("😀 Ward\n  7", "HOSPITAL"),
                ("61", "AGE"),
                ("]]>", "IDNUM")
            ]
        );
        assert!(document.text.starts_with("\n\n\nRecord date: "));
    }

    #[test]
    fn a_borrowed_layout_with_foreign_types() {
        let source = include_str!("../../tests/fixtures/corpus/spanish.xml");
        assert!(read(source).unwrap_err().to_string().contains("\"TERRITORIO\""));
        let aliases = [("NOMBRE_SUJETO_ASISTENCIA", EntityType::Patient), ("TERRITORIO", EntityType::City)];
        let options = ReadOptions {
            unknown_types: OnUnknownType::Skip,
            type_aliases: aliases.map(|(name, t)| (name.to_string(), t)).into(),
            ..Default::default()
        };
        let corpus = parse("f.xml", "f", source, &options).unwrap();
        assert_eq!(slices(&corpus.documents[0]), [("Íñigo Peña", "PATIENT"), ("Cádiz", "CITY")]);
        assert_eq!((corpus.warnings[0].kind, corpus.warnings[0].count), (WarningKind::UnknownTypes, 1));
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let tag = r#"<NAME id="P0" start="3" end="12" text="Jane Roe" TYPE="PATIENT" comment=""/>"#;
        let source = format!("<x>\r\n<TEXT><![CDATA[a\r\nJane\r\nRoe]]></TEXT>\r\n<TAGS>{}</TAGS></x>", tag);
        let document = read(&source).unwrap();
        assert_eq!(slices(&document), [("Jane\r\nRoe", "PATIENT")]);
    }

    #[test]
    fn bad_files_are_named_and_not_quoted() {
        let with = |tag: &str| format!("<x><TEXT><![CDATA[Jane Roe <b>]]></TEXT><TAGS>{tag}</TAGS></x>");
        for (source, reason) in [
            (
                with(r#"<NAME start="0" end="8" text="John Roe" TYPE="PATIENT"/>"#),
                "8 characters in the note, 8 in the annotation, the first 1",
            ),
            (with(r#"<NAME start="0" end="80" TYPE="PATIENT"/>"#), "beyond"),
            (with(r#"<NAME start="Jane" end="8" TYPE="PATIENT"/>"#), "start is not an offset"),
            (with(r#"<NAME end="8" TYPE="PATIENT"/>"#), "start is missing"),
            (with(r#"<NAME start="0" start="0" end="8" TYPE="PATIENT"/>"#), "well-formed"),
            (with(r#"<NAME start="0" end="8" text="&Jane;" TYPE="PATIENT"/>"#), "entity reference"),
            (with(r#"<NAME start="0" end="8" TYPE="NAME"/>"#), "unknown type"),
            (with(r#"<NAME start="0" end="8""#), "not well-formed"),
            ("<x><TEXT>Jane Roe".into(), "ends inside"),
            ("<x><TEXT><![CDATA[Jane Roe".into(), "not XML"),
            ("<x><TEXT>Jane <Roe></TEXT></x>".into(), "inside TEXT"),
            ("<x><TEXT>Jane</Roe></TEXT></x>".into(), "do not match"),
            ("<x><TEXT>a</TEXT><TEXT>Jane</TEXT></x>".into(), "second TEXT"),
            ("<x><TAGS></TAGS></x>".into(), "no TEXT"),
            ("<x>Jane</x>".into(), "outside TEXT"),
            ("<x><TEXT>&jane;</TEXT></x>".into(), "entity reference"),
            ("".into(), "no TEXT"),
            ("Jane".into(), "outside TEXT"),
        ] {
            let error = read(&source).unwrap_err();
            assert_eq!(error.code(), "CORPUS_INVALID", "{source}");
            let error = error.to_string();
            assert!(error.contains(reason), "{source}: {error}");
            assert!(!error.to_lowercase().contains("jane") && !error.contains("Roe"), "{error}");
        }
    }

    #[test]
    fn characters_beyond_xml_are_refused() {
        let document = Document { id: "d".into(), text: "a\u{b}".into(), annotations: Vec::new() };
        assert_eq!(write(&document).unwrap_err().code(), "CORPUS_INVALID");
    }

    proptest! {
        #[test]
        fn any_note_round_trips(parts in proptest::collection::vec("[a-z\r\n\t \\]>&<\"'é\u{301}😀\u{200d}ש]{1,8}|\\]\\]>", 1..8)) {
            let mut document = Document { id: "f".into(), text: String::new(), annotations: Vec::new() };
            for (i, part) in parts.iter().enumerate() {
                let start = document.text.len();
                document.text += part;
                if i % 2 == 1 {
                    let span = Span::new(start, document.text.len());
                    document.annotations.push(Annotation { span, entity_type: EntityType::ALL[i % EntityType::ALL.len()] });
                }
            }
            prop_assert_eq!(read(&write(&document).unwrap()).unwrap(), document);
        }

        #[test]
        fn no_input_panics(source in "(<|>|/|TEXT|TAGS|x|=|\"|&|;|#|!\\[CDATA\\[|\\]\\]|é|start| |0){0,40}") {
            let _ = read(&source);
        }
    }
}
