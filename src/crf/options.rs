use crate::error::{Error, Result};

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct CrfOptions {
    /// Most steps of the optimiser. It ends earlier when the loss no longer falls.
    pub iterations: usize,
    /// A feature that fewer words of the corpus have is left out.
    pub min_count: u32,
    /// Half of this times the squared norm of all weights is added to the negative log-likelihood of the corpus.
    pub l2: f64,
}

impl Default for CrfOptions {
    fn default() -> Self {
        Self { iterations: 100, min_count: 3, l2: 1.0 }
    }
}

impl CrfOptions {
    /// Refuses values that cannot train.
    pub fn validate(&self) -> Result<()> {
        let check = |ok: bool, reason: &str| if ok { Ok(()) } else { Err(Error::OptionInvalid { option: "crf", reason: reason.into() }) };
        check(self.iterations > 0, "iterations must be at least 1")?;
        check(self.min_count > 0, "min_count must be at least 1")?;
        // Without a prior, the weight of what always goes with one label has no optimum.
        check(self.l2 > 0.0 && self.l2.is_finite(), "l2 must be positive")
    }
}
