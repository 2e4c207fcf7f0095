//! The command line.

mod evaluate;
mod model;
mod redact;
mod train;

pub use evaluate::{BenchArgs, CompareArgs, EvalArgs};
pub use model::{AverageArgs, CalibrateArgs, QuantizeArgs, TrimArgs};
pub use redact::{ReadingArgs, RedactArgs, RestoreArgs, TagArgs};
pub use train::{CrfArgs, SynthArgs, TrainArgs, TrainingArgs};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use scrubjay::engine::FindOptions;
use scrubjay::eval::Report;
use scrubjay::text::OffsetUnit;
use std::path::PathBuf;

/// Finds and redacts protected health information in clinical notes. Nothing leaves this machine.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Redact one note, one file in its own form, or many files.
    Redact(Box<RedactArgs>),
    /// Put back what was taken out of a note, by its mapping.
    Restore(RestoreArgs),
    /// List the PHI of many notes.
    Tag(TagArgs),
    /// Compare predictions with annotations.
    Eval(EvalArgs),
    /// Set several systems side by side: overall, training, by type, confusions.
    Compare(CompareArgs),
    /// Generate an annotated training corpus.
    Synth(SynthArgs),
    /// Fine-tune an encoder.
    Train(TrainArgs),
    /// Train the classical baseline, a conditional random field on words.
    Crf(CrfArgs),
    /// Average the weights of models that were trained one from the other
    Average(AverageArgs),
    /// Give an encoder a smaller vocabulary
    Trim(TrimArgs),
    /// Find a model's temperature and thresholds on annotated notes.
    Calibrate(CalibrateArgs),
    /// Store a model's matrices as bytes with a scale a row, and write its manifest.
    Quantize(QuantizeArgs),
    /// Measure how fast notes are read, and how near that is to what the machine can do.
    Bench(BenchArgs),
}

/// Options of every command that runs the model.
#[derive(Clone, ClapArgs)]
pub struct ModelArgs {
    /// Checkpoint folder (config.json, tokenizer.json, model.safetensors) [default: the shipped model]
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// balanced, high-recall, or the probability from which a word is taken for PHI: less finds more
    #[arg(long, default_value = "balanced")]
    pub threshold: String,
    /// Without the recognisers of forms
    #[arg(long)]
    pub no_rules: bool,
    /// Without the encoder's findings
    #[arg(long)]
    pub no_model: bool,
    /// Without looking for names once found in the whole document
    #[arg(long)]
    pub no_consistency: bool,
    /// Without seeing through disguises: zero-width characters, look-alike letters, spaced-out names
    #[arg(long)]
    pub as_written: bool,
    /// Only these types (PATIENT,DATE,...)
    #[arg(long, value_delimiter = ',', value_name = "TYPES")]
    pub types: Option<Vec<String>>,
    /// Most words that the encoder sees at once [default: the library's]
    #[arg(long, value_name = "WORDS")]
    pub window: Option<usize>,
    /// Windows that go to the encoder at once
    #[arg(long, default_value_t = FindOptions::default().batch_size)]
    pub batch_size: usize,
    /// XLNet: of how many tokens of a document's earlier windows a window sees the hidden states (`mem_len`); slower by as much
    #[arg(long, value_name = "TOKENS", default_value_t = 0)]
    pub memory: usize,
}

/// Which annotated notes a command works on.
#[derive(ClapArgs)]
pub struct GoldArgs {
    /// Annotated notes: JSONL, i2b2 XML, brat or CoNLL; a file, a folder with those in it, or `-` for JSONL from standard input
    #[arg(long)]
    pub gold: PathBuf,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
}

/// How what was measured is written; for a terminal, if nothing is said.
#[derive(ClapArgs)]
pub struct FormArgs {
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// As Markdown
    #[arg(long)]
    markdown: bool,
}

impl FormArgs {
    /// `report` in that form.
    pub fn write(&self, report: &impl Report) -> String {
        match (self.json, self.markdown) {
            (true, _) => report.to_json(),
            (_, true) => report.to_markdown(),
            _ => report.to_text(),
        }
    }
}

/// Units of offsets on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum Unit {
    Char,
    Byte,
    Utf16,
}

impl From<Unit> for OffsetUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Char => Self::Char,
            Unit::Byte => Self::Byte,
            Unit::Utf16 => Self::Utf16,
        }
    }
}
