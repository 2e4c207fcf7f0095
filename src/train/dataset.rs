//! From annotated notes to windows of token ids with a class each.

use super::config::TrainConfig;
use crate::corpus::Document;
use crate::error::Result;
use crate::labels::{LabelSet, Tag};
use crate::tags::word_classes;
use crate::tokenizer::{Tokenizer, WindowOptions, windows};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

/// One window: token ids with special tokens, a class for each, and how much each counts in the loss (special tokens: 0).
#[derive(Debug, Clone)]
pub struct Example {
    /// Vocabulary ids.
    pub input_ids: Vec<u32>,
    /// Class indices.
    pub classes: Vec<u32>,
    /// Weights in the loss.
    pub weights: Vec<f32>,
}

/// All windows of a corpus.
pub struct Dataset {
    examples: Vec<Example>,
    batch_tokens: usize,
}

impl Dataset {
    /// Tokenises and cuts `documents` as the engine does, without overlap.
    pub fn new(documents: &[Document], tokenizer: &Tokenizer, labels: &LabelSet, positions: usize, config: &TrainConfig) -> Result<Self> {
        let room = positions.saturating_sub(tokenizer.num_special()).max(1);
        let cut = WindowOptions { max_words: config.max_words, max_tokens: room, overlap: 0 };
        let outside = labels.id(Tag::O).unwrap_or(0) as u32;
        let mut examples = Vec::new();
        for document in documents {
            let encoding = tokenizer.encode(&document.text)?;
            let annotations = document.annotations.iter().map(|a| (a.span, a.entity_type));
            let classes = word_classes(annotations, &encoding.spans, labels);
            for window in windows(&document.text, &encoding, cut) {
                let input_ids = tokenizer.with_special(&encoding.ids[window.tokens.clone()]);
                let mut row = vec![outside; input_ids.len()];
                let mut weights = vec![0.0; input_ids.len()];
                let inner = tokenizer.num_prefix()..tokenizer.num_prefix() + window.tokens.len();
                row[inner.clone()].iter_mut().zip(&classes[window.tokens.clone()]).for_each(|(class, &gold)| *class = gold as u32);
                // White space is no part of a word: its class is never asked for.
                let visible = encoding.spans[window.tokens.clone()].iter().map(|span| if span.is_empty() { 0.0 } else { 1.0 });
                weights[inner.clone()].iter_mut().zip(visible).for_each(|(weight, visible)| *weight = visible);
                examples.push(Example { input_ids, classes: row, weights });
            }
        }
        weigh(&mut examples, labels, config.rare_type_power);
        Ok(Self { examples, batch_tokens: config.batch_tokens })
    }

    /// Number of windows.
    pub fn len(&self) -> usize {
        self.examples.len()
    }

    /// Whether there is nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.examples.is_empty()
    }

    /// Number of tokens, special ones included.
    pub fn tokens(&self) -> usize {
        self.examples.iter().map(|e| e.input_ids.len()).sum()
    }

    /// The batches of one epoch: shuffled by `seed`, windows of like length together so that little is padded.
    pub fn batches(&self, seed: u64) -> Vec<Vec<&Example>> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut order: Vec<&Example> = self.examples.iter().collect();
        order.shuffle(&mut rng);
        // Sorting within pools of many batches keeps the order random enough.
        let mut batches = Vec::new();
        for pool in order.chunks_mut(1024) {
            pool.sort_by_key(|e| e.input_ids.len());
            let mut batch: Vec<&Example> = Vec::new();
            for example in pool.iter() {
                // Sorted: the newest is the longest.
                if !batch.is_empty() && (batch.len() + 1) * example.input_ids.len() > self.batch_tokens {
                    batches.push(std::mem::take(&mut batch));
                }
                batch.push(example);
            }
            batches.push(batch);
        }
        batches.retain(|b| !b.is_empty());
        batches.shuffle(&mut rng);
        batches
    }
}

