//! The training-corpus generator: clinical prose and forms with surrogate PHI, annotated by construction.
//!
//! No human-annotated corpus of English clinical PHI may be used freely, so the corpus is made: real, openly licensed notes serve as
//! carriers, their own PHI and placeholders are replaced, and sentences, headers, tables and messages with surrogates are put into them.
//! Beside these stand templates of whole documents with slots for people, places, days and numbers, which one scene a document fills.
//! Types and span borders follow the i2b2 2014 guideline: titles, degrees, possessive endings and punctuation stay outside.

mod builder;
mod carriers;
mod compose;
mod country;
mod cut;
mod dates;
mod document;
mod ids;
mod lexicon;
mod noise;
mod person;
mod phi;
mod pieces;
mod places;
mod scene;
mod stats;
mod stock;
mod template;
#[cfg(test)]
mod tests;

pub use builder::show;
pub use compose::DocumentKind;
pub use noise::NoiseRates;
pub use stats::SynthStats;

use crate::corpus::Document;
use crate::error::{Error, Result};
use carriers::Carriers;
use compose::Composer;
use lexicon::Lexicons;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The part of the corpus that a document belongs to. Carriers, templates and names of people, hospitals, cities, streets and the like stand
/// in one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// To train on: 80 % of carriers and entries.
    Train,
    /// To choose a checkpoint by: 10 %.
    Validation,
    /// To measure on: 10 %.
    Test,
}

impl Split {
    /// Its name in file names and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }
}

impl std::str::FromStr for Split {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        [Self::Train, Self::Validation, Self::Test]
            .into_iter()
            .find(|split| split.name() == name)
            .ok_or(Error::OptionInvalid { option: "split", reason: "it is train, validation or test".into() })
    }
}

/// What to generate.
#[derive(Debug, Clone)]
pub struct SynthOptions {
    /// Folder with `carriers/` and `lexicons/`.
    pub data: PathBuf,
    /// The same seed makes the same documents.
    pub seed: u64,
    /// How many documents.
    pub documents: usize,
    /// Of which split.
    pub split: Split,
    /// How much is spoilt.
    pub noise: NoiseRates,
}

impl SynthOptions {
    /// Options with the usual noise.
    pub fn new(data: impl Into<PathBuf>, split: Split, documents: usize, seed: u64) -> Self {
        Self { data: data.into(), seed, documents, split, noise: NoiseRates::default() }
    }
}

/// Makes documents, one at a time. Document *i* depends on the seed, the split and *i* alone.
#[derive(Debug)]
pub struct Generator {
    options: SynthOptions,
    composer: Composer,
    next: usize,
}

impl Generator {
    /// Reads carriers and lists.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::CorpusInvalid`] if a file is missing or not in its format, [`Error::OptionInvalid`] if a split has no carrier.
    pub fn open(options: &SynthOptions) -> Result<Self> {
        let lexicons = Lexicons::load(&options.data, options.split)?;
        let carriers = Carriers::load(&options.data, options.split)?;
        if carriers.len() == 0 {
            return Err(Error::OptionInvalid { option: "data", reason: format!("no carrier for the {} split", options.split.name()) });
        }
        Ok(Self { options: options.clone(), composer: Composer::new(lexicons, carriers, options.split), next: 0 })
    }

    /// The document with number `index`.
    pub fn document(&self, index: usize) -> Document {
        self.composer.compose(&self.options, index)
    }
}

impl Iterator for Generator {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        (self.next < self.options.documents).then(|| {
            self.next += 1;
            self.document(self.next - 1)
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.options.documents - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Generator {}
