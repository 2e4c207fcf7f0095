use super::{find_with, read_gold, redactor};
use crate::args::QuantizeArgs;
use crate::output::bar;
use scrubjay::Result;
use scrubjay::corpus::{Document, read_path};
use scrubjay::engine::{FindOptions, Redactor, TokenClassifier};
use scrubjay::eval::{EvalOptions, evaluate};
use scrubjay::model::store::{Coarseness, WeightFormat, serialize};
use scrubjay::model::{ComputeDevice, Encoder, Memory, ModelFiles};

pub fn run(args: &QuantizeArgs) -> Result<()> {
    // Read first: a wrong corpus should not be found out after the work.
    let gold = args.gold.as_ref().map(|gold| read_gold(gold, args.only.as_deref())).transpose()?;
    let mut files = ModelFiles::read(&args.model)?;
    let notes = args.notes.as_ref().map(read_path).transpose()?;
    let model = redactor(&files, 0)?;
    let before = files.weights.len();
    let coarseness = Coarseness { layers: args.step, embeddings: args.embedding_step };
    let tensors = match notes {
        Some(notes) => pollster::block_on(rounded_by(&model, &files, &notes, coarseness)?.tensors())?,
        None => pollster::block_on(model.classifier().tensors())?,
    };
    files.weights = serialize(&tensors, WeightFormat::Int8(coarseness))?;
    eprintln!("model.safetensors: {before} bytes to {}, {:.0} of entropy", files.weights.len(), entropy(&files.weights));
    files.write(&args.output, &args.id)?;
    if let Some(gold) = gold {
        let after = redactor(&files, 0)?;
        let figures = [figures(&model, &gold.documents)?, figures(&after, &gold.documents)?];
        println!("{} notes  strict F1  char recall  char precision", gold.documents.len());
        for (name, [f1, recall, precision]) in ["before", "after"].into_iter().zip(figures) {
            println!("{name:<6}  {f1:.4}  {recall:.4}  {precision:.4}");
        }
        println!("divergence {:.5} nats a token", divergence(&model, &after, &gold.documents)?);
    }
    Ok(())
}

/// The encoder with its layers rounded by what they read of `notes`.
fn rounded_by(model: &Redactor<Encoder>, files: &ModelFiles, notes: &[Document], coarseness: Coarseness) -> Result<Encoder> {
    let windows = notes.iter().map(|note| model.windows(&note.text, &FindOptions::default())).collect::<Result<Vec<_>>>()?.concat();
    let mut rounded = Encoder::load(&files.config, &files.weights, ComputeDevice::cpu())?;
    let bar = bar(0, "layers");
    let mut progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    pollster::block_on(rounded.round(&windows, coarseness, &mut progress))?;
    bar.finish_and_clear();
    Ok(rounded)
}

/// Bytes that a coder of single bytes needs at least, where it may change its code every 64 KiB: what the package, which carries the weights in
/// Huffman codes, comes near to.
fn entropy(bytes: &[u8]) -> f64 {
    let of = |block: &[u8]| -> f64 {
        let mut counts = [0.0f64; 256];
        block.iter().for_each(|byte| counts[usize::from(*byte)] += 1.0);
        let bits = counts.iter().filter(|count| **count > 0.0).map(|count| count * (block.len() as f64 / count).log2());
        bits.sum::<f64>() / 8.0
    };
    bytes.chunks(1 << 16).map(of).sum()
}

/// How far the probabilities of the labels lie from those before: the Kullback-Leibler divergence of a token, in nats, on average.
fn divergence(before: &Redactor<Encoder>, after: &Redactor<Encoder>, documents: &[Document]) -> Result<f64> {
    let (mut sum, mut tokens) = (0.0, 0);
    for document in documents {
        let windows = before.windows(&document.text, &FindOptions::default())?;
        let read = |model: &Redactor<Encoder>| pollster::block_on(model.classifier().classify(&windows, &mut Memory::new()));
        for (before, after) in read(before)?.iter().zip(&read(after)?) {
            for i in 0..before.seq_len() {
                let both = before.log_probs(i).into_iter().zip(after.log_probs(i));
                sum += both.map(|(p, q)| f64::from(p.exp() * (p - q))).sum::<f64>();
                tokens += 1;
            }
        }
    }
    Ok(sum / f64::from(tokens.max(1)))
}

/// Strict F1, and recall and precision of characters of any type, of the whole pipeline; `NaN` where one is not defined.
fn figures(model: &Redactor<Encoder>, documents: &[Document]) -> Result<[f64; 3]> {
    let found = find_with(model, documents, &FindOptions::default())?;
    let evaluation = evaluate(documents, &found, &EvalOptions { examples: 0, ..Default::default() })?;
    let characters = evaluation.characters;
    Ok([evaluation.strict.micro.f1, characters.recall, characters.precision].map(|ratio| ratio.unwrap_or(f64::NAN)))
}
