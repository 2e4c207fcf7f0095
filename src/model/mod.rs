//! The encoder: everything that touches a tensor, between token ids and plain logits.

pub mod canary;
pub mod config;
pub mod device;
pub mod files;
pub mod store;
pub mod weights;

mod bert;
mod classifier;
mod encoder;
#[cfg(feature = "cli")]
mod gptq;
mod head;
mod kernels;
mod layers;
#[cfg(feature = "cli")]
pub mod limit;
mod linear;
#[cfg(feature = "pickle")]
mod pickle;
#[cfg(feature = "train")]
pub mod rework;
mod table;
mod xlnet;

pub use canary::Canary;
pub use classifier::ForTokenClassification;
pub use config::{EncoderConfig, ModelType};
pub use device::{ComputeDevice, DeviceKind};
pub use encoder::Encoder;
pub use files::{Manifest, ModelFiles, Pin};
pub use layers::read_back;
pub use xlnet::Memory;
