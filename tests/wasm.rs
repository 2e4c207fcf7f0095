//! Runs in a headless browser: the tiny checkpoint against the reference on the CPU path and on WebGPU, in WebAssembly.
#![cfg(target_family = "wasm")]
#![allow(missing_docs)]

#[path = "support/goldens.rs"]
mod goldens;

use burn::tensor::{Int, Tensor, TensorData};
use scrubjay::model::store::{Coarseness, WeightFormat, serialize};
use scrubjay::model::{ComputeDevice, EncoderConfig, ForTokenClassification, read_back};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// `config.json`, weights and goldens of a family.
macro_rules! tiny {
    ($name:literal) => {
        [
            include_bytes!(concat!("../models/", $name, "/config.json")),
            include_bytes!(concat!("../models/", $name, "/model.safetensors")),
            include_bytes!(concat!("goldens/", $name, ".safetensors")),
        ]
    };
}

const FAMILIES: [[&[u8]; 3]; 4] = [tiny!("tiny-bert"), tiny!("tiny-roberta"), tiny!("tiny-distilbert"), tiny!("tiny-xlnet")];

async fn check(device: ComputeDevice) {
    for [config, weights, goldens] in FAMILIES {
        let config = EncoderConfig::from_json(config).unwrap();
        let model = ForTokenClassification::load(weights, &config, device.tensors()).unwrap();
        let found = goldens::differences(&model, &device, goldens).await;
        device.check().unwrap();
        for (case, difference) in found {
            wasm_bindgen_test::console_log!("{:?} {} {case}: {difference:.1e}", config.model_type, device.kind().name());
            assert!(difference < 1e-4, "{case}: {difference}");
        }
    }
}

#[wasm_bindgen_test]
async fn tiny_encoders_on_the_cpu_agree_with_transformers() {
    check(ComputeDevice::cpu()).await;
}

#[wasm_bindgen_test]
async fn tiny_encoders_on_webgpu_agree_with_transformers() {
    check(ComputeDevice::webgpu().await.unwrap()).await;
}

/// Weights of seven bits and of eight, which the CPU's kernels multiply in different ways, against the same weights as float32.
#[wasm_bindgen_test]
async fn eight_bit_weights_agree_with_float32() {
    let [config, weights, _] = FAMILIES[0];
    let config = EncoderConfig::from_json(config).unwrap();
    let device = ComputeDevice::cpu();
    let load = |weights: &[u8]| ForTokenClassification::load(weights, &config, device.tensors()).unwrap();
    let ids: Vec<i32> = (0..60).map(|i| 5 + i * 7 % 90).collect();
    for step in [0.0, 0.1] {
        let format = WeightFormat::Int8(Coarseness { layers: step, embeddings: step });
        let bytes = load(&serialize(&load(weights).tensors(&config).await.unwrap(), format).unwrap());
        let floats = load(&serialize(&bytes.tensors(&config).await.unwrap(), WeightFormat::F32).unwrap());
        let logits = async |model: &ForTokenClassification| {
            let ids = Tensor::<2, Int>::from_data(TensorData::new(ids.clone(), [2, 30]), &model.ids_device());
            read_back(model.forward(ids, None)).await.unwrap()
        };
        let (found, expected) = (logits(&bytes).await, logits(&floats).await);
        let largest = expected.iter().fold(0.0f32, |max, x| max.max(x.abs()));
        let difference = found.iter().zip(&expected).fold(0.0f32, |max, (a, b)| max.max((a - b).abs())) / largest;
        wasm_bindgen_test::console_log!("step {step}: {difference:.1e} of the largest logit");
        assert!(difference < 0.05, "step {step}: {difference}");
    }
}

fn main() {}
