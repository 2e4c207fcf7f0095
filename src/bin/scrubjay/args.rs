use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
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
    #[arg(long, default_value_t = 1)]
    pub batch_size: usize,
    /// XLNet: of how many tokens of a document's earlier windows a window sees the hidden states (`mem_len`); slower by as much
    #[arg(long, value_name = "TOKENS", default_value_t = 0)]
    pub memory: usize,
}

#[derive(ClapArgs)]
pub struct RedactArgs {
    /// The note, or a file of notes (.txt, .md, .csv, .tsv, .jsonl, .hl7, FHIR .json, .docx); `-` or nothing for a note from standard
    /// input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// Many files instead: a folder, a file or a pattern ('notes/*.parquet'), as often as wanted, written under the same names into the
    /// folder --output; run again, it goes on where it stood. Or `-` for JSON lines from standard input to standard output
    #[arg(short, long, value_name = "PATTERN", conflicts_with_all = ["file", "mapping", "format", "json"])]
    pub input: Vec<String>,
    /// With --input: begin anew where the folder holds results already
    #[arg(long, requires = "input")]
    pub overwrite: bool,
    /// With --input: how many threads [default: one a core]
    #[arg(long, requires = "input", default_value_t = 0, hide_default_value = true, value_name = "N")]
    pub threads: usize,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// i2b2, mask, numbered, surrogate, safe-harbor, limited-dataset, or a JSON file
    #[arg(long, default_value = "i2b2")]
    pub policy: String,
    /// A file of at least 16 random bytes: the secret behind hashes, surrogates and date offsets [default: a new one each time]
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Whose note it is: notes of one patient, with one key, get the same surrogates and the same date offset
    #[arg(long, value_name = "ID")]
    pub patient: Option<String>,
    /// Allow list, deny list and patterns of your own, as JSON
    #[arg(long, value_name = "FILE")]
    pub lists: Option<PathBuf>,
    /// Where to write the report: counts, policy, model and settings, no text
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Where to write the encrypted mapping that `restore` needs
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// The mapping's passphrase [default: the environment's SCRUBJAY_PASSPHRASE]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Where to write [default: standard output]; with --input a folder
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// A note's redacted text as text, json, i2b2 (XML), brat (.ann), conll or html, its replacements annotated
    #[arg(long, default_value = "text")]
    pub format: String,
    /// A note's text, entities with their offsets in it, and report as JSON
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    #[command(flatten)]
    pub model: ModelArgs,
}

/// How a file of notes is read.
#[derive(ClapArgs)]
pub struct ReadingArgs {
    /// text, csv, tsv, jsonl, hl7, fhir or docx [default: by name and content]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<String>,
    /// CSV, TSV, JSON lines and Parquet: only these columns or fields
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub columns: Option<Vec<String>>,
    /// CSV and TSV: whether the first row names the columns [default: it does unless it looks like data]
    #[arg(long, value_name = "BOOL")]
    pub header: Option<bool>,
    /// CSV: what stands between cells [default: a comma, or a semicolon if the first line has more of those]
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<char>,
    /// JSON lines and Parquet: the field that holds the note, or `*` for every string
    #[arg(long, default_value = "text", value_name = "NAME")]
    pub text_field: String,
    /// CSV, TSV, JSON lines and Parquet: the column or field that tells whose note it is: notes of one patient get the same surrogates and
    /// the same date offset. Needs --key-file
    #[arg(long, value_name = "NAME", requires = "key_file", conflicts_with = "patient")]
    pub patient_field: Option<String>,
    /// utf-8, utf-16le, utf-16be or windows-1252 [default: UTF-8, or what the byte order mark says]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Leave pictures and other parts that cannot be read in the file, instead of refusing it
    #[arg(long)]
    pub keep_unread: bool,
}

#[derive(ClapArgs)]
pub struct RestoreArgs {
    /// The redacted note, edited or not; `-` or nothing for standard input
    #[arg(default_value = "-")]
    pub file: PathBuf,
    /// The mapping that `redact` wrote
    #[arg(long, value_name = "FILE")]
    pub mapping: PathBuf,
    /// Its passphrase [default: the environment's SCRUBJAY_PASSPHRASE]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Where to write [default: standard output]
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct TagArgs {
    /// Notes: a JSONL file of {"id","text"}, a folder of .txt, i2b2 XML, brat or CoNLL
    #[arg(long)]
    pub input: PathBuf,
    /// Where to write {"id","entities"} lines
    #[arg(long)]
    pub output: PathBuf,
    /// Unit of start and end
    #[arg(long, value_enum, default_value_t = Unit::Char)]
    pub offsets: Unit,
    #[command(flatten)]
    pub model: ModelArgs,
}

#[derive(ClapArgs)]
pub struct EvalArgs {
    /// Annotated notes: JSONL, i2b2 XML, brat or CoNLL; a file, a folder with those in it, or `-` for JSONL from standard input
    #[arg(long)]
    pub gold: PathBuf,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
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
    /// Resamples of the notes for 95 % intervals; 0 for none
    #[arg(long, default_value_t = 10_000)]
    pub resamples: usize,
    /// What they are drawn with
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Only the N most frequent errors, and their examples only with --show-text [default: all]
    #[arg(long, value_name = "N")]
    pub errors: Option<usize>,
    /// Draw recall and precision of each type
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// As Markdown
    #[arg(long)]
    pub markdown: bool,
    /// Show the text of confused entities: not for notes of real patients
    #[arg(long)]
    pub show_text: bool,
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
    /// Annotated notes: JSONL, i2b2 XML, brat or CoNLL; a file or a folder
    #[arg(long)]
    pub gold: PathBuf,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE")]
    pub only: Option<PathBuf>,
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
    /// Resamples of the notes for 95 % intervals; 0 for none
    #[arg(long, default_value_t = 10_000)]
    pub resamples: usize,
    /// What they are drawn with
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// So many kinds of confusion of each system
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub errors: usize,
    /// Draw the F1 of each system by type
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// As Markdown
    #[arg(long)]
    pub markdown: bool,
    /// Show the text of confused entities: not for notes of real patients
    #[arg(long)]
    pub show_text: bool,
}

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
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// As Markdown
    #[arg(long)]
    pub markdown: bool,
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
    /// Annotated notes to say what it costs by; `-` for JSONL from standard input
    #[arg(long, value_name = "CORPUS")]
    pub gold: Option<PathBuf>,
    /// Leave out the notes whose ids do not stand in this file, one a line
    #[arg(long, value_name = "FILE", requires = "gold")]
    pub only: Option<PathBuf>,
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
