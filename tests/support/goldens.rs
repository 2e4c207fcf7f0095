//! Compares an encoder with the reference implementation's numbers, on whatever engine it runs.

use burn::tensor::{Int, Tensor, TensorData};
use safetensors::SafeTensors;
use scrubjay::model::{ComputeDevice, ForTokenClassification, Memory, read_back};

/// Largest absolute difference over every hidden state and the logits, by case, padding left out: RoBERTa
/// gives it another position than we do, and nothing looks at it.
pub async fn differences(model: &ForTokenClassification, device: &ComputeDevice, goldens: &[u8]) -> Vec<(String, f32)> {
    let file = SafeTensors::deserialize(goldens).unwrap();
    let mut cases: Vec<&str> = file.names().into_iter().filter_map(|n| n.strip_suffix(".input_ids")).collect();
    cases.sort_unstable();
    assert!(cases.len() >= 6, "the goldens hold {} cases", cases.len());
    let mut out = Vec::new();
    for case in cases {
        let (ids, shape) = integers(&file, &format!("{case}.input_ids"));
        let (mask, _) = integers(&file, &format!("{case}.attention_mask"));
        let tokens: Vec<bool> = mask.iter().map(|&m| m == 1).collect();
        let (mut memory, mut memory_len) = (Memory::new(), 0);
        if file.tensor(&format!("{case}.memory_len")).is_ok() {
            memory_len = integers(&file, &format!("{case}.memory_len")).0[0] as usize;
            for i in 0.. {
                let name = format!("{case}.memory_ids.{i}");
                if file.tensor(&name).is_err() {
                    break;
                }
                let (ids, shape) = integers(&file, &name);
                model.forward_after(input_ids(&ids, shape, model), None, &mut memory, memory_len, &mut |_| {});
            }
        }
        let mut hidden_states = Vec::new();
        let mut see = |hidden: &Tensor<3>| hidden_states.push(hidden.clone());
        let mask = attention_mask(&mask, shape, device);
        let logits = model.forward_after(input_ids(&ids, shape, model), mask, &mut memory, memory_len, &mut see);
        let mut worst = difference(&read_back(logits).await.unwrap(), &floats(&file, &format!("{case}.logits")), &tokens);
        for (k, hidden) in hidden_states.into_iter().enumerate() {
            let expected = floats(&file, &format!("{case}.hidden_states.{k}"));
            worst = worst.max(difference(&read_back(hidden).await.unwrap(), &expected, &tokens));
        }
        out.push((case.to_string(), worst));
    }
    out
}

/// Integers of a file and the shape of a batch of them, `[1, n]` for a list.
pub fn integers(file: &SafeTensors, name: &str) -> (Vec<i64>, [usize; 2]) {
    let view = file.tensor(name).unwrap();
    let values: Vec<i64> = view.data().as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect();
    let rows = if view.shape().len() == 2 { view.shape()[0] } else { 1 };
    let columns = values.len() / rows;
    (values, [rows, columns])
}

/// Numbers of a file.
pub fn floats(file: &SafeTensors, name: &str) -> Vec<f32> {
    file.tensor(name).unwrap().data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
}

/// Ids where a model wants them.
pub fn input_ids(ids: &[i64], shape: [usize; 2], model: &ForTokenClassification) -> Tensor<2, Int> {
    let ids: Vec<i32> = ids.iter().map(|&i| i as i32).collect();
    Tensor::from_data(TensorData::new(ids, shape), &model.ids_device())
}

/// A mask on a device, if it masks anything.
pub fn attention_mask(mask: &[i64], shape: [usize; 2], device: &ComputeDevice) -> Option<Tensor<2>> {
    let values: Vec<f32> = mask.iter().map(|&m| m as f32).collect();
    mask.contains(&0).then(|| Tensor::from_data(TensorData::new(values, shape), device.tensors()))
}

fn difference(found: &[f32], expected: &[f32], tokens: &[bool]) -> f32 {
    assert_eq!(found.len(), expected.len());
    // Not fold(max) alone: that would pass over a NaN.
    assert!(found.iter().all(|v| v.is_finite()));
    let width = found.len() / tokens.len();
    let rows = found.chunks(width).zip(expected.chunks(width)).zip(tokens).filter(|(_, token)| **token);
    rows.flat_map(|((a, b), _)| a.iter().zip(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
