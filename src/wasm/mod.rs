//! Bindings for JavaScript: convert, call, convert.
//!
//! Errors leave as `Error` objects with `name` "ScrubjayError" and the stable `code`; strings of options, results and information are
//! JSON. No panic hook is installed: a panic's message may quote the note.

mod device;
mod digest;
mod helper;
mod options;
mod prepared;
#[cfg(feature = "webgpu")]
mod webgpu;
mod yielding;

use crate::corpus::{Document, Export};
use crate::engine::{Audit, Redactor};
use crate::error::{Error, Result};
use crate::model::files::check_hashes;
use crate::model::{DeviceKind, EncoderConfig, Manifest};
use crate::redact::restore::Mapping;
use crate::redact::{Redaction, Report, apply};
use crate::tags::Entity;
use crate::text::{OffsetMap, OffsetUnit};
use device::{Checkpoint, Choice, choose};
use digest::Digest;
use js_sys::{Function, Reflect, Uint8Array};
use options::Call;
use prepared::Prepared;
use serde_json::{Value, json};
use std::cell::Cell;
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
    /// Windows that the encoder is given at once.
    batch_size: Cell<usize>,
    model: String,
    sha256: String,
    info: String,
}

#[wasm_bindgen]
impl Engine {
    /// Loads a checkpoint on `device` (`auto`, `webgpu` or `cpu`; `adapter` is the name of the one for WebGPU). Its three files must be the default
    /// model's, unless `hashes` is given: then they are another's, with these SHA-256 by name (JSON), as far as it names them. With
    /// `remember`, windows just read are not read again.
    pub async fn create(
        prepared: Prepared,
        weights: Uint8Array,
        device: String,
        adapter: String,
        hashes: Option<String>,
        remember: bool,
    ) -> Result<Engine, JsValue> {
        Self::load(prepared, &weights, (&device, &adapter), hashes.as_deref(), remember).await.map_err(js_error)
    }

    /// From now on has up to `at_once` windows read by `read`, which takes an array of them and promises one of what [`Self::classify`] gives for
    /// each: a way to spread them over other threads. If it fails, they are read here.
    pub fn share(&self, read: Function, at_once: usize) {
        self.batch_size.set(at_once.max(1));
        self.redactor.classifier().share(read);
    }

    /// Logits `[tokens, labels]` of a window of token ids, special tokens included.
    pub async fn classify(&self, window: Vec<u32>) -> Result<Vec<f32>, JsValue> {
        self.redactor.classifier().classify_here(window).await.map_err(js_error)
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

    /// As `apply`, with the encrypted mapping that `restore` needs to go back from the text that comes with it.
    pub fn seal(&self, text: String, entities: String, options: String, passphrase: String) -> Result<Sealed, JsValue> {
        self.keep(&text, &entities, &options, &passphrase).map_err(js_error)
    }

    /// Redacts a file of notes in its own form. `reading` (JSON) says how it is read, `options` are those of `redact`; `progress(done, total)`
    /// counts notes.
    #[wasm_bindgen(js_name = redactFile)]
    pub async fn redact_file(
        &self,
        name: String,
        bytes: Vec<u8>,
        reading: String,
        options: String,
        progress: Option<Function>,
    ) -> Result<RedactedFile, JsValue> {
        self.run_file(&name, &bytes, &reading, &options, progress).await.map_err(js_error)
    }

    /// What runs where, as JSON.
    pub fn info(&self) -> String {
        self.info.clone()
    }
}

/// Puts back what was taken out of `text`, which may have been edited since, by its sealed mapping. The result is JSON: `{"text",
/// "restored", "ambiguous"}`.
#[wasm_bindgen]
pub fn restore(text: String, mapping: Vec<u8>, passphrase: String) -> Result<String, JsValue> {
    let restored = Mapping::open(&mapping, &passphrase).and_then(|mapping| mapping.restore(&text)).map_err(js_error)?;
    Ok(json!({"text": restored.text, "restored": restored.restored, "ambiguous": restored.ambiguous}).to_string())
}

/// What there is to choose in a file, as JSON: `{"format", "fields": [{"name", "filled"}]}`, the columns of CSV or the fields of JSON lines.
#[wasm_bindgen(js_name = inspectFile)]
pub fn inspect_file(name: String, bytes: Vec<u8>, reading: String) -> Result<String, JsValue> {
    let inspect = || {
        let (format, options) = options::read_as(&name, &bytes, &reading)?;
        Ok((format, format.fields(&bytes, &options)?))
    };
    let (format, fields) = inspect().map_err(js_error)?;
    let fields: Vec<_> = fields.iter().map(|field| json!({"name": field.name, "filled": field.filled})).collect();
    Ok(json!({"format": format.name(), "fields": fields}).to_string())
}

/// A redacted text and its sealed mapping.
#[wasm_bindgen]
pub struct Sealed {
    text: String,
    mapping: Vec<u8>,
}

#[wasm_bindgen]
impl Sealed {
    /// The redacted text.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// The mapping, encrypted.
    #[wasm_bindgen(getter)]
    pub fn mapping(&self) -> Vec<u8> {
        self.mapping.clone()
    }
}

/// A file with the PHI of its notes replaced.
#[wasm_bindgen]
pub struct RedactedFile {
    bytes: Vec<u8>,
    about: String,
}

#[wasm_bindgen]
impl RedactedFile {
    /// The file.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// `{"format", "notes", "unread", "report", "device", "timings"}` as JSON.
    #[wasm_bindgen(getter)]
    pub fn about(&self) -> String {
        self.about.clone()
    }
}

impl Engine {
    async fn load(
        prepared: Prepared,
        weights: &Uint8Array,
        (device, adapter): (&str, &str),
        hashes: Option<&str>,
        remember: bool,
    ) -> Result<Self> {
        let start = now();
        let (model, expected) = match hashes {
            None => Manifest::default_model().map(|manifest| (manifest.id.clone(), manifest.hashes()))?,
            Some(hashes) => ("custom".into(), options::understand("hashes", hashes)?),
        };
        let Prepared { config, tokenizer, hashes: [of_config, of_tokenizer] } = prepared;
        let hash = Digest::begin(weights);
        let choice = choose(&Checkpoint { config: &config, weights: &weights.to_vec() }, device, adapter).await;
        let sha256 = hash.finish().await;
        // Of a file that is another than it should be, this is what is wrong, and not what it made the steps above say.
        check_hashes(&expected, &[of_config, of_tokenizer, sha256.clone()])?;
        EncoderConfig::from_json(&config)?.labels()?;
        let tokenizer = tokenizer?;
        let Choice { encoder, spare, reason } = choice?;
        let info = json!({
            "device": encoder.device().kind(),
            "reason": reason,
            "adapter": encoder.device().adapter(),
            "model": model,
            "sha256": sha256,
            "version": version(),
            "loadMs": now() - start,
        });
        let redactor = Redactor::new(tokenizer, Yielding::new(encoder, spare, remember))?;
        Ok(Self { redactor, batch_size: Cell::new(1), model, sha256, info: info.to_string() })
    }

