//! CoNLL: a word and its IOB2 label a line, tab between them, an empty line after each sentence, `-DOCSTART-` before each note.
//!
//! Further columns between the first and the last are passed over. After `-DOCSTART-`, a line `# id = NAME` names the note; it has no
//! tab and so is no word. Without such lines the file is one note, or notes numbered `NAME#1`, `NAME#2`, ….
//!
//! The format does not hold the text. [`parse`] makes one up: words joined by a space, sentences by a line feed. [`parse_aligned`] takes
//! the text and finds the words in it again, so that its offsets are those of the original.

use super::build::{Builder, invalid, shown_name};
use super::{Corpus, Document, ReadOptions, words};
use crate::error::Result;
use crate::text::{OffsetUnit, Span};
use std::collections::BTreeMap;

/// Reads `source` with made-up texts. `file` is its name in errors, `name` the id of a note that has none.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) names the line. An `I-` label that continues nothing is one.
pub fn parse(file: &str, name: &str, source: &str, options: &ReadOptions) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    for note in notes(file, name, source)? {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for row in &note.rows {
            if !text.is_empty() {
                text.push(if row.first { '\n' } else { ' ' });
            }
            let start = text.len();
            text += row.word;
            spans.push(Span::new(start, text.len()));
        }
        add(&mut corpus, file, note, text, &spans, options)?;
    }
    corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(corpus)
}

/// Reads `source` over the texts it was made from, by id.
///
/// # Errors
/// As [`parse`]; also when a note's text is missing, or when anything but white space stands between its words there.
pub fn parse_aligned(file: &str, name: &str, source: &str, texts: &BTreeMap<String, String>, options: &ReadOptions) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    for note in notes(file, name, source)? {
        let text = texts.get(&note.id).ok_or_else(|| invalid(file, format!("line {}", note.line), "there is no text for this note"))?;
        let mut spans = Vec::with_capacity(note.rows.len());
        let mut end = 0;
        for row in &note.rows {
            let rest = text.get(end..).unwrap_or_default();
            let start = end + (rest.len() - rest.trim_start().len());
            if !text.get(start..).is_some_and(|rest| rest.starts_with(row.word)) {
                return Err(invalid(file, format!("line {}", row.line), format!("the text does not go on with this word at byte {start}")));
            }
            end = start + row.word.len();
            spans.push(Span::new(start, end));
        }
        if text.get(end..).is_some_and(|rest| !rest.trim().is_empty()) {
            return Err(invalid(file, format!("line {}", note.line), format!("the text goes on after the last word, at byte {end}")));
        }
        add(&mut corpus, file, note, text.clone(), &spans, options)?;
    }
    corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(corpus)
}

struct Note<'a> {
    id: String,
    line: usize,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    line: usize,
    word: &'a str,
    label: &'a str,
    /// Whether a sentence starts here.
    first: bool,
}

/// The rows by note, with ids that stand there once.
fn notes<'a>(file: &str, name: &str, source: &'a str) -> Result<Vec<Note<'a>>> {
    let (mut notes, mut first): (Vec<Note<'a>>, bool) = (Vec::new(), true);
    for (i, line) in source.lines().enumerate() {
        let number = i + 1;
        if line.starts_with("-DOCSTART-") {
            notes.push(Note { id: String::new(), line: number, rows: Vec::new() });
        } else if let Some(id) = line.strip_prefix("# id = ").filter(|id| !id.contains('\t')) {
            match notes.last_mut() {
                Some(note) if note.rows.is_empty() && note.id.is_empty() => note.id = id.to_string(),
                None => notes.push(Note { id: id.to_string(), line: number, rows: Vec::new() }),
                _ => return Err(invalid(file, format!("line {number}"), "an id that does not follow -DOCSTART-")),
            }
        } else if line.trim().is_empty() {
            first = true;
        } else {
            let columns = line.split_once('\t').zip(line.rsplit_once('\t'));
            let Some(((word, _), (_, label))) = columns else {
                return Err(invalid(file, format!("line {number}"), "no tab between word and label"));
            };
            if word.is_empty() || word.contains(char::is_whitespace) {
                return Err(invalid(file, format!("line {number}"), "the word is empty or holds white space"));
            }
            if notes.is_empty() {
                notes.push(Note { id: String::new(), line: number, rows: Vec::new() });
            }
            if let Some(note) = notes.last_mut() {
                let first = first || note.rows.is_empty();
                note.rows.push(Row { line: number, word, label, first });
            }
            first = false;
        }
    }
    let several = notes.len() > 1;
    let mut ids = BTreeMap::new();
    for (i, note) in notes.iter_mut().enumerate() {
        if note.id.is_empty() {
            note.id = if several { format!("{name}#{}", i + 1) } else { name.to_string() };
        }
        if let Some(line) = ids.insert(note.id.clone(), note.line) {
            return Err(invalid(file, format!("line {}", note.line), format!("the id of line {line} again")));
        }
    }
    Ok(notes)
}

