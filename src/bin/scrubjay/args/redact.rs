//! Options of the commands that redact and of those around them.

use super::{ModelArgs, Unit};
use clap::Args as ClapArgs;
use std::path::PathBuf;

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
