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
//! - *categories*: strict, and with something in common, over the seven categories of the guideline instead of the types.
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
//! **HIPAA PHI**: all of the above over the part of the PHI that HIPAA lists, what lies outside being dropped from both sides first.
//! There are two readings of that part, [`Hipaa::SafeHarbor`] (the law, 45 CFR 164.514(b)(2)) and [`Hipaa::I2b2Script`] (the filter in the
//! evaluation script of the i2b2 2014 shared task, which published "HIPAA" figures rest on). Leaks alone look at every prediction.
//!
//! **Intervals**: 95 % percentile bootstrap over notes ([`BootstrapOptions`]); [`compare`] gives paired ones for the difference of two
//! systems.
//!
//! **Confusions**: what became of the annotations that no prediction matches strictly. Each is set against the prediction that shares
//! most bytes with it (of equals the first): another type, the same type with other ends, or none; and predictions that share nothing
//! with any annotation. Their examples are places; text only when [`EvalOptions::example_text`] says so, since it is the notes' PHI.

mod bootstrap;
mod compare;
mod confusion;
mod cover;
pub mod evasion;
mod hipaa;
mod leaks;
mod matching;
#[cfg(feature = "plot")]
mod plot;
mod render;
mod scores;
pub(crate) mod table;
mod view;

pub use bootstrap::{BootstrapOptions, Interval, Intervals};
pub use compare::{Comparison, compare};
pub use confusion::{Confusion, Example, Place};
pub use hipaa::Hipaa;
pub use leaks::{LeakCount, Leaks, OverRedaction};
pub use scores::{Average, Measure, Scores};
pub use table::{Report, Style};
pub use view::View;

use crate::corpus::Document;
use crate::error::{Error, Result};
use crate::labels::{Category, EntityType};
use crate::tags::Entity;
use crate::text::{OffsetUnit, Span};
use cover::Cover;
use matching::Labelled;
use serde::{Deserialize, Serialize};
use view::{NoteCounts, Sides, ViewTally};

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
    /// How to resample for intervals; `None` for none.
    pub bootstrap: Option<BootstrapOptions>,
}

impl Default for EvalOptions {
    /// 2 characters, 3 examples without text, offsets in characters, no intervals.
    fn default() -> Self {
        Self { relaxed_end: 2, examples: 3, example_text: false, offsets: OffsetUnit::Char, bootstrap: None }
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
    /// What stays uncovered.
    pub leaks: Leaks,
    /// What is covered without need.
    pub over_redaction: OverRedaction,
    /// HIPAA's part of the PHI, as the law lists it: [`Hipaa::SafeHarbor`].
    pub hipaa: View,
    /// HIPAA's part of the PHI, as the shared task's script has it: [`Hipaa::I2b2Script`].
    pub hipaa_i2b2: View,
    /// Intervals of the main figures, if [`EvalOptions::bootstrap`] asks for them.
    pub intervals: Option<Intervals>,
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
    Ok(run(gold, predicted, options)?.0)
}

/// [`evaluate`], and what each note added.
fn run(gold: &[Document], predicted: &[Vec<Entity>], options: &EvalOptions) -> Result<(Evaluation, Vec<NoteCounts>)> {
    if gold.len() != predicted.len() {
        let reason = format!("{} lists of entities for {} notes", predicted.len(), gold.len());
        return Err(Error::OptionInvalid { option: "predicted", reason });
    }
    let (mut all, mut hipaa, mut hipaa_i2b2) = (ViewTally::default(), ViewTally::default(), ViewTally::default());
    let mut over_redaction = OverRedaction::default();
    let mut confusions = confusion::Tally::new(options);
    let mut notes = Vec::with_capacity(gold.len());
    for (document, entities) in gold.iter().zip(predicted) {
        let text = document.text.as_str();
        let gold = sorted(document, "gold", document.annotations.iter().map(|a| (a.span, a.entity_type)))?;
        let found = sorted(document, "predicted", entities.iter().map(|e| (e.span, e.entity_type)))?;
        let note = all.add(Sides { text, gold: &gold, found: &found }, None, options.relaxed_end);
        let shield = Cover::new(text, &found);
        for (definition, tally) in [(Hipaa::SafeHarbor, &mut hipaa), (Hipaa::I2b2Script, &mut hipaa_i2b2)] {
            let (gold, found) = (definition.part(text, &gold), definition.part(text, &found));
            tally.add(Sides { text, gold: &gold, found: &found }, Some(&shield), options.relaxed_end);
        }
        over_redaction.add(note.over);
        confusions.add(document, &gold, &found);
        notes.push(note);
    }
    let all = all.finish();
    let evaluation = Evaluation {
        documents: gold.len(),
        tokens_total: over_redaction.tokens,
        gold: all.gold,
        predicted: all.predicted,
        strict: all.strict,
        relaxed: all.relaxed,
        overlap: all.overlap,
        categories: all.categories,
        categories_overlap: all.categories_overlap,
        exact_span: all.exact_span,
        overlapping_span: all.overlapping_span,
        tokens: all.tokens,
        tokens_any_type: all.tokens_any_type,
        characters: all.characters,
        leaks: all.leaks,
        over_redaction: over_redaction.finish(),
        hipaa: hipaa.finish(),
        hipaa_i2b2: hipaa_i2b2.finish(),
        intervals: options.bootstrap.and_then(|options| bootstrap::intervals(&notes, options)),
        confusions: confusions.finish(),
    };
    Ok((evaluation, notes))
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

#[cfg(test)]
mod tests;
