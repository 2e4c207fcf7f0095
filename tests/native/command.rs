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

/// A folder of its own for one test, with three notes and a list of two, removed when dropped.
struct Folder(PathBuf);

const NOTES: &str = r#"{"id":"a","text":"Mail zoe@b.org, age 93","entities":[{"start":5,"end":14,"type":"EMAIL"},{"start":20,"end":22,"type":"AGE"}]}
{"id":"b","text":"Seen 03/14/2021","entities":[{"start":5,"end":15,"type":"DATE"}]}
{"id":"c","text":"Call 617-555-0123 or x","entities":[{"start":5,"end":17,"type":"PHONE"}]}
"#;

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("scrubjay-test-{name}-{}", std::process::id())));
        std::fs::create_dir_all(&folder.0).unwrap();
        std::fs::write(folder.0.join("notes.jsonl"), NOTES).unwrap();
        std::fs::write(folder.0.join("ids"), "a\nc\n").unwrap();
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn json(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn compares_two_systems_on_a_part_of_the_notes() {
    let folder = Folder::new("compare");
    let spans = r#"{"id":"a","entities":[{"start":5,"end":14,"type":"EMAIL"}]}"#;
    std::fs::write(folder.path("one"), format!("{spans}\n{{\"id\":\"c\",\"entities\":[]}}\n")).unwrap();
    std::fs::write(folder.path("two"), ["a", "b", "c"].map(|id| format!("{{\"id\":\"{id}\",\"entities\":[]}}\n")).concat()).unwrap();
    let (ids, one, two, svg) = (folder.path("ids"), folder.path("one"), folder.path("two"), folder.path("types.svg"));
    let args = ["eval", "--gold", "-", "--only", &ids, "--predictions", &one, "--compare", &two, "--resamples", "200", "--plot", &svg];
    let report = json(&scrubjay(&[&args[..], &["--json"]].concat(), NOTES));
    assert_eq!((&report["system"]["documents"], &report["system"]["strict"]["micro"]["true_positives"]), (&2.into(), &1.into()));
    assert_eq!((&report["system"]["hipaa"]["gold"], &report["differences"]["resamples"]), (&3.into(), &200.into()));
    assert_eq!(report["differences"]["strict_f1"]["value"], 0.5);
    assert!(std::fs::read_to_string(&svg).unwrap().contains("EMAIL"));
    for (show, wanted) in [(&[][..], false), (&["--show-text"][..], true)] {
        let output =
            scrubjay(&[&["eval", "--gold", "-", "--only", &ids, "--predictions", &one, "--errors", "1"][..], show].concat(), NOTES);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let report = text(&output.stdout);
        assert_eq!(report.matches("missed\n").count() + report.matches("missed    ").count(), 1, "{report}");
        assert_eq!((report.contains("\"93\""), report.contains("zoe")), (wanted, false), "{report}");
    }
    std::fs::write(&ids, "a\nd\n").unwrap();
    let output = scrubjay(&args, NOTES);
    assert!(!output.status.success() && text(&output.stderr).contains("line 2: no note has this id"), "{}", text(&output.stderr));
}

#[test]
fn calibrates_and_quantizes_a_model() {
    let folder = Folder::new("calibrate");
    let (model, notes, ids) = (tiny().display().to_string(), folder.path("notes.jsonl"), folder.path("ids"));
    let (small, svg) = (folder.path("small-1"), folder.path("curve.svg"));
    let report = json(&scrubjay(&["calibrate", "--model", &model, "--gold", &notes, "--output", &small, "--plot", &svg, "--json"], ""));
    assert_eq!((&report["documents"], report["curve"].as_array().unwrap().len()), (&3.into(), 25));
    let config: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.0.join("small-1/config.json")).unwrap()).unwrap();
    assert_eq!((&config["temperature"], &config["operating_points"]), (&report["fit"]["temperature"], &report["operating_points"]));
    assert!(report["fit"]["nll"].as_f64() <= report["fit"]["nll_before"].as_f64());
    assert!(std::fs::read_to_string(&svg).unwrap().starts_with("<svg"));
    let manifest = std::fs::read(folder.0.join("small-1/manifest.json")).unwrap();
    let manifest: scrubjay::model::Manifest = serde_json::from_slice(&manifest).unwrap();
    scrubjay::model::ModelFiles::read(&folder.0.join("small-1")).unwrap().verify(&manifest).unwrap();
    assert_eq!(manifest.id, "small-1");

    // Calibrated once more, the temperature is undone and found again.
    let again = json(&scrubjay(&["calibrate", "--model", &small, "--gold", &notes, "--output", &folder.path("again"), "--json"], ""));
    let temperature = |report: &serde_json::Value, name: &str| report["fit"][name].as_f64().unwrap();
    assert_eq!(temperature(&again, "before"), temperature(&report, "temperature"));
    assert!((temperature(&again, "temperature") / temperature(&report, "temperature") - 1.0).abs() < 0.01, "{again}");
    assert_eq!(again["curve"], report["curve"]);

    let output =
        scrubjay(&["quantize", "--model", &small, "--output", &folder.path("q"), "--id", "q", "--gold", &notes, "--only", &ids], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let lines = text(&output.stdout);
    assert!(lines.starts_with("2 notes") && lines.contains("\nbefore ") && lines.contains("\nafter "), "{lines}");
}

