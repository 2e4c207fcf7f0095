//! The encoder against transformers.

use crate::goldens;
use burn::optim::{GradientsParams, SgdConfig};
use burn::tensor::{Tensor, TensorData, activation::log_softmax};
use safetensors::SafeTensors;
use scrubjay::engine::TokenClassifier;
use scrubjay::model::{ComputeDevice, Encoder, EncoderConfig, ForTokenClassification, Memory, ModelFiles, ModelType};
use std::path::Path;

const CONFIG: &[u8] = include_bytes!("../../models/tiny-bert/config.json");
const WEIGHTS: &[u8] = include_bytes!("../../models/tiny-bert/model.safetensors");

/// The tiny checkpoint of a family and its goldens.
fn tiny(family: ModelType) -> (ModelFiles, Vec<u8>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = format!("tiny-{}", family.name());
    (
        ModelFiles::read(&root.join("models").join(&name)).unwrap(),
        std::fs::read(root.join("tests/goldens").join(name + ".safetensors")).unwrap(),
    )
}

fn check(files: &ModelFiles, goldens: &[u8], tolerance: f32) {
    let device = ComputeDevice::cpu();
    let config = EncoderConfig::from_json(&files.config).unwrap();
    let model = ForTokenClassification::load(&files.weights, &config, device.tensors()).unwrap();
    for (case, difference) in pollster::block_on(goldens::differences(&model, &device, goldens)) {
        println!("{case}: {difference:.1e}");
        assert!(difference < tolerance, "{case}: {difference}");
    }
}

#[test]
fn every_family_agrees_with_transformers() {
    for family in ModelType::ALL {
        let (files, goldens) = tiny(family);
        println!("{}", family.name());
        check(&files, &goldens, 1e-4);
    }
}

/// One step of gradient descent at rate 1: what each parameter loses is its gradient.
#[test]
fn the_gradients_of_every_family_agree_with_torch() {
    for family in ModelType::ALL {
        let (files, goldens) = tiny(family);
        let file = SafeTensors::deserialize(&goldens).unwrap();
        let (device, config) = (ComputeDevice::cpu().autodiff(), EncoderConfig::from_json(&files.config).unwrap());
        let config = EncoderConfig { hidden_dropout_prob: 0.0, attention_probs_dropout_prob: 0.0, ..config };
        let model = ForTokenClassification::load(&files.weights, &config, device.tensors()).unwrap();
        let before = pollster::block_on(model.tensors(&config)).unwrap();

        let integers = |name: &str| goldens::integers(&file, &format!("gradient.{name}"));
        let ((ids, shape), (mask, _), (classes, _)) = (integers("ids"), integers("mask"), integers("classes"));
        let logits = model.forward(goldens::input_ids(&ids, shape, &model), goldens::attention_mask(&mask, shape, &device));
        let [rows, columns, labels] = logits.dims();
        let classes = goldens::input_ids(&classes, [rows * columns, 1], &model);
        let tokens = mask.iter().sum::<i64>() as f32;
        let mask: Vec<f32> = mask.iter().map(|&m| m as f32 / tokens).collect();
        let weights = Tensor::<2>::from_data(TensorData::new(mask, [rows * columns, 1]), device.tensors());
        let loss = -(log_softmax(logits.reshape([rows * columns, labels]), 1).gather(1, classes) * weights).sum();
        let gradients = GradientsParams::from_grads(loss.backward(), &model);
        let model = SgdConfig::new().init().step(1.0, model, gradients);
        let after = pollster::block_on(model.tensors(&config)).unwrap();

        let mut worst = 0.0f32;
        for name in file.names().into_iter().filter_map(|n| n.strip_prefix("gradient.of.")) {
            let expected = goldens::floats(&file, &format!("gradient.of.{name}"));
            let (before, after) = (&before[name].values, &after[name].values);
            assert_eq!(before.len(), expected.len(), "{name}");
            assert!(after.iter().all(|v| v.is_finite()), "{name}");
            let difference = |((b, a), e): ((&f32, &f32), &f32)| (b - a - e).abs();
            worst = before.iter().zip(after).zip(&expected).map(difference).fold(worst, f32::max);
        }
        println!("{}: {worst:.1e}", family.name());
        assert!(worst < 1e-3, "{}: {worst}", family.name());
    }
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
    for family in ModelType::ALL {
        let (files, _) = tiny(family);
        let encoder = Encoder::load(&files.config, &files.weights, ComputeDevice::cpu()).unwrap();
        let windows = [vec![2, 9, 10, 3], vec![2, 40, 41, 42, 43, 44, 3], vec![2, 3]];
        let together = pollster::block_on(encoder.classify(&windows, &mut Memory::new())).unwrap();
        for (window, logits) in windows.iter().zip(&together) {
            let alone = &pollster::block_on(encoder.classify(std::slice::from_ref(window), &mut Memory::new())).unwrap()[0];
            assert_eq!((alone.seq_len(), logits.seq_len()), (window.len(), window.len()));
            for i in 0..window.len() {
                assert!(alone.row(i).iter().zip(logits.row(i)).all(|(a, b)| (a - b).abs() < 1e-4), "{}", family.name());
            }
        }
    }
}