    async fn run(&self, text: &str, options: &str, progress: Option<Function>) -> Result<String> {
        let start = now();
        let call = self.call(options)?;
        let mut windows = 0;
        let mut on_progress = |done: usize, total: usize| {
            windows = total;
            go_on(progress.as_ref(), done, total)
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

    async fn run_file(&self, name: &str, bytes: &[u8], reading: &str, options: &str, progress: Option<Function>) -> Result<RedactedFile> {
        let start = now();
        let call = self.call(options)?;
        let file = options::open(name, bytes, reading)?;
        let mut on_progress = |done: usize, total: usize| go_on(progress.as_ref(), done, total);
        let redacted = self.redactor.redact_file(&file, &call.policy, &call.context, &call.find, &mut on_progress).await?;
        let about = json!({
            "format": file.format().name(),
            "notes": file.notes().len(),
            "unread": file.unread(),
            "report": self.audit(&call, &redacted.report),
            "device": self.device(),
            "timings": {"totalMs": now() - start},
        });
        Ok(RedactedFile { bytes: redacted.bytes, about: about.to_string() })
    }

    /// A call's options, for reading a text.
    fn call(&self, options: &str) -> Result<Call> {
        let mut call = Call::parse(options)?;
        call.find.batch_size = self.batch_size.get();
        Ok(call)
    }

    fn replace(&self, text: &str, entities: &str, options: &str) -> Result<String> {
        let start = now();
        let call = Call::parse(options)?;
        let redaction = reviewed(text, entities, &call)?;
        let map = OffsetMap::new(text, OffsetUnit::Utf16);
        Ok(self.result(&redaction, &[], &call, &map, json!({"totalMs": now() - start})))
    }

    fn keep(&self, text: &str, entities: &str, options: &str, passphrase: &str) -> Result<Sealed> {
        let redaction = reviewed(text, entities, &Call::parse(options)?)?;
        let mapping = Mapping::new(text, &redaction).seal(passphrase)?;
        Ok(Sealed { text: redaction.text, mapping })
    }

    fn hand_on(&self, id: &str, text: &str, entities: &str, options: &str, format: &str) -> Result<String> {
        let redaction = reviewed(text, entities, &Call::parse(options)?)?;
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
            "report": self.audit(call, &redaction.report),
            "device": self.device(),
            "timings": timings,
        })
        .to_string()
    }

    /// Where the encoder runs now.
    fn device(&self) -> DeviceKind {
        self.redactor.classifier().encoder().device().kind()
    }

    fn audit<'a>(&'a self, call: &'a Call, report: &'a Report) -> Audit<'a> {
        Audit::new(&self.model, &self.sha256, &call.find, report)
    }
}

/// Replaces entities that JavaScript gives.
fn reviewed(text: &str, entities: &str, call: &Call) -> Result<Redaction> {
    let found = options::entities(entities, &OffsetMap::new(text, OffsetUnit::Utf16))?;
    apply(text, &found, &call.policy, &call.context)
}

/// Whether the caller, told of the progress, does not cancel.
fn go_on(progress: Option<&Function>, done: usize, total: usize) -> bool {
    let answer = progress.map(|f| f.call2(&JsValue::NULL, &(done as f64).into(), &(total as f64).into()));
    !matches!(answer, Some(Ok(value)) if value == JsValue::FALSE)
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
