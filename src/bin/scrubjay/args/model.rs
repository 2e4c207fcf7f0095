//! Options of the commands that make one model of another.

use super::FormArgs;
use clap::Args as ClapArgs;
use scrubjay::model::store::Coarseness;
use std::path::PathBuf;

#[derive(ClapArgs)]
pub struct AverageArgs {
    /// Checkpoint folders; the last gives the configuration
    #[arg(required = true, value_name = "DIR")]
    pub models: Vec<PathBuf>,
    /// How much each counts, as 0.4,0.6 [default: all alike]
    #[arg(long, value_delimiter = ',')]
    pub shares: Option<Vec<f32>>,
    /// Folder to write to
    #[arg(long)]
    pub output: PathBuf,
}

#[derive(ClapArgs)]
pub struct TrimArgs {
    /// Checkpoint folder of the encoder
    #[arg(long)]
    pub base: PathBuf,
    /// Notes whose words are to stay whole
    #[arg(long)]
    pub corpus: PathBuf,
    /// Entries to keep
    #[arg(long)]
    pub vocab_size: usize,
    /// Folder to write to
    #[arg(long)]
    pub output: PathBuf,
}

#[derive(ClapArgs)]
pub struct CalibrateArgs {
    /// Checkpoint folder
    #[arg(long, value_name = "DIR")]
    pub model: PathBuf,
    /// Annotated notes that the model was neither trained nor tested on; `-` for JSONL from standard input
    #[arg(long, value_name = "CORPUS")]
    pub gold: PathBuf,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
    /// Folder to write the model with its temperature and thresholds to
    #[arg(long, value_name = "DIR")]
    pub output: PathBuf,
    /// Name and version for the manifest [default: the output folder's name]
    #[arg(long)]
    pub id: Option<String>,
    /// Draw the curve
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    #[command(flatten)]
    pub form: FormArgs,
}

#[derive(ClapArgs)]
pub struct QuantizeArgs {
    /// Checkpoint folder
    #[arg(long)]
    pub model: PathBuf,
    /// Folder to write to
    #[arg(long)]
    pub output: PathBuf,
    /// Name and version for the manifest
    #[arg(long)]
    pub id: String,
    /// How far apart the stored values of the encoder's layers lie, in standard deviations of their row; 0 as fine as a byte allows. Coarser
    /// weights compress better
    #[arg(long, default_value_t = Coarseness::default().layers, value_parser = step)]
    pub step: f32,
    /// The same of the word embeddings
    #[arg(long, default_value_t = Coarseness::default().embeddings, value_parser = step)]
    pub embedding_step: f32,
    /// Notes to round by: the weights of a row are rounded so that together they change least what the layer makes of these [default: each
    /// weight to the nearest step]
    #[arg(long, value_name = "PATH")]
    pub notes: Option<PathBuf>,
    /// Annotated notes to say what it costs by; `-` for JSONL from standard input
    #[arg(long, value_name = "CORPUS")]
    pub gold: Option<PathBuf>,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE", requires = "gold")]
    pub only: Option<PathBuf>,
}

/// A step in standard deviations.
fn step(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(step) if (0.0..=2.0).contains(&step) => Ok(step),
        _ => Err("must be a number from 0 to 2".into()),
    }
}
