use crate::engine::{OperatingPoints, TokenClassifier};
use crate::error::Result;
use crate::labels::LabelSet;
use crate::logits::Logits;
use crate::model::Encoder;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Lets the event loop turn before every batch, so that a cancelling message is heard.
pub(super) struct Yielding(pub(super) Encoder);

impl TokenClassifier for Yielding {
    type Memory = <Encoder as TokenClassifier>::Memory;

    fn labels(&self) -> &LabelSet {
        self.0.labels()
    }

    fn operating_points(&self) -> OperatingPoints {
        self.0.operating_points()
    }

    fn max_positions(&self) -> usize {
        self.0.max_positions()
    }

    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Self::Memory) -> Result<Vec<Logits>> {
        macrotask().await;
        self.0.classify(windows, memory).await
    }
}

/// A turn of the event loop: a resolved promise alone would not let messages in.
async fn macrotask() {
    let global = js_sys::global();
    let Some(set_timeout) = Reflect::get(&global, &"setTimeout".into()).ok().and_then(|f| f.dyn_into::<Function>().ok()) else { return };
    let promise = Promise::new(&mut |resolve, _| {
        let _ = set_timeout.call2(&JsValue::UNDEFINED, &resolve, &0.into());
    });
    let _ = JsFuture::from(promise).await;
}
