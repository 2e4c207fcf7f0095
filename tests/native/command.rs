//! The command line, as a user runs it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn tiny() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/tiny-bert")
}

fn scrubjay(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scrubjay"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // The command may refuse its arguments before it reads.
    let _ = child.stdin.take().expect("stdin is piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn redacts_standard_input_with_the_shipped_model() {
    let note = "Pt Margaret Okonkwo was seen by Dr. Feldman on 03/14/2021. Call 617-555-0123. BP 120/80.\n";
    let output = scrubjay(&["redact"], note);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let redacted = text(&output.stdout);
    for phi in ["Margaret", "Okonkwo", "Feldman", "03/14/2021", "617-555-0123"] {
        assert!(!redacted.contains(phi), "{redacted}");
    }
    assert!(redacted.contains("[DATE]") && redacted.contains("[PHONE]") && redacted.ends_with("BP 120/80.\n"), "{redacted}");
}

#[test]
fn tags_and_evaluates_a_file() {
    let folder = std::env::temp_dir().join(format!("scrubjay-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (notes, spans) = (folder.join("notes.jsonl"), folder.join("spans.jsonl"));
    let gold = r#"{"id":"é1","text":"😀 mail a@b.org now","entities":[{"start":7,"end":14,"type":"EMAIL"}]}"#;
    std::fs::write(&notes, format!("{gold}\n")).unwrap();
    let model = tiny().display().to_string();
    let (notes, spans) = (notes.display().to_string(), spans.display().to_string());
    let output = scrubjay(&["tag", "--model", &model, "--types", "EMAIL", "--input", &notes, "--output", &spans], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let line: serde_json::Value = serde_json::from_str(std::fs::read_to_string(&spans).unwrap().trim()).unwrap();
    assert_eq!((&line["id"], &line["entities"][0]["start"], &line["entities"][0]["end"]), (&"é1".into(), &7.into(), &14.into()));
    let output = scrubjay(&["eval", "--gold", &notes, "--predictions", &spans, "--json"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["strict"]["micro"]["f1"], 1.0);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn errors_have_codes_and_never_quote_the_note() {
    let secret = "Wolfeschlegelsteinhausen";
    for (args, code) in [
        (&["redact", "--threshold", "2"][..], "OPTION_INVALID"),
        (&["redact", "--policy", "nonsense"], "OPTION_INVALID"),
        (&["redact", "--model", "/nonexistent"], "IO"),
        (&["redact", "/nonexistent.txt"], "IO"),
        (&["redact", "--types", "NOSE"], "LABELS_INVALID"),
    ] {
        let output = scrubjay(args, secret);
        assert!(!output.status.success());
        let message = text(&output.stderr);
        assert!(message.contains(&format!("error[{code}]")), "{args:?}: {message}");
        assert!(!message.contains(secret) && output.stdout.is_empty());
    }
}
