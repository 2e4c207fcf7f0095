//! An encoder alone, for a thread that reads windows for an engine in another.

use super::js_error;
use super::yielding::classify_one;
use crate::model::{ComputeDevice, Encoder};
use wasm_bindgen::prelude::*;

/// See the file's head.
#[wasm_bindgen]
pub struct Helper {
    encoder: Encoder,
}

#[wasm_bindgen]
impl Helper {
    /// Loads the encoder of a checkpoint that an engine has accepted, on the CPU.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &[u8], weights: &[u8]) -> Result<Helper, JsValue> {
        let encoder = Encoder::load(config, weights, ComputeDevice::cpu()).map_err(js_error)?;
        Ok(Self { encoder })
    }

    /// What the engine's `classify` does.
    pub async fn classify(&self, window: Vec<u32>) -> Result<Vec<f32>, JsValue> {
        classify_one(&self.encoder, window).await.map_err(js_error)
    }
}
