//! The whole way of a note on a fake classifier: no weights, no tensors.

use proptest::prelude::*;
use scrubjay::engine::{FindOptions, OperatingPoints, Redactor, Threshold, TokenClassifier};
use scrubjay::formats::{Container, Format, FormatOptions};
use scrubjay::logits::Logits;
use scrubjay::redact::{Context, Policy};
use scrubjay::rules::Lists;
use scrubjay::tokenizer::{Tokenizer, WindowOptions};
use scrubjay::{Entity, EntityType, Error, LabelSet, Result, Source};
use std::cell::Cell;

fn tokenizer() -> Tokenizer {
    Tokenizer::from_json(include_bytes!("../../models/tiny-bert/tokenizer.json")).unwrap()
}

/// A way to fail, given the number of windows.
type Broken = fn(usize) -> Result<Vec<Logits>>;

/// Takes "jones" and "smith" for doctors; looks one token to the left to tell B- from I-, as an encoder would look farther.
struct Fake {
    labels: LabelSet,
    names: Vec<u32>,
    positions: usize,
    broken: Option<Broken>,
    /// Batches of the last document.
    batches: Cell<usize>,
}

impl Fake {
    fn new() -> Self {
        let names = tokenizer().encode("jones smith").unwrap().ids;
        Self { labels: LabelSet::i2b2(), names, positions: 512, broken: None, batches: Cell::new(0) }
    }
}

impl TokenClassifier for Fake {
    /// Batches seen of this document.
    type Memory = usize;

    fn labels(&self) -> &LabelSet {
        &self.labels
    }

    fn operating_points(&self) -> OperatingPoints {
        OperatingPoints::default()
    }

    fn max_positions(&self) -> usize {
        self.positions
    }

    async fn classify(&self, windows: &[Vec<u32>], memory: &mut usize) -> Result<Vec<Logits>> {
        *memory += 1;
        self.batches.set(*memory);
        if let Some(broken) = self.broken {
            return broken(windows.len());
        }
        let n = self.labels.len();
        let logits = windows.iter().map(|window| {
            let mut values = vec![0.0; window.len() * n];
            for (i, id) in window.iter().enumerate() {
                let named = |i: usize| self.names.contains(&window[i]);
                let tag = match (self.names.contains(id), i > 0 && named(i - 1)) {
                    (false, _) => "O",
                    (true, false) => "B-DOCTOR",
                    (true, true) => "I-DOCTOR",
                };
                values[i * n + self.labels.id(tag.parse()?).unwrap()] = 9.0;
            }
            Logits::new(values, n)
        });
        logits.collect()
    }
}

fn find(text: &str, options: &FindOptions) -> Vec<Entity> {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    pollster::block_on(redactor.find(text, options, &mut |_, _| true)).unwrap()
}

fn redact(text: &str, options: &FindOptions) -> String {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    pollster::block_on(redactor.redact(text, &Policy::i2b2(), &Context::default(), options, &mut |_, _| true)).unwrap().text
}

#[test]
fn model_and_rules_meet_in_one_text() {
    let text = "Seen by Dr. Jones Smith; mail j@x.org\r\nBP 120/80, 😀 שלום e\u{301}";
    assert_eq!(redact(text, &FindOptions::default()), "Seen by Dr. [DOCTOR]; mail [EMAIL]\r\nBP 120/80, 😀 שלום e\u{301}");
    for entity in find(text, &FindOptions::default()) {
        assert!(["Jones Smith", "j@x.org"].contains(&entity.span.slice(text).unwrap()));
    }
}

#[test]
fn odd_notes_give_results() {
    let options = FindOptions::default();
    assert_eq!(redact("", &options), "");
    assert_eq!(redact("😀😀", &options), "😀😀");
    assert_eq!(redact(" \r\n\t ", &options), " \r\n\t ");
    let word = "x".repeat(5000);
    assert_eq!(redact(&word, &options), word);
    let long = "note by jones today. ".repeat(10_000);
    assert!(long.len() > 200_000);
    assert_eq!(redact(&long, &options), "note by [DOCTOR] today. ".repeat(10_000).replace("today", &redact("today", &options)));
}