/// Makes annotations of the labels over `spans` and adds the note.
fn add(corpus: &mut Corpus, file: &str, note: Note<'_>, text: String, spans: &[Span], options: &ReadOptions) -> Result<()> {
    let mut builder = Builder::new(file, note.id, text, OffsetUnit::Byte, options);
    let mut open: Option<(&str, Span, usize)> = None;
    for (row, &span) in note.rows.iter().zip(spans) {
        let at = format!("line {}", row.line);
        match (row.label.split_once('-'), &mut open) {
            (Some(("I", name)), Some((open_name, open_span, _))) if *open_name == name => *open_span = open_span.union(span),
            (Some(("B", name)), _) => {
                close(&mut builder, open.take())?;
                open = Some((name, span, row.line));
            }
            (Some(("I", _)), _) => return Err(invalid(file, at, "an I- label that continues nothing")),
            (None, _) if row.label == "O" => close(&mut builder, open.take())?,
            _ => return Err(invalid(file, at, format!("not an IOB2 label: {}", shown_name(row.label)))),
        }
    }
    close(&mut builder, open)?;
    let (document, warnings) = builder.finish()?;
    corpus.documents.push(document);
    corpus.warnings.extend(warnings);
    Ok(())
}

fn close(builder: &mut Builder<'_>, open: Option<(&str, Span, usize)>) -> Result<()> {
    match open {
        Some((name, span, line)) => builder.push(&format!("line {line}"), &[span], name, None),
        None => Ok(()),
    }
}

/// The notes as CoNLL: [`words`](super::words()), cut further at the ends of annotations; a sentence is a line of the note.
///
/// Read back over the same texts, every annotation has its offsets again, but for white space at its ends.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) when an id holds a tab or a line end, and when an annotation does not fit the
/// text or covers only white space.
pub fn write(documents: &[Document]) -> Result<String> {
    let mut out = String::new();
    for document in documents {
        if document.id.is_empty() || document.id.contains(['\t', '\r', '\n']) {
            return Err(invalid(&document.id.escape_debug().to_string(), "id", "is empty or holds a tab or a line end"));
        }
        out += &format!("-DOCSTART-\tO\n# id = {}\n", document.id);
        let (mut at, mut start) = (0, true);
        for (i, annotation) in document.annotations.iter().enumerate() {
            let inside = annotation.span.slice(&document.text).filter(|slice| !slice.trim().is_empty());
            let (Some(before), Some(inside)) = (document.text.get(at..annotation.span.start), inside) else {
                return Err(invalid(&document.id, format!("annotation {i}"), "does not fit the text or covers only white space"));
            };
            rows(&mut out, before, None, &mut start);
            rows(&mut out, inside, Some(annotation.entity_type.name()), &mut start);
            at = annotation.span.end;
        }
        rows(&mut out, document.text.get(at..).unwrap_or_default(), None, &mut start);
        out.push('\n');
    }
    Ok(out)
}

