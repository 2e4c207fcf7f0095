//! Files that people have notes in: read so that PHI can be found in them, and written back in their own form with the PHI replaced.
//!
//! A [`Container`] is a file read into *notes*. A [`Note`] has a `view`, the text that the encoder and the rules read: decoded, with
//! the names of fields and columns as context. Its *segments* are the spans of the view that stand for a changeable piece of the
//! file: a cell, a JSON string, a component of an HL7 field, a run of a Word document. What is found outside segments is ignored.
//!
//! [`Container::write`] puts replacements into the pieces and escapes them as the place demands. They are spliced into the file's own
//! text and nothing is serialised anew, so that every byte outside a changed piece stays as it was: line ends, byte order mark,
//! quotes, escapes, order of keys, numbers. Of Word documents that holds for each part of the archive; what names their writers is
//! always taken out.
//!
//! What a format calls structure stays even if it looks like PHI: ids and references of FHIR resources, numbers in JSON, coded fields
//! of HL7 messages, columns and fields that the caller did not choose.
//!
//! ```
//! use scrubjay::Span;
//! use scrubjay::formats::{Container, Format, FormatOptions, Replacement};
//!
//! let file = b"{\"id\": 1.0, \"text\":\"Seen by \\\"Dr\\\" Roe\"}\r\n";
//! let container = Container::read(file, Format::JsonLines, &FormatOptions::default())?;
//! assert_eq!(container.notes()[0].view, "Seen by \"Dr\" Roe");
//! let replaced = [vec![Replacement { span: Span::new(13, 16), text: "[DOCTOR]".into() }]];
//! assert_eq!(container.write(&replaced)?, b"{\"id\": 1.0, \"text\":\"Seen by \\\"Dr\\\" [DOCTOR]\"}\r\n");
//! # Ok::<(), scrubjay::Error>(())
//! ```

mod csv;
mod dates;
mod detect;
mod docx;
mod encoding;
mod fhir;
mod hl7;
mod json;
mod jsonl;
mod named;
mod note;
mod outline;
mod pieces;
mod place;
mod splice;
#[cfg(test)]
mod tests;
mod text;
mod xml;

pub use encoding::TextEncoding;
pub use note::{Note, Replacement, Segment};
pub use outline::Field;
pub use pieces::{Piece, Pieces};

use crate::error::{Error, Result};
use std::fmt;

/// The largest file that is read, in bytes. A Word document's parts, unpacked, may be four times as large in all.
pub const MAX_BYTES: usize = 64 << 20;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text and Markdown: one note.
    Text,
    /// Comma-separated values (RFC 4180), or semicolons as spreadsheets of some countries write them: a note a row.
    Csv,
    /// Tab-separated values, quoted as in CSV: a note a row.
    Tsv,
    /// A JSON object a line: a note a line.
    JsonLines,
    /// HL7 v2 messages, one or several: one note.
    Hl7,
    /// FHIR JSON: a resource or Bundle, or several after each other (ndjson), a note each.
    Fhir,
    /// A Word document (Office Open XML): one note.
    Docx,
}

impl Format {
    /// The name that error messages and callers use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::JsonLines => "jsonl",
            Self::Hl7 => "hl7",
            Self::Fhir => "fhir",
            Self::Docx => "docx",
        }
    }

    /// The format of a file: by the extension of its name, or by its content if that says nothing. The content must bear it out as
    /// far as its first bytes tell; [`Container::read`] checks the rest.
    ///
    /// # Errors
    /// [`Error::FormatInvalid`] for what scrubjay does not read (PDF, RTF, the old Word format, other binary files, JSON that is
    /// neither FHIR nor JSON lines) and for content of another kind than the name says.
    pub fn detect(name: &str, bytes: &[u8]) -> Result<Self> {
        detect::detect(name, bytes)
    }

    /// An error at `at`, a line or byte.
    fn invalid(self, at: impl Into<String>, reason: impl Into<String>) -> Error {
        Error::FormatInvalid { format: self.name(), at: at.into(), reason: reason.into() }
    }
}

/// How a file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormatOptions {
    /// CSV and TSV: the columns to read, by their names in the header row, all if `None`. JSON lines: the fields to read, in place of
    /// `text_field`. Those left out come back as they were.
    pub columns: Option<Vec<String>>,
    /// CSV and TSV: whether the first row names the columns. If `None` it does unless one of its cells has an `@`, four digits or
    /// over 100 bytes. A header row is context: nothing in it is replaced.
    pub header: Option<bool>,
    /// CSV: what stands between cells. If `None` a semicolon where the first line has more of them than commas, a comma otherwise.
    pub delimiter: Option<char>,
    /// JSON lines: the field that holds the note, `text` if `None`, or `*` for every string of the object. Fields left out come
    /// back as they were.
    pub text_field: Option<String>,
    /// CSV, TSV and JSON lines: the column or field that tells whose note it is ([`Note::patient`]). It comes back as it was unless it
    /// is one of those read.
    pub patient_field: Option<String>,
    /// The encoding of a file without a byte order mark, UTF-8 if `None`. It is never guessed, and Word documents state their own.
    pub encoding: Option<TextEncoding>,
    /// Leaves pictures, embedded files and other parts that scrubjay cannot read in the file as they are ([`Container::unread`]).
    /// Without it a file that has some is refused.
    pub keep_unread: bool,
}

