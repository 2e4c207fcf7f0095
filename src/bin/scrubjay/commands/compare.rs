use super::{find_with, read_gold, redactor};
use crate::args::CompareArgs;
use crate::output::write;
use scrubjay::corpus::{Document, predictions, read_path};
use scrubjay::crf::Tagger;
use scrubjay::engine::{FindOptions, Threshold};
use scrubjay::eval::{BootstrapOptions, EvalOptions};
use scrubjay::model::ModelFiles;
use scrubjay::rules::Rules;
use scrubjay::study::{System, TrainingSummary, shared, study};
use scrubjay::tokenizer::WindowOptions;
use scrubjay::{Error, Result};
use std::fs;
use std::path::Path;

pub fn run(args: &CompareArgs) -> Result<()> {
    let gold = read_gold(&args.gold, args.only.as_deref())?;
    if let Some(corpus) = &args.train_corpus {
        let both = shared(&gold.documents, &read_path(corpus)?);
        if !both.is_empty() {
            eprintln!("warning: {} of {} notes stand in the training corpus too: {}", both.len(), gold.documents.len(), both.join(", "));
        }
    }
    let systems = args.systems.iter().map(|system| read_system(system, &gold.documents, &gold.left_out, args)).collect::<Result<_>>()?;
    let bootstrap = (args.resamples > 0).then_some(BootstrapOptions { resamples: args.resamples, seed: args.seed });
    let options = EvalOptions { example_text: args.show_text, bootstrap, ..Default::default() };
    let mut study = study(&gold.documents, systems, &options)?;
    study.systems.iter_mut().for_each(|row| row.evaluation.confusions.truncate(args.errors));
    if let Some(path) = &args.plot {
        write(Some(path), &study.to_svg()?)?;
    }
    let report = match (args.json, args.markdown) {
        (true, _) => study.to_json(),
        (_, true) => study.to_markdown(),
        _ => study.to_text(),
    };
    write(None, &report)
}

/// `NAME=PATH`: a checkpoint folder, a CRF (`.crf`), predictions, or the word `rules`.
fn read_system(argument: &str, gold: &[Document], left_out: &[String], args: &CompareArgs) -> Result<System> {
    let invalid = |reason: String| Error::OptionInvalid { option: "system", reason };
    let (name, place) = argument.split_once('=').ok_or_else(|| invalid(format!("{argument} is not NAME=PATH")))?;
    let path = Path::new(place);
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    eprintln!("{name}");
    let (found, training) = if place == "rules" {
        let rules = Rules::default();
        (gold.iter().map(|note| scrubjay::resolve::resolve(&note.text, rules.find(&note.text))).collect(), None)
    } else if path.is_dir() {
        let redactor = redactor(&ModelFiles::read(path)?)?;
        let options = FindOptions {
            threshold: Threshold::Probability(args.threshold),
            rules: args.rules,
            consistent: args.rules,
            windows: args.window.map(|max_words| WindowOptions { max_words, ..WindowOptions::new(usize::MAX) }),
            ..Default::default()
        };
        (find_with(&redactor, gold, &options)?, training(&path.join("training.json"))?)
    } else if extension == "crf" {
        let tagger = Tagger::load(&fs::read(path).map_err(|e| Error::io(path, e))?)?;
        (gold.iter().map(|note| tagger.tag(&note.text)).collect(), training(&path.with_extension("training.json"))?)
    } else if extension == "jsonl" {
        let source = fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        (predictions::parse_part(place, &source, gold, left_out, Default::default())?, None)
    } else {
        return Err(invalid(format!("{place} is no checkpoint folder, no .crf, no predictions (.jsonl) and not the word rules")));
    };
    Ok(System { name: name.into(), found, training })
}

/// What `train` left beside a model, if it did.
fn training(path: &Path) -> Result<Option<TrainingSummary>> {
    let Ok(json) = fs::read(path) else { return Ok(None) };
    let reason = |e: serde_json::Error| Error::ConfigInvalid { reason: format!("{}: {e}", path.display()) };
    serde_json::from_slice(&json).map(Some).map_err(reason)
}
