//! Where a result is written: beside its place until it is complete.

use super::parquet;
use super::source::Opening;
use crate::error::{Error, Result};
use ::parquet::arrow::ArrowWriter;
use arrow_array::RecordBatch;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A result that is being written.
pub(super) struct Sink {
    path: PathBuf,
    part: PathBuf,
    kind: Kind,
}

enum Kind {
    Bytes(BufWriter<File>),
    Rows(Box<ArrowWriter<File>>),
}

impl Sink {
    /// Begins `path`, or goes on with it.
    pub fn open(path: &Path, opening: Opening) -> Result<Self> {
        let part = part(path);
        let io = |e| Error::io(&part, e);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
        }
        let kind = match opening {
            Opening::Bytes(written) => {
                let mut file = OpenOptions::new().write(true).create(true).truncate(written == 0).open(&part).map_err(io)?;
                // What was written after the last entry of the ledger is done once more.
                file.set_len(written).and_then(|()| file.seek(SeekFrom::Start(written))).map_err(io)?;
                Kind::Bytes(BufWriter::new(file))
            }
            Opening::Rows(table) => Kind::Rows(Box::new(table.create(File::create(&part).map_err(io)?)?)),
        };
        Ok(Self { path: path.to_path_buf(), part, kind })
    }

    /// The bytes of the part that a ledger says are written, if they are there.
    pub fn holds(path: &Path, written: u64) -> bool {
        fs::metadata(part(path)).is_ok_and(|about| about.len() >= written)
    }

    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.kind {
            Kind::Bytes(file) => file.write_all(bytes).map_err(|e| Error::io(&self.part, e)),
            Kind::Rows(_) => Err(parquet::invalid("bytes among rows")),
        }
    }

    pub fn rows(&mut self, rows: &RecordBatch) -> Result<()> {
        match &mut self.kind {
            Kind::Bytes(_) => Err(parquet::invalid("rows among bytes")),
            Kind::Rows(writer) => parquet::write(writer, rows),
        }
    }

    /// Makes what is written outlast an interruption. `false` if only a complete file does.
    pub fn keep(&mut self) -> Result<bool> {
        match &mut self.kind {
            Kind::Bytes(file) => {
                file.flush().and_then(|()| file.get_ref().sync_data()).map_err(|e| Error::io(&self.part, e))?;
                Ok(true)
            }
            Kind::Rows(_) => Ok(false),
        }
    }

    /// Puts the result in its place.
    pub fn complete(mut self) -> Result<()> {
        self.keep()?;
        if let Kind::Rows(writer) = self.kind {
            writer.into_inner().map_err(parquet::invalid)?.sync_all().map_err(|e| Error::io(&self.part, e))?;
        }
        fs::rename(&self.part, &self.path).map_err(|e| Error::io(&self.path, e))
    }

    /// Takes back what was written.
    pub fn discard(self) {
        drop(self.kind);
        let _ = fs::remove_file(&self.part);
    }
}

/// Where a result stands until it is complete.
fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}
