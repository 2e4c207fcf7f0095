//! Word embeddings: a parameter where they are trained; elsewhere a table in the host's memory, in the form that the checkpoint stores,
//! of which only the rows that a window needs go to the device.

use super::kernels::Weights;
use super::layers::{host, param};
use super::weights::{Checkpoint, HostTensor};
use crate::error::Result;
use burn::module::{Module, Param};
use burn::tensor::{Device, Int, Tensor, TensorData, module::embedding};
use std::sync::Arc;

/// `[vocab_size, hidden_size]`.
#[derive(Module, Debug)]
pub enum Table {
    /// On the device.
    Tensors(Param<Tensor<2>>),
    /// In the host's memory.
    Host(HostTable),
}

/// Rows that are no parameters.
#[derive(Module, Debug)]
pub struct HostTable {
    #[module(skip)]
    rows: Arc<Weights>,
    #[module(skip)]
    shape: [usize; 2],
    #[module(skip)]
    device: Device,
}

impl Table {
    /// Reads the encoder's matrix `name`.
    pub fn load(checkpoint: &mut Checkpoint, name: &str, shape: [usize; 2], device: &Device) -> Result<Self> {
        let rows = checkpoint.encoder_weights(name, &shape)?;
        Ok(if device.is_autodiff() {
            Self::Tensors(param(HostTensor { shape: shape.to_vec(), values: rows.into_floats() }, device))
        } else {
            Self::Host(HostTable { rows: Arc::new(rows), shape, device: device.clone() })
        })
    }

    /// Where it wants the ids: in the host's memory, if it is there itself.
    pub fn ids_device(&self) -> Device {
        match self {
            Self::Tensors(rows) => rows.val().device(),
            Self::Host(_) => Device::flex(),
        }
    }

    /// `input_ids` `[batch, seq_len]`, on [`Self::ids_device`] → `[batch, seq_len, hidden_size]`.
    pub fn forward(&self, input_ids: Tensor<2, Int>) -> Tensor<3> {
        match self {
            Self::Tensors(rows) => embedding(rows.val(), input_ids),
            Self::Host(HostTable { rows, shape: [_, width], device }) => {
                let [batch, seq_len] = input_ids.dims();
                let mut values = vec![0.0; batch * seq_len * width];
                for (row, id) in values.chunks_exact_mut(*width).zip(input_ids.into_data().iter::<i64>()) {
                    rows.copy_row(id as usize, *width, row);
                }
                Tensor::from_data(TensorData::new(values, [batch, seq_len, *width]), device)
            }
        }
    }

    /// Replaces its rows by what `round` makes of them; without effect on a parameter.
    #[cfg(feature = "cli")]
    pub fn replace(&mut self, round: impl FnOnce(Vec<f32>) -> Weights) {
        if let Self::Host(table) = self {
            table.rows = Arc::new(round((*table.rows).clone().into_floats()));
        }
    }

    /// Its values.
    pub async fn host(&self) -> Result<HostTensor> {
        match self {
            Self::Tensors(rows) => host(rows).await,
            Self::Host(HostTable { rows, shape, .. }) => Ok(HostTensor { shape: shape.to_vec(), values: (**rows).clone().into_floats() }),
        }
    }
}
