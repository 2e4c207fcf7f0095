use super::cover::{self, Cover};
use super::leaks::Leaks;
use super::matching::{self, Labelled};
use super::scores::{Counts, Measure, Scores, Tally};
use crate::labels::{Category, EntityType};
use serde::{Deserialize, Serialize};

/// The measures of one part of the PHI: annotations and predictions outside of it are left out before anything is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Number of annotations.
    pub gold: usize,
    /// Number of predictions.
    pub predicted: usize,
    /// Same type, same ends.
    pub strict: Measure<EntityType>,
    /// Same type and start, ends nearly the same.
    pub relaxed: Measure<EntityType>,
    /// Same type, something in common.
    pub overlap: Measure<EntityType>,
    /// Same category, same ends.
    pub categories: Measure<Category>,
    /// Same category, something in common.
    pub categories_overlap: Measure<Category>,
    /// Same ends, any type.
    pub exact_span: Scores,
    /// Something in common, any type.
    pub overlapping_span: Scores,
    /// Tokens with the same type.
    pub tokens: Measure<EntityType>,
    /// Tokens with any type.
    pub tokens_any_type: Scores,
    /// Characters with any type.
    pub characters: Scores,
    /// What of this part stays uncovered by all predictions, those of other parts too: a patient redacted as a doctor does not leak.
    pub leaks: Leaks,
}

/// A [`View`] while going through the notes.
#[derive(Default)]
pub(super) struct ViewTally {
    gold: usize,
    predicted: usize,
    strict: Tally<EntityType>,
    relaxed: Tally<EntityType>,
    overlap: Tally<EntityType>,
    categories: Tally<Category>,
    categories_overlap: Tally<Category>,
    exact_span: Counts,
    overlapping_span: Counts,
    tokens: Tally<EntityType>,
    tokens_any: Counts,
    characters: Counts,
    leaks: Leaks,
}

/// What one note adds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NoteCounts {
    /// Entities with the same type and ends.
    pub(super) strict: Counts,
    /// Characters with any type.
    pub(super) characters: Counts,
    /// Tokens, and how many of them are covered without need.
    pub(super) over: (usize, usize),
}

/// Both sides of a note.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    /// The note.
    pub(super) text: &'a str,
    /// The annotations, sorted.
    pub(super) gold: &'a [Labelled<EntityType>],
    /// The predictions, sorted.
    pub(super) found: &'a [Labelled<EntityType>],
}

impl ViewTally {
    /// Adds a note. `shield`: what all predictions cover, where `sides` hold a part of them.
    pub(super) fn add(&mut self, sides: Sides<'_>, shield: Option<&Cover>, relaxed_end: usize) -> NoteCounts {
        let Sides { text, gold, found } = sides;
        self.gold += gold.len();
        self.predicted += found.len();
        let strict = self.strict.add(gold, found, matching::strict);
        self.relaxed.add(gold, found, |g, f| matching::relaxed(text, g, f, relaxed_end));
        self.overlap.add(gold, found, matching::overlapping);
        let (gold_categories, found_categories) = (relabel(gold, EntityType::category), relabel(found, EntityType::category));
        self.categories.add(&gold_categories, &found_categories, matching::strict);
        self.categories_overlap.add(&gold_categories, &found_categories, matching::overlapping);
        let (gold_spans, found_spans) = (relabel(gold, |_| ()), relabel(found, |_| ()));
        self.exact_span.add(gold.len(), found.len(), matching::strict(&gold_spans, &found_spans));
        self.overlapping_span.add(gold.len(), found.len(), matching::overlapping(&gold_spans, &found_spans));

        let (gold_cover, found_cover) = (Cover::new(text, gold), Cover::new(text, found));
        let over = cover::tokens(text, &gold_cover, &found_cover, &mut self.tokens, &mut self.tokens_any);
        let mut characters = Counts::default();
        cover::characters(text, &gold_cover, &found_cover, &mut characters);
        self.characters += characters;
        self.leaks.add(text, gold, shield.unwrap_or(&found_cover));
        NoteCounts { strict, characters, over }
    }

    pub(super) fn finish(self) -> View {
        View {
            gold: self.gold,
            predicted: self.predicted,
            strict: self.strict.finish(),
            relaxed: self.relaxed.finish(),
            overlap: self.overlap.finish(),
            categories: self.categories.finish(),
            categories_overlap: self.categories_overlap.finish(),
            exact_span: self.exact_span.into(),
            overlapping_span: self.overlapping_span.into(),
            tokens: self.tokens.finish(),
            tokens_any_type: self.tokens_any.into(),
            characters: self.characters.into(),
            leaks: self.leaks.finish(),
        }
    }
}

fn relabel<L>(entities: &[Labelled<EntityType>], label: impl Fn(EntityType) -> L) -> Vec<Labelled<L>> {
    entities.iter().map(|e| Labelled { span: e.span, label: label(e.label) }).collect()
}
