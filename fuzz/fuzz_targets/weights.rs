//! A model's configuration and weights: no bytes panic or ask for memory that the file does not hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrubjay::model::{ComputeDevice, Encoder, EncoderConfig};
use scrubjay::tokenizer::Tokenizer;

const CONFIG: &[u8] = include_bytes!("../../models/tiny-bert/config.json");
const WEIGHTS: &[u8] = include_bytes!("../../models/tiny-bert/model.safetensors");

fuzz_target!(|bytes: &[u8]| {
    let device = ComputeDevice::cpu;
    if let Ok(config) = EncoderConfig::from_json(bytes) {
        let json = config.to_json().unwrap();
        EncoderConfig::from_json(json.as_bytes()).expect("what was written is read");
        let _ = Encoder::load(bytes, WEIGHTS, device());
    }
    let _ = Encoder::load(CONFIG, bytes, device());
    let _ = Tokenizer::from_json(bytes);
});
