//! The native integration tests, in one binary so that the crate is linked once.
#![allow(missing_docs)]

mod bulk;
mod command;
mod parity;
mod pipeline;
mod training;

#[path = "../support/goldens.rs"]
mod goldens;
