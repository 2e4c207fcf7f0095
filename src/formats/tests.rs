//! What holds of every format. Persons are invented.

use super::*;
use crate::redact::{Context, Policy, apply};
use crate::rules::Rules;
use crate::text::Span;
use proptest::prelude::*;

const ALL: [Format; 7] = [Format::Text, Format::Csv, Format::Tsv, Format::JsonLines, Format::Hl7, Format::Fhir, Format::Docx];

const HL7: &str = include_str!("../../tests/fixtures/formats/oru.hl7");
const FHIR: &str = include_str!("../../tests/fixtures/formats/patient.json");
const CSV: &str = include_str!("../../tests/fixtures/formats/notes.csv");
const TSV: &str = include_str!("../../tests/fixtures/formats/notes.tsv");
const JSONL: &str = include_str!("../../tests/fixtures/formats/notes.jsonl");
const TEXT: &str = include_str!("../../tests/fixtures/formats/note.txt");

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
fn a_text_keeps_its_line_ends_and_encoding() {
    let options = FormatOptions::default();
    assert_eq!(replaced("\u{feff}# Jane\r\nRoe\rד\n", Format::Text, &options, &[("Jane\r\nRoe", "[P]")]), "\u{feff}# [P]\rד\n");
    let bytes = replace(b"\xfe\xff\0J\0o\0e\0 \0x", Format::Text, &options, &[("Joe", "é")]);
    assert_eq!(bytes, b"\xfe\xff\0\xe9\0 \0x");
    let options = FormatOptions { encoding: Some(TextEncoding::Windows1252), ..options };
    assert_eq!(replace(b"Zo\xeb \x80", Format::Text, &options, &[("Zoë", "[█]")]), b"[?] \x80");
    assert!(error("Roe", Format::Hl7, &options).contains("MSH"));
}

#[test]
fn csv_cells_are_quoted_as_needed() {
    let options = FormatOptions::default();
    let text = "Name,Note\r\nJane Roe,\"Says \"\"hi\"\", calls\r\nJane Roe\"\r\n\"Roe\", plain ,extra Roe\r\n\r\nRoe";
    let view = views(text, Format::Csv, &options);
    assert_eq!(view[0], "Name: Jane Roe\nNote: Says \"hi\", calls\r\nJane Roe");
    assert_eq!(view[1], "Name: Roe\nNote:  plain \nextra Roe");
    let written = replaced(text, Format::Csv, &options, &[("Roe", "\"A\", B")]);
    let expected = "Name,Note\r\n\"Jane \"\"A\"\", B\",\"Says \"\"hi\"\", calls\r\nJane \"\"A\"\", B\"\r\n\"\"\"A\"\", B\", plain ,\"extra \"\"A\"\", B\"\r\n\r\n\"\"\"A\"\", B\"";
    assert_eq!(written, expected);
    // A row that would become empty is still a row.
    assert_eq!(replaced("name\nRoe\n", Format::Csv, &options, &[("Roe", "")]), "name\n\"\"\n");
    assert_eq!(replaced("name\tx\nRoe\t1,5\n", Format::Tsv, &options, &[("Roe", "a\tb")]), "name\tx\n\"a\tb\"\t1,5\n");
    assert_eq!(replaced("name;x\nRoe;1,5\n", Format::Csv, &options, &[("Roe", "a;b")]), "name;x\n\"a;b\";1,5\n");
}

#[test]
fn csv_columns_are_chosen_by_name() {
    let columns =
        |names: &[&str]| FormatOptions { columns: Some(names.iter().map(|name| name.to_string()).collect()), ..Default::default() };
    let text = "id,note,by\n1,Jane Roe here,Roe\n2,,Roe\n3\n";
    assert_eq!(views(text, Format::Csv, &columns(&["note"])), ["Jane Roe here", "", ""]);
    assert_eq!(views(text, Format::Csv, &columns(&["by", "note"]))[0], "note: Jane Roe here\nby: Roe");
    assert_eq!(replaced(text, Format::Csv, &columns(&["note"]), &[("Roe", "X")]), text.replace("Jane Roe", "Jane X"));
    let missing = Container::read(text.as_bytes(), Format::Csv, &columns(&["Note"])).unwrap_err();
    assert_eq!(missing.code(), "OPTION_INVALID");
    // Without a header every row is a note.
    assert_eq!(views("Jane Roe,555-0188\nx,y\n", Format::Csv, &FormatOptions::default()), ["Jane Roe\n555-0188", "x\ny"]);
    assert_eq!(views("Roe,y", Format::Csv, &FormatOptions { header: Some(false), ..Default::default() }), ["Roe\ny"]);
    assert!(views("", Format::Csv, &FormatOptions::default()).is_empty());
}

