//! The encoder against transformers.

use crate::goldens;
use scrubjay::engine::TokenClassifier;
use scrubjay::model::{BertConfig, BertForTokenClassification, ComputeDevice, Encoder, ModelFiles};
use std::path::Path;

const CONFIG: &[u8] = include_bytes!("../../models/tiny-bert/config.json");
const WEIGHTS: &[u8] = include_bytes!("../../models/tiny-bert/model.safetensors");

fn check(files: &ModelFiles, goldens: &[u8], tolerance: f32) {
    let device = ComputeDevice::cpu();
    let config = BertConfig::from_json(&files.config).unwrap();
    let model = BertForTokenClassification::load(&files.weights, &config, device.tensors()).unwrap();
    for (case, difference) in pollster::block_on(goldens::differences(&model, &device, goldens)) {
        println!("{case}: {difference:.1e}");
        assert!(difference < tolerance, "{case}: {difference}");
    }
}

#[test]
fn tiny_bert_agrees_with_transformers() {
    let files = ModelFiles { config: CONFIG.into(), tokenizer: Vec::new(), weights: WEIGHTS.into() };
    check(&files, include_bytes!("../goldens/tiny-bert.safetensors"), 1e-4);
}

#[test]
fn tiny_roberta_agrees_with_transformers() {
    let config = include_bytes!("../../models/tiny-roberta/config.json").into();
    let weights = include_bytes!("../../models/tiny-roberta/model.safetensors").into();
    let files = ModelFiles { config, tokenizer: Vec::new(), weights };
    check(&files, include_bytes!("../goldens/tiny-roberta.safetensors"), 1e-4);
}

/// Needs `tests/goldens/make_encoders.py FOLDER $SCRUBJAY_GOLDENS/goldens.safetensors` to have been run.
#[test]
#[ignore = "needs a full-size checkpoint and its goldens in the folder SCRUBJAY_GOLDENS"]
fn a_full_size_encoder_agrees_with_transformers() {
    let folder = std::env::var("SCRUBJAY_GOLDENS").expect("SCRUBJAY_GOLDENS names the folder");
    let read = |name: &str| std::fs::read(Path::new(&folder).join(name)).unwrap();
    let files = ModelFiles { config: read("with-head/config.json"), tokenizer: Vec::new(), weights: read("with-head/model.safetensors") };
    check(&files, &read("goldens.safetensors"), 1e-3);
}

#[test]
fn a_batch_gives_what_its_windows_give_alone() {
    let encoder = Encoder::load(CONFIG, WEIGHTS, ComputeDevice::cpu()).unwrap();
    let windows = [vec![2, 9, 10, 3], vec![2, 40, 41, 42, 43, 44, 3], vec![2, 3]];
    let together = pollster::block_on(encoder.classify(&windows)).unwrap();
    for (window, logits) in windows.iter().zip(&together) {
        let alone = &pollster::block_on(encoder.classify(std::slice::from_ref(window))).unwrap()[0];
        for i in 0..window.len() {
            assert!(alone.row(i).iter().zip(logits.row(i)).all(|(a, b)| (a - b).abs() < 1e-4));
        }
    }
}

#[test]
fn what_the_model_cannot_take_is_refused() {
    let encoder = Encoder::load(CONFIG, WEIGHTS, ComputeDevice::cpu()).unwrap();
    let code = |windows: &[Vec<u32>]| pollster::block_on(encoder.classify(windows)).unwrap_err().code();
    assert_eq!(code(&[vec![2; 513]]), "ENCODER_FAILED");
    assert_eq!(code(&[vec![]]), "ENCODER_FAILED");
    assert_eq!(code(&[vec![1_000_000]]), "TOKENIZER_INVALID");
}

#[test]
fn a_configuration_that_does_not_fit_its_weights_is_refused() {
    let load = |edit: fn(&mut serde_json::Value)| {
        let mut config: serde_json::Value = serde_json::from_slice(CONFIG).unwrap();
        edit(&mut config);
        Encoder::load(config.to_string().as_bytes(), WEIGHTS, ComputeDevice::cpu()).err().map(|e| e.code())
    };
    assert_eq!(load(|_| {}), None);
    assert_eq!(load(|c| c["hidden_size"] = 32.into()), Some("WEIGHTS_SHAPE"));
    assert_eq!(load(|c| c["num_hidden_layers"] = 3.into()), Some("WEIGHTS_MISSING_TENSOR"));
    assert_eq!(load(|c| c["num_hidden_layers"] = 1.into()), Some("WEIGHTS_UNKNOWN_TENSOR"));
    assert_eq!(load(|c| c["id2label"] = serde_json::json!({"0": "O", "1": "B-NOSE"})), Some("LABELS_INVALID"));
}

#[test]
fn what_is_written_is_what_was_read() {
    use scrubjay::model::weights::{WeightFormat, serialize};
    let device = ComputeDevice::cpu();
    let config = BertConfig::from_json(CONFIG).unwrap();
    let model = BertForTokenClassification::load(WEIGHTS, &config, device.tensors()).unwrap();
    let tensors = pollster::block_on(model.tensors()).unwrap();
    let again = BertForTokenClassification::load(&serialize(&tensors, WeightFormat::F32).unwrap(), &config, device.tensors()).unwrap();
    assert_eq!(pollster::block_on(again.tensors()).unwrap(), tensors);
    let original = safetensors::SafeTensors::deserialize(WEIGHTS).unwrap();
    let mut names: Vec<_> = original.names();
    names.sort_unstable();
    assert_eq!(tensors.keys().map(String::as_str).collect::<Vec<_>>(), names);
}
