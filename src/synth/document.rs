//! Templates of whole documents, embedded from `templates/documents/`.

use super::template::{Template, blocks};
use super::{Split, country};
use crate::random::stable_hash;
use include_dir::{Dir, include_dir};

static DOCUMENTS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/synth/templates/documents");

/// A template of a whole document and what it asks of the scene. Written with an optional first line `@ countries=UK,IE sex=f age=60-95`.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentTemplate {
    pub(crate) template: Template,
    /// Where it may come from; empty when anywhere.
    pub(crate) countries: Vec<&'static str>,
    /// Whether the patient must be a woman.
    pub(crate) female: Option<bool>,
    /// The youngest and oldest that the patient may be.
    pub(crate) age: Option<(i64, i64)>,
    /// Whether it is written in capitals.
    pub(crate) upper: bool,
}

impl DocumentTemplate {
    /// Parses one. A directive that is not understood asks for nothing; the test over all templates finds it.
    pub(crate) fn parse(source: &str) -> Self {
        let source = source.trim_matches('\n');
        let (directive, body) = match source.strip_prefix("@ ") {
            Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
            None => ("", source),
        };
        let template = Template::parse(body);
        let mut document = Self { upper: template.is_upper(), template, ..Self::default() };
        for (key, value) in directive.split_whitespace().filter_map(|part| part.split_once('=')) {
            match key {
                "countries" => document.countries = value.split(',').filter_map(country::known).collect(),
                "sex" => document.female = Some(value.starts_with(['f', 'F'])),
                "age" => {
                    let (low, high) = value.split_once('-').unwrap_or((value, value));
                    document.age = low.parse().ok().zip(high.parse().ok());
                }
                _ => {}
            }
        }
        document
    }

    /// Whether it may speak of a patient of this country, sex and age.
    pub(crate) fn suits(&self, country: &str, female: bool, age: i64) -> bool {
        (self.countries.is_empty() || self.countries.contains(&country))
            && self.female.is_none_or(|f| f == female)
            && self.age.is_none_or(|(low, high)| (low..=high).contains(&age))
    }
}

/// The files' paths and texts, sorted.
pub(crate) fn sources() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut folders = vec![&DOCUMENTS];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        found.extend(
            folder.files().filter_map(|f| Some((f.path().to_str()?, f.contents_utf8()?))).filter(|(path, _)| path.ends_with(".txt")),
        );
    }
    found.sort_unstable();
    found
}

/// The document templates of a split.
pub(crate) fn load(split: Split) -> Vec<DocumentTemplate> {
    let texts = sources().into_iter().flat_map(|(_, text)| blocks(text));
    texts.filter(|text| Split::of(stable_hash(text)) == split).map(DocumentTemplate::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::template::Node;
    use std::collections::HashSet;
    use std::path::{Path, PathBuf};

    #[test]
    fn directives_are_read() {
        let d = DocumentTemplate::parse("@ countries=UK,IE sex=f age=60-95\nSeen {PT}.\n");
        assert_eq!((d.countries.as_slice(), d.female, d.age), (["UK", "IE"].as_slice(), Some(true), Some((60, 95))));
        assert_eq!(d.template, Template::parse("Seen {PT}."));
        assert!(d.suits("IE", true, 60) && !d.suits("US", true, 60) && !d.suits("IE", false, 60) && !d.suits("IE", true, 59));
        assert!(DocumentTemplate::parse("Seen {PT}.").suits("MY", false, 3));
    }

    #[test]
    fn every_directive_is_understood() {
        for (path, text) in sources() {
            for block in blocks(text) {
                let Some(directive) = block.trim_matches('\n').strip_prefix("@ ").and_then(|b| b.lines().next()) else { continue };
                for part in directive.split_whitespace() {
                    let (key, value) = part.split_once('=').unwrap_or_default();
                    let read = match key {
                        "countries" => value.split(',').all(|code| country::known(code).is_some()),
                        "sex" => matches!(value, "f" | "m"),
                        "age" => value.split_once('-').is_some_and(|(a, b)| a.parse::<i64>().ok() <= b.parse::<i64>().ok()),
                        _ => false,
                    };
                    assert!(read, "{path}: {part}");
                }
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut files = Vec::new();
        walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/synth/templates/documents")), &mut files);
        // A stale build misses new files: touch this file, or build anew.
        assert_eq!(files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")).count(), sources().len());
    }

    #[test]
    fn no_mark_is_left_in_the_text() {
        fn whole(template: &Template) -> bool {
            template.0.iter().all(|node| match node {
                Node::Text(text) => !text.contains(['⟦', '⟧']),
                Node::Choice(alternatives) => alternatives.iter().all(whole),
                Node::Literal(_, inner) => whole(inner),
                Node::Slot(..) | Node::Entity(..) => true,
            })
        }
        for (path, text) in sources() {
            for block in blocks(text) {
                assert!(whole(&DocumentTemplate::parse(block).template), "{path}: {}", block.lines().next().unwrap_or_default());
            }
        }
    }

    #[test]
    fn no_document_stands_twice() {
        let mut seen = HashSet::new();
        assert!(sources().into_iter().flat_map(|(_, text)| blocks(text)).all(|text| seen.insert(text)));
    }
}
