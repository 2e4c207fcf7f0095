//! A file of any size, cut between its records into pieces that are files of their own.

use super::{Format, FormatOptions, MAX_BYTES, Part, csv};
use crate::error::{Error, Result};
use std::io::{ErrorKind, Read, Seek, SeekFrom};

/// Some records of a file.
pub struct Piece {
    /// The records, behind the row that names the columns if there is one.
    pub bytes: Vec<u8>,
    /// How many bytes at the front stand in every piece and belong to the file's beginning: nothing of them is replaced.
    pub repeated: usize,
    /// Where it ends in the file, in bytes.
    pub end: u64,
    /// Lines of the file up to there.
    pub lines: usize,
    /// Lines of the file before what `bytes` begins with, less those repeated.
    before: isize,
}

impl Piece {
    /// An error of the piece, its line counted in the file.
    pub fn locate(&self, error: Error) -> Error {
        match error {
            Error::FormatInvalid { format, at, reason } => {
                let line = at.strip_prefix("line ").and_then(|line| line.parse::<isize>().ok());
                let at = line.map_or(at, |line| format!("line {}", line + self.before));
                Error::FormatInvalid { format, at, reason }
            }
            other => other,
        }
    }
}

/// The pieces of a file, in order. CSV, TSV, JSON lines and FHIR resources a line are cut; other files, and those in UTF-16, are one
/// piece.
pub struct Pieces<R> {
    reader: R,
    format: Format,
    options: FormatOptions,
    size: usize,
    /// Whether records end with lines, or, for tables, with rows.
    cut: bool,
    head: Vec<u8>,
    /// What was read and not given out yet.
    rest: Vec<u8>,
    at: u64,
    lines: usize,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    /// Cuts `reader` into pieces of about `size` bytes, one record at least.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be read, and those of [`Container::read`](super::Container::read) for the first row of a table.
    pub fn new(reader: R, format: Format, options: &FormatOptions, size: usize) -> Result<Self> {
        let mut pieces = Self {
            reader,
            format,
            options: options.clone(),
            size: size.max(1),
            cut: false,
            head: Vec::new(),
            rest: Vec::new(),
            at: 0,
            lines: 0,
            ended: false,
        };
        pieces.fill(pieces.size)?;
        let wide = pieces.rest.starts_with(b"\xff\xfe") || pieces.rest.starts_with(b"\xfe\xff");
        pieces.cut = !wide
            && match format {
                Format::Csv | Format::Tsv => pieces.begin()?,
                Format::JsonLines => true,
                Format::Fhir => pieces.is_ndjson(),
                Format::Text | Format::Hl7 | Format::Docx => false,
            };
        Ok(pieces)
    }

    /// How the pieces are to be read: what the file's first row settles holds for all.
    pub fn options(&self) -> &FormatOptions {
        &self.options
    }

    /// Reads a table's first row.
    fn begin(&mut self) -> Result<bool> {
        let given = self.options.delimiter;
        let end = loop {
            self.options.delimiter = Some(csv::delimiter(&String::from_utf8_lossy(&self.rest), self.format, &self.options)?);
            let mark = if self.rest.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let blank = self.rest[mark..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let end = rows(&self.rest[mark + blank..], self.options.delimiter).next();
            match (end, self.ended) {
                (Some(end), _) => break mark + blank + end,
                (None, true) => break self.rest.len(),
                (None, false) => self.more()?,
            }
            self.options.delimiter = given;
        };
        let first = Part::decode(&self.rest[..end], self.format, &self.options)?.source;
        let named = csv::is_named(&first, self.format, &self.options)?;
        self.options.header = Some(named);
        if named {
            self.head = self.rest[..end].to_vec();
        }
        Ok(true)
    }

    /// Whether the first line is a resource.
    fn is_ndjson(&mut self) -> bool {
        let line = self.rest.split_inclusive(|&b| b == b'\n').next().unwrap_or_default();
        serde_json::from_slice::<serde::de::IgnoredAny>(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)).is_ok()
    }

