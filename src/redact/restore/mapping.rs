use crate::error::{Error, Result};
use crate::redact::{OperatorKind, Redaction};
use crate::text::Span;
use regex::RegexBuilder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What stood in place of each replacement of one redacted note.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// SHA-256 of the redacted text, to know it again.
    output: String,
    entries: Vec<Entry>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Where the replacement stands in the redacted text, in bytes.
    at: Span,
    replacement: String,
    original: String,
    operator: OperatorKind,
}

/// A text with what was taken out put back.
#[derive(Clone, PartialEq, Eq)]
pub struct Restored {
    /// The text.
    pub text: String,
    /// How many replacements were put back.
    pub restored: usize,
    /// How many replacements still stand there, because they stood for several things (`[DATE]`).
    pub ambiguous: usize,
}

impl fmt::Debug for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Restored").field("restored", &self.restored).field("ambiguous", &self.ambiguous).finish_non_exhaustive()
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapping").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Mapping {
    /// The mapping of `redaction`, which was made of `text`.
    pub fn new(text: &str, redaction: &Redaction) -> Self {
        let entries = redaction.entities.iter().filter_map(|e| {
            let original = e.entity.span.slice(text)?.to_string();
            Some(Entry { at: e.output, replacement: e.replacement.clone(), original, operator: e.operator })
        });
        Self { output: digest(&redaction.text), entries: entries.collect() }
    }

    /// Puts back what was taken out of `text`.
    ///
    /// If it is the redacted text as it was, the original comes back to the letter. If it was edited (by a person, by a language
    /// model), replacements are looked for as words, and each is put back that stood for one thing: a numbered label, a hash and a
    /// surrogate do, a plain label mostly does not. A numbered label brings back the longest form of its name.
    pub fn restore(&self, text: &str) -> Result<Restored> {
        match digest(text) == self.output {
            true => self.by_place(text),
            false => self.by_words(text),
        }
    }

    fn by_place(&self, text: &str) -> Result<Restored> {
        let invalid = || Error::MappingInvalid { reason: "it does not fit its own text".into() };
        let (mut out, mut end) = (String::with_capacity(text.len()), 0);
        for entry in &self.entries {
            if entry.at.slice(text) != Some(&entry.replacement) {
                return Err(invalid());
            }
            out += text.get(end..entry.at.start).ok_or_else(invalid)?;
            out += &entry.original;
            end = entry.at.end;
        }
        out += text.get(end..).ok_or_else(invalid)?;
        Ok(Restored { text: out, restored: self.entries.len(), ambiguous: 0 })
    }

    fn by_words(&self, text: &str) -> Result<Restored> {
        let originals = self.originals();
        if originals.is_empty() {
            return Ok(Restored { text: text.into(), restored: 0, ambiguous: 0 });
        }
        // The longest first: the leftmost alternative wins.
        let mut words: Vec<&str> = originals.keys().copied().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let pattern = words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|");
        let pattern = RegexBuilder::new(&pattern).size_limit(64 << 20).build();
        let pattern = pattern.map_err(|_| Error::MappingInvalid { reason: "it has too many entries to look for".into() })?;

        let mut restored = Restored { text: String::with_capacity(text.len()), restored: 0, ambiguous: 0 };
        let mut end = 0;
        for found in pattern.find_iter(text).filter(|found| whole(text, found.range())) {
            match originals.get(found.as_str()).copied().flatten() {
                Some(original) => {
                    restored.text += &text[end..found.start()];
                    restored.text += original;
                    restored.restored += 1;
                    end = found.end();
                }
                None => restored.ambiguous += 1,
            }
        }
        restored.text += &text[end..];
        Ok(restored)
    }

    /// What each replacement stood for; `None` if for several things.
    fn originals(&self) -> BTreeMap<&str, Option<&str>> {
        let mut all: BTreeMap<&str, (OperatorKind, BTreeSet<&str>)> = BTreeMap::new();
        for entry in self.entries.iter().filter(|e| !e.replacement.is_empty() && e.operator != OperatorKind::Keep) {
            all.entry(&entry.replacement).or_insert((entry.operator, BTreeSet::new())).1.insert(&entry.original);
        }
        let mut one = BTreeMap::new();
        for (replacement, (operator, originals)) in all {
            let same = originals.len() == 1 || matches!(operator, OperatorKind::NumberedLabel | OperatorKind::Hash);
            one.insert(replacement, originals.into_iter().max_by_key(|original| original.len()).filter(|_| same));
        }
        one
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether no letter or digit goes on at either end where one stands.
fn whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let joined = |a: Option<char>, b: Option<char>| a.zip(b).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric());
    let (before, inside, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    !joined(before.chars().next_back(), inside.chars().next()) && !joined(inside.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::EntityType::{self, *};
    use crate::redact::{Context, Key, Policy, apply};
    use crate::tags::{Entity, Source};

    const TEXT: &str = "Chidi Okafor, b. 1/2/1950, saw Dr. Ng. Okafor éats 👩; 3/4/2024.";

    fn redacted(policy: &Policy) -> Redaction {
        let mut entities: Vec<Entity> = Vec::new();
        for (slice, entity_type) in
            [("Chidi Okafor", Patient), ("1/2/1950", Date), ("Ng", Doctor), ("Okafor ", Patient), ("3/4/2024", Date)]
        {
            let from = entities.last().map_or(0, |e: &Entity| e.span.end);
            let start = from + TEXT[from..].find(slice).unwrap();
            let span = Span::new(start, start + slice.trim().len());
            entities.push(Entity { span, entity_type: entity_type as EntityType, score: 1.0, source: Source::Model });
        }
        let context = Context { key: Some(Key::new(&[7; 16]).unwrap()), patient: String::new() };
        apply(TEXT, &entities, policy, &context).unwrap()
    }

    #[test]
    fn the_redacted_text_itself_comes_back_to_the_letter() {
        for name in Policy::BUILT_IN {
            let redaction = redacted(&Policy::built_in(name).unwrap());
            let restored = Mapping::new(TEXT, &redaction).restore(&redaction.text).unwrap();
            assert_eq!((restored.text.as_str(), restored.restored), (TEXT, 5), "{name}");
        }
    }

    #[test]
    fn an_edited_text_gets_back_what_is_plain() {
        let redaction = redacted(&Policy::numbered());
        let restored = Mapping::new(TEXT, &redaction).restore("Letter to [PATIENT-1] of [DATE-2], by [DOCTOR-1]; [PATIENT-11].").unwrap();
        assert_eq!(restored.text, "Letter to Chidi Okafor of 3/4/2024, by Ng; [PATIENT-11].");
        assert_eq!((restored.restored, restored.ambiguous), (3, 0));

        let redaction = redacted(&Policy::i2b2());
        let restored = Mapping::new(TEXT, &redaction).restore("[PATIENT] on [DATE] by [DOCTOR]").unwrap();
        assert_eq!(restored.text, "[PATIENT] on [DATE] by Ng");
        assert_eq!((restored.restored, restored.ambiguous), (1, 2));
        assert!(!format!("{restored:?}{:?}", Mapping::new(TEXT, &redaction)).contains("Ng"));
    }

    #[test]
    fn nothing_taken_out_nothing_put_back() {
        let redaction = apply(TEXT, &[], &Policy::i2b2(), &Context::default()).unwrap();
        assert_eq!(Mapping::new(TEXT, &redaction).restore("else").unwrap().text, "else");
    }
}
