//! Fitting the weights.

use super::data::Data;
use super::lbfgs::minimize;
use super::model::Model;
use super::options::CrfOptions;
use crate::corpus::Document;
use crate::error::{Error, Result};
use std::time::Instant;

/// What the training tells while it works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// Before the first iteration.
    Start {
        /// Words of the corpus.
        words: usize,
        /// Sequences of the corpus.
        sequences: usize,
        /// Features that are frequent enough.
        features: usize,
        /// Weights to fit.
        weights: usize,
        /// Most iterations that there will be.
        iterations: usize,
    },
    /// After an iteration, each of which goes through the corpus at least once.
    Iteration {
        /// Its number, from 1.
        iteration: usize,
        /// Negative log-likelihood with the prior, in nats a word.
        loss: f64,
        /// Seconds it took.
        seconds: f64,
    },
}

/// Trains a CRF on `documents`; gives the bytes of the model, for [`Tagger::load`](super::Tagger::load).
pub fn train(documents: &[Document], options: &CrfOptions, on_event: &mut dyn FnMut(Event)) -> Result<Vec<u8>> {
    options.validate()?;
    let data = Data::new(documents, options.min_count)?;
    let words = data.len();
    if words == 0 {
        return Err(Error::TrainingFailed { reason: "the corpus holds no text".into() });
    }
    let mut weights = vec![0.0; data.observed.len()];
    let (sequences, features) = (data.sequences(), data.features.hashes.len());
    on_event(Event::Start { words, sequences, features, weights: weights.len(), iterations: options.iterations });

    let mut evaluate = |weights: &[f64], gradient: &mut [f64]| {
        let (log_sum, expected) = data.expect(weights)?;
        let (mut score, mut norm) = (0.0, 0.0);
        for (((weight, gradient), expected), observed) in weights.iter().zip(gradient).zip(expected).zip(&data.observed) {
            *gradient = expected - observed + options.l2 * weight;
            score += weight * observed;
            norm += weight * weight;
        }
        Ok(log_sum - score + options.l2 / 2.0 * norm)
    };
    let mut begun = Instant::now();
    let mut on_iteration = |iteration: usize, value: f64| {
        on_event(Event::Iteration { iteration, loss: value / words as f64, seconds: begun.elapsed().as_secs_f64() });
        begun = Instant::now();
    };
    minimize(&mut weights, options.iterations, &mut evaluate, &mut on_iteration)?;
    Model { types: data.types, features: data.features, weights }.to_bytes()
}
