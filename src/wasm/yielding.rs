use crate::engine::{OperatingPoints, Recent, TokenClassifier};
use crate::error::{Error, Result};
use crate::labels::LabelSet;
use crate::logits::Logits;
use crate::model::Encoder;
use js_sys::{Array, Float32Array, Function, Promise, Reflect, Uint32Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Lets the event loop turn before every batch, so that a cancelling message is heard; does not read the same window twice; and goes on
/// with the spare encoder, for good, when the device of the first one fails. Several windows it has read by whoever offered to share the work.
pub(super) struct Yielding {
    encoder: Encoder,
    spare: Option<Encoder>,
    failed: Cell<bool>,
    recent: Recent,
    shared: RefCell<Option<Function>>,
}

/// Bytes of logits that are kept: those of some 30,000 tokens.
const ROOM: usize = 8 << 20;

impl Yielding {
    /// `spare` does the same on the CPU, where `encoder` is on a GPU.
    pub(super) fn new(encoder: Encoder, spare: Option<Encoder>, remember: bool) -> Self {
        let recent = Recent::new(if remember { ROOM } else { 0 });
        Self { encoder, spare, failed: Cell::new(false), recent, shared: RefCell::default() }
    }

    /// The encoder that runs now.
    pub(super) fn encoder(&self) -> &Encoder {
        self.spare.as_ref().filter(|_| self.failed.get()).unwrap_or(&self.encoder)
    }

    /// Has several windows read by `read`, which takes an array of `Uint32Array`s and promises one of `Float32Array`s.
    pub(super) fn share(&self, read: Function) {
        self.shared.replace(Some(read));
    }

    /// One window, in this thread.
    pub(super) async fn classify_here(&self, window: Vec<u32>) -> Result<Vec<f32>> {
        macrotask().await;
        classify_one(self.encoder(), window).await
    }

    async fn read(&self, windows: &[Vec<u32>], memory: &mut <Encoder as TokenClassifier>::Memory) -> Result<Vec<Logits>> {
        let shared = self.shared.borrow().clone();
        if let Some(read) = shared.filter(|_| windows.len() > 1)
            && let Some(logits) = read_shared(&read, windows, self.labels().len()).await
        {
            return Ok(logits);
        }
        self.read_here(windows, memory).await
    }

    async fn read_here(&self, windows: &[Vec<u32>], memory: &mut <Encoder as TokenClassifier>::Memory) -> Result<Vec<Logits>> {
        match self.encoder().classify(windows, memory).await {
            Err(Error::DeviceFailed { .. }) if self.spare.is_some() && !self.failed.replace(true) => {
                self.encoder().classify(windows, memory).await
            }
            result => result,
        }
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

    fn looks_back(&self) -> bool {
        self.encoder.looks_back()
    }

    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Self::Memory) -> Result<Vec<Logits>> {
        macrotask().await;
        let known: Vec<Option<Logits>> = windows.iter().map(|window| self.recent.get(window)).collect();
        let new: Vec<Vec<u32>> =
            windows.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(window, _)| window.clone()).collect();
        let mut read = match new.is_empty() {
            true => Vec::new(),
            false => self.read(&new, memory).await?,
        };
        new.into_iter().zip(&read).for_each(|(window, logits)| self.recent.put(window, logits.clone()));
        let mut read = read.drain(..);
        Ok(known.into_iter().filter_map(|known| known.or_else(|| read.next())).collect())
    }
}

/// Logits of one window, `[tokens, labels]`.
pub(super) async fn classify_one(encoder: &Encoder, window: Vec<u32>) -> Result<Vec<f32>> {
    let logits = encoder.classify(&[window], &mut Default::default()).await?;
    Ok(logits.into_iter().flat_map(Logits::into_values).collect())
}

/// What `read` promises for `windows`; `None` if that is not one set of logits a window.
async fn read_shared(read: &Function, windows: &[Vec<u32>], num_labels: usize) -> Option<Vec<Logits>> {
    let ids: Array = windows.iter().map(|window| JsValue::from(Uint32Array::from(window.as_slice()))).collect();
    let promise: Promise = read.call1(&JsValue::NULL, &ids).ok()?.dyn_into().ok()?;
    let found: Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let logits = found.iter().map(|values| Logits::new(values.dyn_into::<Float32Array>().ok()?.to_vec(), num_labels).ok());
    let logits: Vec<Logits> = logits.collect::<Option<_>>()?;
    logits.iter().map(Logits::seq_len).eq(windows.iter().map(Vec::len)).then_some(logits)
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
