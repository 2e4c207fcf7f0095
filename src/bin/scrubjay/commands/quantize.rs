use crate::args::QuantizeArgs;
use scrubjay::model::weights::{WeightFormat, serialize};
use scrubjay::model::{ComputeDevice, Encoder, ModelFiles};
use scrubjay::{Error, Result};
use std::fs;

pub fn run(args: &QuantizeArgs) -> Result<()> {
    let mut files = ModelFiles::read(&args.model)?;
    let encoder = Encoder::load(&files.config, &files.weights, ComputeDevice::cpu())?;
    let before = files.weights.len();
    files.weights = serialize(&pollster::block_on(encoder.model().tensors())?, WeightFormat::Int8)?;
    eprintln!("model.safetensors: {before} bytes to {}", files.weights.len());
    fs::create_dir_all(&args.output).map_err(|e| Error::io(&args.output, e))?;
    let manifest = serde_json::to_vec_pretty(&files.manifest(&args.id)).map_err(|e| Error::ConfigInvalid { reason: e.to_string() })?;
    let written = [&files.config, &files.tokenizer, &files.weights, &manifest];
    for (name, bytes) in ModelFiles::NAMES.iter().chain(&["manifest.json"]).zip(written) {
        let path = args.output.join(name);
        fs::write(&path, bytes).map_err(|e| Error::io(&path, e))?;
    }
    Ok(())
}
