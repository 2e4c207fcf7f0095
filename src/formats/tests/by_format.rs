//! What each format is read as, and what its replacements look like.

use super::super::*;
use super::{FHIR, HL7, error, replace, replaced, views};

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
fn a_field_tells_whose_note_it_is() {
    let patients = |text: &str, format, field: &str| {
        let options = FormatOptions { patient_field: Some(field.into()), columns: Some(vec!["n".into()]), ..Default::default() };
        let file = Container::read(text.as_bytes(), format, &options)?;
        Ok::<_, Error>(file.notes().iter().map(|note| note.patient.clone().unwrap_or_default()).collect::<Vec<_>>())
    };
    assert_eq!(patients("n,mrn\nRoe, 17 \nx,\"a\"\"b\"\n", Format::Csv, "mrn").unwrap(), ["17", "a\"b"]);
    assert_eq!(patients("{\"n\":\"Roe\",\"mrn\":17}\n{\"mrn\":\" 1\\u0037\",\"n\":\"\"}", Format::JsonLines, "mrn").unwrap(), ["17", "17"]);
    for (text, format, at) in [
        ("n,mrn\nRoe,1\n\nRoe,\n", Format::Csv, "line 4"),
        ("n,mrn\nRoe\n", Format::Csv, "line 2"),
        ("{\"n\":\"Roe\",\"mrn\":\" \"}", Format::JsonLines, "line 1"),
        ("{\"n\":\"Roe\",\"mrn\":1.5}", Format::JsonLines, "line 1"),
        ("{\"n\":\"Roe\"}", Format::JsonLines, "line 1"),
    ] {
        let error = patients(text, format, "mrn").unwrap_err().to_string();
        assert!(error.contains(&format!("{at}:")) && error.contains("whose note") && !error.contains("Roe"), "{error}");
    }
    assert_eq!(patients("n,mrn\nRoe,1\n", Format::Csv, "id").unwrap_err().code(), "OPTION_INVALID");
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
    let two = FormatOptions { columns: Some(vec!["b".into(), "a".into()]), ..Default::default() };
    let line = "{\"a\":\"Roe\",\"b\":null,\"c\":\"Roe\"}\n{\"b\":\"x\",\"a\":\"Roe\"}";
    assert_eq!(views(line, Format::JsonLines, &two), ["\"a\": \"Roe\"\n", "\"b\": \"x\"\n\"a\": \"Roe\"\n"]);
    assert_eq!(replaced(line, Format::JsonLines, &two, &[("Roe", "X")]), line.replace("\"a\":\"Roe", "\"a\":\"X"));
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
