//! A corpus as numbers: the features of every word, and how often each goes with each label.

use super::chain::{Lattice, Steps};
use super::features::extract;
use super::model::{Features, labels};
use super::note::Note;
use crate::corpus::Document;
use crate::error::{Error, Result};
use crate::labels::EntityType;
use crate::tags::word_classes;
use std::collections::HashMap;
use std::ops::Range;

/// The states that a feature was seen with are bits of a `u64`.
const _: () = assert!(2 * EntityType::ALL.len() < 64);

/// The corpus is added up in this many parts, each on a thread, and then the parts in order: a number of its own, since rounding
/// depends on it.
const PARTS: usize = 4;

/// A corpus.
pub struct Data {
    /// The types in it, in the guideline's order.
    pub types: Vec<EntityType>,
    /// Its features.
    pub features: Features,
    /// How often each weight takes part in the gold standard.
    pub observed: Vec<f64>,
    /// Features of all words, by index.
    words: Vec<u32>,
    /// Where each word's features begin, and at last their number.
    starts: Vec<usize>,
    /// Ranges of words.
    sequences: Vec<Range<usize>>,
}

impl Data {
    /// Reads `documents` and keeps the features that `min_count` words have.
    pub fn new(documents: &[Document], min_count: u32) -> Result<Self> {
        let seen = |t: &EntityType| documents.iter().any(|d| d.annotations.iter().any(|a| a.entity_type == *t));
        let types: Vec<EntityType> = EntityType::ALL.iter().copied().filter(seen).collect();
        let hashes = frequent(documents, min_count);
        let index: HashMap<u64, u32> = hashes.iter().copied().zip(0..).collect();

        let labels = labels(&types)?;
        let mut states: Vec<u8> = Vec::new();
        let (mut words, mut starts, mut sequences) = (Vec::new(), vec![0], Vec::new());
        let mut found = Vec::new();
        for document in documents {
            let note = Note::new(&document.text);
            let annotations = document.annotations.iter().map(|a| (a.span, a.entity_type));
            let mut classes = word_classes(annotations, &note.spans, &labels);
            for sequence in &note.sequences {
                // What was begun in the sequence before begins anew.
                let first = &mut classes[sequence.start];
                if *first > types.len() {
                    *first -= types.len();
                }
                sequences.push(states.len() + sequence.start..states.len() + sequence.end);
            }
            for at in 0..note.tokens.len() {
                extract(&note.tokens, at, &mut found);
                words.extend(found.iter().filter_map(|hash| index.get(hash)));
                starts.push(words.len());
            }
            states.extend(classes.into_iter().map(|class| class as u8));
        }
        let features = observe(hashes, &words, &starts, &states)?;
        let mut data = Self { types, features, observed: Vec::new(), words, starts, sequences };
        data.observed = data.count(&states);
        Ok(data)
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of sequences.
    pub fn sequences(&self) -> usize {
        self.sequences.len()
    }

    /// The logarithm of the sum over all labellings of the corpus under `weights`, and its gradient: how often each weight takes part in
    /// them on the average.
    pub fn expect(&self, weights: &[f64]) -> Result<(f64, Vec<f64>)> {
        let factors: Vec<f64> = weights[self.features.states.len()..].iter().map(|w| w.exp()).collect();
        let size = self.len().div_ceil(PARTS);
        // Each sequence belongs to the part in which its first word lies.
        let part = |part: usize| {
            self.sequences.partition_point(|s| s.start < part * size)..self.sequences.partition_point(|s| s.start < (part + 1) * size)
        };
        let sums: Vec<Result<_>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..PARTS)
                .map(|i| {
                    let (sequences, factors) = (&self.sequences[part(i)], factors.as_slice());
                    scope.spawn(move || self.expect_part(sequences, weights, factors))
                })
                .collect();
            let failed = |_| Error::TrainingFailed { reason: "a worker ended early".into() };
            threads.into_iter().map(|thread| thread.join().map_err(failed)).collect()
        });
        let (mut log_sum, mut counts) = (0.0, vec![0.0; weights.len()]);
        for sum in sums {
            let (part, expected) = sum?;
            log_sum += part;
            counts.iter_mut().zip(expected).for_each(|(count, more): (&mut f64, f64)| *count += more);
        }
        Ok((log_sum, counts))
    }

    fn expect_part(&self, sequences: &[Range<usize>], weights: &[f64], factors: &[f64]) -> (f64, Vec<f64>) {
        let types = self.types.len();
        let steps = Steps::new(types, factors);
        let mut lattice = Lattice::new(types);
        let (mut log_sum, mut counts) = (0.0, vec![0.0; weights.len()]);
        let mut marginal = vec![0.0; 1 + 2 * types];
        for sequence in sequences {
            for (word, scores) in sequence.clone().zip(lattice.begin(sequence.len())) {
                for &feature in self.of(word) {
                    self.features.score(feature as usize, weights, scores);
                }
            }
            log_sum += lattice.forward(steps);
            lattice.backward(steps, &mut counts[self.features.states.len()..]);
            for word in sequence.clone() {
                lattice.marginal(word - sequence.start, &mut marginal);
                for &feature in self.of(word) {
                    self.features.count(feature as usize, &marginal, &mut counts);
                }
            }
        }
        counts[self.features.states.len()..].iter_mut().zip(factors).for_each(|(count, factor)| *count *= factor);
        (log_sum, counts)
    }

    /// The features of a word.
    fn of(&self, word: usize) -> &[u32] {
        &self.words[self.starts[word]..self.starts[word + 1]]
    }

    /// How often each weight takes part in the labelling `states`.
    fn count(&self, states: &[u8]) -> Vec<f64> {
        let types = self.types.len();
        let (features, begins) = (self.features.states.len(), 1 + types);
        let mut counts = vec![0.0; features + Steps::len(types)];
        let mut gold = vec![0.0; 1 + 2 * types];
        for (word, &state) in states.iter().enumerate() {
            gold.fill(0.0);
            gold[usize::from(state)] = 1.0;
            self.of(word).iter().for_each(|&feature| self.features.count(feature as usize, &gold, &mut counts));
        }
        for sequence in &self.sequences {
            for pair in states[sequence.clone()].windows(2) {
                let (from, to) = (usize::from(pair[0]), usize::from(pair[1]));
                let at = match to.checked_sub(begins) {
                    None => from * begins + to,
                    // From its B- or from itself: nothing else comes before an I- in a gold standard.
                    Some(kind) => (1 + 2 * types) * begins + 2 * kind + usize::from(from == to),
                };
                counts[features + at] += 1.0;
            }
        }
        counts
    }
}

