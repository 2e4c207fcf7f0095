//! The training loop.

use super::checkpoint::{Progress, Store};
use super::config::TrainConfig;
use super::dataset::{Dataset, Example};
use crate::corpus::Document;
use crate::engine::{FindOptions, Redactor, Threshold};
use crate::error::{Error, Result};
use crate::eval::{EvalOptions, evaluate};
use crate::labels::LabelSet;
use crate::model::{ComputeDevice, Encoder, EncoderConfig, ForTokenClassification};
use crate::tokenizer::Tokenizer;
use burn::module::{Module, ParamGroup, ParamId, list_param_ids};
use burn::optim::{AdamWConfig, GradientsAccumulator, GradientsParams, ModuleOptimizer, grad_clipping::GradientClippingConfig};
use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor, TensorData};
use std::path::Path;
use std::time::Instant;

/// Where a fine-tuning starts from: the bytes of a Hugging Face checkpoint folder, without a head or fine-tuned for the same labels,
/// in which case its head is kept and trained further.
pub struct Base {
    /// `config.json`.
    pub config: Vec<u8>,
    /// `tokenizer.json`.
    pub tokenizer: Vec<u8>,
    /// `model.safetensors`; without it the encoder begins with random values.
    pub weights: Option<Vec<u8>>,
}

/// What the trainer tells while it works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// Before the first step.
    Start {
        /// Windows of the training corpus.
        windows: usize,
        /// Tokens of one epoch.
        tokens: usize,
        /// Steps of the whole run.
        steps: usize,
        /// Steps that an earlier run has done.
        resumed_at: usize,
    },
    /// After a step.
    Step {
        /// Its number, from 1.
        step: usize,
        /// Loss of its batch: weighted mean negative log-likelihood in nats.
        loss: f32,
        /// Tokens of its batch, padding not counted.
        tokens: usize,
        /// Seconds it took.
        seconds: f64,
    },
    /// After an epoch and its validation.
    Epoch {
        /// Its number, from 1.
        epoch: usize,
        /// Mean loss.
        loss: f32,
        /// Strict micro F1 of the encoder alone on the validation notes.
        f1: f64,
        /// Strict precision.
        precision: f64,
        /// Strict recall.
        recall: f64,
        /// Whether it is the best so far and was saved.
        best: bool,
    },
}

/// Fine-tunes `base` on `train`, validates after each epoch and keeps the best in `output` as a checkpoint folder. A run that was cut
/// off goes on from its last save when it is started again with the same arguments. `plain` is the device that it runs on.
pub async fn train(
    base: &Base,
    train: &[Document],
    validation: &[Document],
    config: &TrainConfig,
    output: &Path,
    plain: &ComputeDevice,
    on_event: &mut dyn FnMut(Event),
) -> Result<()> {
    config.validate()?;
    let labels = LabelSet::i2b2();
    let shape = EncoderConfig::from_json(&base.config)?;
    let keep_head = shape.id2label == labels.id2label();
    let mut shape = shape.with_labels(&labels);
    (shape.hidden_dropout_prob, shape.attention_probs_dropout_prob) = (config.dropout, config.attention_dropout);
    let tokenizer = Tokenizer::from_json(&base.tokenizer)?;
    let data = Dataset::new(train, &tokenizer, &labels, shape.max_positions(), config)?;
    if data.is_empty() {
        return Err(Error::TrainingFailed { reason: "the corpus holds no text".into() });
    }
    let device = plain.autodiff();
    let mut model = ForTokenClassification::for_fine_tuning(base.weights.as_deref(), &shape, device.tensors(), config.seed, keep_head)?;
    let mut optimizer = optimizer(config);
    let store = Store::open(output, &shape, &base.tokenizer, config)?;
    let mut progress = store.load_progress(config)?;
    if progress.step > 0 {
        (model, optimizer) = store.load_state(model, optimizer)?;
    }
    if config.freeze_word_embeddings {
        model = model.set_require_grad_group(ParamGroup::from_predicate("word"), false);
    }
    let head = model.head_parameters();
    let encoder: Vec<_> = list_param_ids(&model).into_iter().filter(|id| !head.contains(id)).collect();
    let runner = Encoder::new(model.clone(), shape.clone(), device.clone())?;
    // The number of batches differs a little between epochs: count them all, so that the rate ends at zero.
    let epochs: Vec<usize> = (0..config.epochs).map(|e| data.batches(epoch_seed(config, e)).len()).collect();
    let steps: usize = epochs.iter().sum();
    on_event(Event::Start { windows: data.len(), tokens: data.tokens(), steps, resumed_at: progress.step });

    let mut saved = Instant::now();
    let mut step = 0;
    for epoch in 0..config.epochs {
        for batch in data.batches(epoch_seed(config, epoch)) {
            step += 1;
            if step <= progress.step {
                continue;
            }
            let start = Instant::now();
            // Dropout differs from step to step but not from run to run.
            device.tensors().seed(config.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(step as u64));
            let (value, grads) = gradients(&model, &runner, &batch, config.workers, [&head, &encoder])?;
            if !value.is_finite() {
                return Err(Error::TrainingFailed { reason: format!("the loss is not finite at step {step}; lower the learning rate") });
            }
            let factor = config.schedule(step - 1, steps);
            for (grads, rate) in grads.into_iter().zip([config.head_learning_rate, config.learning_rate]) {
                model = optimizer.step(rate * factor, model, grads);
            }
            progress.step = step;
            progress.loss_sum += f64::from(value);
            progress.loss_steps += 1;
            let tokens = batch.iter().map(|e| e.input_ids.len()).sum();
            on_event(Event::Step { step, loss: value, tokens, seconds: start.elapsed().as_secs_f64() });
            if saved.elapsed().as_secs() > 300 {
                store.save_state(&model, &optimizer, &progress)?;
                saved = Instant::now();
            }
        }
        if epoch < progress.epoch {
            continue;
        }
        let encoder = Encoder::new(model.valid(), shape.clone(), plain.clone())?;
        let redactor = Redactor::new(Tokenizer::from_json(&base.tokenizer)?, encoder)?;
        let strict = validate(&redactor, validation).await?;
        let best = progress.best_f1.is_none_or(|f1| strict.2 > f1);
        if best {
            progress.best_f1 = Some(strict.2);
            store.save_model(redactor.classifier()).await?;
        }
        let loss = (progress.loss_sum / progress.loss_steps.max(1) as f64) as f32;
        on_event(Event::Epoch { epoch: epoch + 1, loss, precision: strict.0, recall: strict.1, f1: strict.2, best });
        progress = Progress { epoch: epoch + 1, loss_sum: 0.0, loss_steps: 0, ..progress };
        store.save_state(&model, &optimizer, &progress)?;
        saved = Instant::now();
    }
    Ok(())
}

