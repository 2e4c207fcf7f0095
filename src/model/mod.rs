//! The encoder: everything that touches a tensor, between token ids and plain logits.

pub mod bert;
pub mod canary;
pub mod config;
pub mod device;
pub mod files;
pub mod weights;

mod attention;
mod embeddings;
mod encoder;
mod head;
mod layers;

pub use bert::BertForTokenClassification;
pub use config::{BertConfig, ModelType};
pub use device::{ComputeDevice, DeviceKind};
pub use encoder::Encoder;
pub use files::{Manifest, ModelFiles};
pub use layers::read_back;