    /// Reads on until `size` bytes wait or the file ends.
    fn fill(&mut self, size: usize) -> Result<()> {
        while self.rest.len() < size && !self.ended {
            let wanted = (size - self.rest.len()) as u64;
            match self.reader.by_ref().take(wanted).read_to_end(&mut self.rest) {
                Ok(n) => self.ended = (n as u64) < wanted,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Io { path: "input".into(), reason: error.to_string() }),
            }
        }
        Ok(())
    }

    /// Reads on because what waits holds no whole record.
    fn more(&mut self) -> Result<()> {
        if self.rest.len() > MAX_BYTES {
            let what = if self.cut { "a record" } else { "the file" };
            return Err(Error::TooLarge { what, limit: MAX_BYTES });
        }
        self.fill(self.rest.len() * 2 + 1)
    }

    /// Where the last whole record among what waits ends.
    fn whole(&self) -> Option<usize> {
        match (self.cut, self.ended, self.format) {
            (_, true, _) => Some(self.rest.len()),
            (false, ..) => None,
            (true, _, Format::Csv | Format::Tsv) => rows(&self.rest, self.options.delimiter).last(),
            (true, ..) => self.rest.iter().rposition(|&b| b == b'\n').map(|at| at + 1),
        }
    }

    fn take(&mut self) -> Result<Option<Piece>> {
        self.fill(self.size)?;
        let end = loop {
            match self.whole() {
                // A head stands in no two pieces.
                Some(end) if self.at == 0 => break end.max(self.head.len()),
                Some(end) => break end,
                None => self.more()?,
            }
        };
        // An empty file is a piece, a file's end is none.
        if end == 0 && self.at > 0 {
            return Ok(None);
        }
        let rest = self.rest.split_off(end);
        let records = std::mem::replace(&mut self.rest, rest);
        let (first, start) = (self.at == 0, self.lines);
        self.at += records.len() as u64;
        self.lines += csv::lines(&String::from_utf8_lossy(&records));
        let head = if first { &[] } else { self.head.as_slice() };
        let before = start as isize - csv::lines(&String::from_utf8_lossy(head)) as isize;
        let bytes = if head.is_empty() { records } else { [head, &records].concat() };
        Ok(Some(Piece { bytes, repeated: head.len(), end: self.at, lines: self.lines, before }))
    }
}

impl<R: Read + Seek> Pieces<R> {
    /// Goes on behind a piece given out by an earlier reading of the same file: its `end` and `lines`.
    ///
    /// # Errors
    /// [`Error::Io`] if the reader cannot go there.
    pub fn resume(&mut self, end: u64, lines: usize) -> Result<()> {
        self.reader.seek(SeekFrom::Start(end)).map_err(|e| Error::Io { path: "input".into(), reason: e.to_string() })?;
        self.rest.clear();
        (self.at, self.lines, self.ended) = (end, lines, false);
        Ok(())
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended && self.rest.is_empty() && self.at > 0 {
            return None;
        }
        let piece = self.take();
        if !matches!(piece, Ok(Some(_))) || self.at == 0 {
            // After an error, and after the one piece of an empty file, there is nothing.
            self.rest.clear();
            (self.ended, self.at) = (true, self.at.max(1));
        }
        piece.transpose()
    }
}

