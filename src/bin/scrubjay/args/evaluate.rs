//! Options of the commands that measure.

use super::{FormArgs, GoldArgs, ModelArgs, TrainingArgs, Unit};
use clap::Args as ClapArgs;
use scrubjay::eval::{BootstrapOptions, EvalOptions};
use std::path::PathBuf;

/// What an evaluation goes into.
#[derive(ClapArgs)]
pub struct DepthArgs {
    /// Resamples of the notes for 95 % intervals; 0 for none
    #[arg(long, default_value_t = 10_000)]
    resamples: usize,
    /// What they are drawn with
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Show the text of confused entities: not for notes of real patients
    #[arg(long)]
    pub show_text: bool,
}

impl DepthArgs {
    /// As the library takes it.
    pub fn options(&self) -> EvalOptions {
        let bootstrap = (self.resamples > 0).then_some(BootstrapOptions { resamples: self.resamples, seed: self.seed });
        EvalOptions { example_text: self.show_text, bootstrap, ..Default::default() }
    }
}

#[derive(ClapArgs)]
pub struct EvalArgs {
    #[command(flatten)]
    pub notes: GoldArgs,
    /// Predictions as `tag` writes them [default: run the model]
    #[arg(long)]
    pub predictions: Option<PathBuf>,
    /// Unit of the predictions' offsets
    #[arg(long, value_enum, default_value_t = Unit::Char)]
    pub offsets: Unit,
    /// Predictions of a second system: both side by side, with intervals of the difference
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// A second model instead, run with the same options
    #[arg(long, value_name = "DIR", conflicts_with = "compare")]
    pub compare_model: Option<PathBuf>,
    /// Instead: write the annotated PHI in every disguise there is, and count what escapes, with disguises seen through and not
    #[arg(long, conflicts_with_all = ["predictions", "compare", "compare_model", "plot"])]
    pub evasions: bool,
    /// Only the N most frequent errors, and their examples only with --show-text [default: all]
    #[arg(long, value_name = "N")]
    pub errors: Option<usize>,
    /// Draw recall and precision of each type
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    #[command(flatten)]
    pub depth: DepthArgs,
    #[command(flatten)]
    pub form: FormArgs,
    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(ClapArgs)]
pub struct CompareArgs {
    /// NAME=PATH: a checkpoint folder, a CRF (.crf), predictions as `tag` writes them (.jsonl), or NAME=rules. NAME=train:BASE fine-tunes
    /// that encoder first, NAME=scratch:BASE trains one of its shape from random weights, NAME=train:crf the classical baseline.
    /// Differences are from the first
    #[arg(required = true, value_name = "NAME=PATH")]
    pub systems: Vec<String>,
    #[command(flatten)]
    pub notes: GoldArgs,
    /// The notes that the systems were trained on, or are to be: warn of those that stand in both
    #[arg(long, value_name = "CORPUS")]
    pub train_corpus: Option<PathBuf>,
    #[command(flatten)]
    pub training: TrainingArgs,
    /// With the recognisers of forms and the document's consistency; without, encoders stand alone, as in the paper
    #[arg(long)]
    pub rules: bool,
    /// Probability from which a word is PHI
    #[arg(long, default_value_t = 0.5)]
    pub threshold: f32,
    /// Most words that an encoder sees at once; 250 in the paper [default: the library's]
    #[arg(long, value_name = "WORDS")]
    pub window: Option<usize>,
    /// XLNet: of how many tokens of a document's earlier windows a window sees the hidden states
    #[arg(long, value_name = "TOKENS", default_value_t = 0)]
    pub memory: usize,
    /// So many kinds of confusion of each system
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub errors: usize,
    /// Draw the F1 of each system by type
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    #[command(flatten)]
    pub depth: DepthArgs,
    #[command(flatten)]
    pub form: FormArgs,
}

#[derive(ClapArgs)]
pub struct BenchArgs {
    /// Notes to read: a JSONL file of {"id","text"}, a folder of .txt, i2b2 XML, brat or CoNLL
    #[arg(long)]
    pub input: PathBuf,
    /// Measure texts of so many words between white space: the notes one after the other, over and over, and cut
    #[arg(long, value_delimiter = ',', default_value = "50,250,2000")]
    pub words: Vec<usize>,
    /// Measure the throughput on so many of the notes, over and over if there are fewer, once; 0 for none
    #[arg(long, default_value_t = 20)]
    pub notes: usize,
    /// How often each text is read, after once to warm up
    #[arg(long, default_value_t = 10)]
    pub repetitions: usize,
    /// Threads that the encoder uses [default: one for each processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// As JSON, with every single measurement
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArgs,
}