#[test]
fn an_entity_across_a_seam_is_one() {
    let text = "a b c d e f jones smith jones smith g h i j k";
    for max_words in 3..12 {
        let cut = WindowOptions { max_words, max_tokens: 500, overlap: 2 };
        let found = find(text, &FindOptions { windows: Some(cut), rules: false, ..Default::default() });
        assert_eq!(found.len(), 1, "{max_words} words: {found:?}");
        assert_eq!(found[0].span.slice(text), Some("jones smith jones smith"));
    }
}

#[test]
fn lists_and_types_are_the_callers() {
    let text = "Jones met Ward at the Mill";
    let lists =
        Lists::new(&["jones".into()], &[("ward".into(), EntityType::Patient)], &[("Mi[a-z]+".into(), EntityType::LocationOther)]).unwrap();
    let options = FindOptions { lists, ..Default::default() };
    assert_eq!(redact(text, &options), "Jones met [PATIENT] at the [LOCATION-OTHER]");
    assert!(find(text, &options).iter().all(|e| e.source == Source::List));
    let only = FindOptions { types: Some(vec![EntityType::Date]), ..Default::default() };
    assert_eq!(redact("Jones, 03/04/2021", &only), "Jones, [DATE]");
}

#[test]
fn cancelling_rejects() {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    let text = "jones ".repeat(2000);
    let mut calls = 0;
    let result = pollster::block_on(redactor.find(&text, &FindOptions { batch_size: 1, ..Default::default() }, &mut |_, _| {
        calls += 1;
        calls < 3
    }));
    assert_eq!((result.unwrap_err().code(), calls), ("CANCELLED", 3));
}

#[test]
fn a_classifier_that_fails_never_lets_the_note_through() {
    let cases: [(Broken, &str); 4] = [
        (|_| Err(Error::DeviceFailed { device: "cpu", reason: "lost".into() }), "DEVICE_FAILED"),
        (|_| Ok(vec![]), "ENCODER_FAILED"),
        (|n| (0..n).map(|_| Logits::new(vec![0.0; 6], 3)).collect(), "ENCODER_FAILED"),
        (|n| (0..n).map(|_| Logits::new(vec![0.0; LabelSet::i2b2().len()], LabelSet::i2b2().len())).collect(), "ENCODER_FAILED"),
    ];
    for (broken, code) in cases {
        let redactor = Redactor::new(tokenizer(), Fake { broken: Some(broken), ..Fake::new() }).unwrap();
        let result = pollster::block_on(redactor.redact(
            "by jones today",
            &Policy::i2b2(),
            &Context::default(),
            &FindOptions::default(),
            &mut |_, _| true,
        ));
        assert_eq!(result.unwrap_err().code(), code);
    }
    assert!(Redactor::new(tokenizer(), Fake { positions: 2, ..Fake::new() }).is_err());
    let threshold = FindOptions { threshold: Threshold::Probability(f32::NAN), ..Default::default() };
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    assert_eq!(pollster::block_on(redactor.find("x", &threshold, &mut |_, _| true)).unwrap_err().code(), "OPTION_INVALID");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However the note is cut, the same is found: the fake looks one token to the left, and windows share two words.
    #[test]
    fn windows_do_not_change_the_result(words in prop::collection::vec(prop::sample::select(vec!["jones", "smith", "the", "x", "was.", "é\n", "😀", "a,b"]), 0..120),
                                        max_words in 6usize..60, batch_size in 1usize..5) {
        let text = words.join(" ");
        let cut = WindowOptions { max_words, max_tokens: 64, overlap: 3 };
        let options = FindOptions { windows: Some(cut), batch_size, rules: false, ..Default::default() };
        prop_assert_eq!(find(&text, &options), find(&text, &FindOptions { rules: false, ..Default::default() }));
    }

    /// Nothing that the classifier found is left standing, and nothing outside is touched.
    #[test]
    fn names_go_and_the_rest_stays(text in "(jones|smith|[a-z]{1,8}|[0-9/]{1,9}|😀|\u{5e9}|\r\n|[ .,;'-]){0,60}") {
        let out = redact(&text, &FindOptions::default());
        let (mut expected, mut at) = (String::new(), 0);
        for entity in find(&text, &FindOptions::default()) {
            expected += &format!("{}[{}]", &text[at..entity.span.start], entity.entity_type);
            at = entity.span.end;
        }
        expected += &text[at..];
        prop_assert_eq!(&out, &expected);
        prop_assert_eq!(find(&out, &FindOptions { rules: false, ..Default::default() }).len(), 0);
    }
}