/// Sets the weights of rare and frequent types.
fn weigh(examples: &mut [Example], labels: &LabelSet, power: f64) {
    if power == 0.0 {
        return;
    }
    let mut counts = vec![0usize; labels.len()];
    for example in examples.iter() {
        example.classes.iter().zip(&example.weights).filter(|(_, w)| **w > 0.0).for_each(|(&c, _)| counts[c as usize] += 1);
    }
    // B- and I- of a type weigh alike, or the balance between the two would tilt.
    let of_type = |tag: Tag| -> usize {
        let same = labels.tags().iter().zip(&counts).filter(|(t, _)| t.entity_type().is_some() && t.entity_type() == tag.entity_type());
        same.map(|(_, n)| n).sum()
    };
    let totals: Vec<usize> = labels.tags().iter().map(|&t| of_type(t)).collect();
    let mut sorted: Vec<usize> = totals.iter().copied().filter(|&n| n > 0).collect();
    sorted.sort_unstable();
    let Some(&median) = sorted.get(sorted.len() / 2) else { return };
    let weights: Vec<f32> =
        totals.iter().map(|&n| if n == 0 { 1.0 } else { (median as f64 / n as f64).powf(power).clamp(0.5, 4.0) as f32 }).collect();
    for example in examples {
        for (weight, &class) in example.weights.iter_mut().zip(&example.classes) {
            *weight *= weights[class as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Annotation;
    use crate::labels::EntityType;
    use crate::text::Span;

    fn note() -> Document {
        let text = "seen by Dr Jones-Smith on 03/04/21 at noon";
        let annotate = |piece: &str, entity_type| {
            let start = text.find(piece).unwrap();
            Annotation { span: Span::new(start, start + piece.len()), entity_type }
        };
        let annotations = vec![annotate("Jones-Smith", EntityType::Doctor), annotate("03/04/21", EntityType::Date)];
        Document { id: "1".into(), text: text.into(), annotations }
    }

    #[test]
    fn every_token_of_an_annotation_has_its_class() {
        let tokenizer = Tokenizer::from_json(include_bytes!("../../models/tiny-bert/tokenizer.json")).unwrap();
        let labels = LabelSet::i2b2();
        let config = TrainConfig { rare_type_power: 0.0, ..Default::default() };
        let dataset = Dataset::new(&[note()], &tokenizer, &labels, 512, &config).unwrap();
        let example = &dataset.examples[0];
        let tags: Vec<String> = example.classes.iter().map(|&c| labels.tags()[c as usize].to_string()).collect();
        assert_eq!(tags.iter().filter(|t| *t == "B-DOCTOR").count(), 1);
        assert_eq!(tags.iter().filter(|t| *t == "B-DATE").count(), 1);
        assert_eq!(tags.iter().filter(|t| t.ends_with("DATE")).count(), 8);
        assert_eq!((example.weights[0], example.weights[example.weights.len() - 1]), (0.0, 0.0));
    }

    #[test]
    fn batches_hold_every_window_once_and_fit() {
        let tokenizer = Tokenizer::from_json(include_bytes!("../../models/tiny-bert/tokenizer.json")).unwrap();
        let notes: Vec<Document> =
            (1..60).map(|n| Document { id: n.to_string(), text: "word ".repeat(n * 7), annotations: vec![] }).collect();
        let config = TrainConfig { batch_tokens: 2000, ..Default::default() };
        let dataset = Dataset::new(&notes, &tokenizer, &LabelSet::i2b2(), 512, &config).unwrap();
        let batches = dataset.batches(3);
        assert_eq!(batches.iter().map(Vec::len).sum::<usize>(), dataset.len());
        assert!(batches.iter().all(|b| b.len() == 1 || b.len() * b.iter().map(|e| e.input_ids.len()).max().unwrap() <= 2000));
        let shape = |seed| dataset.batches(seed).iter().map(|b| b.len()).collect::<Vec<_>>();
        assert_eq!(shape(3), shape(3));
    }
}
