//! Tensors on their way into a file, in the form that [`super::weights`] describes.

use super::weights::{HostTensor, SCALE};
use crate::error::{Error, Result};
use safetensors::tensor::{Dtype, TensorView};
use std::collections::BTreeMap;

/// How [`serialize`] stores matrices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WeightFormat {
    /// Everything as `F32`.
    F32,
    /// Matrices as `I8` with a scale a row, vectors as `F32`.
    Int8(Coarseness),
}

/// How far apart neighbouring values of a row are stored, in standard deviations of the row; at least as far as a byte's 255 values have
/// to lie to reach the row's largest. Coarser rows take as many bytes, but fewer of their values differ, and what compresses the file
/// makes use of that: at a step of d deviations, log2(1/d) + 2.05 bits a weight remain for normally distributed ones (Gish & Pierce 1968).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coarseness {
    /// Of the encoder's layers.
    pub layers: f32,
    /// Of the word embeddings, which bear more.
    pub embeddings: f32,
}

impl Coarseness {
    /// As fine as a byte allows.
    pub const FINEST: Self = Self { layers: 0.0, embeddings: 0.0 };

    /// Of the tensor of this name; what is small or decides, as positions and the head do, stays fine.
    fn of(self, name: &str) -> f32 {
        match name {
            _ if name.contains("word_embedding") => self.embeddings,
            _ if name.contains("layer.") => self.layers,
            _ => 0.0,
        }
    }
}

impl Default for Coarseness {
    /// Where strict F1 on the development set begins to suffer, of a model that is rounded after its training.
    fn default() -> Self {
        Self { layers: 0.1, embeddings: 0.3 }
    }
}

/// The bytes of a safetensors file with `tensors`. The same tensors give the same bytes.
pub fn serialize(tensors: &BTreeMap<String, HostTensor>, format: WeightFormat) -> Result<Vec<u8>> {
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let floats = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    for (name, tensor) in tensors {
        match (format, tensor.shape.as_slice()) {
            (WeightFormat::Int8(coarseness), &[rows, ref rest @ ..]) if !rest.is_empty() => {
                let columns = rest.iter().product();
                let scales = scales(&tensor.values, columns, coarseness.of(name));
                let bytes = round_to_nearest(&tensor.values, columns, &scales).into_iter().map(|whole| whole as u8).collect();
                parts.push((name.clone(), Dtype::I8, tensor.shape.clone(), bytes));
                parts.push((format!("{name}{SCALE}"), Dtype::F32, vec![rows], floats(&scales)));
            }
            _ => parts.push((name.clone(), Dtype::F32, tensor.shape.clone(), floats(&tensor.values))),
        }
    }
    let corrupt = |e: safetensors::SafeTensorError| Error::WeightsCorrupt { reason: e.to_string() };
    let views = parts
        .iter()
        .map(|(n, t, s, b)| Ok((n.as_str(), TensorView::new(*t, s.clone(), b).map_err(corrupt)?)))
        .collect::<Result<Vec<_>>>()?;
    safetensors::serialize(views, None).map_err(corrupt)
}

/// The scale of each row for whole numbers of -127..=127 in steps of at least `step` standard deviations. A row that was rounded before keeps
/// its scale: embeddings that stood still while the rest was trained are not rounded twice.
pub(super) fn scales(values: &[f32], columns: usize, step: f32) -> Vec<f32> {
    values.chunks_exact(columns.max(1)).map(|row| scale_before(row).unwrap_or_else(|| scale(row, step))).collect()
}

/// How many steps from zero a value may be: all that a byte holds, in coarse steps half of that, because some machines are the fastest at
/// multiplying seven bits by eight.
pub(super) fn most(step: f32) -> f32 {
    if step > 0.0 { 63.0 } else { 127.0 }
}

/// As [`scales`], of one row, whatever it was rounded to before.
pub(super) fn scale(row: &[f32], step: f32) -> f32 {
    let deviation = (row.iter().map(|v| v * v).sum::<f32>() / row.len() as f32).sqrt();
    let max = largest(row);
    if max > 0.0 { (max / most(step)).max(deviation * step) } else { 1.0 }
}

/// Each value as a whole multiple of its row's scale.
pub(super) fn round_to_nearest(values: &[f32], columns: usize, scales: &[f32]) -> Vec<i8> {
    let rows = values.chunks_exact(columns.max(1)).zip(scales);
    rows.flat_map(|(row, scale)| row.iter().map(move |v| (v / scale).round().clamp(-127.0, 127.0) as i8)).collect()
}

