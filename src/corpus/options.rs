use super::Document;
use crate::labels::EntityType;
use crate::text::OffsetUnit;
use std::collections::BTreeMap;
use std::fmt;

/// How annotated notes are read. The default accepts only what it understands in full.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// What offsets in JSONL count. The other formats fix their unit: characters.
    pub offsets: OffsetUnit,
    /// Names of types beyond those of i2b2, and what they stand for. Looked up first.
    pub type_aliases: BTreeMap<String, EntityType>,
    /// What to do with an annotation of a type that is neither i2b2's nor in `type_aliases`.
    pub unknown_types: OnUnknownType,
    /// What to do with annotations that share characters.
    pub overlaps: OnOverlap,
}

/// What becomes of an annotation whose type is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnUnknownType {
    /// The file is refused.
    #[default]
    Refuse,
    /// The annotation is checked against the text, left out and counted.
    Skip,
}

/// What becomes of annotations that share characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnOverlap {
    /// The file is refused.
    #[default]
    Refuse,
    /// The longest stays, of equally long ones the first; the others are left out and counted.
    KeepLonger,
}

/// What a reader returns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The notes, sorted by id.
    pub documents: Vec<Document>,
    /// What was left out. Empty with the default options on a single file.
    pub warnings: Vec<Warning>,
}

/// Something that was left out while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub file: String,
    /// The note, where one is concerned.
    pub id: Option<String>,
    /// What was left out.
    pub kind: WarningKind,
    /// How many of them.
    pub count: usize,
}

/// What a [`Warning`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningKind {
    /// Annotations that overlapped a longer one.
    Overlaps,
    /// Annotations of an unknown type.
    UnknownTypes,
    /// A file of a folder whose name ends like no known format.
    UnknownFile,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(id) = &self.id {
            write!(f, ", note {id}")?;
        }
        match self.kind {
            WarningKind::Overlaps => write!(f, ": {} annotations overlap a longer one and were left out", self.count),
            WarningKind::UnknownTypes => write!(f, ": {} annotations of unknown types were left out", self.count),
            WarningKind::UnknownFile => write!(f, ": not of a known format, skipped"),
        }
    }
}
