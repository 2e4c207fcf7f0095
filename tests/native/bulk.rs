//! Many files at once, as a user does it.

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A folder of its own for one test, removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("scrubjay-bulk-{name}-{}", std::process::id())));
        fs::create_dir_all(folder.0.join("in")).unwrap();
        folder.put("key", "0123456789abcdef0123456789abcdef");
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `redact` with the rules alone, which are quick and find what these notes hold.
fn command(args: &[&str]) -> Command {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny-bert");
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrubjay"));
    command.arg("redact").args(args).arg("--model").arg(model).arg("--no-model");
    command
}

fn run(args: &[&str]) -> (Output, String) {
    let output = command(args).output().expect("the command runs");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, words)
}

fn lines(n: usize) -> String {
    let line =
        |i: usize| format!("{{\"id\":{i},\"mrn\":\"{}\",\"text\":\"Mail p{i}@ward7.net, seen 03/{:02}/2021.\"}}\n", i % 7, i % 28 + 1);
    (0..n).map(line).collect()
}

fn parquet(path: &Path, notes: &[Option<String>]) {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("mrn", Arc::new(Int64Array::from_iter_values((0..notes.len()).map(|i| i as i64 % 7)))),
        ("text", Arc::new(notes.iter().map(Option::as_deref).collect::<StringArray>())),
    ];
    let rows = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true))).unwrap();
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(Default::default())).set_max_row_group_row_count(Some(10)).build();
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), rows.schema(), Some(properties)).unwrap();
    writer.write(&rows).unwrap();
    writer.close().unwrap();
}

fn column(path: &Path) -> Vec<Option<String>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    let text = |rows: RecordBatch| {
        let column = rows.column_by_name("text").unwrap().as_any().downcast_ref::<StringArray>().unwrap().clone();
        column.iter().map(|text| text.map(str::to_string)).collect::<Vec<_>>()
    };
    reader.flat_map(|rows| text(rows.unwrap())).collect()
}

#[test]
fn every_form_of_a_folder_gives_the_same() {
    let folder = Folder::new("forms");
    let source = lines(60);
    let objects: Vec<serde_json::Value> = source.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = |o: &serde_json::Value| o["text"].as_str().unwrap().to_string();
    folder.put("in/a.jsonl", &source);
    let rows: String = objects.iter().map(|o| format!("{},\"{}\"\r\n", o["mrn"].as_str().unwrap(), text(o))).collect();
    folder.put("in/deep/b.csv", format!("mrn,text\r\n{rows}"));
    folder.put("in/deep/_SUCCESS", "");
    let mut notes: Vec<Option<String>> = objects.iter().map(|o| Some(text(o))).collect();
    notes.push(None);
    parquet(&folder.0.join("in/c.parquet"), &notes);

    let (input, out, key, report) = (folder.path("in"), folder.path("out"), folder.path("key"), folder.path("report.json"));
    let args = ["--policy", "surrogate", "--key-file", &key, "--patient-field", "mrn", "--columns", "text", "--report", &report];
    let (output, words) = run(&[&["--input", &input, "-o", &out, "--threads", "2"][..], &args].concat());
    assert!(output.status.success() && words.contains("3 files complete, 0 failed"), "{words}");
    let redacted: Vec<String> = folder.text("out/a.jsonl").lines().map(|line| text(&serde_json::from_str(line).unwrap())).collect();
    assert!(redacted.len() == 60 && redacted.iter().zip(&notes).all(|(new, old)| Some(new) != old.as_ref() && !new.contains("ward7")));
    // One patient, one offset: notes of one day stay notes of one day.
    let date = |i: usize| redacted[i].split("seen ").nth(1).unwrap().to_string();
    assert!(date(0) == date(28) && date(0) != date(1) && date(0) != date(56 + 1));
    let table = folder.text("out/deep/b.csv");
    assert_eq!(table.lines().skip(1).map(|row| row.split_once(",\"").unwrap().1.trim_end_matches('"')).collect::<Vec<_>>(), redacted);
    let column = column(&folder.0.join("out/c.parquet"));
    assert_eq!(column.iter().flatten().collect::<Vec<_>>(), redacted.iter().collect::<Vec<_>>());
    assert_eq!(column.last(), Some(&None));
    let report: serde_json::Value = serde_json::from_str(&folder.text("report.json")).unwrap();
    assert_eq!((&report["entities"], &report["types"]["EMAIL"]["surrogate"]), (&360.into(), &180.into()), "{report}");

    // From standard input, and note by note, the same once more.
    let mut child = command(&[&["--input", "-"][..], &args[..8]].concat()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap(), folder.text("out/a.jsonl"));
    let (output, _) = run(&[&[folder.path("in/a.jsonl").as_str()][..], &args[..8]].concat());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), folder.text("out/a.jsonl"));
}

