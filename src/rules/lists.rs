use crate::error::{Error, Result};
use crate::labels::EntityType;
use crate::tags::{Entity, Source};
use crate::text::Span;
use regex::{Regex, RegexBuilder};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Upper bound of one compiled pattern of the caller's, in bytes.
const PATTERN_SIZE: usize = 4 << 20;
/// Upper bound of a compiled deny list, in bytes.
const DENY_SIZE: usize = 256 << 20;

/// What the caller knows of his notes: what is never PHI, what always is, and forms of his own.
#[derive(Clone, Default)]
pub struct Lists {
    allow: HashSet<String>,
    finders: Vec<(Regex, EntityType)>,
}

impl std::fmt::Debug for Lists {
    /// Leaves the entries out: a deny list holds names.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lists").field("allow", &self.allow.len()).field("finders", &self.finders.len()).finish()
    }
}

impl Lists {
    /// Compiles the lists.
    ///
    /// - `allow`: texts that are left alone; see [`Lists::allows`].
    /// - `deny`: texts that are PHI of a type wherever they stand as whole words, in whatever case, with any white space between the words
    ///   and in composed or decomposed Unicode. Blank entries are skipped.
    /// - `patterns`: regular expressions in the syntax of the crate `regex` (no look-around, linear time), as case-sensitive as they are
    ///   written. If one has a group named `phi`, that group is the entity, else the whole match.
    ///
    /// # Errors
    /// [`Error::OptionInvalid`] with the number of the first pattern that does not compile or is too large. The message does not
    /// repeat the pattern, which may hold a name.
    pub fn new(allow: &[String], deny: &[(String, EntityType)], patterns: &[(String, EntityType)]) -> Result<Self> {
        let mut by_type: BTreeMap<EntityType, BTreeSet<(std::cmp::Reverse<usize>, String)>> = BTreeMap::new();
        for (entry, entity_type) in deny {
            let forms = by_type.entry(*entity_type).or_default();
            for form in [entry.clone(), entry.nfc().collect(), entry.nfd().collect()] {
                let pattern = whole_words(&form);
                if !pattern.is_empty() {
                    // The longest first: the leftmost alternative wins.
                    forms.insert((std::cmp::Reverse(pattern.len()), pattern));
                }
            }
        }
        let mut finders = Vec::new();
        for (entity_type, forms) in by_type.into_iter().filter(|(_, forms)| !forms.is_empty()) {
            let alternatives: Vec<String> = forms.into_iter().map(|(_, pattern)| pattern).collect();
            let regex = RegexBuilder::new(&alternatives.join("|")).case_insensitive(true).size_limit(DENY_SIZE).build();
            let regex = regex.map_err(|e| Error::OptionInvalid { option: "deny", reason: complaint(&e) })?;
            finders.push((regex, entity_type));
        }
        for (number, (pattern, entity_type)) in patterns.iter().enumerate() {
            let regex = RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build();
            let regex =
                regex.map_err(|e| Error::OptionInvalid { option: "patterns", reason: format!("pattern {number}: {}", complaint(&e)) })?;
            finders.push((regex, *entity_type));
        }
        Ok(Self { allow: allow.iter().map(|entry| key(entry)).filter(|key| !key.is_empty()).collect(), finders })
    }

    /// Number of texts on the allow list.
    pub fn allowed(&self) -> usize {
        self.allow.len()
    }

    /// Number of patterns, a type's deny list counted as one.
    pub fn patterns(&self) -> usize {
        self.finders.len()
    }

    /// What the deny list and the patterns find in `text`, sorted by start, never empty. Finds of different types or patterns may overlap.
    pub fn find(&self, text: &str) -> Vec<Entity> {
        let mut found = Vec::new();
        for (regex, entity_type) in &self.finders {
            for captures in regex.captures_iter(text) {
                let Some(phi) = captures.name("phi").or_else(|| captures.get(0)) else { continue };
                let span = Span::new(phi.start(), phi.end()).trim(text);
                if !span.is_empty() {
                    found.push(Entity { span, entity_type: *entity_type, score: 1.0, source: Source::List });
                }
            }
        }
        found.sort_by_key(|entity| (entity.span, entity.entity_type));
        found.dedup();
        found
    }

    /// Whether the allow list holds `matched_text`, whatever its case, white space and Unicode composition.
    pub fn allows(&self, matched_text: &str) -> bool {
        !self.allow.is_empty() && self.allow.contains(&key(matched_text))
    }
}

fn key(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect::<String>().to_lowercase()
}

/// The pattern of `entry` as whole words.
fn whole_words(entry: &str) -> String {
    let words: Vec<String> = entry.split_whitespace().map(regex::escape).collect();
    let edge = |c: Option<char>| if c.is_some_and(|c| c.is_alphanumeric() || c == '_') { r"\b" } else { "" };
    let trimmed = entry.trim();
    if words.is_empty() {
        return String::new();
    }
    format!("{}{}{}", edge(trimmed.chars().next()), words.join(r"\s+"), edge(trimmed.chars().next_back()))
}

/// The last line of the parser's complaint: the lines before it repeat the pattern.
fn complaint(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(limit) => format!("needs more than {limit} bytes when compiled"),
        error => error.to_string().lines().last().unwrap_or("does not compile").trim_start_matches("error: ").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deny(entries: &[(&str, EntityType)]) -> Vec<(String, EntityType)> {
        entries.iter().map(|&(text, t)| (text.to_string(), t)).collect()
    }

    fn slices<'t>(lists: &Lists, text: &'t str) -> Vec<&'t str> {
        lists.find(text).iter().map(|e| e.span.slice(text).unwrap()).collect()
    }

    #[test]
    fn deny_finds_whole_words_in_any_case() {
        let lists =
            Lists::new(&[], &deny(&[("Ann", EntityType::Patient), ("Ann Lee", EntityType::Patient), (" ", EntityType::Age)]), &[]).unwrap();
        assert_eq!(slices(&lists, "ANN\r\n lee saw Anna, ann's, 😀Ann"), ["ANN\r\n lee", "ann", "Ann"]);
    }

    #[test]
    fn deny_ignores_unicode_composition() {
        let lists = Lists::new(&[], &deny(&[("Zoë", EntityType::Patient), ("C++", EntityType::IdNum)]), &[]).unwrap();
        assert_eq!(slices(&lists, "Zoe\u{308} ZOË C++, Zoe"), ["Zoe\u{308}", "ZOË", "C++"]);
    }

    #[test]
    fn patterns_may_name_their_entity() {
        let lists = Lists::new(&[], &[], &deny(&[(r"bed (?<phi>\d+)", EntityType::IdNum), ("x*", EntityType::Age)])).unwrap();
        assert_eq!(slices(&lists, "bed 12, Bed 13"), ["12"]);
    }

    #[test]
    fn bad_patterns_are_named_but_not_repeated() {
        for bad in ["(secret", "(?=secret)", r"\w{1000}{1000}secret"] {
            let error = Lists::new(&[], &[], &deny(&[("fine", EntityType::Age), (bad, EntityType::Age)])).unwrap_err();
            assert_eq!(error.code(), "OPTION_INVALID");
            assert!(error.to_string().contains("pattern 1") && !error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn allow_compares_texts_not_bytes() {
        let lists = Lists::new(&["St  John".into(), "".into()], &[], &[]).unwrap();
        assert!(lists.allows("ST\nJOHN") && !lists.allows("St Johns") && !lists.allows(""));
    }
}
