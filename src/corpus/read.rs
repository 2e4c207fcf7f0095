use super::build::invalid;
use super::{Corpus, Document, ReadOptions, Warning, WarningKind, brat, conll, i2b2, jsonl, plain};
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A known format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jsonl,
    I2b2,
    Brat,
    Conll,
    Plain,
}

/// The notes of a file or a folder, sorted by id, with the default [`ReadOptions`].
///
/// # Errors
/// [`Error::Io`], and [`Error::CorpusInvalid`] as [`read_path_with`].
pub fn read_path(path: impl AsRef<Path>) -> Result<Vec<Document>> {
    Ok(read_path_with(path, &ReadOptions::default())?.documents)
}

/// The notes of a file or a folder, sorted by id, and what was left out.
///
/// The format follows from the name: `.jsonl` and `.ndjson`, `.xml` (i2b2), `.ann` and a `.txt` beside an `.ann` (brat), any other
/// `.txt` (plain text), `.conll`, `.bio`, `.iob`, `.iob2` and `.tsv`. A single file with another name is recognised by how it begins: `{`,
/// `<`, or a first line with a tab. In a folder, files with other names are skipped with a warning, hidden files and folders without.
/// The id is the file's name without its ending, unless the format holds ids itself. Folders are read with the folders in them; links to
/// folders are not followed.
///
/// # Errors
/// [`Error::Io`]. [`Error::CorpusInvalid`] for what a format refuses, for bytes that are not UTF-8, for an id that two files have, and for
/// a folder in which there is nothing to read.
pub fn read_path_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Corpus> {
    let path = path.as_ref();
    if !path.is_dir() {
        let format = match format_by_name(path) {
            Some(format) => format,
            None => format_by_content(path)?,
        };
        return read_file(path, format, options);
    }
    let mut corpus = Corpus::default();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut read = 0;
    for file in files(path)? {
        // A pair of brat is read once, from its text.
        if file.extension().is_some_and(|e| e.eq_ignore_ascii_case("ann")) && file.with_extension("txt").is_file() {
            continue;
        }
        let Some(format) = format_by_name(&file) else {
            corpus.warnings.push(Warning { file: shown(&file), id: None, kind: WarningKind::UnknownFile, count: 1 });
            continue;
        };
        let part = read_file(&file, format, options)?;
        for document in &part.documents {
            if let Some(other) = ids.insert(document.id.clone(), shown(&file)) {
                return Err(invalid(&shown(&file), "id", format!("a note of {other} has the same id")));
            }
        }
        corpus.documents.extend(part.documents);
        corpus.warnings.extend(part.warnings);
        read += 1;
    }
    if read == 0 {
        return Err(invalid(&shown(path), "folder", "no file of a known format"));
    }
    corpus.documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(corpus)
}

fn read_file(path: &Path, format: Format, options: &ReadOptions) -> Result<Corpus> {
    let file = shown(path);
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match format {
        Format::Jsonl => jsonl::parse(&file, &read_text(path)?, options),
        Format::I2b2 => i2b2::parse(&file, &id, &read_text(path)?, options),
        Format::Conll => conll::parse(&file, &id, &read_text(path)?, options),
        Format::Plain => Ok(Corpus { documents: vec![plain::document(&id, &read_text(path)?)], warnings: Vec::new() }),
        Format::Brat => {
            let (text, ann) = (path.with_extension("txt"), path.with_extension("ann"));
            brat::parse(&shown(&ann), &id, &read_text(&text)?, &read_text(&ann)?, options)
        }
    }
}

fn format_by_name(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "xml" => Some(Format::I2b2),
        "ann" => Some(Format::Brat),
        "txt" if path.with_extension("ann").is_file() => Some(Format::Brat),
        "txt" => Some(Format::Plain),
        "conll" | "bio" | "iob" | "iob2" | "tsv" => Some(Format::Conll),
        _ => None,
    }
}

fn format_by_content(path: &Path) -> Result<Format> {
    let text = read_text(path)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.chars().next() {
        Some('{') => Ok(Format::Jsonl),
        Some('<') => Ok(Format::I2b2),
        Some(_) if text.starts_with("-DOCSTART-") || text.lines().next().is_some_and(|line| line.contains('\t')) => Ok(Format::Conll),
        _ => Err(invalid(&shown(path), "start of file", "the format is not recognised")),
    }
}

