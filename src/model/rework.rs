//! New checkpoints out of old ones, without running them.

use super::store::{WeightFormat, serialize};
use super::weights::{Checkpoint, HostTensor};
use crate::error::{Error, Result};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::BTreeMap;

/// A safetensors file in which the matrix whose name ends with `suffix` has only `rows`, in that order. Everything else stays as it is.
pub fn select_rows(bytes: &[u8], suffix: &str, rows: &[u32]) -> Result<Vec<u8>> {
    let corrupt = |e: safetensors::SafeTensorError| Error::WeightsCorrupt { reason: e.to_string() };
    let file = SafeTensors::deserialize(bytes).map_err(corrupt)?;
    let mut parts: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let mut selected = false;
    for (name, view) in file.tensors() {
        let mut shape = view.shape().to_vec();
        let data = match shape.as_mut_slice() {
            [count, _] if name.ends_with(suffix) => {
                let width = view.data().len() / (*count).max(1);
                let row = |&row: &u32| view.data().get(row as usize * width..(row as usize + 1) * width);
                let missing =
                    || Error::WeightsShape { name: name.clone(), found: format!("{count} rows"), expected: "every row asked for".into() };
                let data: Vec<&[u8]> = rows.iter().map(row).collect::<Option<_>>().ok_or_else(missing)?;
                (*count, selected) = (rows.len(), true);
                data.concat()
            }
            _ => view.data().to_vec(),
        };
        parts.push((name, view.dtype(), shape, data));
    }
    if !selected {
        return Err(Error::WeightsMissingTensor { name: suffix.into() });
    }
    let views = parts
        .iter()
        .map(|(n, t, s, b)| Ok((n.as_str(), TensorView::new(*t, s.clone(), b).map_err(corrupt)?)))
        .collect::<Result<Vec<_>>>()?;
    safetensors::serialize(views, None).map_err(corrupt)
}

/// The weighted mean of checkpoints that hold the same tensors, as float32: models trained one from the other lie close enough together
/// that their mean is a model too, and often a better one (Wortsman et al. 2022).
///
/// # Errors
/// As for reading them; [`Error::OptionInvalid`] where the shares have no positive sum.
pub fn average(parts: &[(&[u8], f32)]) -> Result<Vec<u8>> {
    let total: f32 = parts.iter().map(|(_, share)| share).sum();
    if !(total > 0.0 && parts.iter().all(|(_, share)| *share >= 0.0)) {
        return Err(Error::OptionInvalid { option: "shares", reason: "they must not be negative, and their sum must be positive".into() });
    }
    let mut mean: BTreeMap<String, HostTensor> = BTreeMap::new();
    for (i, (bytes, share)) in parts.iter().enumerate() {
        let mut checkpoint = Checkpoint::open(bytes, "")?;
        let shapes = SafeTensors::deserialize(bytes).map_err(|e| Error::WeightsCorrupt { reason: e.to_string() })?;
        for name in checkpoint.names() {
            let shape = shapes.tensor(&name).map(|view| view.shape().to_vec()).unwrap_or_default();
            // Another shape than the first one's is an error of reading; another name has no first one.
            let shape = mean.get(&name).map_or(shape, |first| first.shape.clone());
            let tensor = checkpoint.read(&name, &shape)?;
            if i > 0 && !mean.contains_key(&name) {
                return Err(Error::WeightsUnknownTensor { name, count: 1 });
            }
            let sum = mean.entry(name).or_insert_with(|| HostTensor { shape, values: vec![0.0; tensor.values.len()] });
            sum.values.iter_mut().zip(&tensor.values).for_each(|(sum, value)| *sum += value * share / total);
        }
        if let Some(name) = mean.keys().find(|name| !checkpoint.has(name)) {
            return Err(Error::WeightsMissingTensor { name: name.clone() });
        }
    }
    serialize(&mean, WeightFormat::F32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, values: &[f32]) -> Vec<u8> {
        let tensor = HostTensor { shape: vec![2, values.len() / 2], values: values.to_vec() };
        serialize(&BTreeMap::from([(name.to_string(), tensor)]), WeightFormat::F32).unwrap()
    }

    #[test]
    fn the_mean_is_weighted() {
        let (a, b) = (file("w", &[0.0, 1.0, 2.0, 3.0]), file("w", &[4.0, 1.0, 2.0, -1.0]));
        let mean = average(&[(&a, 1.0), (&b, 3.0)]).unwrap();
        let read = Checkpoint::open(&mean, "").unwrap().read("w", &[2, 2]).unwrap();
        assert_eq!(read.values, [3.0, 1.0, 2.0, 0.0]);
    }

    #[test]
    fn rows_are_selected() {
        let bytes = file("bert.a.weight", &[0.5, -1.0, 0.25, 100.0, 0.0, -50.0]);
        let selected = select_rows(&bytes, "a.weight", &[1]).unwrap();
        let mut checkpoint = Checkpoint::open(&selected, "bert.").unwrap();
        assert_eq!(checkpoint.encoder("a.weight", &[1, 3]).unwrap().values, [100.0, 0.0, -50.0]);
        assert_eq!(select_rows(&bytes, "a.weight", &[2]).unwrap_err().code(), "WEIGHTS_SHAPE");
        assert_eq!(select_rows(&bytes, "b.weight", &[0]).unwrap_err().code(), "WEIGHTS_MISSING_TENSOR");
    }

    #[test]
    fn unlike_checkpoints_have_no_mean() {
        let a = file("w", &[0.0; 4]);
        let code = |b: &[u8], share: f32| average(&[(&a, 1.0), (b, share)]).unwrap_err().code();
        assert_eq!(code(&file("v", &[0.0; 4]), 1.0), "WEIGHTS_UNKNOWN_TENSOR");
        assert_eq!(code(&file("w", &[0.0; 6]), 1.0), "WEIGHTS_SHAPE");
        assert_eq!(code(&a, -1.0), "OPTION_INVALID");
    }
}