/// Adds the words of `text`, with an empty line where a line ends outside annotations. `start` tells whether one is still due.
fn rows(out: &mut String, text: &str, name: Option<&str>, start: &mut bool) {
    let mut end = 0;
    for (i, word) in words(text).into_iter().enumerate() {
        let gap_ends_line = text.get(end..word.start).is_some_and(|gap| gap.contains('\n'));
        let inside = name.is_some() && i > 0;
        if (std::mem::take(start) || gap_ends_line) && !inside {
            out.push('\n');
        }
        out.push_str(word.slice(text).unwrap_or_default());
        match name {
            None => out.push_str("\tO\n"),
            Some(name) => out.push_str(&format!("\t{}-{name}\n", if i == 0 { "B" } else { "I" })),
        }
        end = word.end;
    }
    *start |= name.is_none() && text.get(end..).is_some_and(|rest| rest.contains('\n'));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Annotation, brat, jsonl};
    use crate::labels::EntityType;
    use proptest::prelude::*;

    fn fixture() -> Vec<Document> {
        jsonl::parse("f", include_str!("../../tests/fixtures/corpus/notes.jsonl"), &ReadOptions::default()).unwrap().documents
    }

    #[test]
    fn over_the_same_texts_offsets_come_back() {
        let mut documents = fixture();
        documents.push(Document {
            id: "glued".into(),
            text: "idJane2024-05-06x\n".into(),
            annotations: vec![
                Annotation { span: Span::new(2, 6), entity_type: EntityType::Patient },
                Annotation { span: Span::new(6, 16), entity_type: EntityType::Date },
            ],
        });
        let source = write(&documents).unwrap();
        let texts = documents.iter().map(|d| (d.id.clone(), d.text.clone())).collect();
        assert_eq!(parse_aligned("f", "f", &source, &texts, &ReadOptions::default()).unwrap().documents, documents);
    }

    #[test]
    fn without_a_text_one_is_made_up() {
        let source = "-DOCSTART- -X- O O\n\nZoe\u{301}\tNNP\tB-PATIENT\nNg\tNNP\tI-PATIENT\nof\tO\n\n😀\tO\nBath\tB-CITY\nYork\tB-CITY\r\n";
        let corpus = parse("f", "f", source, &ReadOptions::default()).unwrap();
        let document = &corpus.documents[0];
        assert_eq!((document.id.as_str(), document.text.as_str()), ("f", "Zoe\u{301} Ng of\n😀 Bath York"));
        let found: Vec<_> = document.annotations.iter().map(|a| a.span.slice(&document.text).unwrap()).collect();
        assert_eq!(found, ["Zoe\u{301} Ng", "Bath", "York"]);
    }

    #[test]
    fn lines_of_the_note_are_sentences() {
        let source = write(&fixture()[1..2]).unwrap();
        assert!(source.contains("\n\nAdmitted\tO\n12\tB-DATE\n.\tI-DATE\nMärz\tI-DATE\n2024\tI-DATE\nwith\tO\n"), "{source}");
    }

    #[test]
    fn bad_lines_are_named_and_not_quoted() {
        for (line, reason) in [
            ("Jane B-PATIENT", "no tab"),
            ("Jane\tI-PATIENT", "continues nothing"),
            ("Jane\tPATIENT", "not an IOB2 label"),
            ("Jane\tB-NAME", "unknown type"),
            ("\tO", "empty"),
            ("# id = Jane", "does not follow"),
        ] {
            let error = parse("f", "f", &format!("a\tO\n{line}\n"), &ReadOptions::default()).unwrap_err().to_string();
            assert!(error.starts_with("f, line 2") && error.contains(reason) && !error.contains("Jane"), "{line}: {error}");
        }
        let texts = |text: &str| BTreeMap::from([("f".to_string(), text.to_string())]);
        for (text, reason) in [("Jane Roe", "go on with this word at byte 5"), ("Jane Ng Roe", "after the last word"), ("Jane", "byte 4")] {
            let error = parse_aligned("f", "f", "Jane\tO\nNg\tO\n", &texts(text), &ReadOptions::default()).unwrap_err().to_string();
            assert!(error.contains(reason) && !error.contains("Roe"), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_note_round_trips(parts in proptest::collection::vec("[a-z#-]é?\u{301}?([ \r\n\t\u{a0}]{0,2}[a-z.\u{301}😀\u{200d}ש]){0,3}", 1..8), gap in "[ \r\n\t]{0,2}") {
            let mut document = Document { id: "f".into(), text: String::new(), annotations: Vec::new() };
            for (i, part) in parts.iter().enumerate() {
                let start = document.text.len();
                document.text += part;
                if i % 2 == 1 {
                    let span = Span::new(start, document.text.len());
                    document.annotations.push(Annotation { span, entity_type: EntityType::ALL[i % EntityType::ALL.len()] });
                    document.text += &gap;
                }
            }
            let texts = BTreeMap::from([("f".to_string(), document.text.clone())]);
            let source = write(std::slice::from_ref(&document)).unwrap();
            prop_assert_eq!(&parse_aligned("f", "f", &source, &texts, &ReadOptions::default()).unwrap().documents[0], &document);
            let ann = brat::write(&document).unwrap();
            prop_assert_eq!(&brat::parse("f", "f", &document.text, &ann, &ReadOptions::default()).unwrap().documents[0], &document);
        }
    }
}
