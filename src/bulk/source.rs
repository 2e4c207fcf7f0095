//! A file as the pieces of work that it is.

use super::parquet::{self, Table};
use super::{Input, ledger::Entry};
use crate::error::{Error, Result};
use crate::formats::{Format, FormatOptions, Piece, Pieces};
use arrow_array::RecordBatch;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// About how many bytes are redacted in one go: seconds of work, so that all cores are busy to the end.
pub(super) const PIECE: usize = 32 << 10;

/// How a result is opened.
pub(super) enum Opening {
    /// Bytes, behind those that are written already.
    Bytes(u64),
    Rows(Table),
}

/// Some of a file to redact.
pub(super) enum Work {
    Text(Piece, Format, FormatOptions),
    Rows(Table, RecordBatch),
}

/// What there is to do for a file, in order.
pub(super) type Works = Box<dyn Iterator<Item = Result<Work>> + Send>;

/// Opens `input`. `format` is the caller's; what stands behind `entry` is passed over.
pub(super) fn open(input: &Input, format: Option<Format>, reading: &FormatOptions, entry: &Entry) -> Result<(Opening, Works)> {
    let io = |e| Error::io(&input.path, e);
    let mut file = File::open(&input.path).map_err(io)?;
    let mut sample = Vec::new();
    file.by_ref().take(64 << 10).read_to_end(&mut sample).map_err(io)?;
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    if format.is_none() && sample.starts_with(parquet::MAGIC) {
        let (table, reader) = Table::open(file, reading)?;
        let own = table.clone();
        // The library's words on what it cannot unpack name pages and encodings.
        let works = reader.map(move |rows| Ok(Work::Rows(own.clone(), rows.map_err(parquet::invalid)?)));
        return Ok((Opening::Rows(table), Box::new(works)));
    }
    let format = match format {
        Some(format) => format,
        None => Format::detect(&input.name, &sample)?,
    };
    let mut pieces = Pieces::new(file, format, reading, PIECE)?;
    if entry.read > 0 {
        pieces.resume(entry.read, entry.lines)?;
    }
    let options = pieces.options().clone();
    let works = pieces.map(move |piece| Ok(Work::Text(piece?, format, options.clone())));
    Ok((Opening::Bytes(entry.written), Box::new(works)))
}