#[test]
fn xlnet_remembers_only_if_asked() {
    let (files, _) = tiny(ModelType::Xlnet);
    let encoder = || Encoder::load(&files.config, &files.weights, ComputeDevice::cpu()).unwrap();
    let window = [vec![20, 21, 22, 4, 3]];
    let twice = |encoder: Encoder| {
        let mut memory = Memory::new();
        [(); 2].map(|()| pollster::block_on(encoder.classify(&window, &mut memory)).unwrap().remove(0).row(0).to_vec())
    };
    let [first, second] = twice(encoder());
    assert_eq!(first, second);
    let [first_again, second] = twice(encoder().with_memory(8));
    assert_eq!(first, first_again);
    assert!(first.iter().zip(&second).any(|(a, b)| (a - b).abs() > 1e-3), "the second window saw the first");
}

#[test]
fn what_the_model_cannot_take_is_refused() {
    let encoder = Encoder::load(CONFIG, WEIGHTS, ComputeDevice::cpu()).unwrap();
    let code = |windows: &[Vec<u32>]| pollster::block_on(encoder.classify(windows, &mut Memory::new())).unwrap_err().code();
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
    use scrubjay::model::store::{Coarseness, WeightFormat, serialize};
    let device = ComputeDevice::cpu();
    for family in ModelType::ALL {
        let (files, _) = tiny(family);
        let config = EncoderConfig::from_json(&files.config).unwrap();
        let load = |weights: &[u8]| ForTokenClassification::load(weights, &config, device.tensors()).unwrap();
        let model = load(&files.weights);
        let tensors = pollster::block_on(model.tensors(&config)).unwrap();
        let again = load(&serialize(&tensors, WeightFormat::F32).unwrap());
        assert_eq!(pollster::block_on(again.tensors(&config)).unwrap(), tensors);
        let original = safetensors::SafeTensors::deserialize(&files.weights).unwrap();
        let mut names: Vec<_> = original.names().into_iter().filter(|name| !name.ends_with("mask_emb")).collect();
        names.sort_unstable();
        assert_eq!(tensors.keys().map(String::as_str).collect::<Vec<_>>(), names);
        // One byte a weight: within half a step of a row's largest.
        let coarse =
            pollster::block_on(load(&serialize(&tensors, WeightFormat::Int8(Coarseness::FINEST)).unwrap()).tensors(&config)).unwrap();
        for (name, tensor) in &tensors {
            let largest = tensor.values.iter().fold(0.0f32, |m, v| m.max(v.abs()));
            let close = tensor.values.iter().zip(&coarse[name].values).all(|(a, b)| (a - b).abs() <= largest / 254.0 + 1e-6);
            assert!(close, "{} {name}", family.name());
        }
    }
}
