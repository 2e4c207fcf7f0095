//! Runs in a headless browser: the tiny checkpoint against the reference on the CPU path and on WebGPU, in WebAssembly.
#![cfg(target_family = "wasm")]
#![allow(missing_docs)]

#[path = "support/goldens.rs"]
mod goldens;

use scrubjay::model::{BertConfig, BertForTokenClassification, ComputeDevice};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CONFIG: &[u8] = include_bytes!("../models/tiny-bert/config.json");
const WEIGHTS: &[u8] = include_bytes!("../models/tiny-bert/model.safetensors");
const GOLDENS: &[u8] = include_bytes!("goldens/tiny-bert.safetensors");

async fn check(device: ComputeDevice) {
    let config = BertConfig::from_json(CONFIG).unwrap();
    let model = BertForTokenClassification::load(WEIGHTS, &config, device.tensors()).unwrap();
    let found = goldens::differences(&model, &device, GOLDENS).await;
    device.check().unwrap();
    for (case, difference) in found {
        wasm_bindgen_test::console_log!("{} {case}: {difference:.1e}", device.kind().name());
        assert!(difference < 1e-4, "{case}: {difference}");
    }
}

#[wasm_bindgen_test]
async fn tiny_bert_on_the_cpu_agrees_with_transformers() {
    check(ComputeDevice::cpu()).await;
}

#[wasm_bindgen_test]
async fn tiny_bert_on_webgpu_agrees_with_transformers() {
    check(ComputeDevice::webgpu().await.unwrap()).await;
}

fn main() {}
