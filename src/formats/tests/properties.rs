//! Properties: nothing replaced, nothing changed; what was written reads back; no bytes panic.

use super::super::*;
use super::FIXTURES;
use crate::text::Span;
use proptest::prelude::*;

const ALL: [Format; 7] = [Format::Text, Format::Csv, Format::Tsv, Format::JsonLines, Format::Hl7, Format::Fhir, Format::Docx];

/// Texts with what the formats escape.
fn text() -> impl Strategy<Value = String> {
    "[a-c\"',;\t\r\n\\\\|^~&<>#é\u{301}😀שב0-9 ]{0,12}"
}

/// A replacement for every second piece of a view cut at some boundaries.
fn some(note: &Note, cuts: &[usize], text: &str) -> Vec<Replacement> {
    let mut at: Vec<usize> = cuts.iter().map(|cut| cut % (note.view.len() + 1)).filter(|&at| note.view.is_char_boundary(at)).collect();
    at.sort_unstable();
    at.dedup();
    at.as_chunks::<2>().0.iter().map(|&[start, end]| Replacement { span: Span::new(start, end), text: text.into() }).collect()
}

/// What a note reads as once its replacements are made, segment by segment.
fn expected(note: &Note, replaced: &[Replacement]) -> Vec<String> {
    let mut texts: Vec<Option<&str>> = replaced.iter().map(|replacement| Some(replacement.text.as_str())).collect();
    let one = |segment: &Segment| {
        let (mut out, mut at) = (String::new(), segment.span.start);
        for (replacement, text) in replaced.iter().zip(&mut texts) {
            if replacement.span.slice(&note.view) != Some(&replacement.text) && replacement.span.overlaps(segment.span) {
                out += &note.view[at..replacement.span.start.max(at)];
                out += text.take().unwrap_or("");
                at = replacement.span.end.min(segment.span.end);
            }
        }
        out + &note.view[at..segment.span.end]
    };
    note.segments.iter().map(one).collect()
}

fn segments(container: &Container) -> Vec<Vec<String>> {
    let texts = |note: &Note| note.segments.iter().map(|segment| note.view[segment.span.range()].to_string()).collect();
    container.notes().iter().map(texts).collect()
}

proptest! {
    #[test]
    fn rows_are_those_of_the_csv_crate(rows in proptest::collection::vec(proptest::collection::vec(text(), 1..4), 1..5), raw in text(), tab: bool) {
        let format = if tab { Format::Tsv } else { Format::Csv };
        let delimiter = if tab { b'\t' } else { b',' };
        let options = FormatOptions { header: Some(false), ..Default::default() };
        let mut writer = ::csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let written = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        for text in [written, raw] {
            // The crate does not guess the delimiter.
            prop_assume!(tab || !text.contains(';'));
            if let Ok(container) = Container::read(text.as_bytes(), format, &options) {
                let mut reader = ::csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
                let known: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
                prop_assert_eq!(segments(&container), known);
            }
        }
    }

    #[test]
    fn csv_reads_back_what_was_written(rows in proptest::collection::vec(proptest::collection::vec(text(), 1..4), 1..5), cuts in proptest::collection::vec(0..60usize, 0..9), new in text()) {
        let options = FormatOptions { header: Some(false), ..Default::default() };
        let mut writer = ::csv::WriterBuilder::new().flexible(true).delimiter(b'\t').from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        check(&bytes, Format::Tsv, &options, &cuts, &new)?;
    }

    #[test]
    fn json_reads_back_what_was_written(texts in proptest::collection::vec(text(), 1..4), cuts in proptest::collection::vec(0..60usize, 0..9), new in text()) {
        let lines: String = texts.iter().map(|text| serde_json::json!({"a": 1, "text": text, "b": [text, {"text": text}]}).to_string() + "\r\n").collect();
        let every = FormatOptions { text_field: Some("*".into()), ..Default::default() };
        check(lines.as_bytes(), Format::JsonLines, &FormatOptions::default(), &cuts, &new)?;
        check(lines.as_bytes(), Format::JsonLines, &every, &cuts, &new)?;
    }

    #[test]
    fn fhir_reads_back_what_was_written(text in text(), cuts in proptest::collection::vec(0..200usize, 0..9), new in "[a-c\"<>&é😀\\\\]{1,9}") {
        let div = format!("<div>a<p>{}</p>x&#65;&lt;</div>", xml::encode(&text));
        let json = serde_json::json!({"resourceType": "Patient", "text": {"div": div}, "name": [{"text": text, "given": [text, "b"]}]}).to_string();
        check(json.as_bytes(), Format::Fhir, &FormatOptions::default(), &cuts, &new)?;
        // Escapes of both layers.
        let json = json.replace('<', "\\u003c").replace('x', "\\u0078").replace('&', "\\u0026");
        check(json.as_bytes(), Format::Fhir, &FormatOptions::default(), &cuts, &new)?;
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{}\":,\\\\u0-9dMSH|^~\r\n<>/&;a-]{0,40}", start in 0..6usize, name in "[a-z]{0,3}\\.(txt|csv|hl7|json|docx)?") {
        let start = ["", "MSH|^~\\&|", "{\"resourceType\":\"A\",", "{\"text\":\"", "PK\x03\x04", "\u{feff}"][start];
        for tail in [bytes.as_slice(), text.as_bytes()] {
            let bytes = [start.as_bytes(), tail].concat();
            let _ = Format::detect(&name, &bytes);
            for format in ALL {
                for encoding in [None, Some(TextEncoding::Windows1252)] {
                    let options = FormatOptions { encoding, keep_unread: true, ..Default::default() };
                    if let Ok(container) = Container::read(&bytes, format, &options) {
                        prop_assert_eq!(container.write(&vec![Vec::new(); container.notes().len()]).unwrap(), bytes.as_slice());
                        let whole = |note: &Note| Vec::from_iter((!note.view.is_empty()).then(|| Replacement { span: Span::new(0, note.view.len()), text: "x".into() }));
                        let written = container.write(&container.notes().iter().map(whole).collect::<Vec<_>>()).unwrap();
                        prop_assert!(Container::read(&written, format, &options).is_ok());
                    }
                }
            }
        }
    }

    #[test]
    fn damaged_files_do_not_panic(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<proptest::sample::Index>()) {
        for (_, format, text) in FIXTURES {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
                if let Ok(container) = Container::read(bytes, format, &FormatOptions::default()) {
                    prop_assert_eq!(container.write(&vec![Vec::new(); container.notes().len()]).unwrap(), bytes);
                }
            }
        }
    }
}

/// Replaces some spans and reads the file again: segments read as they should, and there are as many.
fn check(bytes: &[u8], format: Format, options: &FormatOptions, cuts: &[usize], new: &str) -> std::result::Result<(), TestCaseError> {
    let container = Container::read(bytes, format, options).unwrap();
    let unchanged = container.write(&vec![Vec::new(); container.notes().len()]).unwrap();
    prop_assert_eq!(unchanged, bytes);
    let replaced: Vec<_> = container.notes().iter().map(|note| some(note, cuts, new)).collect();
    let written = container.write(&replaced).unwrap();
    let known: Vec<Vec<String>> = container.notes().iter().zip(&replaced).map(|(note, replaced)| expected(note, replaced)).collect();
    let again = Container::read(&written, format, options).unwrap();
    // An XHTML text node that became empty is none.
    let full = |texts: Vec<Vec<String>>| -> Vec<String> { texts.concat().into_iter().filter(|text| !text.trim().is_empty()).collect() };
    prop_assert_eq!(full(segments(&again)), full(known));
    Ok(())
}
