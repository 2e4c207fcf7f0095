//! Secrets come from files or the environment, never from the command line, which other users of the machine can read.

use scrubjay::{Error, Result};
use std::path::Path;

/// The environment's variable for passphrases.
const VARIABLE: &str = "SCRUBJAY_PASSPHRASE";

/// The passphrase in `file`, without the line end after it, or else in the environment.
pub fn passphrase(file: Option<&Path>) -> Result<String> {
    let missing = || Error::OptionInvalid { option: "passphrase", reason: format!("give --passphrase-file, or set {VARIABLE}") };
    match file {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
            Ok(text.trim_end_matches(['\r', '\n']).to_string())
        }
        None => std::env::var(VARIABLE).map_err(|_| missing()),
    }
}
