//! Compares an encoder with the reference implementation's numbers, on whatever engine it runs.

use burn::tensor::{Int, Tensor, TensorData};
use safetensors::SafeTensors;
use scrubjay::model::{BertForTokenClassification, ComputeDevice, read_back};

/// Largest absolute difference over every hidden state and the logits, by case, padding left out: RoBERTa
/// gives it another position than we do, and nothing looks at it.
pub async fn differences(model: &BertForTokenClassification, device: &ComputeDevice, goldens: &[u8]) -> Vec<(String, f32)> {
    let file = SafeTensors::deserialize(goldens).unwrap();
    let mut cases: Vec<&str> = file.names().into_iter().filter_map(|n| n.strip_suffix(".input_ids")).collect();
    cases.sort_unstable();
    assert!(cases.len() >= 6, "the goldens hold {} cases", cases.len());
    let mut out = Vec::new();
    for case in cases {
        let integers = |name: &str| -> (Vec<i64>, [usize; 2]) {
            let view = file.tensor(&format!("{case}.{name}")).unwrap();
            let values = view.data().as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect();
            (values, [view.shape()[0], view.shape()[1]])
        };
        let floats = |name: &str| -> Vec<f32> {
            file.tensor(&format!("{case}.{name}")).unwrap().data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
        };
        let (ids, shape) = integers("input_ids");
        let (mask, _) = integers("attention_mask");
        let padded = mask.contains(&0);
        let tokens: Vec<bool> = mask.iter().map(|&m| m == 1).collect();
        let ids: Vec<i32> = ids.iter().map(|&i| i as i32).collect();
        let mask: Vec<f32> = mask.iter().map(|&m| m as f32).collect();
        let input_ids = Tensor::<2, Int>::from_data(TensorData::new(ids, shape), device.tensors());
        let mask = padded.then(|| Tensor::<2>::from_data(TensorData::new(mask, shape), device.tensors()));
        let (hidden_states, logits) = model.forward_all(input_ids, mask);
        let mut worst = difference(&read_back(logits).await.unwrap(), &floats("logits"), &tokens);
        for (k, hidden) in hidden_states.into_iter().enumerate() {
            worst = worst.max(difference(&read_back(hidden).await.unwrap(), &floats(&format!("hidden_states.{k}")), &tokens));
        }
        out.push((case.to_string(), worst));
    }
    out
}

fn difference(found: &[f32], expected: &[f32], tokens: &[bool]) -> f32 {
    assert_eq!(found.len(), expected.len());
    // Not fold(max) alone: that would pass over a NaN.
    assert!(found.iter().all(|v| v.is_finite()));
    let width = found.len() / tokens.len();
    let rows = found.chunks(width).zip(expected.chunks(width)).zip(tokens).filter(|(_, token)| **token);
    rows.flat_map(|((a, b), _)| a.iter().zip(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
