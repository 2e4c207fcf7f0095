use crate::args::TrimArgs;
use scrubjay::corpus::read_path;
use scrubjay::model::{EncoderConfig, ModelFiles, rework::select_rows};
use scrubjay::tokenizer::trim;
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &TrimArgs) -> Result<()> {
    let files = ModelFiles::read(&args.base)?;
    let corpus = read_path(&args.corpus)?;
    let trimmed = trim(&files.tokenizer, corpus.iter().map(|d| d.text.as_str()), args.vocab_size)?;
    let mut config = EncoderConfig::from_json(&files.config)?;
    let old = config.vocab_size;
    // Ids stay in order and special tokens stay, so the padding token keeps its id, from which RoBERTa counts positions, unless
    // there were other tokens before it.
    let pad = trimmed.rows.iter().position(|&row| row == config.pad_token_id);
    if pad != Some(config.pad_token_id as usize) {
        return Err(Error::ConfigUnsupported { field: "pad_token_id", value: config.pad_token_id.to_string() });
    }
    config.vocab_size = trimmed.rows.len();
    let weights = select_rows(&files.weights, "embeddings.word_embeddings.weight", &trimmed.rows)?;
    eprintln!("vocabulary: {old} entries to {}", config.vocab_size);
    fs::create_dir_all(&args.output).map_err(|e| Error::io(&args.output, e))?;
    let written = [config.to_json()?.into_bytes(), trimmed.json, weights];
    for (name, bytes) in ModelFiles::NAMES.iter().zip(written) {
        let path = args.output.join(name);
        fs::write(&path, bytes).map_err(|e| Error::io(&path, e))?;
    }
    Ok(())
}