#[test]
fn trains_a_conditional_random_field() {
    let folder = Folder::new("crf");
    let (notes, model) = (folder.path("notes.jsonl"), folder.path("model.crf"));
    let args = ["crf", "--corpus", &notes, "--output", &model, "--min-count", "1"];
    let output = scrubjay(&[&args[..], &["--iterations", "30"]].concat(), "");
    let report = text(&output.stderr);
    assert!(output.status.success(), "{report}");
    // Three notes: 9, 6 and 8 words, a sequence each.
    assert!(report.contains("23 words in 3 sequences") && report.contains("iteration 1 loss"), "{report}");
    assert!(report.contains("3 notes") && report.contains(" words/s") && !report.contains("zoe"), "{report}");
    let tagger = scrubjay::crf::Tagger::load(&std::fs::read(&model).unwrap()).unwrap();
    let note = "Seen 03/14/2021";
    let found: Vec<_> = tagger.tag(note).into_iter().map(|e| (e.span.slice(note).unwrap(), e.entity_type.name())).collect();
    assert_eq!(found, [("03/14/2021", "DATE")]);
    let output = scrubjay(&[&args[..], &["--iterations", "0"]].concat(), "");
    assert!(text(&output.stderr).contains("error[OPTION_INVALID]") && output.status.code() == Some(2));
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

#[test]
fn compares_a_model_rules_and_predictions() {
    let folder = std::env::temp_dir().join(format!("scrubjay-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    std::fs::write(
        at("gold.jsonl"),
        "{\"id\":\"a\",\"text\":\"mail a@b.org now\",\"entities\":[{\"start\":5,\"end\":12,\"type\":\"EMAIL\"}]}\n",
    )
    .unwrap();
    std::fs::write(at("found.jsonl"), "{\"id\":\"a\",\"entities\":[]}\n").unwrap();
    let (tiny, found, gold) = (format!("tiny={}", tiny().display()), format!("none={}", at("found.jsonl")), at("gold.jsonl"));
    let args = ["compare", "rules=rules", &tiny, &found, "--gold", &gold, "--train-corpus", &gold, "--plot", &at("f1.svg")];
    let output = scrubjay(&args, "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("1 of 1 notes stand in the training corpus too"), "{}", text(&output.stderr));
    let tables = text(&output.stdout);
    for expected in ["Table 1", "Differences from rules", "Table 3", "Table 4", "EMAIL", "missed"] {
        assert!(tables.contains(expected), "{expected} is not in\n{tables}");
    }
    assert!(std::fs::read_to_string(at("f1.svg")).unwrap().contains("EMAIL"));
    for wrong in ["nameless", "x=/nowhere", "x=train:crf"] {
        let output = scrubjay(&["compare", wrong, "--gold", &gold], "");
        assert_eq!((output.status.code(), text(&output.stderr).contains("OPTION_INVALID")), (Some(2), true));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn compares_what_it_trains_itself() {
    let folder = Folder::new("trains");
    let (notes, runs, config) = (folder.path("notes.jsonl"), folder.path("runs"), folder.path("config.json"));
    std::fs::write(&config, "{\"batch_tokens\":64,\"epochs\":2}").unwrap();
    let (bert, xlnet) =
        (format!("bert=train:{}", tiny().display()), format!("xlnet=scratch:{}", tiny().with_file_name("tiny-xlnet").display()));
    let args =
        ["compare", &bert, &xlnet, "crf=train:crf", "rules=rules", "--gold", &notes, "--train-corpus", &notes, "--validation", &notes];
    let run = || scrubjay(&[&args[..], &["--output", &runs, "--config", &config, "--epochs", "1", "--json"]].concat(), "");
    let study = json(&run());
    let training = |name: &str| study["systems"].as_array().unwrap().iter().find(|s| s["name"] == name).unwrap()["training"].clone();
    assert_eq!(
        (&training("bert")["family"], &training("bert")["from_scratch"], &training("bert")["epochs"]),
        (&"bert".into(), &false.into(), &1.into())
    );
    assert_eq!((&training("xlnet")["family"], &training("xlnet")["from_scratch"]), (&"xlnet".into(), &true.into()));
    assert!(training("crf")["family"] == "CRF" && training("rules").is_null() && training("bert")["peak_memory"].as_u64() > Some(0));
    // What is trained is not trained again.
    assert_eq!(json(&run()), study);
    let output = scrubjay(&[&args[..], &["--output", &runs, "--device", "abacus"]].concat(), "");
    assert!(!output.status.success() && text(&output.stderr).contains("TRAINING_FAILED"), "{}", text(&output.stderr));
}

#[test]
fn policies_reports_and_restoring_work_from_files() {
    let folder = Folder::new("policies");
    let note = "\u{feff}Pt Margaret Okonkwo was seen by Dr. Feldman on 03/14/2021 and 03/20/2021. BP 120/80.\r\n";
    let path = |name: &str| folder.path(name);
    std::fs::write(path("note.txt"), note).unwrap();
    std::fs::write(path("key"), [7; 32]).unwrap();
    std::fs::write(path("pass"), "correct horse\n").unwrap();
    let (input, key, pass) = (path("note.txt"), path("key"), path("pass"));
    let (redacted, mapping, report) = (path("redacted.txt"), path("note.mapping"), path("report.json"));
    let output = scrubjay(
        &[
            "redact",
            &input,
            "--policy",
            "surrogate",
            "--key-file",
            &key,
            "--patient",
            "17",
            "--output",
            &redacted,
            "--mapping",
            &mapping,
            "--passphrase-file",
            &pass,
            "--report",
            &report,
        ],
        "",
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let out = std::fs::read_to_string(&redacted).unwrap();
    for phi in ["Margaret", "Okonkwo", "Feldman", "03/14/2021", "["] {
        assert!(!out.contains(phi), "{out}");
    }
    assert!(out.starts_with('\u{feff}') && out.ends_with("BP 120/80.\r\n"), "{out}");
    let report = std::fs::read_to_string(&report).unwrap();
    assert!(report.contains("\"surrogate\"") && report.contains("date-shift") && !report.contains("Okonkwo"), "{report}");

    let output = scrubjay(&["restore", &redacted, "--mapping", &mapping, "--passphrase-file", &pass], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), note);
    std::fs::write(&pass, "wrong horse").unwrap();
    let output = scrubjay(&["restore", &redacted, "--mapping", &mapping, "--passphrase-file", &pass], "");
    assert!(!output.status.success() && text(&output.stderr).contains("PASSPHRASE_WRONG"), "{}", text(&output.stderr));
}

#[test]
fn a_table_stays_a_table() {
    let folder = Folder::new("table");
    let path = folder.path("notes.csv");
    std::fs::write(&path, "id,note\n7,\"Seen by Dr. Feldman, mail a@b.org\"\n").unwrap();
    let output = scrubjay(&["redact", &path, "--columns", "note", "--policy", "numbered"], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "id,note\n7,\"Seen by Dr. [DOCTOR-1], mail [EMAIL-1]\"\n");
    let output = scrubjay(&["redact", &path, "--format", "html"], "");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}
