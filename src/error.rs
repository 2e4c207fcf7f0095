//! The one error type of the crate.
//!
//! Every variant has a stable [`Error::code`] that also reaches JavaScript. Messages name files, tensors, labels and offsets,
//! never the text of a note: an error may end up in a log.

use std::path::Path;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong, by stage. `reason` never holds text of a note.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    Io {
        /// The file or folder.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// `config.json` is not JSON, lacks a field, or holds a value out of range.
    #[error("model configuration: {reason}")]
    ConfigInvalid {
        /// The field and what is wrong with it.
        reason: String,
    },
    /// `config.json` asks for something that scrubjay does not implement.
    #[error("model configuration: {field} = {value:?} is not supported")]
    ConfigUnsupported {
        /// The field's name.
        field: &'static str,
        /// Its value.
        value: String,
    },
    /// `id2label` is not a complete IOB2 label set over known entity types.
    #[error("labels: {reason}")]
    LabelsInvalid {
        /// The label and what is wrong with it.
        reason: String,
    },
    /// `tokenizer.json` cannot be used.
    #[error("tokenizer: {reason}")]
    TokenizerInvalid {
        /// What is wrong.
        reason: String,
    },
    /// The weights are not a readable safetensors file.
    #[error("weights: not a readable safetensors file: {reason}")]
    WeightsCorrupt {
        /// The parser's words.
        reason: String,
    },
    /// A tensor that the configuration calls for is not in the weights.
    #[error("weights: tensor {name} is missing")]
    WeightsMissingTensor {
        /// Hugging Face name.
        name: String,
    },
    /// A tensor's shape or type is not what the configuration calls for.
    #[error("weights: tensor {name} is {found}, the configuration calls for {expected}")]
    WeightsShape {
        /// Hugging Face name.
        name: String,
        /// Shape or type in the file.
        found: String,
        /// Shape or type that fits the configuration.
        expected: String,
    },
    /// The weights hold tensors that the architecture does not know.
    #[error("weights: {count} unknown tensors, the first is {name}")]
    WeightsUnknownTensor {
        /// The first of them.
        name: String,
        /// How many there are.
        count: usize,
    },
    /// A file's SHA-256 is not the expected one.
    #[error("{file}: SHA-256 is {found}, expected {expected}")]
    HashMismatch {
        /// The file.
        file: String,
        /// Hex digest found.
        found: String,
        /// Hex digest expected.
        expected: String,
    },
    /// The device asked for does not exist here.
    #[error("device {device}: {reason}")]
    DeviceUnavailable {
        /// `webgpu` or `cpu`.
        device: &'static str,
        /// Why.
        reason: String,
    },
    /// The device gave wrong numbers on the self-check, or failed while computing.
    #[error("device {device} failed: {reason}")]
    DeviceFailed {
        /// `webgpu` or `cpu`.
        device: &'static str,
        /// Why.
        reason: String,
    },
    /// The encoder's output does not fit its input (shape, not finite).
    #[error("encoder: {reason}")]
    EncoderFailed {
        /// Why.
        reason: String,
    },
    /// An annotated corpus cannot be read.
    #[error("{file}, {at}: {reason}")]
    CorpusInvalid {
        /// The file.
        file: String,
        /// Line, byte or element.
        at: String,
        /// What is wrong.
        reason: String,
    },
    /// A file is not what its format says, or holds what scrubjay cannot read.
    #[error("{format}, {at}: {reason}")]
    FormatInvalid {
        /// The format's name, `unknown` if it has none.
        format: &'static str,
        /// Line or byte.
        at: String,
        /// What is wrong.
        reason: String,
    },
    /// A file, or what is packed in it, is larger than scrubjay reads.
    #[error("{what} is larger than the {limit} bytes that scrubjay reads")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The most bytes that are read.
        limit: usize,
    },
    /// A policy, option or pattern of the caller's is not usable.
    #[error("option {option}: {reason}")]
    OptionInvalid {
        /// The option's name.
        option: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Training cannot go on.
    #[error("training: {reason}")]
    TrainingFailed {
        /// Why.
        reason: String,
    },
    /// A mapping cannot be read, or does not belong to the text.
    #[error("mapping: {reason}")]
    MappingInvalid {
        /// What is wrong.
        reason: String,
    },
    /// A sealed mapping was made with another passphrase, or changed since.
    #[error("the passphrase is wrong, or the mapping was changed")]
    PassphraseWrong,
    /// A key was to be drawn, and the system gives no random numbers.
    #[error("the system gives no random numbers")]
    RandomUnavailable,
    /// Some of many files have no result; which and why was said.
    #[error("{failed} of {files} files have no result")]
    BulkIncomplete {
        /// How many have none.
        failed: usize,
        /// How many there are.
        files: usize,
    },
    /// The caller cancelled the call.
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    /// The stable code of this error, the same in Rust, on the command line and in JavaScript.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "IO",
            Self::ConfigInvalid { .. } => "CONFIG_INVALID",
            Self::ConfigUnsupported { .. } => "CONFIG_UNSUPPORTED",
            Self::LabelsInvalid { .. } => "LABELS_INVALID",
            Self::TokenizerInvalid { .. } => "TOKENIZER_INVALID",
            Self::WeightsCorrupt { .. } => "WEIGHTS_CORRUPT",
            Self::WeightsMissingTensor { .. } => "WEIGHTS_MISSING_TENSOR",
            Self::WeightsShape { .. } => "WEIGHTS_SHAPE",
            Self::WeightsUnknownTensor { .. } => "WEIGHTS_UNKNOWN_TENSOR",
            Self::HashMismatch { .. } => "HASH_MISMATCH",
            Self::DeviceUnavailable { .. } => "DEVICE_UNAVAILABLE",
            Self::DeviceFailed { .. } => "DEVICE_FAILED",
            Self::EncoderFailed { .. } => "ENCODER_FAILED",
            Self::CorpusInvalid { .. } => "CORPUS_INVALID",
            Self::FormatInvalid { .. } => "FORMAT_INVALID",
            Self::TooLarge { .. } => "TOO_LARGE",
            Self::OptionInvalid { .. } => "OPTION_INVALID",
            Self::TrainingFailed { .. } => "TRAINING_FAILED",
            Self::MappingInvalid { .. } => "MAPPING_INVALID",
            Self::PassphraseWrong => "PASSPHRASE_WRONG",
            Self::RandomUnavailable => "RANDOM_UNAVAILABLE",
            Self::BulkIncomplete { .. } => "BULK_INCOMPLETE",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// An [`Error::Io`] for `path`.
    pub fn io(path: impl AsRef<Path>, error: std::io::Error) -> Self {
        Self::Io { path: path.as_ref().display().to_string(), reason: error.to_string() }
    }
}