#[test]
fn memory_begins_anew_with_every_document() {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    let windows = Some(WindowOptions { max_words: 2, max_tokens: 8, overlap: 0 });
    let options = FindOptions { windows, batch_size: 1, ..Default::default() };
    for _ in 0..2 {
        pollster::block_on(redactor.find("seen by jones and by smith", &options, &mut |_, _| true)).unwrap();
        assert_eq!(redactor.classifier().batches.get(), 3);
    }
}

#[test]
fn what_is_doubtful_lies_between_two_thresholds() {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    let text = "by jones today";
    let options = FindOptions { rules: false, ..Default::default() };
    let words = pollster::block_on(redactor.read(text, &options, &mut |_, _| true)).unwrap();
    let found = redactor.decide(text, &words, &options).unwrap();
    let doubtful = redactor.doubtful(text, &words, &options, &found).unwrap();
    assert_eq!(found.iter().map(|e| e.span.slice(text).unwrap()).collect::<Vec<_>>(), ["jones"]);
    assert!(doubtful.is_empty());
    let never = FindOptions { thresholds: [(EntityType::Doctor, 1.0)].into(), ..options.clone() };
    assert!(redactor.decide(text, &words, &never).unwrap().is_empty());
    assert_eq!(redactor.doubtful(text, &words, &never, &[]).unwrap().len(), 1);
}

#[test]
fn files_come_back_in_their_own_form() {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    let redact = |name: &str, file: &str| {
        let format = Format::detect(name, file.as_bytes()).unwrap();
        let container = Container::read(file.as_bytes(), format, &FormatOptions::default()).unwrap();
        let (policy, context, options, mut on_progress) = (Policy::i2b2(), Context::default(), FindOptions::default(), |_, _| true);
        let redacting = redactor.redact_file(&container, &policy, &context, &options, &mut on_progress);
        let redacted = pollster::block_on(redacting).unwrap();
        (String::from_utf8(redacted.bytes).unwrap(), redacted.report.of_type(EntityType::Doctor))
    };
    let csv = "id,jones note\r\n1,\"by jones, ok\"\r\n2,none\r\n";
    assert_eq!(redact("a.csv", csv), ("id,jones note\r\n1,\"by [DOCTOR], ok\"\r\n2,none\r\n".into(), 1));
    let lines = "{\"text\": \"by jones\", \"by\": \"jones\"}\n{\"text\": \"\\u00e9 smith\"}\n";
    assert_eq!(redact("a.jsonl", lines), ("{\"text\": \"by [DOCTOR]\", \"by\": \"jones\"}\n{\"text\": \"\\u00e9 [DOCTOR]\"}\n".into(), 2));
}

#[test]
fn a_files_notes_go_to_the_encoder_together_and_come_out_as_alone() {
    let redactor = Redactor::new(tokenizer(), Fake::new()).unwrap();
    let mut lines = String::from("note\n");
    for i in 0..10 {
        lines += &format!("{}\"seen {i} by jones, {} and by smith\"\n", if i == 4 { "\"\"\n" } else { "" }, "word ".repeat(300 * (i % 3)));
    }
    let container = Container::read(lines.as_bytes(), Format::Csv, &FormatOptions::default()).unwrap();
    let redact = |batch_size: usize| {
        let options = FindOptions { batch_size, ..Default::default() };
        let (policy, context, mut reported) = (Policy::i2b2(), Context::default(), Vec::new());
        let mut progress = |done: usize, total: usize| {
            reported.push(done);
            total == 11
        };
        let redacted = pollster::block_on(redactor.redact_file(&container, &policy, &context, &options, &mut progress)).unwrap();
        assert_eq!((redacted.notes.len(), reported.last(), reported.is_sorted()), (11, Some(&11), true));
        // Of the last group.
        (redacted.bytes, redacted.report.of_type(EntityType::Doctor), redactor.classifier().batches.get())
    };
    let alone = redact(1);
    assert_eq!(alone.1, 20);
    for batch_size in [2, 3, 16, 1000] {
        let together = redact(batch_size);
        assert_eq!((&together.0, together.1), (&alone.0, alone.1), "{batch_size}");
    }
    assert_eq!(redact(1000).2, 1, "all in one batch");
}
