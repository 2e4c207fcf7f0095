//! SHA-256 by the browser: its own is many times as fast as the crate's in WebAssembly, most of all before the module is compiled well, and
//! works in a thread of its own.

use crate::model::files;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A hash that is being computed.
pub(super) struct Digest {
    bytes: Uint8Array,
    by_browser: Option<Promise>,
}

impl Digest {
    /// Begins. `bytes` must stay as they are.
    pub(super) fn begin(bytes: &Uint8Array) -> Self {
        Self { bytes: bytes.clone(), by_browser: by_browser(bytes) }
    }

    /// In lower-case hex.
    pub(super) async fn finish(self) -> String {
        let found = match self.by_browser {
            Some(promise) => JsFuture::from(promise).await.ok().map(|digest| Uint8Array::new(&digest).to_vec()),
            None => None,
        };
        // A page that is no secure context has no such service.
        match found.filter(|digest| digest.len() == 32) {
            Some(digest) => digest.iter().map(|b| format!("{b:02x}")).collect(),
            None => files::sha256(&self.bytes.to_vec()),
        }
    }
}

fn by_browser(bytes: &Uint8Array) -> Option<Promise> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let digest: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    digest.call2(&subtle, &"SHA-256".into(), bytes).ok()?.dyn_into().ok()
}