#[test]
fn broken_rows_are_named() {
    let options = FormatOptions::default();
    assert!(error("a,b\r\nRoe,\"x\r\ny", Format::Csv, &options).starts_with("csv, line 2: a quote"));
    assert!(error("a\n\n\"Roe\"x,y\n", Format::Csv, &options).starts_with("csv, line 3: text after"));
    assert!(error("a\tRoe\n\0", Format::Tsv, &options).contains("byte 6: a NUL"));
}

#[test]
fn json_lines_change_in_one_field() {
    let text = "{\"id\": 1.50e3 , \"text\":\"J\\u0061ne \\\"Roe\\\"\\/\\n\", \"by\":[\"Roe\"]}\r\n\n{\"text\":null}\n{\"text\": \"\"}";
    let options = FormatOptions::default();
    assert_eq!(views(text, Format::JsonLines, &options), ["Jane \"Roe\"/\n", "", ""]);
    assert_eq!(replaced(text, Format::JsonLines, &options, &[("Roe", "a\"\nb")]), text.replacen("Roe", "a\\\"\\nb", 1));
    assert_eq!(replaced(text, Format::JsonLines, &options, &[("Jan", "")]), text.replace("J\\u0061n", ""));
    let every = FormatOptions { text_field: Some("*".into()), ..options };
    assert_eq!(views(text, Format::JsonLines, &every)[0], "\"text\": \"Jane \"Roe\"/\n\"\n\"by\": \"Roe\"\n");
    assert_eq!(replaced(text, Format::JsonLines, &every, &[("Roe", "X")]), text.replace("Roe", "X"));
    let note = FormatOptions { text_field: Some("note".into()), ..Default::default() };
    for (line, options, reason) in [
        ("{\"text\": \"Roe\"", &every, "not JSON"),
        ("[\"Roe\"]", &every, "not one JSON object"),
        ("{} {\"text\": \"Roe\"}", &every, "not one JSON object"),
        ("{\"text\": \"Roe\"}", &note, "\"note\" is missing"),
        ("{\"note\": [\"Roe\"]}", &note, "not a string"),
        ("{\"note\": \"Roe\", \"note\": \"Roe\"}", &note, "twice"),
    ] {
        let error = error(&format!("{{\"note\": \"\"}}\n{line}\n"), Format::JsonLines, options);
        assert!(error.starts_with("jsonl, line 2: ") && error.contains(reason), "{line}: {error}");
    }
}

#[test]
fn hl7_keeps_its_shape() {
    let options = FormatOptions::default();
    let counts = |text: &str| -> Vec<(usize, usize, usize)> {
        let count = |line: &str| (line.matches('|').count(), line.matches('^').count(), line.matches('~').count());
        text.split(['\r', '\n']).map(count).collect()
    };
    let pairs = [
        ("ROE^JANE^Q", "A|B^C"),
        ("19610704", "[DATE]"),
        ("20240301", "2024"),
        ("Roe", "X~Y"),
        ("ORU", "Z"),
        ("77120", "[ID]"),
        ("LN", "!"),
    ];
    for end in ["\r", "\n", "\r\n"] {
        let text = HL7.replace('\n', end);
        let written = replaced(&text, Format::Hl7, &options, &pairs);
        assert_eq!(counts(&text), counts(&written));
        assert!(written.contains("|ORU^R01|") && !written.contains("Roe") && !written.contains("ROE") && !written.contains("77120"));
        assert!(written.contains("|A\\F\\B\\S\\C^^||"), "{written}");
        assert!(written.contains("^LN|"), "{written}");
        // A date and time that is none any more is its year, or nothing.
        assert!(!written.contains("DATE") && written.contains("|2024||ORU^R01"), "{written}");
    }
}

