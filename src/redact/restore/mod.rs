//! The way back: what stood where, kept by the caller and nowhere else.
//!
//! A [`Mapping`] holds the very words that were taken out, so it leaves memory only [sealed](Mapping::seal) under a passphrase.

mod mapping;
mod seal;

pub use mapping::{Mapping, Restored};
