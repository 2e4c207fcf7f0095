//! The stages put together: text in, entities or a redacted text out.
//!
//! What the encoder does is behind [`TokenClassifier`], so the whole way of a note runs in tests on a fake.

use crate::error::{Error, Result};
use crate::labels::{EntityType, LabelSet};
use crate::logits::Logits;
use crate::redact::{Policy, Redaction, apply};
use crate::resolve::resolve;
use crate::rules::{Lists, Rules};
use crate::tags::{Entity, TokenScores, WordScores, agree, entities, part_dates, repeated};
use crate::tokenizer::{Tokenizer, WindowOptions, windows};
use serde::{Deserialize, Serialize};

/// A point on the curve between finding all and marking too much.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Threshold {
    /// The model's own: best strict F1 on its development notes.
    #[default]
    Balanced,
    /// The model's own: nearly nothing missed, and more than PHI marked.
    HighRecall,
    /// The probability from which a word is PHI, in 0..=1: less finds more.
    Probability(f32),
}

impl std::str::FromStr for Threshold {
    type Err = Error;

    /// `balanced`, `high-recall` or a number in 0..=1.
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "balanced" => Ok(Self::Balanced),
            "high-recall" => Ok(Self::HighRecall),
            number => match number.parse() {
                Ok(p) if (0.0..=1.0).contains(&p) => Ok(Self::Probability(p)),
                _ => Err(Error::OptionInvalid {
                    option: "threshold",
                    reason: "it is balanced, high-recall or a number between 0 and 1".into(),
                }),
            },
        }
    }
}

/// What the named thresholds stand for with one model: found on development notes, stored in its `config.json`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OperatingPoints {
    /// Probability for [`Threshold::Balanced`].
    pub balanced: f32,
    /// Probability for [`Threshold::HighRecall`].
    pub high_recall: f32,
}

impl Default for OperatingPoints {
    /// For a model that was never calibrated.
    fn default() -> Self {
        Self { balanced: 0.5, high_recall: 0.1 }
    }
}

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

    /// Logits for each window of token ids (special tokens included), each `[window.len(), labels.len()]`. The windows follow those of
    /// the same document that `memory` was given to before.
    async fn classify(&self, windows: &[Vec<u32>], memory: &mut Self::Memory) -> Result<Vec<Logits>>;
}

/// What a caller may say about one note.
#[derive(Debug, Clone)]
pub struct FindOptions {
    /// From what on a word is taken for PHI.
    pub threshold: Threshold,
    /// Only these types; `None` for all.
    pub types: Option<Vec<EntityType>>,
    /// The caller's allow and deny lists and patterns.
    pub lists: Lists,
    /// Whether the encoder's findings count. For measuring the rules alone; it runs all the same.
    pub model: bool,
    /// Whether the recognisers of forms run. For measuring the model alone.
    pub rules: bool,
    /// Whether what was recognised once is looked for in the whole document: see [`repeated`].
    pub consistent: bool,
    /// Windows that go to the encoder at once.
    pub batch_size: usize,
    /// How notes are cut; `None` for the library's own.
    pub windows: Option<WindowOptions>,
}

impl Default for FindOptions {
    fn default() -> Self {
        Self {
            threshold: Threshold::Balanced,
            types: None,
            lists: Lists::default(),
            model: true,
            rules: true,
            consistent: true,
            batch_size: 1,
            windows: None,
        }
    }
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
        match options.threshold {
            Threshold::Balanced => Ok(points.balanced),
            Threshold::HighRecall => Ok(points.high_recall),
            Threshold::Probability(p) if (0.0..=1.0).contains(&p) => Ok(p),
            Threshold::Probability(_) => Err(Error::OptionInvalid { option: "threshold", reason: "it must lie between 0 and 1".into() }),
        }
    }

    /// What [`Self::find`] does once the encoder has read the text: cheap, so that many thresholds can be tried on one reading.
    pub fn decide(&self, text: &str, words: &[WordScores], options: &FindOptions) -> Result<Vec<Entity>> {
        let labels = self.classifier.labels();
        let threshold = self.probability(options)?;
        let mut found = if options.model { entities(text, words, labels, threshold) } else { Vec::new() };
        if options.rules {
            found.extend(self.rules.find(text));
        }
        if options.consistent {
            found.extend(repeated(text, words, labels, &found));
        }
        found.retain(|e| !e.span.slice(text).is_some_and(|s| options.lists.allows(s)));
        found.extend(options.lists.find(text));
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

    /// Replaces the PHI of `text` by `policy`.
    pub async fn redact(&self, text: &str, policy: &Policy, options: &FindOptions, progress: Progress<'_>) -> Result<Redaction> {
        let entities = self.find(text, options, progress).await?;
        apply(text, &entities, policy)
    }

    /// Has the encoder read `text`: the scores of every word for every label.
    pub async fn read(&self, text: &str, options: &FindOptions, progress: Progress<'_>) -> Result<Vec<WordScores>> {
        let encoding = self.tokenizer.encode(text)?;
        let room = self.classifier.max_positions() - self.tokenizer.num_special();
        let mut cut = options.windows.unwrap_or(WindowOptions::new(room));
        cut.max_tokens = cut.max_tokens.min(room);
        let windows = windows(text, &encoding, cut);
        let mut scores = TokenScores::new(encoding.len());
        let mut memory = C::Memory::default();
        let mut done = 0;
        for batch in windows.chunks(options.batch_size.max(1)) {
            let ids: Vec<Vec<u32>> = batch.iter().map(|w| self.tokenizer.with_special(&encoding.ids[w.tokens.clone()])).collect();
            let logits = self.classifier.classify(&ids, &mut memory).await?;
            if logits.len() != batch.len() || logits.iter().any(|l| l.num_labels() != self.classifier.labels().len()) {
                return Err(Error::EncoderFailed { reason: "the classifier returned logits of another shape".into() });
            }
            for (window, logits) in batch.iter().zip(&logits) {
                scores.take(window, logits, self.tokenizer.num_prefix())?;
            }
            done += batch.len();
            if !progress(done, windows.len()) {
                return Err(Error::Cancelled);
            }
        }
        scores.words(text, &encoding, self.classifier.labels())
    }
}
