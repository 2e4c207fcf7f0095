//! Which device the encoder runs on.

use super::now;
use crate::error::{Error, Result};
use crate::model::{ComputeDevice, DeviceKind, Encoder, ModelFiles, canary};
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Tokens of the window that `auto` and the self-check run: long enough to time, short enough not to be waited for.
const CANARY_TOKENS: usize = 64;

/// The encoder on the device that was asked for, or on the one that `auto` finds better, and why.
pub(super) struct Choice {
    pub encoder: Encoder,
    /// The same on the CPU, where the first is on a GPU, which may fail at any time.
    pub spare: Option<Encoder>,
    pub reason: String,
}

pub(super) async fn choose(files: &ModelFiles, device: &str) -> Result<Choice> {
    let cpu_alone = |encoder: Encoder, reason: String| Ok(Choice { encoder, spare: None, reason });
    let on = |device: ComputeDevice| Encoder::load(&files.config, &files.weights, device);
    match device {
        "cpu" => cpu_alone(on(ComputeDevice::cpu())?, "asked for".into()),
        "webgpu" => {
            let adapter = adapter().await.ok_or_else(|| unavailable("this browser offers no WebGPU adapter"))?;
            let (gpu, cpu) = (on(webgpu().await?)?, on(ComputeDevice::cpu())?);
            let canary = canary::compare(&gpu, &cpu, CANARY_TOKENS, now).await?;
            let reason = format!("asked for; {adapter}; agrees with the CPU within {:.0e}", canary.difference);
            Ok(Choice { encoder: gpu, spare: Some(cpu), reason })
        }
        "auto" => {
            let cpu = on(ComputeDevice::cpu())?;
            let Some(adapter) = adapter().await else { return cpu_alone(cpu, "this browser offers no WebGPU adapter".into()) };
            if adapter.software {
                return cpu_alone(cpu, format!("the WebGPU adapter ({adapter}) is software, slower than the CPU path"));
            }
            let compared = async {
                let gpu = on(webgpu().await?)?;
                let canary = canary::compare(&gpu, &cpu, CANARY_TOKENS, now).await?;
                Ok::<_, Error>((gpu, canary))
            };
            // Whatever is wrong with the GPU, there is the CPU.
            match compared.await {
                Err(error) => cpu_alone(cpu, format!("WebGPU was tried and failed: {error}")),
                Ok((gpu, c)) if c.device_ms < c.cpu_ms => {
                    let reason =
                        format!("{adapter} is faster than the CPU ({:.0} ms against {:.0} ms) and agrees with it", c.device_ms, c.cpu_ms);
                    Ok(Choice { encoder: gpu, spare: Some(cpu), reason })
                }
                Ok((_, c)) => {
                    cpu_alone(cpu, format!("the CPU is faster than {adapter} ({:.0} ms against {:.0} ms)", c.cpu_ms, c.device_ms))
                }
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
