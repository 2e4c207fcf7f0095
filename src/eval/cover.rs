//! Measures that look at each token or character instead of at entities.

use super::matching::Labelled;
use super::scores::{Counts, Tally};
use crate::corpus::words;
use crate::labels::EntityType;
use crate::text::Span;

/// What each byte of a text is covered by. Where entities overlap, by the first.
pub(super) struct Cover(Vec<Option<EntityType>>);

impl Cover {
    pub(super) fn new(text: &str, entities: &[Labelled<EntityType>]) -> Self {
        let mut cover = vec![None; text.len()];
        for entity in entities {
            for byte in cover.get_mut(entity.span.range()).into_iter().flatten() {
                byte.get_or_insert(entity.label);
            }
        }
        Self(cover)
    }

    /// What covers the character that starts at `byte`.
    pub(super) fn at(&self, byte: usize) -> Option<EntityType> {
        self.0.get(byte).copied().flatten()
    }

    /// The type that most characters of `word` have, of equals the first.
    fn of(&self, word: Span, text: &str) -> Option<EntityType> {
        let mut counts: Vec<(EntityType, usize)> = Vec::new();
        for (i, _) in word.slice(text).unwrap_or_default().char_indices() {
            let Some(found) = self.at(word.start + i) else { continue };
            match counts.iter_mut().find(|(t, _)| *t == found) {
                Some((_, count)) => *count += 1,
                None => counts.push((found, 1)),
            }
        }
        let most = counts.iter().map(|&(_, count)| count).max()?;
        counts.into_iter().find(|&(_, count)| count == most).map(|(found, _)| found)
    }
}

/// Counts tokens, with and without their types. Returns how many there are and how many of them only predictions touch.
pub(super) fn tokens(text: &str, gold: &Cover, found: &Cover, typed: &mut Tally<EntityType>, any: &mut Counts) -> (usize, usize) {
    let (mut total, mut needless) = (0, 0);
    for word in words(text) {
        if !word.slice(text).is_some_and(|word| word.contains(char::is_alphanumeric)) {
            continue;
        }
        let (gold, found) = (gold.of(word, text), found.of(word, text));
        total += 1;
        needless += usize::from(gold.is_none() && found.is_some());
        any.add_one(gold.is_some(), found.is_some());
        match (gold, found) {
            (Some(gold), Some(found)) if gold == found => typed.of(gold).tp += 1,
            (gold, found) => {
                if let Some(gold) = gold {
                    typed.of(gold).fn_ += 1;
                }
                if let Some(found) = found {
                    typed.of(found).fp += 1;
                }
            }
        }
    }
    (total, needless)
}

/// Counts the characters that are not white space, whatever their type.
pub(super) fn characters(text: &str, gold: &Cover, found: &Cover, counts: &mut Counts) {
    for (byte, _) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        counts.add_one(gold.at(byte).is_some(), found.at(byte).is_some());
    }
}
