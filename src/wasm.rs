//! Bindings for JavaScript: convert, call, convert.
//!
//! Errors leave as `Error` objects with `name` "ScrubjayError" and the stable `code`; strings of options, results and information are
//! JSON. No panic hook is installed: a panic's message may quote the note.

use crate::engine::{FindOptions, OperatingPoints, Redactor, Threshold, TokenClassifier};
use crate::error::{Error, Result};
use crate::labels::{EntityType, LabelSet};
use crate::logits::Logits;
use crate::model::{ComputeDevice, DeviceKind, Encoder, EncoderConfig, Manifest, ModelFiles, canary, files::sha256};
use crate::redact::Policy;
use crate::rules::Lists;
use crate::text::{OffsetMap, OffsetUnit};
use crate::tokenizer::Tokenizer;
use js_sys::{Function, Promise, Reflect};
use serde::Deserialize;
use serde_json::json;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Tokens of the window that `auto` and the self-check run: long enough to time, short enough not to be waited for.
const CANARY_TOKENS: usize = 64;

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

    /// What runs where, as JSON.
    pub fn info(&self) -> String {
        self.info.clone()
    }
}

/// Options of one call, as the shim sends them.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Options {
    policy: Option<serde_json::Value>,
    threshold: Option<ThresholdOption>,
    types: Option<Vec<EntityType>>,
    allow: Vec<String>,
    deny: Vec<Deny>,
    patterns: Vec<Pattern>,
}

