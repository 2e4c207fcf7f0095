//! Redaction of many files at once: every file of a folder, a pattern or a list, each written in its own form under the same name in
//! another folder.
//!
//! Tables (CSV, TSV, JSON lines, FHIR resources a line, Parquet) are read in pieces, so that memory is bounded however large they are, and
//! pieces of one file or of many are redacted on all cores side by side ([`Threads::ordered`]). A file appears under its name when it is
//! complete; a [`Ledger`] beside the files says what is done, so that a run that was interrupted goes on where it stood. A file that cannot
//! be read is named and left out, and the others go on.

mod inputs;
mod ledger;
mod ordered;
mod parquet;
mod run;
mod sink;
mod source;

pub use inputs::{Input, inputs};
pub use ledger::Ledger;
pub use ordered::Threads;
pub use run::{Bulk, Failure, Summary};