fn epoch_seed(config: &TrainConfig, epoch: usize) -> u64 {
    config.seed.wrapping_add(1000 * (epoch as u64 + 1))
}

fn optimizer(config: &TrainConfig) -> ModuleOptimizer {
    AdamWConfig::new()
        .with_epsilon(1e-8)
        .with_weight_decay(config.weight_decay)
        .with_grad_clipping(Some(GradientClippingConfig::Norm(config.grad_clip)))
        .init()
}

/// The loss of a batch and its gradients, apart for each of two `groups` of parameters. The batch is cut into `workers` parts, each on a
/// thread of its own: the CPU backend runs element-wise operations on one core.
fn gradients(
    model: &ForTokenClassification,
    runner: &Encoder,
    batch: &[&Example],
    workers: usize,
    groups: [&[ParamId]; 2],
) -> Result<(f32, [GradientsParams; 2])> {
    let total: f32 = batch.iter().flat_map(|e| &e.weights).sum();
    let device = runner.device().tensors();
    let part = |model: ForTokenClassification, batch: &[&Example]| -> Result<(f32, [GradientsParams; 2])> {
        let loss = loss(&model, runner, batch, total)?;
        let value = loss.clone().into_scalar::<f32>();
        let mut grads = loss.backward();
        Ok((value, groups.map(|ids| GradientsParams::from_params(&mut grads, &model, ids))))
    };
    let size = batch.len().div_ceil(workers.max(1));
    if size == batch.len() {
        return part(model.clone(), batch);
    }
    let parts: Vec<Result<_>> = std::thread::scope(|scope| {
        // A fork has leaves of its own: graphs that share some are one graph, with one lock.
        let start = |batch| {
            let model = model.clone().fork(device);
            scope.spawn(move || part(model, batch))
        };
        let threads: Vec<_> = batch.chunks(size).map(start).collect();
        let failed = |_| Error::TrainingFailed { reason: "a worker ended early".into() };
        threads.into_iter().map(|thread| thread.join().map_err(failed)?).collect()
    });
    let mut sum = 0.0;
    let mut accumulators = [GradientsAccumulator::new(), GradientsAccumulator::new()];
    for part in parts {
        let (value, grads) = part?;
        sum += value;
        for (accumulator, grads) in accumulators.iter_mut().zip(grads) {
            accumulator.accumulate(model, grads);
        }
    }
    Ok((sum, accumulators.map(|mut a| a.grads())))
}

/// Weighted negative log-likelihood of a batch, or of a part of one, over the sum of the whole batch's weights.
fn loss(model: &ForTokenClassification, runner: &Encoder, batch: &[&Example], total: f32) -> Result<Tensor<1>> {
    let ids: Vec<&[u32]> = batch.iter().map(|e| e.input_ids.as_slice()).collect();
    let (input_ids, mask) = runner.batch(&ids)?;
    let [rows, seq_len] = input_ids.dims();
    let device = runner.device().tensors();
    let mut classes = vec![0i32; rows * seq_len];
    let mut weights = vec![0f32; rows * seq_len];
    for (row, example) in batch.iter().enumerate() {
        let columns = runner.indent(example.input_ids.len(), seq_len)..;
        for (column, (&class, &weight)) in columns.zip(example.classes.iter().zip(&example.weights)) {
            classes[row * seq_len + column] = class as i32;
            weights[row * seq_len + column] = weight;
        }
    }
    let classes = Tensor::<2, Int>::from_data(TensorData::new(classes, [rows * seq_len, 1]), device);
    let weights = Tensor::<2>::from_data(TensorData::new(weights, [rows * seq_len, 1]), device);
    let logits = model.forward(input_ids, mask);
    let [_, _, num_labels] = logits.dims();
    let log_probs = log_softmax(logits.reshape([rows * seq_len, num_labels]), 1).gather(1, classes);
    Ok((log_probs * weights).sum() * (-1.0 / f64::from(total.max(1e-6))))
}

/// Strict micro precision, recall and F1 of the encoder alone.
async fn validate(redactor: &Redactor<Encoder>, documents: &[Document]) -> Result<(f64, f64, f64)> {
    let options = FindOptions { threshold: Threshold::Probability(0.5), rules: false, consistent: false, ..Default::default() };
    let mut predicted = Vec::with_capacity(documents.len());
    for document in documents {
        predicted.push(redactor.find(&document.text, &options, &mut |_, _| true).await?);
    }
    let overall = evaluate(documents, &predicted, &EvalOptions::default())?.strict.micro;
    Ok((overall.precision.unwrap_or(0.0), overall.recall.unwrap_or(0.0), overall.f1.unwrap_or(0.0)))
}
