use super::{find_with, read_gold, redactor};
use crate::args::QuantizeArgs;
use flate2::{Compression, write::GzEncoder};
use scrubjay::Result;
use scrubjay::corpus::Document;
use scrubjay::engine::{FindOptions, Redactor};
use scrubjay::eval::{EvalOptions, evaluate};
use scrubjay::model::store::{Coarseness, WeightFormat, serialize};
use scrubjay::model::{Encoder, ModelFiles};
use std::io::Write;

pub fn run(args: &QuantizeArgs) -> Result<()> {
    // Read first: a wrong corpus should not be found out after the work.
    let gold = args.gold.as_ref().map(|gold| read_gold(gold, args.only.as_deref())).transpose()?;
    let mut files = ModelFiles::read(&args.model)?;
    let model = redactor(&files, 0)?;
    let before = files.weights.len();
    let coarseness = Coarseness { layers: args.step, embeddings: args.embedding_step };
    files.weights = serialize(&pollster::block_on(model.classifier().tensors())?, WeightFormat::Int8(coarseness))?;
    eprintln!("model.safetensors: {before} bytes to {}, {} compressed", files.weights.len(), compressed(&files.weights));
    files.write(&args.output, &args.id)?;
    if let Some(gold) = gold {
        let figures = [figures(&model, &gold.documents)?, figures(&redactor(&files, 0)?, &gold.documents)?];
        println!("{} notes  strict F1  char recall  char precision", gold.documents.len());
        for (name, [f1, recall, precision]) in ["before", "after"].into_iter().zip(figures) {
            println!("{name:<6}  {f1:.4}  {recall:.4}  {precision:.4}");
        }
    }
    Ok(())
}

/// Bytes after gzip, as the package carries the weights.
fn compressed(bytes: &[u8]) -> usize {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory can be written").len()
}

/// Strict F1, and recall and precision of characters of any type, of the whole pipeline; `NaN` where one is not defined.
fn figures(model: &Redactor<Encoder>, documents: &[Document]) -> Result<[f64; 3]> {
    let found = find_with(model, documents, &FindOptions::default())?;
    let evaluation = evaluate(documents, &found, &EvalOptions { examples: 0, ..Default::default() })?;
    let characters = evaluation.characters;
    Ok([evaluation.strict.micro.f1, characters.recall, characters.precision].map(|ratio| ratio.unwrap_or(f64::NAN)))
}