/// A file, parsed.
pub struct Container {
    format: Format,
    notes: Vec<Note>,
    /// The texts that segments lie in: the file itself, or the parts of an archive.
    parts: Vec<Part>,
    /// Counts of what could not be read, in words.
    unread: Vec<String>,
    archive: Option<docx::Archive>,
}

/// A text that segments lie in.
struct Part {
    source: String,
    encoding: TextEncoding,
    /// Changes made whatever is replaced: metadata taken out.
    standing: Vec<splice::Splice>,
}

impl fmt::Debug for Container {
    /// Leaves the text out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Container").field("format", &self.format).field("notes", &self.notes.len()).finish_non_exhaustive()
    }
}

impl Container {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_BYTES`], [`Error::FormatInvalid`] with the line or byte where the file is not what `format`
    /// says, and [`Error::OptionInvalid`] for a column that is not there.
    pub fn read(bytes: &[u8], format: Format, options: &FormatOptions) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::TooLarge { what: "the file", limit: MAX_BYTES });
        }
        if format == Format::Docx {
            return docx::read(bytes, options);
        }
        let part = Part::decode(bytes, format, options)?;
        let source = &part.source;
        let mut unread = Vec::new();
        let notes = match format {
            Format::Text | Format::Docx => text::read(source),
            Format::Csv | Format::Tsv => csv::read(source, format, options)?,
            Format::JsonLines => jsonl::read(source, options)?,
            Format::Hl7 => hl7::read(source, &mut unread)?,
            Format::Fhir => fhir::read(source, &mut unread)?,
        };
        Self { format, notes, parts: vec![part], unread, archive: None }.allowing(options)
    }

    /// Refuses a file with unread parts unless the caller keeps them.
    fn allowing(self, options: &FormatOptions) -> Result<Self> {
        if options.keep_unread || self.unread.is_empty() {
            return Ok(self);
        }
        let reason = format!("holds what scrubjay cannot read ({}); `keep_unread` leaves it in as it is", self.unread.join(", "));
        Err(self.format.invalid("the file", reason))
    }

    /// The file's format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The notes, in the order of the file.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What the file holds and scrubjay cannot read, as words and counts ("pictures: 2"). It is written back as it is.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// The file with `replaced`, for each note its replacements, in the order of the view. A replacement over several segments goes
    /// into the first of them, and what it covers of the others is taken out. One whose text is what stands there changes nothing.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] unless there is one list for each note, each in order, disjoint and on the view's character
    /// boundaries.
    pub fn write(&self, replaced: &[Vec<Replacement>]) -> Result<Vec<u8>> {
        if replaced.len() != self.notes.len() {
            let reason = format!("{} lists for {} notes", replaced.len(), self.notes.len());
            return Err(Error::OptionInvalid { option: "replaced", reason });
        }
        let mut splices: Vec<_> = self.parts.iter().map(|part| part.standing.clone()).collect();
        let mut removed = Vec::new();
        for (i, (note, replaced)) in self.notes.iter().zip(replaced).enumerate() {
            note.edit(i, replaced, &self.parts, &mut splices, &mut removed)?;
        }
        // Only JSON has properties to remove, and it has one part.
        if let (false, Some(part), Some(splices)) = (removed.is_empty(), self.parts.first(), splices.first_mut()) {
            splices.extend(json::removals(&part.source, &removed));
        }
        let sources = self.parts.iter().zip(splices);
        let written = sources.map(|(part, splices)| (!splices.is_empty()).then(|| part.encode(&splice::apply(&part.source, splices))));
        match (&self.archive, self.parts.first()) {
            (Some(archive), _) => archive.write(written.collect()),
            (None, Some(part)) => Ok(written.flatten().next().unwrap_or_else(|| part.encode(&part.source))),
            (None, None) => Ok(Vec::new()),
        }
    }
}

impl Part {
    fn decode(bytes: &[u8], format: Format, options: &FormatOptions) -> Result<Self> {
        let (source, encoding) = encoding::decode(bytes, options.encoding).map_err(|(at, reason)| format.invalid(at, reason))?;
        Ok(Self { source, encoding, standing: Vec::new() })
    }

    fn encode(&self, source: &str) -> Vec<u8> {
        self.encoding.encode(source)
    }
}