#[test]
fn a_killed_run_goes_on_where_it_stood() {
    let folder = Folder::new("killed");
    // Long enough to be killed in the middle, whatever the machine.
    let source = lines(60_000);
    folder.put("in/a.jsonl", &source[..source.len() / 20 + source[source.len() / 20..].find('\n').unwrap() + 1]);
    folder.put("in/b.jsonl", &source);
    let (input, out, whole) = (folder.path("in/*.jsonl"), folder.path("out"), folder.path("whole"));
    let args = ["--input", input.as_str(), "--policy", "i2b2", "-o"];
    let (output, words) = run(&[&args[..], &[&whole]].concat());
    assert!(output.status.success(), "{words}");

    let mut child = command(&[&args[..], &[&out]].concat()).stderr(Stdio::null()).spawn().unwrap();
    let (start, ledger) = (Instant::now(), folder.0.join("out/_scrubjay.jsonl"));
    // Killed as soon as the first file is done.
    while !fs::read_to_string(&ledger).unwrap_or_default().contains("\"done\":true") {
        assert!(child.try_wait().unwrap().is_none() && start.elapsed() < Duration::from_secs(300), "it ended unseen");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.0.join("out/b.jsonl").exists());
    let (output, words) = run(&[&args[..], &[&out]].concat());
    assert!(output.status.success() && words.contains("2 files complete (1 before), 0 failed"), "{words}");
    assert!(folder.text("out/a.jsonl") == folder.text("whole/a.jsonl") && folder.text("out/b.jsonl") == folder.text("whole/b.jsonl"));
    assert!(!folder.0.join("out/b.jsonl.part").exists());

    // Killed between a result and its last entry: the result is the run's own all the same.
    let kept = folder.text("out/_scrubjay.jsonl");
    fs::write(&ledger, kept.lines().filter(|line| !line.contains("\"done\":true")).map(|line| format!("{line}\n")).collect::<String>())
        .unwrap();
    let (output, words) = run(&[&args[..], &[&out]].concat());
    assert!(output.status.success() && words.contains("2 files complete, 0 failed"), "{words}");
    assert!(folder.text("out/a.jsonl") == folder.text("whole/a.jsonl") && folder.text("out/b.jsonl") == folder.text("whole/b.jsonl"));

    // Nothing is left to do; a changed file is done anew; other settings are refused.
    let (_, words) = run(&[&args[..], &[&out]].concat());
    assert!(words.contains("2 files complete (2 before)") && words.contains(", 0 of them now"), "{words}");
    folder.put("in/a.jsonl", lines(3));
    let (_, words) = run(&[&args[..], &[&out]].concat());
    assert!(words.contains("(1 before)") && words.contains(", 3 of them now"), "{words}");
    let (output, words) = run(&["--input", &input, "--policy", "mask", "-o", &out]);
    assert!(!output.status.success() && words.contains("OPTION_INVALID"), "{words}");
    let (output, words) = run(&["--input", &folder.path("in/a.jsonl"), "--policy", "mask", "-o", &out, "--overwrite"]);
    assert!(output.status.success() && !folder.text("out/a.jsonl").contains("[EMAIL]"), "{words}");
}

#[test]
fn what_cannot_be_read_is_named_and_left_out() {
    let folder = Folder::new("broken");
    folder.put("in/a.jsonl", format!("{}{{\"text\": 5}}\n{}", lines(2_000), lines(2_000)));
    folder.put("in/b.pdf", "%PDF-1.7");
    folder.put("in/c.txt", "Mail zoe@example.org");
    folder.put("in/d.parquet", "PAR1 and no more");
    parquet(&folder.0.join("in/e.parquet"), &[Some("x".into())]);
    folder.put("out/c.txt", "mine");
    let (input, out) = (folder.path("in"), folder.path("out"));
    let (output, words) = run(&["--input", &input, "-o", &out, "--columns", "text"]);
    assert_eq!(output.status.code(), Some(1));
    for expected in [
        "a.jsonl: error[FORMAT_INVALID]: jsonl, line 2001: \"text\" is not a string",
        "b.pdf: error[FORMAT_INVALID]",
        "c.txt: error[IO]",
        "d.parquet: error[FORMAT_INVALID]",
        "1 files complete, 4 failed",
        "error[BULK_INCOMPLETE]",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let names: Vec<_> = fs::read_dir(folder.0.join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.len() == 3 && folder.text("out/c.txt") == "mine", "{names:?}");
    for args in
        [&["--input", &input][..], &["--input", "-", "-o", &out], &["--input", &out, "-o", &out], &["--input", &input, "-o", &input]]
    {
        let (output, words) = run(args);
        assert!(output.status.code() == Some(2) && words.contains("OPTION_INVALID"), "{words}");
    }
}
