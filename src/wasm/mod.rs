//! Bindings for JavaScript: convert, call, convert.
//!
//! Errors leave as `Error` objects with `name` "ScrubjayError" and the stable `code`; strings of options, results and information are
//! JSON. No panic hook is installed: a panic's message may quote the note.

mod device;
mod options;
mod yielding;

use crate::corpus::{Document, Export};
use crate::engine::{Audit, Redactor};
use crate::error::{Error, Result};
use crate::model::{EncoderConfig, Manifest, ModelFiles, files::sha256};
use crate::redact::{Redaction, apply};
use crate::tags::Entity;
use crate::text::{OffsetMap, OffsetUnit};
use crate::tokenizer::Tokenizer;
use device::choose;
use js_sys::{Function, Reflect};
use options::Call;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use yielding::Yielding;

/// Version of the crate.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// The manifest of the model that this build is pinned to.
#[wasm_bindgen(js_name = defaultModel)]
pub fn default_model() -> String {
    crate::model::files::DEFAULT_MANIFEST.into()
}

/// A loaded model on a device.
#[wasm_bindgen]
pub struct Engine {
    redactor: Redactor<Yielding>,
    model: String,
    sha256: String,
    info: String,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a checkpoint's three files on `device` (`auto`, `webgpu` or `cpu`). With `pinned`, they must be the default model's.
    pub async fn create(config: Vec<u8>, tokenizer: Vec<u8>, weights: Vec<u8>, device: String, pinned: bool) -> Result<Engine, JsValue> {
        let files = ModelFiles { config, tokenizer, weights };
        Self::load(files, &device, pinned).await.map_err(js_error)
    }

    /// Redacts `text`; options and result are JSON. `progress(done, total)` is called after each window and may return `false` to cancel.
    pub async fn redact(&self, text: String, options: String, progress: Option<Function>) -> Result<String, JsValue> {
        self.run(&text, &options, progress).await.map_err(js_error)
    }

    /// Replaces `entities` (JSON, offsets in UTF-16 code units, sorted and disjoint) in `text`; the encoder does not run. Options and
    /// result are those of `redact`.
    pub fn apply(&self, text: String, entities: String, options: String) -> Result<String, JsValue> {
        self.replace(&text, &entities, &options).map_err(js_error)
    }

    /// As `apply`, the redacted text in another form: `text`, `json`, `i2b2`, `brat`, `conll` or `html`, its replacements annotated.
    pub fn export(&self, id: String, text: String, entities: String, options: String, format: String) -> Result<String, JsValue> {
        self.hand_on(&id, &text, &entities, &options, &format).map_err(js_error)
    }

    /// What runs where, as JSON.
    pub fn info(&self) -> String {
        self.info.clone()
    }
}

impl Engine {
    async fn load(files: ModelFiles, device: &str, pinned: bool) -> Result<Self> {
        let start = now();
        let manifest = Manifest::default_model()?;
        if pinned {
            files.verify(&manifest)?;
        }
        let sha256 = sha256(&files.weights);
        // Complained of before anything slow is done.
        EncoderConfig::from_json(&files.config)?.labels()?;
        let tokenizer = Tokenizer::from_json(&files.tokenizer)?;
        let (encoder, reason) = choose(&files, device).await?;
        let model = if pinned { manifest.id } else { "custom".into() };
        let info = json!({
            "device": encoder.device().kind(),
            "reason": reason,
            "adapter": encoder.device().adapter(),
            "model": model,
            "sha256": sha256,
            "version": version(),
            "loadMs": now() - start,
        });
        let redactor = Redactor::new(tokenizer, Yielding(encoder))?;
        Ok(Self { redactor, model, sha256, info: info.to_string() })
    }

    async fn run(&self, text: &str, options: &str, progress: Option<Function>) -> Result<String> {
        let start = now();
        let call = Call::parse(options)?;
        let mut windows = 0;
        let mut on_progress = |done: usize, total: usize| {
            windows = total;
            let answer = progress.as_ref().map(|f| f.call2(&JsValue::NULL, &(done as f64).into(), &(total as f64).into()));
            !matches!(answer, Some(Ok(value)) if value == JsValue::FALSE)
        };
        let words = self.redactor.read(text, &call.find, &mut on_progress).await?;
        let found = self.redactor.decide(text, &words, &call.find)?;
        let doubtful = match call.doubtful {
            true => self.redactor.doubtful(text, &words, &call.find, &found)?,
            false => Vec::new(),
        };
        let redaction = apply(text, &found, &call.policy, &call.context)?;
        let map = OffsetMap::new(text, OffsetUnit::Utf16);
        Ok(self.result(&redaction, &doubtful, &call, &map, json!({"totalMs": now() - start, "windows": windows})))
    }

    fn replace(&self, text: &str, entities: &str, options: &str) -> Result<String> {
        let start = now();
        let call = Call::parse(options)?;
        let map = OffsetMap::new(text, OffsetUnit::Utf16);
        let redaction = apply(text, &options::entities(entities, &map)?, &call.policy, &call.context)?;
        Ok(self.result(&redaction, &[], &call, &map, json!({"totalMs": now() - start})))
    }

    fn hand_on(&self, id: &str, text: &str, entities: &str, options: &str, format: &str) -> Result<String> {
        let call = Call::parse(options)?;
        let found = options::entities(entities, &OffsetMap::new(text, OffsetUnit::Utf16))?;
        let redaction = apply(text, &found, &call.policy, &call.context)?;
        format.parse::<Export>()?.write(&Document::redacted(id, &redaction))
    }

    fn result(&self, redaction: &Redaction, doubtful: &[Entity], call: &Call, map: &OffsetMap, timings: Value) -> String {
        let entity = |e: &Entity| {
            let (start, end) = map.from_span(e.span);
            json!({"start": start, "end": end, "type": e.entity_type, "score": e.score, "source": e.source})
        };
        let replaced = redaction.entities.iter().map(|r| {
            let mut json = entity(&r.entity);
            json["replacement"] = r.replacement.as_str().into();
            json
        });
        json!({
            "text": redaction.text,
            "entities": replaced.collect::<Vec<_>>(),
            "doubtful": doubtful.iter().map(entity).collect::<Vec<_>>(),
            "report": Audit::new(&self.model, &self.sha256, &call.find, &redaction.report),
            "timings": timings,
        })
        .to_string()
    }
}

/// Milliseconds, from the page's clock.
fn now() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).unwrap_or(JsValue::UNDEFINED);
    let clock = Reflect::get(&performance, &"now".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    clock.and_then(|f| f.call0(&performance).ok()).and_then(|v| v.as_f64()).unwrap_or_else(js_sys::Date::now)
}

fn js_error(error: Error) -> JsValue {
    let object = js_sys::Error::new(&error.to_string());
    object.set_name("ScrubjayError");
    let _ = Reflect::set(&object, &"code".into(), &error.code().into());
    object.into()
}
