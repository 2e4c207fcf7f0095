use super::{find_with, read_gold, redactor};
use crate::args::{CompareArgs, TrainingArgs};
use crate::output::write;
use scrubjay::corpus::{Document, predictions, read_path};
use scrubjay::crf::Tagger;
use scrubjay::engine::{FindOptions, Threshold};
use scrubjay::model::ModelFiles;
use scrubjay::rules::Rules;
use scrubjay::study::{System, TrainingSummary, shared, study};
use scrubjay::tokenizer::WindowOptions;
use scrubjay::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(args: &CompareArgs) -> Result<()> {
    let gold = read_gold(&args.notes.gold, args.notes.only.as_deref())?;
    if let Some(corpus) = &args.train_corpus {
        let both = shared(&gold.documents, &read_path(corpus)?);
        if !both.is_empty() {
            eprintln!("warning: {} of {} notes stand in the training corpus too: {}", both.len(), gold.documents.len(), both.join(", "));
        }
    }
    train(args)?;
    let systems = args.systems.iter().map(|system| read_system(system, &gold.documents, &gold.left_out, args)).collect::<Result<_>>()?;
    let mut study = study(&gold.documents, systems, &args.depth.options())?;
    study.systems.iter_mut().for_each(|row| row.evaluation.confusions.truncate(args.errors));
    if let Some(path) = &args.plot {
        write(Some(path), &study.to_svg()?)?;
    }
    write(None, args.form.write(&study))
}

/// `NAME=PATH`: a checkpoint folder, a CRF (`.crf`), predictions, or the word `rules`; or what is to be trained first.
fn read_system(argument: &str, gold: &[Document], left_out: &[String], args: &CompareArgs) -> Result<System> {
    let (name, place) = parts(argument)?;
    eprintln!("{name}");
    let trained = Training::of(place).map(|training| training.output(name, &args.training)).transpose()?;
    let path = trained.as_deref().unwrap_or(Path::new(place));
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    let (found, training) = if place == "rules" {
        let rules = Rules::default();
        (gold.iter().map(|note| scrubjay::resolve::resolve(&note.text, rules.find(&note.text))).collect(), None)
    } else if path.is_dir() {
        let redactor = redactor(&ModelFiles::read(path)?, args.memory)?;
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
        return Err(invalid(format!(
            "{place} is nothing to train, no checkpoint folder, no .crf, no predictions (.jsonl) and not the word rules"
        )));
    };
    Ok(System { name: name.into(), found, training })
}

fn invalid(reason: String) -> Error {
    Error::OptionInvalid { option: "system", reason }
}

fn parts(argument: &str) -> Result<(&str, &str)> {
    argument.split_once('=').ok_or_else(|| invalid(format!("{argument} is not NAME=PATH")))
}

/// A training that makes a system.
enum Training<'a> {
    /// From this encoder.
    Encoder(&'a Path),
    /// Of its shape, from random weights.
    Scratch(&'a Path),
    Crf,
}

impl<'a> Training<'a> {
    /// `train:DIR`, `scratch:DIR` or `train:crf`.
    fn of(place: &'a str) -> Option<Self> {
        match place.split_once(':')? {
            ("train", "crf") => Some(Self::Crf),
            ("train", base) => Some(Self::Encoder(Path::new(base))),
            ("scratch", base) => Some(Self::Scratch(Path::new(base))),
            _ => None,
        }
    }

    /// Where its result lies.
    fn output(&self, name: &str, args: &TrainingArgs) -> Result<PathBuf> {
        if Path::new(name).file_name() != Some(name.as_ref()) {
            return Err(invalid(format!("{name} cannot be the name of a folder")));
        }
        let folder = needed("output", &args.output)?;
        Ok(folder.join(if matches!(self, Self::Crf) { format!("{name}.crf") } else { name.to_string() }))
    }
}

fn needed<'a>(option: &'static str, value: &'a Option<PathBuf>) -> Result<&'a PathBuf> {
    value.as_ref().ok_or(Error::OptionInvalid { option, reason: "what is to be trained needs it".into() })
}

/// Runs the trainings that are asked for and not done yet, each by this program in a process of its own: its peak of memory is its own, and
/// one that was interrupted goes on where it stood.
fn train(args: &CompareArgs) -> Result<()> {
    let of = &args.training;
    for argument in &args.systems {
        let (name, place) = parts(argument)?;
        let Some(training) = Training::of(place) else { continue };
        let output = training.output(name, of)?;
        let corpus = needed("train_corpus", &args.train_corpus)?;
        let program = std::env::current_exe().map_err(|e| Error::io("scrubjay", e))?;
        let mut command = Command::new(program);
        match &training {
            Training::Crf if output.exists() => continue,
            Training::Crf => _ = command.arg("crf"),
            Training::Encoder(base) | Training::Scratch(base) => {
                command.arg("train").arg("--base").arg(base).arg("--validation").arg(needed("validation", &of.validation)?);
                command.args(["--device", &of.device]);
                command.args(matches!(training, Training::Scratch(_)).then_some("--from-scratch"));
                of.config.iter().for_each(|config| _ = command.arg("--config").arg(config));
                of.epochs.iter().for_each(|epochs| _ = command.args(["--epochs", &epochs.to_string()]));
            }
        }
        command.arg("--corpus").arg(corpus).arg("--output").arg(&output);
        eprintln!("training {name}");
        fs::create_dir_all(output.parent().unwrap_or(&output)).map_err(|e| Error::io(&output, e))?;
        let status = command.status().map_err(|e| Error::io("scrubjay", e))?;
        if !status.success() {
            return Err(Error::TrainingFailed { reason: format!("{name}: {status}") });
        }
    }
    Ok(())
}

/// What `train` left beside a model, if it did.
fn training(path: &Path) -> Result<Option<TrainingSummary>> {
    let Ok(json) = fs::read(path) else { return Ok(None) };
    let reason = |e: serde_json::Error| Error::ConfigInvalid { reason: format!("{}: {e}", path.display()) };
    serde_json::from_slice(&json).map(Some).map_err(reason)
}