/// The visible files of a folder and of the visible folders in it, sorted by path.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let io = |error| Error::io(&folder, error);
        for entry in fs::read_dir(&folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // Of the entry itself: a link to a folder above would never end.
            if entry.file_type().map_err(io)?.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, error))?;
    String::from_utf8(bytes).map_err(|error| invalid(&shown(path), format!("byte {}", error.utf8_error().valid_up_to()), "not UTF-8"))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixtures() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus")
    }

    /// A folder of its own for one test, removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
            let path = std::env::temp_dir().join(format!("scrubjay-corpus-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            for (file, bytes) in files {
                fs::write(path.join(file), bytes).unwrap();
            }
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_recognised_by_name() {
        assert_eq!(read_path(fixtures().join("notes.jsonl")).unwrap().len(), 3);
        let documents = read_path(fixtures().join("i2b2.xml")).unwrap();
        assert_eq!((documents[0].id.as_str(), documents[0].annotations.len()), ("i2b2", 5));
    }

    #[test]
    fn a_folder_mixes_formats_and_sorts_by_id() {
        let folder = Folder::new(
            "mixed",
            &[
                ("n2.txt", "\u{feff}Zoe\r\n".as_bytes()),
                ("n1.txt", "é Bath".as_bytes()),
                ("n1.ann", b"T1\tCITY 2 6\tBath\n"),
                ("n3.jsonl", b"{\"id\":\"n0\",\"text\":\"x\"}\n"),
                ("annotation.conf", b"x"),
                (".hidden.txt", b"x"),
            ],
        );
        let corpus = read_path_with(&folder.0, &ReadOptions::default()).unwrap();
        let ids: Vec<_> = corpus.documents.iter().map(|d| (d.id.as_str(), d.annotations.len())).collect();
        assert_eq!(ids, [("n0", 0), ("n1", 1), ("n2", 0)]);
        assert_eq!(corpus.documents[2].text, "\u{feff}Zoe\r\n");
        assert_eq!((corpus.warnings.len(), corpus.warnings[0].kind), (1, WarningKind::UnknownFile));
    }

    #[test]
    fn folders_in_folders_are_read() {
        let folder = Folder::new("deep", &[("b.txt", b"x")]);
        for (inner, file) in [("one/two", "a.txt"), (".hidden", "c.txt")] {
            fs::create_dir_all(folder.0.join(inner)).unwrap();
            fs::write(folder.0.join(inner).join(file), "y").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&folder.0, folder.0.join("one/again")).unwrap();
        let ids: Vec<_> = read_path(&folder.0).unwrap().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["a", "b"]);
        fs::write(folder.0.join("one/b.txt"), "z").unwrap();
        assert!(read_path(&folder.0).unwrap_err().to_string().contains("same id"));
    }

    #[test]
    fn files_without_a_known_name_are_recognised_by_content() {
        let xml = b"<x><TEXT>a</TEXT></x>";
        let folder = Folder::new("content", &[("a.dat", b"{\"id\":\"1\",\"text\":\"\"}"), ("b", xml), ("c", b"a\tO\n"), ("d", b"a note")]);
        for name in ["a.dat", "b", "c"] {
            assert_eq!(read_path(folder.0.join(name)).unwrap().len(), 1, "{name}");
        }
        assert_eq!(read_path(folder.0.join("d")).unwrap_err().code(), "CORPUS_INVALID");
        assert_eq!(read_path(folder.0.join("e.txt")).unwrap_err().code(), "IO");
        assert!(read_path(&folder.0).unwrap_err().to_string().contains("no file of a known format"));
    }

    #[test]
    fn same_ids_and_foreign_encodings_are_refused() {
        let folder = Folder::new("twice", &[("a.txt", b"x"), ("b.jsonl", b"{\"id\":\"a\",\"text\":\"\"}")]);
        let error = read_path(&folder.0).unwrap_err().to_string();
        assert!(error.contains("a.txt") && error.contains("b.jsonl") && error.contains("same id"), "{error}");
        let folder = Folder::new("latin", &[("a.txt", b"Z\xfcrich")]);
        assert!(read_path(&folder.0).unwrap_err().to_string().contains("byte 1: not UTF-8"));
    }
}
