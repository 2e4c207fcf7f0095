//! Where tensors live, and whether what comes back from there can be believed.

use crate::error::{Error, Result};
use burn::tensor::Device;
use serde::Serialize;
use std::sync::{Arc, Mutex};

/// A kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// The CPU (burn-flex): SIMD, in WebAssembly too.
    Cpu,
    /// A GPU through WebGPU.
    WebGpu,
    /// A GPU through Vulkan, natively, in builds with the feature `vulkan`.
    Vulkan,
    /// An NVIDIA GPU through CUDA, natively, in builds with the feature `cuda`.
    Cuda,
}

impl std::str::FromStr for DeviceKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        [Self::Cpu, Self::WebGpu, Self::Vulkan, Self::Cuda]
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or(Error::OptionInvalid { option: "device", reason: "it is cpu, vulkan or cuda".into() })
    }
}

impl DeviceKind {
    /// The kind of the device that a tensor says it is on.
    pub fn of(device: &Device) -> Self {
        let device = device.clone().inner();
        #[cfg(feature = "cuda")]
        if device == Device::cuda(0) {
            return Self::Cuda;
        }
        if device == Device::flex() {
            Self::Cpu
        } else if cfg!(feature = "vulkan") {
            Self::Vulkan
        } else {
            Self::WebGpu
        }
    }

    /// As the user names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
            Self::Vulkan => "vulkan",
            Self::Cuda => "cuda",
        }
    }
}

/// An opened device. Errors that it reports beside the calls (a shader that does not validate, a lost device) are kept until
/// [`ComputeDevice::check`] asks.
#[derive(Clone)]
pub struct ComputeDevice {
    kind: DeviceKind,
    tensors: Device,
    adapter: Option<String>,
    fault: Arc<Mutex<Option<String>>>,
}

impl ComputeDevice {
    /// The CPU. It is always there.
    pub fn cpu() -> Self {
        Self { kind: DeviceKind::Cpu, tensors: Device::flex(), adapter: None, fault: Arc::default() }
    }

    /// A device of a native program. In a browser, WebGPU is opened by [`ComputeDevice::webgpu`].
    ///
    /// # Errors
    /// [`Error::DeviceUnavailable`] if the build does not include it or the machine has none.
    pub fn native(kind: DeviceKind) -> Result<Self> {
        #[cfg(any(feature = "vulkan", feature = "cuda"))]
        let first = |of: burn::tensor::DeviceType| {
            let found = Device::enumerate(of).iter().next().cloned();
            let missing = Error::DeviceUnavailable { device: kind.name(), reason: "this machine has none".into() };
            found.map(|tensors| Self { kind, tensors, ..Self::cpu() }).ok_or(missing)
        };
        match kind {
            DeviceKind::Cpu => Ok(Self::cpu()),
            #[cfg(feature = "vulkan")]
            DeviceKind::Vulkan => first(burn::tensor::DeviceType::Vulkan),
            #[cfg(feature = "cuda")]
            DeviceKind::Cuda => first(burn::tensor::DeviceType::Cuda),
            _ => Err(Error::DeviceUnavailable { device: kind.name(), reason: "this build does not include it".into() }),
        }
    }

    /// The same device, recording operations for automatic differentiation.
    #[cfg(feature = "train")]
    pub fn autodiff(&self) -> Self {
        Self { tensors: self.tensors.clone().autodiff(), ..self.clone() }
    }

    /// The default WebGPU adapter. Works once a process (or page): burn keeps the device.
    #[cfg(feature = "webgpu")]
    pub async fn webgpu() -> Result<Self> {
        let unavailable = |reason: String| Error::DeviceUnavailable { device: DeviceKind::WebGpu.name(), reason };
        let (tensors, setup) = Device::wgpu_options().init_with_setup_async().await.map_err(|e| unavailable(e.to_string()))?;
        let fault: Arc<Mutex<Option<String>>> = Arc::default();
        let remember = |fault: &Arc<Mutex<Option<String>>>| {
            let fault = fault.clone();
            move |reason: String| {
                if let Ok(mut slot) = fault.lock() {
                    slot.get_or_insert(reason);
                }
            }
        };
        let uncaptured = remember(&fault);
        setup.device.on_uncaptured_error(Arc::new(move |e| uncaptured(e.to_string())));
        let lost = remember(&fault);
        setup.device.set_device_lost_callback(move |reason, message| lost(format!("device lost ({reason:?}): {message}")));
        let info = setup.adapter.get_info();
        let adapter = [info.name, info.driver, info.driver_info].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
        Ok(Self { kind: DeviceKind::WebGpu, tensors, adapter: Some(adapter).filter(|a| !a.is_empty()), fault })
    }

    /// Its kind.
    pub fn kind(&self) -> DeviceKind {
        self.kind
    }

    /// The adapter's own name, if it gives one.
    pub fn adapter(&self) -> Option<&str> {
        self.adapter.as_deref()
    }

    /// The handle that tensors are made with.
    pub fn tensors(&self) -> &Device {
        &self.tensors
    }

    /// Fails if the device has reported a fault since it was opened: its numbers are not to be trusted from then on.
    pub fn check(&self) -> Result<()> {
        match self.fault.lock().ok().and_then(|slot| slot.clone()) {
            None => Ok(()),
            Some(reason) => Err(Error::DeviceFailed { device: self.kind.name(), reason }),
        }
    }
}
