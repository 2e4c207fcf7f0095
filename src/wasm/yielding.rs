use crate::engine::{OperatingPoints, Recent, TokenClassifier};
use crate::error::Result;
use crate::labels::LabelSet;
use crate::logits::Logits;
use crate::model::Encoder;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Lets the event loop turn before every batch, so that a cancelling message is heard, and does not read the same window twice.
pub(super) struct Yielding {
    encoder: Encoder,
    recent: Recent,
}

/// Bytes of logits that are kept: those of some 30,000 tokens.
const ROOM: usize = 8 << 20;

impl Yielding {
    pub(super) fn new(encoder: Encoder) -> Self {
        Self { encoder, recent: Recent::new(ROOM) }
    }
}

impl TokenClassifier for Yielding {
    type Memory = <Encoder as TokenClassifier>::Memory;

    fn labels(&self) -> &LabelSet {
        self.encoder.labels()
    }

    fn operating_points(&self) -> OperatingPoints {
        self.encoder.operating_points()
    }

    fn max_positions(&self) -> usize {
        self.encoder.max_positions()
    }

    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Self::Memory) -> Result<Vec<Logits>> {
        macrotask().await;
        // A device that has failed since must not be covered up.
        self.encoder.device().check()?;
        let known: Vec<Option<Logits>> = windows.iter().map(|window| self.recent.get(window)).collect();
        let new: Vec<Vec<u32>> =
            windows.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(window, _)| window.clone()).collect();
        let mut read = match new.is_empty() {
            true => Vec::new(),
            false => self.encoder.classify(&new, memory).await?,
        };
        new.into_iter().zip(&read).for_each(|(window, logits)| self.recent.put(window, logits.clone()));
        let mut read = read.drain(..);
        Ok(known.into_iter().filter_map(|known| known.or_else(|| read.next())).collect())
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
