//! Which device the encoder runs on.

use crate::error::{Error, Result};
use crate::model::{ComputeDevice, Encoder};

/// The encoder on the device that was asked for, or on the one that `auto` finds better, and why.
pub(super) struct Choice {
    pub encoder: Encoder,
    /// The same on the CPU, where the first is on a GPU, which may fail at any time.
    pub spare: Option<Encoder>,
    pub reason: String,
}

/// Two files' bytes.
#[derive(Clone, Copy)]
pub(super) struct Checkpoint<'a> {
    pub config: &'a [u8],
    pub weights: &'a [u8],
}

impl Choice {
    pub(super) fn cpu_alone(encoder: Encoder, reason: String) -> Self {
        Self { encoder, spare: None, reason }
    }
}

/// `device` is `cpu`, `webgpu` or `auto`, the better one of the two; `adapter` is what the browser calls its adapter for WebGPU. Whether it
/// has one that is worth a try the shim finds out, which chooses the build by it: that for the CPU alone knows no other device.
pub(super) async fn choose(files: &Checkpoint<'_>, device: &str, adapter: &str) -> Result<Choice> {
    match device {
        "cpu" => Ok(Choice::cpu_alone(load(files, ComputeDevice::cpu())?, "asked for".into())),
        #[cfg(feature = "webgpu")]
        "webgpu" => super::webgpu::checked(files, adapter).await,
        #[cfg(feature = "webgpu")]
        "auto" => super::webgpu::if_faster(files, adapter).await,
        #[cfg(not(feature = "webgpu"))]
        "webgpu" | "auto" => Err(Error::DeviceUnavailable { device: "webgpu", reason: format!("this build does not know it ({adapter})") }),
        _ => Err(Error::OptionInvalid { option: "device", reason: "it is auto, webgpu or cpu".into() }),
    }
}

pub(super) fn load(files: &Checkpoint<'_>, device: ComputeDevice) -> Result<Encoder> {
    Encoder::load(files.config, files.weights, device)
}
