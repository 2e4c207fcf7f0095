use super::Document;
use super::build::invalid;
use crate::error::Result;
use std::collections::BTreeMap;

/// The notes whose ids stand in `list`, one a line, and the ids of the others. `file` is the list's name in errors. Blank lines, and
/// white space around an id, do not count; an id may stand there twice.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) names the line whose id no note has, and refuses an empty list. It does not show
/// the id: a wrong file may be a note.
pub fn select(documents: Vec<Document>, file: &str, list: &str) -> Result<(Vec<Document>, Vec<String>)> {
    let mut wanted: BTreeMap<&str, bool> = documents.iter().map(|document| (document.id.as_str(), false)).collect();
    let mut listed = 0;
    for (number, line) in list.trim_start_matches('\u{feff}').lines().enumerate() {
        let id = line.trim();
        if id.is_empty() {
            continue;
        }
        let slot = wanted.get_mut(id).ok_or_else(|| invalid(file, format!("line {}", number + 1), "no note has this id"))?;
        *slot = true;
        listed += 1;
    }
    if listed == 0 {
        return Err(invalid(file, "start of file", "no id stands there"));
    }
    let left_out: Vec<String> = wanted.iter().filter(|(_, wanted)| !**wanted).map(|(id, _)| id.to_string()).collect();
    let kept = documents.into_iter().filter(|document| left_out.binary_search(&document.id).is_err()).collect();
    Ok((kept, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::plain;

    fn notes() -> Vec<Document> {
        ["110-01", "a b", "z"].map(|id| plain::document(id, "x")).into()
    }

    #[test]
    fn listed_notes_stay() {
        let (kept, left_out) = select(notes(), "ids", "\u{feff}z\r\n\n 110-01 \nz").unwrap();
        assert_eq!(kept.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["110-01", "z"]);
        assert_eq!(left_out, ["a b"]);
    }

    #[test]
    fn missing_ids_are_refused_and_not_shown() {
        let error = select(notes(), "ids", "z\n\nMrs Okafor").unwrap_err();
        assert_eq!(error.to_string(), "ids, line 3: no note has this id");
        assert_eq!(select(notes(), "ids", " \n").unwrap_err().code(), "CORPUS_INVALID");
    }
}