#[test]
fn hl7_delimiters_are_the_messages_own() {
    let options = FormatOptions::default();
    let text = "\u{b}MSH#*:!%#LAB#Roe Clinic#\rPID###7*Roe:8|!F!9\rNTE#1##a!S!b!X4A6F65!c!.br!d !H!Roe!N! e|f\rno segment Roe\u{1c}\r";
    let view = views(text, Format::Hl7, &options).remove(0);
    let expected = "MSH|^~\\&|LAB|Roe Clinic|\nPID|||7^Roe~8¦#9\nNTE|1||a*bJoec d Roe e¦f\nno segment Roe\n";
    assert_eq!(view, expected);
    let written = replaced(text, Format::Hl7, &options, &[("Roe", "#*:!%")]);
    assert_eq!(written, text.replace("Roe", "!F!!S!!R!!E!!T!"));
    let written = replaced(text, Format::Hl7, &options, &[("oec", "x"), ("8¦#", "y")]);
    assert_eq!(written, text.replace("!X4A6F65!c", "x").replace("8|!F!", "y"));
    // Its like in the view stands for what is no delimiter in this message but one in most.
    assert_eq!(
        views("MSH|^~\\&|\rNTE|1||a\\S\\b\\R\\c\\F\\d\\T\\e\\E\\", Format::Hl7, &options)[0].rsplit('|').next(),
        Some("aˆb˜c¦d&e\\")
    );
    assert!(error("FOO|Roe\rMSH|^~\\&|", Format::Hl7, &options).starts_with("hl7, line 1"));
    assert!(error("MSH|^~\\&|\rMSH||~\\&|Roe", Format::Hl7, &options).starts_with("hl7, line 2"));
    let file = "MSH|^~\\&|\rOBX|1|ED|X||^AP^PDF^Base64^Roe||||||F";
    assert!(error(file, Format::Hl7, &options).contains("(OBX of type ED): 1"));
    let container = Container::read(file.as_bytes(), Format::Hl7, &FormatOptions { keep_unread: true, ..options }).unwrap();
    assert_eq!(container.unread().len(), 1);
}

#[test]
fn fhir_stays_json_with_its_structure() {
    let options = FormatOptions::default();
    let view = views(FHIR, Format::Fhir, &options).remove(0);
    assert!(view.contains("\"family\": \"Roe\",\n\"given\": [\"Jane\", \"Zoë\"]"), "{view}");
    assert!(view.contains("\"div\": \"\nJane Roe & mother, seen 2024-03-01\n\""), "{view}");
    let pairs = [
        ("Roe", "<\"R\">"),
        ("Jane", "[P]"),
        ("1961-07-04", "[DATE]"),
        ("2024-03-01", "2024"),
        ("example", "!"),
        ("Patient", "!"),
        ("Seen by", "Met"),
        ("2023-05-06", "[DATE]"),
    ];
    let written = replaced(FHIR, Format::Fhir, &options, &pairs);
    let value: serde_json::Value = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(value["resourceType"], "Patient");
    assert_eq!(value["id"], "example");
    assert_eq!(value["name"][0]["family"], "<\"R\">");
    assert_eq!(value["text"]["div"].as_str().unwrap().lines().count(), 1);
    assert!(value["text"]["div"].as_str().unwrap().contains(">[P] <b>&lt;&quot;R&quot;&gt;</b> &amp; mother, seen 2024<"), "{written}");
    assert!(value.get("birthDate").is_none() && value["_birthDate"].is_object());
    assert_eq!(value["meta"], serde_json::json!({"versionId": "1"}));
    assert!(value["address"][0].get("period").is_none());
    assert_eq!(value["identifier"][0]["system"], "http://hospital.example/mrn");
    assert_eq!(value["photo"][0]["data"], "TWV0IDwiUiI+");
    assert!(!written.contains("Roe") && written.contains("1.50"));
    // What is not touched is as it was, byte for byte.
    assert_eq!(replaced(FHIR, Format::Fhir, &options, &[("Zoë", "Zo")]), FHIR.replace("Zo\\u00eb", "Zo"));
}

#[test]
fn fhir_files_that_are_none_or_hold_files() {
    let options = FormatOptions::default();
    for (text, at) in [
        ("{\"resourceType\": \"Patient\", Roe}", "byte 28"),
        ("[\"Roe\"]", "byte 0"),
        ("", "the file"),
        ("{\"resourceType\":\"A\"}\n{\"a\":\"Roe\"}", "byte 21"),
    ] {
        assert!(error(text, Format::Fhir, &options).starts_with(&format!("fhir, {at}: ")), "{text}");
    }
    let binary = r#"{"resourceType":"Binary","contentType":"application/pdf","data":"JVBERg=="}"#;
    assert!(error(binary, Format::Fhir, &options).contains("not plain text: 1"));
    let keep = FormatOptions { keep_unread: true, ..options.clone() };
    assert_eq!(replaced(binary, Format::Fhir, &keep, &[("data", "x")]), binary);
    let two =
        "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Roe\"}]}\n{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Roe\"}]}\n";
    assert_eq!(views(two, Format::Fhir, &options).len(), 2);
    assert_eq!(replaced(two, Format::Fhir, &options, &[("Roe", "X")]), two.replace("Roe", "X"));
    // A narrative that is no XHTML is text.
    let broken = r#"{"resourceType":"Patient","text":{"div":"<div>Roe<br></div>"}}"#;
    assert_eq!(replaced(broken, Format::Fhir, &options, &[("Roe", "X")]), broken.replace("Roe", "X"));
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
