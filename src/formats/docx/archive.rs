//! The zip archive of a Word document, read with limits.

use super::super::MAX_BYTES;
use super::invalid;
use crate::error::{Error, Result};
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

/// More entries than any document has.
const MAX_ENTRIES: usize = 10_000;

/// The most bytes of all entries together, unpacked.
const MAX_UNPACKED: usize = 4 * MAX_BYTES;

/// An entry of over a megabyte that packs better than this is made to exhaust its reader. Large tables reach about 60.
const MAX_RATIO: usize = 200;

/// A Word document's archive.
pub(in super::super) struct Archive {
    bytes: Arc<[u8]>,
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    names: Vec<String>,
    /// The entries of the container's parts, in their order.
    held: Vec<usize>,
    /// The bytes that may still be unpacked.
    left: usize,
}

impl Archive {
    /// Checks the archive's table; nothing is unpacked yet.
    pub(super) fn open(bytes: &[u8]) -> Result<Self> {
        let bytes = Arc::from(bytes);
        let mut zip = ZipArchive::new(Cursor::new(Arc::clone(&bytes))).map_err(broken)?;
        if zip.len() > MAX_ENTRIES {
            return Err(invalid("the archive", format!("more than {MAX_ENTRIES} entries")));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut size = 0u64;
        for i in 0..zip.len() {
            let entry = zip.by_index_raw(i).map_err(broken)?;
            if entry.encrypted() {
                return Err(invalid(format!("entry {i}"), "encrypted"));
            }
            size = size.saturating_add(entry.size());
            names.push(entry.name().map_err(broken)?.into_owned());
        }
        if size > MAX_UNPACKED as u64 {
            return Err(Error::TooLarge { what: "the document, unpacked,", limit: MAX_UNPACKED });
        }
        Ok(Self { bytes, zip, names, held: Vec::new(), left: MAX_UNPACKED })
    }

    /// The names of the entries, in the order of the archive.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Unpacks an entry. What the table says of its size is not believed.
    pub(super) fn entry(&mut self, i: usize) -> Result<Vec<u8>> {
        let entry = self.zip.by_index(i).map_err(broken)?;
        let packed = usize::try_from(entry.compressed_size()).unwrap_or(usize::MAX);
        let most = self.left.min(packed.saturating_mul(MAX_RATIO).max(1 << 20));
        let mut bytes = Vec::new();
        entry.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|_| invalid(format!("entry {i}"), "damaged: it does not unpack"))?;
        if bytes.len() > most {
            return Err(Error::TooLarge { what: "a part of the document, unpacked,", limit: most });
        }
        self.left -= bytes.len();
        Ok(bytes)
    }

    /// Makes an entry the container's next part.
    pub(super) fn hold(&mut self, i: usize) {
        self.held.push(i);
    }

    /// Counts of the entries that are neither text nor fonts.
    pub(super) fn unread(&self) -> Vec<String> {
        let (mut pictures, mut signatures, mut others) = (0, 0, 0);
        for name in &self.names {
            let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
            match extension.as_str() {
                _ if name.ends_with('/') || is_preview(name) || is_known(name) => {}
                _ if name.starts_with("_xmlsignatures/") => signatures += 1,
                _ if name.contains("/media/") => pictures += 1,
                "odttf" | "ttf" => {}
                _ => others += 1,
            }
        }
        let counts = [(pictures, "pictures"), (signatures, "parts of a digital signature"), (others, "embedded files")];
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{words}: {count}")).collect()
    }

    /// The archive with `parts`, those that are new, in place of its own, and without the preview picture. Other entries are copied
    /// as they are packed.
    pub(in super::super) fn write(&self, parts: Vec<Option<Vec<u8>>>) -> Result<Vec<u8>> {
        if parts.iter().all(Option::is_none) && !self.names.iter().any(|name| is_preview(name)) {
            return Ok(self.bytes.to_vec());
        }
        let mut zip = self.zip.clone();
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for (i, name) in self.names.iter().enumerate() {
            let new = self.held.iter().position(|&held| held == i).and_then(|part| parts.get(part)?.as_ref());
            match new {
                _ if is_preview(name) => {}
                Some(bytes) => {
                    let options = zip.by_index_raw(i).map_err(broken)?.options();
                    writer.start_file(name.as_str(), options).map_err(broken)?;
                    writer.write_all(bytes).map_err(|_| invalid("the archive", "a part does not pack"))?;
                }
                None => writer.raw_copy_file(zip.by_index_raw(i).map_err(broken)?).map_err(broken)?,
            }
        }
        Ok(writer.finish().map_err(broken)?.into_inner())
    }
}

/// Whether the entry is read, or holds no text by its nature: types of parts, ids of data, labels of secrecy.
fn is_known(name: &str) -> bool {
    let nature = name == "[Content_Types].xml" || name.starts_with("customXml/itemProps") || name.starts_with("docMetadata/");
    nature || super::kind(name).is_some()
}

/// A picture of the first page, with what stands on it.
fn is_preview(name: &str) -> bool {
    name.starts_with("docProps/thumbnail.")
}

/// The crate's own words may hold names of entries.
fn broken(error: ZipError) -> Error {
    invalid(
        "the archive",
        match error {
            ZipError::UnsupportedArchive(_) => "encrypted, or packed in a way that Word does not use",
            _ => "not a zip archive, or damaged",
        },
    )
}
