//! The clinical prose that surrogates are put into.

use super::Split;
use super::phi;
use super::template::Template;
use crate::error::{Error, Result};
use crate::random::stable_hash;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

pub(crate) use super::phi::is_clinical_capital;

/// A line of a carrier.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// The heading it starts with, without the colon; may be empty.
    pub(crate) heading: String,
    /// Its sentences.
    pub(crate) sentences: Vec<Template>,
}

/// A carrier, ready to be filled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carrier {
    pub(crate) lines: Vec<Line>,
    /// Whether it speaks of a woman.
    pub(crate) female: Option<bool>,
    /// The patient's age.
    pub(crate) age: Option<i64>,
}

impl Carrier {
    /// Whether it may speak of a patient of this sex and age: a child is no adult.
    pub(crate) fn suits(&self, female: bool, age: i64) -> bool {
        self.female.is_none_or(|f| f == female) && self.age.is_none_or(|a| (a < 18) == (age < 18))
    }
}

/// The carriers of one split. Each is parsed when it is first drawn.
#[derive(Debug, Default)]
pub(crate) struct Carriers {
    raw: Vec<(String, OnceLock<Carrier>)>,
    vocabulary: HashSet<String>,
}

impl Carriers {
    /// Reads the carriers below `data` that belong to `split`.
    pub(crate) fn load(data: &Path, split: Split) -> Result<Self> {
        let texts = read_all(&data.join("carriers"))?;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for text in &texts {
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().all(char::is_lowercase)) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let vocabulary = counts.into_iter().filter(|&(_, n)| n > 1).map(|(word, _)| word.to_string()).collect();
        let groups = related(&texts);
        let raw = texts.into_iter().zip(groups).filter(|&(_, group)| Split::of(group) == split).map(|(text, _)| (text, OnceLock::new()));
        Ok(Self { raw: raw.collect(), vocabulary })
    }

    /// Number of carriers.
    pub(crate) fn len(&self) -> usize {
        self.raw.len()
    }

    /// A carrier by number.
    pub(crate) fn get(&self, at: usize) -> Option<&Carrier> {
        self.raw.get(at).map(|(text, parsed)| parsed.get_or_init(|| parse(text, &self.vocabulary)))
    }
}

fn read_all(dir: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let path = dir.join("mtsamples_subset.jsonl");
    for (i, line) in std::fs::read_to_string(&path).map_err(|e| Error::io(&path, e))?.lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let Some(text) = value["text"].as_str() else {
            let (file, at) = (path.display().to_string(), format!("line {}", i + 1));
            return Err(Error::CorpusInvalid { file, at, reason: "no object with a text".into() });
        };
        texts.push(text.to_string());
    }
    for name in ["MTS-Dialog-TrainingSet.csv", "MTS-Dialog-ValidationSet.csv"] {
        let path = dir.join(name);
        let text = std::fs::read_to_string(&path).map_err(|e| Error::io(&path, e))?;
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            let row =
                row.map_err(|_| Error::CorpusInvalid { file: path.display().to_string(), at: "a row".into(), reason: "not CSV".into() })?;
            if let Some(section) = row.get(2) {
                texts.push(section.to_string());
            }
        }
    }
    Ok(texts)
}

