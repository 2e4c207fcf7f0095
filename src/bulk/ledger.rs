//! What of a run is done: a file of JSON lines beside the results.

use super::Input;
use crate::error::{Error, Result};
use crate::redact::Report;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The record of a run in its output folder, by which it goes on after an interruption. It names files and holds counts, no text of any
/// note.
pub struct Ledger {
    path: PathBuf,
    file: File,
    entries: HashMap<String, Entry>,
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// [`Input::name`].
    pub file: String,
    /// The input's length and time of change: another file under the name is begun anew.
    pub bytes: u64,
    pub modified: u64,
    /// Whether the result is complete.
    pub done: bool,
    /// Bytes and lines of the input that are done, and bytes of the result.
    pub read: u64,
    pub lines: usize,
    pub written: u64,
    pub notes: usize,
    pub report: Report,
}

impl Entry {
    /// Nothing done of `input`.
    pub fn new(input: &Input, report: Report) -> Self {
        let (file, bytes, modified) = (input.name.clone(), input.len, input.modified as u64);
        Self { file, bytes, modified, done: false, read: 0, lines: 0, written: 0, notes: 0, report }
    }
}

impl Ledger {
    /// The ledger's name: other programs pass over files whose names begin so.
    pub const NAME: &str = "_scrubjay.jsonl";

    /// Opens or begins the ledger of `folder`, which is made if it is not there. `settings` are whatever decides on the results.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] if the folder holds results with other settings, unless `anew`, or another run is at work there;
    /// [`Error::Io`] if it cannot be written.
    pub fn open(folder: &Path, settings: &Value, anew: bool) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
        let path = folder.join(Self::NAME);
        let io = |e| Error::io(&path, e);
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(io)?;
        let invalid = |reason: &str| Error::OptionInvalid { option: "output", reason: reason.into() };
        file.try_lock().map_err(|_| invalid("another run is writing there"))?;
        let source = fs::read_to_string(&path).map_err(io)?;
        // What follows the last line end was being written when the run ended.
        let whole = source.rfind('\n').map_or(0, |at| at + 1);
        let mut lines = source[..whole].lines();
        let mut ledger = Self { path: path.clone(), file, entries: HashMap::new() };
        let first = lines.next().map(serde_json::from_str::<Value>);
        let same = matches!(&first, Some(Ok(found)) if found == settings);
        if first.is_some() && !same && !anew {
            return Err(invalid("it holds results of another model, policy or setting; begin anew, or take another folder"));
        }
        for line in lines {
            match serde_json::from_str::<Entry>(line) {
                Ok(entry) => _ = ledger.entries.insert(entry.file.clone(), entry),
                Err(_) if anew => {}
                Err(_) => return Err(invalid("its _scrubjay.jsonl is damaged")),
            }
        }
        if same && !anew {
            ledger.file.set_len(whole as u64).map_err(io)?;
        } else {
            ledger.file.set_len(0).map_err(io)?;
            ledger.append(settings)?;
            // What the run before wrote may be written over; none of it counts, for no file is so long.
            for entry in std::mem::take(&mut ledger.entries).into_values() {
                ledger.put(&Entry { bytes: u64::MAX, done: false, ..entry })?;
            }
        }
        Ok(ledger)
    }

    /// How far `input` is, if it is what it was then.
    pub(super) fn of(&self, input: &Input) -> Option<&Entry> {
        self.entries.get(&input.name).filter(|entry| (entry.bytes, entry.modified) == (input.len, input.modified as u64))
    }

    /// Whether anything was ever written under this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Writes down how far a file is, and that before anything is done with it: a result that is in its place when the run ends must not be
    /// taken for a stranger's, though its last entry is missing.
    pub(super) fn put(&mut self, entry: &Entry) -> Result<()> {
        self.append(entry)?;
        self.entries.insert(entry.file.clone(), entry.clone());
        Ok(())
    }

    fn append(&mut self, value: &impl Serialize) -> Result<()> {
        let line = format!("{}\n", serde_json::json!(value));
        self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data()).map_err(|e| Error::io(&self.path, e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Policy;
    use serde_json::json;

    #[test]
    fn a_ledger_is_read_again() {
        let folder = std::env::temp_dir().join(format!("scrubjay-ledger-{}", std::process::id()));
        let open = |settings: &Value, anew| Ledger::open(&folder, settings, anew);
        let input = Input { path: "a".into(), name: "a".into(), len: 3, modified: 7 };
        let mut entry = Entry::new(&input, Report::new(&Policy::built_in("i2b2").unwrap()));
        let mut ledger = open(&json!({"a": 1}), false).unwrap();
        assert_eq!(open(&json!({"a": 1}), false).err().map(|e| e.to_string()).unwrap(), "option output: another run is writing there");
        ledger.put(&entry).unwrap();
        (entry.done, entry.read) = (true, 3);
        ledger.put(&entry).unwrap();
        drop(ledger);
        // Killed while it wrote a line.
        OpenOptions::new().append(true).open(folder.join(Ledger::NAME)).unwrap().write_all(b"{\"file\":\"b\",\"by").unwrap();
        let ledger = open(&json!({"a": 1}), false).unwrap();
        assert_eq!(ledger.of(&input), Some(&entry));
        assert!(ledger.of(&Input { len: 4, ..input.clone() }).is_none() && ledger.knows("a") && !ledger.knows("b"));
        drop(ledger);
        assert_eq!(open(&json!({"a": 2}), false).err().map(|e| e.code()), Some("OPTION_INVALID"));
        let ledger = open(&json!({"a": 2}), true).unwrap();
        assert!(ledger.of(&input).is_none() && ledger.knows("a"));
        drop(ledger);
        assert!(open(&json!({"a": 2}), false).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }
}