fn largest(row: &[f32]) -> f32 {
    row.iter().fold(0.0f32, |max, v| max.max(v.abs()))
}

/// The step of a row whose values are 127 steps from zero or fewer.
fn scale_before(row: &[f32]) -> Option<f32> {
    let max = largest(row);
    let step = row.iter().map(|v| v.abs()).filter(|v| *v > 0.0).fold(f32::INFINITY, f32::min);
    let whole = |v: &f32| (v / step - (v / step).round()).abs() < 1e-3;
    (max > 0.0 && max / step <= 127.5 && row.iter().all(whole)).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kernels::Weights;
    use crate::model::weights::Checkpoint;
    use std::collections::BTreeSet;

    fn file(format: WeightFormat) -> Vec<u8> {
        let tensors = BTreeMap::from([
            ("bert.a.weight".to_string(), HostTensor { shape: vec![2, 3], values: vec![0.5, -1.0, 0.25, 100.0, 0.0, -50.0] }),
            ("bert.a.bias".to_string(), HostTensor { shape: vec![2], values: vec![0.1, -0.2] }),
            ("bert.pooler.dense.bias".to_string(), HostTensor { shape: vec![1], values: vec![0.0] }),
        ]);
        serialize(&tensors, format).unwrap()
    }

    #[test]
    fn f32_round_trips_and_int8_stays_within_half_a_step() {
        for (format, tolerance) in [(WeightFormat::F32, 0.0), (WeightFormat::Int8(Coarseness::FINEST), 0.5 / 127.0)] {
            let bytes = file(format);
            let mut checkpoint = Checkpoint::open(&bytes, "bert.").unwrap();
            let weight = checkpoint.encoder("a.weight", &[2, 3]).unwrap();
            let expected = [0.5, -1.0, 0.25, 100.0, 0.0, -50.0];
            for (row, (found, expected)) in weight.values.chunks(3).zip(expected.chunks(3)).enumerate() {
                let max = [1.0, 100.0][row];
                assert!(found.iter().zip(expected).all(|(a, b): (&f32, &f32)| (a - b).abs() <= tolerance * max + 1e-6));
            }
            assert_eq!(checkpoint.encoder("a.bias", &[2]).unwrap().values, [0.1, -0.2]);
            checkpoint.finish().unwrap();
        }
    }

    #[test]
    fn coarser_rows_hold_fewer_values_and_small_tensors_stay_fine() {
        let wave =
            HostTensor { shape: vec![2, 600], values: (0..1200).map(|i| (i as f32 * 0.37).sin() * (1.0 + (i / 600) as f32)).collect() };
        let names = ["bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.output.dense.weight", "classifier.weight"];
        let tensors: BTreeMap<_, _> = names.iter().map(|n| (n.to_string(), wave.clone())).collect();
        let bytes = serialize(&tensors, WeightFormat::Int8(Coarseness { layers: 0.2, embeddings: 0.5 })).unwrap();
        let mut checkpoint = Checkpoint::open(&bytes, "bert.").unwrap();
        for (name, fewest, most) in [(names[0], 5, 7), (names[1], 12, 17), (names[2], 100, 255)] {
            let Weights::Bytes { values, scales: stored_scales } = checkpoint.weights(name, &[2, 600]).unwrap() else { panic!("{name}") };
            for (row, scale) in stored_scales.iter().enumerate() {
                let (stored, given) = (&values[row * 600..][..600], &wave.values[row * 600..][..600]);
                let distinct = stored.iter().collect::<BTreeSet<_>>().len();
                assert!((fewest..=most).contains(&distinct), "{name}: {distinct}");
                assert!(stored.iter().zip(given).all(|(q, v)| (f32::from(*q) * scale - v).abs() <= scale * 0.5001), "{name}");
            }
            // Nothing has no step.
            assert_eq!(scales(&[0.0; 4], 4, 0.2), [1.0]);
            // What was rounded is not rounded again, by whatever step.
            let rounded = Weights::Bytes { values: values.clone(), scales: stored_scales }.into_floats();
            assert_eq!(round_to_nearest(&rounded, 600, &scales(&rounded, 600, 0.9)), values, "{name}");
        }
    }
}