/// Where rows end: behind their line ends, which stand outside quotes. A quote opens only at the beginning of a cell, as in
/// [`csv::read`].
fn rows(bytes: &[u8], delimiter: Option<char>) -> impl Iterator<Item = usize> {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let (mut quoted, mut begins) = (false, true);
    let mut at = start;
    std::iter::from_fn(move || {
        while let Some(&b) = bytes.get(at) {
            at += 1;
            if quoted {
                match b {
                    b'"' if bytes.get(at) == Some(&b'"') => at += 1,
                    b'"' => quoted = false,
                    _ => {}
                }
                continue;
            }
            quoted = begins && b == b'"';
            begins = Some(b as char) == delimiter || b == b'\n' || b == b'\r';
            match b {
                b'\n' => return Some(at),
                // Whether a line feed follows is not known at the end of what was read.
                b'\r' if bytes.get(at).is_some_and(|&next| next != b'\n') => return Some(at),
                _ => {}
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Container, Replacement};
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    /// A file whose every "x" became "[yy]", whole and in pieces.
    fn replaced(bytes: &[u8], format: Format, options: &FormatOptions) -> Result<Vec<u8>> {
        let file = Container::read(bytes, format, options)?;
        let note = |view: &str| {
            let place = |(at, x): (usize, &str)| Replacement { span: Span::new(at, at + x.len()), text: "[yy]".into() };
            view.match_indices('x').map(place).collect::<Vec<_>>()
        };
        let holds = |note: &super::super::Note, r: &Replacement| note.holds(r.span);
        file.write(&file.notes().iter().map(|n| note(&n.view).into_iter().filter(|r| holds(n, r)).collect()).collect::<Vec<_>>())
    }

    fn in_pieces(bytes: &[u8], format: Format, options: &FormatOptions, size: usize) -> Result<Vec<u8>> {
        let mut pieces = Pieces::new(bytes, format, options, size)?;
        let options = pieces.options().clone();
        let mut written = Vec::new();
        for piece in pieces.by_ref() {
            let piece = piece?;
            let bytes = replaced(&piece.bytes, format, &options).map_err(|error| piece.locate(error))?;
            written.extend_from_slice(&bytes[piece.repeated..]);
        }
        assert!(pieces.next().is_none());
        Ok(written)
    }

    #[test]
    fn pieces_are_the_file() {
        let every = FormatOptions { text_field: Some("*".into()), ..Default::default() };
        for (format, text) in [
            (Format::Csv, "\u{feff}id,note\r\n1,\"a \"\"x\"\"\r\nx\"\r\n\r\n2,5\" x\r\n3,x"),
            (Format::Csv, "\n\nid;note\n1;x, x\n2;\"x;\n\"\n"),
            (Format::Csv, "1,Jane x\r2,x\r\r3,x"),
            (Format::Tsv, "a\tb\nx\t\"x\nx\"\n"),
            (Format::JsonLines, "{\"text\":\"x\"}\n\n{\"text\":\"ax\",\"b\":[\"x\"]}\r\n{\"text\":null}"),
            (
                Format::Fhir,
                "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"x\"}]}\n{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"xx\"}]}\n",
            ),
            (Format::Fhir, "{\"resourceType\":\"Patient\",\n\"name\":[{\"text\":\"x\"}]}\n"),
            (Format::Text, "x\nx\n"),
            (Format::Text, ""),
            (Format::Csv, ""),
            (Format::Csv, "a,b"),
            (Format::JsonLines, "\n"),
        ] {
            let whole = replaced(text.as_bytes(), format, &every).unwrap();
            for size in [1, 2, 3, 7, 20, 100] {
                assert_eq!(in_pieces(text.as_bytes(), format, &every, size).unwrap(), whole, "{text} {size}");
            }
        }
    }

    #[test]
    fn errors_name_the_line_of_the_file() {
        for (format, text, at) in [
            (Format::Csv, "a,b\n1,2\n\"x\ny\",3\n\"x\"y,2\n", "line 5"),
            (Format::Csv, "a,b\n1,2\n3,\"4\n", "line 3"),
            (Format::JsonLines, "{\"text\":\"\"}\n\n{\"text\":\"\"}\n{\"text\":1}\n{\"text\":\"\"}\n", "line 4"),
        ] {
            for size in [1, 10, 100] {
                let error = in_pieces(text.as_bytes(), format, &FormatOptions::default(), size).unwrap_err().to_string();
                assert!(error.contains(&format!("{at}:")), "{size}: {error}");
            }
        }
    }

    #[test]
    fn a_reading_goes_on_where_another_ended() {
        let text = "id,note\n1,x\n2,y\n3,\"z\nz\"\n4,x\n";
        let cut = |resumed: Option<(u64, usize)>| {
            let mut pieces = Pieces::new(std::io::Cursor::new(text), Format::Csv, &FormatOptions::default(), 8).unwrap();
            if let Some((end, lines)) = resumed {
                pieces.resume(end, lines).unwrap();
            }
            pieces.map(|p| p.map(|p| (p.bytes, p.repeated, p.end, p.lines)).unwrap()).collect::<Vec<_>>()
        };
        let all = cut(None);
        assert!(all.len() > 2);
        for i in 0..all.len() {
            assert_eq!(cut(Some((all[i].2, all[i].3))), all[i + 1..]);
        }
    }

    proptest! {
        #[test]
        fn any_table_is_cut_between_rows(text in "[ax,;\"\r\n]{0,40}", size in 1..20usize, header in proptest::option::of(any::<bool>())) {
            let options = FormatOptions { header, ..Default::default() };
            if let Ok(whole) = replaced(text.as_bytes(), Format::Csv, &options) {
                prop_assert_eq!(in_pieces(text.as_bytes(), Format::Csv, &options, size).unwrap(), whole);
            }
        }
    }
}