/// A number for each text, the same for texts that share three tenths of their longer sentences: those are copies or parts of one another
/// and must stand on the same side of a split.
fn related(texts: &[String]) -> Vec<u64> {
    let keys: Vec<HashSet<u64>> = texts
        .iter()
        .map(|text| {
            let sentences =
                text.split(['.', '?', '\n']).map(|s| s.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase());
            sentences.filter(|s| s.len() >= 40).map(|s| stable_hash(&s)).collect()
        })
        .collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, set) in keys.iter().enumerate() {
        for &key in set {
            holders.entry(key).or_default().push(i);
        }
    }
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for (i, set) in keys.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for key in set {
            for &j in holders.get(key).into_iter().flatten().filter(|&&j| j < i) {
                *shared.entry(j).or_default() += 1;
            }
        }
        for (j, n) in shared {
            if n * 10 >= 3 * set.len().min(keys[j].len()) {
                let (a, b) = (root(&mut parent, i), root(&mut parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let hashes: Vec<u64> = texts.iter().map(|t| stable_hash(t)).collect();
    (0..texts.len()).map(|i| hashes[root(&mut parent, i)]).collect()
}

/// Patterns of the sources' layout: the comma that stands for a line end, headings in the middle of a line, key words at the end.
struct Layout {
    tail: Regex,
    comma: Regex,
    heading_comma: Regex,
    inline_heading: Regex,
    heading: Regex,
    he: Regex,
    she: Regex,
    age: Regex,
}

static LAYOUT: LazyLock<Option<Layout>> = LazyLock::new(|| {
    Some(Layout {
        tail: Regex::new(r"(?s)([a-z)0-9])\.(?:nan$|[a-z]{4,}[ ,/].*$)").ok()?,
        comma: Regex::new(r"([.;?:)])\s*,\s*").ok()?,
        heading_comma: Regex::new(r",\s*([A-Z][A-Z /&()-]{3,}:|\d{1,2}\.\s)").ok()?,
        inline_heading: Regex::new(r"([.?)a-z0-9]) +([A-Z][A-Z][A-Z /&(),-]{2,40}:)").ok()?,
        heading: Regex::new(r"^([A-Z][A-Za-z /&()-]{1,45}):\s*").ok()?,
        he: Regex::new(r"(?i)\b(?:he|his|him|male|man|gentleman|boy)\b").ok()?,
        she: Regex::new(r"(?i)\b(?:she|her|hers|female|woman|lady|girl)\b").ok()?,
        age: Regex::new(r"(?i)\b(\d{1,3})[- ]years?[- ]old").ok()?,
    })
});

fn parse(text: &str, vocabulary: &HashSet<String>) -> Carrier {
    let Some(layout) = LAYOUT.as_ref() else { return Carrier::default() };
    let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let text = layout.tail.replace(text.trim(), "$1.");
    let text = layout.comma.replace_all(&text, "$1\n");
    let text = layout.heading_comma.replace_all(&text, "\n$1");
    let text = layout.inline_heading.replace_all(&text, "$1\n$2");
    let mut people = Vec::new();
    let mut lines = Vec::new();
    let mut heading = String::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut body = line;
        if let Some(found) = layout.heading.captures(line) {
            heading = found[1].to_string();
            body = line.get(found[0].len()..).unwrap_or_default();
            if phi::resolve(&heading, &mut people, vocabulary).is_none_or(|t| t.0.len() > 1) {
                heading.clear();
            }
        }
        let sentences: Vec<Template> = sentences(body).into_iter().filter_map(|s| phi::resolve(s, &mut people, vocabulary)).collect();
        if !sentences.is_empty() {
            lines.push(Line { heading: std::mem::take(&mut heading), sentences });
        }
    }
    let (he, she) = (layout.he.find_iter(&text).count(), layout.she.find_iter(&text).count());
    let female = if he > 2 * she + 1 {
        Some(false)
    } else if she > 2 * he + 1 {
        Some(true)
    } else {
        None
    };
    let age = layout.age.captures(&text).and_then(|c| c[1].parse().ok()).filter(|a| (0..105).contains(a));
    Carrier { lines, female, age }
}

/// The sentences of a line.
fn sentences(line: &str) -> Vec<&str> {
    const ABBREVIATIONS: [&str; 13] = ["Dr", "Drs", "Mr", "Mrs", "Ms", "St", "vs", "No", "Jr", "Sr", "approx", "DR", "Prof"];
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let rest = &line[at + 1..];
        let next = rest.trim_start();
        let before = line[start..at].rsplit([' ', '(']).next().unwrap_or_default();
        let ends = rest.starts_with(' ') && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let short = before.len() < 2 || before.chars().all(|c| c.is_ascii_digit()) && line[start..at].len() < 4;
        if ends && !short && !ABBREVIATIONS.contains(&before) {
            found.push(line[start..=at].trim());
            start = at + 1;
        }
    }
    found.push(line[start..].trim());
    found.retain(|s| !s.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(sentences("Seen by Dr. X. No pain. 2.5 cm? Yes."), ["Seen by Dr. X. No pain.", "2.5 cm?", "Yes."]);
        assert_eq!(sentences("1. Right renal mass."), ["1. Right renal mass."]);
    }

    #[test]
    fn copies_are_related() {
        let long =
            "The patient was brought to the operating room in good condition today. She was then prepped and draped in the usual manner";
        let texts = [
            long.to_string(),
            format!("FINDINGS: , {long}."),
            "Something else was said about the weather and the harvest this year".into(),
        ];
        let groups = related(&texts);
        assert_eq!(groups[0], groups[1]);
        assert_ne!(groups[0], groups[2]);
    }
}
