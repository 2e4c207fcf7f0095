//! SHA-256 by the browser: its own is many times as fast as the crate's in WebAssembly, most of all before the module is compiled well.

use crate::model::files;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// In lower-case hex.
pub(super) async fn sha256(bytes: &[u8]) -> String {
    // A page that is no secure context has no such service.
    match by_browser(bytes).await {
        Some(digest) => digest,
        None => files::sha256(bytes),
    }
}

async fn by_browser(bytes: &[u8]) -> Option<String> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let digest: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = digest.call2(&subtle, &"SHA-256".into(), &Uint8Array::from(bytes)).ok()?.dyn_into().ok()?;
    let digest = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
    (digest.len() == 32).then(|| digest.iter().map(|b| format!("{b:02x}")).collect())
}
