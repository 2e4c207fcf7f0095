//! Measures of found PHI against a gold standard.
//!
//! [`evaluate`] compares a list of entities for each note with the note's annotations. With *tp*, *fp* and *fn* counted as each measure
//! below says, precision = tp / (tp + fp), recall = tp / (tp + fn), F1 = 2 tp / (2 tp + fp + fn). A ratio whose denominator is 0 is `None`
//! (`null` in JSON, `–` in tables): nothing was found, or there was nothing to find. *Micro* sums the counts over all types, *macro* is
//! the plain mean over the types that stand in the gold standard or among the predictions, an undefined ratio counting as 0.
//!
//! **Entities**, one prediction to one annotation:
//! - *strict*: same type, same start and end. Agrees with seqeval (`mode="strict"`, IOB2) and nervaluate (`strict`).
//! - *relaxed*: same type and start, ends at most [`EvalOptions::relaxed_end`] characters apart: 2, as in the i2b2 2014 evaluation.
//! - *overlap*: same type, at least one character in common.
//! - *exact span* and *overlapping span*: as strict and overlap, whatever the type. Agree with nervaluate's `exact`, and with the correct
//!   and partial ones of its `partial` together.
//! - *categories*: strict, over the seven categories of the guideline instead of the types.
//!
//! **Tokens**: the [`words`](crate::corpus::words()) that hold a letter or a digit. A token has the type of the entity that covers most of its
//! characters, of equals the first; it is a tp where both sides give it the same type (type-blind: any type). A token that an entity
//! covers in part counts as covered.
//!
//! **Characters**: those that are not white space; a tp is covered by an annotation and by a prediction, of any type.
//!
//! **Leaks**: an annotation leaks if any letter or digit in it is covered by no prediction, of whatever type; it is *missed* if none of
//! them is covered. A note without leak is one in which no annotation leaks, so a note without annotations is. This is the measure to
//! look at when notes are to leave the house: one leak is enough.
//!
//! **Over-redaction**: tokens that a prediction touches and no annotation does, for each 1,000 tokens of the notes.
//!
//! **Confusions**: what became of the annotations that no prediction matches strictly. Each is set against the prediction that shares
//! most bytes with it (of equals the first): another type, the same type with other ends, or none; and predictions that share nothing
//! with any annotation. Their examples are places; text only when [`EvalOptions::example_text`] says so, since it is the notes' PHI.

mod confusion;
mod cover;
mod leaks;
mod matching;
mod render;
mod scores;

pub use confusion::{Confusion, Example, Place};
pub use leaks::{LeakCount, Leaks, OverRedaction};
pub use scores::{Average, Measure, Scores};

use crate::corpus::Document;
use crate::error::{Error, Result};
use crate::labels::{Category, EntityType};
use crate::tags::Entity;
use crate::text::{OffsetUnit, Span};
use cover::Cover;
use matching::Labelled;
use serde::{Deserialize, Serialize};

/// How to evaluate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalOptions {
    /// How many characters the ends may be apart in the relaxed measure.
    pub relaxed_end: usize,
    /// At most so many examples for each confusion, the first of the corpus.
    pub examples: usize,
    /// Whether examples hold the text that the two sides cover. It is PHI: leave it off where the notes are real.
    pub example_text: bool,
    /// What offsets in examples count.
    pub offsets: OffsetUnit,
}

impl Default for EvalOptions {
    /// 2 characters, 3 examples without text, offsets in characters.
    fn default() -> Self {
        Self { relaxed_end: 2, examples: 3, example_text: false, offsets: OffsetUnit::Char }
    }
}

/// The result of [`evaluate`]. The [module](self) says what each measure counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Number of notes.
    pub documents: usize,
    /// Number of tokens in them.
    pub tokens_total: usize,
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
    /// What stays uncovered.
    pub leaks: Leaks,
    /// What is covered without need.
    pub over_redaction: OverRedaction,
    /// What was taken for what, the most frequent first.
    pub confusions: Vec<Confusion>,
}

