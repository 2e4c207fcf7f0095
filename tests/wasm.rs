//! Runs in a headless browser: the tiny checkpoint against the reference on the CPU path and on WebGPU, in WebAssembly.
#![cfg(target_family = "wasm")]
#![allow(missing_docs)]

#[path = "support/goldens.rs"]
mod goldens;

use scrubjay::model::{ComputeDevice, EncoderConfig, ForTokenClassification};
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

fn main() {}
