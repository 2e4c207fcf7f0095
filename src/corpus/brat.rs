//! brat stand-off: `note.txt` and beside it `note.ann` with lines `T1<tab>PATIENT 16 28<tab>Jane Roe`, offsets in characters.
//!
//! A discontinuous annotation (`16 20;21 28`) whose fragments only white space separates is one annotation, as brat writes one that
//! crosses a line end; otherwise each fragment is an annotation of its own. Lines of relations, events, attributes, notes and
//! equivalences (`R`, `E`, `A`, `M`, `N`, `#`, `*`) are passed over.

use super::build::{Builder, invalid};
use super::{Corpus, Document, ReadOptions};
use crate::error::Result;
use crate::text::{OffsetMap, OffsetUnit, Span};
use std::fmt::Write;

/// Reads the note `text` and its annotations `ann`. `file` is the `.ann` file's name in errors, `id` becomes the note's id.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) names the line.
pub fn parse(file: &str, id: &str, text: &str, ann: &str, options: &ReadOptions) -> Result<Corpus> {
    let mut builder = Builder::new(file, id.into(), text.into(), OffsetUnit::Char, options);
    for (i, line) in ann.lines().enumerate() {
        let at = format!("line {}", i + 1);
        match line.chars().next() {
            None => continue,
            Some('T') => {}
            Some('R' | 'E' | 'A' | 'M' | 'N' | '#' | '*') => continue,
            Some(_) if line.trim().is_empty() => continue,
            Some(_) => return Err(invalid(file, at, "not a brat annotation")),
        }
        let mut fields = line.splitn(3, '\t').skip(1);
        let (name, fragments) = fields
            .next()
            .and_then(|field| field.split_once(' '))
            .ok_or_else(|| invalid(file, &*at, "no type and offsets after the first tab"))?;
        let mut spans = Vec::new();
        for fragment in fragments.split(';') {
            let (start, end) = fragment
                .split_once(' ')
                .and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)))
                .ok_or_else(|| invalid(file, &*at, "offsets are not two numbers"))?;
            spans.push(builder.span(&at, start, end)?);
        }
        let standing = spans.iter().map(|&span| builder.slice(span)).collect::<Vec<_>>().join(" ");
        let spans = joined(spans, text);
        builder.push(&at, &spans, name, fields.next().map(|found| (found, standing.as_str())))?;
    }
    let (document, warnings) = builder.finish()?;
    Ok(Corpus { documents: vec![document], warnings })
}

/// Fragments with only white space between them made one.
fn joined(spans: Vec<Span>, text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if last.end <= span.start && text.get(last.end..span.start).is_some_and(|gap| gap.trim().is_empty()) => {
                *last = last.union(span);
            }
            _ => out.push(span),
        }
    }
    out
}

/// The `.ann` file of a note; its `.txt` is the text itself. An annotation that crosses line ends is written in fragments, as brat
/// asks for, without the white space at the lines' ends.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) when an annotation does not fit the text or covers only white space.
pub fn write(document: &Document) -> Result<String> {
    let mut out = String::new();
    let map = OffsetMap::new(&document.text, OffsetUnit::Char);
    for (i, annotation) in document.annotations.iter().enumerate() {
        let slice = annotation.span.slice(&document.text).unwrap_or_default();
        let mut fragments = Vec::new();
        let mut start = annotation.span.start;
        for line in slice.split_inclusive(['\n', '\r']) {
            let fragment = Span::new(start, start + line.len()).trim(&document.text);
            if !fragment.is_empty() {
                fragments.push(fragment);
            }
            start += line.len();
        }
        if fragments.is_empty() {
            return Err(invalid(&document.id, format!("annotation {i}"), "does not fit the text or covers only white space"));
        }
        let offsets: Vec<_> = fragments.iter().map(|&f| map.from_span(f)).map(|(start, end)| format!("{start} {end}")).collect();
        let texts: Vec<_> = fragments.iter().filter_map(|f| f.slice(&document.text)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "T{}\t{} {}\t{}", i + 1, annotation.entity_type, offsets.join(";"), texts.join(" "));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Zoe\u{301} 😀 Müller\r\nof  Bath\n, שרה לוי";

    fn read(ann: &str) -> Result<Document> {
        Ok(parse("f.ann", "f", TEXT, ann, &ReadOptions::default())?.documents.remove(0))
    }

    #[test]
    fn fragments_across_a_line_end_are_one() {
        let ann = "T1\tPATIENT 0 4;7 13\tZoe\u{301} Müller\nT2\tCITY 7 13;15 17\tMüller of\n#1\tAnnotatorNotes T1\tx\nT3\tPATIENT 26 33\tשרה לוי\r\n";
        let corpus = parse("f.ann", "f", TEXT, ann, &ReadOptions { overlaps: crate::corpus::OnOverlap::KeepLonger, ..Default::default() });
        let corpus = corpus.unwrap();
        let document = &corpus.documents[0];
        let found: Vec<_> = document.annotations.iter().map(|a| a.span.slice(TEXT).unwrap()).collect();
        assert_eq!(found, ["Zoe\u{301}", "Müller\r\nof", "שרה לוי"]);
        let ann = write(document).unwrap();
        assert!(ann.contains("CITY 7 13;15 17\tMüller of\n"), "{ann}");
        assert_eq!(&read(&ann).unwrap(), document);
    }

    #[test]
    fn bad_lines_are_named_and_not_quoted() {
        for (ann, reason) in [
            ("T1\tPATIENT 7 13\tMuller", "the first 1 agree"),
            ("T1\tPATIENT 7 99\tMüller", "beyond"),
            ("T1\tPATIENT 7\tMüller", "two numbers"),
            ("T1\tPATIENT\tMüller", "no type and offsets"),
            ("T1", "no type and offsets"),
            ("Müller", "unknown"),
            ("Zoe", "not a brat annotation"),
            ("T1\tNAME 7 13\tMüller", "unknown type"),
        ] {
            let ann = format!("\n{ann}\n");
            match read(&ann) {
                Ok(document) => assert!(reason == "unknown" && document.annotations.is_empty()),
                Err(error) => {
                    let error = error.to_string();
                    assert!(error.starts_with("f.ann, line 2") && error.contains(reason), "{ann}: {error}");
                    assert!(!error.contains("ller"), "{error}");
                }
            }
        }
    }
}
