use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Hyperparameters of a fine-tuning. Serialised beside the model that came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainConfig {
    /// Passes over the corpus; five in Oh, Kang & Lee 2022.
    pub epochs: usize,
    /// Most tokens in a batch, padding counted. Windows of like length share a batch.
    pub batch_tokens: usize,
    /// Peak learning rate of the encoder.
    pub learning_rate: f64,
    /// Peak learning rate of the new head, which starts from noise.
    pub head_learning_rate: f64,
    /// Share of all steps over which the rate rises from zero; then it falls linearly back to zero.
    pub warmup: f64,
    /// AdamW's decoupled weight decay.
    pub weight_decay: f32,
    /// Most that the norm of one parameter's gradient may be.
    pub grad_clip: f32,
    /// Dropout on hidden states.
    pub dropout: f64,
    /// Dropout on attention probabilities. On a CPU the random numbers alone cost a tenth of the time.
    pub attention_dropout: f64,
    /// Weight in the loss of the tokens of a type, against tokens outside: `(median count / count)^this`, bounded to 0.5..=4.
    /// 0 weighs all alike.
    pub rare_type_power: f64,
    /// Words a window in training; 250 in the paper.
    pub max_words: usize,
    /// Whether the word embeddings stay as they are: half of the parameters, whose update costs a tenth of the time.
    pub freeze_word_embeddings: bool,
    /// Threads that share a batch.
    pub workers: usize,
    /// Seed of the head, of dropout and of the order of batches.
    pub seed: u64,
}

impl Default for TrainConfig {
    fn default() -> Self {
        Self {
            epochs: 5,
            batch_tokens: 2048,
            learning_rate: 2e-4,
            head_learning_rate: 2e-3,
            warmup: 0.1,
            weight_decay: 0.01,
            grad_clip: 1.0,
            dropout: 0.1,
            attention_dropout: 0.1,
            rare_type_power: 0.25,
            max_words: 250,
            freeze_word_embeddings: false,
            workers: 1,
            seed: 1,
        }
    }
}

impl TrainConfig {
    /// Refuses values that cannot train.
    pub fn validate(&self) -> Result<()> {
        let check = |ok: bool, reason: &str| if ok { Ok(()) } else { Err(Error::OptionInvalid { option: "train", reason: reason.into() }) };
        check(self.epochs > 0, "epochs must be at least 1")?;
        check(self.batch_tokens >= 16, "batch_tokens must be at least 16")?;
        check(self.learning_rate > 0.0 && self.head_learning_rate > 0.0, "learning rates must be positive")?;
        check((0.0..1.0).contains(&self.warmup), "warmup must lie in 0..1")?;
        check((0.0..1.0).contains(&self.dropout) && (0.0..1.0).contains(&self.attention_dropout), "dropout must lie in 0..1")?;
        check(self.grad_clip > 0.0, "grad_clip must be positive")?;
        check(self.max_words > 0, "max_words must be at least 1")
    }

    /// The factor on the peak rates at `step` of `total`: linear warm-up, linear decay.
    pub fn schedule(&self, step: usize, total: usize) -> f64 {
        let warm = (self.warmup * total as f64).max(1.0);
        let at = step as f64 + 1.0;
        let falling = (total as f64 - step as f64) / (total as f64 - warm).max(1.0);
        (at / warm).min(falling).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_and_falls() {
        let config = TrainConfig::default();
        let rates: Vec<f64> = (0..100).map(|s| config.schedule(s, 100)).collect();
        assert!((rates[4] - 0.5).abs() < 1e-9 && (rates[9] - 1.0).abs() < 1e-9);
        assert!(rates[..10].is_sorted() && rates[10..].is_sorted_by(|a, b| a >= b));
        assert!(rates[99] > 0.0 && rates[99] < 0.05);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(TrainConfig::default().validate().is_ok());
        for config in [TrainConfig { epochs: 0, ..Default::default() }, TrainConfig { learning_rate: f64::NAN, ..Default::default() }] {
            assert_eq!(config.validate().unwrap_err().code(), "OPTION_INVALID");
        }
        assert!(serde_json::from_str::<TrainConfig>(r#"{"epoch": 3}"#).is_err());
    }
}
