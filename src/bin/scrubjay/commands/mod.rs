//! One command a file.

pub mod eval;
pub mod quantize;
pub mod redact;
pub mod synth;
pub mod tag;
pub mod train;
pub mod trim;

use crate::args::ModelArgs;
use crate::output::bar;
use scrubjay::corpus::Document;
use scrubjay::engine::{FindOptions, Redactor};
use scrubjay::model::{ComputeDevice, Encoder, Manifest, ModelFiles};
use scrubjay::tokenizer::Tokenizer;
use scrubjay::{Entity, EntityType, Result};
use std::time::Instant;

/// The model that the caller asked for, on the CPU. The shipped one is checked against its manifest.
fn load(args: &ModelArgs) -> Result<Redactor<Encoder>> {
    let files = match &args.model {
        Some(folder) => ModelFiles::read(folder)?,
        None => {
            let files = ModelFiles::default_model();
            files.verify(&Manifest::default_model()?)?;
            files
        }
    };
    let encoder = Encoder::load(&files.config, &files.weights, ComputeDevice::cpu())?;
    Redactor::new(Tokenizer::from_json(&files.tokenizer)?, encoder)
}

fn options(args: &ModelArgs) -> Result<FindOptions> {
    let types = args.types.as_ref().map(|names| names.iter().map(|n| n.parse()).collect::<Result<Vec<EntityType>>>()).transpose()?;
    Ok(FindOptions {
        threshold: args.threshold.parse()?,
        types,
        model: !args.no_model,
        rules: !args.no_rules,
        consistent: !args.no_consistency,
        batch_size: args.batch_size,
        ..Default::default()
    })
}

/// Finds the PHI of every document, with a bar, and says how fast it went.
fn find_all(args: &ModelArgs, documents: &[Document]) -> Result<Vec<Vec<Entity>>> {
    let redactor = load(args)?;
    let options = options(args)?;
    let progress = bar(documents.len() as u64, "notes");
    let start = Instant::now();
    let mut tokens = 0;
    let mut found = Vec::with_capacity(documents.len());
    for document in documents {
        tokens += redactor.tokenizer().encode(&document.text)?.len();
        found.push(pollster::block_on(redactor.find(&document.text, &options, &mut |_, _| true))?);
        progress.inc(1);
    }
    progress.finish_and_clear();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{} notes, {tokens} tokens in {seconds:.1} s: {:.0} tokens/s", documents.len(), tokens as f64 / seconds.max(1e-9));
    Ok(found)
}
