//! One command a file.

pub mod average;
pub mod bench;
pub mod bulk;
pub mod calibrate;
pub mod compare;
pub mod crf;
pub mod eval;
pub mod quantize;
pub mod redact;
pub mod restore;
pub mod synth;
pub mod tag;
pub mod train;
pub mod trim;

use crate::args::ModelArgs;
use crate::output::{bar, read_note};
use scrubjay::corpus::{Document, ReadOptions, jsonl, read_path, select};
use scrubjay::engine::{FindOptions, Redactor};
use scrubjay::model::files::sha256;
use scrubjay::model::{ComputeDevice, Encoder, Manifest, ModelFiles};
use scrubjay::tokenizer::{Tokenizer, WindowOptions};
use scrubjay::{Entity, EntityType, Error, Result};
use std::fs;
use std::path::Path;
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
    redactor(&files, args.memory)
}

/// Id and SHA-256 of the model that the caller asked for.
fn identity(args: &ModelArgs) -> Result<(String, String)> {
    match &args.model {
        Some(folder) => Ok(("custom".into(), sha256(&ModelFiles::read(folder)?.weights))),
        None => Ok((Manifest::default_model()?.id, sha256(&ModelFiles::default_model().weights))),
    }
}

/// A checkpoint on the CPU, whose windows see `memory` tokens of those before.
fn redactor(files: &ModelFiles, memory: usize) -> Result<Redactor<Encoder>> {
    let encoder = Encoder::load(&files.config, &files.weights, ComputeDevice::cpu())?.with_memory(memory);
    Redactor::new(Tokenizer::from_json(&files.tokenizer)?, encoder)
}

/// Annotated notes to measure by, and the ids of those left out.
struct Gold {
    documents: Vec<Document>,
    left_out: Vec<String>,
}

/// Reads `gold`, of standard input for `-`, and keeps the notes that `only` lists.
fn read_gold(gold: &Path, only: Option<&Path>) -> Result<Gold> {
    let documents = match gold.as_os_str() == "-" {
        true => jsonl::parse("-", &read_note(gold)?, &ReadOptions::default())?.documents,
        false => read_path(gold)?,
    };
    let Some(only) = only else { return Ok(Gold { documents, left_out: Vec::new() }) };
    let list = fs::read_to_string(only).map_err(|e| Error::io(only, e))?;
    let (documents, left_out) = select(documents, &only.display().to_string(), &list)?;
    Ok(Gold { documents, left_out })
}

fn options(args: &ModelArgs) -> Result<FindOptions> {
    let types = args.types.as_ref().map(|names| names.iter().map(|n| n.parse()).collect::<Result<Vec<EntityType>>>()).transpose()?;
    Ok(FindOptions {
        threshold: args.threshold.parse()?,
        types,
        model: !args.no_model,
        rules: !args.no_rules,
        consistent: !args.no_consistency,
        see_through: !args.as_written,
        batch_size: args.batch_size,
        windows: args.window.map(|max_words| WindowOptions { max_words, ..WindowOptions::new(usize::MAX) }),
        ..Default::default()
    })
}

/// Finds the PHI of every document, with a bar, and says how fast it went.
fn find_all(args: &ModelArgs, documents: &[Document]) -> Result<Vec<Vec<Entity>>> {
    find_with(&load(args)?, documents, &options(args)?)
}

/// As [`find_all`], with a model that is loaded already.
fn find_with(redactor: &Redactor<Encoder>, documents: &[Document], options: &FindOptions) -> Result<Vec<Vec<Entity>>> {
    let progress = bar(documents.len() as u64, "notes");
    let start = Instant::now();
    let mut tokens = 0;
    let mut found = Vec::with_capacity(documents.len());
    for document in documents {
        tokens += redactor.tokenizer().encode(&document.text)?.len();
        found.push(pollster::block_on(redactor.find(&document.text, options, &mut |_, _| true))?);
        progress.inc(1);
    }
    progress.finish_and_clear();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{} notes, {tokens} tokens in {seconds:.1} s: {:.0} tokens/s", documents.len(), tokens as f64 / seconds.max(1e-9));
    Ok(found)
}
