//! The border between burn and the rest: plain numbers.

use crate::error::{Error, Result};

/// Unnormalised scores of one window, row by row: `[seq_len, num_labels]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Logits {
    values: Vec<f32>,
    num_labels: usize,
}

impl Logits {
    /// Takes `values` of shape `[seq_len, num_labels]`. Fails on a ragged length and on anything that is not finite: a device
    /// that returns NaN must not be taken for one that found nothing.
    pub fn new(values: Vec<f32>, num_labels: usize) -> Result<Self> {
        if num_labels == 0 || !values.len().is_multiple_of(num_labels) {
            return Err(Error::EncoderFailed { reason: format!("{} logits do not divide into rows of {num_labels}", values.len()) });
        }
        if !values.iter().all(|v| v.is_finite()) {
            return Err(Error::EncoderFailed { reason: "a logit is not finite".into() });
        }
        Ok(Self { values, num_labels })
    }

    /// The scores of all tokens, `[seq_len, num_labels]`.
    pub fn into_values(self) -> Vec<f32> {
        self.values
    }

    /// Number of tokens.
    pub fn seq_len(&self) -> usize {
        self.values.len() / self.num_labels
    }

    /// Number of classes.
    pub fn num_labels(&self) -> usize {
        self.num_labels
    }

    /// The scores of token `i`.
    pub fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.num_labels..(i + 1) * self.num_labels]
    }

    /// Log-probabilities of token `i`: log-softmax over the classes, in f32 with the maximum taken out.
    pub fn log_probs(&self, i: usize) -> Vec<f32> {
        let row = self.row(i);
        let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let log_sum = row.iter().map(|v| (v - max).exp()).sum::<f32>().ln();
        row.iter().map(|v| v - max - log_sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_probs_sum_to_one_even_when_large() {
        let logits = Logits::new(vec![1000.0, 999.0, -1000.0], 3).unwrap();
        let sum: f32 = logits.log_probs(0).iter().map(|v| v.exp()).sum();
        assert!((sum - 1.0).abs() < 1e-6);
    }

    #[test]
    fn nan_and_ragged_rows_are_refused() {
        assert_eq!(Logits::new(vec![0.0, f32::NAN], 2).unwrap_err().code(), "ENCODER_FAILED");
        assert_eq!(Logits::new(vec![0.0; 5], 2).unwrap_err().code(), "ENCODER_FAILED");
    }
}
