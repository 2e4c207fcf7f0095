//! The linear layer of every family: on burn's tensors where it is trained and on GPUs, packed for the CPU's own kernels where it only runs.

#[cfg(feature = "cli")]
use super::gptq::Gram;
use super::kernels::{Activation, Heads, Packed, Weights, attend};
use super::layers::{TensorMap, host, param};
use super::weights::{Checkpoint, HostTensor};
use crate::error::Result;
use burn::module::Module;
use burn::nn::{self, LinearConfig};
use burn::tensor::{Device, Tensor, TensorData, activation::gelu};
use std::sync::Arc;

/// `x · Wᵀ + b`.
#[derive(Module, Debug)]
pub enum Linear {
    /// As burn has it, the weight `[d_input, d_output]`.
    Tensors(nn::Linear),
    /// For inference on the CPU.
    Packed(PackedLinear),
}

/// Weights that are no parameters.
#[derive(Module, Debug)]
pub struct PackedLinear {
    #[module(skip)]
    inner: Arc<Packed>,
    /// Where what it reads is counted, if anybody asked.
    #[module(skip)]
    observer: Observer,
}

#[cfg(feature = "cli")]
type Observer = Option<Gram>;
#[cfg(not(feature = "cli"))]
type Observer = ();

/// Whether layers on `device` are packed. One that records operations for training needs its weights as tensors.
pub fn packs(device: &Device) -> bool {
    *device == Device::flex() && !device.is_autodiff()
}

impl Linear {
    /// `NAME.weight` of shape `[d_output, d_input]` and `NAME.bias`, of the encoder.
    pub fn load(checkpoint: &mut Checkpoint, name: &str, d_input: usize, d_output: usize, device: &Device) -> Result<Self> {
        Self::load_stacked(checkpoint, &[name], d_input, d_output, device)
    }

    /// As [`Self::load`], several of the same shape as one, their outputs side by side.
    pub fn load_stacked(checkpoint: &mut Checkpoint, names: &[&str], d_input: usize, d_output: usize, device: &Device) -> Result<Self> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.push(checkpoint.encoder_weights(&format!("{name}.weight"), &[d_output, d_input])?);
            bias.extend(checkpoint.encoder(&format!("{name}.bias"), &[d_output])?.values);
        }
        Ok(Self::new(Weights::stack(weights), bias, d_input, device))
    }

    /// From weights `[bias.len(), d_input]`.
    pub fn new(weights: Weights, bias: Vec<f32>, d_input: usize, device: &Device) -> Self {
        if packs(device) {
            return Self::Packed(PackedLinear { inner: Arc::new(Packed::new(&weights, bias, d_input)), observer: Observer::default() });
        }
        let mut linear = LinearConfig::new(1, 1).init(device);
        let weight = HostTensor { shape: vec![bias.len(), d_input], values: weights.into_floats() };
        linear.weight = param(transposed(weight), device);
        linear.bias = Some(param(HostTensor { shape: vec![bias.len()], values: bias }, device));
        Self::Tensors(linear)
    }

    /// `[batch, seq_len, d_input]` → `[batch, seq_len, d_output]`.
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        match self {
            Self::Tensors(linear) => linear.forward(x),
            Self::Packed(packed) => packed.forward(x, Activation::Identity),
        }
    }

    /// As [`Self::forward`], with GELU behind it.
    pub fn forward_gelu(&self, x: Tensor<3>) -> Tensor<3> {
        match self {
            Self::Tensors(linear) => gelu(linear.forward(x)),
            Self::Packed(packed) => packed.forward(x, Activation::Gelu),
        }
    }

    /// The weight in the file's layout `[d_output, d_input]`, and the bias.
    async fn unpack(&self) -> Result<(HostTensor, Vec<f32>)> {
        match self {
            Self::Tensors(linear) => {
                let weight = transposed(host(&linear.weight).await?);
                let bias = match &linear.bias {
                    Some(bias) => host(bias).await?.values,
                    None => vec![0.0; weight.shape[0]],
                };
                Ok((weight, bias))
            }
            Self::Packed(PackedLinear { inner, .. }) => {
                let (values, bias) = inner.unpack();
                Ok((HostTensor { shape: vec![bias.len(), values.len() / bias.len().max(1)], values }, bias.to_vec()))
            }
        }
    }

    /// Has it count what it reads from now on; `None` if it is not packed.
    #[cfg(feature = "cli")]
    pub fn observe(&mut self) -> Option<Gram> {
        let Self::Packed(packed) = self else { return None };
        Some(packed.observer.insert(Gram::default()).clone())
    }

    /// Replaces its weights by what `round` makes of them, row by row, and ends the counting.
    #[cfg(feature = "cli")]
    pub fn replace(&mut self, round: impl FnOnce(Vec<f32>) -> Weights) {
        if let Self::Packed(packed) = self {
            let (weights, bias) = packed.inner.unpack();
            let (bias, d_input) = (bias.to_vec(), weights.len() / bias.len().max(1));
            *packed = PackedLinear { inner: Arc::new(Packed::new(&round(weights), bias, d_input)), observer: None };
        }
    }

    /// Puts its tensors into `map`, in the file's layout, split evenly among `names`.
    pub async fn put(&self, map: &mut TensorMap, names: &[String]) -> Result<()> {
        let (weight, bias) = self.unpack().await?;
        let [rows, columns] = [weight.shape[0] / names.len(), weight.shape[1]];
        for (i, name) in names.iter().enumerate() {
            let values = weight.values[i * rows * columns..][..rows * columns].to_vec();
            map.insert(format!("{name}.weight"), HostTensor { shape: vec![rows, columns], values });
            map.insert(format!("{name}.bias"), HostTensor { shape: vec![rows], values: bias[i * rows..][..rows].to_vec() });
        }
        Ok(())
    }
}

impl PackedLinear {
    fn forward(&self, x: Tensor<3>, activation: Activation) -> Tensor<3> {
        let ([batch, seq_len, _], device) = (x.dims(), x.device());
        #[cfg(feature = "cli")]
        if let Some(gram) = &self.observer {
            gram.add(&x);
        }
        let output = self.inner.forward(&values(x), activation);
        let width = output.len() / (batch * seq_len).max(1);
        Tensor::from_data(TensorData::new(output, [batch, seq_len, width]), &device)
    }
}

/// Attention by the CPU's kernel: `qkv` `[batch, seq_len, 3 * width]` → `[batch, seq_len, width]`; `mask_bias` `[batch, 1, 1, seq_len]`.
pub fn attend_packed(qkv: Tensor<3>, heads: usize, mask_bias: Option<Tensor<4>>) -> Tensor<3> {
    let ([batch, seq_len, columns], device) = (qkv.dims(), qkv.device());
    let width = columns / 3;
    let bias = mask_bias.map(values);
    let output = attend(&values(qkv), seq_len, Heads { count: heads, size: width / heads }, bias.as_deref());
    Tensor::from_data(TensorData::new(output, [batch, seq_len, width]), &device)
}

/// The values of a tensor of the CPU, which are in memory already: without a copy where nobody else has the tensor.
fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec().expect("the CPU's tensors are float32")
}

fn transposed(tensor: HostTensor) -> HostTensor {
    let [rows, columns] = [tensor.shape[0], tensor.shape[1]];
    let mut values = Vec::with_capacity(tensor.values.len());
    for column in 0..columns {
        values.extend((0..rows).map(|row| tensor.values[row * columns + column]));
    }
    HostTensor { shape: vec![columns, rows], values }
}