/// Compares `predicted`, one list of entities for each of the notes `gold` and in their order, with the notes' annotations.
///
/// Predictions may come in any order. They are expected not to overlap each other; where they do, each still matches at most one
/// annotation, and which one is found from left to right.
///
/// # Errors
/// [`Error::OptionInvalid`] when there are not as many lists as notes, and when a span on either side covers nothing, reaches beyond its
/// note or cuts a character.
pub fn evaluate(gold: &[Document], predicted: &[Vec<Entity>], options: &EvalOptions) -> Result<Evaluation> {
    if gold.len() != predicted.len() {
        let reason = format!("{} lists of entities for {} notes", predicted.len(), gold.len());
        return Err(Error::OptionInvalid { option: "predicted", reason });
    }
    let (mut strict, mut relaxed, mut overlap) = (scores::Tally::default(), scores::Tally::default(), scores::Tally::default());
    let (mut categories, mut tokens) = (scores::Tally::default(), scores::Tally::default());
    let (mut exact_span, mut overlapping_span) = (scores::Counts::default(), scores::Counts::default());
    let (mut tokens_any, mut characters) = (scores::Counts::default(), scores::Counts::default());
    let (mut leaks, mut over_redaction) = (Leaks::default(), OverRedaction::default());
    let mut confusions = confusion::Tally::new(options);

    for (document, entities) in gold.iter().zip(predicted) {
        let gold = sorted(document, "gold", document.annotations.iter().map(|a| (a.span, a.entity_type)))?;
        let found = sorted(document, "predicted", entities.iter().map(|e| (e.span, e.entity_type)))?;

        strict.add(&gold, &found, matching::strict);
        relaxed.add(&gold, &found, |g, f| matching::relaxed(&document.text, g, f, options.relaxed_end));
        overlap.add(&gold, &found, matching::overlapping);
        categories.add(&in_categories(&gold), &in_categories(&found), matching::strict);
        exact_span.add(gold.len(), found.len(), matching::strict(&spans(&gold), &spans(&found)));
        overlapping_span.add(gold.len(), found.len(), matching::overlapping(&spans(&gold), &spans(&found)));

        let (gold_cover, found_cover) = (Cover::new(&document.text, &gold), Cover::new(&document.text, &found));
        let over = cover::tokens(&document.text, &gold_cover, &found_cover, &mut tokens, &mut tokens_any);
        cover::characters(&document.text, &gold_cover, &found_cover, &mut characters);
        over_redaction.add(over);
        leaks.add(&document.text, &gold, &found_cover);
        confusions.add(document, &gold, &found);
    }
    Ok(Evaluation {
        documents: gold.len(),
        tokens_total: over_redaction.tokens,
        gold: gold.iter().map(|document| document.annotations.len()).sum(),
        predicted: predicted.iter().map(Vec::len).sum(),
        strict: strict.finish(),
        relaxed: relaxed.finish(),
        overlap: overlap.finish(),
        categories: categories.finish(),
        exact_span: exact_span.into(),
        overlapping_span: overlapping_span.into(),
        tokens: tokens.finish(),
        tokens_any_type: tokens_any.into(),
        characters: characters.into(),
        leaks: leaks.finish(),
        over_redaction: over_redaction.finish(),
        confusions: confusions.finish(),
    })
}

/// One side of a note, checked against its text and sorted.
fn sorted(
    document: &Document,
    side: &'static str,
    entities: impl Iterator<Item = (Span, EntityType)>,
) -> Result<Vec<Labelled<EntityType>>> {
    let mut out = Vec::new();
    for (i, (span, label)) in entities.enumerate() {
        if span.start >= span.end || span.slice(&document.text).is_none() {
            let Span { start, end } = span;
            let reason =
                format!("note {}, entity {i}: {start}..{end} covers nothing, reaches beyond the note or cuts a character", document.id);
            return Err(Error::OptionInvalid { option: side, reason });
        }
        out.push(Labelled { span, label });
    }
    out.sort_unstable();
    Ok(out)
}

fn in_categories(entities: &[Labelled<EntityType>]) -> Vec<Labelled<Category>> {
    entities.iter().map(|e| Labelled { span: e.span, label: e.label.category() }).collect()
}

fn spans(entities: &[Labelled<EntityType>]) -> Vec<Labelled<()>> {
    entities.iter().map(|e| Labelled { span: e.span, label: () }).collect()
}

#[cfg(test)]
mod tests;
