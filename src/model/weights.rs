//! Checkpoints: safetensors with Hugging Face names, and nothing taken on trust.
//!
//! Beside `F32`, `F16` and `BF16`, a matrix may be stored as one signed byte a weight with one scale a row: the tensor `NAME` of type
//! `I8` and shape `[rows, columns...]`, and `NAME.scale` of type `F32` and shape `[rows]`; weight = byte × scale. Rows are output
//! channels (or vocabulary entries), so one large weight coarsens its own row only. [`super::store`] writes them.

use super::kernels::Weights;
use crate::error::{Error, Result};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::BTreeSet;

/// A tensor outside any device: shape and row-major values.
#[derive(Debug, Clone, PartialEq)]
pub struct HostTensor {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Vec<f32>,
}

/// An opened checkpoint. Reading a tensor marks it as used; [`Checkpoint::finish`] fails on those left over.
pub struct Checkpoint<'a> {
    source: Tensors<'a>,
    prefix: &'static str,
    unused: BTreeSet<String>,
}

/// Where tensors come from.
enum Tensors<'a> {
    File(SafeTensors<'a>),
    /// Whatever is asked for, as an encoder begins its pretraining.
    #[cfg(feature = "train")]
    Random(crate::random::Rand),
}

/// Tensors that a checkpoint may hold and that tagging has no use for.
const IGNORED: &[&str] = &["embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias", "mask_emb"];

/// How the tensors begin that only pretraining needs, in the checkpoints that a fine-tuning starts from.
const PRETRAINING_HEADS: &[&str] = &["cls.", "lm_head.", "lm_loss.", "vocab_transform.", "vocab_layer_norm.", "vocab_projector."];

/// What is behind the name of a matrix in the name of its scales.
pub(super) const SCALE: &str = ".scale";

impl<'a> Checkpoint<'a> {
    /// Opens the bytes of a safetensors file. `family` is the name that `XForTokenClassification` puts before the encoder's tensors
    /// ("bert."); a bare encoder has none.
    pub fn open(bytes: &'a [u8], family: &'static str) -> Result<Self> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| Error::WeightsCorrupt { reason: e.to_string() })?;
        let unused: BTreeSet<String> = tensors.names().into_iter().map(str::to_string).collect();
        let prefix = if unused.iter().any(|n| n.starts_with(family)) { family } else { "" };
        Ok(Self { source: Tensors::File(tensors), prefix, unused })
    }

    /// A checkpoint that was never trained: matrices from a normal distribution of deviation 0.02, normalisations that change nothing,
    /// biases of zero, as in BERT's and XLNet's initialisation. The same seed gives the same values.
    #[cfg(feature = "train")]
    pub fn random(seed: u64) -> Self {
        Self { source: Tensors::Random(crate::random::Rand::keyed(seed, "weights", 0)), prefix: "", unused: BTreeSet::new() }
    }

    /// Full names of the tensors not read yet, scales of others left out.
    #[cfg(feature = "train")]
    pub fn names(&self) -> Vec<String> {
        self.unused.iter().filter(|name| !name.ends_with(SCALE)).cloned().collect()
    }

    /// Whether the file has a tensor of this full name.
    pub fn has(&self, name: &str) -> bool {
        match &self.source {
            Tensors::File(tensors) => tensors.tensor(name).is_ok(),
            #[cfg(feature = "train")]
            Tensors::Random(_) => false,
        }
    }

    /// Passes over the heads of pretraining.
    pub fn ignore_pretraining_heads(&mut self) {
        self.unused.retain(|name| !PRETRAINING_HEADS.iter().any(|head| name.starts_with(head)));
    }

    /// Whether the file has a tensor of the encoder, named without the family's prefix.
    pub fn has_encoder(&self, name: &str) -> bool {
        self.has(&format!("{}{name}", self.prefix))
    }

    /// A tensor of the encoder, named without the family's prefix.
    pub fn encoder(&mut self, name: &str, shape: &[usize]) -> Result<HostTensor> {
        let name = format!("{}{name}", self.prefix);
        self.read(&name, shape)
    }

    /// A matrix of the encoder in the form that it is stored in, named without the family's prefix.
    pub fn encoder_weights(&mut self, name: &str, shape: &[usize]) -> Result<Weights> {
        let name = format!("{}{name}", self.prefix);
        self.weights(&name, shape)
    }

    /// A tensor by its full name, which must have `shape`.
    pub fn read(&mut self, name: &str, shape: &[usize]) -> Result<HostTensor> {
        Ok(HostTensor { shape: shape.to_vec(), values: self.weights(name, shape)?.into_floats() })
    }

    /// As [`Self::read`], in the form that it is stored in.
    pub fn weights(&mut self, name: &str, shape: &[usize]) -> Result<Weights> {
        #[cfg(feature = "train")]
        if let Tensors::Random(rand) = &mut self.source {
            return Ok(Weights::Floats(initial(name, shape.iter().product(), rand)));
        }
        let view = self.take(name)?;
        let misshapen = |found: String| Error::WeightsShape { name: name.into(), found, expected: format!("F32 {shape:?}") };
        if view.shape() != shape {
            return Err(misshapen(format!("{:?} {:?}", view.dtype(), view.shape())));
        }
        let bytes = view.data();
        let values: Vec<f32> = match view.dtype() {
            Dtype::F32 => bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            Dtype::F16 => bytes.as_chunks().0.iter().map(|b| f16_to_f32(u16::from_le_bytes(*b))).collect(),
            Dtype::BF16 => bytes.as_chunks().0.iter().map(|b| f32::from_bits((u16::from_le_bytes(*b) as u32) << 16)).collect(),
            Dtype::I8 => {
                let Some(&rows) = shape.first() else { return Err(misshapen(format!("I8 {shape:?}"))) };
                let scales = self.read(&format!("{name}{SCALE}"), &[rows])?.values;
                return Ok(Weights::Bytes { values: bytes.iter().map(|b| *b as i8).collect(), scales });
            }
            other => return Err(misshapen(format!("{other:?} {shape:?}"))),
        };
        if !values.iter().all(|v| v.is_finite()) {
            return Err(Error::WeightsCorrupt { reason: format!("{name} holds a value that is not finite") });
        }
        Ok(Weights::Floats(values))
    }

    fn take(&mut self, name: &str) -> Result<TensorView<'a>> {
        let missing = || Error::WeightsMissingTensor { name: name.into() };
        let view = match &self.source {
            Tensors::File(tensors) => tensors.tensor(name).map_err(|_| missing())?,
            #[cfg(feature = "train")]
            Tensors::Random(_) => return Err(missing()),
        };
        self.unused.remove(name);
        Ok(view)
    }

    /// Fails if the file holds tensors that nobody asked for and that are not on the list of harmless ones.
    pub fn finish(mut self) -> Result<()> {
        let prefix = self.prefix;
        self.unused.retain(|name| !IGNORED.contains(&name.strip_prefix(prefix).unwrap_or(name)));
        match self.unused.first() {
            None => Ok(()),
            Some(name) => Err(Error::WeightsUnknownTensor { name: name.clone(), count: self.unused.len() }),
        }
    }
}