/// A preset's name or a probability.
#[derive(Deserialize)]
#[serde(untagged)]
enum ThresholdOption {
    Probability(f32),
    Name(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Deny {
    Text(String),
    Typed {
        text: String,
        #[serde(rename = "type")]
        entity_type: EntityType,
    },
}

#[derive(Deserialize)]
struct Pattern {
    pattern: String,
    #[serde(rename = "type")]
    entity_type: EntityType,
}

impl Options {
    fn parse(json: &str) -> Result<(Policy, FindOptions)> {
        // The parser's message would quote the caller's lists.
        let options: Self = serde_json::from_str(json)
            .map_err(|e| Error::OptionInvalid { option: "options", reason: format!("not understood at column {}", e.column()) })?;
        let policy = match options.policy {
            None => Policy::i2b2(),
            Some(serde_json::Value::String(name)) => Policy::built_in(&name)?,
            Some(object) => Policy::from_json(&object.to_string())?,
        };
        let deny: Vec<_> = options
            .deny
            .into_iter()
            .map(|d| match d {
                // A bare string says that it must go, not what it is.
                Deny::Text(text) => (text, EntityType::IdNum),
                Deny::Typed { text, entity_type } => (text, entity_type),
            })
            .collect();
        let patterns: Vec<_> = options.patterns.into_iter().map(|p| (p.pattern, p.entity_type)).collect();
        let lists = Lists::new(&options.allow, &deny, &patterns)?;
        let threshold = match options.threshold {
            None => Threshold::default(),
            Some(ThresholdOption::Name(name)) => name.parse()?,
            Some(ThresholdOption::Probability(p)) => Threshold::Probability(p),
        };
        Ok((policy, FindOptions { threshold, types: options.types, lists, ..Default::default() }))
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
        let info = json!({
            "device": encoder.device().kind(),
            "reason": reason,
            "adapter": encoder.device().adapter(),
            "model": if pinned { manifest.id.as_str() } else { "custom" },
            "sha256": sha256,
            "version": version(),
            "loadMs": now() - start,
        });
        let redactor = Redactor::new(tokenizer, Yielding(encoder))?;
        Ok(Self { redactor, info: info.to_string() })
    }

    async fn run(&self, text: &str, options: &str, progress: Option<Function>) -> Result<String> {
        let start = now();
        let (policy, options) = Options::parse(options)?;
        let mut windows = 0;
        let mut on_progress = |done: usize, total: usize| {
            windows = total;
            let answer = progress.as_ref().map(|f| f.call2(&JsValue::NULL, &(done as f64).into(), &(total as f64).into()));
            !matches!(answer, Some(Ok(value)) if value == JsValue::FALSE)
        };
        let redaction = self.redactor.redact(text, &policy, &options, &mut on_progress).await?;
        let map = OffsetMap::new(text, OffsetUnit::Utf16);
        let entities: Vec<_> = redaction
            .entities
            .iter()
            .map(|found| {
                let (start, end) = map.from_span(found.entity.span);
                json!({"start": start, "end": end, "type": found.entity.entity_type, "score": found.entity.score,
                    "source": found.entity.source, "replacement": found.replacement})
            })
            .collect();
        let timings = json!({"totalMs": now() - start, "windows": windows});
        Ok(json!({"text": redaction.text, "entities": entities, "report": redaction.report, "timings": timings}).to_string())
    }
}

/// The encoder on the device that was asked for, or on the one that `auto` finds better, and why.
async fn choose(files: &ModelFiles, device: &str) -> Result<(Encoder, String)> {
    let on = |device: ComputeDevice| Encoder::load(&files.config, &files.weights, device);
    match device {
        "cpu" => Ok((on(ComputeDevice::cpu())?, "asked for".into())),
        "webgpu" => {
            let adapter = adapter().await.ok_or_else(|| unavailable("this browser offers no WebGPU adapter"))?;
            let (gpu, cpu) = (on(webgpu().await?)?, on(ComputeDevice::cpu())?);
            let canary = canary::compare(&gpu, &cpu, CANARY_TOKENS, now).await?;
            Ok((gpu, format!("asked for; {adapter}; agrees with the CPU within {:.0e}", canary.difference)))
        }
        "auto" => {
            let cpu = on(ComputeDevice::cpu())?;
            let Some(adapter) = adapter().await else { return Ok((cpu, "this browser offers no WebGPU adapter".into())) };
            if adapter.software {
                return Ok((cpu, format!("the WebGPU adapter ({adapter}) is software, slower than the CPU path")));
            }
            let compared = async {
                let gpu = on(webgpu().await?)?;
                let canary = canary::compare(&gpu, &cpu, CANARY_TOKENS, now).await?;
                Ok::<_, Error>((gpu, canary))
            };
            // Whatever is wrong with the GPU, there is the CPU.
            match compared.await {
                Err(error) => Ok((cpu, format!("WebGPU was tried and failed: {error}"))),
                Ok((gpu, c)) if c.device_ms < c.cpu_ms => Ok((
                    gpu,
                    format!("{adapter} is faster than the CPU ({:.0} ms against {:.0} ms) and agrees with it", c.device_ms, c.cpu_ms),
                )),
                Ok((_, c)) => Ok((cpu, format!("the CPU is faster than {adapter} ({:.0} ms against {:.0} ms)", c.cpu_ms, c.device_ms))),
            }
        }
        _ => Err(Error::OptionInvalid { option: "device", reason: "it is auto, webgpu or cpu".into() }),
    }
}

thread_local! {
    /// burn keeps one WebGPU device a thread and refuses to open it twice.
    static WEBGPU: RefCell<Option<ComputeDevice>> = const { RefCell::new(None) };
}

async fn webgpu() -> Result<ComputeDevice> {
    if let Some(device) = WEBGPU.with_borrow(Clone::clone) {
        device.check()?;
        return Ok(device);
    }
    let device = ComputeDevice::webgpu().await?;
    WEBGPU.with_borrow_mut(|slot| *slot = Some(device.clone()));
    Ok(device)
}

fn unavailable(reason: &str) -> Error {
    Error::DeviceUnavailable { device: DeviceKind::WebGpu.name(), reason: reason.into() }
}

/// What the browser tells of its adapter.
struct Adapter {
    name: String,
    software: bool,
}

impl std::fmt::Display for Adapter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// Asks the browser for its adapter: wgpu does not pass on whether it is a software one.
async fn adapter() -> Option<Adapter> {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok().filter(|v| !v.is_undefined() && !v.is_null());
    let gpu = get(&get(&js_sys::global(), "navigator")?, "gpu")?;
    let request: Function = get(&gpu, "requestAdapter")?.dyn_into().ok()?;
    let promise: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
    let adapter = JsFuture::from(promise).await.ok().filter(|a| !a.is_null() && !a.is_undefined())?;
    let info = get(&adapter, "info").unwrap_or(JsValue::UNDEFINED);
    let words = ["vendor", "architecture", "device", "description"].iter().filter_map(|key| get(&info, key)?.as_string());
    let name = words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let flagged = [&adapter, &info].iter().any(|o| get(o, "isFallbackAdapter") == Some(JsValue::TRUE));
    let lower = name.to_lowercase();
    let software = flagged || ["swiftshader", "llvmpipe", "lavapipe", "microsoft basic render"].iter().any(|s| lower.contains(s));
    Some(Adapter { name: if name.is_empty() { "WebGPU adapter".into() } else { name }, software })
}

/// Lets the event loop turn before every batch, so that a cancelling message is heard.
struct Yielding(Encoder);

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
