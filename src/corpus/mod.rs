//! Annotated notes and the formats they are kept in.
//!
//! One file a format, each with a reader and a writer: [`jsonl`], [`i2b2`] (the XML of the 2014 shared task), [`brat`] stand-off,
//! [`conll`] (a token and its IOB2 label a line) and [`plain`] text; [`html`] has a writer alone. [`read_path`] picks the format by the
//! file's name, [`Export`] is a form to hand one note on in.
//!
//! **Nothing is guessed.** An annotation that does not fit its text — out of range, cutting a character, empty, or carrying other
//! words than stand there — is [`Error::CorpusInvalid`](crate::Error::CorpusInvalid), because a gold standard with shifted offsets
//! measures nothing. Such errors name the file, the line or byte, the offsets and the lengths that differ. They hold neither text of
//! the note nor an annotation's words.
//!
//! **Overlaps and foreign types are refused** as well, unless [`ReadOptions`] say otherwise; what is then left out is counted in
//! [`Corpus::warnings`].

mod build;
mod document;
mod export;
mod options;
mod read;
mod select;
mod words;

pub mod brat;
pub mod conll;
pub mod html;
pub mod i2b2;
pub mod jsonl;
pub mod plain;
pub mod predictions;

pub use document::{Annotation, Document};
pub use export::Export;
pub use options::{Corpus, OnOverlap, OnUnknownType, ReadOptions, Warning, WarningKind};
pub use read::{read_path, read_path_with};
pub use select::select;
pub use words::words;
