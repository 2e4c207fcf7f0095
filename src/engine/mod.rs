//! The stages put together: text in, entities or a redacted text out.
//!
//! What the encoder does is behind [`TokenClassifier`], so the whole way of a note runs in tests on a fake.

mod audit;
mod file;
mod options;
mod reading;
mod recent;

use crate::error::{Error, Result};
use crate::labels::LabelSet;
use crate::logits::Logits;
use crate::redact::{Context, Policy, Redaction, apply};
use crate::resolve::resolve;
use crate::rules::Rules;
use crate::tags::{Entity, Thresholds, WordScores, agree, entities, part_dates, repeated};
use crate::tokenizer::Tokenizer;

pub use audit::Audit;
pub use file::RedactedFile;
pub use options::{FindOptions, OperatingPoints, Threshold};
pub use recent::Recent;

/// Something that gives every token of a window a score for every label.
#[allow(async_fn_in_trait)] // one thread: in a browser nothing is Send, natively callers block on it
pub trait TokenClassifier {
    /// What it carries from one batch of a document's windows to the next; `()` for none.
    type Memory: Default;

    /// The labels, by column of the logits.
    fn labels(&self) -> &LabelSet;

    /// What the named thresholds stand for.
    fn operating_points(&self) -> OperatingPoints;

    /// The longest window, special tokens included.
    fn max_positions(&self) -> usize;

    /// Whether a window's logits depend on those before it in the document.
    fn looks_back(&self) -> bool {
        false
    }

    /// Logits for each window of token ids (special tokens included), each `[window.len(), labels.len()]`. The windows follow those of
    /// the same document that `memory` was given to before.
    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Self::Memory) -> Result<Vec<Logits>>;
}

/// Told after each batch how many windows of how many are done; `false` cancels.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// A tokenizer, a classifier and the rules.
pub struct Redactor<C> {
    tokenizer: Tokenizer,
    classifier: C,
    rules: Rules,
}

impl<C: TokenClassifier> Redactor<C> {
    /// Puts the two together. Fails if the model has no room for a token beside the special ones.
    pub fn new(tokenizer: Tokenizer, classifier: C) -> Result<Self> {
        if classifier.max_positions() <= tokenizer.num_special() {
            return Err(Error::ConfigInvalid { reason: "max_position_embeddings leaves no room for a token".into() });
        }
        Ok(Self { tokenizer, classifier, rules: Rules::default() })
    }

    /// The classifier.
    pub fn classifier(&self) -> &C {
        &self.classifier
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// The PHI of `text`: sorted, disjoint, all of it within the text.
    pub async fn find(&self, text: &str, options: &FindOptions, progress: Progress<'_>) -> Result<Vec<Entity>> {
        self.probability(options)?;
        let words = self.read(text, options, progress).await?;
        self.decide(text, &words, options)
    }

    /// The probability that a threshold stands for.
    fn probability(&self, options: &FindOptions) -> Result<f32> {
        let points = self.classifier.operating_points();
        let p = match options.threshold {
            Threshold::Balanced => points.balanced,
            Threshold::HighRecall => points.high_recall,
            Threshold::Probability(p) => p,
        };
        match options.thresholds.values().chain([&p]).all(|p| (0.0..=1.0).contains(p)) {
            true => Ok(p),
            false => Err(Error::OptionInvalid { option: "threshold", reason: "it must lie between 0 and 1".into() }),
        }
    }

    /// What [`Self::find`] does once the encoder has read the text: cheap, so that many thresholds can be tried on one reading.
    pub fn decide(&self, text: &str, words: &[WordScores], options: &FindOptions) -> Result<Vec<Entity>> {
        let labels = self.classifier.labels();
        let thresholds = Thresholds::new(self.probability(options)?, options.thresholds.clone());
        let view = options.view(text);
        let mut found = if options.model { entities(view.text(), words, labels, &thresholds) } else { Vec::new() };
        if options.rules {
            found.extend(self.rules.find(view.text()));
        }
        if options.consistent {
            found.extend(repeated(view.text(), words, labels, &found));
        }
        found.retain(|e| !e.span.slice(view.text()).is_some_and(|s| options.lists.allows(s)));
        found.extend(options.lists.find(view.text()));
        found.iter_mut().for_each(|e| e.span = view.original(e.span));
        if !view.is_identity() {
            // What the note's own bytes give away is not lost for the view.
            let rules = if options.rules { self.rules.find(text) } else { Vec::new() };
            found.extend(rules.into_iter().filter(|e| !e.span.slice(text).is_some_and(|s| options.lists.allows(s))));
            found.extend(options.lists.find(text));
        }
        let mut entities = resolve(text, found);
        if options.consistent {
            agree(text, &mut entities);
        }
        part_dates(text, &mut entities);
        if let Some(types) = &options.types {
            entities.retain(|e| types.contains(&e.entity_type));
        }
        Ok(entities)
    }

    /// What a person should look at: found with the high-recall threshold, or a third of `options`' own if that is lower already, and
    /// apart from `found`, which are those that [`Self::decide`] gave with `options`.
    pub fn doubtful(&self, text: &str, words: &[WordScores], options: &FindOptions, found: &[Entity]) -> Result<Vec<Entity>> {
        let (p, floor) = (self.probability(options)?, self.classifier.operating_points().high_recall);
        let lower = |p: f32| if p > floor { floor } else { p / 3.0 };
        let options = FindOptions {
            threshold: Threshold::Probability(lower(p)),
            thresholds: options.thresholds.iter().map(|(&t, &p)| (t, lower(p))).collect(),
            ..options.clone()
        };
        let mut doubtful = self.decide(text, words, &options)?;
        doubtful.retain(|d| {
            let next = found.partition_point(|f| f.span.end <= d.span.start);
            !found.get(next).is_some_and(|f| f.span.overlaps(d.span))
        });
        Ok(doubtful)
    }

    /// Replaces the PHI of `text` by `policy`.
    pub async fn redact(
        &self,
        text: &str,
        policy: &Policy,
        context: &Context,
        options: &FindOptions,
        progress: Progress<'_>,
    ) -> Result<Redaction> {
        let entities = self.find(text, options, progress).await?;
        apply(text, &entities, policy, context)
    }
}
