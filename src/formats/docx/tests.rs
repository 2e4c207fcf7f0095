use super::super::tests::{replace, replacements};
use super::super::{Container, Format, FormatOptions};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const LETTER: &[u8] = include_bytes!("../../../tests/fixtures/formats/letter.docx");

fn read(bytes: &[u8]) -> Container {
    Container::read(bytes, Format::Docx, &FormatOptions::default()).unwrap()
}

fn error(bytes: &[u8]) -> String {
    let error = Container::read(bytes, Format::Docx, &FormatOptions::default()).unwrap_err();
    assert!(!error.to_string().contains("Roe"), "{error}");
    format!("{} {error}", error.code())
}

/// The entries with their texts.
fn entries(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entry = |i| {
        let mut entry = archive.by_index(i).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        (entry.name().unwrap().into_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(&mut entry).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    entries(bytes).into_iter().find(|(known, _)| known == name).unwrap().1
}

fn document(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn paragraph(inner: &str) -> Vec<u8> {
    document(&[("word/document.xml", &format!("<w:document><w:p>{inner}</w:p></w:document>"))])
}

#[test]
fn the_view_is_the_text_as_it_reads() {
    assert_eq!(Format::detect("letter.docx", LETTER).unwrap(), Format::Docx);
    let expected = "Re: Jane\tRoe & son\nJane seen\nagain.\nSeen by Poe Moe\nMRN\t77120\nPhone\t555-0188\nWrite\n HYPERLINK \"mailto:jane@x.example\" \
                    \n\nNorthside Clinic\n\nCall Jane\njane@x.example";
    assert_eq!(read(LETTER).notes()[0].view, expected);
}

#[test]
fn replacements_go_into_runs_and_the_rest_stays() {
    let container = read(LETTER);
    let pairs = [
        ("Jane\tRoe", "[P<1>]"),
        ("Jane", ""),
        ("Poe", "[D]"),
        ("Moe", "[D]"),
        ("77120", "[ID]"),
        ("jane@x.example", "[E]"),
        ("Northside Clinic", "[H]"),
    ];
    let mut replaced = replacements(&container, &pairs);
    replaced[0].dedup_by(|b, a| a.span.overlaps(b.span));
    let written = container.write(&replaced).unwrap();
    let all: String = entries(&written).into_iter().map(|(_, text)| text).collect();
    for gone in ["Jane", "Roe", "Poe", "Moe", "77120", "jane", "Northside", "2024-03"] {
        assert!(!all.contains(gone), "{gone}: {all}");
    }
    let body = part(&written, "word/document.xml");
    for there in [
        ">Re: [P&lt;1&gt;]</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r><w:r><w:tab/><w:t xml:space=\"preserve\"> &amp; son</w:t>",
        "<w:t xml:space=\"preserve\"> seen</w:t><w:br/><w:t>again.</w:t>",
        "<w:del w:id=\"1\" w:author=\"Author\"><w:r><w:delText>[D]</w:delText>",
        "HYPERLINK \"mailto:[E]\" ",
    ] {
        assert!(body.contains(there), "{there}: {body}");
    }
    assert!(part(&written, "word/_rels/document.xml.rels").contains("Target=\"mailto:%5BE%5D\" TargetMode"));
    assert!(part(&written, "word/comments.xml").contains("w:author=\"Author\" w:initials=\"A\""));
    assert!(part(&written, "docProps/core.xml").contains("<dc:title></dc:title><dc:creator></dc:creator>"));
    assert!(!all.contains("thumbnail"));
    // It reads again, and then nothing is left to take out.
    let again = read(&written);
    assert_eq!(again.write(&[Vec::new()]).unwrap(), written);
}

#[test]
fn parts_without_changes_are_copied() {
    let written = read(LETTER).write(&[Vec::new()]).unwrap();
    let (before, after) = (entries(LETTER), entries(&written));
    assert_eq!(before.len(), after.len() + 1);
    for name in ["[Content_Types].xml", "word/header1.xml", "word/_rels/document.xml.rels"] {
        assert_eq!(part(LETTER, name), part(&written, name));
    }
    let plain = paragraph("<w:r><w:t>Roe</w:t></w:r>");
    assert_eq!(read(&plain).write(&[Vec::new()]).unwrap(), plain);
}

#[test]
fn text_in_every_corner_is_read() {
    let bytes = document(&[
        ("word/settings.xml", "<w:settings><w:docVars><w:docVar w:name=\"n\" w:val=\"Roe\"/></w:docVars></w:settings>"),
        (
            "word/document2.xml",
            "<w:document><w:p><w:r><w:t><![CDATA[Roe & <b>]]></w:t></w:r><w:r><wp:docPr id=\"1\" descr='Roe&#39;s arm'/></w:r>\
             <w:sdtPr><w:date w:fullDate=\"1961-07-04T00:00:00Z\"/></w:sdtPr><wp:align>left</wp:align><a:t>Roe</a:t></w:p></w:document>",
        ),
        ("word/charts/chart1.xml", "<c:chart><c:pt idx=\"0\"><c:v>Roe</c:v></c:pt></c:chart>"),
        ("customXml/item1.xml", "<root>\n<name>Roe</name></root>"),
        ("customXml/itemProps1.xml", "<ds:datastoreItem ds:itemID=\"Roe\"/>"),
        ("docProps/custom.xml", "<p><vt:lpwstr>Jane</vt:lpwstr><vt:i4>7</vt:i4></p>"),
    ]);
    let container = read(&bytes);
    let view = &container.notes()[0].view;
    assert!(view.starts_with("Roe & <b>Roe\nRoe's arm\n"), "{view}");
    let written = replace(&bytes, Format::Docx, &FormatOptions::default(), &[("Roe", "]]>")]);
    for (name, text) in entries(&written) {
        assert!(name.contains("itemProps") || !(text.contains("Roe") || text.contains("Jane") || text.contains("1961")), "{name}: {text}");
    }
    assert_eq!(part(&written, "docProps/custom.xml"), "<p><vt:lpwstr></vt:lpwstr><vt:i4>7</vt:i4></p>");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let main = ("word/document.xml", "<w:document/>");
    let text = paragraph("<w:r><w:t>Roe</w:t></w:r>");
    assert!(error(&document(&[("Roe.xml", "<a/>")])).contains("no word/document.xml"));
    assert!(error(b"Roe").contains("not a zip archive"));
    assert!(error(&text[..text.len() / 2]).contains("not a zip archive"));
    assert!(error(&document(&[("word/document.xml", "<w:t>Roe")])).contains("FORMAT_INVALID docx, word/document, byte"));
    assert!(error(&document(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"Roe\">]><a>&b;</a>")])).contains("not XML"));
    let pictures = document(&[
        main,
        ("word/media/Roe.png", "x"),
        ("word/embeddings/Roe.xlsx", "x"),
        ("Word/Header1.XML", "Roe"),
        ("_xmlsignatures/sig1.xml", "<a/>"),
    ]);
    assert!(error(&pictures).contains("(pictures: 1, parts of a digital signature: 1, embedded files: 2)"));
    let keep = FormatOptions { keep_unread: true, ..Default::default() };
    let container = Container::read(&pictures, Format::Docx, &keep).unwrap();
    assert_eq!(container.unread().len(), 3);
    assert_eq!(container.write(&[Vec::new()]).unwrap(), pictures);
    // A damaged body: one byte of the packed text.
    let mut damaged = LETTER.to_vec();
    let at = damaged.windows(17).position(|window| window == b"word/document.xml").unwrap() + 60;
    damaged[at] ^= 0x55;
    assert!(error(&damaged).starts_with("FORMAT_INVALID docx"));
}

#[test]
fn bombs_are_refused() {
    let zeros = " ".repeat(8 << 20);
    assert!(error(&document(&[("word/document.xml", &format!("<w:document>{zeros}</w:document>"))])).starts_with("TOO_LARGE"));
    let names: Vec<_> = (0..10_001).map(|i| i.to_string()).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(error(&document(&many)).contains("10000 entries"));
}

#[test]
fn encrypted_entries_are_refused() {
    // The first bit of the flags, in the local header and in the table.
    let mut bytes = paragraph("<w:r><w:t>Roe</w:t></w:r>");
    let table = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[table + 8] |= 1;
    assert!(error(&bytes).contains("encrypted"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn runs_read_back(texts in proptest::collection::vec("[a-c&<>\"' é😀\t]{1,6}", 1..6), cut in 0..20usize, len in 1..9usize, new in "[a&<> █]{0,4}") {
        let runs: String = texts.iter().map(|text| format!("<w:r><w:t>{}</w:t></w:r>", super::super::xml::encode(text))).collect();
        let bytes = paragraph(&runs);
        let container = read(&bytes);
        let view = container.notes()[0].view.clone();
        prop_assert_eq!(&view, &texts.concat());
        let ends: Vec<usize> = view.char_indices().map(|(at, _)| at).chain([view.len()]).collect();
        let (start, end) = (ends[cut % (ends.len() - 1)], ends[(cut % (ends.len() - 1) + len).min(ends.len() - 1)]);
        let replacement = super::super::Replacement { span: crate::Span::new(start, end), text: new.clone() };
        let written = container.write(&[vec![replacement]]).unwrap();
        let again = read(&written);
        prop_assert_eq!(&again.notes()[0].view, &format!("{}{new}{}", &view[..start], &view[end..]));
    }

    #[test]
    fn damaged_documents_do_not_panic(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<proptest::sample::Index>()) {
        let mut bytes = LETTER.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Ok(container) = Container::read(bytes, Format::Docx, &FormatOptions { keep_unread: true, ..Default::default() }) {
                let _ = container.write(&[Vec::new()]);
            }
        }
    }
}