/// The hashes that at least `min_count` words of `documents` have, ascending.
fn frequent(documents: &[Document], min_count: u32) -> Vec<u64> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut found = Vec::new();
    for document in documents {
        let note = Note::new(&document.text);
        for at in 0..note.tokens.len() {
            extract(&note.tokens, at, &mut found);
            for &hash in &found {
                let count = counts.entry(hash).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let mut hashes: Vec<u64> = counts.into_iter().filter(|&(_, count)| count >= min_count).map(|(hash, _)| hash).collect();
    hashes.sort_unstable();
    hashes
}

/// Weights for the states that each feature goes with in the corpus.
fn observe(hashes: Vec<u64>, words: &[u32], word_starts: &[usize], word_states: &[u8]) -> Result<Features> {
    let mut seen = vec![0u64; hashes.len()];
    for (range, state) in word_starts.windows(2).zip(word_states) {
        words[range[0]..range[1]].iter().for_each(|&feature| seen[feature as usize] |= 1 << state);
    }
    let (mut starts, mut states) = (vec![0], Vec::new());
    for bits in seen {
        states.extend((0..64u8).filter(|state| bits >> state & 1 == 1));
        let len = u32::try_from(states.len()).map_err(|_| Error::TrainingFailed { reason: "too many features: raise min_count".into() })?;
        starts.push(len);
    }
    Ok(Features { hashes, starts, states })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Annotation;
    use crate::text::Span;

    fn document(text: &str, annotations: &[(&str, EntityType)]) -> Document {
        let place = |&(piece, entity_type): &(&str, _)| {
            let start = text.find(piece).unwrap();
            Annotation { span: Span::new(start, start + piece.len()), entity_type }
        };
        Document { id: "a".into(), text: text.into(), annotations: annotations.iter().map(place).collect() }
    }

    fn data(min_count: u32) -> Data {
        let notes = [
            document("Dr Ann\nLee, aged 93\n\nSeen by Ann 4", &[("Ann\nLee", EntityType::Doctor), ("93", EntityType::Age)]),
            // An empty line within a name: its rest begins anew.
            document("Ann\n\nLee 41", &[("Ann\n\nLee", EntityType::Doctor), ("41", EntityType::Age)]),
        ];
        Data::new(&notes, min_count).unwrap()
    }

    #[test]
    fn a_corpus_is_counted() {
        let data = data(1);
        assert_eq!(data.types, [EntityType::Doctor, EntityType::Age]);
        assert_eq!((data.len(), data.sequences()), (13, 4));
        // O, B-DOCTOR, B-AGE, I-DOCTOR, I-AGE: steps to the first three from each, then B-DOCTOR to I-DOCTOR and so on.
        let steps = &data.observed[data.features.states.len()..];
        let expected = [4.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        assert_eq!(steps, expected);
        let always = data.features.find(crate::crf::features::join("always", [])).unwrap();
        let range = data.features.range(always);
        assert_eq!((&data.features.states[range.clone()], &data.observed[range]), (&[0, 1, 2, 3][..], &[7.0, 3.0, 2.0, 1.0][..]));
    }

    #[test]
    fn rare_features_are_left_out() {
        let (all, some) = (data(1), data(2));
        assert!(some.features.hashes.len() < all.features.hashes.len() / 2 && !some.features.hashes.is_empty());
        assert!(data(100).features.hashes.is_empty());
    }

    #[test]
    fn expectations_are_the_gradient() {
        let data = data(1);
        let mut weights: Vec<f64> = (0..data.observed.len()).map(|i| (i as f64 * 0.7).sin()).collect();
        let (_, gradient) = data.expect(&weights).unwrap();
        for i in (0..weights.len()).rev().step_by(weights.len() / 60).chain(weights.len() - Steps::len(2)..weights.len()) {
            let value = weights[i];
            let mut at = |w: f64| {
                weights[i] = w;
                data.expect(&weights).unwrap().0
            };
            let slope = (at(value + 1e-4) - at(value - 1e-4)) / 2e-4;
            at(value);
            assert!((slope - gradient[i]).abs() < 1e-5, "{i}: {slope} {}", gradient[i]);
        }
    }
}
