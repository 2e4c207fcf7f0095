//! What of an engine can be made while its weights are still on their way.

use super::digest::Digest;
use crate::error::Result;
use crate::rules::Rules;
use crate::tokenizer::Tokenizer;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// A model's two small files, understood. What is wrong with them is for the engine to say, once it knows their hashes to be right.
#[wasm_bindgen]
pub struct Prepared {
    pub(super) config: Vec<u8>,
    pub(super) tokenizer: Result<Tokenizer>,
    /// Of both, SHA-256 in lower-case hex.
    pub(super) hashes: [String; 2],
}

/// Reads `config.json` and `tokenizer.json`, and compiles the rules, which takes longer than all else that a first note needs.
#[wasm_bindgen]
pub async fn prepare(config: Uint8Array, tokenizer: Uint8Array) -> Prepared {
    let hashes = [Digest::begin(&config), Digest::begin(&tokenizer)];
    Rules::default();
    let tokenizer = Tokenizer::from_json(&tokenizer.to_vec());
    let [first, second] = hashes;
    Prepared { config: config.to_vec(), tokenizer, hashes: [first.finish().await, second.finish().await] }
}
