//! Fine-tuning on the tiny checkpoint.

use scrubjay::corpus::{Annotation, Document};
use scrubjay::model::{ComputeDevice, Encoder, ModelFiles};
use scrubjay::train::{Base, Event, TrainConfig, train};
use scrubjay::{EntityType, Span};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The tiny checkpoint without its head.
fn base() -> Base {
    let files = ModelFiles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny-bert")).unwrap();
    let tensors = safetensors::SafeTensors::deserialize(&files.weights).unwrap();
    let encoder: BTreeMap<_, _> = tensors.tensors().into_iter().filter(|(name, _)| !name.starts_with("classifier")).collect();
    Base { config: files.config, tokenizer: files.tokenizer, weights: Some(safetensors::serialize(encoder, None).unwrap()) }
}

fn notes() -> Vec<Document> {
    let note = |i: usize| {
        let text = format!("the patient was seen by dr jones on 0{}/14/2021 in hospital {i}", i % 9 + 1);
        let find = |piece: &str, entity_type| {
            let start = text.find(piece).unwrap();
            Annotation { span: Span::new(start, start + piece.len()), entity_type }
        };
        let date = text[text.find("on ").unwrap() + 3..][..10].to_string();
        let annotations = vec![find("jones", EntityType::Doctor), find(&date, EntityType::Date)];
        Document { id: i.to_string(), text, annotations }
    };
    (0..24).map(note).collect()
}

fn cpu() -> ComputeDevice {
    ComputeDevice::cpu()
}

fn config() -> TrainConfig {
    TrainConfig { epochs: 3, batch_tokens: 64, learning_rate: 5e-3, head_learning_rate: 0.1, ..Default::default() }
}

/// The CPU's random numbers are one stream for the whole process: runs that are to repeat each other take turns.
static RANDOM: Mutex<()> = Mutex::new(());

/// Losses by step and the step that the run went on from. `stop_at` ends it as a crash would.
fn run(output: &Path, stop_at: Option<usize>) -> (BTreeMap<usize, f32>, usize) {
    let (mut losses, mut from) = (BTreeMap::new(), 0);
    let mut on_event = |event| match event {
        Event::Start { resumed_at, .. } => from = resumed_at,
        Event::Step { step, loss, .. } => {
            assert!(stop_at != Some(step), "stopped on purpose");
            losses.insert(step, loss);
        }
        Event::Epoch { .. } => {}
    };
    let result = catch_unwind(AssertUnwindSafe(|| {
        pollster::block_on(train(&base(), &notes(), &notes()[..4], &config(), output, &cpu(), &mut on_event)).unwrap();
    }));
    assert_eq!(result.is_err(), stop_at.is_some());
    (losses, from)
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("scrubjay-train-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn a_run_that_was_cut_off_goes_on_as_if_nothing_had_happened() {
    let _turn = RANDOM.lock().unwrap_or_else(PoisonError::into_inner);
    let (whole, cut) = (folder("whole"), folder("cut"));
    let (expected, _) = run(&whole, None);
    let steps = expected.len();
    assert!(expected[&steps] < expected[&1] * 0.7, "it learns: {expected:?}");
    let files = ModelFiles::read(&whole).unwrap();
    Encoder::load(&files.config, &files.weights, ComputeDevice::cpu()).unwrap();
    // Every part is trained, the head's weights too: they begin as noise of deviation 0.02.
    let trained = safetensors::SafeTensors::deserialize(&files.weights).unwrap();
    let head = trained.tensor("classifier.weight").unwrap();
    let largest = head.data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b).abs()).fold(0.0, f32::max);
    assert!(largest > 0.2, "the head moved by at most {largest}");

    run(&cut, Some(steps * 2 / 3));
    let (resumed, from) = run(&cut, None);
    assert!(from > 0 && from < steps * 2 / 3, "from step {from} of {steps}");
    for (step, loss) in &resumed {
        assert!((loss - expected[step]).abs() < 1e-3, "step {step}: {loss} and {}", expected[step]);
    }
    // Finished: nothing is left to do.
    assert_eq!(run(&cut, None), (BTreeMap::new(), steps));

    let other = TrainConfig { epochs: 4, ..config() };
    let error = pollster::block_on(train(&base(), &notes(), &notes(), &other, &cut, &cpu(), &mut |_| {})).unwrap_err();
    assert_eq!(error.code(), "OPTION_INVALID");
    for folder in [whole, cut] {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_fine_tuned_checkpoint_is_trained_further() {
    let _turn = RANDOM.lock().unwrap_or_else(PoisonError::into_inner);
    let (first, second) = (folder("first"), folder("second"));
    let (losses, _) = run(&first, None);
    let files = ModelFiles::read(&first).unwrap();
    let base = Base { config: files.config, tokenizer: files.tokenizer, weights: Some(files.weights) };
    let mut start = None;
    let mut on_event = |event| {
        if let Event::Step { step: 1, loss, .. } = event {
            start = Some(loss);
        }
    };
    let further = TrainConfig { learning_rate: 1e-6, head_learning_rate: 1e-6, epochs: 1, ..config() };
    pollster::block_on(train(&base, &notes(), &notes()[..4], &further, &second, &cpu(), &mut on_event)).unwrap();
    assert!(start.unwrap() < losses[&1] * 0.7, "{start:?} after {}: the head was kept", losses[&1]);

    // A head for other labels would be lost.
    let config = String::from_utf8(base.config.clone()).unwrap().replace("PATIENT", "PERSON");
    let other = Base { config: config.into_bytes(), ..base };
    let third = folder("other");
    let error = pollster::block_on(train(&other, &notes(), &notes(), &further, &third, &cpu(), &mut |_| {})).unwrap_err();
    assert_eq!(error.code(), "WEIGHTS_UNKNOWN_TENSOR");
    // The last run was refused before it made its folder.
    assert!(!third.exists());
    for folder in [first, second] {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

/// An XLNet without a checkpoint: what is drawn is drawn alike, and it learns.
#[test]
fn an_encoder_can_begin_at_random() {
    let _turn = RANDOM.lock().unwrap_or_else(PoisonError::into_inner);
    let files = ModelFiles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny-xlnet")).unwrap();
    let base = Base { config: files.config, tokenizer: files.tokenizer, weights: None };
    let runs = ["random1", "random2"].map(|name| {
        let (folder, mut losses) = (folder(name), Vec::new());
        let mut on_event = |event| {
            if let Event::Step { loss, .. } = event {
                losses.push(loss);
            }
        };
        pollster::block_on(train(&base, &notes(), &notes()[..4], &config(), &folder, &cpu(), &mut on_event)).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        losses
    });
    assert!(runs[0][runs[0].len() - 1] < runs[0][0] * 0.8, "{:?}", runs[0]);
    assert!(runs[0].iter().zip(&runs[1]).all(|(a, b)| (a - b).abs() < 1e-3));
}

#[test]
fn an_empty_corpus_is_refused() {
    let folder = folder("empty");
    let error = pollster::block_on(train(&base(), &[], &[], &config(), &folder, &cpu(), &mut |_| {})).unwrap_err();
    assert_eq!(error.code(), "TRAINING_FAILED");
}
