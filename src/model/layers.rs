//! Building blocks shared by the families: each is made from a checkpoint, runs, and writes itself back under the same names.

use super::device::DeviceKind;
use super::weights::{Checkpoint, HostTensor};
use crate::error::{Error, Result};
use burn::module::Param;
use burn::nn::{LayerNorm, LayerNormConfig};
use burn::tensor::{Device, Tensor, TensorData};
use std::collections::BTreeMap;

/// Tensors by Hugging Face name, on their way into a file.
pub type TensorMap = BTreeMap<String, HostTensor>;

/// A parameter on `device` from values in host memory.
pub fn param<const D: usize>(tensor: HostTensor, device: &Device) -> Param<Tensor<D>> {
    Param::from_data(TensorData::new(tensor.values, tensor.shape), device)
}

/// `NAME.weight` and `NAME.bias`, both of shape `[d_model]`.
pub fn layer_norm(checkpoint: &mut Checkpoint, name: &str, d_model: usize, epsilon: f64, device: &Device) -> Result<LayerNorm> {
    // Checkpoints converted from TensorFlow call the two gamma and beta.
    let old = checkpoint.has_encoder(&format!("{name}.gamma"));
    let [weight, bias] = if old { ["gamma", "beta"] } else { ["weight", "bias"] };
    let mut norm = LayerNormConfig::new(1).with_epsilon(epsilon).init(device);
    norm.gamma = param(checkpoint.encoder(&format!("{name}.{weight}"), &[d_model])?, device);
    norm.beta = Some(param(checkpoint.encoder(&format!("{name}.{bias}"), &[d_model])?, device));
    Ok(norm)
}

/// Puts a layer normalisation's tensors into `map`.
pub async fn put_layer_norm(map: &mut TensorMap, name: &str, norm: &LayerNorm) -> Result<()> {
    map.insert(format!("{name}.weight"), host(&norm.gamma).await?);
    if let Some(beta) = &norm.beta {
        map.insert(format!("{name}.bias"), host(beta).await?);
    }
    Ok(())
}

/// A parameter's values, read back from its device.
pub async fn host<const D: usize>(param: &Param<Tensor<D>>) -> Result<HostTensor> {
    let shape = param.val().dims().to_vec();
    Ok(HostTensor { shape, values: read_back(param.val()).await? })
}

/// A tensor's values, read back from its device, row by row.
pub async fn read_back<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    let device = DeviceKind::of(&tensor.device()).name();
    let failed = |reason: String| Error::DeviceFailed { device, reason };
    let data = tensor.into_data_async().await.map_err(|e| failed(format!("{e:?}")))?;
    data.try_to_vec::<f32>().map_err(|e| failed(format!("{e:?}")))
}