/// The values that a tensor begins with.
#[cfg(feature = "train")]
fn initial(name: &str, count: usize, rand: &mut crate::random::Rand) -> Vec<f32> {
    if name.ends_with(".bias") {
        return vec![0.0; count];
    }
    if name.ends_with(".weight") && name.to_lowercase().contains("norm") {
        return vec![1.0; count];
    }
    // Box & Muller 1958.
    let normal = |_| {
        let (u, v) = (rand.unit().max(f64::MIN_POSITIVE), rand.unit());
        (0.02 * (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()) as f32
    };
    (0..count).map(normal).collect()
}

/// IEEE 754 binary16 to binary32.
fn f16_to_f32(half: u16) -> f32 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(half >> 10 & 0x1f);
    let fraction = f32::from(half & 0x3ff);
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        e => sign * (1.0 + fraction / 1024.0) * 2f32.powi(e - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::store::{WeightFormat, serialize};
    use std::collections::BTreeMap;

    fn file() -> Vec<u8> {
        let weight = HostTensor { shape: vec![2, 3], values: vec![0.5, -1.0, 0.25, 100.0, 0.0, -50.0] };
        serialize(
            &BTreeMap::from([
                ("bert.a.weight".to_string(), weight),
                ("bert.a.bias".to_string(), HostTensor { shape: vec![1], values: vec![0.1] }),
            ]),
            WeightFormat::F32,
        )
        .unwrap()
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let bytes = file();
        let mut checkpoint = Checkpoint::open(&bytes, "bert.").unwrap();
        assert_eq!(checkpoint.encoder("b.weight", &[2]).unwrap_err().code(), "WEIGHTS_MISSING_TENSOR");
        assert_eq!(checkpoint.encoder("a.weight", &[3, 2]).unwrap_err().code(), "WEIGHTS_SHAPE");
        assert!(matches!(checkpoint.finish(), Err(Error::WeightsUnknownTensor { count: 1, name }) if name == "bert.a.bias"));
        for cut in [0, 4, 8, 40, bytes.len() - 1] {
            assert_eq!(Checkpoint::open(&bytes[..cut], "bert.").err().map(|e| e.code()), Some("WEIGHTS_CORRUPT"), "cut at {cut}");
        }
    }

    #[test]
    fn half_precision_decodes() {
        for (bits, value) in [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x0000, 0.0)] {
            assert_eq!(f16_to_f32(bits), value);
        }
    }
}
