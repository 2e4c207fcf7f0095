//! Options of the commands that make corpora and train.

use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(ClapArgs)]
pub struct SynthArgs {
    /// Folder with carriers/ and lexicons/
    #[arg(long)]
    pub data: PathBuf,
    /// train, validation or test: no carrier and no name stands in two of them
    #[arg(long, default_value = "train")]
    pub split: String,
    /// Number of documents
    #[arg(long, default_value_t = 1000)]
    pub documents: usize,
    /// The same seed makes the same documents
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Where to write JSONL
    #[arg(long, required_unless_present = "show")]
    pub output: Option<PathBuf>,
    /// Print the documents with their PHI marked instead
    #[arg(long)]
    pub show: bool,
}

#[derive(ClapArgs)]
pub struct TrainArgs {
    /// Checkpoint folder of the encoder to start from; one that was fine-tuned for the same labels is trained further
    #[arg(long)]
    pub base: PathBuf,
    /// Begin with random weights: the base is a config.json and a tokenizer.json
    #[arg(long)]
    pub from_scratch: bool,
    /// Annotated notes to learn from
    #[arg(long)]
    pub corpus: PathBuf,
    /// Annotated notes to choose the best epoch by
    #[arg(long)]
    pub validation: PathBuf,
    /// Folder for the model, its log, and the state to resume from
    #[arg(long)]
    pub output: PathBuf,
    /// Hyperparameters as JSON; what it leaves out has its default
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// cpu, or in builds with that feature vulkan or cuda
    #[arg(long, default_value = "cpu")]
    pub device: String,
    /// Passes over the corpus
    #[arg(long)]
    pub epochs: Option<usize>,
}

/// How `compare` trains what it is to train.
#[derive(ClapArgs)]
pub struct TrainingArgs {
    /// Of trainings: annotated notes to choose the best epoch by
    #[arg(long, value_name = "CORPUS")]
    pub validation: Option<PathBuf>,
    /// Of trainings: folder for what they make; a training that is done there is not done again
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Of trainings: hyperparameters as JSON
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Of trainings: passes over the corpus
    #[arg(long, value_name = "N")]
    pub epochs: Option<usize>,
    /// Of trainings: cpu, or in builds with that feature vulkan or cuda
    #[arg(long, default_value = "cpu")]
    pub device: String,
}

#[derive(ClapArgs)]
pub struct CrfArgs {
    /// Annotated notes to learn from
    #[arg(long)]
    pub corpus: PathBuf,
    /// Where to write the model
    #[arg(long, value_name = "MODEL.crf")]
    pub output: PathBuf,
    /// Most steps of the optimiser [default: the library's]
    #[arg(long, value_name = "N")]
    pub iterations: Option<usize>,
    /// Leave out the features that fewer words have [default: the library's]
    #[arg(long, value_name = "N")]
    pub min_count: Option<u32>,
}
