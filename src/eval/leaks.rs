use super::cover::Cover;
use super::matching::Labelled;
use super::scores::ratio;
use crate::labels::{Category, EntityType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Gold entities with a letter or a digit that no prediction covers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Leaks {
    /// Number of notes.
    pub documents: usize,
    /// Number of notes in which no annotation leaks.
    pub documents_without: usize,
    /// Their share. `None` without notes.
    pub share_without: Option<f64>,
    /// Over all types.
    pub total: LeakCount,
    /// By type.
    pub types: BTreeMap<EntityType, LeakCount>,
    /// By category.
    pub categories: BTreeMap<Category, LeakCount>,
}

/// Annotations that leak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeakCount {
    /// Number of annotations.
    pub gold: usize,
    /// How many leak, in part or whole.
    pub leaked: usize,
    /// How many of these leak whole: none of their letters and digits is covered.
    pub missed: usize,
}

impl LeakCount {
    fn add(&mut self, leaked: bool, missed: bool) {
        self.gold += 1;
        self.leaked += usize::from(leaked);
        self.missed += usize::from(missed);
    }
}

impl Leaks {
    /// Adds a note.
    pub(super) fn add(&mut self, text: &str, gold: &[Labelled<EntityType>], found: &Cover) {
        let mut any = false;
        for entity in gold {
            let covered = entity.span.slice(text).unwrap_or_default().char_indices();
            let (mut open, mut shut) = (0, 0);
            for (i, _) in covered.filter(|(_, c)| c.is_alphanumeric()) {
                *(if found.at(entity.span.start + i).is_some() { &mut shut } else { &mut open }) += 1;
            }
            let (leaked, missed) = (open > 0, open > 0 && shut == 0);
            self.total.add(leaked, missed);
            self.types.entry(entity.label).or_default().add(leaked, missed);
            self.categories.entry(entity.label.category()).or_default().add(leaked, missed);
            any |= leaked;
        }
        self.documents += 1;
        self.documents_without += usize::from(!any);
    }

    pub(super) fn finish(mut self) -> Self {
        self.share_without = ratio(self.documents_without, self.documents);
        self
    }
}

/// Tokens that are covered without need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct OverRedaction {
    /// Number of tokens.
    pub tokens: usize,
    /// How many of them a prediction touches and no annotation does.
    pub needless: usize,
    /// `1000 · needless / tokens`. `None` without tokens.
    pub per_thousand: Option<f64>,
}

impl OverRedaction {
    /// Adds a note's tokens, and how many of them are covered without need.
    pub(super) fn add(&mut self, (tokens, needless): (usize, usize)) {
        self.tokens += tokens;
        self.needless += needless;
    }

    pub(super) fn finish(mut self) -> Self {
        self.per_thousand = ratio(self.needless, self.tokens).map(|share| 1000.0 * share);
        self
    }
}
